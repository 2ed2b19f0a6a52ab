"""What the books hold of a machine's reads, and how it is put right."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic_core import to_json

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value
from chalicelib.telemetry.rules.walking import StoredReading

RESTATED = "DEX: another read has shown what was sold when"
"""The reason of a correction that takes a sale off the books because it is stated anew."""


def hold_machines(db: Connection, device_ids: Sequence[int]) -> None:
    """Let nobody else book these machines until the transaction ends."""
    db.execute(
        """
        SELECT pg_advisory_xact_lock(hashtextextended('dex-machine', device_id))
          FROM (SELECT DISTINCT device_id FROM unnest(%(ids)s::bigint[]) device_id ORDER BY device_id) wanted
        """,
        ids=list(device_ids),
    )


_READING = """
        SELECT read.device_id, read.id AS read_id, read.sha256, read.read_at,
               least(read.collected_at, read.uploaded_at) AS received_at, read.collected_at IS NOT NULL AS is_dated,
               stored.reading, interval.position, interval.carried
          FROM dex_reads read
          JOIN dex_readings stored ON stored.read_id = read.id
          JOIN devices device ON device.id = read.device_id AND device.deleted_at IS NULL
          LEFT JOIN dex_intervals interval ON interval.read_id = read.id AND interval.device_id = read.device_id
"""

_IN_ORDER = """
         ORDER BY read.device_id, coalesce(read.read_at, least(read.collected_at, read.uploaded_at)),
                  interval.position, read.id
"""


def readings(db: Connection, device_ids: Sequence[int]) -> list[StoredReading]:
    """Every read of these live devices that may be booked."""
    return db.fetch(
        StoredReading,
        f"""
        {_READING}
         WHERE read.device_id = ANY(%(device_ids)s) AND read.status <> 'rejected' AND NOT read.is_quarantined
         {_IN_ORDER}
        """,
        device_ids=list(device_ids),
    )


def readings_around(db: Connection, read_ids: Sequence[int], since: Mapping[int, datetime]) -> list[StoredReading]:
    """New reads, or moments of devices, with the machines' reads that come after them, and two that come before."""
    return db.fetch(
        StoredReading,
        f"""
        WITH fresh AS (
            SELECT device_id, min(at) AS at
              FROM (SELECT device_id, coalesce(read_at, least(collected_at, uploaded_at)) AS at
                      FROM dex_reads
                     WHERE id = ANY(%(read_ids)s) AND device_id IS NOT NULL
                     UNION ALL
                    SELECT device_id, at
                      FROM unnest(%(device_ids)s::bigint[], %(moments)s::timestamptz[]) AS vended (device_id, at)) new
             GROUP BY device_id),
        anchor AS (
            SELECT fresh.device_id,
                   (SELECT position
                      FROM dex_intervals interval
                     WHERE interval.device_id = fresh.device_id
                       AND interval.ended_at < fresh.at AND interval.outcome <> 'duplicate'
                     ORDER BY position DESC
                    OFFSET 1
                     LIMIT 1) AS position
              FROM fresh),
        around AS (
            SELECT interval.read_id
              FROM anchor
              JOIN dex_intervals interval
                ON interval.device_id = anchor.device_id AND interval.position >= coalesce(anchor.position, 1)
             UNION
            SELECT unnest(%(read_ids)s::bigint[]))
        {_READING}
         WHERE read.id IN (SELECT read_id FROM around)
           AND read.status <> 'rejected' AND NOT read.is_quarantined
         {_IN_ORDER}
        """,  # noqa: S608 - constant
        read_ids=list(read_ids),
        device_ids=list(since),
        moments=list(since.values()),
    )


@value
class BookedSale:
    """A sale that an earlier look at the reads has booked; `is_reversed` when it was taken off the books since."""

    sale_id: int
    sold_at: datetime
    device_id: int
    product_id: int
    slot_id: int | None
    units: int
    revenue_cents: int
    period_start: datetime | None
    import_key: str
    is_reversed: bool


def booked_sales(db: Connection, read_ids: Sequence[int]) -> list[BookedSale]:
    """Every sale that was ever booked from these reads; the times of the reads spare it the other months."""
    return db.fetch(
        BookedSale,
        """
        SELECT sale.id AS sale_id, sale.sold_at, sale.device_id, sale.product_id, sale.slot_id, sale.units,
               sale.revenue_cents, sale.period_start, sale.import_key,
               EXISTS (SELECT
                         FROM sale_corrections correction
                        WHERE correction.sale_id = sale.id AND correction.sale_sold_at = sale.sold_at
                          AND correction.reason = %(reason)s) AS is_reversed
          FROM sales sale
         WHERE sale.dex_read_id = ANY(%(read_ids)s) AND sale.source = 'dex' AND starts_with(sale.import_key, 'dex:')
           AND sale.sold_at >= (SELECT min(least(read_at, collected_at, uploaded_at))
                                  FROM dex_reads
                                 WHERE id = ANY(%(read_ids)s))
           AND sale.sold_at <= (SELECT max(uploaded_at) FROM dex_reads WHERE id = ANY(%(read_ids)s))
         ORDER BY sale.id
        """,
        read_ids=list(read_ids),
        reason=RESTATED,
    )


def looked_at(db: Connection, read_ids: Sequence[int]) -> list[int]:
    """Those of these reads that have been booked before, as far as they gave anything to book."""
    return db.values("SELECT read_id FROM dex_intervals WHERE read_id = ANY(%(ids)s)", ids=list(read_ids))


@value
class BookedVends:
    """Units that test and free vends have taken out of a slot; for count adjustments, what had been counted in."""

    read_id: int
    slot_id: int
    kind: Literal["test_vend", "free_vend", "count_adjustment"]
    units: int


def booked_vends(db: Connection, read_ids: Sequence[int]) -> list[BookedVends]:
    """What test and free vends of these reads have moved."""
    return db.fetch(
        BookedVends,
        """
        SELECT dex_read_id AS read_id, slot_id, kind, abs(sum(delta))::integer AS units
          FROM inventory_movements
         WHERE dex_read_id = ANY(%(read_ids)s) AND sale_id IS NULL
           AND kind IN ('test_vend', 'free_vend', 'count_adjustment')
         GROUP BY dex_read_id, slot_id, kind
        """,
        read_ids=list(read_ids),
    )


@value
class Reversed:
    """A sale taken off the books."""

    sale_id: int
    correction_id: int
    device_id: int
    units: int
    revenue_cents: int


def reverse(db: Connection, sales: Sequence[BookedSale], at: datetime) -> list[Reversed]:
    """Take what is left of sales off the books and off the daily rollup, by corrections; the sales stay written.

    The lock is the one under which a person corrects a sale.
    """
    ids = sorted(sale.sale_id for sale in sales)
    db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('sale', sale_id)) FROM unnest(%(ids)s::bigint[]) sale_id",
        ids=ids,
    )
    return db.fetch(
        Reversed,
        """
        WITH remainder AS (
            SELECT sale.id, sale.sold_at, sale.device_id, sale.product_id,
                   sale.units + coalesce(corrected.units, 0) AS units,
                   sale.revenue_cents + coalesce(corrected.revenue_cents, 0) AS revenue_cents
              FROM unnest(%(ids)s::bigint[], %(sold_at)s::timestamptz[]) AS asked (id, sold_at)
              JOIN sales sale ON sale.id = asked.id AND sale.sold_at = asked.sold_at
              LEFT JOIN LATERAL (
                   SELECT sum(units)::integer AS units, sum(revenue_cents)::integer AS revenue_cents
                     FROM sale_corrections
                    WHERE sale_id = sale.id AND sale_sold_at = sale.sold_at) corrected ON true),
        correction AS (
            INSERT INTO sale_corrections (sale_id, sale_sold_at, units, revenue_cents, reason, at)
            SELECT id, sold_at, -units, -revenue_cents, %(reason)s, %(at)s
              FROM remainder
             WHERE units > 0 OR revenue_cents > 0
             ORDER BY id
            RETURNING id, sale_id),
        total AS (
            SELECT remainder.device_id, remainder.product_id,
                   (remainder.sold_at AT TIME ZONE company.time_zone)::date AS day, sum(remainder.units) AS units,
                   sum(remainder.revenue_cents) AS revenue_cents, count(*) AS transactions
              FROM remainder
              JOIN correction ON correction.sale_id = remainder.id
              JOIN company_settings company ON true
             GROUP BY 1, 2, 3),
        rolled_up AS (
            UPDATE sales_daily daily
               SET units = daily.units - total.units, revenue_cents = daily.revenue_cents - total.revenue_cents,
                   transactions = daily.transactions - total.transactions
              FROM total
             WHERE daily.device_id = total.device_id AND daily.product_id = total.product_id AND daily.day = total.day)
        SELECT remainder.id AS sale_id, correction.id AS correction_id, remainder.device_id, remainder.units,
               remainder.revenue_cents
          FROM remainder
          JOIN correction ON correction.sale_id = remainder.id
         ORDER BY remainder.id
        """,
        ids=[sale.sale_id for sale in sales],
        sold_at=[sale.sold_at for sale in sales],
        reason=RESTATED,
        at=at,
    )


def hold_slots(db: Connection, device_ids: Sequence[int]) -> None:
    """Lock the planograms of devices, then their slots, each in the order of their ids (domain.md 12.3)."""
    db.execute(
        """
        SELECT planogram.id
          FROM planograms planogram
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id AND cabinet.removed_at IS NULL
         WHERE cabinet.device_id = ANY(%(device_ids)s)
         ORDER BY planogram.id
           FOR NO KEY UPDATE OF planogram
        """,
        device_ids=list(device_ids),
    )


@value
class Moved:
    """What a sale has moved in a slot that holds the same product still: taken by the sale, found by counting."""

    sale_id: int
    sold_at: datetime
    slot_id: int
    taken: int
    found: int


def moved_by(db: Connection, sale_ids: Sequence[int]) -> list[Moved]:
    """What sales have moved in slots that hold the same product still."""
    return db.fetch(
        Moved,
        """
        SELECT movement.sale_id, movement.sale_sold_at AS sold_at, movement.slot_id,
               (-coalesce(sum(movement.delta) FILTER (WHERE movement.kind = 'sale'), 0))::integer AS taken,
               coalesce(sum(movement.delta) FILTER (WHERE movement.kind = 'count_adjustment'), 0)::integer AS found
          FROM inventory_movements movement
          JOIN planogram_slots slot
            ON slot.id = movement.slot_id AND slot.product_id = movement.product_id AND slot.retired_at IS NULL
         WHERE movement.sale_id = ANY(%(sale_ids)s)
         GROUP BY movement.sale_id, movement.sale_sold_at, movement.slot_id
         ORDER BY movement.sale_id, movement.slot_id
        """,
        sale_ids=list(sale_ids),
    )


@value
class Level:
    """What a slot holds."""

    slot_id: int
    quantity: int
    capacity: int


def levels(db: Connection, slot_ids: Sequence[int]) -> list[Level]:
    """What slots with a product hold now, locked."""
    return db.fetch(
        Level,
        """
        SELECT id AS slot_id, quantity, capacity
          FROM planogram_slots
         WHERE id = ANY(%(slot_ids)s) AND product_id IS NOT NULL AND retired_at IS NULL
         ORDER BY id
           FOR NO KEY UPDATE
        """,
        slot_ids=list(slot_ids),
    )


def dropping(db: Connection, device_ids: Sequence[int]) -> frozenset[int]:
    """The devices of which a test vend drops a product: all that are not known for the contrary."""
    return frozenset(
        db.values(
            """
            SELECT device_id
              FROM unnest(%(device_ids)s::bigint[]) device_id
             WHERE NOT EXISTS (SELECT
                                 FROM dex_machines machine
                                WHERE machine.device_id = device_id.device_id AND NOT machine.test_vends_drop)
            """,
            device_ids=list(device_ids),
        )
    )


def store_intervals(db: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Write what was found between reads; what an earlier look found gives way."""
    db.execute(
        """
        INSERT INTO dex_intervals (read_id, device_id, position, previous_read_id, outcome, started_at, ended_at, units,
                                   value_cents, held, missing_reads, cash_to_box_cents, tubes_cents, flags, checks,
                                   sold, carried)
        SELECT read_id, device_id, position, previous_read_id, outcome, started_at, ended_at, units, value_cents, held,
               missing_reads, cash_to_box_cents, tubes_cents, flags, checks, sold, carried
          FROM jsonb_populate_recordset(NULL::dex_intervals, %(rows)s::jsonb)
            ON CONFLICT (read_id) DO UPDATE
           SET device_id = excluded.device_id, position = excluded.position,
               previous_read_id = excluded.previous_read_id, outcome = excluded.outcome,
               started_at = excluded.started_at, ended_at = excluded.ended_at, units = excluded.units,
               value_cents = excluded.value_cents, held = excluded.held, missing_reads = excluded.missing_reads,
               cash_to_box_cents = excluded.cash_to_box_cents, tubes_cents = excluded.tubes_cents,
               flags = excluded.flags, checks = excluded.checks, sold = excluded.sold, carried = excluded.carried
        """,
        rows=to_json(rows).decode(),
    )


def heard_of(db: Connection, device_ids: Sequence[int], moments: Sequence[datetime]) -> None:
    """Note when machines were last heard of; one that was silent is so no longer."""
    db.execute(
        """
        INSERT INTO dex_machines (device_id, last_read_at)
        SELECT device_id, max(at)
          FROM unnest(%(device_ids)s::bigint[], %(moments)s::timestamptz[]) AS heard (device_id, at)
         GROUP BY device_id
         ORDER BY device_id
            ON CONFLICT (device_id) DO UPDATE
           SET last_read_at = greatest(dex_machines.last_read_at, excluded.last_read_at),
               silent_since = CASE WHEN excluded.last_read_at > dex_machines.last_read_at THEN NULL
                                   ELSE dex_machines.silent_since END
        """,
        device_ids=list(device_ids),
        moments=list(moments),
    )
