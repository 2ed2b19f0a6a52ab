"""Parsed reads as the rows of their tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from chalicelib.telemetry.dex import Payment, Read, Selection, Verdict, clock_of
from chalicelib.telemetry.intervals import reading_of
from chalicelib.telemetry.queries.storing import COUNTERS, ChainHead, Row
from chalicelib.telemetry.rules import chains
from chalicelib.telemetry.rules.documents import document_of
from chalicelib.telemetry.service.arrivals import Fresh

Numbered = tuple[int, Read]

_DEVICES: Final = frozenset({"CA", "DA", "DB", "TA"})
_PAYMENT: Final = ("price_list", "price_cents", "units_init", "value_init_cents", "units_reset", "value_reset_cents")


def key_of(read: Read) -> str:
    """The machine's key, as its chain and its device go by it."""
    return chains.machine_key(read.comm_id, read.machine_serial)


def bytea(content: bytes) -> str:
    """Bytes as the database reads them out of JSON."""
    return "\\x" + content.hex()


def read_row(fresh: Fresh) -> Row:
    """The row of dex_reads."""
    read, file = fresh.read, fresh.file
    return {
        "filename": file.filename,
        "sha256": bytea(read.content_hash),
        "size_bytes": sum(len(record.raw) + 2 for record in read.records) or fresh.size,
        "raw_s3_key": file.s3_key,
        "comm_id": read.comm_id,
        "dts_version": read.dts_version,
        "machine_serial": read.machine_serial,
        "machine_model": read.machine_model,
        "asset_reported": read.asset_reported,
        "decimal_places": read.decimal_places,
        "currency": read.currency,
        "read_at": read.read_at,
        "read_sequence": read.read_count,
        "uploaded_by": file.received_by,
        "uploaded_at": file.received_at,
        "collected_at": file.collected_at,
        "total_records": read.total_records,
        "crc_expected": read.crc_expected,
        "crc_actual": read.crc_actual,
        "crc_ok": read.crc_ok,
        "se_count_expected": read.se_count_expected,
        "se_count_actual": read.se_count_actual,
        "status": read.status.value,
        "is_quarantined": read.verdict is Verdict.QUARANTINED,
        "pattern_type": read.pattern.type,
        "pattern_confidence": round(read.pattern.confidence, 3),
        "grid_rows": read.pattern.rows,
        "grid_cols": read.pattern.cols,
    }


def chain_rows(reads: Sequence[tuple[int, Fresh]], heads: Sequence[ChainHead]) -> list[Row]:
    """The links of new reads, each on top of its machine's newest."""
    newest = {head.machine_key: (head.number, head.hash) for head in heads}
    found = []
    for read_id, fresh in reads:
        read, file = fresh.read, fresh.file
        key = key_of(read)
        number, previous = newest.get(key, (0, chains.START))
        made = chains.link(
            previous,
            key=key,
            number=number + 1,
            content=read.content_hash,
            file=file.sha256,
            received_at=file.received_at,
            collected_at=file.collected_at,
        )
        newest[key] = number + 1, made
        found.append(
            {
                "read_id": read_id,
                "file_id": file.id,
                "machine_key": key,
                "number": number + 1,
                "previous_hash": bytea(previous),
                "hash": bytea(made),
            }
        )
    return found


def issue_rows(reads: Iterable[Numbered]) -> list[Row]:
    """What is wrong with the reads."""
    return [
        {
            "read_id": read_id,
            "line_no": issue.line_no,
            "field_no": issue.field_no,
            "record_type": issue.record_type,
            "severity": issue.severity.value,
            "code": str(issue.code.value),
            "message": issue.message,
        }
        for read_id, read in reads
        for issue in read.issues
    ]


def record_rows(reads: Iterable[Numbered]) -> list[Row]:
    """Every line of the reads."""
    return [
        {
            "read_id": read_id,
            "line_no": record.line_no,
            "record_type": record.record_type,
            "raw": record.raw,
            "parsed": record.parsed,
        }
        for read_id, read in reads
        for record in read.records
    ]


def selection_rows(reads: Iterable[Numbered]) -> list[Row]:
    """The selections of the reads."""
    return [_selection(read_id, selection) for read_id, read in reads for selection in read.selections]


def _selection(read_id: int, selection: Selection) -> Row:
    return {
        "read_id": read_id,
        "line_no": selection.line_no,
        "selection": selection.selection,
        "product_text": selection.product_text,
        **{name: getattr(selection, name) for name in COUNTERS},
    }


def payment_rows(reads: Iterable[Numbered], ids: Mapping[tuple[int, str], int]) -> list[Row]:
    """How the selections were paid."""
    return [
        _payment(ids[read_id, selection.selection], payment)
        for read_id, read in reads
        for selection in read.selections
        for payment in selection.payments
    ]


def _payment(selection_id: int, payment: Payment) -> Row:
    return {
        "selection_id": selection_id,
        "device": payment.device if payment.device in _DEVICES else "other",
        **{name: getattr(payment, name) for name in _PAYMENT},
    }


def reading_rows(reads: Iterable[tuple[int, Fresh]]) -> list[Row]:
    """What the interval engine compares, of every read that could be understood."""
    return [
        reading_row(read_id, fresh.read, fresh.file.came_at)
        for read_id, fresh in reads
        if fresh.read.verdict is not Verdict.REJECTED
    ]


def reading_row(read_id: int, read: Read, received_at: datetime) -> Row:
    """What the interval engine compares of one read."""
    reading = reading_of(read, content_hash=read.content_hash, received_at=received_at)
    return {"read_id": read_id, "reading": document_of(reading)}


def event_rows(reads: Iterable[tuple[int, Fresh]]) -> list[Row]:
    """The events that reads list (EA1), each once for a machine, however many of its reads list it."""
    return [row for read_id, fresh in reads for row in _events(read_id, fresh)]


def _events(read_id: int, fresh: Fresh) -> Iterator[Row]:
    read, key = fresh.read, key_of(fresh.read)
    if read.verdict is not Verdict.ACCEPTED or read.read_at is None or read.machine_clock is None:
        return  # Without a clock that can be believed nobody knows when they happened.
    for record in read.records:
        clock = clock_of(record) if record.record_type == "EA1" else None
        code = record.text(1)
        if clock is not None and code:
            yield {
                "source": "read",
                "read_id": read_id,
                "sender": f"machine/{key}"[:300],
                "event_id": f"{code[:40]}@{clock.isoformat()}",
                "machine_serial": read.machine_serial,
                "code": code[:40],
                # The machine's own clock says how long before the read it was.
                "occurred_at": read.read_at - (read.machine_clock - clock),
                "received_at": fresh.file.received_at,
            }
