"""The way from the machine to us: what is lost, late, twice, joined, cut off or damaged."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from tools.simulator.faults import A_READ, Fault
from tools.simulator.life import Course, Life, Made


@dataclass(frozen=True, slots=True)
class Piece:
    """One read within a file, as it arrived; damaged content is no longer what was made."""

    made: Made
    content: bytes


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file as it reached us. Usually it holds one read, sometimes the one before as well."""

    received_at: datetime
    pieces: tuple[Piece, ...]
    fates: frozenset[Fault]

    @property
    def content(self) -> bytes:
        return b"".join(piece.content for piece in self.pieces)


def deliver(course: Course, life: Life) -> list[Arrival]:
    """The files in the order in which they arrive."""
    dice = course.dice(life.machine.number, "delivery")
    arrivals: list[Arrival] = []
    waiting: Piece | None = None
    for made in life.reads:
        fates = _fates(course, dice)
        own = Random(dice.random())
        if Fault.LOST in fates:
            continue
        piece = Piece(made, _damaged(made.content, fates, own))
        if Fault.JOINED in fates and waiting is None and made is not life.reads[-1]:
            waiting = piece
            continue
        pieces = (waiting, piece) if waiting else (piece,)
        waiting = None
        arrivals.extend(_sent(made.at, pieces, fates - {Fault.JOINED}, own))
    return sorted(arrivals, key=lambda one: one.received_at)


def fates_by_read(arrivals: list[Arrival]) -> dict[int, set[str]]:
    """What became of each read that arrived at all, by its number."""
    found: dict[int, set[str]] = {}
    for arrival in arrivals:
        for piece in arrival.pieces:
            joined = {Fault.JOINED} if len(arrival.pieces) > 1 else set()
            damaged = arrival.fates & {Fault.TRUNCATED, Fault.CORRUPTED} if piece.content != piece.made.content else ()
            late = arrival.fates & {Fault.LATE, Fault.DUPLICATE}
            found.setdefault(piece.made.number, set()).update({*joined, *damaged, *late})
    return found


def _fates(course: Course, dice: Random) -> frozenset[Fault]:
    """Draws for every fault, so that leaving one out does not move the dice of the others."""
    drawn = {fault for fault in _FATES if dice.random() < A_READ[fault]}
    return frozenset(drawn & course.faults)


_FATES = (Fault.LOST, Fault.LATE, Fault.DUPLICATE, Fault.JOINED, Fault.TRUNCATED, Fault.CORRUPTED)


def _sent(at: datetime, pieces: tuple[Piece, ...], fates: frozenset[Fault], dice: Random) -> Iterator[Arrival]:
    delay = timedelta(seconds=dice.randrange(20, 900))
    if Fault.LATE in fates:
        delay += timedelta(hours=dice.uniform(20, 110))
    first = Arrival(at + delay, pieces, fates)
    yield first
    if Fault.DUPLICATE in fates:
        again = timedelta(minutes=dice.choice((1, 7, 200, 3000)))
        yield replace(first, received_at=first.received_at + again)


def _damaged(content: bytes, fates: frozenset[Fault], dice: Random) -> bytes:
    if Fault.TRUNCATED in fates:
        return content[: dice.randrange(20, len(content) - 12)]
    if Fault.CORRUPTED in fates:
        return _corrupted(content, dice)
    return content


def _corrupted(content: bytes, dice: Random) -> bytes:
    """One to three bytes inside the set are not what they were: a flipped bit or another digit."""
    spoiled = bytearray(content)
    begin, end = content.index(b"ST*"), content.rindex(b"SE*")
    for _ in range(dice.randrange(1, 4)):
        at = dice.randrange(begin, end)
        if chr(spoiled[at]).isdigit() and dice.random() < 0.7:
            spoiled[at] = ord(dice.choice("0123456789"))
        else:
            spoiled[at] ^= 1 << dice.randrange(7)
    return bytes(spoiled)
