"""What came in, told to the audit trail file by file, and to others read by read."""

from collections.abc import Sequence

from chalicelib.kit.call import Call
from chalicelib.telemetry.dex import Verdict
from chalicelib.telemetry.events import DexUploaded, ReadQuarantined, ReadReceived
from chalicelib.telemetry.queries.files import StoredFile
from chalicelib.telemetry.service.arrivals import Ingested


def announce(call: Call, file: StoredFile, found: Sequence[Ingested]) -> None:
    """Tell of a file and of every read in it that had not been known."""
    call.record(_file(file, found))
    for one in found:
        if not one.is_duplicate:
            call.record(_received(file, one))
            if one.read.verdict is Verdict.QUARANTINED:
                call.record(_quarantined(file, one))


def _file(file: StoredFile, found: Sequence[Ingested]) -> DexUploaded:
    return DexUploaded(
        resource_id=file.id,
        filename=file.filename,
        source=file.source,
        partner=file.partner,
        read_ids=sorted({one.read_id for one in found}),
        duplicates=sum(one.is_duplicate for one in found),
        quarantined=sum(one.read.verdict is Verdict.QUARANTINED for one in found),
        rejected=sum(one.read.verdict is Verdict.REJECTED for one in found),
    )


def _received(file: StoredFile, one: Ingested) -> ReadReceived:
    read = one.read
    return ReadReceived(
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


def _quarantined(file: StoredFile, one: Ingested) -> ReadQuarantined:
    return ReadQuarantined(
        resource_id=one.read_id,
        device_id=one.device_id,
        machine_serial=one.read.machine_serial,
        crc_expected=one.read.crc_expected,
        crc_actual=one.read.crc_actual,
        received_at=file.received_at,
    )
