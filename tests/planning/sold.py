"""Sales to begin a test with, written past the API together with their daily rollup."""

from datetime import datetime

from chalicelib.kit.db import Connection


def sell(
    db: Connection,
    device_id: int,
    product_id: int,
    *,
    sold_at: datetime,
    units: int = 1,
    revenue_cents: int = 150,
    corrected: int = 0,
) -> int:
    """Write a sale, with a correction of so many units if asked; returns its id."""
    return int(
        db.value(
            """
            WITH sale AS (
                INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)
                VALUES (%(device_id)s, %(product_id)s, %(units)s, %(revenue_cents)s, %(sold_at)s, 'import')
                RETURNING id, sold_at),
            correction AS (
                INSERT INTO sale_corrections (sale_id, sale_sold_at, units, revenue_cents, reason)
                SELECT id, sold_at, %(corrected)s, 0, 'counted wrong' FROM sale WHERE %(corrected)s < 0),
            daily AS (
                INSERT INTO sales_daily (device_id, product_id, day, units, revenue_cents, transactions)
                SELECT %(device_id)s, %(product_id)s, (%(sold_at)s AT TIME ZONE time_zone)::date,
                       %(units)s + %(corrected)s, %(revenue_cents)s, 1
                  FROM company_settings
                    ON CONFLICT (device_id, product_id, day) DO UPDATE
                   SET units = sales_daily.units + excluded.units,
                       revenue_cents = sales_daily.revenue_cents + excluded.revenue_cents,
                       transactions = sales_daily.transactions + 1)
            SELECT id FROM sale
            """,
            device_id=device_id,
            product_id=product_id,
            units=units,
            revenue_cents=revenue_cents,
            sold_at=sold_at,
            corrected=corrected,
        )
    )
