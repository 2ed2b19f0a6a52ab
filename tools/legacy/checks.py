"""What must hold after an import, asked of the database before it is committed."""

from typing import Final

from tools.legacy.refusal import CheckFailed
from tools.legacy.run import Run

# Each asks for the number of rows that break it.
_RULES: Final = {
    "slots whose ledger does not add up to their quantity": """
        SELECT count(*) FROM planogram_slots slot
         WHERE quantity <> coalesce((SELECT sum(delta) FROM inventory_movements WHERE slot_id = slot.id), 0)""",
    "planograms whose slots are not their cabinet's grid": """
        SELECT count(*) FROM planograms planogram JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
         WHERE cabinet.rows * cabinet.cols
            <> (SELECT count(*) FROM planogram_slots WHERE planogram_id = planogram.id AND retired_at IS NULL)""",
    "cabinets without a planogram": """
        SELECT count(*) FROM device_cabinets cabinet
         WHERE NOT EXISTS (SELECT FROM planograms WHERE cabinet_id = cabinet.id)""",
    "completed orders with open cabinets": """
        SELECT count(*) FROM service_orders service_order
         WHERE status = 'completed' AND EXISTS (SELECT FROM service_order_cabinets
               WHERE service_order_id = service_order.id AND status IN ('pending', 'in_progress'))""",
    "completed cabinets of orders without a visit": """
        SELECT count(*) FROM service_order_cabinets stop
         WHERE status = 'completed'
           AND NOT EXISTS (SELECT FROM service_visits WHERE order_cabinet_id = stop.id AND voided_at IS NULL)""",
    "sales that did not arrive as they were read": """
        SELECT count(*) FROM legacy_sales new
         WHERE NOT EXISTS (SELECT FROM sales WHERE id = new.id AND device_id = new.device_id
               AND product_id = new.product_id AND units = new.units AND revenue_cents = new.revenue_cents)
           AND NOT EXISTS (SELECT FROM sales_archives WHERE restored_at IS NULL AND ids @> new.id)""",
    "imported sales without their key": """
        SELECT count(*) FROM sales
         WHERE source = 'import' AND NOT EXISTS (SELECT FROM sale_keys WHERE import_key = sales.import_key)""",
    "days whose rollup is not the sum of their sales": """
        SELECT count(*) FROM sales_daily daily FULL JOIN (
               SELECT device_id, product_id, (sold_at AT TIME ZONE %(zone)s)::date AS day, sum(units) AS units,
                      sum(revenue_cents) AS revenue_cents, count(*) AS transactions
                 FROM sales WHERE source = 'import' GROUP BY 1, 2, 3) fact USING (device_id, product_id, day)
         WHERE fact.units IS NOT NULL AND (daily.units, daily.revenue_cents, daily.transactions)
               IS DISTINCT FROM (fact.units, fact.revenue_cents, fact.transactions)
           AND NOT EXISTS (SELECT FROM sales WHERE source <> 'import')
           AND NOT EXISTS (SELECT FROM sales_archives WHERE restored_at IS NULL)""",
    "locations marked as the default, other than one": "SELECT count(*) - 1 FROM locations WHERE is_default",
}
_SEQUENCES: Final = {
    "users": "users", "device_types": "device_types", "cabinet_types": "cabinet_types", "locations": "locations",
    "routes": "routes", "devices": "devices", "device_cabinets": "cabinet_configurations", "products": "products",
    "planograms": "planograms", "planogram_slots": "planogram_slots", "service_orders": "service_orders",
    "service_order_cabinets": "service_order_cabinets", "service_order_items": "service_order_cabinet_items",
    "service_visits": "service_visits", "service_visit_items": "service_visit_items", "sales": "sales",
    "dex_reads": "dex_reads",
}  # fmt: skip


def lift_sequences(run: Run) -> None:
    """Let new ids begin past every id of the file, those of deleted rows included."""
    for table, legacy in _SEQUENCES.items():
        run.target.lift_sequence(table, run.source.highest_id(legacy))


def prove(run: Run) -> None:
    """Let every deferred constraint speak now, then ask each rule."""
    run.target.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for what, query in _RULES.items():
        broken = run.target.value(query, **({"zone": run.zone.key} if "%(zone)s" in query else {}))
        if broken:
            raise CheckFailed(f"{broken} {what}")
    _tell_totals(run)


def _tell_totals(run: Run) -> None:
    """The sums by which a person compares the target with the legacy application's own screens."""
    run.report.facts |= {
        "sales": "{} rows, {} units, {} cents".format(
            *run.target.fetch("SELECT count(*), coalesce(sum(units), 0), coalesce(sum(revenue_cents), 0) FROM sales")[0]
        ),
        "slots": "{} of {} occupied, {} units of {}".format(
            *run.target.fetch(
                "SELECT count(product_id), count(*), coalesce(sum(quantity), 0), coalesce(sum(capacity), 0)"
                " FROM planogram_slots"
            )[0]
        ),
        "devices": "{} of {} live".format(
            *run.target.fetch("SELECT count(*) FILTER (WHERE deleted_at IS NULL), count(*) FROM devices")[0]
        ),
    }
