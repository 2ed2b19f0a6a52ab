"""The schedules of planning."""

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.planning import service

blueprint = Blueprint(__name__)

JOBS = (service.METRICS,)
"""All of it, to be run by hand."""


@blueprint.schedule(Rate(1, unit=Rate.HOURS), name="metrics")
def metrics(_event: CloudWatchEvent) -> Stats:
    """Recalculate the metrics of the whole fleet, every hour."""
    return job.run(service.METRICS)
