"""A machine's reads in order, and what was sold between each and the one before."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.values import value
from chalicelib.telemetry.intervals import Interval, Reading, between, placed
from chalicelib.telemetry.rules.documents import Document, counters_document, reading_from


@value(kw_only=True)
class StoredReading:
    """A read that may be booked, as it is stored. `received_at` is when its sender took it (`is_dated`), else when it
    came; `position` is its place among the machine's reads, once it has one; `carried` are the counters that earlier
    reads lend it."""

    device_id: int
    read_id: int
    sha256: bytes
    received_at: datetime
    is_dated: bool
    read_at: datetime | None
    reading: Document
    position: int | None
    carried: Document | None


@value(kw_only=True)
class Step:
    """One interval of a machine, with the reads on both sides."""

    device_id: int
    read_id: int
    previous_read_id: int | None
    position: int
    received_at: datetime
    interval: Interval
    carried: Document


def is_whole(stored: Sequence[StoredReading]) -> bool:
    """Whether these are all reads of a machine: none has a place among its reads yet, or the first one is here."""
    return min((one.position for one in stored if one.position is not None), default=1) == 1


def is_enough(stored: Sequence[StoredReading]) -> bool:
    """Whether these reads, of which the first is an anchor, can be walked without those before it.

    They can when all are of one board and its read count and its clock agree on their order, the anchor first: then
    no read that is left out belongs after the anchor.
    """
    places = [one.position for one in stored if one.position is not None]
    documents = [one.reading for one in stored]
    counts = [document["reads"] for document in documents]
    is_one_board = all(document["serials"] == documents[0]["serials"] for document in documents)
    return (
        stored[0].position == min(places, default=0)
        and is_one_board
        and None not in counts
        and counts == sorted(counts)
    )


def walk(stored: Sequence[StoredReading], *, has_anchor: bool) -> list[Step]:
    """Every interval of one machine, in order; with an anchor, only those after it."""
    anchor = stored[0] if has_anchor else None
    readings = [(_reading(one, lends=one is anchor), one) for one in sorted(stored, key=_arrival)]
    stored_of = {id(reading): one for reading, one in readings}
    steps: list[Step] = []
    baseline: Reading | None = None
    previous: int | None = None
    first = anchor.position if anchor and anchor.position else 1
    for place, found in enumerate(placed(reading for reading, _ in readings), start=first):
        reading = found.reading
        one = stored_of[id(reading)]
        if one is anchor:
            baseline, previous = reading, one.read_id
            continue
        interval = between(baseline, reading, standing=found.standing)
        steps.append(
            Step(
                device_id=one.device_id,
                read_id=one.read_id,
                previous_read_id=previous,
                position=place,
                received_at=one.received_at,
                interval=interval,
                carried=_lent(interval.baseline, reading, baseline),
            )
        )
        if interval.baseline is not baseline:
            baseline, previous = interval.baseline, one.read_id
    return steps


def _reading(one: StoredReading, *, lends: bool) -> Reading:
    return reading_from(
        one.reading,
        content_hash=one.sha256,
        received_at=one.received_at,
        read_at=one.read_at,
        is_dated=one.is_dated,
        carried=(one.carried or {}) if lends else {},
    )


def _arrival(one: StoredReading) -> tuple[datetime, int, bytes]:
    return one.read_at or one.received_at, one.reading["reads"] or -1, one.sha256


def _lent(baseline: Reading, reading: Reading, before: Reading | None) -> Document:
    """The counters in which the next read's baseline differs from the read itself."""
    if baseline is reading or baseline is before:
        return {}
    return {
        name: counters_document(counters)
        for name, counters in baseline.selections.items()
        if reading.selections.get(name) != counters
    }
