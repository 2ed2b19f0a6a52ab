"""The table itself: docs/spec/trace.md."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools.trace.proofs import Proofs
from tools.trace.spec import Item, Part

TARGET = Path(__file__).parents[2] / "docs" / "spec" / "trace.md"

HEAD = """# What the specification asks for, and what proves it
Made by `make trace`, which fails where something has no test. Endpoints are proven by the tests whose calls were
recorded on the walk over the contract and through the pages; quirks by the list in `tests/contract/quirks.yaml`;
everything else by the marks of the tests. To keep the table from changing with every name, it gives the files under
`tests`; `make rules` lists the single tests. The transitions of users (UT), devices (DT), slots (PT), alerts (AT) and
reads (RT) have numbers here in the order of domain.md §4.3 to §4.7; N5 numbers the sentences of contract-notes.md §5;
`name#2` is the second quirk of an endpoint.

| part | to be proven | without a test |
|---|---|---|
"""


def text(parts: Sequence[Part], proofs: Proofs) -> str:
    """The whole table."""
    counts = "".join(f"| {part.title} | {len(part.items)} | {len(gaps(part, proofs))} |\n" for part in parts)
    return HEAD + counts + "".join(_part(part, proofs) for part in parts)


def gaps(part: Part, proofs: Proofs) -> list[Item]:
    """What has no test."""
    return [item for item in part.items if not proofs.get(item.number)]


def _part(part: Part, proofs: Proofs) -> str:
    rows = "".join(_row(item, proofs.get(item.number, [])) for item in part.items)
    return f"\n## {part.title}\n| number | what | tests |\n|---|---|---|\n{rows}"


def _row(item: Item, tests: Sequence[str]) -> str:
    return f"| {item.number} | {item.text} | {', '.join(files(tests))} |\n"


def files(tests: Sequence[str]) -> list[str]:
    """The files of tests, once each, without the folder of all and the ending."""
    return sorted({test.split("::")[0].removeprefix("tests/").removesuffix(".py") for test in tests})


def written(part: Part) -> dict[str, list[str]]:
    """What the committed table says of a part, as far as its files are still there."""
    return {number: tests for number, tests in _told(part) if tests}


def _told(part: Part) -> Iterator[tuple[str, list[str]]]:
    section = TARGET.read_text().partition(f"\n## {part.title}\n")[2].partition("\n## ")[0]
    tests = TARGET.parents[2] / "tests"
    for number, cell in re.findall(r"^\| (\S+) \|.*\| ([^|]*) \|$", section, re.MULTILINE):
        named = [f"tests/{name}.py" for name in cell.split(", ") if (tests / f"{name}.py").exists()]
        yield number, named
