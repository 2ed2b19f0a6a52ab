"""What other features and the endpoints ask of planning."""

from chalicelib.planning.rules import Velocity
from chalicelib.planning.service.velocity import velocities

__all__ = ["Velocity", "velocities"]
