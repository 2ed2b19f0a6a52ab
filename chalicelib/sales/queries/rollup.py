"""The daily rollup, made anew from the sales."""

from datetime import date

from chalicelib.kit.db import Connection
from chalicelib.sales.queries import archives


def rebuild(db: Connection, since: date | None) -> int:
    """Make the rollup anew from a day on, or all of it; how many rows were made.

    What has been archived stays summed up as it is: the first day made anew is one of which all sales are here.
    Writers wait meanwhile, so that no sale is missed.
    """
    all_since = archives.first_day(db)
    if all_since is not None:
        since = max(since or all_since, all_since)
    db.execute("LOCK TABLE sales_daily IN SHARE ROW EXCLUSIVE MODE")
    db.execute("DELETE FROM sales_daily WHERE day >= coalesce(%(since)s::date, '-infinity')", since=since)
    return db.execute(
        """
        INSERT INTO sales_daily (device_id, product_id, day, units, revenue_cents, transactions)
        SELECT sale.device_id, sale.product_id, (sale.sold_at AT TIME ZONE company.time_zone)::date AS day,
               sum(sale.units + coalesce(corrected.units, 0)),
               sum(sale.revenue_cents + coalesce(corrected.revenue_cents, 0)),
               count(*) FILTER (WHERE sale.units + coalesce(corrected.units, 0) > 0
                                   OR sale.revenue_cents + coalesce(corrected.revenue_cents, 0) > 0)
          FROM sales sale
          JOIN company_settings company ON true
          LEFT JOIN (
               SELECT sale_id, sale_sold_at, sum(units) AS units, sum(revenue_cents) AS revenue_cents
                 FROM sale_corrections
                GROUP BY sale_id, sale_sold_at) corrected
            ON corrected.sale_id = sale.id AND corrected.sale_sold_at = sale.sold_at
         WHERE %(since)s::date IS NULL
            OR sale.sold_at >= %(since)s::date::timestamp AT TIME ZONE company.time_zone
         GROUP BY 1, 2, 3
        """,
        since=since,
    )
