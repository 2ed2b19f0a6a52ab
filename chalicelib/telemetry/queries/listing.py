"""Stored reads as the contract shows them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from chalicelib.kit.db import Connection
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value
from chalicelib.telemetry.models.reads import Issue, PaRecord, PatternRow, ReadInfo, ReadRow, RecordRow, UnlinkedMachine

MOST_UNLINKED = 500

_ROW = """
               read.id, read.filename, coalesce(read.machine_serial, '') AS machine_serial,
               coalesce(substring(read.comm_id FROM '^[A-Za-z]{3}'), '') AS manufacturer,
               coalesce(read.dts_version, '') AS dex_version, read.uploaded_at AS upload_timestamp, read.total_records,
               read.status <> 'rejected' AS parsed_successfully, issue.message AS error_message,
               issue.line_no AS error_line, issue.field_no AS error_field, read.status, read.is_quarantined,
               read.device_id, device.asset AS device_asset, read.comm_id, read.machine_model, read.asset_reported,
               read.read_at, read.read_sequence, read.crc_ok
"""

_SEEN = "(%(devices)s::bigint[] IS NULL OR read.device_id = ANY(%(devices)s))"

_FROM = """
          FROM dex_reads read
          LEFT JOIN devices device ON device.id = read.device_id
          LEFT JOIN LATERAL (
               SELECT message, line_no, field_no
                 FROM dex_issues
                WHERE read_id = read.id AND severity IN ('error', 'warning')
                ORDER BY severity, id
                LIMIT 1) issue ON true
"""


def page(db: Connection, *, device_id: int | None, seen_by: Principal, limit: int, offset: int) -> list[ReadRow]:
    """Reads, newest first; for an API client with a filter, those of its devices."""
    return db.fetch(
        ReadRow,
        f"""
        SELECT {_ROW}
          {_FROM}
         WHERE (%(device_id)s::bigint IS NULL OR read.device_id = %(device_id)s)
           AND {_SEEN}
         ORDER BY read.uploaded_at DESC, read.id DESC
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        device_id=device_id,
        limit=limit,
        offset=offset,
        **seen_by.sight,
    )


def count(db: Connection, *, device_id: int | None, seen_by: Principal) -> int:
    """How many reads there are."""
    return int(
        db.value(
            f"""
            SELECT count(*)
              FROM dex_reads read
             WHERE (%(device_id)s::bigint IS NULL OR read.device_id = %(device_id)s)
               AND {_SEEN}
            """,  # noqa: S608 - a constant condition
            device_id=device_id,
            **seen_by.sight,
        )
    )


def one(db: Connection, read_id: int, *, seen_by: Principal) -> ReadInfo | None:
    """Everything about one read."""
    return db.fetch_one(
        ReadInfo,
        f"""
        SELECT {_ROW},
               coalesce(read.raw_content,
                        (SELECT string_agg(raw, E'\\r\\n' ORDER BY line_no) || E'\\r\\n'
                           FROM dex_records
                          WHERE read_id = read.id), '') AS raw_content,
               read.decimal_places, read.currency, read.crc_expected, read.crc_actual, read.se_count_expected,
               read.se_count_actual, encode(read.sha256, 'hex') AS sha256, read.size_bytes,
               chain.number AS chain_number, encode(chain.hash, 'hex') AS chain_hash
          {_FROM}
          LEFT JOIN dex_chain chain ON chain.read_id = read.id
         WHERE read.id = %(id)s
           AND {_SEEN}
        """,  # noqa: S608 - constant
        id=read_id,
        **seen_by.sight,
    )


def records(db: Connection, read_id: int, *, seen_by: Principal) -> list[RecordRow]:
    """The lines of a read."""
    return db.fetch(
        RecordRow,
        f"""
        SELECT record.id, record.read_id AS dex_read_id, record.record_type, NULL AS record_subtype,
               record.line_no AS line_number, record.raw AS raw_record, record.parsed::text AS parsed_data,
               record.created_at
          FROM dex_records record
          JOIN dex_reads read ON read.id = record.read_id
         WHERE record.read_id = %(id)s
           AND {_SEEN}
         ORDER BY record.line_no
        """,  # noqa: S608 - a constant condition
        id=read_id,
        **seen_by.sight,
    )


def selections(db: Connection, read_id: int, *, seen_by: Principal) -> list[PaRecord]:
    """The selections of a read, by the text of their numbers as the contract has it."""
    return db.fetch(
        PaRecord,
        f"""
        SELECT selection.id, selection.read_id AS dex_read_id, 'CONSOLIDATED' AS record_subtype,
               selection.selection AS selection_number, selection.price_cents, NULL AS capacity,
               selection.units_init AS units_sold, selection.value_init_cents AS revenue_cents,
               selection.test_units_init AS test_vends, selection.free_units_init AS free_vends,
               paid.cash_sales, paid.cash_sales_cents, paid.cashless_sales, paid.cashless_sales_cents,
               selection.discount_units_init AS discount_sales,
               selection.discount_value_init_cents AS discount_sales_cents,
               coalesce(selection.line_no, 0) AS line_number, selection.created_at, selection.row_label AS row,
               selection.col_label AS column, selection.product_text, selection.last_sale_at,
               selection.sold_out_attempts, selection.slot_id
          FROM dex_selections selection
          JOIN dex_reads read ON read.id = selection.read_id
          LEFT JOIN LATERAL (
               SELECT sum(units_init) FILTER (WHERE device = 'CA')::bigint AS cash_sales,
                      sum(value_init_cents) FILTER (WHERE device = 'CA')::bigint AS cash_sales_cents,
                      sum(units_init) FILTER (WHERE device IN ('DA', 'DB'))::bigint AS cashless_sales,
                      sum(value_init_cents) FILTER (WHERE device IN ('DA', 'DB'))::bigint AS cashless_sales_cents
                 FROM dex_selection_payments
                WHERE selection_id = selection.id) paid ON true
         WHERE selection.read_id = %(id)s
           AND {_SEEN}
         ORDER BY selection.selection, selection.id
        """,  # noqa: S608 - a constant condition
        id=read_id,
        **seen_by.sight,
    )


def issues(db: Connection, read_id: int) -> list[Issue]:
    """What is wrong with a read."""
    return db.fetch(
        Issue,
        """
        SELECT coalesce(line_no, 0) AS line, coalesce(field_no, 0) AS field, record_type AS record, severity, code,
               message
          FROM dex_issues
         WHERE read_id = %(id)s
         ORDER BY id
        """,
        id=read_id,
    )


def pattern(db: Connection, read_id: int, *, seen_by: Principal) -> PatternRow | None:
    """The pattern of a read's selection numbers."""
    return db.fetch_one(
        PatternRow,
        f"""
        SELECT read.pattern_type, read.pattern_confidence, read.grid_rows, read.grid_cols, read.created_at
          FROM dex_reads read
         WHERE read.id = %(id)s
           AND {_SEEN}
        """,  # noqa: S608 - a constant condition
        id=read_id,
        **seen_by.sight,
    )


@value
class StoredInterval:
    """What was found between a read and the one before."""

    previous_read_id: int | None
    outcome: str
    started_at: datetime | None
    ended_at: datetime
    units: int
    value_cents: int
    held: int
    missing_reads: int
    cash_to_box_cents: int | None
    tubes_cents: int | None
    flags: Sequence[str]
    sold: Sequence[dict[str, Any]]  # Any: JSON


def interval(db: Connection, read_id: int) -> StoredInterval | None:
    """The interval that a read ends."""
    return db.fetch_one(
        StoredInterval,
        """
        SELECT previous_read_id, outcome, started_at, ended_at, units, value_cents, held, missing_reads,
               cash_to_box_cents, tubes_cents, flags, sold
          FROM dex_intervals
         WHERE read_id = %(id)s
        """,
        id=read_id,
    )


def unlinked(db: Connection) -> list[UnlinkedMachine]:
    """The machines of reads that have no device, the latest heard of first."""
    return db.fetch(
        UnlinkedMachine,
        """
        SELECT max(id) AS read_id, comm_id, machine_serial, max(machine_model) AS machine_model,
               max(asset_reported) AS asset_reported, count(*) AS reads, min(uploaded_at) AS first_uploaded_at,
               max(uploaded_at) AS last_uploaded_at
          FROM dex_reads
         WHERE device_id IS NULL AND status <> 'rejected'
         GROUP BY comm_id, machine_serial
         ORDER BY max(uploaded_at) DESC, max(id) DESC
         LIMIT %(limit)s
        """,
        limit=MOST_UNLINKED,
    )
