"""The schedule that forgets."""

from chalice.app import Blueprint, CloudWatchEvent, Cron

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.preferences.service import reporting

blueprint = Blueprint(__name__)

JOBS = (reporting.FORGET,)
"""All of it, to be run by hand."""


@blueprint.schedule(Cron(15, 7, "*", "*", "?", "*"), name="browser_retention")
def browser_retention(_event: CloudWatchEvent) -> Stats:
    """Remove old reports of browsers and old places of drivers, each day."""
    return job.run(reporting.FORGET)
