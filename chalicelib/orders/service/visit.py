"""Visits without an order, and the history of a device (BR-120, US-062)."""

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit.call import Call
from chalicelib.kit.errors import BadRequest
from chalicelib.kit.paging import Paged
from chalicelib.orders.events import VisitRecorded as Recorded
from chalicelib.orders.models.incoming import NewVisit
from chalicelib.orders.models.outgoing import PastVisit, VisitRecorded
from chalicelib.orders.queries import visits as queries

MOST_VISITS = 50


def record(call: Call, visit: NewVisit) -> VisitRecorded:
    """Record that the caller serviced a device without an order. Stock is moved by counts and orders only."""
    site = queries.visit_site(call.db, visit.device_id)
    if site is None:
        raise DeviceNotFound
    if visit.route_id is not None and not queries.route_exists(call.db, visit.route_id):
        raise BadRequest("routeId: there is no route with this id", field="routeId")
    visit_id = queries.insert_visit(
        call.db,
        visit,
        route_id=visit.route_id or site.route_id,
        technician_id=call.principal.user_id,
        at=call.now,
    )
    call.record(
        Recorded(
            resource_id=visit_id,
            device_id=visit.device_id,
            service_type=visit.service_type,
            units=visit.units_restocked,
        )
    )
    return VisitRecorded(id=visit_id)


def history(call: Call, device_id: int, page: Paged) -> list[PastVisit]:
    """The latest visits of a device."""
    if not queries.device_is_seen(call.db, device_id, seen_by=call.principal):
        raise DeviceNotFound
    return queries.history(call.db, device_id, limit=page.limit(MOST_VISITS), offset=page.offset)
