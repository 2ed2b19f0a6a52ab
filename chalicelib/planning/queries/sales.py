"""What devices sold of the products that they hold, read for many devices at once."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.planning.models import ProductSales
from chalicelib.planning.rules import WINDOW


def sales_of_products(db: Connection, device_ids: Sequence[int], now: datetime) -> list[ProductSales]:
    """The sales of every product that the devices hold in a live slot, with corrections taken off.

    Days are read from the daily rollup, which outlives archived sales. The window of 28 days begins and ends at an
    instant: of its first day and of today the sales are read, with the corrections made to them. The first sale is
    looked up only where nothing sold in the window.
    """
    return db.fetch(
        ProductSales,
        """
        WITH held AS (
            SELECT DISTINCT cabinet.device_id, slot.product_id
              FROM device_cabinets cabinet
              JOIN planograms planogram ON planogram.cabinet_id = cabinet.id
              JOIN planogram_slots slot ON slot.planogram_id = planogram.id
             WHERE cabinet.device_id = ANY(%(device_ids)s)
               AND cabinet.removed_at IS NULL
               AND slot.retired_at IS NULL
               AND slot.product_id IS NOT NULL),
        bounds AS MATERIALIZED (
            SELECT time_zone, first.day AS first_day, last.day AS last_day,
                   (first.day + 1)::timestamp AT TIME ZONE time_zone AS first_ends_at,
                   last.day::timestamp AT TIME ZONE time_zone AS last_begins_at
              FROM company_settings
             CROSS JOIN LATERAL (SELECT (%(since)s AT TIME ZONE time_zone)::date AS day) first
             CROSS JOIN LATERAL (SELECT (%(now)s AT TIME ZONE time_zone)::date AS day) last),
        parts AS MATERIALIZED (
            SELECT id, sold_at, device_id, product_id, units
              FROM sales
             WHERE device_id = ANY(%(device_ids)s)
               AND sold_at >= %(since)s AND sold_at < %(now)s
               AND sold_at < (SELECT first_ends_at FROM bounds)
             UNION ALL
            SELECT id, sold_at, device_id, product_id, units
              FROM sales
             WHERE device_id = ANY(%(device_ids)s)
               AND sold_at >= %(since)s AND sold_at < %(now)s
               AND sold_at >= (SELECT last_begins_at FROM bounds)),
        in_part AS (
            SELECT device_id, product_id, sum(units) AS units
              FROM (SELECT device_id, product_id, units
                      FROM parts
                     UNION ALL
                    SELECT sale.device_id, sale.product_id, correction.units
                      FROM parts sale
                      JOIN sale_corrections correction
                        ON correction.sale_id = sale.id AND correction.sale_sold_at = sale.sold_at) sold
             GROUP BY device_id, product_id),
        by_day AS (
            SELECT daily.device_id, daily.product_id, sum(daily.units) AS units,
                   sum(daily.units) FILTER (WHERE daily.day > bounds.first_day AND daily.day < bounds.last_day)
                       AS units_of_whole_days,
                   count(*) FILTER (WHERE daily.units > 0) AS days,
                   min(daily.day) FILTER (WHERE daily.units > 0) AS first_day
              FROM sales_daily daily
              JOIN bounds ON daily.day <= bounds.last_day
             WHERE daily.device_id = ANY(%(device_ids)s)
             GROUP BY daily.device_id, daily.product_id)
        SELECT held.device_id, held.product_id, recent.units AS units_28d,
               coalesce(by_day.units, 0)::bigint AS units_all_time,
               coalesce(by_day.days, 0) AS days_with_sales,
               coalesce(first.sold_at, by_day.first_day::timestamp AT TIME ZONE bounds.time_zone) AS first_sold_at
          FROM held
          JOIN bounds ON true
          LEFT JOIN in_part USING (device_id, product_id)
          LEFT JOIN by_day USING (device_id, product_id)
         CROSS JOIN LATERAL (
               SELECT (coalesce(in_part.units, 0) + coalesce(by_day.units_of_whole_days, 0))::bigint AS units) recent
          LEFT JOIN LATERAL (
               SELECT min(sale.sold_at) AS sold_at
                 FROM sales sale
                WHERE recent.units <= 0
                  AND sale.device_id = held.device_id
                  AND sale.product_id = held.product_id
                  AND sale.sold_at >= by_day.first_day::timestamp AT TIME ZONE bounds.time_zone
                  AND sale.sold_at < (by_day.first_day + 1)::timestamp AT TIME ZONE bounds.time_zone) first ON true
         ORDER BY held.device_id, held.product_id
        """,
        device_ids=list(device_ids),
        since=now - WINDOW,
        now=now,
    )
