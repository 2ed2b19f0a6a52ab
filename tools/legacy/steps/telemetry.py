"""DEX reads: the stored text parsed anew, each content once; what the legacy parser made of it is left behind."""

import hashlib
from typing import Any, Final

from psycopg.types.json import Jsonb

from chalicelib.telemetry.dex import Read, Selection, Verdict, content_hash, parse
from tools.legacy.rows import Row
from tools.legacy.run import Run

_READ: Final = (
    "id", "filename", "sha256", "size_bytes", "raw_content", "comm_id", "dts_version", "machine_serial",
    "machine_model", "asset_reported", "decimal_places", "currency", "read_at", "read_sequence", "uploaded_by",
    "uploaded_at", "total_records", "crc_expected", "crc_actual", "crc_ok", "se_count_expected", "se_count_actual",
    "status", "is_quarantined", "pattern_type", "pattern_confidence", "grid_rows", "grid_cols",
)  # fmt: skip
_SELECTION: Final = (
    "line_no", "selection", "product_text", "price_cents", "units_init", "value_init_cents", "units_reset",
    "value_reset_cents", "discount_units_init", "discount_value_init_cents", "discount_units_reset",
    "discount_value_reset_cents", "surcharge_units_init", "surcharge_value_init_cents", "surcharge_units_reset",
    "surcharge_value_reset_cents", "test_units_init", "test_value_init_cents", "test_units_reset",
    "test_value_reset_cents", "free_units_init", "free_value_init_cents", "free_units_reset", "free_value_reset_cents",
    "last_sale_at", "sold_out_attempts", "row_label", "col_label", "row_no", "col_no",
)  # fmt: skip
_PAYMENT: Final = (
    "device", "price_list", "price_cents", "units_init", "value_init_cents", "units_reset", "value_reset_cents",
)  # fmt: skip
_DEVICES: Final = frozenset({"CA", "DA", "DB", "TA"})


def bring(run: Run) -> None:
    present = {bytes(sha): number for number, sha in run.target.fetch("SELECT id, sha256 FROM dex_reads")}
    rows = sorted(run.rows("dex_reads"), key=lambda row: (run.time(row, "upload_timestamp"), row.id))
    reads: dict[int, Read] = {}
    cells: list[tuple[Any, ...]] = []
    first: dict[bytes, int] = {}
    for row in rows:
        content = _content(row)
        sha = content_hash(content)
        if sha in first:
            row.repaired("DEX_DUPLICATE", "filename", f"same content as read {first[sha]}")
            if not run.options.keeps_duplicates:
                continue
            # The target tells reads apart by their hash, so a kept double gets one of its own.
            sha = hashlib.sha256(sha + str(row.id).encode()).digest()
        first.setdefault(sha, row.id)
        if sha not in present:
            number = _free_id(row, {*present.values(), *reads})
            reads[number] = _parsed(run, row, content)
            cells.append(_read_cells(run, row, number, sha, content, reads[number]))
    run.target.insert("dex_reads", _READ, cells)
    run.converted("dex_reads", len(first))
    _insert_parts(run, reads)
    for table in ("dex_records", "dex_pa_records"):
        run.skipped(table, run.source.counts.get(table, 0))


def _content(row: Row) -> bytes:
    raw = row.raw("raw_content")
    return raw if isinstance(raw, bytes) else str(raw or "").replace("\0", "").encode("utf-8", "replace")


def _free_id(row: Row, taken: set[int]) -> int:
    if row.id not in taken:
        return row.id
    number = max(taken) + 1
    row.noticed("ID_CHANGED", "id", number)
    return number


def _parsed(run: Run, row: Row, content: bytes) -> Read:
    read, *others = parse(content, uploaded_at=run.time(row, "upload_timestamp"), zone=run.zone)
    if others:
        row.repaired("DEX_SEVERAL_READS", "raw_content", f"the first of {len(others) + 1} is kept")
    return read


def _read_cells(run: Run, row: Row, number: int, sha: bytes, content: bytes, read: Read) -> tuple[Any, ...]:
    return (
        number, row.text("filename", 255) or f"read-{row.id}.txt", sha, len(content),
        content.decode("utf-8", "replace"),
        read.comm_id, read.dts_version, read.machine_serial, read.machine_model, read.asset_reported,
        read.decimal_places, read.currency, read.read_at, read.read_count, run.known.owner_id,
        run.time(row, "upload_timestamp"), read.total_records, read.crc_expected, read.crc_actual, read.crc_ok,
        read.se_count_expected, read.se_count_actual, read.status.value, read.verdict is Verdict.QUARANTINED,
        read.pattern.type, round(read.pattern.confidence, 3), read.pattern.rows, read.pattern.cols,
    )  # fmt: skip


def _insert_parts(run: Run, reads: dict[int, Read]) -> None:
    run.target.insert(
        "dex_records",
        ("read_id", "line_no", "record_type", "raw", "parsed"),
        [
            (number, record.line_no, record.record_type, record.raw, Jsonb(record.parsed))
            for number, read in reads.items()
            for record in read.records
        ],
    )
    run.target.insert(
        "dex_issues",
        ("read_id", "line_no", "field_no", "record_type", "severity", "code", "message"),
        [
            (
                number,
                issue.line_no,
                issue.field_no,
                issue.record_type,
                issue.severity.value,
                str(issue.code.value),
                issue.message,
            )
            for number, read in reads.items()
            for issue in read.issues
        ],
    )
    _insert_selections(run, reads)


def _insert_selections(run: Run, reads: dict[int, Read]) -> None:
    run.target.insert(
        "dex_selections",
        ("read_id", *_SELECTION),
        [
            (number, *(getattr(selection, name) for name in _SELECTION))
            for number, read in reads.items()
            for selection in read.selections
        ],
    )
    found = run.target.fetch(
        "SELECT read_id, selection, id FROM dex_selections WHERE read_id = ANY(%(reads)s::bigint[])", reads=list(reads)
    )
    ids = {(read, selection): number for read, selection, number in found}
    run.target.insert(
        "dex_selection_payments",
        ("selection_id", *_PAYMENT),
        [
            (ids[number, selection.selection], *cells)
            for number, read in reads.items()
            for selection in read.selections
            for cells in _payments(selection)
        ],
    )


def _payments(selection: Selection) -> list[tuple[Any, ...]]:
    return [
        (payment.device if payment.device in _DEVICES else "other", *(getattr(payment, name) for name in _PAYMENT[1:]))
        for payment in selection.payments
    ]
