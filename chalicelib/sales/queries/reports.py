"""Reports, read from the sums that the database keeps of the daily rollup by device, by product and by day."""

from datetime import date, datetime

from chalicelib.kit.answer import Json
from chalicelib.kit.db import Connection
from chalicelib.kit.paging import Paged
from chalicelib.sales.models.reports import (
    Company,
    DaySummary,
    DeviceSummary,
    Leader,
    MonthSold,
    ProductSold,
    ProductSummary,
    WeekSold,
)
from chalicelib.sales.rules import Period

MOST_ROWS = 10_000


def company(db: Connection) -> Company:
    """How the company counts its days."""
    row = db.fetch_one(
        Company,
        """
        SELECT time_zone, currency, week_start, monthly_revenue_target_cents, milestone_month_cents
          FROM company_settings
         WHERE id = 1
        """,
    )
    if row is None:
        raise LookupError("The row of company_settings is missing: the seed migration writes it.")
    return row


def by_device(db: Connection, start: date | None, end: date | None, page: Paged) -> Json[list[DeviceSummary]]:
    """The sales of live devices, by cash."""
    return db.fetch_json(
        DeviceSummary,
        """
        SELECT device.id AS device_id, device.asset, device.nickname AS cooler,
               sum(sold.transactions)::bigint AS total_transactions, sum(sold.units)::bigint AS total_units,
               sum(sold.revenue_cents)::bigint AS total_cash
          FROM sales_of_devices sold
          JOIN devices device ON device.id = sold.device_id AND device.deleted_at IS NULL
         WHERE sold.span = %(span)s
           AND sold.starts_on BETWEEN coalesce(%(start)s::date, '-infinity') AND coalesce(%(end)s::date, 'infinity')
         GROUP BY device.id
        HAVING sum(sold.products) > 0
         ORDER BY total_cash DESC, lower(device.asset), device.id
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        span="day" if start or end else "ever",
        start=start,
        end=end,
        limit=page.limit(MOST_ROWS),
        offset=page.offset,
    )


def by_product(db: Connection, start: date | None, end: date | None, page: Paged) -> Json[list[ProductSummary]]:
    """The sales of products on live devices, by units."""
    return db.fetch_json(
        ProductSummary,
        """
        SELECT product.id AS product_id, product.name, category.name AS category,
               sum(sold.live_transactions)::bigint AS total_transactions, sum(sold.live_units)::bigint AS total_units,
               sum(sold.live_revenue_cents)::bigint AS total_cash
          FROM sales_of_products sold
          JOIN products product ON product.id = sold.product_id
          JOIN product_categories category ON category.id = product.category_id
         WHERE sold.day BETWEEN coalesce(%(start)s::date, '-infinity') AND coalesce(%(end)s::date, 'infinity')
         GROUP BY product.id, category.name
        HAVING sum(sold.live_devices) > 0
         ORDER BY total_units DESC, lower(product.name), product.id
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        start=start,
        end=end,
        limit=page.limit(MOST_ROWS),
        offset=page.offset,
    )


def by_day(db: Connection, start: date | None, end: date | None, page: Paged) -> Json[list[DaySummary]]:
    """The sales of days on live devices, newest first."""
    return db.fetch_json(
        DaySummary,
        """
        SELECT day AS date, transactions AS total_transactions, devices AS unique_devices,
               products AS unique_products, units AS total_units, revenue_cents AS total_cash
          FROM sales_of_days
         WHERE day BETWEEN coalesce(%(start)s::date, '-infinity') AND coalesce(%(end)s::date, 'infinity')
           AND devices > 0
         ORDER BY day DESC
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        start=start,
        end=end,
        limit=page.limit(MOST_ROWS),
        offset=page.offset,
    )


def of_products(db: Connection, period: Period) -> list[ProductSold]:
    """Every product that was sold, on all devices; by revenue."""
    return db.fetch(
        ProductSold,
        """
        SELECT product.id AS product_id, product.name, category.name AS category, product.price_cents,
               product.deleted_at IS NOT NULL AS is_deleted, sum(sold.units)::bigint AS units,
               sum(sold.revenue_cents)::bigint AS revenue_cents
          FROM sales_of_products sold
          JOIN products product ON product.id = sold.product_id
          JOIN product_categories category ON category.id = product.category_id
         WHERE sold.day BETWEEN %(start)s AND %(end)s
         GROUP BY product.id, category.name
        HAVING sum(sold.units) > 0 OR sum(sold.revenue_cents) > 0
         ORDER BY revenue_cents DESC, lower(product.name), product.id
        """,
        start=period.start,
        end=period.end,
    )


def week(db: Connection, current: Period, previous: Period) -> WeekSold:
    """What live devices took in in two weeks, how many they are, and where they took in most in the first of these.

    Of equal places it is the one with the smaller name; without live devices there is none.
    """
    row = db.fetch_one(
        WeekSold,
        """
        SELECT (SELECT count(*) FROM devices WHERE deleted_at IS NULL) AS devices,
               (SELECT coalesce(sum(revenue_cents), 0)::bigint
                  FROM sales_of_days
                 WHERE day BETWEEN %(starts_on)s AND %(ends_on)s) AS current_cents,
               (SELECT coalesce(sum(revenue_cents), 0)::bigint
                  FROM sales_of_days
                 WHERE day BETWEEN %(previous_starts_on)s AND %(previous_ends_on)s) AS previous_cents,
               top.name AS top_place, coalesce(top.cents, 0) AS top_cents
          FROM (SELECT) one
          LEFT JOIN (
               SELECT location.name, coalesce(sum(sold.revenue_cents), 0)::bigint AS cents
                 FROM devices device
                 JOIN locations location ON location.id = device.location_id
                 LEFT JOIN sales_of_devices sold
                   ON sold.span = 'week' AND sold.starts_on = %(starts_on)s AND sold.device_id = device.id
                WHERE device.deleted_at IS NULL
                GROUP BY location.id
                ORDER BY cents DESC, location.name COLLATE "C", location.id
                LIMIT 1) top ON true
        """,
        starts_on=current.start,
        ends_on=current.end,
        previous_starts_on=previous.start,
        previous_ends_on=previous.end,
    )
    if row is None:
        raise LookupError("A selection of sums has one row.")
    return row


def leaders(db: Connection, current: Period, previous: Period) -> list[Leader]:
    """The best live device and the best location of a week, and the device that grew most against the week before.

    The best took in something, and the one that grew most did so the week before; of equals it is the smaller name.
    """
    return db.fetch(
        Leader,
        """
        WITH sold AS MATERIALIZED (
            SELECT device.asset AS name, device.location_id, coalesce(present.revenue_cents, 0) AS current_cents,
                   coalesce(past.revenue_cents, 0) AS previous_cents
              FROM devices device
              LEFT JOIN sales_of_devices present
                ON present.span = 'week' AND present.starts_on = %(current)s AND present.device_id = device.id
              LEFT JOIN sales_of_devices past
                ON past.span = 'week' AND past.starts_on = %(previous)s AND past.device_id = device.id
             WHERE device.deleted_at IS NULL),
        places AS (
            SELECT location.name, sold.current_cents, 0 AS previous_cents
              FROM (SELECT location_id, sum(current_cents)::bigint AS current_cents
                      FROM sold
                     GROUP BY location_id
                    HAVING sum(current_cents) > 0) sold
              JOIN locations location ON location.id = sold.location_id)
        (SELECT 'device' AS of, name, current_cents, previous_cents
           FROM sold
          WHERE current_cents > 0
          ORDER BY current_cents DESC, name COLLATE "C"
          LIMIT 1)
         UNION ALL
        (SELECT 'place', name, current_cents, previous_cents
           FROM places
          ORDER BY current_cents DESC, name COLLATE "C"
          LIMIT 1)
         UNION ALL
        (SELECT 'growth', name, current_cents, previous_cents
           FROM sold
          WHERE previous_cents > 0
          ORDER BY (current_cents - previous_cents)::numeric / previous_cents DESC, name COLLATE "C"
          LIMIT 1)
        """,
        previous=previous.start,
        current=current.start,
    )


def revenue_until(db: Connection, start: date, day: date, midnight: datetime, moment: datetime) -> int:
    """What live devices took in from a day on until a moment of a later day, which begins at `midnight`.

    Whole days come from the rollup; of the last day the sales are read, with the corrections made to them.
    """
    return int(
        db.value(
            """
            SELECT coalesce((
                       SELECT sum(revenue_cents)
                         FROM sales_of_days
                        WHERE day >= %(start)s AND day < %(day)s), 0)
                 + coalesce((
                       SELECT sum(sale.revenue_cents)
                         FROM sales sale
                         JOIN devices device ON device.id = sale.device_id AND device.deleted_at IS NULL
                        WHERE sale.sold_at >= %(midnight)s AND sale.sold_at < %(moment)s), 0)
                 + coalesce((
                       SELECT sum(correction.revenue_cents)
                         FROM sale_corrections correction
                         JOIN sales sale ON sale.id = correction.sale_id AND sale.sold_at = correction.sale_sold_at
                         JOIN devices device ON device.id = sale.device_id AND device.deleted_at IS NULL
                        WHERE correction.sale_sold_at >= %(midnight)s AND correction.sale_sold_at < %(moment)s
                          AND sale.sold_at >= %(midnight)s AND sale.sold_at < %(moment)s), 0)
            """,
            start=start,
            day=day,
            midnight=midnight,
            moment=moment,
        )
    )


def of_months(db: Connection, start: date, end: date) -> list[MonthSold]:
    """What live devices took in, by month; months without sales are left out."""
    return db.fetch(
        MonthSold,
        """
        SELECT date_trunc('month', day)::date AS month, sum(revenue_cents)::bigint AS revenue_cents
          FROM sales_of_days
         WHERE day BETWEEN %(start)s AND %(end)s AND devices > 0
         GROUP BY 1
         ORDER BY 1
        """,
        start=start,
        end=end,
    )
