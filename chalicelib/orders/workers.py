"""The schedules of orders."""

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.orders.service import photo_sweep

blueprint = Blueprint(__name__)

JOBS = (photo_sweep.PHOTO_SWEEP,)
"""All of it, to be run by hand."""


@blueprint.schedule(Rate(1, unit=Rate.DAYS), name="photo_sweep")
def photo_sweep_daily(_event: CloudWatchEvent) -> Stats:
    """Remove files that no photo refers to, daily."""
    return job.run(photo_sweep.PHOTO_SWEEP)
