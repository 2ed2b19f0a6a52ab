"""Writing parsed reads: each table in one statement, however many reads a file holds."""

from collections.abc import Sequence
from typing import Any

from pydantic_core import to_json

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value

Row = dict[str, Any]  # Any: a row as JSON, by column


@value
class KnownRead:
    """A read that is stored."""

    id: int
    sha256: bytes
    device_id: int | None
    status: str
    is_quarantined: bool


@value
class ChainHead:
    """The newest link of a machine's chain."""

    machine_key: str
    number: int
    hash: bytes


def hold_chains(db: Connection, machine_keys: Sequence[str]) -> list[ChainHead]:
    """Let nobody else add to these machines' chains until the transaction ends; their newest links."""
    db.execute(
        """
        SELECT pg_advisory_xact_lock(hashtextextended('dex-chain:' || machine_key, 0))
          FROM (SELECT DISTINCT machine_key FROM unnest(%(keys)s::text[]) machine_key ORDER BY machine_key) wanted
        """,
        keys=list(machine_keys),
    )
    return db.fetch(
        ChainHead,
        """
        SELECT DISTINCT ON (machine_key) machine_key, number, hash
          FROM dex_chain
         WHERE machine_key = ANY(%(keys)s)
         ORDER BY machine_key, number DESC
        """,
        keys=list(machine_keys),
    )


def known(db: Connection, sha256s: Sequence[bytes]) -> list[KnownRead]:
    """Reads that are stored already, by content."""
    return db.fetch(
        KnownRead,
        "SELECT id, sha256, device_id, status, is_quarantined FROM dex_reads WHERE sha256 = ANY(%(sha256s)s)",
        sha256s=list(sha256s),
    )


def insert_reads(db: Connection, rows: Sequence[Row]) -> list[KnownRead]:
    """Write reads, each content once."""
    return db.fetch(
        KnownRead,
        """
        INSERT INTO dex_reads
               (device_id, filename, sha256, size_bytes, raw_s3_key, comm_id, dts_version, machine_serial,
                machine_model, asset_reported, decimal_places, currency, read_at, read_sequence, uploaded_by,
                uploaded_at, collected_at, total_records, crc_expected, crc_actual, crc_ok, se_count_expected,
                se_count_actual, status, is_quarantined, pattern_type, pattern_confidence, grid_rows, grid_cols)
        SELECT device_id, filename, sha256, size_bytes, raw_s3_key, comm_id, dts_version, machine_serial,
               machine_model, asset_reported, decimal_places, currency, read_at, read_sequence, uploaded_by,
               uploaded_at, collected_at, total_records, crc_expected, crc_actual, crc_ok, se_count_expected,
               se_count_actual, status, is_quarantined, pattern_type, pattern_confidence, grid_rows, grid_cols
          FROM jsonb_populate_recordset(NULL::dex_reads, %(rows)s::jsonb)
            ON CONFLICT (sha256) DO NOTHING
        RETURNING id, sha256, device_id, status, is_quarantined
        """,
        rows=_json(rows),
    )


def insert_links(db: Connection, rows: Sequence[Row]) -> None:
    """Add reads to their machines' chains."""
    db.execute(
        """
        INSERT INTO dex_chain (read_id, file_id, machine_key, number, previous_hash, hash)
        SELECT read_id, file_id, machine_key, number, previous_hash, hash
          FROM jsonb_populate_recordset(NULL::dex_chain, %(rows)s::jsonb)
        """,
        rows=_json(rows),
    )


def insert_issues(db: Connection, rows: Sequence[Row]) -> None:
    """Write what is wrong with reads."""
    db.execute(
        """
        INSERT INTO dex_issues (read_id, line_no, field_no, record_type, severity, code, message)
        SELECT read_id, line_no, field_no, record_type, severity, code, message
          FROM jsonb_populate_recordset(NULL::dex_issues, %(rows)s::jsonb)
        """,
        rows=_json(rows),
    )


def insert_records(db: Connection, rows: Sequence[Row]) -> None:
    """Write the lines of reads."""
    db.execute(
        """
        INSERT INTO dex_records (read_id, line_no, record_type, raw, parsed)
        SELECT read_id, line_no, record_type, raw, parsed
          FROM jsonb_populate_recordset(NULL::dex_records, %(rows)s::jsonb)
        """,
        rows=_json(rows),
    )


COUNTERS = (
    "price_cents", "units_init", "value_init_cents", "units_reset", "value_reset_cents", "discount_units_init",
    "discount_value_init_cents", "discount_units_reset", "discount_value_reset_cents", "surcharge_units_init",
    "surcharge_value_init_cents", "surcharge_units_reset", "surcharge_value_reset_cents", "test_units_init",
    "test_value_init_cents", "test_units_reset", "test_value_reset_cents", "free_units_init", "free_value_init_cents",
    "free_units_reset", "free_value_reset_cents", "last_sale_at", "sold_out_attempts", "row_label", "col_label",
    "row_no", "col_no",
)  # fmt: skip
"""The columns of a selection that have the parser's own names."""

_SELECTION = ", ".join(("read_id", "line_no", "selection", "product_text", *COUNTERS))


@value
class WrittenSelection:
    """A selection that was written."""

    id: int
    read_id: int
    selection: str


def insert_selections(db: Connection, rows: Sequence[Row]) -> list[WrittenSelection]:
    """Write the selections of reads."""
    return db.fetch(
        WrittenSelection,
        f"""
        INSERT INTO dex_selections ({_SELECTION})
        SELECT {_SELECTION}
          FROM jsonb_populate_recordset(NULL::dex_selections, %(rows)s::jsonb)
        RETURNING id, read_id, selection
        """,  # noqa: S608 - constant
        rows=_json(rows),
    )


def insert_payments(db: Connection, rows: Sequence[Row]) -> None:
    """Write how selections were paid."""
    db.execute(
        """
        INSERT INTO dex_selection_payments (selection_id, device, price_list, price_cents, units_init,
                                            value_init_cents, units_reset, value_reset_cents)
        SELECT selection_id, device, price_list, price_cents, units_init, value_init_cents, units_reset,
               value_reset_cents
          FROM jsonb_populate_recordset(NULL::dex_selection_payments, %(rows)s::jsonb)
        """,
        rows=_json(rows),
    )


def insert_readings(db: Connection, rows: Sequence[Row]) -> None:
    """Write what the interval engine compares."""
    db.execute(
        """
        INSERT INTO dex_readings (read_id, reading)
        SELECT read_id, reading
          FROM jsonb_populate_recordset(NULL::dex_readings, %(rows)s::jsonb)
            ON CONFLICT (read_id) DO NOTHING
        """,
        rows=_json(rows),
    )


def _json(rows: Sequence[Row]) -> str:
    return to_json(rows).decode()
