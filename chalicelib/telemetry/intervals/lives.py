"""Finds the place of a read among those that came before it.

A life is a run of reads in which the counters only grow: from when a board came into use, or began again, to its end.
Within a life the machine's count of reads (EA309) gives the order. Where a machine does not count them, its cumulative
counters do, which tell the order better than any clock: clocks are wrong, stop and jump, sales are never taken back.
"""

from bisect import bisect_right
from typing import Final

from chalicelib.telemetry.intervals.comparison import change_of, has_other_serial
from chalicelib.telemetry.intervals.models import Reading

Life = list[Reading]
FEW_MISSED: Final = 5


def place(reading: Reading, lives: list[Life]) -> None:
    """Puts a read that has just arrived into the life it belongs to; one that fits nowhere begins another."""
    own = [life for life in reversed(lives) if _is_same_board(life, reading)]
    if own and _is_next(own[0][-1], reading):
        own[0].append(reading)
        return
    for life in own:
        if (at := _twin(life, reading)) is not None or (at := _gap(life, reading)) is not None:
            life.insert(at, reading)
            return
    following = [life for life in own if _may_follow(life[-1], reading)]
    preceding = next((life for life in own if _may_precede(reading, life[0])), None)
    if following:
        min(following, key=lambda life: _missed(life[-1], reading)).append(reading)
    elif preceding is not None:
        preceding.insert(0, reading)
    else:
        lives.append([reading])


def _is_same_board(life: Life, reading: Reading) -> bool:
    """The same serials; and the same moment of initialisation, where both tell it."""
    last = life[-1]
    is_same_start = last.initialised_at is None or reading.initialised_at in (None, last.initialised_at)
    return is_same_start and not has_other_serial(last, reading)


def _is_next(last: Reading, reading: Reading) -> bool:
    """The ordinary case: it follows the newest read, with hardly a read missing between."""
    return 0 <= _missed(last, reading) <= FEW_MISSED and change_of(last, reading).is_clean


def _twin(life: Life, reading: Reading) -> int | None:
    """Behind the read that it repeats: the same content, or the same count of reads with counters that agree."""
    for at, one in enumerate(life, start=1):
        if one.content_hash == reading.content_hash:
            return at
        is_same_count = one.read_count is not None and one.read_count == reading.read_count
        if is_same_count and change_of(one, reading).goes_on:
            return at
    return None


def _gap(life: Life, reading: Reading) -> int | None:
    """Between two reads of this life: it came late. None when it does not fit between any two."""
    if _is_counted(life, reading):
        at = bisect_right([one.read_count or 0 for one in life], reading.read_count or 0)
        if 0 < at < len(life) and change_of(life[at - 1], reading).goes_on and change_of(reading, life[at]).goes_on:
            return at
        return None
    if change_of(life[-1], reading).is_clean:
        return None
    for at in range(len(life) - 1, 0, -1):
        if change_of(life[at - 1], reading).is_clean and change_of(reading, life[at]).is_clean:
            return at
    return None


def _may_follow(last: Reading, reading: Reading) -> bool:
    if last.read_count is not None and reading.read_count is not None and reading.read_count < last.read_count:
        return False
    return change_of(last, reading).goes_on


def _missed(last: Reading, reading: Reading) -> int:
    """How many reads lie between. The old board's last read, come late, is nearer to the old board than to the new."""
    return (reading.read_count or 0) - (last.read_count or 0)


def _may_precede(reading: Reading, first: Reading) -> bool:
    """Earlier than all that is known of this life: only when the device's clock says so too.

    A lower count with lower counters is also what a fresh start looks like; without a clock, a read that came later
    is taken as the later one.
    """
    if reading.read_at is None or first.read_at is None or reading.read_at >= first.read_at:
        return False
    is_counted_before = (reading.read_count or 0) <= (first.read_count or 0)
    return is_counted_before and change_of(reading, first).is_clean


def _is_counted(life: Life, reading: Reading) -> bool:
    return reading.read_count is not None and all(one.read_count is not None for one in life)
