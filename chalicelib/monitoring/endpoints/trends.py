"""The use of the system over days."""

from chalice.app import Blueprint

from chalicelib.kit.answer import Answer, Raw
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import RateLimited
from chalicelib.kit.roles import ADMIN, MANAGER
from chalicelib.monitoring.errors import BadRange, WatchedUserNotFound
from chalicelib.monitoring.models.trends import (
    CacheStatsAnswer,
    ExportQuery,
    MonitorHealth,
    Said,
    TrendsAnswer,
    TrendsQuery,
)
from chalicelib.monitoring.service import files, trends

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    "GET",
    "/api/admin/activity/trends",
    roles=[ADMIN, MANAGER],
    refusals=[BadRange, RateLimited],
    own_transactions=True,
)
def activity_trends(call: Call, query: TrendsQuery) -> TrendsAnswer:
    """Tell the figures of each day with their trend, at most 365 days back. A day without activity has zeros.

    The figures of today are counted now. The look is recorded in the audit trail, once in a quarter of an hour.
    """
    return trends.trends(call, query)


@endpoint(
    blueprint,
    "GET",
    "/api/admin/activity/export",
    roles=[ADMIN],
    refusals=[BadRange, RateLimited, WatchedUserNotFound],
    own_transactions=True,
    media="text/csv, application/json",
)
def export_activity(call: Call, query: ExportQuery) -> Answer[Raw]:
    """Download the figures of each day, or with `username` that user's activity of the last 30 days (10,000 rows).

    Every export is logged; more than 30 in an hour are refused.
    """
    return files.export(call, query)


@endpoint(blueprint, "GET", "/api/admin/activity/health", roles=[ADMIN], observed=False)
def monitor_health(call: Call) -> MonitorHealth:
    """Tell whether the monitor works, and how fast its figures were answered in the last day."""
    return trends.health(call)


@endpoint(blueprint, "GET", "/api/admin/activity/cache/stats", roles=[ADMIN])
def monitor_cache_stats(_call: Call) -> CacheStatsAnswer:
    """Show the figures of the cache: all zero, as the nightly figures need none."""
    return trends.cache_stats()


@endpoint(blueprint, "POST", "/api/admin/activity/cache/clear", roles=[ADMIN])
def clear_monitor_cache(call: Call) -> Said:
    """Answer that the cache is clear; there is none."""
    return trends.clear_cache(call)
