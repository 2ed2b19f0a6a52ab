"""Taking a delivery back (SC-5, SO-6, SO-7, BR-119)."""

from collections.abc import Sequence
from datetime import timedelta

from chalicelib.kit.call import Call
from chalicelib.kit.roles import ADMIN
from chalicelib.orders.errors import NoExecution, OrderClosed, RollbackImpossible, RollbackTooLate
from chalicelib.orders.events import StopRolledBack
from chalicelib.orders.models.incoming import Rollback
from chalicelib.orders.models.outgoing import RolledBack
from chalicelib.orders.models.rows import Stop, Visit, VisitItem
from chalicelib.orders.queries import progress, visits
from chalicelib.orders.rules import machine
from chalicelib.orders.rules.machine import SYSTEM
from chalicelib.orders.service import drive
from chalicelib.orders.service import trip as trips
from chalicelib.orders.service.trip import Trip
from chalicelib.stock import service as stock
from chalicelib.stock.models import Move

WITHIN = timedelta(hours=24)


def cabinet(call: Call, stop_id: int, body: Rollback) -> RolledBack:
    """Take back what was delivered to a cabinet: exactly those units leave exactly those slots."""
    trip, stop = trips.with_stop(call, stop_id)
    visit = visits.live_visit(call.db, stop.id) if stop.status == "completed" else None
    if visit is None:
        raise NoExecution
    _refuse_late(trip, stop)
    progress.lock_slots(call.db, [stop.cabinet_id])
    items = visits.items_of_visit(call.db, visit.id)
    _refuse_gone(items)
    _take_back(trip, stop, visit, items, body.reason or "rolled back")
    return RolledBack(
        **dict(drive.stop_updated(trip, stop_id, "Cabinet execution rolled back successfully")),
        service_visit_id=visit.id,
        units_returned=visit.units,
    )


def _refuse_late(trip: Trip, stop: Stop) -> None:
    order, call = trip.order, trip.call
    if order.status == "cancelled":
        raise OrderClosed("This order is cancelled.", status=order.status)
    if order.completed_at and call.now - order.completed_at > WITHIN:
        raise RollbackTooLate(completedAt=order.completed_at)
    if call.principal.role != ADMIN and stop.executed_at and call.now - stop.executed_at > WITHIN:
        raise RollbackTooLate(executedAt=stop.executed_at)


def _refuse_gone(items: Sequence[VisitItem]) -> None:
    gone = [
        item.position or f"product {item.product_id}"
        for item in items
        if item.product_now != item.product_id or (item.quantity_now or 0) < item.units
    ]
    if gone:
        raise RollbackImpossible(
            f"The delivered units are not there any more: {', '.join(gone)}. Count the cabinet instead.", slots=gone
        )


def _take_back(trip: Trip, stop: Stop, visit: Visit, items: Sequence[VisitItem], reason: str) -> None:
    call, who = trip.call, trip.call.principal
    stock.apply(
        call,
        [
            Move(slot_id=item.slot_id, delta=-item.units, kind="rollback", visit_item_id=item.id)
            for item in items
            if item.slot_id is not None
        ],
    )
    visits.void_visit(call.db, visit.id, by=who.user_id, reason=reason, at=call.now)
    visits.unfill_items(call.db, stop.id)
    trip.rolling_back = True
    trip.step_stop(stop, "pending", by=who.role, reason=reason, started_at=None, executed_at=None, executed_by=None)
    _reopen(trip, reason)
    call.record(
        StopRolledBack(
            resource_id=stop.id,
            order_id=trip.order.id,
            cabinet_id=stop.cabinet_id,
            device_id=stop.device_id,
            visit_id=visit.id,
            units=visit.units,
            reason=reason,
        )
    )
    trip.save()


def _reopen(trip: Trip, reason: str) -> None:
    if trip.order.status == "completed":
        trip.step_order("in_progress", by=trip.call.principal.role, reason=reason, completed_at=None)
    if machine.is_untouched(trip.states):
        trip.step_order("pending", by=SYSTEM, reason=reason, started_at=None)
