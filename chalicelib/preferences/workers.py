"""The schedule that forgets."""

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker
from chalicelib.preferences.service import reporting

blueprint = Blueprint(__name__)

JOBS = (reporting.FORGET,)
"""All of it, to be run by hand."""


@worker(blueprint, "browser_retention", schedule="cron(15 7 * * ? *)", timeout=300)
def browser_retention(_event: CloudWatchEvent) -> Stats:
    """Remove old reports of browsers and old places of drivers, each day."""
    return job.run(reporting.FORGET)
