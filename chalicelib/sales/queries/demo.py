"""Made-up sales: written without touching the stock, so that they can be taken away again."""

from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.sales.rules import Period


def live_devices(db: Connection) -> int:
    """How many devices could sell."""
    return int(db.value("SELECT count(*) FROM devices WHERE deleted_at IS NULL"))


def live_products(db: Connection) -> int:
    """How many products could be sold."""
    return int(db.value("SELECT count(*) FROM products WHERE deleted_at IS NULL"))


def make(db: Connection, days: Period, share: float, now: datetime) -> int:
    """Make up one to five sales a device and day, between 6 and 23 o'clock, none after `now`; how many."""
    return int(
        db.value(
            """
            WITH catalogue AS (
                SELECT array_agg(id ORDER BY id) AS ids FROM products WHERE deleted_at IS NULL),
            opened AS MATERIALIZED (
                SELECT device.id AS device_id, day::date AS day, 1 + floor(random() * 5)::integer AS sales
                  FROM devices device
                 CROSS JOIN generate_series(%(start)s::timestamp, %(end)s::timestamp, interval '1 day') AS day
                 WHERE device.deleted_at IS NULL AND random() < %(share)s),
            thrown AS MATERIALIZED (
                SELECT opened.device_id,
                       catalogue.ids[1 + floor(random() * array_length(catalogue.ids, 1))::integer] AS product_id,
                       1 + floor(random() * 5)::integer AS units,
                       (opened.day + interval '6 hours' + floor(random() * 17 * 60) * interval '1 minute')
                       AT TIME ZONE company.time_zone AS sold_at
                  FROM opened
                 CROSS JOIN catalogue
                  JOIN company_settings company ON true
                 CROSS JOIN LATERAL generate_series(1, opened.sales)),
            written AS (
                INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)
                SELECT thrown.device_id, thrown.product_id, thrown.units, thrown.units * product.price_cents,
                       thrown.sold_at, 'demo'
                  FROM thrown
                  JOIN products product ON product.id = thrown.product_id
                 WHERE thrown.sold_at <= %(now)s
                RETURNING device_id, product_id, units, revenue_cents, sold_at),
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
            SELECT count(*) FROM written
            """,
            start=days.start,
            end=days.end,
            share=share,
            now=now,
        )
    )


def remove(db: Connection) -> int:
    """Take the made-up sales away, except those that stock or a correction refers to; how many."""
    return int(
        db.value(
            """
            WITH gone AS (
                DELETE FROM sales sale
                 WHERE sale.source = 'demo'
                   AND NOT EXISTS (SELECT FROM sale_corrections
                                    WHERE sale_id = sale.id AND sale_sold_at = sale.sold_at)
                   AND NOT EXISTS (SELECT FROM inventory_movements
                                    WHERE sale_id = sale.id AND sale_sold_at = sale.sold_at)
                RETURNING sale.device_id, sale.product_id, sale.units, sale.revenue_cents, sale.sold_at),
            summed AS (
                SELECT gone.device_id, gone.product_id, (gone.sold_at AT TIME ZONE company.time_zone)::date AS day,
                       sum(gone.units) AS units, sum(gone.revenue_cents) AS revenue_cents, count(*) AS transactions
                  FROM gone
                  JOIN company_settings company ON true
                 GROUP BY 1, 2, 3),
            rolled_up AS (
                UPDATE sales_daily daily
                   SET units = daily.units - summed.units,
                       revenue_cents = daily.revenue_cents - summed.revenue_cents,
                       transactions = daily.transactions - summed.transactions
                  FROM summed
                 WHERE (daily.device_id, daily.product_id, daily.day)
                     = (summed.device_id, summed.product_id, summed.day))
            SELECT count(*) FROM gone
            """
        )
    )
