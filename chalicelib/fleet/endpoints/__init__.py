"""The fleet's routes."""

from chalicelib.fleet.endpoints import cabinets, devices, locations, types

BLUEPRINTS = (devices.blueprint, cabinets.blueprint, types.blueprint, locations.blueprint)
