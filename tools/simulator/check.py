"""The check of a whole fleet, and its table."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

from chalicelib.telemetry.intervals import Outcome
from tools.simulator.delivery import deliver
from tools.simulator.judge import Sums, Verdicts, judge
from tools.simulator.life import Course, live

_ORDER: Final = (
    Outcome.NORMAL,
    Outcome.ROLLOVER,
    Outcome.RESET_BASELINE,
    Outcome.SWAP_BASELINE,
    Outcome.SUSPECT,
    Outcome.UNKNOWN,
    Outcome.BASELINE,
)
_NOTES: Final = {
    Outcome.NORMAL: "exact",
    Outcome.ROLLOVER: "exact",
    Outcome.RESET_BASELINE: "estimated, at most",
    Outcome.SWAP_BASELINE: "estimated, at most",
    Outcome.SUSPECT: "held for review",
    Outcome.UNKNOWN: "carried forward",
    Outcome.BASELINE: "nothing before",
}
SHOWN_DIFFERENCES: Final = 20


@dataclass(frozen=True, slots=True)
class Result:
    machines: int
    days: int
    verdicts: Verdicts

    @property
    def is_exact(self) -> bool:
        """No booked sale differs from the truth, none is negative, and no estimate is above it."""
        return not (self.verdicts.differences or self.verdicts.negative or self.verdicts.overbooked)

    @property
    def exact(self) -> Sums:
        """What is neither estimated nor suspect."""
        total = Sums()
        for outcome in (Outcome.NORMAL, Outcome.ROLLOVER):
            total.add(self.verdicts.by_outcome.get(outcome, Sums()))
        return total

    @property
    def swaps_recognised(self) -> tuple[int, int]:
        swaps = self.verdicts.swaps
        return swaps[f"seen as {Outcome.SWAP_BASELINE}"], swaps["swaps"]

    def lines(self) -> Iterator[str]:
        """The table, as text."""
        yield f"{self.machines} machines, {self.days} days"
        yield f"reads: {_counts(self.verdicts.reads)}"
        yield f"intervals: {_counts(self.verdicts.intervals)}"
        yield ""
        yield _row("by selection", "intervals", "units", "true units", "cents", "true cents", "")
        for outcome in _ORDER:
            if sums := self.verdicts.by_outcome.get(outcome):
                yield _row(outcome, *_figures(sums), _NOTES[outcome])
        yield _row("exact together", *_figures(self.exact), "")
        yield ""
        for device, sums in sorted(self.verdicts.devices.items()):
            yield _row(f"paid by {device}", *_figures(sums), "exact intervals with PA7")
        yield from self._findings()

    def _findings(self) -> Iterator[str]:
        exact, judged = self.exact, sum(sums.count for sums in self.verdicts.by_outcome.values())
        recognised, swaps = self.swaps_recognised
        yield ""
        yield f"difference of units {exact.units - exact.true_units}, of cents {exact.cents - exact.true_cents}"
        yield f"sales that differ: {len(self.verdicts.differences)}"
        yield f"negative sales: {self.verdicts.negative}"
        yield f"estimates above the truth: {self.verdicts.overbooked}"
        yield f"exact: {_share(exact.count, judged)} of all selections and intervals"
        yield f"board swaps recognised: {_share(recognised, swaps)} ({_counts(self.verdicts.swaps)})"
        yield f"not recognised as swaps, by dialect: {_counts(self.verdicts.dialects) or 'none'}"
        yield from (str(one) for one in self.verdicts.differences[:SHOWN_DIFFERENCES])


def check(course: Course, machines: int, *, jobs: int = 1, is_dated: bool = False) -> Result:
    """Simulate, parse, book and compare; the machines are independent, so several processes may share the work."""
    verdicts = Verdicts()
    judged = partial(_of_machine, course, is_dated)
    numbers = range(1, machines + 1)
    if jobs <= 1:
        for one in map(judged, numbers):
            verdicts.add(one)
    else:
        with ProcessPoolExecutor(jobs) as pool:
            for one in pool.map(judged, numbers, chunksize=4):
                verdicts.add(one)
    return Result(machines, course.days, verdicts)


def _of_machine(course: Course, is_dated: bool, number: int) -> Verdicts:
    life = live(course, number)
    return judge(life, deliver(course, life), is_dated=is_dated)


def _figures(sums: Sums) -> tuple[str, ...]:
    return tuple(f"{n:,}" for n in (sums.count, sums.units, sums.true_units, sums.cents, sums.true_cents))


def _row(name: str, *columns: str) -> str:
    *figures, note = columns
    return f"{name:<16}{''.join(f'{figure:>15}' for figure in figures)}  {note}".rstrip()


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items()))


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({part / whole:.1%})" if whole else "none to see"
