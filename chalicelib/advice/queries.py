"""What advice is given from: the grid of a cabinet, and what was sold."""

from collections.abc import Sequence
from datetime import date, datetime

from chalicelib.advice.rules.grid import Good, Temperature
from chalicelib.kit.db import Connection
from chalicelib.kit.values import value

MOST_CANDIDATES = 100


@value
class Cabinet:
    """A cabinet of a live device."""

    id: int
    rows: int
    cols: int
    temperature: Temperature


def cabinet(db: Connection, device_id: int, cabinet_index: int) -> Cabinet | None:
    """The cabinet of a device with an index."""
    return db.fetch_one(
        Cabinet,
        """
        SELECT cabinet.id, cabinet.rows, cabinet.cols, type.temperature_class AS temperature
          FROM device_cabinets cabinet
          JOIN devices device ON device.id = cabinet.device_id AND device.deleted_at IS NULL
          JOIN cabinet_types type ON type.id = cabinet.cabinet_type_id
         WHERE cabinet.device_id = %(device_id)s
           AND cabinet.cabinet_index = %(cabinet_index)s
           AND cabinet.removed_at IS NULL
        """,
        device_id=device_id,
        cabinet_index=cabinet_index,
    )


def device_exists(db: Connection, device_id: int) -> bool:
    """Whether there is such a device, not deleted."""
    return bool(
        db.value(
            "SELECT EXISTS (SELECT FROM devices WHERE id = %(id)s AND deleted_at IS NULL)",
            id=device_id,
        )
    )


@value
class Slot:
    """A position of a cabinet with its product, and what it sold since a moment."""

    row_no: int
    col_no: int
    product_id: int | None
    name: str
    category: str
    price_cents: int
    cost_cents: int | None
    quantity: int
    capacity: int
    par_level: int
    units: float
    revenue_cents: float

    @property
    def good(self) -> Good | None:
        """The product of the position."""
        if self.product_id is None:
            return None
        return Good(self.product_id, self.name, self.category, self.price_cents, self.cost_cents)


def slots(db: Connection, cabinet_id: int, since: datetime) -> list[Slot]:
    """The positions of a cabinet with their sales since a moment.

    A sale counts for its slot; one that names none is shared by the slots of its product in the device, by capacity.
    """
    return db.fetch(
        Slot,
        """
        WITH slot AS (
            SELECT slot.*, cabinet.id AS cabinet_id, cabinet.device_id,
                   slot.capacity::numeric / nullif(sum(slot.capacity) OVER (PARTITION BY slot.product_id), 0) AS share
              FROM device_cabinets asked
              JOIN device_cabinets cabinet ON cabinet.device_id = asked.device_id AND cabinet.removed_at IS NULL
              JOIN planograms planogram ON planogram.cabinet_id = cabinet.id
              JOIN planogram_slots slot ON slot.planogram_id = planogram.id AND slot.retired_at IS NULL
             WHERE asked.id = %(cabinet_id)s),
        sold AS (
            SELECT sale.slot_id, sale.product_id, sum(sale.units + coalesce(corrected.units, 0)) AS units,
                   sum(sale.revenue_cents + coalesce(corrected.revenue_cents, 0)) AS cents
              FROM sales sale
              LEFT JOIN LATERAL (SELECT sum(units) AS units, sum(revenue_cents) AS revenue_cents
                                   FROM sale_corrections
                                  WHERE sale_id = sale.id
                                    AND sale_sold_at = sale.sold_at) corrected ON true
             WHERE sale.device_id = (SELECT device_id FROM device_cabinets WHERE id = %(cabinet_id)s)
               AND sale.sold_at >= %(since)s
             GROUP BY sale.slot_id, sale.product_id),
        own AS (
            SELECT slot_id, sum(units) AS units, sum(cents) AS cents
              FROM sold
             WHERE slot_id IS NOT NULL
             GROUP BY slot_id),
        shared AS (SELECT product_id, units, cents FROM sold WHERE slot_id IS NULL)
        SELECT slot.row_no, slot.col_no, slot.product_id, coalesce(product.name, '') AS name,
               coalesce(category.name, '') AS category,
               coalesce(slot.price_cents, product.price_cents, 0) AS price_cents, product.cost_cents,
               slot.quantity, slot.capacity, slot.par_level,
               (coalesce(own.units, 0) + coalesce(shared.units * slot.share, 0))::float AS units,
               (coalesce(own.cents, 0) + coalesce(shared.cents * slot.share, 0))::float AS revenue_cents
          FROM slot
          LEFT JOIN products product ON product.id = slot.product_id
          LEFT JOIN product_categories category ON category.id = product.category_id
          LEFT JOIN own ON own.slot_id = slot.id
          LEFT JOIN shared ON shared.product_id = slot.product_id
         WHERE slot.cabinet_id = %(cabinet_id)s
         ORDER BY slot.row_no, slot.col_no
        """,
        cabinet_id=cabinet_id,
        since=since,
    )


def goods(db: Connection, ids: Sequence[int]) -> list[Good]:
    """The products with these ids that can be sold."""
    return db.fetch(
        Good,
        """
        SELECT product.id, product.name, category.name AS category, product.price_cents, product.cost_cents
          FROM products product
          JOIN product_categories category ON category.id = product.category_id
         WHERE product.id = ANY(%(ids)s)
           AND product.deleted_at IS NULL
           AND product.is_active
        """,
        ids=list(ids),
    )


@value
class Seller:
    """What a product earned since a day, in the device and in the whole fleet, and in how many slots it is."""

    id: int
    name: str
    category: str
    price_cents: int
    cost_cents: int | None
    device_units: int
    device_cents: int
    device_slots: int
    fleet_cents: int
    fleet_slots: int

    @property
    def good(self) -> Good:
        """The product."""
        return Good(self.id, self.name, self.category, self.price_cents, self.cost_cents)


def sellers(db: Connection, device_id: int, since: date) -> list[Seller]:
    """The products that earned most since a day: the device's own first, then the fleet's."""
    return db.fetch(
        Seller,
        """
        WITH of_device AS (
            SELECT product_id, sum(units) AS units, sum(revenue_cents) AS cents
              FROM sales_daily
             WHERE device_id = %(device_id)s AND day >= %(since)s
             GROUP BY product_id),
        best AS (
            SELECT product.id, coalesce(of_device.units, 0) AS device_units,
                   coalesce(of_device.cents, 0) AS device_cents, sold.cents AS fleet_cents
              FROM (SELECT product_id, sum(revenue_cents) AS cents
                      FROM sales_of_products
                     WHERE day >= %(since)s
                     GROUP BY product_id
                    HAVING sum(revenue_cents) > 0) sold
              JOIN products product ON product.id = sold.product_id AND product.deleted_at IS NULL AND product.is_active
              LEFT JOIN of_device ON of_device.product_id = product.id
             ORDER BY device_cents DESC, fleet_cents DESC, product.id
             LIMIT %(most)s)
        SELECT product.id, product.name, category.name AS category, product.price_cents, product.cost_cents,
               best.device_units::bigint AS device_units, best.device_cents::bigint AS device_cents,
               placed.device_slots, best.fleet_cents::bigint AS fleet_cents, placed.fleet_slots
          FROM best
          JOIN products product ON product.id = best.id
          JOIN product_categories category ON category.id = product.category_id
         CROSS JOIN LATERAL (
               SELECT count(*) AS fleet_slots, count(*) FILTER (WHERE cabinet.device_id = %(device_id)s) AS device_slots
                 FROM planogram_slots slot
                 JOIN planograms planogram ON planogram.id = slot.planogram_id
                 JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id AND cabinet.removed_at IS NULL
                 JOIN devices device ON device.id = cabinet.device_id AND device.deleted_at IS NULL
                WHERE slot.product_id = best.id AND slot.retired_at IS NULL) placed
         ORDER BY best.device_cents DESC, best.fleet_cents DESC, best.id
        """,
        device_id=device_id,
        since=since,
        most=MOST_CANDIDATES,
    )


@value
class DayOfProduct:
    """What a product earned in a device on a day, in cents."""

    day: date
    product_id: int
    revenue_cents: int


def daily(db: Connection, device_id: int, first: date, last: date) -> list[DayOfProduct]:
    """What each product earned in a device on each day."""
    return db.fetch(
        DayOfProduct,
        """
        SELECT day, product_id, revenue_cents
          FROM sales_daily
         WHERE device_id = %(device_id)s
           AND day BETWEEN %(first)s AND %(last)s
        """,
        device_id=device_id,
        first=first,
        last=last,
    )


@value
class Month:
    """A month's mean daily revenue, in cents, over the days that it has had."""

    month: date
    mean_cents: float


def months(db: Connection, device_id: int, today: date) -> list[Month]:
    """The mean daily revenue of each month in which the device has sold; the present month up to today."""
    return db.fetch(
        Month,
        """
        SELECT month::date AS month,
               (sum(revenue_cents)::numeric
                / (least(month + interval '1 month', %(today)s::date + interval '1 day')::date - month::date))::float
                   AS mean_cents
          FROM (SELECT date_trunc('month', day) AS month, revenue_cents
                  FROM sales_daily
                 WHERE device_id = %(device_id)s
                   AND day <= %(today)s) earned
         GROUP BY month
         ORDER BY month
        """,
        device_id=device_id,
        today=today,
    )


def today(db: Connection, now: datetime) -> date:
    """The company's day of a moment."""
    day: date = db.value("SELECT (%(now)s AT TIME ZONE time_zone)::date FROM company_settings", now=now)
    return day
