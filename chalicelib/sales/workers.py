"""The schedules of sales."""

from chalice.app import Blueprint, CloudWatchEvent, Cron

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.sales import service

blueprint = Blueprint(__name__)

JOBS = (service.ROLLUP,)
"""All of it, to be run by hand."""


@blueprint.schedule(Cron(30, 7, "*", "*", "?", "*"), name="sales_rollup")
def sales_rollup(_event: CloudWatchEvent) -> Stats:
    """Make the daily rollup of the last days anew, each night."""
    return job.run(service.ROLLUP)
