"""Reports, read from the daily rollup."""

from datetime import date, datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.paging import Paged
from chalicelib.sales.models.reports import (
    Company,
    DaySummary,
    DeviceSold,
    DeviceSummary,
    MonthSold,
    PlaceSold,
    ProductSold,
    ProductSummary,
)
from chalicelib.sales.rules import Earner, Period

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


def by_device(db: Connection, start: date | None, end: date | None, page: Paged) -> list[DeviceSummary]:
    """The sales of live devices, by cash."""
    return db.fetch(
        DeviceSummary,
        """
        SELECT device.id AS device_id, device.asset, device.nickname AS cooler,
               sum(daily.transactions) AS total_transactions, sum(daily.units) AS total_units,
               sum(daily.revenue_cents)::bigint AS total_cash
          FROM sales_daily daily
          JOIN devices device ON device.id = daily.device_id AND device.deleted_at IS NULL
         WHERE daily.day BETWEEN coalesce(%(start)s::date, '-infinity') AND coalesce(%(end)s::date, 'infinity')
         GROUP BY device.id
         ORDER BY total_cash DESC, lower(device.asset), device.id
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        start=start,
        end=end,
        limit=page.limit(MOST_ROWS),
        offset=page.offset,
    )


def by_product(db: Connection, start: date | None, end: date | None, page: Paged) -> list[ProductSummary]:
    """The sales of products on live devices, by units."""
    return db.fetch(
        ProductSummary,
        """
        SELECT product.id AS product_id, product.name, category.name AS category,
               sum(daily.transactions) AS total_transactions, sum(daily.units) AS total_units,
               sum(daily.revenue_cents)::bigint AS total_cash
          FROM sales_daily daily
          JOIN devices device ON device.id = daily.device_id AND device.deleted_at IS NULL
          JOIN products product ON product.id = daily.product_id
          JOIN product_categories category ON category.id = product.category_id
         WHERE daily.day BETWEEN coalesce(%(start)s::date, '-infinity') AND coalesce(%(end)s::date, 'infinity')
         GROUP BY product.id, category.name
         ORDER BY total_units DESC, lower(product.name), product.id
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        start=start,
        end=end,
        limit=page.limit(MOST_ROWS),
        offset=page.offset,
    )


def by_day(db: Connection, start: date | None, end: date | None, page: Paged) -> list[DaySummary]:
    """The sales of days on live devices, newest first."""
    return db.fetch(
        DaySummary,
        """
        SELECT daily.day AS date, sum(daily.transactions) AS total_transactions,
               count(DISTINCT daily.device_id) AS unique_devices, count(DISTINCT daily.product_id) AS unique_products,
               sum(daily.units) AS total_units, sum(daily.revenue_cents)::bigint AS total_cash
          FROM sales_daily daily
          JOIN devices device ON device.id = daily.device_id AND device.deleted_at IS NULL
         WHERE daily.day BETWEEN coalesce(%(start)s::date, '-infinity') AND coalesce(%(end)s::date, 'infinity')
         GROUP BY daily.day
         ORDER BY daily.day DESC
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        start=start,
        end=end,
        limit=page.limit(MOST_ROWS),
        offset=page.offset,
    )


def of_devices(db: Connection, period: Period) -> list[DeviceSold]:
    """Every live device with what it sold, also nothing; by asset."""
    return db.fetch(
        DeviceSold,
        """
        SELECT device.id AS device_id, device.asset, device.nickname AS cooler,
               coalesce(location.name, 'Unknown') AS location, coalesce(route.name, 'Unassigned') AS route_name,
               route.route_number, coalesce(sold.transactions, 0) AS transactions, coalesce(sold.units, 0) AS units,
               coalesce(sold.revenue_cents, 0)::bigint AS revenue_cents, coalesce(sold.active_days, 0) AS active_days,
               sold.first_day, sold.last_day
          FROM devices device
          LEFT JOIN locations location ON location.id = device.location_id
          LEFT JOIN routes route ON route.id = device.route_id AND route.deleted_at IS NULL
          LEFT JOIN (
               SELECT device_id, sum(transactions) AS transactions, sum(units) AS units,
                      sum(revenue_cents) AS revenue_cents,
                      count(DISTINCT day) FILTER (WHERE transactions > 0) AS active_days,
                      min(day) FILTER (WHERE transactions > 0) AS first_day,
                      max(day) FILTER (WHERE transactions > 0) AS last_day
                 FROM sales_daily
                WHERE day BETWEEN %(start)s AND %(end)s
                GROUP BY device_id) sold ON sold.device_id = device.id
         WHERE device.deleted_at IS NULL
         ORDER BY device.asset, device.id
        """,
        start=period.start,
        end=period.end,
    )


def of_products(db: Connection, period: Period) -> list[ProductSold]:
    """Every product that was sold, on all devices; by revenue."""
    return db.fetch(
        ProductSold,
        """
        SELECT product.id AS product_id, product.name, category.name AS category, product.price_cents,
               product.deleted_at IS NOT NULL AS is_deleted, sum(daily.units) AS units,
               sum(daily.revenue_cents)::bigint AS revenue_cents
          FROM sales_daily daily
          JOIN products product ON product.id = daily.product_id
          JOIN product_categories category ON category.id = product.category_id
         WHERE daily.day BETWEEN %(start)s AND %(end)s
         GROUP BY product.id, category.name
        HAVING sum(daily.units) > 0 OR sum(daily.revenue_cents) > 0
         ORDER BY revenue_cents DESC, lower(product.name), product.id
        """,
        start=period.start,
        end=period.end,
    )


def of_places(db: Connection, current: Period, previous: Period) -> list[PlaceSold]:
    """Every location of live devices, with what these took in in two weeks."""
    return db.fetch(
        PlaceSold,
        """
        SELECT location.name, count(*) AS devices, coalesce(sum(sold.current_cents), 0)::bigint AS current_cents,
               coalesce(sum(sold.previous_cents), 0)::bigint AS previous_cents
          FROM devices device
          JOIN locations location ON location.id = device.location_id
          LEFT JOIN (
               SELECT device_id, sum(revenue_cents) FILTER (WHERE day >= %(current)s) AS current_cents,
                      sum(revenue_cents) FILTER (WHERE day < %(current)s) AS previous_cents
                 FROM sales_daily
                WHERE day BETWEEN %(previous)s AND %(end)s
                GROUP BY device_id) sold ON sold.device_id = device.id
         WHERE device.deleted_at IS NULL
         GROUP BY location.id
         ORDER BY location.name, location.id
        """,
        previous=previous.start,
        current=current.start,
        end=current.end,
    )


def earning_devices(db: Connection, current: Period, previous: Period) -> list[Earner]:
    """The live devices that took in something in two weeks, by asset."""
    return db.fetch(
        Earner,
        """
        SELECT device.asset AS name,
               coalesce(sum(daily.revenue_cents) FILTER (WHERE daily.day >= %(current)s), 0)::bigint AS current_cents,
               coalesce(sum(daily.revenue_cents) FILTER (WHERE daily.day < %(current)s), 0)::bigint AS previous_cents
          FROM sales_daily daily
          JOIN devices device ON device.id = daily.device_id AND device.deleted_at IS NULL
         WHERE daily.day BETWEEN %(previous)s AND %(end)s
         GROUP BY device.id
         ORDER BY device.asset
        """,
        previous=previous.start,
        current=current.start,
        end=current.end,
    )


def revenue_until(db: Connection, start: date, day: date, moment: datetime) -> int:
    """What live devices took in from a day on until a moment of a later day.

    Whole days come from the rollup; of the last day the sales are read, with the corrections made to them.
    """
    return int(
        db.value(
            """
            SELECT coalesce((
                       SELECT sum(daily.revenue_cents)
                         FROM sales_daily daily
                         JOIN devices device ON device.id = daily.device_id AND device.deleted_at IS NULL
                        WHERE daily.day >= %(start)s AND daily.day < %(day)s), 0)
                 + coalesce((
                       SELECT sum(sale.revenue_cents + coalesce(corrected.revenue_cents, 0))
                         FROM sales sale
                         JOIN devices device ON device.id = sale.device_id AND device.deleted_at IS NULL
                         JOIN company_settings company ON true
                         LEFT JOIN LATERAL (
                              SELECT sum(revenue_cents) AS revenue_cents
                                FROM sale_corrections
                               WHERE sale_id = sale.id AND sale_sold_at = sale.sold_at) corrected ON true
                        WHERE sale.sold_at >= %(day)s::timestamp AT TIME ZONE company.time_zone
                          AND sale.sold_at < %(moment)s), 0)
            """,
            start=start,
            day=day,
            moment=moment,
        )
    )


def of_months(db: Connection, start: date, end: date) -> list[MonthSold]:
    """What live devices took in, by month; months without sales are left out."""
    return db.fetch(
        MonthSold,
        """
        SELECT date_trunc('month', daily.day)::date AS month, sum(daily.revenue_cents)::bigint AS revenue_cents
          FROM sales_daily daily
          JOIN devices device ON device.id = daily.device_id AND device.deleted_at IS NULL
         WHERE daily.day BETWEEN %(start)s AND %(end)s
         GROUP BY 1
         ORDER BY 1
        """,
        start=start,
        end=end,
    )
