"""The schedules of sales."""

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker
from chalicelib.sales import service

blueprint = Blueprint(__name__)

JOBS = (service.ROLLUP,)
"""All of it, to be run by hand."""


@worker(blueprint, "sales_rollup", schedule="cron(30 7 * * ? *)", timeout=900)
def sales_rollup(_event: CloudWatchEvent) -> Stats:
    """Make the daily rollup of the last days anew, each night."""
    return job.run(service.ROLLUP)
