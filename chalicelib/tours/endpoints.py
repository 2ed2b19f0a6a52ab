"""Routes, their drivers and their devices."""

from chalice.app import Blueprint

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import VersionConflict
from chalicelib.kit.paging import Paged
from chalicelib.kit.roles import ADMIN, EVERYONE, MANAGER, VIEWER
from chalicelib.kit.sheet import Sheet
from chalicelib.sales.errors import DatesOutOfOrder, PeriodTooLong
from chalicelib.sales.models.periods import Days
from chalicelib.tours.errors import (
    AlreadyOnThisTour,
    MovedMeanwhile,
    MoveWouldLeaveOrder,
    NameTaken,
    NameTooLong,
    NotADriver,
    NotOnThisTour,
    NumberTaken,
    RouteHasOpenOrders,
    TourNotFound,
)
from chalicelib.tours.models import (
    Assigned,
    DeviceAssignment,
    DeviceRemoval,
    Done,
    Driver,
    OwnTours,
    PerformanceReport,
    Tour,
    TourBody,
    TourDevices,
    ToursAsked,
)
from chalicelib.tours.service import performance, stops, tours

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/routes", roles=EVERYONE, sheet=Sheet(), scope="routes:read", rows="filtered")
def list_routes(call: Call, query: ToursAsked) -> list[Tour] | OwnTours:
    """List the routes by number and name. A driver gets `{routes: [...]}` with own routes only, as the app reads it."""
    return tours.listed(call, query)


@endpoint(
    blueprint,
    "POST",
    "/api/routes",
    roles=[ADMIN, MANAGER],
    refusals=[NotADriver, NameTaken, NumberTaken, NameTooLong],
    status=201,
)
def create_route(call: Call, body: TourBody) -> Tour:
    """Create a route; number and driver may be left out."""
    return tours.create(call, body)


@endpoint(
    blueprint,
    "PUT",
    "/api/routes/{route_id}",
    roles=[ADMIN, MANAGER],
    refusals=[TourNotFound, NotADriver, NameTaken, NumberTaken, NameTooLong, VersionConflict],
)
def update_route(call: Call, route_id: int, body: TourBody) -> Tour:
    """Change a route. A driver that is left out is taken off; pending orders go to the new driver."""
    return tours.update(call, route_id, body)


@endpoint(blueprint, "DELETE", "/api/routes/{route_id}", roles=[ADMIN], refusals=[TourNotFound, RouteHasOpenOrders])
def delete_route(call: Call, route_id: int) -> Done:
    """Delete a route without open orders. Its devices stay, on no route."""
    return tours.delete(call, route_id)


@endpoint(
    blueprint,
    "GET",
    "/api/routes/{route_id}/devices",
    roles=EVERYONE,
    refusals=[TourNotFound],
    memory=512,
    sheet=Sheet("devices"),
    scope="routes:read",
    rows="filtered",
)
def list_route_devices(call: Call, route_id: int) -> TourDevices:
    """List the devices of a route with what is in every cabinet and how long it lasts. Drivers see own routes only."""
    return stops.devices(call, route_id)


@endpoint(
    blueprint,
    "POST",
    "/api/routes/{route_id}/assign-device",
    roles=[ADMIN, MANAGER],
    refusals=[TourNotFound, DeviceNotFound, AlreadyOnThisTour, MoveWouldLeaveOrder, MovedMeanwhile],
)
def assign_device(call: Call, route_id: int, body: DeviceAssignment) -> Assigned:
    """Put a device on a route, and off the one that it was on."""
    return stops.assign(call, route_id, body)


@endpoint(
    blueprint,
    "DELETE",
    "/api/routes/{route_id}/remove-device",
    roles=[ADMIN, MANAGER],
    refusals=[NotOnThisTour, MoveWouldLeaveOrder],
)
def remove_device(call: Call, route_id: int, query: DeviceRemoval) -> Done:
    """Take a device off a route."""
    return stops.remove(call, route_id, query)


@endpoint(blueprint, "GET", "/api/drivers", roles=[ADMIN, MANAGER], sheet=Sheet())
def list_drivers(call: Call, query: Paged) -> list[Driver]:
    """List the active drivers by name."""
    return tours.drivers(call, query)


@endpoint(
    blueprint,
    "GET",
    "/api/reports/route-performance",
    roles=[ADMIN, MANAGER, VIEWER],
    refusals=[DatesOutOfOrder, PeriodTooLong],
    sheet=Sheet("routes drivers"),
    scope="reports:read",
)
def route_performance(call: Call, query: Days) -> PerformanceReport:
    """Report how routes and drivers did in a period: orders, punctuality, time, delivery. Default: this week."""
    return performance.report(call, query)
