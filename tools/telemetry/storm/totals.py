"""What is on the books, without ids and without the moments at which it came there, as bytes that can be compared."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from chalicelib.kit.db import Connection

_SALES = """
    SELECT jsonb_build_array(device.asset, slot.dex_selection, product.name, sale.payment_kind, sale.source,
                             sale.sold_at, sale.period_start, encode(read.sha256, 'hex'), sale.units,
                             sale.revenue_cents)
      FROM sales sale
      JOIN devices device ON device.id = sale.device_id
      JOIN products product ON product.id = sale.product_id
      JOIN dex_reads read ON read.id = sale.dex_read_id
      LEFT JOIN planogram_slots slot ON slot.id = sale.slot_id
     WHERE NOT EXISTS (SELECT FROM sale_corrections WHERE sale_id = sale.id AND sale_sold_at = sale.sold_at)
     ORDER BY 1
"""

_DAYS = """
    SELECT jsonb_build_array(device.asset, product.name, daily.day, daily.units, daily.revenue_cents,
                             daily.transactions)
      FROM sales_daily daily
      JOIN devices device ON device.id = daily.device_id
      JOIN products product ON product.id = daily.product_id
     WHERE daily.units <> 0 OR daily.revenue_cents <> 0 OR daily.transactions <> 0
     ORDER BY 1
"""

_STOCK = """
    SELECT jsonb_build_array(device.asset, slot.dex_selection, slot.quantity,
                             (SELECT sum(delta) FROM inventory_movements WHERE slot_id = slot.id))
      FROM planogram_slots slot
      JOIN planograms planogram ON planogram.id = slot.planogram_id
      JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
      JOIN devices device ON device.id = cabinet.device_id
     WHERE slot.product_id IS NOT NULL
     ORDER BY 1
"""

_READS = """
    SELECT jsonb_build_array(encode(read.sha256, 'hex'), device.asset, read.status, read.is_quarantined, read.read_at,
                             read.collected_at)
      FROM dex_reads read
      LEFT JOIN devices device ON device.id = read.device_id
     ORDER BY 1
"""

_INTERVALS = """
    SELECT jsonb_build_array(device.asset, interval.position, encode(read.sha256, 'hex'),
                             encode(previous.sha256, 'hex'), interval.outcome, interval.started_at, interval.ended_at,
                             interval.units, interval.value_cents, interval.held, interval.missing_reads,
                             interval.cash_to_box_cents, interval.tubes_cents, interval.flags, interval.checks,
                             interval.sold)
      FROM dex_intervals interval
      JOIN devices device ON device.id = interval.device_id
      JOIN dex_reads read ON read.id = interval.read_id
      LEFT JOIN dex_reads previous ON previous.id = interval.previous_read_id
     ORDER BY 1
"""

_PARTS = {"sales": _SALES, "days": _DAYS, "stock": _STOCK, "reads": _READS, "intervals": _INTERVALS}

SHOWN = 10
LONGEST = 400

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
    WITH told AS (
        SELECT one.told ->> 'outcome' AS outcome, coalesce((one.told ->> 'units')::bigint, 0) AS units,
               coalesce((one.told ->> 'valueCents')::bigint, 0) AS cents
          FROM dex_intervals interval
         CROSS JOIN LATERAL jsonb_array_elements(interval.sold) AS one (told)
         WHERE interval.outcome <> 'duplicate'),
    sold AS (
        SELECT coalesce(sum(units) FILTER (WHERE outcome IN ('normal', 'rollover')), 0) AS exact_units,
               coalesce(sum(cents) FILTER (WHERE outcome IN ('normal', 'rollover')), 0) AS exact_cents,
               coalesce(sum(units) FILTER (WHERE outcome IN ('reset_baseline', 'swap_baseline')), 0) AS about_units,
               coalesce(sum(cents) FILTER (WHERE outcome IN ('reset_baseline', 'swap_baseline')), 0) AS about_cents,
               count(*) FILTER (WHERE outcome = 'suspect') AS held
          FROM told),
    booked AS (
        SELECT coalesce(sum(units), 0) AS units, coalesce(sum(revenue_cents), 0) AS cents
          FROM sales sale
         WHERE NOT EXISTS (SELECT FROM sale_corrections WHERE sale_id = sale.id AND sale_sold_at = sale.sold_at)),
    moved AS (
        SELECT coalesce(-sum(delta) FILTER (WHERE kind IN ('sale', 'rollback')), 0) AS sold,
               coalesce(-sum(delta) FILTER (WHERE kind IN ('test_vend', 'free_vend')), 0) AS given,
               coalesce(sum(delta) FILTER (WHERE kind = 'count_adjustment'), 0) AS found,
               coalesce(-sum(delta), 0) AS gone
          FROM inventory_movements
         WHERE kind <> 'import')
    SELECT jsonb_build_object(
           'units sold', booked.units, 'cents sold', booked.cents,
           'exact units', sold.exact_units, 'exact cents', sold.exact_cents,
           'estimated units', sold.about_units, 'estimated cents', sold.about_cents, 'selections held', sold.held,
           'units of the rollup', (SELECT coalesce(sum(units), 0) FROM sales_daily),
           'cents of the rollup', (SELECT coalesce(sum(revenue_cents), 0) FROM sales_daily),
           'units that sales took from slots', moved.sold,
           'units of test and free vends', moved.given,
           'units that slots lacked and were counted in', moved.found,
           'units gone from the slots', moved.gone)
      FROM booked, moved, sold
"""


def of(db: Connection) -> bytes:
    """Every live sale, every day of the rollup, every slot, and every read and interval with its status."""
    parts = {name: db.values(query) for name, query in _PARTS.items()}
    return json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()


def differences(once: bytes, stormy: bytes) -> Mapping[str, Sequence[str]]:
    """The first rows that only one of the two has, by part; nothing where they are the same."""
    one, other = json.loads(once), json.loads(stormy)
    return {name: sorted(_rows(one[name]) ^ _rows(other[name]))[:SHOWN] for name in _PARTS if one[name] != other[name]}


def _rows(rows: Sequence[Sequence[Any]]) -> set[str]:  # Any: cells of JSON
    return {json.dumps(row)[:LONGEST] for row in rows}


def counts(db: Connection) -> dict[str, int]:
    """What there should be one of for each read, whatever was delivered."""
    found: dict[str, int] = db.value(_COUNTS)
    return found


def sums(db: Connection) -> dict[str, int]:
    """The books added up."""
    found: dict[str, int] = db.value(_SUMS)
    return found
