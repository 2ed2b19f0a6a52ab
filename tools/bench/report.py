"""The results, kept between runs beside the databases, and the table made of them."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tools.bench.fill import SIZES
from tools.bench.measure import Alone, Together
from tools.bench.mix import CASES, Case
from tools.local import stage


@dataclass(frozen=True)
class Result:
    """One case at one size; `together` is None where it was not measured over HTTP."""

    alone: Alone
    together: Together | None


SLOWEST = 100
"""Milliseconds that nothing in the mix is to exceed at the largest size."""

READ_FROM = 5
LARGEST_RATIO = 1.5
"""To the bare SQL, of reads that take more than so many milliseconds."""

MOST_GROWTH = 2

AIMS = (
    f"p95 above {SLOWEST} ms, one request at a time",
    f"p95 above {SLOWEST} ms, four connections over HTTP",
    f"reads above {READ_FROM} ms of more than {LARGEST_RATIO} times the bare SQL",
    f"p95 of more than {MOST_GROWTH} times that at the smallest size, where the answer does not grow",
    "failed requests",
)

BEGINS, ENDS = "<!-- figures: written by `make bench WRITE=1` -->", "<!-- end of the figures -->"

Results = Mapping[str, Mapping[str, Result]]
"""By size, then by case."""


def _path() -> Path:
    return stage.folder() / "bench" / "results.json"


def keep(size: str, results: Mapping[str, Result]) -> None:
    """Keep the results of a size, in the place of those of an earlier run."""
    path = _path()
    kept = json.loads(path.read_text()) if path.exists() else {}
    kept[size] = kept.get(size, {}) | {name: asdict(result) for name, result in results.items()}
    path.write_text(json.dumps(kept, indent=1))


def kept() -> Results:
    """The results of the latest runs."""
    found = json.loads(_path().read_text())
    return {
        size: {
            name: Result(Alone(**result["alone"]), result["together"] and Together(**result["together"]))
            for name, result in cases.items()
        }
        for size, cases in found.items()
    }


def table(results: Results) -> str:
    """The table for the documentation: sizes side by side, each case a line; and which cases miss which aim."""
    sizes = [name for name in SIZES if name in results]
    arrow = " → ".join(f"{SIZES[name].devices:,}/{SIZES[name].sales:,}" for name in sizes)
    head = (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} cores, load average of the last quarter of an hour "
        f"{os.getloadavg()[2]:.1f} (the measuring makes about 1);\ndevices/sales: {arrow}. Milliseconds.\n\n"
        "| endpoint | p50 | p95 | p95 grows by | statements | bytes | bare SQL | ratio "
        "| HTTP p50 | HTTP p95 | failed | legacy p50 |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|---|\n"
    )
    lines = "\n".join(_line(case.name, case.grows, case.legacy, sizes, results) for case in CASES)
    return f"{head}{lines}\n\n{_missed(results, sizes)}"


def write(text: str) -> None:
    """Put the table between the marks of the documentation."""
    path = stage.ROOT / "docs" / "performance.md"
    before, _, rest = path.read_text().partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    path.write_text(f"{before}{BEGINS}\n{text}{ENDS}{after}")


def _missed(results: Results, sizes: Sequence[str]) -> str:
    """What misses the aims at the largest size that was measured."""
    largest, smallest = results[sizes[-1]], results[sizes[0]]
    missing: dict[str, list[str]] = {aim: [] for aim in AIMS}
    for case in CASES:
        if case.name in largest:
            for aim, figure in _misses(case, largest[case.name], smallest.get(case.name)):
                missing[aim].append(f"{case.name} ({figure})")
    lines = [f"- {aim}: {', '.join(cases) or 'none'}" for aim, cases in missing.items()]
    return "At the largest size, what misses the aims:\n" + "\n".join(lines) + "\n"


def _misses(case: Case, of: Result, small: Result | None) -> Iterator[tuple[str, str]]:
    alone, together = of.alone, of.together
    slow, slow_over_http, heavy, growing, failing = AIMS
    if alone.p95 > SLOWEST:
        yield slow, f"{alone.p95:.0f} ms"
    if together and together.p95 > SLOWEST:
        yield slow_over_http, f"{together.p95:.0f} ms"
    if not case.writes and alone.p50 > READ_FROM and alone.ratio > LARGEST_RATIO:
        yield heavy, f"{alone.ratio:.1f}"
    if small and not case.grows and alone.p95 > MOST_GROWTH * small.alone.p95:
        yield growing, f"{alone.p95 / small.alone.p95:.1f}"
    if together and together.failed:
        yield failing, str(together.failed)


def _line(name: str, grows: bool, legacy: str, sizes: list[str], results: Results) -> str:
    rows = [results[size][name] for size in sizes if name in results[size]]
    if not rows:
        return f"| {name} |" + " |" * 11
    alone, together = [row.alone for row in rows], [row.together for row in rows if row.together]
    growth = f"{alone[-1].p95 / alone[0].p95:.1f}" + (" (so does the answer)" if grows else "")
    return (
        f"| {name} | {_many(one.p50 for one in alone)} | {_many(one.p95 for one in alone)} | {growth} "
        f"| {_same([one.statements for one in alone])} | {_same([one.size for one in alone])} "
        f"| {_many(one.bare for one in alone)} | {' → '.join(f'{one.ratio:.1f}' for one in alone)} "
        f"| {_many(one.p50 for one in together)} | {_many(one.p95 for one in together)} "
        f"| {sum(one.failed for one in together)} | {legacy} |"
    )


def _many(values: object) -> str:
    return " → ".join(f"{value:.1f}" if value < 10 else f"{value:.0f}" for value in values)  # type: ignore[attr-defined]


def _same(values: list[int]) -> str:
    return f"{values[0]:,}" if len(set(values)) == 1 else " → ".join(f"{value:,}" for value in values)
