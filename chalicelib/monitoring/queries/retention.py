"""Removing what has been kept long enough, in batches (domain.md 8.1)."""

from datetime import date, datetime, timedelta

from chalicelib.kit.db import Connection

BATCH = 1000

_BATCHES = {
    "activity": """
        DELETE FROM activity_events
         WHERE (id, at) IN (SELECT id, at FROM activity_events WHERE at < %(before)s ORDER BY at LIMIT %(batch)s)
        """,
    "alerts": """
        DELETE FROM security_alerts
         WHERE id IN (SELECT id
                        FROM security_alerts
                       WHERE status IN ('resolved', 'dismissed')
                         AND resolved_at < %(before)s
                       LIMIT %(batch)s)
        """,
    "sessions": """
        DELETE FROM sessions
         WHERE id IN (SELECT id
                        FROM sessions
                       WHERE least(revoked_at, expires_at) < %(before)s
                       LIMIT %(batch)s)
        """,
    "login_attempts": """
        DELETE FROM login_attempts
         WHERE id IN (SELECT id FROM login_attempts WHERE at < %(before)s LIMIT %(batch)s)
        """,
    "ip_blocks": """
        DELETE FROM ip_blocks
         WHERE id IN (SELECT id FROM ip_blocks WHERE expires_at < %(before)s LIMIT %(batch)s)
        """,
}
KINDS = tuple(_BATCHES)


def remove(db: Connection, kind: str, before: datetime) -> int:
    """Remove at most a batch of what is older; how many rows that was."""
    return db.execute(_BATCHES[kind], before=before, batch=BATCH)


def remove_days(db: Connection, before: date) -> int:
    """Remove the daily figures of the use of the system from before a day."""
    return db.execute("DELETE FROM activity_daily WHERE day < %(before)s", before=before)


def dismiss_alerts(db: Connection, now: datetime, after: timedelta) -> int:
    """Dismiss alerts that nobody looked at for so long; critical ones wait on."""
    return db.execute(
        """
        UPDATE security_alerts
           SET status = 'dismissed', resolved_at = %(now)s
         WHERE status = 'pending'
           AND severity <> 'critical'
           AND created_at < %(now)s - %(after)s::interval
        """,
        now=now,
        after=after,
    )


def revoke_idle_sessions(db: Connection, now: datetime) -> int:
    """Revoke the open sessions that have been idle for more than a day."""
    return db.execute(
        """
        UPDATE sessions
           SET revoked_at = %(now)s, revoke_reason = 'security'
         WHERE revoked_at IS NULL
           AND last_activity_at < %(now)s - interval '24 hours'
        """,
        now=now,
    )
