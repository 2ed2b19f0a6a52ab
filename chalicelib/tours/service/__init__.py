"""What the endpoints ask of tours."""

from chalicelib.tours.service.performance import report
from chalicelib.tours.service.stops import assign, devices, remove
from chalicelib.tours.service.tours import create, delete, drivers, listed, update

__all__ = ["assign", "create", "delete", "devices", "drivers", "listed", "remove", "report", "update"]
