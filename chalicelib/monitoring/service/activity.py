"""Who is on the system, what they did, and ending their sessions."""

from collections.abc import Sequence
from datetime import date, timedelta
from ipaddress import ip_address
from uuid import UUID

from chalicelib.identity.service import sessions
from chalicelib.kit.call import Call
from chalicelib.kit.errors import BadRequest
from chalicelib.monitoring.errors import OwnSession, SessionNotFound, WatchedUserNotFound
from chalicelib.monitoring.models.activity import (
    Current,
    CurrentAnswer,
    CurrentQuery,
    History,
    HistoryAnswer,
    HistoryQuery,
    Pages,
    SessionNow,
    SessionsSummary,
    Summary,
    SummaryAnswer,
    SummaryMetrics,
    SummaryQuery,
    TopPage,
    Track,
    Tracked,
)
from chalicelib.monitoring.models.trends import Said
from chalicelib.monitoring.queries import activity as queries
from chalicelib.monitoring.queries import trends
from chalicelib.monitoring.queries.activity import Looks, OpenSession, Use
from chalicelib.monitoring.rules import session_status
from chalicelib.monitoring.service import looking, settings

CLOCKS_DIFFER_BY = timedelta(minutes=5)
LONGEST_METADATA = 4000


def current(call: Call, query: CurrentQuery) -> CurrentAnswer:
    """The open sessions; only the active ones without `include_idle`."""
    with call.transaction() as db:
        looking.note(call, "activity monitor")
        limits = settings.current(db).session_idle_display_minutes
        since = None if query.include_idle else call.now - timedelta(minutes=limits[0])
        found = queries.open_sessions(db, query, now=call.now, since=since)
        looks = queries.looks(db, roles=query.roles, now=call.now, limits=limits)
    total = found[0].total if found else 0
    shown = Current(
        sessions=[_shown(call, one, limits) for one in found],
        summary=_summary_of(looks),
        pagination=Pages.of(total, query.page, query.limit),
        timestamp=call.now,
    )
    return CurrentAnswer(data=shown)


def _shown(call: Call, one: OpenSession, limits: Sequence[int]) -> SessionNow:
    idle = (call.now - one.last_activity).total_seconds() / 60
    page = one.last_page or one.last_api_endpoint or ""
    return SessionNow(
        session_id=one.session_id,
        user_id=one.user_id,
        username=one.username,
        display_name=one.username,
        user_email=one.user_email,
        role=one.role,
        login_time=one.login_time,
        last_activity=one.last_activity,
        last_page=one.last_page,
        page_title=one.page_title or page,
        current_page=page,
        last_api_endpoint=one.last_api_endpoint,
        activity_count=one.activity_count,
        ip_address=one.ip_address or "",
        user_agent=one.user_agent or "",
        device_type=one.device_type,
        status=session_status(idle, limits),
        session_duration_minutes=int((call.now - one.login_time).total_seconds() // 60),
    )


def _summary_of(looks: Sequence[Looks]) -> SessionsSummary:
    return SessionsSummary(
        total_active=sum(one.active for one in looks),
        total_idle=sum(one.idle for one in looks),
        total_warning=sum(one.warning for one in looks),
        by_role={one.role: one.total for one in looks},
    )


def track(call: Call, seen: Track) -> Tracked:
    """Keep what a page tells; its time counts only where it is about ours."""
    if seen.metadata is not None and len(str(seen.metadata)) > LONGEST_METADATA:
        raise BadRequest(f"metadata is too long: at most {LONGEST_METADATA} characters.", field="metadata")
    told = seen.timestamp
    queries.track(
        call.db,
        seen,
        session_id=call.principal.session_id,
        user_id=call.principal.user_id,
        at=told if told is not None and abs(told - call.now) < CLOCKS_DIFFER_BY else call.now,
        ip=_address(call),
        user_agent=call.user_agent or None,
    )
    return Tracked()


def _address(call: Call) -> str | None:
    try:
        return str(ip_address(call.ip))
    except ValueError:
        return None


def history(call: Call, user_id: int, query: HistoryQuery) -> HistoryAnswer:
    """What a user did in the last days."""
    with call.transaction() as db:
        user = queries.user(db, user_id=user_id)
        if user is None:
            raise WatchedUserNotFound
        looking.note(call, "user activity", whom=user_id)
        since, until = call.now - timedelta(days=query.days), call.now + timedelta(seconds=1)
        summary = queries.history_summary(db, user_id, query, since=since, until=until)
        rows = queries.history(
            db,
            user_id,
            since=since,
            until=until,
            page=query.page_filter,
            limit=query.limit,
            offset=(query.page - 1) * query.limit,
        )
    pages = Pages.of(summary.total_activities, query.page, query.limit)
    return HistoryAnswer(data=History(user=user, activities=rows, summary=summary, pagination=pages))


def summary(call: Call, query: SummaryQuery) -> SummaryAnswer:
    """The use of the system on a day, or in the week or month that holds it.

    Past days come from the nightly figures where there are any, the present and longer periods from the activity.
    """
    calendar = queries.calendar(call.db, call.now)
    day = query.date_ or calendar.today
    kept = trends.of_day(call.db, day) if query.period == "day" and day < calendar.today else None
    used = kept or queries.use(call.db, *_period(day, query.period, calendar.week_start))
    return SummaryAnswer(data=_told(query.period, day, used, cached=kept is not None))


def _period(day: date, period: str, week_start: int) -> tuple[date, date]:
    if period == "week":
        first = day - timedelta(days=(day.isoweekday() - week_start) % 7)
        return first, first + timedelta(days=6)
    if period == "month":
        next_month = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
        return day.replace(day=1), next_month - timedelta(days=1)
    return day, day


def _told(period: str, day: date, used: Use, *, cached: bool) -> Summary:
    return Summary(
        period=period,
        date_=day,
        metrics=SummaryMetrics(
            unique_users=used.unique_users,
            total_sessions=used.total_sessions,
            total_page_views=used.page_views,
            total_api_calls=used.api_calls,
            avg_session_duration_seconds=used.avg_session_seconds,
            peak_concurrent_users=used.peak_users,
            peak_hour=used.peak_hour,
        ),
        top_pages=[TopPage.model_validate(page) for page in used.top_pages],
        user_distribution=used.users_by_role,
        hourly_distribution=used.hourly,
        cached=cached,
        peak_users_today=used.peak_users,
        peak_time="--:--" if used.peak_hour is None else f"{used.peak_hour:02}:00",
    )


def terminate(call: Call, session_id: str) -> Said:
    """End a session: its next request is refused."""
    try:
        wanted = UUID(session_id)
    except ValueError as error:
        raise SessionNotFound from error
    if str(wanted) == call.principal.session_id:
        raise OwnSession
    ended = sessions.terminate(call, wanted)
    if ended is None:
        raise SessionNotFound
    return Said(message=f"Session terminated for user {ended.username}")
