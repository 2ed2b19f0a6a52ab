"""The schedules of planning."""

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker
from chalicelib.planning.service import recalculation

blueprint = Blueprint(__name__)

JOBS = (recalculation.METRICS,)
"""All of it, to be run by hand."""


@worker(blueprint, "metrics", schedule="rate(1 hour)", timeout=900, memory=512)
def metrics(_event: CloudWatchEvent) -> Stats:
    """Recalculate the metrics of the whole fleet, every hour."""
    return job.run(recalculation.METRICS)
