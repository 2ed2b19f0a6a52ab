"""Finding what deserves an alert, and raising it: each kind in one statement, safe to repeat.

An alert is not raised again while one of its kind for the same user is pending and younger than five minutes, nor for
events that an alert has been raised about already (BR-162).
"""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection

_RAISE = """
INSERT INTO security_alerts (alert_type, severity, user_id, session_id, endpoint, description, metadata, created_at)
SELECT %(kind)s, found.severity, found.user_id, found.session_id, found.endpoint, found.description, found.metadata,
       %(now)s
  FROM found
 WHERE NOT EXISTS (SELECT
                     FROM security_alerts pending
                    WHERE pending.alert_type = %(kind)s
                      AND pending.user_id = found.user_id
                      AND pending.status = 'pending'
                      AND pending.created_at > %(now)s - interval '5 minutes')
   AND NOT EXISTS (SELECT
                     FROM security_alerts earlier
                    WHERE earlier.alert_type = %(kind)s
                      AND earlier.user_id = found.user_id
                      AND earlier.created_at >= found.latest)
"""

_ONCE_A_DAY = """
INSERT INTO security_alerts (alert_type, severity, user_id, session_id, ip, endpoint, description, metadata, created_at)
SELECT %(kind)s, found.severity, found.user_id, found.session_id, found.ip, found.page_url, found.description,
       jsonb_build_object('day', found.day), %(now)s
  FROM found
 WHERE NOT EXISTS (SELECT
                     FROM security_alerts earlier
                    WHERE earlier.alert_type = %(kind)s
                      AND earlier.user_id = found.user_id
                      AND ((earlier.status = 'pending' AND earlier.created_at > %(now)s - interval '5 minutes')
                           OR (earlier.session_id IS NOT DISTINCT FROM found.session_id
                               AND earlier.metadata ->> 'day' = found.day::text)))
"""

_LOCAL = """
SELECT activity.*, activity.at AT TIME ZONE company.time_zone AS local, usr.username, company.business_hours_start,
       company.business_hours_end
  FROM activity_events activity
  JOIN users usr ON usr.id = activity.user_id
 CROSS JOIN company_settings company
 WHERE activity.at > %(since)s
   AND activity.at <= %(now)s
"""


def raise_concurrent_sessions(db: Connection, *, now: datetime, most: int) -> int:
    """Alert to users with more sessions active in half an hour than they should have; how many were raised."""
    return db.execute(
        f"""
        WITH found AS (
            SELECT 'warning' AS severity, usr.id AS user_id, NULL::uuid AS session_id, NULL AS endpoint,
                   format('%%s has %%s sessions active at the same time', usr.username, count(*)) AS description,
                   jsonb_build_object('sessions', count(*), 'addresses', jsonb_agg(DISTINCT host(session.ip_address)))
                       AS metadata,
                   max(session.created_at) AS latest
              FROM sessions session
              JOIN users usr ON usr.id = session.user_id
             WHERE session.revoked_at IS NULL
               AND session.expires_at > %(now)s
               AND session.last_activity_at > %(now)s - interval '30 minutes'
             GROUP BY usr.id
            HAVING count(*) > %(most)s)
        {_RAISE}
        """,  # noqa: S608 - constants
        kind="concurrent_sessions",
        now=now,
        most=most,
    )


def raise_rapid_navigation(db: Connection, *, since: datetime, now: datetime, most: int) -> int:
    """Alert to sessions with more page views in any minute than a person makes; how many were raised."""
    return db.execute(
        f"""
        WITH seen AS (
            SELECT user_id, session_id, at,
                   count(*) OVER (PARTITION BY session_id
                                      ORDER BY at
                                      RANGE BETWEEN interval '1 minute' PRECEDING AND CURRENT ROW) AS views
              FROM activity_events
             WHERE at > %(since)s
               AND at <= %(now)s
               AND action_type = 'page_view'),
        found AS (
            SELECT DISTINCT ON (usr.id) 'warning' AS severity, usr.id AS user_id, seen.session_id, NULL AS endpoint,
                   format('%%s opened %%s pages within a minute', usr.username, seen.views) AS description,
                   jsonb_build_object('views', seen.views) AS metadata, seen.at AS latest
              FROM seen
              JOIN users usr ON usr.id = seen.user_id
             WHERE seen.views > %(most)s
             ORDER BY usr.id, seen.at DESC)
        {_RAISE}
        """,  # noqa: S608 - constants
        kind="rapid_navigation",
        since=since,
        now=now,
        most=most,
    )


def raise_exports(db: Connection, *, now: datetime, exports: int, rows: int, bulk: int, critical_from: int) -> int:
    """Alert to users who took away too much within an hour (BR-155); how many were raised."""
    return db.execute(
        f"""
        WITH found AS (
            SELECT CASE WHEN count(*) >= %(critical_from)s THEN 'critical' ELSE 'warning' END AS severity,
                   usr.id AS user_id, NULL::uuid AS session_id, NULL AS endpoint,
                   format('%%s exported %%s rows in %%s files within an hour', usr.username, sum(taken.row_count),
                          count(*)) AS description,
                   jsonb_build_object('exports', count(*), 'rows', sum(taken.row_count),
                                      'largest', max(taken.row_count)) AS metadata,
                   max(taken.at) AS latest
              FROM data_export_log taken
              JOIN users usr ON usr.id = taken.user_id
             WHERE taken.at > %(now)s - interval '1 hour'
             GROUP BY usr.id
            HAVING count(*) > %(exports)s OR sum(taken.row_count) > %(rows)s OR max(taken.row_count) > %(bulk)s)
        {_RAISE}
        """,  # noqa: S608 - constants
        kind="data_export",
        now=now,
        exports=exports,
        rows=rows,
        bulk=bulk,
        critical_from=critical_from,
    )


def raise_after_hours(db: Connection, *, since: datetime, now: datetime) -> int:
    """Note activity outside of business hours, once for each session and company day; how many were noted."""
    return db.execute(
        f"""
        WITH found AS (
            SELECT DISTINCT ON (user_id) 'info' AS severity, user_id, session_id, ip, page_url, local::date AS day,
                   format('%%s worked at %%s, outside of business hours', username, to_char(local, 'HH24:MI'))
                       AS description
              FROM ({_LOCAL}) activity
             WHERE extract(hour FROM local) < business_hours_start
                OR extract(hour FROM local) >= business_hours_end
             ORDER BY user_id, at)
        {_ONCE_A_DAY}
        """,  # noqa: S608 - constants
        kind="after_hours",
        since=since,
        now=now,
    )


def raise_sensitive_access(db: Connection, *, since: datetime, now: datetime, sensitive: Sequence[str]) -> int:
    """Alert to looks at sensitive figures at weekends and out of hours (BR-165); how many were raised."""
    return db.execute(
        f"""
        WITH found AS (
            SELECT DISTINCT ON (user_id)
                   CASE WHEN extract(isodow FROM local) >= 6 THEN 'warning' ELSE 'info' END AS severity, user_id,
                   session_id, ip, page_url, local::date AS day,
                   format('%%s looked at %%s on %%s', username, page_url, to_char(local, 'FMDay at HH24:MI'))
                       AS description
              FROM ({_LOCAL}) activity
             WHERE page_url = ANY(%(sensitive)s)
               AND (extract(isodow FROM local) >= 6
                    OR extract(hour FROM local) < business_hours_start
                    OR extract(hour FROM local) >= business_hours_end)
             ORDER BY user_id, at)
        {_ONCE_A_DAY}
        """,  # noqa: S608 - constants
        kind="sensitive_data_access",
        since=since,
        now=now,
        sensitive=list(sensitive),
    )
