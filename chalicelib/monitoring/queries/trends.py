"""The daily figures of the use of the system."""

from collections.abc import Sequence
from datetime import date, datetime

from chalicelib.kit.db import Connection, Jsonb
from chalicelib.kit.values import value
from chalicelib.monitoring.queries.activity import Use


@value
class Day:
    """One day's figures."""

    day: date
    unique_users: int
    total_sessions: int
    page_views: int
    api_calls: int
    avg_session_seconds: int
    peak_users: int


def days(db: Connection, first: date, last: date) -> list[Day]:
    """Every day of the range; a day without figures has zeros."""
    return db.fetch(
        Day,
        """
        SELECT day::date AS day, coalesce(unique_users, 0) AS unique_users,
               coalesce(total_sessions, 0) AS total_sessions,
               coalesce(page_views, 0) AS page_views, coalesce(api_calls, 0) AS api_calls,
               coalesce(avg_session_seconds, 0) AS avg_session_seconds, coalesce(peak_users, 0) AS peak_users
          FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') day
          LEFT JOIN activity_daily USING (day)
         ORDER BY day
        """,
        first=first,
        last=last,
    )


def of_day(db: Connection, day: date) -> Use | None:
    """The nightly figures of one day, which has no hours any more."""
    return db.fetch_one(
        Use,
        """
        SELECT unique_users, total_sessions, page_views, api_calls,
               coalesce(avg_session_seconds, 0) AS avg_session_seconds, peak_users,
               peak_hour, '[]'::jsonb AS hours, users_by_role, top_pages
          FROM activity_daily
         WHERE day = %(day)s
        """,
        day=day,
    )


def keep(db: Connection, day: date, use: Use, now: datetime) -> None:
    """Write the figures of one day, over those that may be there."""
    db.execute(
        """
        INSERT INTO activity_daily (day, unique_users, total_sessions, page_views, api_calls, avg_session_seconds,
                                    peak_hour, peak_users, top_pages, users_by_role, generated_at)
        VALUES (%(day)s, %(unique_users)s, %(total_sessions)s, %(page_views)s, %(api_calls)s, %(avg_session_seconds)s,
                %(peak_hour)s, %(peak_users)s, %(top_pages)s, %(users_by_role)s, %(now)s)
            ON CONFLICT (day) DO UPDATE
           SET unique_users = excluded.unique_users, total_sessions = excluded.total_sessions,
               page_views = excluded.page_views, api_calls = excluded.api_calls,
               avg_session_seconds = excluded.avg_session_seconds, peak_hour = excluded.peak_hour,
               peak_users = excluded.peak_users, top_pages = excluded.top_pages, users_by_role = excluded.users_by_role,
               generated_at = excluded.generated_at
        """,
        day=day,
        unique_users=use.unique_users,
        total_sessions=use.total_sessions,
        page_views=use.page_views,
        api_calls=use.api_calls,
        avg_session_seconds=use.avg_session_seconds,
        peak_hour=use.peak_hour,
        peak_users=use.peak_users,
        top_pages=Jsonb(use.top_pages),
        users_by_role=Jsonb(use.users_by_role),
        now=now,
    )


def days_to_sum(db: Connection, today: date) -> list[date]:
    """The last three days, and those before of which there is activity but no figures; at most a year of them."""
    return db.values(
        """
        SELECT day::date
          FROM generate_series(%(today)s::date - 365, %(today)s::date - 1, interval '1 day') day
         CROSS JOIN company_settings
         WHERE day::date >= %(today)s::date - 3
            OR (NOT EXISTS (SELECT FROM activity_daily WHERE activity_daily.day = day::date)
                AND EXISTS (SELECT
                              FROM activity_events
                             WHERE at >= day::date::timestamp AT TIME ZONE time_zone
                               AND at < (day::date + 1)::timestamp AT TIME ZONE time_zone))
         ORDER BY day
        """,
        today=today,
    )


def count_days(db: Connection) -> int:
    """How many days have figures."""
    return int(db.value("SELECT count(*) FROM activity_daily"))


@value
class Timing:
    """How the requests of one path went."""

    path: str
    avg_ms: float | None
    p95_ms: float | None
    requests: int


def timings(db: Connection, paths: Sequence[str], since: datetime) -> list[Timing]:
    """How requests of these paths went since a moment."""
    return db.fetch(
        Timing,
        """
        SELECT path, round(avg(duration_ms), 1)::float AS avg_ms,
               percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) AS p95_ms, count(at) AS requests
          FROM unnest(%(paths)s::text[]) path
          LEFT JOIN activity_events ON at > %(since)s AND page_url = path
         GROUP BY path
        """,
        paths=list(paths),
        since=since,
    )
