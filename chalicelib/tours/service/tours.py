"""Routes and who drives them."""

from chalicelib.kit.call import Call
from chalicelib.kit.errors import VersionConflict
from chalicelib.kit.events import changes
from chalicelib.kit.paging import Paged
from chalicelib.kit.roles import DRIVER
from chalicelib.tours.errors import NotADriver, RouteHasOpenOrders, TourNotFound
from chalicelib.tours.events import TourCreated, TourDeleted, TourDriverChanged, TourUpdated
from chalicelib.tours.models import Done, Driver, LockedTour, OwnTours, Tour, TourBody
from chalicelib.tours.queries import tours


def listed(call: Call, page: Paged) -> list[Tour] | OwnTours:
    """All routes, or, for a driver, the driver's own, in the shape that the driver's app reads."""
    if call.principal.role == DRIVER:
        return OwnTours(routes=tours.of_driver(call.db, call.principal.user_id))
    return tours.live(call.db, page, seen_by=call.principal)


def every(call: Call) -> list[Tour]:
    """All routes."""
    return tours.live(call.db, Paged(), seen_by=call.principal)


def drivers(call: Call, page: Paged) -> list[Driver]:
    """Who can be given a route."""
    return tours.drivers(call.db, page)


def create(call: Call, body: TourBody) -> Tour:
    """Create a route (BR-063)."""
    _hold_driver(call, body.driver_id)
    tour_id = tours.insert(call.db, body.name, body.route_number, body.driver_id)
    if body.driver_id is not None:
        tours.begin_driving(call.db, tour_id, body.driver_id, by=call.principal.user_id, at=call.now)
    call.record(TourCreated(resource_id=tour_id, after=_facts(body)))
    return _shown(call, tour_id)


def update(call: Call, tour_id: int, body: TourBody) -> Tour:
    """Change a route; with its driver, its pending orders change hands too (BR-068)."""
    _hold_driver(call, body.driver_id)
    tour = _lock(call, tour_id)
    if body.version is not None and body.version != tour.version:
        raise VersionConflict(version=tour.version)
    was, now = changes(_facts(tour), _facts(body))
    if now:
        tours.update(call.db, tour_id, body.name, body.route_number, body.driver_id)
        call.record(TourUpdated(resource_id=tour_id, before=was, after=now))
    if "driver_id" in now:
        _change_driver(call, tour, body.driver_id)
    return _shown(call, tour_id)


def _change_driver(call: Call, tour: LockedTour, driver_id: int | None) -> None:
    tours.end_driving(call.db, tour.id, call.now)
    if driver_id is not None:
        tours.begin_driving(call.db, tour.id, driver_id, by=call.principal.user_id, at=call.now)
    moved = tours.move_pending_orders(call.db, tour.id, driver_id)
    call.record(
        TourDriverChanged(
            resource_id=tour.id, old_driver_id=tour.driver_id, new_driver_id=driver_id, moved_order_ids=moved
        )
    )


def delete(call: Call, tour_id: int) -> Done:
    """Delete a route that has no open orders; its devices are on no route then (BR-067)."""
    tour = _lock(call, tour_id)
    if orders := tours.open_order_ids(call.db, tour_id):
        raise RouteHasOpenOrders(orders=orders)
    freed = tours.delete(call.db, tour_id, by=call.principal.user_id, at=call.now)
    tours.end_driving(call.db, tour_id, call.now)
    call.record(TourDeleted(resource_id=tour_id, before=_facts(tour), name=tour.name, device_ids=freed))
    return Done(message=f'Route "{tour.name}" deleted successfully')


def _hold_driver(call: Call, driver_id: int | None) -> None:
    if driver_id is not None and not tours.hold_driver(call.db, driver_id):
        raise NotADriver(field="driverId")


def _lock(call: Call, tour_id: int) -> LockedTour:
    tour = tours.lock(call.db, tour_id)
    if tour is None:
        raise TourNotFound
    return tour


def _shown(call: Call, tour_id: int) -> Tour:
    tour = tours.one(call.db, tour_id, seen_by=call.principal)
    if tour is None:
        raise TourNotFound
    return tour


def _facts(tour: LockedTour | TourBody) -> dict[str, str | int | None]:
    return {"name": tour.name, "route_number": tour.route_number, "driver_id": tour.driver_id}
