"""The schedules of the fleet."""

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib.fleet.service import geocoding
from chalicelib.kit import job
from chalicelib.kit.job import Stats

blueprint = Blueprint(__name__)

JOBS = (geocoding.GEOCODE,)
"""All of it, to be run by hand."""


@blueprint.schedule(Rate(5, unit=Rate.MINUTES), name="geocode")
def geocode(_event: CloudWatchEvent) -> Stats:
    """Look up the addresses that wait, every five minutes."""
    return job.run(geocoding.GEOCODE)
