"""The use of the system over days."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from chalicelib.kit.models import Day, Instant, Model
from chalicelib.monitoring.rules import Trend

Metric = Literal[
    "unique_users",
    "total_sessions",
    "total_page_views",
    "total_api_calls",
    "avg_session_duration_seconds",
    "peak_concurrent_users",
]
METRICS: tuple[Metric, ...] = (
    "unique_users",
    "total_sessions",
    "total_page_views",
    "total_api_calls",
    "avg_session_duration_seconds",
    "peak_concurrent_users",
)
USUAL_METRICS = "unique_users,total_sessions,total_page_views"


class TrendsQuery(Model):
    """Which days and which figures; without days, the last 30."""

    sentences: ClassVar = {
        "start_date": "start_date must be a date as YYYY-MM-DD",
        "end_date": "end_date must be a date as YYYY-MM-DD",
    }

    start_date: Day | None = None
    end_date: Day | None = None
    metrics: Annotated[str, StringConstraints(max_length=300)] = USUAL_METRICS
    cache_bypass: bool = False


class ExportQuery(TrendsQuery):
    """As what file; with `username`, that user's activity instead of the figures."""

    sentences: ClassVar = {**TrendsQuery.sentences, "format": "Invalid format. Use csv or json"}

    format: Literal["csv", "json"] = "csv"
    username: Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)] = ""


class Period(Model):
    """Days, both ends included."""

    start: date
    end: date
    days: int


class Point(Model):
    """One day of one figure, with the means of the days up to it."""

    date_: date = Field(alias="date")
    value: float
    week: float = Field(alias="7day_avg")
    month: float | None = Field(default=None, alias="30day_avg")


class TrendAnalysis(Model):
    """The least-squares line through the days, and where it would lead in the next seven."""

    direction: Trend
    strength: float
    confidence: float
    slope: float
    forecast: list[float]
    percentage_change: float


class MetricSummary(Model):
    """What the days of one figure say; the trend needs seven of them."""

    average: float
    median: float
    std_dev: float
    min: float
    max: float
    peak_date: date
    total: float
    trend: Trend | None = None
    trend_slope: float | None = None
    trend_confidence: float | None = None
    percentage_change: float | None = None
    trend_analysis: TrendAnalysis | None = None


class Trends(Model):
    """`summary` holds each figure's summary, and for the page `trend`, `average_daily_users` and `peak_day`."""

    period: Period
    metrics: Mapping[str, list[Point]]
    summary: Mapping[str, MetricSummary | str | float | None]
    generated_at: Instant


class TrendsAnswer(Model):
    """In the envelope that the page reads; `cache_ttl` is for how many seconds the page may keep it."""

    success: bool = True
    cached: bool
    cache_ttl: int
    data: Trends


class DatabaseCheck(Model):
    """Whether the nightly figures can be read, and how many days there are."""

    status: Literal["ok"]
    records: int


class CacheStats(Model):
    """There is no cache: reading the nightly figures takes about as long as asking one."""

    size: int = 0
    max_size: int = 0
    hits: int = 0
    misses: int = 0
    hit_rate: float = 0.0
    evictions: int = 0
    sets: int = 0


class CacheCheck(Model):
    """The state of the cache that is not there."""

    status: Literal["disabled"] = "disabled"
    stats: CacheStats = CacheStats()


class Performance(Model):
    """How an endpoint has answered in the last 24 hours, by the activity of its callers."""

    avg_ms: float | None
    p95_ms: float | None
    requests: int


class Checks(Model):
    """What was looked at."""

    database: DatabaseCheck
    cache: CacheCheck
    performance: Mapping[str, Performance]


class MonitorHealth(Model):
    """Whether the monitor works; when its tables cannot be read the answer is a 503 like any other's."""

    status: Literal["healthy"] = "healthy"
    timestamp: Instant
    checks: Checks


class CacheStatsAnswer(Model):
    """In the contract's envelope."""

    success: bool = True
    stats: CacheStats


class Said(Model):
    """It is done."""

    success: bool = True
    message: str
