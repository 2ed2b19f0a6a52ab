"""Finds the place of a read among those that came before it.

A life is a run of reads in which the counters only grow: from when a board came into use, or began again, to its end.
Within a life the machine's count of reads (EA309) gives the order. Where a machine does not count them, its cumulative
counters do, which tell the order better than any clock: clocks are wrong, stop and jump, sales are never taken back.

A board that neither counts its reads nor knows the time is silent. Where it has also sold little, a late read and a
fresh start can look alike. What later reads do not tell apart is held, or booked as an estimate, and never guessed.
"""

from collections.abc import Iterator

from chalicelib.telemetry.intervals.comparison import change_of, days_between, is_same_board, units_shown
from chalicelib.telemetry.intervals.models import Placed, Reading, Standing
from chalicelib.telemetry.intervals.spots import (
    LATEST,
    Life,
    Spot,
    is_usual,
    is_young,
    may_precede,
    spots_in,
)


class Lives:
    """The lives of a machine's boards in the order in which they came into use; reads are put in as they arrive.

    Of several places a read takes the one nearest to the read before: the last read of an old board that comes late
    would fit behind the first of the new one too, with thousands of sales between them.
    """

    def __init__(self) -> None:
        self._lives: list[Life] = []
        # Reads of a silent young board that may be late or a fresh start; the next read tells which.
        self._waiting: list[Reading] = []
        # Reads whose place nothing tells, each behind the read that was the last when it came.
        self._held: dict[int, list[Reading]] = {}
        self._doubtful: set[int] = set()

    def put(self, reading: Reading) -> None:
        own = self._own(reading)
        if own and _is_silent(reading):
            self._put_silent(own, reading)
        else:
            self._insert(reading)

    def placed(self) -> Iterator[Placed]:
        """Every read in the order of the machine."""
        self._settle()
        for number, life in enumerate(self._lives):
            is_odd = self._is_odd(number)
            for place, reading in enumerate(life):
                standing = Standing.FOLLOWS if place else Standing.BEGINS
                standing = Standing.DOUBTFUL if id(reading) in self._doubtful else standing
                yield Placed(reading, Standing.HELD if is_odd else standing)
                yield from (Placed(one, Standing.HELD) for one in self._held.get(id(reading), ()))

    def _own(self, reading: Reading) -> list[Life]:
        return [life for life in reversed(self._lives) if _may_be_of(life, reading)]

    def _put_silent(self, own: list[Life], reading: Reading) -> None:
        spots = list(spots_in(own, reading))
        repeated = next((spot for spot in spots if spot.units < 0), None)
        ahead = next((spot for spot in spots if spot.life is own[0] and spot.at == len(spot.life)), None)
        late = [spot for spot in spots if spot is not ahead and self._is_credible(spot, reading)]
        if repeated:
            repeated.life.insert(repeated.at, reading)
        elif ahead and late:
            self._choose(ahead, late, reading)
        elif ahead:
            self._go_on(ahead, reading)
        elif (late or _preceding(own, reading)) and is_young(reading):
            self._waiting.append(reading)
        else:
            if self._waiting and not late:
                self._begin_with_waiting(reading)
            self._insert(reading)

    def _choose(self, ahead: Spot, late: list[Spot], reading: Reading) -> None:
        """On time in the newest life, or late in an earlier one: by what the board usually sells, or not at all."""
        nearest = min(late, key=lambda spot: spot.units)
        is_on_time, is_late = _is_usual(ahead, reading), _is_usual(nearest, reading)
        if is_on_time and is_late:
            self._hold(reading)
        elif is_late:
            nearest.life.insert(nearest.at, reading)
        else:
            self._go_on(ahead, reading)

    def _go_on(self, ahead: Spot, reading: Reading) -> None:
        """The board goes on from where it was; unless it may as well have begun again with what is waiting."""
        if not self._waiting or not self._may_have_begun_again(ahead, reading):
            self._settle()
            ahead.life.append(reading)
        elif change_of(ahead.life[-1], reading).is_clean:
            waiting, self._waiting = self._waiting, []
            for one in waiting:
                self._hold(one)
            ahead.life.append(reading)
            self._doubtful.add(id(reading))
        else:
            self._begin_with_waiting(reading)
            self._insert(reading)

    def _may_have_begun_again(self, ahead: Spot, reading: Reading) -> bool:
        """All that waits and this one can have been sold since the board's last read, one after the other."""
        life, first, last = ahead.life, self._waiting[0], self._waiting[-1]
        since = change_of(last, reading)
        return (
            since.is_clean
            and is_same_board(last, reading)
            and is_usual(life, units_shown(first), days_between(life[-1], first))
            and is_usual(life, since.units, days_between(last, reading))
        )

    def _hold(self, reading: Reading) -> None:
        self._held.setdefault(id(self._lives[-1][-1]), []).append(reading)

    def _settle(self) -> None:
        """The board goes on from where it was: what has been waiting was late."""
        waiting, self._waiting = self._waiting, []
        for reading in waiting:
            self._insert(reading)

    def _begin_with_waiting(self, reading: Reading) -> None:
        """The board does not go on from where it was: what has been waiting was its new beginning."""
        if not is_same_board(self._waiting[0], reading):
            self._settle()
            return
        life, self._waiting = self._waiting, []
        self._lives.append(life)

    def _insert(self, reading: Reading) -> None:
        own = self._own(reading)
        spots = [spot for spot in spots_in(own, reading) if spot.life is own[0] or self._is_credible(spot, reading)]
        spot = next((spot for spot in spots if _is_newest(spot, own[0], reading)), None)
        spot = spot or min(spots, key=lambda spot: spot.units, default=None)
        if spot is not None:
            spot.life.insert(spot.at, reading)
        elif own and _may_follow(own[0][-1], reading):
            own[0].append(reading)
        elif (preceding := _preceding(own, reading)) is not None:
            preceding.insert(0, reading)
        else:
            self._lives.append([reading])

    def _is_credible(self, spot: Spot, reading: Reading) -> bool:
        """A read behind the last one of a board's earlier life has been on its way since before the next life."""
        if spot.at < len(spot.life) or not is_young(reading):
            return True
        place = next(place for place, life in enumerate(self._lives) if life is spot.life)
        following = self._lives[place + 1 :]
        return not following or reading.received_at - following[0][0].received_at <= LATEST

    def _is_odd(self, number: int) -> bool:
        """A board went on after this, as if it had not been: a damaged read, or one that came from elsewhere.

        Only what nothing proves is doubted: no count of reads, or no checksum.
        """
        life = self._lives[number]
        if number == 0 or any(one.is_proven and one.read_count is not None for one in life):
            return False
        last = max(one.received_at for one in life)
        for earlier in self._lives[:number]:
            is_doubted = not any(one.is_proven for one in life) or is_same_board(earlier[-1], life[0])
            if is_doubted and max(one.received_at for one in earlier) > last:
                return True
        return False


def _is_silent(reading: Reading) -> bool:
    return reading.read_count is None and reading.read_at is None


def _is_newest(spot: Spot, newest: Life, reading: Reading) -> bool:
    """It goes on from the newest read of its board, and the machine's clock says so too."""
    last = newest[-1].read_at
    return (
        spot.life is newest
        and spot.at == len(newest)
        and last is not None
        and reading.read_at is not None
        and reading.read_at > last
    )


def _is_usual(spot: Spot, reading: Reading) -> bool:
    before = spot.life[: spot.at]
    return is_usual(before, spot.units, days_between(before[-1], reading))


def _may_be_of(life: Life, reading: Reading) -> bool:
    """The same serials; and the same moment of initialisation, where both tell it."""
    known = life[-1]
    is_same_start = known.initialised_at is None or reading.initialised_at in (None, known.initialised_at)
    return is_same_start and is_same_board(known, reading)


def _may_follow(last: Reading, reading: Reading) -> bool:
    """Most counters go on, some do not; what fell is judged selection by selection."""
    if last.read_count is not None and reading.read_count is not None and reading.read_count < last.read_count:
        return False
    return change_of(last, reading).goes_on


def _preceding(own: list[Life], reading: Reading) -> Life | None:
    """The life that this read comes before, earlier than all that was known of it."""
    return next((life for life in own if may_precede(reading, life[0])), None)
