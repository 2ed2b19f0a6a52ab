"""The schedules of the fleet."""

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.fleet.service import geocoding
from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker

blueprint = Blueprint(__name__)

JOBS = (geocoding.GEOCODE,)
"""All of it, to be run by hand."""


@worker(blueprint, "geocode", schedule="rate(5 minutes)", grants=["internet"], timeout=300)
def geocode(_event: CloudWatchEvent) -> Stats:
    """Look up the addresses that wait, every five minutes."""
    return job.run(geocoding.GEOCODE)
