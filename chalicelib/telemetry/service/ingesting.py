"""One file: its reads are stored, chained, linked and booked in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import psycopg

from chalicelib.kit.call import Call
from chalicelib.kit.errors import Unavailable
from chalicelib.telemetry.dex import Read, Verdict, parse
from chalicelib.telemetry.events import DexLinked, DexUploaded, ReadQuarantined, ReadReceived
from chalicelib.telemetry.queries import files, links, storing
from chalicelib.telemetry.queries.files import StoredFile
from chalicelib.telemetry.queries.storing import KnownRead
from chalicelib.telemetry.service import rows
from chalicelib.telemetry.service.booking import book_reads
from chalicelib.telemetry.service.outcomes import Booked

TRIES = 3


@dataclass(frozen=True)
class Ingested:
    """What became of one read of a file."""

    read: Read
    read_id: int
    device_id: int | None
    is_duplicate: bool
    booked: Booked | None


def parsed(content: bytes, file: StoredFile, zone: str) -> Sequence[Read]:
    """The reads of a file, judged by the moment at which it came in; the same reads whenever it is parsed."""
    return parse(content, uploaded_at=file.received_at, zone=ZoneInfo(zone))


def take_in(call: Call, file: StoredFile, reads: Sequence[Read], size: int) -> list[Ingested]:
    """Ingest a file in a transaction of its own, begun anew where the database gave it up for another one."""
    for left in reversed(range(TRIES)):
        try:
            with call.transaction():
                return ingest(call, file, reads, size)
        except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure) as error:
            if not left:
                raise Unavailable from error
    raise AssertionError  # The loop always returns or raises.


def ingest(call: Call, file: StoredFile, reads: Sequence[Read], size: int) -> list[Ingested]:
    """Store, chain, link and book the reads of a file; those that are known already are left as they are."""
    heads = storing.hold_chains(call.db, sorted({rows.key_of(read) for read in reads}))
    hashes = sorted({read.content_hash for read in reads})
    known = {one.sha256: one for one in storing.known(call.db, hashes)}
    fresh = _first_of_each(read for read in reads if read.content_hash not in known)
    written = {one.sha256: one for one in _store(call, file, fresh, heads, size)}
    devices = _link(call, file, list(written.values()))
    new_ids = [one.id for one in written.values() if one.id in devices and _may_be_booked(one)]
    booked = {one.device_id: one for one in book_reads(call, {devices[one] for one in new_ids}, new_ids)}
    files.applied(call.db, file.id, call.now)
    found = _found(reads, known, written, devices, booked)
    call.record(_event(file, found))
    _tell(call, file, found)
    return found


def _is_quarantined(one: Ingested) -> bool:
    return one.read.verdict is Verdict.QUARANTINED


def _may_be_booked(read: KnownRead) -> bool:
    return read.status != "rejected" and not read.is_quarantined


def _first_of_each(reads: Iterable[Read]) -> list[Read]:
    found: dict[bytes, Read] = {}
    for read in reads:
        found.setdefault(read.content_hash, read)
    return [found[sha256] for sha256 in sorted(found)]


def _store(
    call: Call, file: StoredFile, reads: Sequence[Read], heads: Sequence[storing.ChainHead], size: int
) -> list[KnownRead]:
    if not reads:
        return []
    written = storing.insert_reads(call.db, [rows.read_row(read, file, size) for read in reads])
    ids = {one.sha256: one.id for one in written}
    numbered = [(ids[read.content_hash], read) for read in reads if read.content_hash in ids]
    storing.insert_links(call.db, rows.chain_rows(numbered, file, heads))
    storing.insert_issues(call.db, rows.issue_rows(numbered))
    storing.insert_records(call.db, rows.record_rows(numbered))
    selections = storing.insert_selections(call.db, rows.selection_rows(numbered))
    by_name = {(one.read_id, one.selection): one.id for one in selections}
    storing.insert_payments(call.db, rows.payment_rows(numbered, by_name))
    storing.insert_readings(call.db, rows.reading_rows(numbered, file.received_at))
    return written


def _link(call: Call, file: StoredFile, reads: Sequence[KnownRead]) -> Mapping[int, int]:
    """Which device each new read is of: the one that the sender names, else what the machine says of itself."""
    if not reads:
        return {}
    read_ids = [read.id for read in reads]
    linked: dict[int, int] = {}
    by_basis: dict[tuple[int, str], list[int]] = {}
    if file.device_id is not None:
        for read_id in links.link_to(call.db, read_ids, file.device_id):
            linked[read_id] = file.device_id
            by_basis.setdefault((file.device_id, "sender"), []).append(read_id)
    for match in links.link_by_what_they_say(call.db, read_ids):
        linked[match.read_id] = match.device_id
        by_basis.setdefault((match.device_id, match.basis), []).append(match.read_id)
    for (device_id, basis), ids in sorted(by_basis.items()):
        call.record(DexLinked(resource_id=device_id, read_ids=sorted(ids), basis=basis))
    return linked


def _found(
    reads: Sequence[Read],
    known: Mapping[bytes, KnownRead],
    written: Mapping[bytes, KnownRead],
    devices: Mapping[int, int],
    booked: Mapping[int, Booked],
) -> list[Ingested]:
    found = []
    seen: set[bytes] = set()
    for read in reads:
        before = known.get(read.content_hash)
        stored = before or written[read.content_hash]
        device_id = devices.get(stored.id, stored.device_id)
        of_device = booked.get(device_id) if device_id is not None and before is None else None
        found.append(
            Ingested(
                read=read,
                read_id=stored.id,
                device_id=device_id,
                is_duplicate=before is not None or read.content_hash in seen,
                booked=of_device,
            )
        )
        seen.add(read.content_hash)
    return found


def _tell(call: Call, file: StoredFile, found: Sequence[Ingested]) -> None:
    """Tell others of every read that had not been known."""
    for one in found:
        if one.is_duplicate:
            continue
        read = one.read
        call.record(
            ReadReceived(
                resource_id=one.read_id,
                device_id=one.device_id,
                machine_serial=read.machine_serial,
                comm_id=read.comm_id,
                asset_reported=read.asset_reported,
                read_at=read.read_at,
                received_at=file.received_at,
                status=read.status.value,
                selections=len(read.selections),
                sha256=read.content_hash.hex(),
            )
        )
        if read.verdict is Verdict.QUARANTINED:
            call.record(
                ReadQuarantined(
                    resource_id=one.read_id,
                    device_id=one.device_id,
                    machine_serial=read.machine_serial,
                    crc_expected=read.crc_expected,
                    crc_actual=read.crc_actual,
                    received_at=file.received_at,
                )
            )


def _event(file: StoredFile, found: Sequence[Ingested]) -> DexUploaded:
    return DexUploaded(
        resource_id=file.id,
        filename=file.filename,
        source=file.source,
        partner=file.partner,
        read_ids=sorted({one.read_id for one in found}),
        duplicates=sum(one.is_duplicate for one in found),
        quarantined=sum(_is_quarantined(one) for one in found),
        rejected=sum(one.read.verdict is Verdict.REJECTED for one in found),
    )
