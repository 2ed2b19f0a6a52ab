"""Finding what deserves an alert, every minute."""

from datetime import timedelta

from chalicelib.kit import clock
from chalicelib.kit.db import transaction
from chalicelib.kit.job import Job, Stats
from chalicelib.monitoring.queries import alerts as queries
from chalicelib.monitoring.rules import SENSITIVE_PATHS
from chalicelib.monitoring.service import settings

LOOK_BACK = timedelta(minutes=10)
"""Longer than the schedule's minute: a late run misses nothing, and looking twice raises nothing twice."""

CRITICAL_EXPORTS = 20


def raise_alerts() -> Stats:
    """Raise the alerts of the last minutes, by kind."""
    now = clock.now()
    since = now - LOOK_BACK
    with transaction() as db:
        chosen = settings.current(db)
        return {
            "concurrent_sessions": queries.raise_concurrent_sessions(
                db, now=now, most=chosen.alert_concurrent_sessions
            ),
            "rapid_navigation": queries.raise_rapid_navigation(
                db, since=since, now=now, most=chosen.alert_rapid_navigation_per_minute
            ),
            "data_export": queries.raise_exports(
                db,
                now=now,
                exports=chosen.export_max_per_hour,
                rows=chosen.export_max_rows_per_hour,
                bulk=chosen.export_bulk_rows,
                critical_from=CRITICAL_EXPORTS,
            ),
            "after_hours": queries.raise_after_hours(db, since=since, now=now),
            "sensitive_data_access": queries.raise_sensitive_access(
                db, since=since, now=now, sensitive=SENSITIVE_PATHS
            ),
        }


ALERTS = Job("alerts", raise_alerts)
