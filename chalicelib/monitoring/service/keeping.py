"""Summing up the days that are over, and removing what has been kept long enough."""

from datetime import date, datetime, timedelta

from chalicelib.kit import clock
from chalicelib.kit.db import transaction
from chalicelib.kit.job import Job, Stats
from chalicelib.monitoring.models.settings import SystemSettings
from chalicelib.monitoring.queries import activity, retention, trends
from chalicelib.monitoring.service import settings

ALERTS_KEPT = timedelta(days=90)
SESSIONS_KEPT = timedelta(days=30)
ATTEMPTS_KEPT = timedelta(days=90)
BLOCKS_KEPT = timedelta(days=90)
ALERTS_WAIT = timedelta(days=7)


def sum_days() -> Stats:
    """Write the figures of the days that are over: the last three anew, as activity may arrive late."""
    now = clock.now()
    with transaction(read_only=True) as db:
        days = trends.days_to_sum(db, activity.calendar(db, now).today)
    for day in days:
        _sum(day, now)
    return {"days": len(days)}


def _sum(day: date, now: datetime) -> None:
    with transaction() as db:
        trends.keep(db, day, activity.use(db, day, day), now)


def forget() -> Stats:
    """Remove what is past its time, a batch to a transaction (domain.md 8.1)."""
    now = clock.now()
    with transaction() as db:
        chosen = settings.current(db)
        today = activity.calendar(db, now).today
        dismissed = retention.dismiss_alerts(db, now, ALERTS_WAIT)
        revoked = retention.revoke_idle_sessions(db, now)
        days = retention.remove_days(db, today - timedelta(days=chosen.activity_summary_retention_days))
    removed = {kind: _remove(kind, now - _kept(chosen)[kind]) for kind in retention.KINDS}
    return {**removed, "activity_days": days, "alerts_dismissed": dismissed, "sessions_revoked": revoked}


def _kept(chosen: SystemSettings) -> dict[str, timedelta]:
    return {
        "activity": timedelta(days=chosen.activity_retention_days),
        "alerts": ALERTS_KEPT,
        "sessions": SESSIONS_KEPT,
        "login_attempts": ATTEMPTS_KEPT,
        "ip_blocks": BLOCKS_KEPT,
    }


def _remove(kind: str, before: datetime) -> int:
    removed, batch = 0, retention.BATCH
    while batch == retention.BATCH:
        with transaction() as db:
            batch = retention.remove(db, kind, before)
        removed += batch
    return removed


ACTIVITY_ROLLUP = Job("activity-rollup", sum_days)
RETENTION = Job("retention", forget)
