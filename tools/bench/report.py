"""The results, kept between runs beside the databases, and the table made of them."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tools.bench.fill import SIZES
from tools.bench.measure import Alone, Together
from tools.bench.mix import CASES
from tools.local import stage


@dataclass(frozen=True)
class Result:
    """One case at one size; `together` is None where it was not measured over HTTP."""

    alone: Alone
    together: Together | None


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
    """The table for the documentation: sizes side by side, each case a line."""
    sizes = [name for name in SIZES if name in results]
    arrow = " → ".join(f"{SIZES[name].devices:,}/{SIZES[name].sales:,}" for name in sizes)
    head = (
        f"Measured {datetime.now(UTC):%Y-%m-%d} on {os.cpu_count()} cores; devices/sales: {arrow}. Milliseconds.\n\n"
        "| endpoint | p50 | p95 | p95 grows by | statements | bytes | bare SQL | ratio "
        "| HTTP p50 | HTTP p95 | failed | legacy p50 |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|---|\n"
    )
    return head + "\n".join(_line(case.name, case.grows, case.legacy, sizes, results) for case in CASES) + "\n"


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
