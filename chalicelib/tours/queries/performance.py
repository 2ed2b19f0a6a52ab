"""What was done on routes and by drivers."""

from datetime import date

from chalicelib.kit.db import Connection
from chalicelib.tours.models import Work

MOST_ROWS = 1000

_DONE = """
        WITH done AS (
            SELECT visited.id, visited.route_id, visited.driver_id, visited.status,
                   visited.status = 'completed'
                   AND (visited.completed_at AT TIME ZONE company.time_zone)::date <= visited.service_date AS on_time
              FROM service_orders visited
              JOIN company_settings company ON true
             WHERE visited.service_date BETWEEN %(start)s AND %(end)s
               AND visited.status IN ('completed', 'cancelled')),
        visits AS (
            SELECT stop.service_order_id, count(*) FILTER (WHERE visit.duration_minutes IS NOT NULL) AS cabinets,
                   sum(visit.duration_minutes) AS minutes, sum(visit.units_restocked) AS units
              FROM service_order_cabinets stop
              JOIN service_visits visit ON visit.order_cabinet_id = stop.id AND visit.voided_at IS NULL
             WHERE stop.service_order_id IN (SELECT id FROM done)
             GROUP BY stop.service_order_id),
        items AS (
            SELECT stop.service_order_id, sum(item.quantity_needed) AS needed,
                   sum(coalesce(item.quantity_filled, 0)) AS filled
              FROM service_order_cabinets stop
              JOIN service_order_items item ON item.order_cabinet_id = stop.id
             WHERE stop.service_order_id IN (SELECT id FROM done WHERE status = 'completed')
             GROUP BY stop.service_order_id),
        work AS (
            SELECT done.route_id, done.driver_id,
                   count(*) FILTER (WHERE done.status = 'completed') AS completed,
                   count(*) FILTER (WHERE done.status = 'cancelled') AS cancelled,
                   count(*) FILTER (WHERE done.on_time) AS on_time,
                   coalesce(sum(visits.cabinets), 0)::bigint AS cabinets,
                   coalesce(sum(visits.minutes), 0)::bigint AS minutes,
                   coalesce(sum(visits.units), 0)::bigint AS units_delivered,
                   coalesce(sum(items.needed), 0)::bigint AS units_needed,
                   coalesce(sum(items.filled), 0)::bigint AS units_filled
              FROM done
              LEFT JOIN visits ON visits.service_order_id = done.id
              LEFT JOIN items ON items.service_order_id = done.id
             GROUP BY done.route_id, done.driver_id)
"""
_SUMS = """
               coalesce(sum(work.completed), 0)::bigint AS completed,
               coalesce(sum(work.cancelled), 0)::bigint AS cancelled,
               coalesce(sum(work.on_time), 0)::bigint AS on_time,
               coalesce(sum(work.cabinets), 0)::bigint AS cabinets,
               coalesce(sum(work.minutes), 0)::bigint AS minutes,
               coalesce(sum(work.units_delivered), 0)::bigint AS units_delivered,
               coalesce(sum(work.units_needed), 0)::bigint AS units_needed,
               coalesce(sum(work.units_filled), 0)::bigint AS units_filled
"""


def of_tours(db: Connection, start: date, end: date) -> list[Work]:
    """Every live route with its work, and what the devices that are on it now took in; by number and name."""
    return db.fetch(
        Work,
        f"""
        {_DONE}
        SELECT route.id, route.name, route.route_number, {_SUMS},
               (SELECT coalesce(sum(daily.revenue_cents), 0)::bigint
                  FROM devices device
                  JOIN sales_daily daily ON daily.device_id = device.id
                 WHERE device.route_id = route.id AND device.deleted_at IS NULL
                   AND daily.day BETWEEN %(start)s AND %(end)s) AS revenue_cents
          FROM routes route
          LEFT JOIN work ON work.route_id = route.id
         WHERE route.deleted_at IS NULL
         GROUP BY route.id
         ORDER BY route.route_number NULLS LAST, lower(route.name), route.id
         LIMIT %(most)s
        """,  # noqa: S608 - constants are put in, no values
        start=start,
        end=end,
        most=MOST_ROWS,
    )


def of_drivers(db: Connection, start: date, end: date) -> list[Work]:
    """The drivers who had work, by name."""
    return db.fetch(
        Work,
        f"""
        {_DONE}
        SELECT driver.id, driver.username AS name, NULL::integer AS route_number, {_SUMS},
               NULL::bigint AS revenue_cents
          FROM work
          JOIN users driver ON driver.id = work.driver_id
         GROUP BY driver.id
         ORDER BY lower(driver.username), driver.id
         LIMIT %(most)s
        """,  # noqa: S608 - constants are put in, no values
        start=start,
        end=end,
        most=MOST_ROWS,
    )
