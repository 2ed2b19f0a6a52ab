"""What a month's sales are proven with: raw files, the chain of hashes, and what the books say."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value
from chalicelib.telemetry.queries.booking import RESTATED


def machines(db: Connection, *, after: int, limit: int) -> list[int]:
    """The next devices that have reads, ascending."""
    return db.values(
        """
        SELECT DISTINCT device_id
          FROM dex_reads
         WHERE device_id > %(after)s
         ORDER BY device_id
         LIMIT %(limit)s
        """,
        after=after,
        limit=limit,
    )


@value
class RawRead:
    """A read and where its bytes are; an imported one has its text in the database."""

    read_id: int
    sha256: bytes
    came_at: datetime
    is_dated: bool
    s3_key: str | None
    file_sha256: bytes | None
    raw_content: str | None


def raw_reads(db: Connection, device_id: int) -> list[RawRead]:
    """The reads of a device."""
    return db.fetch(
        RawRead,
        """
        SELECT read.id AS read_id, read.sha256, least(file.collected_at, read.uploaded_at) AS came_at,
               file.collected_at IS NOT NULL AS is_dated, file.s3_key, file.sha256 AS file_sha256, read.raw_content
          FROM dex_reads read
          LEFT JOIN dex_chain chain ON chain.read_id = read.id
          LEFT JOIN dex_files file ON file.id = chain.file_id
         WHERE read.device_id = %(id)s
         ORDER BY read.id
        """,
        id=device_id,
    )


@value
class ChainLink:
    """A link of a chain with what it is made of."""

    read_id: int
    machine_key: str
    number: int
    previous_hash: bytes
    hash: bytes
    content: bytes
    file: bytes
    received_at: datetime
    collected_at: datetime | None


def chains(db: Connection, device_id: int) -> list[ChainLink]:
    """The whole chains of every machine whose reads are of this device."""
    return db.fetch(
        ChainLink,
        """
        SELECT chain.read_id, chain.machine_key, chain.number, chain.previous_hash, chain.hash, read.sha256 AS content,
               file.sha256 AS file, file.received_at, file.collected_at
          FROM dex_chain chain
          JOIN dex_reads read ON read.id = chain.read_id
          JOIN dex_files file ON file.id = chain.file_id
         WHERE chain.machine_key IN (SELECT own.machine_key
                                       FROM dex_chain own
                                       JOIN dex_reads mine ON mine.id = own.read_id
                                      WHERE mine.device_id = %(id)s)
         ORDER BY chain.machine_key, chain.number
        """,
        id=device_id,
    )


@value
class OnTheBooks:
    """A sale that was booked from a read and not restated since; corrections by people are told beside it."""

    import_key: str
    units: int
    revenue_cents: int
    corrected_units: int
    corrected_cents: int


@value
class OnlyTold:
    """A live vend that is a sale of its own; `keys` are those that the line of the read that confirms it may have."""

    status: str
    cents: int
    sold_at: datetime
    keys: Sequence[str]


def live_vends(db: Connection, device_id: int) -> list[OnlyTold]:
    """The vends of a device that are on the books."""
    return db.fetch(
        OnlyTold,
        """
        SELECT vend.status, vend.cents, sale.sold_at,
               CASE WHEN vend.status = 'confirmed'
                    THEN ARRAY[format('%%s:%%s:%%s:%%s', vend.read_id, vend.payment_kind, sale.product_id,
                                      vend.selection),
                               format('%%s:-:%%s:%%s', vend.read_id, sale.product_id, vend.selection)]
                    ELSE '{}'
                END AS keys
          FROM live_vends vend
          JOIN sales sale ON sale.id = vend.sale_id AND sale.sold_at = vend.sale_sold_at
         WHERE vend.device_id = %(id)s
         ORDER BY vend.id
        """,
        id=device_id,
    )


def on_the_books(db: Connection, device_id: int, since: datetime, until: datetime) -> list[OnTheBooks]:
    """The sales of a device in a window that its reads have booked."""
    return db.fetch(
        OnTheBooks,
        """
        SELECT sale.import_key, sale.units, sale.revenue_cents,
               coalesce(corrected.units, 0)::integer AS corrected_units,
               coalesce(corrected.revenue_cents, 0)::integer AS corrected_cents
          FROM sales sale
          LEFT JOIN LATERAL (
               SELECT sum(units) AS units, sum(revenue_cents) AS revenue_cents,
                      bool_or(reason = %(reason)s) AS is_restated
                 FROM sale_corrections
                WHERE sale_id = sale.id AND sale_sold_at = sale.sold_at) corrected ON true
         WHERE sale.device_id = %(id)s AND sale.source = 'dex' AND starts_with(sale.import_key, 'dex:')
           AND sale.sold_at >= %(since)s AND sale.sold_at < %(until)s
           AND NOT coalesce(corrected.is_restated, false)
         ORDER BY sale.id
        """,
        id=device_id,
        since=since,
        until=until,
        reason=RESTATED,
    )
