"""The state of the business at a glance."""

from decimal import Decimal

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value
from chalicelib.sales.rules import Period


@value
class Glance:
    """Sums over the live fleet; classes are of the stored metrics, by the thresholds of route planning."""

    revenue_cents: int
    units: int
    devices: int
    critical: int
    warning: int
    ok: int
    good: int
    unknown: int
    orders_pending: int
    orders_in_progress: int
    average_fill_rate: Decimal
    sold_out_slots: int


def glance(db: Connection, period: Period) -> Glance | None:
    """What a period brought, and how the fleet stands now; one statement.

    The fill rate is the mean over the cabinets that open orders have still to serve (domain.md 7.5).
    """
    return db.fetch_one(
        Glance,
        """
        WITH sold AS (
            SELECT coalesce(sum(revenue_cents), 0)::bigint AS revenue_cents,
                   coalesce(sum(units), 0)::bigint AS units
              FROM sales_of_days
             WHERE day BETWEEN %(start)s AND %(end)s),
        fleet AS (
            SELECT count(*) AS devices,
                   count(*) FILTER (WHERE stored.dri_days <= planned.critical_dri_days) AS critical,
                   count(*) FILTER (WHERE stored.dri_days <= planned.warning_dri_days
                                      AND stored.dri_days > planned.critical_dri_days) AS warning,
                   count(*) FILTER (WHERE stored.dri_days <= planned.ok_dri_days
                                      AND stored.dri_days > planned.warning_dri_days) AS ok,
                   count(*) FILTER (WHERE stored.dri_days > planned.ok_dri_days) AS good,
                   count(*) FILTER (WHERE stored.dri_days IS NULL) AS unknown
              FROM devices device
              JOIN route_planning_settings planned ON true
              LEFT JOIN device_metrics stored ON stored.device_id = device.id
             WHERE device.deleted_at IS NULL),
        orders AS (
            SELECT count(*) FILTER (WHERE status = 'pending') AS orders_pending,
                   count(*) FILTER (WHERE status = 'in_progress') AS orders_in_progress
              FROM service_orders
             WHERE status IN ('pending', 'in_progress')),
        rates AS (
            SELECT (SELECT avg(slot.quantity::numeric / slot.capacity) * 100
                      FROM planograms planogram
                      JOIN planogram_slots slot ON slot.planogram_id = planogram.id
                     WHERE planogram.cabinet_id = stop.cabinet_id
                       AND slot.retired_at IS NULL
                       AND slot.capacity > 0) AS rate
              FROM service_orders visited
              JOIN service_order_cabinets stop ON stop.service_order_id = visited.id
             WHERE visited.status IN ('pending', 'in_progress')
               AND stop.status IN ('pending', 'in_progress')),
        empty AS (
            SELECT coalesce(sum(sold_out), 0) AS sold_out_slots
              FROM slots_of_planograms
             WHERE NOT is_removed
               AND NOT is_deleted)
        SELECT sold.*, fleet.*, orders.*, empty.*,
               (SELECT round(coalesce(avg(round(coalesce(rate, 0), 1)), 0), 1) FROM rates) AS average_fill_rate
          FROM sold, fleet, orders, empty
        """,
        start=period.start,
        end=period.end,
    )
