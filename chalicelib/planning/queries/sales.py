"""What devices sold of the products that they hold, read for many devices at once."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.planning.models import ProductSales
from chalicelib.planning.rules import WINDOW


def sales_of_products(db: Connection, device_ids: Sequence[int], now: datetime) -> list[ProductSales]:
    """The sales of every product that the devices hold in a live slot, with corrections taken off.

    The last 28 days are read sale by sale, for the window ends at an instant; all time is read from the daily
    rollup, which outlives archived sales. The first sale is looked up only where nothing sold in the window.
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
        recent AS (
            SELECT device_id, product_id, sum(units) AS units
              FROM (SELECT device_id, product_id, units
                      FROM sales
                     WHERE device_id = ANY(%(device_ids)s)
                       AND sold_at >= %(since)s AND sold_at < %(now)s
                     UNION ALL
                    SELECT sale.device_id, sale.product_id, correction.units
                      FROM sale_corrections correction
                      JOIN sales sale ON sale.id = correction.sale_id AND sale.sold_at = correction.sale_sold_at
                     WHERE correction.sale_sold_at >= %(since)s AND correction.sale_sold_at < %(now)s
                       AND sale.device_id = ANY(%(device_ids)s)) part
             GROUP BY device_id, product_id),
        all_time AS (
            SELECT daily.device_id, daily.product_id, sum(daily.units) AS units,
                   count(*) FILTER (WHERE daily.units > 0) AS days,
                   min(daily.day) FILTER (WHERE daily.units > 0) AS first_day
              FROM sales_daily daily
              JOIN company_settings company ON true
             WHERE daily.device_id = ANY(%(device_ids)s)
               AND daily.day <= (%(now)s AT TIME ZONE company.time_zone)::date
             GROUP BY daily.device_id, daily.product_id)
        SELECT held.device_id, held.product_id,
               coalesce(recent.units, 0)::bigint AS units_28d,
               coalesce(all_time.units, 0)::bigint AS units_all_time,
               coalesce(all_time.days, 0) AS days_with_sales,
               coalesce(first.sold_at, all_time.first_day::timestamp AT TIME ZONE company.time_zone) AS first_sold_at
          FROM held
          JOIN company_settings company ON true
          LEFT JOIN recent USING (device_id, product_id)
          LEFT JOIN all_time USING (device_id, product_id)
          LEFT JOIN LATERAL (
               SELECT min(sale.sold_at) AS sold_at
                 FROM sales sale
                WHERE coalesce(recent.units, 0) <= 0
                  AND sale.device_id = held.device_id
                  AND sale.product_id = held.product_id
                  AND sale.sold_at >= all_time.first_day::timestamp AT TIME ZONE company.time_zone
                  AND sale.sold_at < (all_time.first_day + 1)::timestamp AT TIME ZONE company.time_zone) first ON true
         ORDER BY held.device_id, held.product_id
        """,
        device_ids=list(device_ids),
        since=now - WINDOW,
        now=now,
    )
