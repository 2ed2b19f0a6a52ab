"""What the endpoints and other features ask of planning."""

from chalicelib.planning.rules import Velocity
from chalicelib.planning.service.config import change as change_config
from chalicelib.planning.service.config import planning_settings
from chalicelib.planning.service.config import shown as shown_config
from chalicelib.planning.service.metrics import of_device, of_devices, outlook
from chalicelib.planning.service.recalculation import METRICS, recalculate, recalculate_all
from chalicelib.planning.service.stops import stops
from chalicelib.planning.service.velocity import velocities

__all__ = [
    "METRICS",
    "Velocity",
    "change_config",
    "of_device",
    "of_devices",
    "outlook",
    "planning_settings",
    "recalculate",
    "recalculate_all",
    "shown_config",
    "stops",
    "velocities",
]
