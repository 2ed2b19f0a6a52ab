"""Files: their reads are stored, chained, linked and booked in one transaction, however many files it are.

The number of statements depends neither on the number of files nor on what is in them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

import psycopg

from chalicelib.kit.call import Call
from chalicelib.kit.errors import Unavailable
from chalicelib.telemetry.dex import Read, parse
from chalicelib.telemetry.events import DexLinked
from chalicelib.telemetry.queries import files, happenings, links, storing, vends
from chalicelib.telemetry.queries.files import StoredFile
from chalicelib.telemetry.queries.storing import KnownRead
from chalicelib.telemetry.service import announcing, rows
from chalicelib.telemetry.service.arrivals import Arrived, Fresh, Ingested, first_of_each
from chalicelib.telemetry.service.booking import book_reads
from chalicelib.telemetry.service.outcomes import Booked

Done = TypeVar("Done")

TRIES = 3
PATIENCE_SECONDS = 12
"""Two workers may have reads of one machine; the second waits for the first rather than hand its messages back."""


def parsed(content: bytes, file: StoredFile, zone: str) -> Arrived:
    """The reads of a file, judged by the moment at which it came; the same reads whenever it is parsed."""
    return Arrived(file, parse(content, uploaded_at=file.came_at, zone=ZoneInfo(zone)), len(content))


def take_in(call: Call, arrived: Sequence[Arrived], *, only_waiting: bool = False) -> list[list[Ingested]]:
    """Ingest files in a transaction of their own; `only_waiting` leaves out those that have been applied meanwhile."""

    def in_transaction() -> list[list[Ingested]]:
        if not only_waiting:
            return ingest(call, arrived)
        waiting = files.hold_waiting(call.db, [one.file.id for one in arrived])
        return ingest(call, [one for one in arrived if one.file.id in waiting])

    return tried(call, in_transaction)


def tried(call: Call, do: Callable[[], Done]) -> Done:
    """Do it in a transaction, begun anew where the database gave it up for another one."""
    for left in reversed(range(TRIES)):
        try:
            with call.transaction() as db:
                files.be_patient(db, PATIENCE_SECONDS)
                return do()
        except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure) as error:
            if not left:
                raise Unavailable from error
    raise AssertionError  # The loop always returns or raises.


def ingest(call: Call, arrived: Sequence[Arrived]) -> list[list[Ingested]]:
    """Store, chain, link and book the reads of files; those that are known already are left as they are."""
    reads = [read for one in arrived for read in one.reads]
    if not reads:
        return []
    heads = storing.hold_chains(call.db, sorted({rows.key_of(read) for read in reads}))
    known = {one.sha256: one for one in storing.known(call.db, sorted({read.content_hash for read in reads}))}
    fresh = first_of_each(arrived, known)
    written = {one.sha256: one for one in _store(call, fresh, heads)}
    devices = _link(call, [(written[one.read.content_hash].id, one.file) for one in fresh])
    if of_serials := _of_serials((devices.get(written[one.read.content_hash].id), one.read) for one in fresh):
        vends.adopt(call.db, of_serials)
    new_ids = [one.id for one in written.values() if one.id in devices and _may_be_booked(one)]
    booked = {one.device_id: one for one in book_reads(call, {devices[one] for one in new_ids}, new_ids)}
    files.applied(call.db, [one.file.id for one in arrived], call.now)
    first_files = {one.read.content_hash: one.file.id for one in fresh}
    found = [_found(one, first_files, known | written, devices, booked) for one in arrived]
    for one, ingested in zip(arrived, found, strict=True):
        announcing.announce(call, one.file, ingested)
    return found


def _may_be_booked(read: KnownRead) -> bool:
    return read.status != "rejected" and not read.is_quarantined


def _store(call: Call, fresh: Sequence[Fresh], heads: Sequence[storing.ChainHead]) -> list[KnownRead]:
    if not fresh:
        return []
    written = storing.insert_reads(call.db, [rows.read_row(one) for one in fresh])
    ids = {one.sha256: one.id for one in written}
    numbered = [(ids[one.read.content_hash], one) for one in fresh]
    reads = [(read_id, one.read) for read_id, one in numbered]
    storing.insert_links(call.db, rows.chain_rows(numbered, heads))
    storing.insert_issues(call.db, rows.issue_rows(reads))
    storing.insert_records(call.db, rows.record_rows(reads))
    selections = storing.insert_selections(call.db, rows.selection_rows(reads))
    by_name = {(one.read_id, one.selection): one.id for one in selections}
    storing.insert_payments(call.db, rows.payment_rows(reads, by_name))
    storing.insert_readings(call.db, rows.reading_rows(numbered))
    happenings.insert(call.db, rows.event_rows(numbered))
    return written


def _link(call: Call, reads: Sequence[tuple[int, StoredFile]]) -> Mapping[int, int]:
    """Which device each new read is of: the one that the sender names, else what the machine says of itself."""
    if not reads:
        return {}
    named = {read_id: file.device_id for read_id, file in reads if file.device_id is not None}
    linked: dict[int, int] = {}
    by_basis: dict[tuple[int, str], list[int]] = {}
    for read_id in links.link_to(call.db, named) if named else ():
        linked[read_id] = named[read_id]
        by_basis.setdefault((named[read_id], "sender"), []).append(read_id)
    for match in links.link_by_what_they_say(call.db, [read_id for read_id, _ in reads]):
        linked[match.read_id] = match.device_id
        by_basis.setdefault((match.device_id, match.basis), []).append(match.read_id)
    for (device_id, basis), ids in sorted(by_basis.items()):
        call.record(DexLinked(resource_id=device_id, read_ids=sorted(ids), basis=basis))
    return linked


def _of_serials(linked: Iterable[tuple[int | None, Read]]) -> dict[str, int]:
    """The device of each serial that these reads tell and link to one device alone."""
    devices: dict[str, set[int]] = {}
    for device_id, read in linked:
        if device_id is not None and read.machine_serial:
            devices.setdefault(read.machine_serial, set()).add(device_id)
    return {serial: min(ids) for serial, ids in sorted(devices.items()) if len(ids) == 1}


def _found(
    arrived: Arrived,
    first_files: Mapping[bytes, int],
    stored: Mapping[bytes, KnownRead],
    devices: Mapping[int, int],
    booked: Mapping[int, Booked],
) -> list[Ingested]:
    """What became of the reads of one file; a read that another file brought first is a duplicate here."""
    found = []
    seen: set[bytes] = set()
    for read in arrived.reads:
        one = stored[read.content_hash]
        device_id = devices.get(one.id, one.device_id)
        is_new = first_files.get(read.content_hash) == arrived.file.id
        found.append(_ingested(read, one, device_id, is_new and read.content_hash not in seen, is_new, booked))
        seen.add(read.content_hash)
    return found


def _ingested(
    read: Read, one: KnownRead, device_id: int | None, is_first: bool, is_new: bool, booked: Mapping[int, Booked]
) -> Ingested:
    return Ingested(
        read=read,
        read_id=one.id,
        device_id=device_id,
        is_duplicate=not is_first,
        booked=booked.get(device_id) if device_id is not None and is_new else None,
    )
