"""The schedules of monitoring."""

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker
from chalicelib.monitoring.service import keeping, raising

blueprint = Blueprint(__name__)

JOBS = (raising.ALERTS, keeping.ACTIVITY_ROLLUP, keeping.RETENTION)
"""All of it, to be run by hand."""


@worker(blueprint, "alerts", schedule="rate(1 minute)")
def alerts(_event: CloudWatchEvent) -> Stats:
    """Raise the alerts of the last minutes, every minute."""
    return job.run(raising.ALERTS)


@worker(blueprint, "activity_rollup", schedule="cron(5 * * * ? *)", timeout=300)
def activity_rollup(_event: CloudWatchEvent) -> Stats:
    """Sum up the days that are over, each hour: wherever the company is, its day is summed up within the next hour."""
    return job.run(keeping.ACTIVITY_ROLLUP)


@worker(blueprint, "retention", schedule="cron(45 7 * * ? *)", timeout=900)
def retention(_event: CloudWatchEvent) -> Stats:
    """Remove what has been kept long enough, each night."""
    return job.run(keeping.RETENTION)
