"""Alerts, blocked addresses and what looks suspicious."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.paging import Paged
from chalicelib.kit.values import value
from chalicelib.monitoring.models.security import (
    Alert,
    AlertsQuery,
    BlockedAddress,
    IpBlock,
    Overview,
    RecentAlert,
    RiskyUser,
    SuspiciousAct,
)

MOST_ALERTS = 100
MOST_BLOCKS = 1000


def alerts(db: Connection, query: AlertsQuery, *, since: datetime) -> list[Alert]:
    """Alerts since a moment, newest first."""
    return db.fetch(
        Alert,
        """
        SELECT alert.id, alert.alert_type,
               CASE alert.severity WHEN 'info' THEN 'medium' ELSE 'high' END AS severity,
               alert.severity AS stored_severity, alert.user_id, usr.username, alert.session_id::text AS session_id,
               alert.description, alert.description AS message, alert.metadata::text AS metadata,
               coalesce(alert.metadata, '{}') AS details, alert.status,
               alert.acknowledged_at IS NOT NULL AS acknowledged, alert.created_at, alert.acknowledged_at,
               alert.acknowledged_by, alert.resolved_at, alert.resolved_by, host(alert.ip) AS ip_address,
               alert.endpoint, (alert.metadata ->> 'rows')::bigint AS data_rows
          FROM security_alerts alert
          LEFT JOIN users usr ON usr.id = alert.user_id
         WHERE alert.created_at > %(since)s
           AND (%(status)s = 'all' OR alert.status = %(status)s)
           AND (%(severity)s::text IS NULL OR alert.severity = %(severity)s)
         ORDER BY alert.created_at DESC, alert.id DESC
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        since=since,
        status=query.status,
        severity=query.severity,
        limit=query.limit(MOST_ALERTS),
        offset=query.offset,
    )


@value
class AlertState:
    """An alert as its state machine sees it."""

    id: int
    alert_type: str
    status: str


def lock(db: Connection, alert_id: int) -> AlertState | None:
    """An alert, held until the transaction ends."""
    return db.fetch_one(
        AlertState, "SELECT id, alert_type, status FROM security_alerts WHERE id = %(id)s FOR UPDATE", id=alert_id
    )


def move(db: Connection, alert_id: int, status: str, *, by: int, now: datetime) -> None:
    """Put an alert into its next state, with who did it and when."""
    db.execute(
        """
        UPDATE security_alerts
           SET status = %(status)s,
               acknowledged_at = CASE WHEN %(status)s = 'acknowledged' THEN %(now)s ELSE acknowledged_at END,
               acknowledged_by = CASE WHEN %(status)s = 'acknowledged' THEN %(by)s ELSE acknowledged_by END,
               resolved_at = CASE WHEN %(status)s IN ('resolved', 'dismissed') THEN %(now)s END,
               resolved_by = CASE WHEN %(status)s IN ('resolved', 'dismissed') THEN %(by)s::bigint END
         WHERE id = %(id)s
        """,
        id=alert_id,
        status=status,
        by=by,
        now=now,
    )


def overview(db: Connection, now: datetime, *, counts_incidents: bool) -> Overview:
    """The state of things in figures; with `counts_incidents` a critical alert that is not settled is an incident."""
    found = db.fetch_one(
        Overview,
        """
        SELECT (SELECT count(*) FROM ip_blocks WHERE expires_at > %(now)s AND lifted_at IS NULL) AS active_ip_blocks,
               (SELECT count(*) FROM security_alerts WHERE status = 'pending') AS pending_alerts,
               (SELECT count(*)
                  FROM security_alerts
                 WHERE %(counts_incidents)s
                   AND severity = 'critical'
                   AND status IN ('pending', 'acknowledged')) AS open_incidents,
               (SELECT count(*) FROM activity_events WHERE at > %(now)s - interval '1 hour') AS hourly_activity,
               (SELECT count(DISTINCT user_id)
                  FROM sessions
                 WHERE revoked_at IS NULL
                   AND expires_at > %(now)s) AS active_users,
               (SELECT count(*)
                  FROM audit_events
                 WHERE at > %(now)s - interval '1 day'
                   AND outcome <> 'success') AS daily_failed_actions
        """,
        now=now,
        counts_incidents=counts_incidents,
    )
    if found is None:
        raise LookupError("A row of counts is always there.")
    return found


def recent_alerts(db: Connection) -> list[RecentAlert]:
    """The ten newest pending alerts."""
    return db.fetch(
        RecentAlert,
        """
        SELECT alert.alert_type, alert.severity, alert.description, alert.created_at, usr.username
          FROM security_alerts alert
          LEFT JOIN users usr ON usr.id = alert.user_id
         WHERE alert.status = 'pending'
         ORDER BY alert.created_at DESC, alert.id DESC
         LIMIT 10
        """,
    )


def risky_users(db: Connection, now: datetime, sensitive: Sequence[str]) -> list[RiskyUser]:
    """The ten users with the most alerts, failed sign-ins and looks at sensitive figures in the last week."""
    return db.fetch(
        RiskyUser,
        """
        WITH alert AS (
            SELECT user_id, count(*) AS count, max(created_at) AS last
              FROM security_alerts
             WHERE created_at > %(now)s - interval '7 days'
               AND user_id IS NOT NULL
             GROUP BY user_id),
        look AS (
            SELECT user_id, count(*) AS count
              FROM activity_events
             WHERE at > %(now)s - interval '7 days'
               AND page_url = ANY(%(sensitive)s)
             GROUP BY user_id)
        SELECT usr.id, usr.username, usr.role, usr.failed_login_attempts, coalesce(alert.count, 0) AS recent_alerts,
               coalesce(look.count, 0) AS sensitive_accesses, alert.last AS last_alert
          FROM users usr
          LEFT JOIN alert ON alert.user_id = usr.id
          LEFT JOIN look ON look.user_id = usr.id
         WHERE usr.deleted_at IS NULL
           AND (alert.count > 0 OR usr.failed_login_attempts > 0)
         ORDER BY recent_alerts DESC, usr.failed_login_attempts DESC, sensitive_accesses DESC, usr.id
         LIMIT 10
        """,
        now=now,
        sensitive=list(sensitive),
    )


def suspicious_acts(db: Connection, now: datetime) -> list[SuspiciousAct]:
    """The twenty newest acts of the last day that were denied or failed."""
    return db.fetch(
        SuspiciousAct,
        """
        SELECT action, host(ip) AS ip_address, at AS created_at, actor_username AS username
          FROM audit_events
         WHERE at > %(now)s - interval '1 day'
           AND outcome <> 'success'
         ORDER BY at DESC, id DESC
         LIMIT 20
        """,
        now=now,
    )


def blocked_addresses(db: Connection, now: datetime) -> list[BlockedAddress]:
    """The addresses that are blocked now, newest first."""
    return db.fetch(
        BlockedAddress,
        """
        SELECT host(ip) AS ip_address, reason, blocked_at, expires_at
          FROM ip_blocks
         WHERE expires_at > %(now)s
           AND lifted_at IS NULL
         ORDER BY blocked_at DESC, id DESC
         LIMIT 100
        """,
        now=now,
    )


def ip_blocks(db: Connection, page: Paged, now: datetime) -> list[IpBlock]:
    """The blocks that hold now, newest first."""
    return db.fetch(
        IpBlock,
        """
        SELECT id, host(ip) AS ip_address, blocked_at, expires_at, reason, 'system' AS blocked_by, created_at
          FROM ip_blocks
         WHERE expires_at > %(now)s
           AND lifted_at IS NULL
         ORDER BY blocked_at DESC, id DESC
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        limit=page.limit(MOST_BLOCKS),
        offset=page.offset,
        now=now,
    )


def lift(db: Connection, ip: str, *, by: int, now: datetime) -> int:
    """Lift the blocks of an address; how many there were. Its count of failures begins anew (BR-009)."""
    return db.execute(
        """
        UPDATE ip_blocks
           SET lifted_at = %(now)s, lifted_by = %(by)s
         WHERE ip = %(ip)s::inet
           AND expires_at > %(now)s
           AND lifted_at IS NULL
        """,
        ip=ip,
        by=by,
        now=now,
    )
