"""Sales: every fact with its legacy key, so that the same sale in two files is one sale. Stock is not touched."""

from collections.abc import Iterator
from datetime import UTC, datetime
from fractions import Fraction
from typing import Final

from tools.legacy.clean import Clock, Raw
from tools.legacy.refusal import Refused
from tools.legacy.rows import Row, rows_of
from tools.legacy.run import Run
from tools.legacy.steps import catalog, fleet

_OUTLIER: Final = Fraction(11, 100)
_STAGED: Final = ("id", "device_id", "product_id", "units", "revenue_cents", "sold_at")


def bring(run: Run) -> None:
    converted = list(_sales(run))
    run.target.ensure_months("sales", (sale[5] for sale in converted))
    run.target.stage("sales", _STAGED, converted)
    # Without statistics the planner takes the staged rows for a handful and the joins below for loops.
    run.target.execute("ANALYZE legacy_sales")
    _refuse_strangers(run)
    new = run.target.execute(_INSERT_KEYS)
    run.target.execute(_INSERT_SALES)
    run.target.execute(_ADD_UP_DAYS, zone=run.zone.key)
    run.target.written["sales"] = (new, 0)
    run.converted("sales", len(converted))


def _sales(run: Run) -> Iterator[tuple[int, int, int, int, int, datetime]]:
    for row in rows_of(run.source, "sales", run.issues, run.sales_zone):
        device_id, product_id = row.whole("device_id") or 0, row.whole("product_id") or 0
        units, cents = row.whole("sale_units") or 0, row.cents("sale_cash")
        sold_at = row.instant("created_at", Clock.LOCAL) or row.instant("updated_at", Clock.LOCAL)
        if flaw := _flaw(device_id, product_id, units, cents, sold_at):
            row.rejected(*flaw)
            continue
        if device_id not in run.known.devices:
            fleet.stand_in(run, device_id)
        if product_id not in run.known.products:
            catalog.stand_in(run, product_id)
        if sold_at and cents is not None:  # Both are there: `_flaw` found nothing.
            _notice(run, row, (device_id, product_id), units, cents, sold_at)
            yield row.id, device_id, product_id, units, cents, sold_at


def _flaw(
    device_id: int, product_id: int, units: int, cents: int | None, sold_at: datetime | None
) -> tuple[str, str] | None:
    """Why a sale cannot be a fact: the issue and its column."""
    if device_id < 1:
        return "ORPHAN", "device_id"
    if product_id < 1:
        return "ORPHAN", "product_id"
    if product_id == catalog.EMPTY_SLOT:
        return "SALE_OF_EMPTY_SLOT", "product_id"
    if not 1 <= units < 2**31:
        return "SALE_UNITS_INVALID", "sale_units"
    if cents is None or cents < 0:
        return "SALE_CASH_INVALID", "sale_cash"
    return ("SALE_TIME_INVALID", "created_at") if sold_at is None else None


def _notice(run: Run, row: Row, place: tuple[int, int], units: int, cents: int, sold_at: datetime) -> None:
    """What looks odd about a sale, and is kept as it is."""
    device, product = run.known.devices[place[0]], run.known.products[place[1]]
    if sold_at.astimezone(run.sales_zone).replace(tzinfo=UTC) < device.created_at:
        # Compared as the file has them written: with so much generated data, hours between zones prove nothing.
        row.noticed("SALE_BEFORE_DEVICE", "created_at")
    if place not in run.known.planned:
        row.noticed("SALE_PRODUCT_NOT_PLANNED", "product_id")
    legacy_price = _unit_price(row.raw("sale_cash"), units, cents)
    if product.price_cents and abs(legacy_price / product.price_cents - 1) > _OUTLIER:
        row.noticed("SALE_PRICE_OUTLIER", "sale_cash", f"{cents / units / 100:.4f} a unit")


def _unit_price(cash: Raw, units: int, cents: int) -> Fraction:
    """Cents for one unit as the legacy application's SQL computes it.

    SQLite drops the fraction when it divides whole numbers: 34 for 10 units gave it 3.00, not 3.40. Such a sale was an
    outlier in every legacy report and is named as one, with the true unit price beside it.
    """
    return Fraction(cash // units * 100) if isinstance(cash, int) else Fraction(cents, units)


def _refuse_strangers(run: Run) -> None:
    stranger = run.target.value(
        """
        SELECT min(new.id) FROM legacy_sales new JOIN sales present USING (id)
         WHERE present.import_key IS DISTINCT FROM 'legacy:' || new.id
        """
    )
    if stranger is not None:
        raise Refused(
            f"The target already holds other rows under ids of this file (first: sales {stranger}): "
            "import into a database without a fleet of its own."
        )


_INSERT_KEYS: Final = """
    INSERT INTO sale_keys (import_key, sale_id, sold_at)
    SELECT 'legacy:' || id, id, sold_at FROM legacy_sales
    ON CONFLICT DO NOTHING
"""
_INSERT_SALES: Final = """
    CREATE TEMP TABLE legacy_new_sales ON COMMIT DROP AS
    SELECT *
      FROM legacy_sales new
     WHERE NOT EXISTS (SELECT FROM sales WHERE id = new.id)
       AND NOT EXISTS (SELECT FROM sales_archives WHERE restored_at IS NULL AND ids @> new.id);
    INSERT INTO sales (id, device_id, product_id, units, revenue_cents, sold_at, source, import_key)
    SELECT id, device_id, product_id, units, revenue_cents, sold_at, 'import', 'legacy:' || id
      FROM legacy_new_sales
"""
_ADD_UP_DAYS: Final = """
    INSERT INTO sales_daily AS present (device_id, product_id, day, units, revenue_cents, transactions)
    SELECT device_id, product_id, (sold_at AT TIME ZONE %(zone)s)::date, sum(units), sum(revenue_cents), count(*)
      FROM legacy_new_sales
     GROUP BY 1, 2, 3
    ON CONFLICT (device_id, product_id, day) DO UPDATE
       SET units = present.units + excluded.units,
           revenue_cents = present.revenue_cents + excluded.revenue_cents,
           transactions = present.transactions + excluded.transactions
"""
