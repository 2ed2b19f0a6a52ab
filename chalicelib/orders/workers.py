"""The schedules of orders."""

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker
from chalicelib.orders.service import photo_sweep

blueprint = Blueprint(__name__)

JOBS = (photo_sweep.PHOTO_SWEEP,)
"""All of it, to be run by hand."""


@worker(blueprint, "photo_sweep", schedule="rate(1 day)", grants=["s3:ListBucket", "s3:DeleteObject"], timeout=900)
def photo_sweep_daily(_event: CloudWatchEvent) -> Stats:
    """Remove files that no photo refers to, daily."""
    return job.run(photo_sweep.PHOTO_SWEEP)
