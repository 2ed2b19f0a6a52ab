"""Corrections of sales, which themselves are never changed (BR-104)."""

from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value


@value
class Remainder:
    """What is left of a sale after its corrections."""

    sale_id: int
    device_id: int
    product_id: int
    sold_at: datetime
    units: int
    revenue_cents: int


def lock_remainder(db: Connection, sale_id: int, *, seen_by: Principal) -> Remainder | None:
    """What is left of a sale; other corrections of it wait until the transaction ends.

    Sales may not be changed, and so their rows cannot be locked; an advisory lock stands for them.
    """
    db.execute("SELECT pg_advisory_xact_lock(hashtextextended('sale', %(id)s))", id=sale_id)
    return db.fetch_one(
        Remainder,
        """
        SELECT sale.id AS sale_id, sale.device_id, sale.product_id, sale.sold_at,
               sale.units + coalesce(sum(correction.units), 0)::integer AS units,
               sale.revenue_cents + coalesce(sum(correction.revenue_cents), 0)::integer AS revenue_cents
          FROM sales sale
          LEFT JOIN sale_corrections correction
            ON correction.sale_id = sale.id AND correction.sale_sold_at = sale.sold_at
         WHERE sale.id = %(id)s
           AND (%(devices)s::bigint[] IS NULL OR sale.device_id = ANY(%(devices)s))
         GROUP BY sale.id, sale.device_id, sale.product_id, sale.sold_at, sale.units, sale.revenue_cents
        """,
        id=sale_id,
        **seen_by.sight,
    )


def correct(
    db: Connection, left: Remainder, *, units: int, revenue_cents: int, reason: str, by: int, at: datetime
) -> int:
    """Write a correction and take it off the rollup; a sale of which nothing is left is no transaction there."""
    return int(
        db.value(
            """
            WITH correction AS (
                INSERT INTO sale_corrections (sale_id, sale_sold_at, units, revenue_cents, reason, corrected_by, at)
                VALUES (%(sale_id)s, %(sold_at)s, -%(units)s::integer, -%(revenue)s::integer, %(reason)s, %(by)s,
                        %(at)s)
                RETURNING id),
            rolled_up AS (
                UPDATE sales_daily
                   SET units = sales_daily.units - %(units)s,
                       revenue_cents = sales_daily.revenue_cents - %(revenue)s,
                       transactions = sales_daily.transactions - %(gone)s
                  FROM company_settings company
                 WHERE device_id = %(device_id)s AND product_id = %(product_id)s
                   AND day = (%(sold_at)s AT TIME ZONE company.time_zone)::date)
            SELECT id FROM correction
            """,
            sale_id=left.sale_id,
            device_id=left.device_id,
            product_id=left.product_id,
            sold_at=left.sold_at,
            units=units,
            revenue=revenue_cents,
            gone=int(units == left.units and revenue_cents == left.revenue_cents),
            reason=reason,
            by=by,
            at=at,
        )
    )
