"""What is being ingested, and what became of it."""

from collections.abc import Iterable, Sequence

from chalicelib.kit.values import value
from chalicelib.telemetry.dex import Read
from chalicelib.telemetry.queries.files import StoredFile
from chalicelib.telemetry.service.outcomes import Booked


@value
class Arrived:
    """A stored file, parsed."""

    file: StoredFile
    reads: Sequence[Read]
    size: int


@value
class Fresh:
    """A read that is not known yet, in the file that brings it first."""

    read: Read
    file: StoredFile
    size: int


@value
class Ingested:
    """What became of one read of a file."""

    read: Read
    read_id: int
    device_id: int | None
    is_duplicate: bool
    booked: Booked | None


def first_of_each(arrived: Iterable[Arrived], known: Iterable[bytes]) -> list[Fresh]:
    """The reads that are not known, each content once, in the order in which their files came in."""
    found: dict[bytes, Fresh] = {}
    seen = set(known)
    for one in sorted(arrived, key=lambda one: (one.file.received_at, one.file.id)):
        for read in sorted(one.reads, key=lambda read: read.content_hash):
            if read.content_hash not in seen:
                seen.add(read.content_hash)
                found[read.content_hash] = Fresh(read, one.file, one.size)
    return list(found.values())
