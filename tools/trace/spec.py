"""What the specification asks to be proven, read from its own text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parents[2] / "docs" / "spec"
LONGEST_TEXT = 110


@dataclass(frozen=True)
class Item:
    """One thing to be proven: the number that tests are marked with, and what it says, shortened."""

    number: str
    text: str


@dataclass(frozen=True)
class Part:
    """A part of the table: a kind of things to be proven."""

    title: str
    items: tuple[Item, ...]


def parts() -> tuple[Part, ...]:
    """All that has to be proven, in the order of the specification."""
    domain = (FOLDER / "domain.md").read_text()
    return (
        Part("Endpoints", tuple(_endpoints())),
        Part("Rules", tuple(_bullets(domain, "BR"))),
        Part("State transitions", tuple(_transitions(domain))),
        Part("User stories", tuple(_bullets(domain, "US"))),
        Part("Formulas", tuple(_formulas(domain))),
        Part("Rules of a read", tuple(_rows((FOLDER / "dex.md").read_text(), r"DX-\d+"))),
        Part("Vectors of interval sales", tuple(_vectors())),
        Part("Quirks to be fixed", tuple(_quirks())),
        Part("Fields that pages ask for", tuple(_fields())),
    )


def strangers(parts_: Iterable[Part], numbers: Iterable[str]) -> list[str]:
    """The numbers that are of a kind of the specification, as `BR-`, and that it does not have."""
    known = {item.number for part in parts_ for item in part.items}
    kinds = {number.rpartition("-")[0] for number in known if re.fullmatch(r"[A-Z]+\d?-\d+", number)}
    return sorted(number for number in numbers if number not in known and number.rpartition("-")[0] in kinds)


def contract() -> list[Mapping[str, Any]]:  # Any: what the file says of an endpoint
    """The endpoints of the contract."""
    return list(yaml.safe_load((FOLDER / "contract.yaml").read_text())["endpoints"])


def _endpoints() -> Iterator[Item]:
    yield from (Item(one["id"], f"`{one['endpoint']}`") for one in contract())


def _bullets(text: str, kind: str) -> Iterator[Item]:
    """Rules and stories: `- **BR-001** what it says`."""
    for number, said in re.findall(rf"^- \*\*({kind}-\d+)\*\* (.*)$", text, re.MULTILINE):
        yield Item(number, _short(said))


def _rows(text: str, number: str) -> Iterator[Item]:
    """Rows of a table whose first cell is a number: `| SO-1 | … | … |`."""
    for found, said in re.findall(rf"^\| ({number}) \| (.*) \|$", text, re.MULTILINE):
        yield Item(found, _short(" · ".join(cell for cell in said.split(" | ")[:2])))


def _transitions(domain: str) -> Iterator[Item]:
    """Those of orders by their numbers; those of users, devices, slots, alerts and reads numbered in their order."""
    yield from _rows(domain, r"S[OC]-\d")
    users = [said for said in _cells(_section(domain, "4.3")) if "→" in said]
    yield from (Item(f"UT-{at}", f"user: {said}") for at, said in enumerate(users, 1))
    yield from (Item(f"DT-{at}", f"device: {said}") for at, said in enumerate(_DEVICE, 1))
    slots = [said for said in _cells(_section(domain, "4.5")) if said != "Slot event"]
    yield from (Item(f"PT-{at}", f"slot: {said}") for at, said in enumerate(slots, 1))
    alerts = _arrows(_section(domain, "4.6"))
    yield from (Item(f"AT-{at}", f"alert: {said}") for at, said in enumerate(alerts, 1))
    reads = _arrows(_section(domain, "4.7"))
    yield from (Item(f"RT-{at}", f"read: {said}") for at, said in enumerate(reads, 1))


_DEVICE = ("active → deleted", "deleted → active")
"""Section 4.4 says both in one sentence."""


def _section(text: str, number: str) -> str:
    found = re.search(rf"^### {re.escape(number)} .*?(?=^###? |^---)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise LookupError(f"The specification has no section {number}.")
    return found[0]


def _cells(section: str) -> list[str]:
    """The first cells of a table, without the heading's line."""
    cells = re.findall(r"^\| ([^|]+?) \|", section, re.MULTILINE)
    return [cell for cell in cells if cell != "From → To"]


def _arrows(section: str) -> list[str]:
    """Each step of `a → b → c; a → d | e`, once, in the order in which they are told."""
    steps: dict[str, None] = {}
    for chain in re.split(r"[;.]", section.partition(": ")[2].partition("\n")[0]):
        states = [re.findall(r"[a-z_]+", state.partition("(")[0]) for state in chain.split("→")]
        for before, after in pairwise(states):
            steps.update(dict.fromkeys(f"{before[-1]} → {state}" for state in after))
    return list(steps)


def _formulas(domain: str) -> Iterator[Item]:
    for number, said in re.findall(r"^### (7\.\d+) (.*)$", domain, re.MULTILINE):
        yield Item(number, _short(said.partition(":")[0]))


def _vectors() -> Iterator[Item]:
    text = _after((FOLDER / "telemetry.md").read_text(), "Vectors (p -> c")
    for number, case in re.findall(r"^\| (\d+) \| (.*?) \|", text, re.MULTILINE):
        yield Item(f"V-{number}", _short(case))


def _after(text: str, mark: str) -> str:
    return text[text.index(mark) :]


def _quirks() -> Iterator[Item]:
    """Each quirk that the contract marks with `fix: yes`, by its place among those of its endpoint."""
    meta = yaml.safe_load((FOLDER / "contract.yaml").read_text())["meta"]["global_errors"]
    for name, error in meta.items():
        if str(error.get("fix", "")).startswith("yes"):
            yield Item(f"errors#{name}", _short(f"{error.get('when', name)}: {error['fix']}"))
    for endpoint in contract():
        for place, quirk in enumerate(endpoint.get("quirks") or [], 1):
            if isinstance(quirk, dict) and quirk.get("fix") is True:
                yield Item(f"{endpoint['id']}#{place}", _short(quirk["text"]))


def _fields() -> Iterator[Item]:
    """The sentences of contract-notes.md §5, each of which names fields of an endpoint."""
    notes = (FOLDER / "contract-notes.md").read_text()
    section = _after(notes, "## 5.").partition("## 6.")[0]
    lines = re.findall(r"^- (.*)$", section, re.MULTILINE)
    sentences = [one.strip(" .") for line in lines for one in re.split(r"(?<=[`)}])\. ", line)]
    yield from (Item(f"N5-{at}", _short(said)) for at, said in enumerate(sentences, 1))


def _short(text: str) -> str:
    """The beginning of a text, cut at a word, fit for a cell of a table."""
    plain = re.sub(r"\s+", " ", text.replace("|", "/")).strip()
    return plain if len(plain) <= LONGEST_TEXT else plain[:LONGEST_TEXT].rpartition(" ")[0] + " …"
