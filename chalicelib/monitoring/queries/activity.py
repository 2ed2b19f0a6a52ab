"""Sessions that are open, and what users did."""

from datetime import date, datetime
from typing import Any

from chalicelib.kit.db import Connection, Jsonb
from chalicelib.kit.roles import Role
from chalicelib.kit.values import value
from chalicelib.monitoring.models.activity import (
    Activity,
    CurrentQuery,
    HistoryQuery,
    HistorySummary,
    Hour,
    Track,
    WatchedUser,
)


@value
class OpenSession:
    """A session that is open, with the last page that it was seen on."""

    session_id: str
    user_id: int
    username: str
    user_email: str
    role: Role
    login_time: datetime
    last_activity: datetime
    last_page: str | None
    page_title: str | None
    last_api_endpoint: str | None
    activity_count: int
    ip_address: str | None
    user_agent: str | None
    device_type: str
    total: int


_ORDERS = {
    "username": "lower(usr.username)",
    "last_activity": "session.last_activity_at",
    "login_time": "session.created_at",
    "role": "usr.role",
    "activity_count": "session.activity_count",
}

_OPEN = """
          FROM sessions session
          JOIN users usr ON usr.id = session.user_id
         WHERE session.revoked_at IS NULL
           AND session.expires_at > %(now)s
           AND usr.role = ANY(%(roles)s)
"""


def open_sessions(db: Connection, query: CurrentQuery, *, now: datetime, since: datetime | None) -> list[OpenSession]:
    """A page of the open sessions, active after `since`; `total` is how many there are."""
    direction = "DESC" if query.order == "desc" else "ASC"
    return db.fetch(
        OpenSession,
        f"""
        SELECT session.id::text AS session_id, usr.id AS user_id, usr.username, usr.email AS user_email, usr.role,
               session.created_at AS login_time, session.last_activity_at AS last_activity, seen.page_url AS last_page,
               seen.page_title, session.last_api_endpoint, session.activity_count,
               host(session.ip_address) AS ip_address, session.user_agent, session.device_type, total
          FROM (SELECT session.*, count(*) OVER () AS total
                {_OPEN}
                   AND (%(since)s::timestamptz IS NULL OR session.last_activity_at > %(since)s)
                 ORDER BY {_ORDERS[query.sort]} {direction}, session.id
                 LIMIT %(limit)s
                OFFSET %(offset)s) session
          JOIN users usr ON usr.id = session.user_id
          LEFT JOIN LATERAL (SELECT page_url, page_title
                               FROM activity_events
                              WHERE session_id = session.id
                                AND action_type = 'page_view'
                                AND at >= session.created_at
                              ORDER BY at DESC
                              LIMIT 1) seen ON true
         ORDER BY {_ORDERS[query.sort]} {direction}, session.id
        """,  # noqa: S608 - constants chosen by validated words
        now=now,
        since=since,
        roles=query.roles,
        limit=query.limit,
        offset=(query.page - 1) * query.limit,
    )


@value
class Looks:
    """How many sessions of a role were last active within each of the display limits."""

    role: Role
    active: int
    idle: int
    warning: int
    total: int


def looks(db: Connection, *, roles: list[Role], now: datetime, limits: list[int]) -> list[Looks]:
    """The open sessions by role and by how they look."""
    return db.fetch(
        Looks,
        f"""
        SELECT usr.role,
               count(*) FILTER (WHERE idle < %(idle_from)s) AS active,
               count(*) FILTER (WHERE idle >= %(idle_from)s AND idle < %(warning_from)s) AS idle,
               count(*) FILTER (WHERE idle >= %(warning_from)s AND idle < %(expired_from)s) AS warning,
               count(*) AS total
          FROM (SELECT usr.role, extract(epoch FROM %(now)s - session.last_activity_at) / 60 AS idle {_OPEN}) usr
         GROUP BY usr.role
         ORDER BY usr.role
        """,  # noqa: S608 - constants
        now=now,
        roles=roles,
        idle_from=limits[0],
        warning_from=limits[1],
        expired_from=limits[2],
    )


def track(
    db: Connection,
    seen: Track,
    *,
    session_id: str | None,
    user_id: int,
    at: datetime,
    ip: str | None,
    user_agent: str | None,
) -> None:
    """Keep what a page told about its use."""
    db.execute(
        """
        INSERT INTO activity_events (session_id, user_id, at, page_url, page_title, action_type, duration_ms, referrer,
                                     ip, user_agent, metadata)
        VALUES (%(session_id)s, %(user_id)s, %(at)s, %(page_url)s, %(page_title)s, %(action_type)s, %(duration_ms)s,
                %(referrer)s, %(ip)s::inet, %(user_agent)s, %(metadata)s)
        """,
        session_id=session_id,
        user_id=user_id,
        at=at,
        page_url=seen.page_url,
        page_title=seen.page_title,
        action_type=seen.action_type,
        duration_ms=seen.duration_ms,
        referrer=seen.referrer,
        ip=ip,
        user_agent=user_agent,
        metadata=None if seen.metadata is None else Jsonb(seen.metadata),
    )


def user(db: Connection, *, user_id: int | None = None, username: str | None = None) -> WatchedUser | None:
    """A user by id or by name, deleted ones too."""
    return db.fetch_one(
        WatchedUser,
        """
        SELECT id, username, email, role
          FROM users
         WHERE id = %(id)s OR lower(username) = lower(%(username)s)
         ORDER BY deleted_at NULLS FIRST
         LIMIT 1
        """,
        id=user_id,
        username=username,
    )


_OF_USER = """
          FROM activity_events
         WHERE user_id = %(user_id)s
           AND at >= %(since)s
           AND at < %(until)s
           AND (%(page)s = '' OR strpos(lower(page_url), lower(%(page)s)) > 0)
"""


def history(
    db: Connection, user_id: int, *, since: datetime, until: datetime, page: str, limit: int, offset: int
) -> list[Activity]:
    """A user's activity, newest first."""
    return db.fetch(
        Activity,
        f"""
        SELECT id, at AS timestamp, page_url, page_title, action_type, action_type AS action, duration_ms,
               coalesce(host(ip), '') AS ip_address, referrer,
               concat_ws(' | ', 'Page: ' || nullif(page_title, ''), 'URL: ' || page_url,
                         'Referrer: ' || nullif(referrer, '')) AS details
        {_OF_USER}
         ORDER BY at DESC, id DESC
         LIMIT %(limit)s
        OFFSET %(offset)s
        """,
        user_id=user_id,
        since=since,
        until=until,
        page=page,
        limit=limit,
        offset=offset,
    )


def history_summary(
    db: Connection, user_id: int, query: HistoryQuery, *, since: datetime, until: datetime
) -> HistorySummary:
    """A user's activity in figures; days are the company's."""
    summed = db.fetch_one(
        HistorySummary,
        f"""
        WITH mine AS (SELECT page_url, at, duration_ms {_OF_USER}),
        most AS (
            SELECT page_url AS page, count(*) AS count
              FROM mine
             GROUP BY page_url
             ORDER BY count DESC, page
             LIMIT 5)
        SELECT count(*) AS total_activities, count(DISTINCT page_url) AS unique_pages,
               count(DISTINCT (at AT TIME ZONE (SELECT time_zone FROM company_settings))::date) AS active_days,
               coalesce(round(avg(duration_ms)), 0)::bigint AS avg_duration_ms,
               coalesce((SELECT jsonb_agg(to_jsonb(most) ORDER BY most.count DESC, most.page) FROM most), '[]')
                   AS most_visited
          FROM mine
        """,  # noqa: S608 - constants
        user_id=user_id,
        since=since,
        until=until,
        page=query.page_filter,
    )
    if summed is None:
        raise LookupError("An aggregate always has a row.")
    return summed


@value
class Calendar:
    """The company's day now, and the first day of its week: 0 is Sunday."""

    today: date
    week_start: int


def calendar(db: Connection, now: datetime) -> Calendar:
    """The company's day of a moment, with its week."""
    found = db.fetch_one(
        Calendar,
        "SELECT (%(now)s AT TIME ZONE time_zone)::date AS today, week_start FROM company_settings",
        now=now,
    )
    if found is None:
        raise LookupError("The company has its row from the first migration on.")
    return found


@value
class Use:
    """The use of the system in a range of company days."""

    unique_users: int
    total_sessions: int
    page_views: int
    api_calls: int
    avg_session_seconds: int
    peak_users: int
    peak_hour: int | None
    hours: list[dict[str, Any]]  # Any: JSON of `Hour`
    users_by_role: dict[str, int]
    top_pages: list[dict[str, Any]]  # Any: JSON of `TopPage`

    @property
    def hourly(self) -> list[Hour]:
        """The hours of the day."""
        return [Hour.model_validate(hour) for hour in self.hours]


def use(db: Connection, first: date, last: date) -> Use:
    """The use in these days, from the activity itself; sessions last from their first to their last activity."""
    found = db.fetch_one(
        Use,
        """
        WITH company AS (SELECT time_zone FROM company_settings),
        event AS (
            SELECT activity.user_id, usr.role, activity.session_id, activity.page_url, activity.action_type,
                   activity.duration_ms, activity.at, date_trunc('hour', activity.at AT TIME ZONE time_zone) AS hour
              FROM company
              JOIN activity_events activity ON activity.at >= %(first)s::date::timestamp AT TIME ZONE time_zone
                                           AND activity.at < (%(last)s::date + 1)::timestamp AT TIME ZONE time_zone
              JOIN users usr ON usr.id = activity.user_id),
        session AS (SELECT max(at) - min(at) AS length FROM event GROUP BY session_id),
        hour AS (SELECT hour, count(DISTINCT user_id) AS users, count(*) AS uses FROM event GROUP BY hour),
        peak AS (
            SELECT extract(hour FROM hour)::int AS hour, users
              FROM hour
             ORDER BY users DESC, uses DESC, hour
             LIMIT 1),
        of_day AS (
            SELECT extract(hour FROM hour)::int AS hour, max(users) AS users, sum(uses)::bigint AS activity_count
              FROM hour
             GROUP BY 1),
        role AS (SELECT role, count(DISTINCT user_id) AS users FROM event GROUP BY role),
        used_page AS (
            SELECT page_url AS page, page_url AS url, count(*) AS views, count(*) AS count,
                   count(DISTINCT user_id) AS unique_users,
                   coalesce(round(avg(duration_ms) / 1000, 2), 0) AS avg_duration_seconds
              FROM event
             GROUP BY page_url
             ORDER BY views DESC, page
             LIMIT 10)
        SELECT (SELECT count(DISTINCT user_id) FROM event) AS unique_users,
               (SELECT count(*) FROM session) AS total_sessions,
               (SELECT count(*) FROM event WHERE action_type = 'page_view') AS page_views,
               (SELECT count(*) FROM event WHERE action_type = 'api_call') AS api_calls,
               coalesce((SELECT round(extract(epoch FROM avg(length))) FROM session), 0)::bigint AS avg_session_seconds,
               coalesce((SELECT users FROM peak), 0) AS peak_users, (SELECT hour FROM peak) AS peak_hour,
               coalesce((SELECT jsonb_agg(to_jsonb(of_day) ORDER BY of_day.hour) FROM of_day), '[]') AS hours,
               coalesce((SELECT jsonb_object_agg(role, users) FROM role), '{}') AS users_by_role,
               coalesce((SELECT jsonb_agg(to_jsonb(used_page) ORDER BY views DESC, page) FROM used_page), '[]')
                   AS top_pages
        """,
        first=first,
        last=last,
    )
    if found is None:
        raise LookupError("An aggregate always has a row.")
    return found
