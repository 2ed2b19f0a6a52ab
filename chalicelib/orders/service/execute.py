"""Executing cabinets: the one place where deliveries become stock (SC-2, BR-110 to BR-118)."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.call import Call
from chalicelib.orders.errors import (
    AlreadyExecuted,
    CabinetSkipped,
    NothingDelivered,
    OrderClosed,
    OrderNotFoundOrDenied,
    PhotoRequired,
)
from chalicelib.orders.events import StopExecuted
from chalicelib.orders.models.incoming import DeliveredItem, DeliveryReport, OrderDelivery
from chalicelib.orders.models.outgoing import DeliveryRecorded
from chalicelib.orders.models.rows import Delivery, OrderedItem, Stop, Terms
from chalicelib.orders.queries import planning, progress, visits
from chalicelib.orders.rules import loading, machine
from chalicelib.orders.rules.loading import Line, Slot
from chalicelib.orders.rules.quantities import REPEATED_WITHIN, plausible, visit_minutes
from chalicelib.orders.service import trip as trips
from chalicelib.orders.service.trip import Trip
from chalicelib.stock import service as stock
from chalicelib.stock.models import Move


def cabinet(call: Call, stop_id: int, report: DeliveryReport) -> DeliveryRecorded:
    """Record what was delivered to a cabinet and move the stock; the first answer to a repeat within a minute."""
    trip, stop = trips.with_stop(call, stop_id)
    return _execute(trip, stop, report)


def of_order(call: Call, report: OrderDelivery) -> DeliveryRecorded:
    """The same, for clients that name the order too: the cabinet has to be one of its own."""
    trip = trips.with_order(call, report.order_id, OrderNotFoundOrDenied)
    stop = trip.stops.get(report.cabinet_id)
    if stop is None:
        raise OrderNotFoundOrDenied("Service order cabinet not found")
    return _execute(trip, stop, report)


def _execute(trip: Trip, stop: Stop, report: DeliveryReport) -> DeliveryRecorded:
    call = trip.call
    slots = progress.lock_slots(call.db, [stop.cabinet_id])
    items = progress.items_of(call.db, [stop.id])
    if stop.status == "completed":
        return _first_answer(trip, stop, report.delivered_items, slots)
    _refuse_closed(trip, stop)
    lines = _lines(report.delivered_items, slots, items)
    if not lines and items and not report.notes:
        raise NothingDelivered
    at, warning = plausible(report.executed_at, now=call.now, created_at=trip.order.created_at)
    terms = planning.terms(call.db)
    delivery = _delivery(stop, lines, slots, at=at, terms=terms, report=report, ordered=bool(items))
    visit_of = write(trip, [delivery], terms=terms)
    told = _told(trip, stop, visit_of[stop.id], delivery.units)
    return told.model_copy(update={"warnings": [*([warning] if warning else []), *told.warnings]})


def _refuse_closed(trip: Trip, stop: Stop) -> None:
    if stop.status == "skipped":
        raise CabinetSkipped(status=stop.status)
    if trip.order.status not in machine.OPEN:
        raise OrderClosed(f"This order is {trip.order.status}.", status=trip.order.status)


def _lines(delivered: Sequence[DeliveredItem], slots: Sequence[Slot], ordered: Sequence[OrderedItem]) -> list[Line]:
    return loading.lines(
        [(item.product_id, item.slot_id, item.quantity) for item in delivered],
        slots,
        {item.product_id for item in ordered},
    )


def _delivery(
    stop: Stop,
    lines: Sequence[Line],
    slots: Sequence[Slot],
    *,
    at: datetime,
    terms: Terms,
    report: DeliveryReport,
    ordered: bool,
) -> Delivery:
    return Delivery(
        stop_id=stop.id,
        device_id=stop.device_id,
        loads=tuple(loading.allocate(lines, slots)),
        units_of=loading.totals(lines),
        service_type=report.service_type or ("routine" if ordered else "maintenance"),
        at=at,
        minutes=visit_minutes(stop.started_at, at, terms.minutes_per_cabinet),
        notes=report.notes or None,
    )


def write(trip: Trip, deliveries: Sequence[Delivery], *, terms: Terms) -> dict[int, int]:
    """Write deliveries to open cabinets whose slots are locked, and take the order further; visits by cabinet.

    In a number of statements that grows neither with the cabinets nor with their slots (BR-116).
    """
    call, order = trip.call, trip.order
    _refuse_without_photo(call, deliveries, terms)
    trip.begin(min(delivery.at for delivery in deliveries))
    visit_of = visits.insert_visits(
        call.db, deliveries, route_id=order.route_id, technician_id=call.principal.user_id, at=call.now
    )
    item_of = visits.insert_visit_items(call.db, deliveries, visit_of)
    stock.apply(
        call,
        [
            Move(slot_id=load.slot_id, delta=load.units, kind="restock", visit_item_id=item_of[load.slot_id])
            for delivery in deliveries
            for load in delivery.loads
        ],
    )
    visits.fill_items(call.db, deliveries)
    for delivery in deliveries:
        _close(trip, delivery, visit_of[delivery.stop_id])
    trip.finish_if_done(max(delivery.at for delivery in deliveries))
    trip.save()
    return visit_of


def _refuse_without_photo(call: Call, deliveries: Sequence[Delivery], terms: Terms) -> None:
    if terms.photos_required and (
        missing := progress.stops_without_photo(call.db, [delivery.stop_id for delivery in deliveries])
    ):
        raise PhotoRequired(cabinetOrderIds=missing)


def _close(trip: Trip, delivery: Delivery, visit_id: int) -> None:
    call, stop = trip.call, trip.stops[delivery.stop_id]
    who = call.principal
    trip.step_stop(stop, "completed", by=who.role, executed_at=delivery.at, executed_by=who.user_id)
    call.record(
        StopExecuted(
            resource_id=stop.id,
            order_id=trip.order.id,
            cabinet_id=stop.cabinet_id,
            device_id=stop.device_id,
            visit_id=visit_id,
            units=delivery.units,
        )
    )


def _first_answer(
    trip: Trip, stop: Stop, delivered: Sequence[DeliveredItem], slots: Sequence[Slot]
) -> DeliveryRecorded:
    """The answer of the execution that this one repeats: same caller, same units, within a minute."""
    call = trip.call
    visit = visits.live_visit(call.db, stop.id)
    if visit and visit.technician_id == call.principal.user_id and call.now - visit.created_at <= REPEATED_WITHIN:
        put = visits.items_of_visit(call.db, visit.id)
        before = loading.totals([Line(item.product_id, item.units) for item in put])
        again = loading.totals(_lines(delivered, slots, [OrderedItem(stop.id, i.product_id, i.units) for i in put]))
        if before == {product: units for product, units in again.items() if units}:
            return _told(trip, stop, visit.id, visit.units)
    raise AlreadyExecuted(status=stop.status)


def _told(trip: Trip, stop: Stop, visit_id: int, units: int) -> DeliveryRecorded:
    db = trip.call.db
    return DeliveryRecorded(
        message="Delivery recorded successfully",
        service_visit_id=visit_id,
        total_units=units,
        order_id=trip.order.id,
        order_status=trip.order.status,
        cabinet_order_id=stop.id,
        all_cabinets_completed=not machine.OPEN.intersection(trip.states),
        shortfall=visits.shortfalls(db, stop.id),
        warnings=visits.above_par(db, visit_id),
    )


def remaining(trip: Trip, at: datetime) -> None:
    """Execute all open cabinets with what was ordered, as far as it fits: a driver says that all is done."""
    call = trip.call
    stops = trip.open_stops
    slots = progress.lock_slots(call.db, [stop.cabinet_id for stop in stops])
    items = progress.items_of(call.db, [stop.id for stop in stops])
    terms = planning.terms(call.db)
    deliveries = []
    for stop in stops:
        own = [slot for slot in slots if slot.cabinet_id == stop.cabinet_id]
        ordered = [(item.product_id, item.quantity_needed) for item in items if item.stop_id == stop.id]
        lines = loading.what_fits(ordered, own)
        report = DeliveryReport(delivered_items=[], notes="Completed with the order")
        deliveries.append(_delivery(stop, lines, own, at=at, terms=terms, report=report, ordered=bool(ordered)))
    write(trip, deliveries, terms=terms)
