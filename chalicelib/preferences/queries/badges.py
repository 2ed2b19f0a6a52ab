"""What the badges count. A driver's count is of the machines on the driver's own routes."""

from datetime import datetime
from typing import Any

from chalicelib.kit.db import Connection
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value

# How much of what is found a badge names; the count is of all.
MOST = 10

_SEEN = """
           device.deleted_at IS NULL
           AND (%(role)s <> 'driver'
                OR EXISTS (SELECT FROM routes route WHERE route.id = device.route_id AND route.driver_id = %(user_id)s))
"""


@value
class Found:
    """One thing that a badge counts; `total` is how many there are."""

    total: int
    id: int
    title: str
    message: str
    since: datetime
    facts: dict[str, Any]  # Any: a number, a text or null


def _found(db: Connection, sql: str, seen_by: Principal, **params: object) -> list[Found]:
    return db.fetch(Found, sql, role=seen_by.role, user_id=seen_by.user_id, most=MOST, **params)


def troubled_devices(db: Connection, seen_by: Principal, *, critical_dri_days: int) -> list[Found]:
    """Machines that have fallen silent or will soon be empty, the latest trouble first; which, then what of them."""
    return _found(
        db,
        f"""
        WITH troubled AS (
            SELECT count(*) OVER () AS total, device.id, coalesce(silent.since, critical.calculated_at) AS since
              FROM (SELECT device_id, silent_since AS since
                      FROM dex_machines
                     WHERE silent_since IS NOT NULL) silent
              FULL JOIN (SELECT device_id, calculated_at
                           FROM device_metrics
                          WHERE dri_days <= %(critical)s) critical USING (device_id)
              JOIN devices device ON device.id = device_id
             WHERE {_SEEN}
             ORDER BY since DESC, device.id
             LIMIT %(most)s)
        SELECT troubled.total, troubled.id, 'Machine ' || device.asset AS title,
               CASE WHEN machine.silent_since IS NOT NULL THEN 'has not been read for longer than usual'
                    WHEN metrics.dri_days = 0 THEN 'has run out of something'
                    ELSE format('runs out in %%s day(s)', metrics.dri_days) END AS message,
               troubled.since,
               jsonb_build_object('asset', device.asset, 'soldOutCount', metrics.sold_out_count) AS facts
          FROM troubled
          JOIN devices device ON device.id = troubled.id
          LEFT JOIN dex_machines machine ON machine.device_id = device.id
          LEFT JOIN device_metrics metrics ON metrics.device_id = device.id
         ORDER BY troubled.since DESC, troubled.id
        """,  # noqa: S608 - a constant condition
        seen_by,
        critical=critical_dri_days,
    )


def low_slots(db: Connection, seen_by: Principal, now: datetime) -> list[Found]:
    """Slots with a quarter of their par or less (domain.md 7.6), the emptiest first.

    How many is read from the counts that the database keeps by planogram; the slots of a driver are few.
    """
    return _found(
        db,
        f"""
        WITH low AS (
            SELECT slot.id, device.id AS device_id, device.asset
              FROM planogram_slots slot
              JOIN planograms planogram ON planogram.id = slot.planogram_id
              JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
              JOIN devices device ON device.id = cabinet.device_id
             WHERE {_SEEN}
               AND cabinet.removed_at IS NULL
               AND slot.product_id IS NOT NULL
               AND slot.retired_at IS NULL
               AND slot.par_level > 0
               AND slot.quantity * 4 <= slot.par_level
             ORDER BY slot.quantity::numeric / slot.par_level, slot.par_level DESC, slot.id
             LIMIT %(most)s),
        counted AS (
            SELECT coalesce(sum(kept.low), 0) AS total
              FROM slots_of_planograms kept
             WHERE NOT kept.is_removed
               AND NOT kept.is_deleted
               AND (%(role)s <> 'driver'
                    OR kept.device_id IN (SELECT device.id
                                            FROM devices device
                                            JOIN routes route ON route.id = device.route_id
                                           WHERE route.driver_id = %(user_id)s)))
        SELECT counted.total, slot.id,
               format('%%s in %%s of machine %%s', product.name, slot.position, low.asset) AS title,
               format('%%s left, par is %%s', slot.quantity, slot.par_level) AS message,
               coalesce(slot.updated_at, %(now)s) AS since,
               jsonb_build_object('deviceId', low.device_id, 'asset', low.asset, 'position', slot.position,
                                  'quantity', slot.quantity, 'parLevel', slot.par_level) AS facts
          FROM low
          JOIN planogram_slots slot ON slot.id = low.id
          JOIN products product ON product.id = slot.product_id
         CROSS JOIN counted
         ORDER BY slot.quantity::numeric / slot.par_level, slot.par_level DESC, slot.id
        """,  # noqa: S608 - a constant condition
        seen_by,
        now=now,
    )


def unvisited_devices(db: Connection, seen_by: Principal, *, before: datetime) -> list[Found]:
    """Machines that nobody has visited since then, the longest neglected first."""
    return _found(
        db,
        f"""
        SELECT count(*) OVER () AS total, device.id, 'Machine ' || device.asset AS title,
               CASE WHEN visit.last_at IS NULL THEN 'has never been visited'
                    ELSE 'was last visited on ' || to_char(visit.last_at, 'YYYY-MM-DD') END AS message,
               coalesce(visit.last_at, device.created_at) AS since,
               jsonb_build_object('asset', device.asset) AS facts
          FROM devices device
         CROSS JOIN LATERAL (SELECT max(visited_at) AS last_at
                               FROM service_visits
                              WHERE device_id = device.id AND voided_at IS NULL) visit
         WHERE {_SEEN}
           AND coalesce(visit.last_at, device.created_at) < %(before)s
         ORDER BY since, device.id
         LIMIT %(most)s
        """,  # noqa: S608 - a constant condition
        seen_by,
        before=before,
    )


def pending_alerts(db: Connection, seen_by: Principal) -> list[Found]:
    """Security alerts that nobody has looked at, the newest first; only admins see them."""
    return _found(
        db,
        """
        SELECT count(*) OVER () AS total, id, initcap(replace(alert_type, '_', ' ')) AS title,
               description AS message, created_at AS since, jsonb_build_object('severity', severity) AS facts
          FROM security_alerts
         WHERE status = 'pending'
           AND %(role)s = 'admin'
           AND %(user_id)s IS NOT NULL
         ORDER BY created_at DESC, id DESC
         LIMIT %(most)s
        """,
        seen_by,
    )
