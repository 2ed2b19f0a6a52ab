"""Attempts to sign in, blocked addresses, and the alerts about both."""

from datetime import datetime, timedelta

from chalicelib.identity.rules import LIMIT_KEYS, Limits
from chalicelib.kit.db import Connection, Jsonb
from chalicelib.kit.values import value

SAME_ALERT_WITHIN = timedelta(minutes=5)


@value
class _Setting:
    key: str
    value: object


def limits(db: Connection) -> Limits:
    """The limits as operators have set them."""
    rows = db.fetch(_Setting, "SELECT key, value FROM system_settings WHERE key = ANY(%(keys)s)", keys=list(LIMIT_KEYS))
    return Limits.of({row.key: row.value for row in rows})


def blocked_until(db: Connection, ip: str, now: datetime) -> datetime | None:
    """Until when an address is blocked, if it is."""
    until: datetime | None = db.value(
        """
        SELECT max(expires_at)
          FROM ip_blocks
         WHERE ip = %(ip)s::inet
           AND expires_at > %(now)s
           AND lifted_at IS NULL
        """,
        ip=ip,
        now=now,
    )
    return until


def insert(
    db: Connection, *, tried: str, user_id: int | None, ip: str, user_agent: str, outcome: str, now: datetime
) -> None:
    """Store how an attempt ended."""
    db.execute(
        """
        INSERT INTO login_attempts (at, username_tried, user_id, ip, user_agent, outcome)
        VALUES (%(now)s, %(tried)s, %(user_id)s, %(ip)s::inet, %(user_agent)s, %(outcome)s)
        """,
        tried=tried,
        user_id=user_id,
        ip=ip,
        user_agent=user_agent,
        outcome=outcome,
        now=now,
    )


@value
class Failures:
    """Failed attempts in the window: from one address since its last success, and from all addresses."""

    here: int
    everywhere: int


def failures(db: Connection, ip: str, since: datetime) -> Failures:
    """Count what failed since a moment; one address is counted by one transaction at a time (BR-009..011).

    A lifted block starts the count of its address anew, as an admin has decided that the address is good.
    """
    db.execute("SELECT pg_advisory_xact_lock(hashtextextended('sign-in from ' || %(ip)s, 0))", ip=ip)
    counted = db.fetch_one(
        Failures,
        """
        SELECT count(*) FILTER (WHERE ip = %(ip)s::inet AND at > greatest(
                   (SELECT max(at) FROM login_attempts WHERE ip = %(ip)s::inet AND outcome = 'success'),
                   (SELECT max(lifted_at) FROM ip_blocks WHERE ip = %(ip)s::inet),
                   %(since)s)) AS here,
               count(*) AS everywhere
          FROM login_attempts
         WHERE at > %(since)s
           AND outcome IN ('bad_password', 'unknown_user', 'inactive', 'locked')
        """,
        ip=ip,
        since=since,
    )
    return counted or Failures(0, 0)


def block(db: Connection, ip: str, *, until: datetime, now: datetime) -> None:
    """Block an address."""
    db.execute(
        """
        INSERT INTO ip_blocks (ip, blocked_at, expires_at, reason)
        VALUES (%(ip)s::inet, %(now)s, %(until)s, 'Brute force attack')
        """,
        ip=ip,
        now=now,
        until=until,
    )


def alert(
    db: Connection,
    *,
    severity: str,
    ip: str,
    user_id: int | None,
    description: str,
    facts: dict[str, object],
    now: datetime,
) -> None:
    """Raise an alert, unless the same one is pending and younger than five minutes."""
    db.execute(
        """
        INSERT INTO security_alerts (alert_type, severity, user_id, ip, endpoint, description, metadata, created_at)
        SELECT 'brute_force', %(severity)s, %(user_id)s, %(ip)s::inet, '/api/auth/login', %(description)s, %(facts)s,
               %(now)s
         WHERE NOT EXISTS (SELECT
                             FROM security_alerts
                            WHERE alert_type = 'brute_force'
                              AND status = 'pending'
                              AND severity = %(severity)s
                              AND ip = %(ip)s::inet
                              AND user_id IS NOT DISTINCT FROM %(user_id)s
                              AND created_at > %(recently)s)
        """,
        severity=severity,
        user_id=user_id,
        ip=ip,
        description=description,
        facts=Jsonb(facts),
        now=now,
        recently=now - SAME_ALERT_WITHIN,
    )
