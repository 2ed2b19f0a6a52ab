"""Driving an order: starting it and its cabinets, skipping, backing out, cancelling (§4.1, §4.2)."""

from chalicelib.kit.call import Call
from chalicelib.orders.errors import OrderClosed
from chalicelib.orders.events import OrderCancelled, StopBackedOut, StopSkipped, StopStarted
from chalicelib.orders.models.incoming import Cancellation, Skip, Started
from chalicelib.orders.models.outgoing import OrderUpdated, StopUpdated
from chalicelib.orders.rules import machine
from chalicelib.orders.rules.machine import SYSTEM
from chalicelib.orders.rules.quantities import plausible
from chalicelib.orders.service import trip as trips
from chalicelib.orders.service.trip import Trip


def start(call: Call, order_id: int, body: Started) -> OrderUpdated:
    """Start an order (SO-2). One that is under way already stays as it is."""
    trip = trips.with_order(call, order_id)
    warnings: list[str] = []
    if trip.order.status != "in_progress":
        machine.check_order(trip.order.status, "in_progress", call.principal.role)
        at, warning = plausible(body.start_time, now=call.now, created_at=trip.order.created_at)
        warnings += [warning] if warning else []
        trip.begin(at)
        trip.save()
    return updated(trip, "Service order started", warnings)


def cancel(call: Call, order_id: int, body: Cancellation) -> OrderUpdated:
    """Cancel an order (SO-4, SO-5). One that is cancelled already stays as it is."""
    trip = trips.with_order(call, order_id)
    if trip.order.status != "cancelled":
        call_off(trip, body.reason)
        trip.save()
    return updated(trip, "Service order cancelled")


def call_off(trip: Trip, reason: str) -> None:
    """Take the steps of a cancellation: done cabinets stay done, those of a started order are skipped."""
    call = trip.call
    was_under_way = trip.order.status == "in_progress"
    who = call.principal
    trip.step_order(
        "cancelled",
        by=who.role,
        reason=reason,
        cancelled_at=call.now,
        cancelled_by=who.user_id,
        cancel_reason=reason,
    )
    for stop in trip.open_stops if was_under_way else ():
        trip.step_stop(stop, "skipped", by=SYSTEM, reason="order cancelled", skip_reason="order cancelled")
    call.record(OrderCancelled(resource_id=trip.order.id, reason=reason))


def start_stop(call: Call, stop_id: int, body: Started) -> StopUpdated:
    """Open a cabinet (SC-1), which starts the order if need be. One that is open already stays as it is."""
    trip, stop = trips.with_stop(call, stop_id)
    warnings: list[str] = []
    if stop.status != "in_progress":
        refuse_closed(trip)
        at, warning = plausible(body.start_time, now=call.now, created_at=trip.order.created_at)
        warnings += [warning] if warning else []
        trip.step_stop(stop, "in_progress", by=call.principal.role, started_at=at)
        trip.begin(at)
        call.record(
            StopStarted(
                resource_id=stop.id, order_id=trip.order.id, cabinet_id=stop.cabinet_id, device_id=stop.device_id
            )
        )
        trip.save()
    return stop_updated(trip, stop_id, "Cabinet started", warnings)


def back_out(call: Call, stop_id: int) -> StopUpdated:
    """Close a cabinet again without delivering (SC-4). One that is not open yet stays as it is."""
    trip, stop = trips.with_stop(call, stop_id)
    if stop.status != "pending":
        refuse_closed(trip)
        trip.step_stop(stop, "pending", by=call.principal.role, started_at=None)
        call.record(
            StopBackedOut(
                resource_id=stop.id, order_id=trip.order.id, cabinet_id=stop.cabinet_id, device_id=stop.device_id
            )
        )
        trip.save()
    return stop_updated(trip, stop_id, "Cabinet set back")


def skip(call: Call, stop_id: int, body: Skip) -> StopUpdated:
    """Skip a cabinet (SC-3), which may complete the order (SO-3). One that is skipped already stays as it is."""
    trip, stop = trips.with_stop(call, stop_id)
    if stop.status != "skipped":
        refuse_closed(trip)
        trip.step_stop(stop, "skipped", by=call.principal.role, reason=body.reason, skip_reason=body.reason)
        call.record(
            StopSkipped(
                resource_id=stop.id,
                order_id=trip.order.id,
                cabinet_id=stop.cabinet_id,
                device_id=stop.device_id,
                reason=body.reason,
            )
        )
        trip.finish_if_done(call.now)
        trip.save()
    return stop_updated(trip, stop_id, "Cabinet skipped")


def refuse_closed(trip: Trip) -> None:
    """Refuse work on the cabinets of an order that is completed or cancelled (BR-111)."""
    if trip.order.status not in machine.OPEN:
        raise OrderClosed(f"This order is {trip.order.status}.", status=trip.order.status)


def updated(trip: Trip, message: str, warnings: list[str] | None = None) -> OrderUpdated:
    """Where the order stands now."""
    order = trip.order
    return OrderUpdated(
        message=message,
        warnings=warnings or [],
        order_id=order.id,
        status=order.status,
        sync_version=order.sync_version,
        version=order.version,
    )


def stop_updated(trip: Trip, stop_id: int, message: str, warnings: list[str] | None = None) -> StopUpdated:
    """Where the cabinet and its order stand now."""
    stop = trip.stops[stop_id]
    return StopUpdated(**dict(updated(trip, message, warnings)), cabinet_order_id=stop.id, cabinet_status=stop.status)
