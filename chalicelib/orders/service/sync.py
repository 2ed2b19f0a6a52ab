"""A phone's copy of an order, brought together with ours (BR-125, BR-126)."""

from datetime import timedelta

from chalicelib.kit.call import Call
from chalicelib.kit.errors import BadRequest, NotFound
from chalicelib.kit.roles import DRIVER
from chalicelib.orders.errors import OpenCabinets, OrderNotFoundOrDenied, ReasonRequired
from chalicelib.orders.events import OrderEdited
from chalicelib.orders.models.incoming import SyncedOrder
from chalicelib.orders.models.outgoing import Synced
from chalicelib.orders.queries import reading as queries
from chalicelib.orders.rules import machine
from chalicelib.orders.rules.quantities import plausible
from chalicelib.orders.service import drive, read
from chalicelib.orders.service import trip as trips
from chalicelib.orders.service.trip import Trip

WIRE_PRECISION = timedelta(milliseconds=1)
"""A `lastModified` comes back as it went out, in whole milliseconds."""


class SyncedOrderNotFound(NotFound):
    """404: no such order."""

    message = "Order not found"


def order(call: Call, order_id: int, copy: SyncedOrder) -> Synced:
    """Apply what the phone decided, unless the order has changed meanwhile; then tell what it is now."""
    refusal = OrderNotFoundOrDenied if call.principal.role == DRIVER else SyncedOrderNotFound
    trip = trips.with_order(call, order_id, refusal)
    if copy.is_empty:
        raise BadRequest("No valid fields to update")
    if not _differs(trip, copy):
        return Synced(success=True, order=queries.raw(call.db, order_id))
    if _is_outdated(trip, copy):
        return Synced(
            success=False,
            conflict=True,
            server_version=read.detail(call, order_id),
            message="Server has newer version of this order",
        )
    warnings = _apply(trip, copy)
    trip.save()
    return Synced(success=True, order=queries.raw(call.db, order_id), warnings=warnings)


def _differs(trip: Trip, copy: SyncedOrder) -> bool:
    has_status = copy.status is not None and copy.status != trip.order.status
    return has_status or (copy.notes is not None and (copy.notes or None) != trip.order.notes)


def _is_outdated(trip: Trip, copy: SyncedOrder) -> bool:
    if copy.sync_version is not None:
        return copy.sync_version != trip.order.sync_version
    return copy.last_modified is not None and trip.order.updated_at - copy.last_modified >= WIRE_PRECISION


def _apply(trip: Trip, copy: SyncedOrder) -> list[str]:
    call, order = trip.call, trip.order
    if copy.notes is not None and (copy.notes or None) != order.notes:
        trip.amend(notes=copy.notes or None)
        call.record(OrderEdited(resource_id=order.id, before={"notes": order.notes}, after={"notes": copy.notes}))
    if copy.status is None or copy.status == order.status:
        return []
    if copy.status == "completed" and trip.open_stops:
        raise OpenCabinets(cabinetOrderIds=[stop.id for stop in trip.open_stops])
    machine.check_order(order.status, copy.status, call.principal.role)
    started_at, warning = plausible(copy.started_at, now=call.now, created_at=order.created_at)
    if copy.status == "in_progress":
        trip.begin(started_at)
    if copy.status == "cancelled":
        if not copy.reason:
            raise ReasonRequired
        drive.call_off(trip, copy.reason)
    return [warning] if warning else []
