"""The schedules of monitoring."""

from chalice.app import Blueprint, CloudWatchEvent, Cron, Rate

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.monitoring.service import keeping, raising

blueprint = Blueprint(__name__)

JOBS = (raising.ALERTS, keeping.ACTIVITY_ROLLUP, keeping.RETENTION)
"""All of it, to be run by hand."""


@blueprint.schedule(Rate(1, unit=Rate.MINUTES), name="alerts")
def alerts(_event: CloudWatchEvent) -> Stats:
    """Raise the alerts of the last minutes, every minute."""
    return job.run(raising.ALERTS)


@blueprint.schedule(Cron(5, "*", "*", "*", "?", "*"), name="activity_rollup")
def activity_rollup(_event: CloudWatchEvent) -> Stats:
    """Sum up the days that are over, each hour: wherever the company is, its day is summed up within the next hour."""
    return job.run(keeping.ACTIVITY_ROLLUP)


@blueprint.schedule(Cron(45, 7, "*", "*", "?", "*"), name="retention")
def retention(_event: CloudWatchEvent) -> Stats:
    """Remove what has been kept long enough, each night."""
    return job.run(keeping.RETENTION)
