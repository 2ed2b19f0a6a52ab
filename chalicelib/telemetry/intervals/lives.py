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
YOUNG_READS: Final = 30


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a read may stand, and how many units were then sold since the read before it."""

    life: Life
    at: int
    units: int


class Lives:
    """The lives of a machine's boards in the order in which they came into use; reads are put in as they arrive.

    Of several places a read takes the one nearest to the read before: the last read of an old board that comes late
    would fit behind the first of the new one too, with thousands of sales between them.
    """

    def __init__(self) -> None:
        self._lives: list[Life] = []
        # Reads of a silent young board that may be late or a fresh start; the next read tells which.
        self._waiting: list[Reading] = []

    def put(self, reading: Reading) -> None:
        own = self._own(reading)
        spot = _nearest(own, reading)
        if spot is not None and spot.life is own[0] and spot.at == len(own[0]):
            self._settle()
            self._insert(reading)
        elif _is_silent(reading) and (spot or _preceding(own, reading)):
            self._waiting.append(reading)
        elif spot is None and self._waiting:
            self._begin_with_waiting(reading)
            self._insert(reading)
        else:
            self._insert(reading)

    def ordered(self) -> list[Reading]:
        self._settle()
        return [reading for life in self._lives for reading in life]

    def _own(self, reading: Reading) -> list[Life]:
        return [life for life in reversed(self._lives) if _is_same_board(life[-1], reading)]

    def _settle(self) -> None:
        """The board goes on from where it was: what has been waiting was late."""
        waiting, self._waiting = self._waiting, []
        for reading in waiting:
            self._insert(reading)

    def _begin_with_waiting(self, reading: Reading) -> None:
        """The board does not go on from where it was: what has been waiting was its new beginning."""
        if not _is_same_board(self._waiting[0], reading):
            self._settle()
            return
        life, self._waiting = self._waiting, []
        self._lives.append(life)

    def _insert(self, reading: Reading) -> None:
        own = self._own(reading)
        spot = _nearest(own, reading)
        if spot is not None:
            spot.life.insert(spot.at, reading)
        elif own and _may_follow(own[0][-1], reading):
            own[0].append(reading)
        elif (preceding := _preceding(own, reading)) is not None:
            preceding.insert(0, reading)
        else:
            self._lives.append([reading])


def _nearest(own: list[Life], reading: Reading) -> Spot | None:
    spots = [spot for life in own if (spot := _spot(life, reading)) is not None]
    return min(spots, key=lambda spot: spot.units) if spots else None


def _is_silent(reading: Reading) -> bool:
    """No count of reads, no clock, and no history that would tell one beginning from another."""
    return reading.read_count is None and reading.read_at is None and _is_young(reading)


def _is_young(reading: Reading) -> bool:
    """A board that may have begun lately: then a late read and a fresh start look alike."""
    return not has_history(reading) and (reading.read_count is None or reading.read_count <= YOUNG_READS)


def _is_same_board(known: Reading, reading: Reading) -> bool:
    """The same serials; and the same moment of initialisation, where both tell it."""
    is_same_start = known.initialised_at is None or reading.initialised_at in (None, known.initialised_at)
    return is_same_start and not has_other_serial(known, reading)


def _spot(life: Life, reading: Reading) -> Spot | None:
    """Behind the read that it repeats, at the end, or between two reads; None where it fits no two of this life."""
    for at, one in enumerate(life, start=1):
        if one.content_hash == reading.content_hash:
            return Spot(life, at, -1)
    for at in _candidates(life, reading):
        change = change_of(life[at - 1], reading)
        if at == len(life) and change.fits:
            return Spot(life, at, change.units)
        if at < len(life) and _may_stand_between(life[at - 1], reading, life[at]):
            return Spot(life, at, change.units)
    return None


def _candidates(life: Life, reading: Reading) -> list[int]:
    """The place that the count of reads gives, or without one every place but the first, from the end."""
    if reading.read_count is not None and all(one.read_count is not None for one in life):
        at = bisect_right([one.read_count or 0 for one in life], reading.read_count)
        return [at] if at else []
    return list(range(len(life), 0, -1))


def _may_stand_between(before: Reading, reading: Reading, after: Reading) -> bool:
    """A board that has just begun again looks much like it did the first time: there time has a say."""
    earlier, later = change_of(before, reading), change_of(reading, after)
    if not _is_young(reading):
        return earlier.fits and later.fits
    if not (earlier.is_clean and later.is_clean):
        return False
    clocks = [one.read_at for one in (before, reading, after) if one.read_at is not None]
    if len(clocks) == 3:
        return clocks == sorted(clocks)
    return reading.received_at - after.received_at <= LATEST


def _may_follow(last: Reading, reading: Reading) -> bool:
    """Most counters go on, some do not; what fell is judged selection by selection."""
    if last.read_count is not None and reading.read_count is not None and reading.read_count < last.read_count:
        return False
    return change_of(last, reading).goes_on


def _preceding(own: list[Life], reading: Reading) -> Life | None:
    """The life that this read comes before, earlier than all that was known of it."""
    return next((life for life in own if _may_precede(reading, life[0])), None)


def _may_precede(reading: Reading, first: Reading) -> bool:
    """A late read, or a fresh start?

    Counters that show a history are no fresh start. Otherwise it has to be credible that the read was on its way so
    long; then the device's clock decides where both have one.
    """
    change = change_of(reading, first)
    if not (change.is_clean if _is_young(reading) else change.fits):
        return False
    if reading.read_count is not None and first.read_count is not None and reading.read_count >= first.read_count:
        return False
    if not _is_young(reading):
        return True
    if reading.received_at - first.received_at > LATEST:
        return False
    return reading.read_at is None or first.read_at is None or reading.read_at < first.read_at
