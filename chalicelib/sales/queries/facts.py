"""Sales themselves: written once, and listed."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value
from chalicelib.sales.models.facts import NewSale, Sale

SEEN = "(%(devices)s::bigint[] IS NULL OR device.id = ANY(%(devices)s))"
"""Holds to the devices that an API client may reach; bound by `Principal.sight`."""


@value
class Written:
    """A sale that was to be written; `sale_id` is another one's where it is a duplicate."""

    place: int
    sale_id: int
    sold_at: datetime
    is_duplicate: bool


@value
class SoldSlot:
    """A live slot that holds a product of a device now."""

    device_id: int
    product_id: int
    slot_id: int
    quantity: int


def hold_device(db: Connection, device_id: int, *, seen_by: Principal) -> bool:
    """Whether a live device that the caller may reach has this id; it stays so until the transaction ends."""
    found = db.values(
        f"SELECT id FROM devices device WHERE id = %(id)s AND deleted_at IS NULL AND {SEEN} FOR SHARE",  # noqa: S608
        id=device_id,
        **seen_by.sight,
    )
    return bool(found)


def hold_product(db: Connection, product_id: int) -> bool:
    """Whether a live product has this id; it stays so until the transaction ends."""
    return bool(db.values("SELECT id FROM products WHERE id = %(id)s AND deleted_at IS NULL FOR SHARE", id=product_id))


def holds(db: Connection, slot_id: int, device_id: int, product_id: int) -> bool:
    """Whether a live slot of a device holds a product now."""
    return bool(
        db.value(
            """
            SELECT EXISTS (
                SELECT
                  FROM planogram_slots slot
                  JOIN planograms planogram ON planogram.id = slot.planogram_id
                  JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
                 WHERE slot.id = %(slot_id)s AND slot.product_id = %(product_id)s AND slot.retired_at IS NULL
                   AND cabinet.device_id = %(device_id)s AND cabinet.removed_at IS NULL)
            """,
            slot_id=slot_id,
            device_id=device_id,
            product_id=product_id,
        )
    )


def write(db: Connection, sales: Sequence[NewSale]) -> list[Written]:
    """Write sales with their keys and the daily rollup, in the order given; one statement.

    A key that is there already, or comes twice, makes a duplicate, which writes nothing. The key is claimed before
    the sale is written, so that of two requests at once one waits and then finds the other's.
    """
    return db.fetch(
        Written,
        """
        WITH fresh AS MATERIALIZED (
            SELECT nextval('sales_id_seq') AS id, new.*
              FROM unnest(%(device_ids)s::bigint[], %(product_ids)s::bigint[], %(slot_ids)s::bigint[],
                          %(units)s::integer[], %(revenues)s::integer[], %(sold_at)s::timestamptz[],
                          %(period_starts)s::timestamptz[], %(sources)s::text[], %(dex_read_ids)s::bigint[],
                          %(payment_kinds)s::text[], %(import_keys)s::text[])
                   WITH ORDINALITY
                   AS new (device_id, product_id, slot_id, units, revenue_cents, sold_at, period_start, source,
                           dex_read_id, payment_kind, import_key, place)),
        claimed AS (
            INSERT INTO sale_keys (import_key, sale_id, sold_at)
            SELECT import_key, id, sold_at
              FROM fresh
             WHERE import_key IS NOT NULL
             ORDER BY import_key, place
                ON CONFLICT DO NOTHING
            RETURNING sale_id),
        written AS (
            INSERT INTO sales (id, device_id, product_id, slot_id, units, revenue_cents, sold_at, period_start,
                               source, dex_read_id, payment_kind, import_key)
            SELECT id, device_id, product_id, slot_id, units, revenue_cents, sold_at, period_start,
                   source, dex_read_id, payment_kind, import_key
              FROM fresh
             WHERE import_key IS NULL OR id IN (SELECT sale_id FROM claimed)
            RETURNING id, device_id, product_id, units, revenue_cents, sold_at),
        rolled_up AS (
            INSERT INTO sales_daily (device_id, product_id, day, units, revenue_cents, transactions)
            SELECT written.device_id, written.product_id, (written.sold_at AT TIME ZONE company.time_zone)::date,
                   sum(written.units), sum(written.revenue_cents), count(*)
              FROM written
              JOIN company_settings company ON true
             GROUP BY 1, 2, 3
             ORDER BY 1, 2, 3
                ON CONFLICT (device_id, product_id, day) DO UPDATE
               SET units = sales_daily.units + excluded.units,
                   revenue_cents = sales_daily.revenue_cents + excluded.revenue_cents,
                   transactions = sales_daily.transactions + excluded.transactions)
        SELECT fresh.place, fresh.id AS sale_id, fresh.sold_at, written.id IS NULL AS is_duplicate
          FROM fresh
          LEFT JOIN written ON written.id = fresh.id
         ORDER BY fresh.place
        """,
        device_ids=[sale.device_id for sale in sales],
        product_ids=[sale.product_id for sale in sales],
        slot_ids=[sale.slot_id for sale in sales],
        units=[sale.units for sale in sales],
        revenues=[sale.revenue_cents for sale in sales],
        sold_at=[sale.sold_at for sale in sales],
        period_starts=[sale.period_start for sale in sales],
        sources=[sale.source for sale in sales],
        dex_read_ids=[sale.dex_read_id for sale in sales],
        payment_kinds=[sale.payment_kind for sale in sales],
        import_keys=[sale.import_key for sale in sales],
    )


@value
class KeyOwner:
    """The sale that an import key belongs to."""

    import_key: str
    sale_id: int
    sold_at: datetime


def owners(db: Connection, import_keys: Sequence[str]) -> list[KeyOwner]:
    """The sales that keys belong to."""
    return db.fetch(
        KeyOwner,
        "SELECT import_key, sale_id, sold_at FROM sale_keys WHERE import_key = ANY(%(keys)s)",
        keys=list(import_keys),
    )


def lock_slots(db: Connection, pairs: Sequence[tuple[int, int]]) -> list[SoldSlot]:
    """Lock the live slots that hold products of devices, after their planograms, in the order of ids (12.3)."""
    db.execute(
        """
        SELECT planogram.id
          FROM planograms planogram
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
         WHERE cabinet.device_id = ANY(%(device_ids)s)
           AND cabinet.removed_at IS NULL
         ORDER BY planogram.id
           FOR NO KEY UPDATE OF planogram
        """,
        device_ids=[device_id for device_id, _ in pairs],
    )
    return db.fetch(
        SoldSlot,
        """
        SELECT cabinet.device_id, slot.product_id, slot.id AS slot_id, slot.quantity
          FROM unnest(%(device_ids)s::bigint[], %(product_ids)s::bigint[]) AS pair (device_id, product_id)
          JOIN device_cabinets cabinet ON cabinet.device_id = pair.device_id AND cabinet.removed_at IS NULL
          JOIN planograms planogram ON planogram.cabinet_id = cabinet.id
          JOIN planogram_slots slot ON slot.planogram_id = planogram.id AND slot.product_id = pair.product_id
         WHERE slot.retired_at IS NULL
         ORDER BY slot.id
           FOR NO KEY UPDATE OF slot
        """,
        device_ids=[device_id for device_id, _ in pairs],
        product_ids=[product_id for _, product_id in pairs],
    )


_SHOWN = """
        SELECT sale.id, sale.device_id, device.asset AS device_asset, device.nickname AS device_cooler,
               sale.product_id, product.name AS product_name, category.name AS product_category,
               sale.units AS sale_units, sale.revenue_cents AS sale_cash, sale.slot_id, sale.source,
               coalesce(corrected.units, 0) AS corrected_units, coalesce(corrected.revenue_cents, 0) AS corrected_cash,
               sale.sold_at AS created_at, coalesce(corrected.at, sale.sold_at) AS updated_at
"""
_BESIDE = """
          JOIN devices device ON device.id = sale.device_id
          JOIN products product ON product.id = sale.product_id
          JOIN product_categories category ON category.id = product.category_id
          LEFT JOIN LATERAL (
               SELECT sum(units) AS units, sum(revenue_cents) AS revenue_cents, max(at) AS at
                 FROM sale_corrections
                WHERE sale_id = sale.id AND sale_sold_at = sale.sold_at) corrected ON true
"""


def listed(
    db: Connection,
    *,
    since: datetime,
    until: datetime,
    device_id: int | None,
    product_id: int | None,
    limit: int,
    offset: int,
    seen_by: Principal,
) -> list[Sale]:
    """Sales of live devices in a window, newest first. What is told beside a sale is looked up for this page alone."""
    return db.fetch(
        Sale,
        f"""
        {_SHOWN}
          FROM (SELECT sale.*
                  FROM sales sale
                  JOIN devices device ON device.id = sale.device_id
                 WHERE sale.sold_at >= %(since)s AND sale.sold_at < %(until)s
                   AND (%(device_id)s::bigint IS NULL OR sale.device_id = %(device_id)s)
                   AND (%(product_id)s::bigint IS NULL OR sale.product_id = %(product_id)s)
                   AND device.deleted_at IS NULL
                   AND {SEEN}
                 ORDER BY sale.sold_at DESC, sale.id DESC
                 LIMIT %(limit)s OFFSET %(offset)s) sale
        {_BESIDE}
         ORDER BY sale.sold_at DESC, sale.id DESC
        """,  # noqa: S608 - constant
        since=since,
        until=until,
        device_id=device_id,
        product_id=product_id,
        limit=limit,
        offset=offset,
        **seen_by.sight,
    )


def one(db: Connection, sale_id: int, sold_at: datetime, *, seen_by: Principal) -> Sale | None:
    """One sale, of a device that the caller may reach."""
    return db.fetch_one(
        Sale,
        f"{_SHOWN} FROM sales sale {_BESIDE} WHERE sale.id = %(id)s AND sale.sold_at = %(sold_at)s AND {SEEN}",
        id=sale_id,
        sold_at=sold_at,
        **seen_by.sight,
    )
