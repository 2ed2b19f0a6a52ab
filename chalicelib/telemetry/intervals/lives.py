"""Finds the place of a read among those that came before it.

A life is a run of reads in which the counters only grow: from when a board came into use, or began again, to its end.
Within a life the machine's count of reads (EA309) gives the order. Where a machine does not count them, its cumulative
counters do, which tell the order better than any clock: clocks are wrong, stop and jump, sales are never taken back.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from chalicelib.telemetry.intervals.comparison import change_of, has_history, has_other_serial
from chalicelib.telemetry.intervals.models import Reading

Life = list[Reading]
# A read that came later than this was hardly on its way for so long.
LATEST: Final = timedelta(days=6)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a read may stand, and how many units were then sold since the read before it."""

    life: Life
    at: int
    units: int


def place(reading: Reading, lives: list[Life]) -> None:
    """Puts a read that has just arrived into the life it belongs to; one that fits nowhere begins another.

    Of several places it takes the one nearest to the read before: the last read of an old board that comes late
    would fit behind the first of the new one too, with thousands of sales between them.
    """
    own = [life for life in reversed(lives) if _is_same_board(life, reading)]
    spots = [spot for life in own if (spot := _spot(life, reading)) is not None]
    if spots:
        nearest = min(spots, key=lambda spot: spot.units)
        nearest.life.insert(nearest.at, reading)
    elif own and _may_follow(own[0][-1], reading):
        own[0].append(reading)
    elif (preceding := next((life for life in own if _may_precede(reading, life[0])), None)) is not None:
        preceding.insert(0, reading)
    else:
        lives.append([reading])


def _is_same_board(life: Life, reading: Reading) -> bool:
    """The same serials; and the same moment of initialisation, where both tell it."""
    last = life[-1]
    is_same_start = last.initialised_at is None or reading.initialised_at in (None, last.initialised_at)
    return is_same_start and not has_other_serial(last, reading)


def _spot(life: Life, reading: Reading) -> Spot | None:
    """Behind the read that it repeats, at the end, or between two reads; None where it fits no two of this life."""
    for at, one in enumerate(life, start=1):
        if one.content_hash == reading.content_hash:
            return Spot(life, at, -1)
    for at in _candidates(life, reading):
        change = change_of(life[at - 1], reading)
        if change.fits and (at == len(life) or _may_stand_between(life[at - 1], reading, life[at])):
            return Spot(life, at, change.units)
    return None


def _candidates(life: Life, reading: Reading) -> list[int]:
    """The place that the count of reads gives, or without one every place but the first, from the end."""
    if reading.read_count is not None and all(one.read_count is not None for one in life):
        at = bisect_right([one.read_count or 0 for one in life], reading.read_count)
        return [at] if at else []
    return list(range(len(life), 0, -1))


def _may_stand_between(before: Reading, reading: Reading, after: Reading) -> bool:
    """A board that has just begun again looks much like it did the first time: there the clock has a say."""
    clocks = [one.read_at for one in (before, reading, after) if one.read_at is not None]
    is_in_order = len(clocks) < 3 or clocks == sorted(clocks)
    return change_of(reading, after).fits and (is_in_order or has_history(reading))


def _may_follow(last: Reading, reading: Reading) -> bool:
    """Most counters go on, some do not; what fell is judged selection by selection."""
    if last.read_count is not None and reading.read_count is not None and reading.read_count < last.read_count:
        return False
    return change_of(last, reading).goes_on


def _may_precede(reading: Reading, first: Reading) -> bool:
    """Earlier than all that is known of this life, or a fresh start?

    Counters that show a history are no fresh start. Otherwise the device's clock decides, or the count of reads when
    the life was not known from its very first; without either, whether so late an arrival can be believed.
    """
    if not change_of(reading, first).fits:
        return False
    if reading.read_count is not None and first.read_count is not None and reading.read_count >= first.read_count:
        return False
    if has_history(reading):
        return True
    if reading.read_at is not None and first.read_at is not None:
        return reading.read_at < first.read_at
    return reading.read_count is not None or reading.received_at - first.received_at <= LATEST
