"""The use of the system over days: figures, trends and files of them."""

from collections.abc import Sequence
from datetime import date, timedelta

from chalicelib.kit import rate_limit
from chalicelib.kit.call import Call
from chalicelib.kit.db import Connection
from chalicelib.monitoring.errors import BadRange
from chalicelib.monitoring.events import ActivityCacheCleared
from chalicelib.monitoring.models.trends import (
    METRICS,
    CacheCheck,
    CacheStats,
    CacheStatsAnswer,
    Checks,
    DatabaseCheck,
    Metric,
    MetricSummary,
    MonitorHealth,
    Performance,
    Period,
    Point,
    Said,
    TrendAnalysis,
    Trends,
    TrendsAnswer,
    TrendsQuery,
)
from chalicelib.monitoring.queries import activity
from chalicelib.monitoring.queries import trends as queries
from chalicelib.monitoring.queries.trends import Day
from chalicelib.monitoring.rules import (
    FEWEST_POINTS_OF_A_TREND,
    FORECAST_DAYS,
    change_percent,
    figures_of,
    line_through,
    strength_of,
    trailing_means,
    trend_of,
)
from chalicelib.monitoring.service import looking

LONGEST_RANGE = 365
USUAL_RANGE = 30
PER_MINUTE = 100
PAGE_KEEPS_SECONDS = 3600
WITH_MONTH: tuple[Metric, ...] = ("unique_users", "total_sessions")
HEALTH_PATHS = {"trends_api": "/api/admin/activity/trends", "export_api": "/api/admin/activity/export"}


def trends(call: Call, query: TrendsQuery) -> TrendsAnswer:
    """The figures of each day asked for, and what they say."""
    with call.transaction() as db:
        spend(call, db)
        looking.note(call, "activity trends")
        days = days_of(db, call, query)
    chosen = metrics_of(query)
    told = Trends(
        period=Period(start=days[0].day, end=days[-1].day, days=len(days)),
        metrics={metric: _points(metric, days) for metric in chosen},
        summary={**{metric: _summary(metric, days) for metric in chosen}, **_flat(days)},
        generated_at=call.now,
    )
    return TrendsAnswer(cached=False, cache_ttl=PAGE_KEEPS_SECONDS, data=told)


def spend(call: Call, db: Connection) -> None:
    """Count a use of the trends or their export towards the limit."""
    rate_limit.spend(db, "activity-trends", str(call.principal.user_id), PER_MINUTE, 60, call.now)


def metrics_of(query: TrendsQuery) -> list[Metric]:
    """The figures asked for, in our order. Raises `BadRange` with the name that is none."""
    asked = {name.strip() for name in query.metrics.split(",") if name.strip()}
    if unknown := asked - set(METRICS):
        raise BadRange(f"Unknown metric: {', '.join(sorted(unknown))}", field="metrics")
    if not asked:
        raise BadRange("Name at least one metric.", field="metrics")
    return [metric for metric in METRICS if metric in asked]


def range_of(query: TrendsQuery, today: date) -> tuple[date, date]:
    """The days asked for; a future end is today. Raises `BadRange`."""
    last = min(query.end_date or today, today)
    first = query.start_date or last - timedelta(days=USUAL_RANGE - 1)
    if first > last:
        raise BadRange("start_date must not be after end_date", field="start_date")
    if first < today - timedelta(days=LONGEST_RANGE):
        raise BadRange(f"start_date must lie within the last {LONGEST_RANGE} days", field="start_date")
    return first, last


def days_of(db: Connection, call: Call, query: TrendsQuery) -> list[Day]:
    """The figures of every day asked for; those of today are counted now."""
    today = activity.calendar(db, call.now).today
    first, last = range_of(query, today)
    days = queries.days(db, first, last)
    if last < today:
        return days
    used = activity.use(db, today, today)
    return [
        *days[:-1],
        Day(
            day=today,
            unique_users=used.unique_users,
            total_sessions=used.total_sessions,
            page_views=used.page_views,
            api_calls=used.api_calls,
            avg_session_seconds=used.avg_session_seconds,
            peak_users=used.peak_users,
        ),
    ]


def value_of(metric: Metric, day: Day) -> int:
    """A day's figure."""
    return {
        "unique_users": day.unique_users,
        "total_sessions": day.total_sessions,
        "total_page_views": day.page_views,
        "total_api_calls": day.api_calls,
        "avg_session_duration_seconds": day.avg_session_seconds,
        "peak_concurrent_users": day.peak_users,
    }[metric]


def _points(metric: Metric, days: Sequence[Day]) -> list[Point]:
    values = [value_of(metric, day) for day in days]
    weeks, months = trailing_means(values, 7), trailing_means(values, 30)
    return [
        Point(
            date_=day.day,
            value=value,
            week=round(week, 2),
            month=round(month, 2) if metric in WITH_MONTH else None,
        )
        for day, value, week, month in zip(days, values, weeks, months, strict=True)
    ]


def _summary(metric: Metric, days: Sequence[Day]) -> MetricSummary:
    values = [value_of(metric, day) for day in days]
    figures = figures_of([day.day for day in days], values)
    analysis = _analysis(values, figures.average) if len(values) >= FEWEST_POINTS_OF_A_TREND else None
    return MetricSummary(
        **vars(figures),
        trend=analysis and analysis.direction,
        trend_slope=analysis and analysis.slope,
        trend_confidence=analysis and analysis.confidence,
        percentage_change=analysis and analysis.percentage_change,
        trend_analysis=analysis,
    )


def _analysis(values: Sequence[float], mean: float) -> TrendAnalysis:
    line = line_through(values)
    return TrendAnalysis(
        direction=trend_of(line, mean),
        strength=round(strength_of(line, mean), 4),
        confidence=round(line.fit, 4),
        slope=round(line.slope, 4),
        forecast=[round(line.at(len(values) + ahead), 2) for ahead in range(FORECAST_DAYS)],
        percentage_change=round(change_percent(values), 2),
    )


def _flat(days: Sequence[Day]) -> dict[str, str | float | None]:
    """What the page reads beside the figures' own summaries: all of them from the users of a day."""
    users = _summary("unique_users", days)
    return {
        "trend": users.trend or "stable",
        "average_daily_users": users.average,
        "peak_day": users.peak_date.isoformat(),
    }


def health(call: Call) -> MonitorHealth:
    """Whether the monitor works, and how its own endpoints answered in the last day."""
    timings = {
        one.path: one for one in queries.timings(call.db, list(HEALTH_PATHS.values()), call.now - timedelta(days=1))
    }
    performance = {
        name: Performance(avg_ms=timings[path].avg_ms, p95_ms=timings[path].p95_ms, requests=timings[path].requests)
        for name, path in HEALTH_PATHS.items()
    }
    return MonitorHealth(
        timestamp=call.now,
        checks=Checks(
            database=DatabaseCheck(status="ok", records=queries.count_days(call.db)),
            cache=CacheCheck(),
            performance=performance,
        ),
    )


def cache_stats() -> CacheStatsAnswer:
    """The figures of a cache that is not there."""
    return CacheStatsAnswer(stats=CacheStats())


def clear_cache(call: Call) -> Said:
    """There is nothing to clear; that somebody wanted to is recorded."""
    call.record(ActivityCacheCleared())
    return Said(message="Cache cleared successfully")
