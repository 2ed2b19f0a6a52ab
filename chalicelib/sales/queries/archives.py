"""What is archived of the sales, and the one way in which they leave."""

from collections.abc import Iterator, Sequence
from datetime import date

from chalicelib.kit.db import Connection
from chalicelib.sales.models.archives import MonthHeld, Part, Sums

HOT_MONTHS = 24
HOT_MONTHS_AT_LEAST = 13
"""Reports compare periods of 400 days."""

_OF_MONTH = """
        sale.sold_at >= %(month)s::date::timestamp AT TIME ZONE 'UTC'
           AND sale.sold_at < (%(month)s::date + interval '1 month') AT TIME ZONE 'UTC'
"""


def hot_months(db: Connection) -> int:
    """For how many months sales are kept in the database."""
    return int(
        db.value(
            """
            SELECT greatest(coalesce(max(value::integer), %(hot)s), %(least)s)
              FROM system_settings
             WHERE key = 'sales_hot_months'
            """,
            hot=HOT_MONTHS,
            least=HOT_MONTHS_AT_LEAST,
        )
    )


def oldest_month(db: Connection, *, since: date, before: date) -> date | None:
    """The first month with sales from one day on and before another."""
    found: date | None = db.value(
        """
        SELECT date_trunc('month', min(sold_at) AT TIME ZONE 'UTC')::date
          FROM sales
         WHERE sold_at >= %(since)s::date::timestamp AT TIME ZONE 'UTC'
           AND sold_at < %(before)s::date::timestamp AT TIME ZONE 'UTC'
        """,
        since=since,
        before=before,
    )
    return found


def restored_lately(db: Connection, days: int) -> list[date]:
    """The months that were brought back within so many days."""
    return db.values(
        "SELECT DISTINCT month FROM sales_archives WHERE restored_at > now() - make_interval(days => %(days)s)",
        days=days,
    )


def held(db: Connection, month: date) -> MonthHeld | None:
    """What the database holds of a month, or None where that is nothing."""
    return db.fetch_one(
        MonthHeld,
        f"""
        SELECT count(*) AS sales, sum(units)::bigint AS units, sum(revenue_cents)::bigint AS revenue_cents,
               range_agg(int8range(id, id + 1))::text AS ids, min(sold_at) AS first_sold_at,
               max(sold_at) AS last_sold_at
          FROM sales sale
         WHERE {_OF_MONTH}
        HAVING count(*) > 0
        """,  # noqa: S608 - constant
        month=month,
    )


def lines(db: Connection, month: date) -> Iterator[str]:
    """The sales of a month as JSON, oldest first; each also says what had been taken off it."""
    for row in db.stream(
        f"""
        SELECT row_to_json(line)::text AS line
          FROM (SELECT sale.*, coalesce(corrected.units, 0) AS corrected_units,
                       coalesce(corrected.revenue_cents, 0) AS corrected_cents
                  FROM sales sale
                  LEFT JOIN (SELECT sale_id, sale_sold_at, sum(units) AS units, sum(revenue_cents) AS revenue_cents
                               FROM sale_corrections
                              WHERE sale_sold_at >= %(month)s::date::timestamp AT TIME ZONE 'UTC'
                                AND sale_sold_at < (%(month)s::date + interval '1 month') AT TIME ZONE 'UTC'
                              GROUP BY sale_id, sale_sold_at) corrected
                    ON corrected.sale_id = sale.id AND corrected.sale_sold_at = sale.sold_at
                 WHERE {_OF_MONTH}
                 ORDER BY sale.sold_at, sale.id) line
        """,  # noqa: S608 - constant
        month=month,
    ):
        yield row["line"]


def next_part(db: Connection, month: date) -> int:
    """The number of the next file of a month."""
    return int(db.value("SELECT coalesce(max(part), 0) + 1 FROM sales_archives WHERE month = %(month)s", month=month))


def take_out(db: Connection, month: date, part: int, held: MonthHeld, *, key: str, sha256: bytes, size: int) -> None:
    """Write down what is archived, and let the sales go. The database itself refuses when they differ by one."""
    db.execute(
        """
        INSERT INTO sales_archives (month, part, file_key, sha256, size_bytes, sales, units, revenue_cents, ids,
                                    archived_at)
        VALUES (%(month)s, %(part)s, %(key)s, %(sha256)s, %(size)s, %(sales)s, %(units)s, %(revenue_cents)s,
                %(ids)s::int8multirange, now())
        """,
        month=month,
        part=part,
        key=key,
        sha256=sha256,
        size=size,
        sales=held.sales,
        units=held.units,
        revenue_cents=held.revenue_cents,
        ids=held.ids,
    )
    db.execute("SELECT cvd_let_go_of_sales(%(month)s, %(part)s)", month=month, part=part)


_PART = """
        SELECT month, part, file_key, sha256, size_bytes, sales, units, revenue_cents, archived_at, restored_at
          FROM sales_archives
"""


def parts(db: Connection) -> list[Part]:
    """Every file of the archive."""
    return db.fetch(Part, f"{_PART} ORDER BY month, part")


def lock_parts(db: Connection, month: date) -> list[Part]:
    """The files of a month that are not restored; nobody else restores them until the transaction ends."""
    return db.fetch(
        Part,
        f"{_PART} WHERE month = %(month)s AND restored_at IS NULL ORDER BY part FOR NO KEY UPDATE",
        month=month,
    )


def months_away(db: Connection) -> list[date]:
    """The months of which sales are in the archive and not here."""
    return db.values("SELECT DISTINCT month FROM sales_archives WHERE restored_at IS NULL ORDER BY month")


def is_away(db: Connection, sale_id: int) -> bool:
    """Whether a sale is in the archive and not here."""
    return bool(
        db.value(
            "SELECT EXISTS (SELECT FROM sales_archives WHERE restored_at IS NULL AND ids @> %(id)s::bigint)", id=sale_id
        )
    )


def first_day(db: Connection) -> date | None:
    """The company's day from which on all sales are here; None where none was archived."""
    found: date | None = db.value(
        """
        SELECT CASE WHEN begins::time = '00:00' THEN begins::date ELSE begins::date + 1 END
          FROM (SELECT ((max(archive.month) + interval '1 month') AT TIME ZONE 'UTC')
                       AT TIME ZONE company.time_zone AS begins
                  FROM sales_archives archive
                 CROSS JOIN company_settings company
                 WHERE archive.restored_at IS NULL
                 GROUP BY company.time_zone) month
        """
    )
    return found


def bring_back(db: Connection, lines: Sequence[str]) -> None:
    """Write sales as the archive has them; a slot that is gone since is left out."""
    db.execute(
        """
        INSERT INTO sales (id, device_id, product_id, slot_id, units, revenue_cents, sold_at, period_start, source,
                           dex_read_id, payment_kind, import_key, created_at)
        SELECT sale.id, sale.device_id, sale.product_id, slot.id, sale.units, sale.revenue_cents, sale.sold_at,
               sale.period_start, sale.source, sale.dex_read_id, sale.payment_kind, sale.import_key, sale.created_at
          FROM jsonb_populate_recordset(NULL::sales, %(lines)s::jsonb) sale
          LEFT JOIN planogram_slots slot ON slot.id = sale.slot_id
        """,
        lines=f"[{','.join(lines)}]",
    )


def brought_back(db: Connection, month: date, part: int) -> Sums:
    """What the database holds now of the sales that a file is said to hold."""
    found = db.fetch_one(
        Sums,
        f"""
        SELECT count(*) AS sales, coalesce(sum(sale.units), 0)::bigint AS units,
               coalesce(sum(sale.revenue_cents), 0)::bigint AS revenue_cents
          FROM sales sale
          JOIN sales_archives archive ON archive.ids @> sale.id
         WHERE archive.month = %(month)s AND archive.part = %(part)s AND {_OF_MONTH}
        """,  # noqa: S608 - constant
        month=month,
        part=part,
    )
    return found or Sums(0, 0, 0)


def mark_restored(db: Connection, month: date) -> None:
    """Note that the files of a month are in the database again."""
    db.execute(
        "UPDATE sales_archives SET restored_at = now() WHERE month = %(month)s AND restored_at IS NULL", month=month
    )


def patience(db: Connection, longest: str) -> None:
    """Let the statements of this transaction take their time."""
    db.execute("SELECT set_config('statement_timeout', %(longest)s, true)", longest=longest)
