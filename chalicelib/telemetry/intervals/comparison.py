"""Compares the cumulative counters of two reads as a whole: do they go on as those of one board do?"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from chalicelib.telemetry.intervals.models import Count, Counters, Reading

UNITS_A_DAY: Final = 500
BUSY_DAYS: Final = 7
UNITS_A_DAY_ON_AND_ON: Final = 60
"""A column sells hundreds on the days of a fair, never for months: a clock wrong by months excuses no leap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How many counters rose, fell, and rose by more than a machine can sell, among those that both reads have.

    `units` is what the others rose by, totals of the machine among them.
    """

    rose: int
    fell: int
    leapt: int
    compared: int
    units: int

    @property
    def began_again(self) -> bool:
        """More than half of the counters fell, and at least two: the whole machine, not a column of it."""
        return self.fell >= 2 and self.fell * 2 > self.compared

    @property
    def is_beyond_belief(self) -> bool:
        """Some counters leapt, and with those that fell they are more than half: these are not one board's counters."""
        return self.leapt >= 2 and (self.leapt + self.fell) * 2 > self.compared

    @property
    def goes_on(self) -> bool:
        """Nothing speaks against the second read being a later one of the same board."""
        return not self.began_again and not self.is_beyond_belief

    @property
    def fits(self) -> bool:
        """All counters stand or rise by what can be sold, but for the few that may have wrapped or been reset."""
        return self.fell + self.leapt <= max(1, self.compared // 6)

    @property
    def is_clean(self) -> bool:
        """All counters stand or rise by what can be sold."""
        return not self.fell and not self.leapt


def change_of(previous: Reading, current: Reading) -> Change:
    """From the earlier to the later read; units only, of the selections and of the totals of the machine."""
    most = plausible_units(days_between(previous, current))
    rises = [after - before for before, after in _pairs(previous, current)]
    return Change(
        rose=sum(rise > 0 for rise in rises),
        fell=sum(rise < 0 for rise in rises),
        leapt=sum(rise > most for rise in rises),
        compared=len(rises),
        units=sum(rise for rise in rises if 0 < rise <= most),
    )


def days_between(previous: Reading, current: Reading) -> float:
    """By who took both reads, else by the device where both know the time, else by arrival; never less than nothing."""
    if previous.is_dated and current.is_dated:
        return max(0.0, (current.received_at - previous.received_at).total_seconds() / 86_400)
    if previous.read_at and current.read_at:
        return max(0.0, (current.read_at - previous.read_at).total_seconds() / 86_400)
    return max(0.0, (current.at - previous.at).total_seconds() / 86_400)


def plausible_units(days: float) -> int:
    """The most that one selection sells in this time; a part of a day may hold a whole day's sales."""
    busy = min(max(1.0, days), BUSY_DAYS)
    return int(UNITS_A_DAY * busy + UNITS_A_DAY_ON_AND_ON * max(0.0, days - BUSY_DAYS))


def has_history(reading: Reading, days: float = 1) -> bool:
    """Most selections show more than can have been sold in this time: it is no board that has just begun.

    Money tells as much as units do, and more where the units wrap at a byte.
    """
    most = plausible_units(days)
    counted = [_is_beyond(counters, most) for counters in reading.selections.values()]
    return sum(counted) * 2 > len(counted)


def _is_beyond(counters: Counters, most: int) -> bool:
    count = counters.cumulative
    dearest = max(counters.prices, default=0)
    is_rich = dearest > 0 and count.value_cents is not None and count.value_cents > most * dearest
    return is_rich or (count.units is not None and count.units > most)


def units_shown(reading: Reading) -> int:
    """All that the counters of a read add up to, those of the machine among them: what `Change.units` is to a rise."""
    counts = (*(_shown(counters) for counters in reading.selections.values()), *reading.totals.values())
    return sum(count.units or 0 for count in counts)


def is_same_board(one: Reading, other: Reading) -> bool:
    """Nothing that the two reads say of themselves tells their boards apart, in whatever order they were made.

    Another changer may be another memory, unless the board names itself or has counted on from read to read.
    """
    machine, board, changer = (
        before == after if before and after else None for before, after in zip(one.serials, other.serials, strict=True)
    )
    if False in (machine, board):
        return False
    return changer is not False or board is True or _counts_on(one, other)


def _counts_on(one: Reading, other: Reading) -> bool:
    if one.read_count is None or other.read_count is None or one.read_count == other.read_count:
        return False
    earlier, later = sorted((one, other), key=lambda read: read.read_count or 0)
    return change_of(earlier, later).is_clean


def _pairs(previous: Reading, current: Reading) -> Iterator[tuple[int, int]]:
    befores = {name: _shown(counters) for name, counters in previous.selections.items()} | dict(previous.totals)
    afters = {name: counters.cumulative for name, counters in current.selections.items()} | dict(current.totals)
    for name, before in befores.items():
        after = afters.get(name)
        if after and before.units is not None and after.units is not None:
            yield before.units, after.units


def _shown(counters: Counters) -> Count:
    """What the machine has shown itself, not what is carried forward for a selection in doubt."""
    return counters.cumulative if counters.fell_to is None else Count(counters.fell_to)
