"""What is on the books, without ids and without the moments at which it came there, as bytes that can be compared."""

import json
from typing import Any

from chalicelib.kit.db import Connection

# A machine that has no clock is dated by the arrival of its reads: its sales have no moment that could be compared.
_SALES = """
    SELECT jsonb_build_array(device.asset, slot.dex_selection, sale.payment_kind,
                             CASE WHEN read.read_at IS NOT NULL THEN sale.sold_at END,
                             CASE WHEN read.read_at IS NOT NULL THEN sale.period_start END,
                             sum(sale.units), sum(sale.revenue_cents))
      FROM sales sale
      JOIN devices device ON device.id = sale.device_id
      JOIN dex_reads read ON read.id = sale.dex_read_id
      LEFT JOIN planogram_slots slot ON slot.id = sale.slot_id
     WHERE NOT EXISTS (SELECT FROM sale_corrections WHERE sale_id = sale.id AND sale_sold_at = sale.sold_at)
     GROUP BY device.asset, slot.dex_selection, sale.payment_kind,
              CASE WHEN read.read_at IS NOT NULL THEN sale.sold_at END,
              CASE WHEN read.read_at IS NOT NULL THEN sale.period_start END
     ORDER BY 1
"""

_DAYS = """
    SELECT jsonb_build_array(device.asset, product.name,
                             CASE WHEN clock.is_there THEN daily.day END,
                             sum(daily.units), sum(daily.revenue_cents))
      FROM sales_daily daily
      JOIN devices device ON device.id = daily.device_id
      JOIN products product ON product.id = daily.product_id
      JOIN (SELECT device_id, bool_or(read_at IS NOT NULL) AS is_there
              FROM dex_reads
             GROUP BY device_id) clock ON clock.device_id = device.id
     GROUP BY device.asset, product.name, CASE WHEN clock.is_there THEN daily.day END
    HAVING sum(daily.units) <> 0 OR sum(daily.revenue_cents) <> 0
     ORDER BY 1
"""

_STOCK = """
    SELECT jsonb_build_array(device.asset, slot.dex_selection, slot.quantity)
      FROM planogram_slots slot
      JOIN planograms planogram ON planogram.id = slot.planogram_id
      JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
      JOIN devices device ON device.id = cabinet.device_id
     WHERE slot.product_id IS NOT NULL
     ORDER BY 1
"""

_COUNTS = """
    SELECT jsonb_build_object(
           'files stored', (SELECT count(*) FROM dex_files),
           'files applied', (SELECT count(*) FROM dex_files WHERE status = 'applied'),
           'reads stored', (SELECT count(*) FROM dex_reads),
           'reads linked', (SELECT count(*) FROM dex_reads WHERE device_id IS NOT NULL),
           'links of the hash chains', (SELECT count(*) FROM dex_chain),
           'files told to the audit trail',
               (SELECT count(DISTINCT resource_id) FROM audit_events WHERE action = 'dex.uploaded'),
           'tellings to the audit trail', (SELECT count(*) FROM audit_events WHERE action = 'dex.uploaded'),
           'events read.received', (SELECT count(*) FROM outbox WHERE topic = 'read.received'))
"""

_SUMS = """
    SELECT jsonb_build_object(
           'units', coalesce(sum(units), 0), 'cents', coalesce(sum(revenue_cents), 0),
           'units of the rollup', (SELECT coalesce(sum(units), 0) FROM sales_daily),
           'cents of the rollup', (SELECT coalesce(sum(revenue_cents), 0) FROM sales_daily),
           'units out of the slots',
               (SELECT coalesce(-sum(delta), 0) FROM inventory_movements WHERE kind <> 'import'))
      FROM sales sale
     WHERE NOT EXISTS (SELECT FROM sale_corrections WHERE sale_id = sale.id AND sale_sold_at = sale.sold_at)
"""


def of(db: Connection) -> bytes:
    """Every live sale, every day of the rollup and every slot."""
    parts = {"sales": db.values(_SALES), "days": db.values(_DAYS), "stock": db.values(_STOCK)}
    return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()


def counts(db: Connection) -> dict[str, int]:
    """What there should be one of for each read, whatever was delivered."""
    found: dict[str, int] = db.value(_COUNTS)
    return found


def sums(db: Connection) -> dict[str, Any]:
    """The books added up."""
    found: dict[str, Any] = db.value(_SUMS)
    return found
