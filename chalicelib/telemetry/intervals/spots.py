"""Where in the life of a board a read may stand, by its count of reads or else by its counters."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Final

from chalicelib.telemetry.intervals.comparison import Change, change_of, days_between, has_history
from chalicelib.telemetry.intervals.models import Reading

Life = list[Reading]
# A read that came later than this was hardly on its way for so long.
LATEST: Final = timedelta(days=6)
YOUNG_READS: Final = 30
# A machine hardly sells more than this many times what it sold in its busiest interval so far, and some units.
BUSIER: Final = 2
SOME_UNITS: Final = 6


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a read may stand, and how many units were then sold since the read before it; -1 where it repeats one."""

    life: Life
    at: int
    units: int


def spots_in(own: list[Life], reading: Reading) -> Iterator[Spot]:
    """The place in each of these lives that has one."""
    return (spot for life in own if (spot := spot_in(life, reading)) is not None)


def spot_in(life: Life, reading: Reading) -> Spot | None:
    """Behind the read that it repeats, at the end, or between two reads; None where it fits no two of this life."""
    for at in range(len(life), 0, -1):
        if life[at - 1].content_hash == reading.content_hash:
            return Spot(life, at, -1)
    for at in _candidates(life, reading):
        change = change_of(life[at - 1], reading)
        if at == len(life) and change.fits:
            return Spot(life, at, change.units)
        if at < len(life) and _may_stand_between(life[at - 1], reading, life[at]):
            return Spot(life, at, change.units)
    return None


def is_young(reading: Reading) -> bool:
    """A board that may have begun lately: then a late read and a fresh start look alike."""
    return not has_history(reading) and (reading.read_count is None or reading.read_count <= YOUNG_READS)


def is_usual(life: Life, units: int, days: float) -> bool:
    """Whether a board that has lived so may have sold these units in this time; after two reads anything is usual."""
    rises = [
        change_of(one, following).units / max(1.0, days_between(one, following)) for one, following in pairwise(life)
    ]
    return len(rises) < 2 or units <= BUSIER * max(rises) * max(1.0, days) + SOME_UNITS


def may_precede(reading: Reading, first: Reading) -> bool:
    """A late read, or a fresh start?

    Counters that show a history are no fresh start. Otherwise it has to be credible that the read was on its way so
    long; then the device's clock decides where both have one.
    """
    if not _is_rise(change_of(reading, first), reading, (first,)):
        return False
    if reading.read_count is not None and first.read_count is not None and reading.read_count >= first.read_count:
        return False
    if not is_young(reading):
        return True
    if reading.received_at - first.received_at > LATEST:
        return False
    return reading.read_at is None or first.read_at is None or reading.read_at < first.read_at


def _candidates(life: Life, reading: Reading) -> list[int]:
    """The place that the count of reads gives, or without one every place but the first, from the end."""
    if reading.read_count is not None and all(one.read_count is not None for one in life):
        at = bisect_right([one.read_count or 0 for one in life], reading.read_count)
        return [at] if at else []
    return list(range(len(life), 0, -1))


def _may_stand_between(before: Reading, reading: Reading, after: Reading) -> bool:
    """A board that has just begun again looks much like it did the first time: there time has a say."""
    earlier, later = change_of(before, reading), change_of(reading, after)
    if not (_is_rise(earlier, reading, (before, after)) and _is_rise(later, reading, (before, after))):
        return False
    if not is_young(reading):
        return True
    clocks = [one.read_at for one in (before, reading, after) if one.read_at is not None]
    if len(clocks) == 3:
        return clocks == sorted(clocks)
    return reading.received_at - after.received_at <= LATEST


def _is_rise(change: Change, reading: Reading, others: Iterable[Reading]) -> bool:
    """A single counter may have wrapped, been reset or, without a checksum, been damaged; of a young board none has."""
    is_strict = is_young(reading) and all(one.is_proven for one in (reading, *others))
    return change.is_clean if is_strict else change.fits
