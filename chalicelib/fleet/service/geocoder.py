"""The geocoder: a partner that speaks the search API of Nominatim, asked by URL and with a time limit."""

import json
import urllib.error
import urllib.parse
import urllib.request

from chalicelib.fleet.errors import NoGeocoder
from chalicelib.kit.settings import settings

TIMEOUT_SECONDS = 5.0
LONGEST_ANSWER = 64 * 1024
DECIMALS = 6

Coordinates = tuple[float, float]
"""Latitude and longitude in degrees."""


def coordinates_of(address: str) -> Coordinates | None:
    """Where an address is, or None when the geocoder knows no such address.

    Raises `NoGeocoder` when none is configured or it does not answer as it should.
    """
    url = settings().geocoder_url
    if url is None:
        raise NoGeocoder
    if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise ValueError("The geocoder must be asked over https.")
    question = urllib.parse.urlencode({"q": address, "format": "jsonv2", "limit": 1})
    request = urllib.request.Request(f"{url}?{question}", headers={"User-Agent": "cvd-backend"})  # noqa: S310 - checked above
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310 - checked above
            return _first(answer.read(LONGEST_ANSWER))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoGeocoder(cause=type(error).__name__) from error


def _first(answer: bytes) -> Coordinates | None:
    places = json.loads(answer)
    if not places:
        return None
    latitude, longitude = float(places[0]["lat"]), float(places[0]["lon"])
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("The geocoder answered with a place that is not on the earth.")
    return round(latitude, DECIMALS), round(longitude, DECIMALS)
