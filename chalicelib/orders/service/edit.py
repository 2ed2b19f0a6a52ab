"""Changing an order: what is planned, while it is pending (BR-098, BR-099), and its status (BR-100)."""

from collections.abc import Mapping, Sequence

from chalicelib.kit.call import Call
from chalicelib.kit.errors import BadRequest, Forbidden, InvalidTransition, VersionConflict
from chalicelib.kit.events import changes
from chalicelib.kit.roles import DRIVER
from chalicelib.orders.errors import CabinetHasHistory, DriverUnfit, OnlyNotesMayChange, ReasonRequired
from chalicelib.orders.events import OrderEdited
from chalicelib.orders.models.incoming import OrderEdit
from chalicelib.orders.models.outgoing import OrderUpdated
from chalicelib.orders.models.rows import Terms
from chalicelib.orders.queries import photos, progress
from chalicelib.orders.queries import planning as queries
from chalicelib.orders.rules import machine
from chalicelib.orders.rules.quantities import plausible
from chalicelib.orders.service import create, drive, execute, plan
from chalicelib.orders.service import trip as trips
from chalicelib.orders.service.trip import Trip

PLANNED = ("priority", "service_date", "driver_id", "cabinet_selections")
EDITABLE = ("status", "notes", *PLANNED)


def order(call: Call, order_id: int, edit: OrderEdit) -> OrderUpdated:
    """Change an order. What is already as asked stays untouched, so that a repeat changes nothing."""
    if not any(edit.says(field) for field in EDITABLE) or (edit.model_fields_set <= {"status"} and not edit.status):
        raise BadRequest("Status is required")
    if edit.selections is not None:
        queries.lock_route_of(call.db, order_id)
    trip = trips.with_order(call, order_id)
    if edit.version is not None and edit.version != trip.order.version:
        raise VersionConflict(version=trip.order.version)
    _edit(trip, edit)
    warnings = _go(trip, edit)
    trip.save()
    return drive.updated(trip, "Service order updated successfully", warnings)


def _edit(trip: Trip, edit: OrderEdit) -> None:
    call, order = trip.call, trip.order
    terms = queries.terms(call.db)
    asked = _asked(trip, edit, terms)
    before, after = changes({name: getattr(order, name) for name in asked}, asked)
    planned = set(after) & set(PLANNED) or edit.selections is not None
    if planned and call.principal.role == DRIVER:
        raise Forbidden
    if planned and order.status != "pending":
        raise OnlyNotesMayChange
    if after.get("driver_id") is not None and not queries.is_active_driver(call.db, after["driver_id"]):
        raise DriverUnfit
    if after:
        trip.amend(**after)
    if edit.selections is not None:
        _replan(trip, edit.selections, idle_allowed=edit.service_type == "maintenance", terms=terms)
        before = {**before, "total_units": order.total_units}
        after = {**after, "total_units": trip.order.total_units, "cabinets": len(trip.stops)}
    if after:
        call.record(OrderEdited(resource_id=order.id, before=before, after=after))


def _asked(trip: Trip, edit: OrderEdit, terms: Terms) -> Mapping[str, object]:
    """The columns that the edit names, with their new values."""
    asked: dict[str, object] = {}
    if edit.says("notes"):
        asked["notes"] = edit.notes or None
    if edit.priority is not None:
        asked["priority"] = edit.priority
    if edit.says("driver_id"):
        asked["driver_id"] = edit.driver_id
    if edit.service_date is not None and edit.service_date != trip.order.service_date.isoformat():
        asked["service_date"] = plan.calendar(trip.call, terms).service_day(edit.service_date)
    return asked


def _replan(trip: Trip, selections: Sequence[tuple[int, int]], *, idle_allowed: bool, terms: Terms) -> None:
    """Put other cabinets into a pending order, with what they need by its day."""
    call, order = trip.call, trip.order
    queries.hold_devices(call.db, [device_id for device_id, _ in selections])
    cabinets = create.selected(call, selections, route_id=order.route_id, besides_order=order.id)
    create.refuse_ordered_twice(cabinets, allowed=False)
    plans = plan.for_cabinets(call, cabinets, days=plan.calendar(call, terms).days_until(order.service_date))
    create.refuse_idle(plans, allowed=idle_allowed)
    cabinet_ids = [cabinet.cabinet_id for cabinet in cabinets]
    if photos.has_photo_elsewhere(call.db, order.id, cabinet_ids):
        raise CabinetHasHistory
    queries.drop_other_stops(call.db, order.id, cabinet_ids)
    stop_of = queries.insert_stops(call.db, order.id, cabinet_ids, minutes=terms.minutes_per_cabinet)
    queries.replace_items(call.db, list(stop_of.values()), plan.items(plans, stop_of))
    trip.stops = {stop.id: stop for stop in progress.lock_stops(call.db, order.id)}
    _retotal(trip, terms)


def _retotal(trip: Trip, terms: Terms) -> None:
    units, cabinets = queries.units_and_cabinets(trip.call.db, trip.order.id)
    trip.amend(total_units=units, estimated_minutes=terms.minutes_per_cabinet * cabinets)


def _go(trip: Trip, edit: OrderEdit) -> list[str]:
    """Take the status that was asked for, through the machine; warnings about the phone's clock."""
    call, order = trip.call, trip.order
    if edit.status is None or edit.status == order.status:
        return []
    role = call.principal.role
    started_at, late_start = plausible(edit.start_time, now=call.now, created_at=order.created_at)
    ended_at, late_end = plausible(edit.completed_at, now=call.now, created_at=order.created_at)
    if edit.status == "completed" and order.status in machine.OPEN and trip.open_stops:
        trip.begin(started_at if edit.start_time else ended_at)
        execute.remaining(trip, ended_at)
        return [warning for warning in (late_start, late_end) if warning]
    machine.check_order(order.status, edit.status, role)
    if edit.status == "cancelled":
        if not edit.reason:
            raise ReasonRequired
        drive.call_off(trip, edit.reason)
    if edit.status == "in_progress":
        trip.begin(started_at)
    return [late_start] if late_start else []


def refresh(call: Call, order_id: int) -> OrderUpdated:
    """Calculate anew what the cabinets of a pending order need by its day (BR-098)."""
    trip = trips.with_order(call, order_id)
    order = trip.order
    if order.status != "pending":
        raise InvalidTransition("Only a pending order can be refreshed.", status=order.status)
    terms = queries.terms(call.db)
    cabinets = queries.cabinets_selected(
        call.db, queries.cabinets_to_refresh(call.db, order.id), besides_order=order.id
    )
    plans = plan.for_cabinets(call, cabinets, days=plan.calendar(call, terms).days_until(order.service_date))
    stop_of = {stop.cabinet_id: stop.id for stop in trip.stops.values()}
    pending = [stop.id for stop in trip.stops.values() if stop.status == "pending"]
    queries.replace_items(call.db, pending, plan.items(plans, stop_of))
    _retotal(trip, terms)
    call.record(
        OrderEdited(
            resource_id=order.id,
            before={"total_units": order.total_units},
            after={"total_units": trip.order.total_units},
        )
    )
    trip.save()
    return drive.updated(trip, "Service order refreshed")
