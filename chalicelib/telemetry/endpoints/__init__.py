"""The routes of telemetry."""

from chalicelib.telemetry.endpoints import feeds, links, reads

BLUEPRINTS = (reads.blueprint, links.blueprint, feeds.blueprint)
