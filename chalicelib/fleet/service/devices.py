"""Devices: registering, reading, finding and editing them."""

from chalicelib.fleet import events
from chalicelib.fleet.errors import DeviceNotFound, InOpenOrder
from chalicelib.fleet.models import devices as models
from chalicelib.fleet.queries import cabinets as cabinet_queries
from chalicelib.fleet.queries import device_writes as writes
from chalicelib.fleet.queries import devices as queries
from chalicelib.fleet.queries.device_writes import DeviceFacts, DeviceRow
from chalicelib.fleet.service import references
from chalicelib.kit.answer import Json
from chalicelib.kit.call import Call
from chalicelib.kit.clients import NeedsWholeFleet
from chalicelib.kit.db import Connection
from chalicelib.kit.errors import VersionConflict
from chalicelib.kit.events import changes
from chalicelib.kit.paging import Paged
from chalicelib.kit.roles import ADMIN
from chalicelib.planograms import service as planograms


def all_devices(call: Call, page: Paged) -> Json[list[models.Device]]:
    """The live devices, newest first."""
    return queries.all_devices(call.db, page, seen_by=call.principal)


def page(call: Call, wanted: models.DeviceFilter) -> models.DevicePage:
    """One page of the devices that fit the filter."""
    total = queries.count_matching(call.db, wanted, seen_by=call.principal)
    pagination = models.Pagination(
        page=wanted.page, per_page=wanted.per_page, total=total, pages=-(-total // wanted.per_page)
    )
    devices = queries.matching(call.db, wanted, seen_by=call.principal)
    return models.DevicePage(devices=devices, pagination=pagination)


def device(call: Call, device_id: int) -> models.Device:
    """One device; a deleted one is there for admins only (BR-052)."""
    found = queries.device(call.db, device_id, seen_by=call.principal, with_deleted=call.principal.role == ADMIN)
    if found is None:
        raise DeviceNotFound
    return found


def register(call: Call, wish: models.NewDevice) -> models.DeviceCreated:
    """Write a device with its cabinets, planograms and slots (BR-040..044)."""
    db, types = call.db, wish.cabinet_types
    facts = DeviceFacts(
        asset=wish.asset,
        nickname=wish.cooler,
        model=wish.model,
        serial_number=wish.serial_number or None,
        route_id=references.route(db, wish.route_id),
        location_id=references.location(db, wish),
        device_type_id=references.device_type(db, wish.device_type_id, cabinets=len(types)).id,
    )
    references.cabinet_types(db, types)
    device_id = writes.insert_device(db, facts, call.now)
    planograms.lay_out(call, cabinet_queries.insert_cabinets(db, device_id, types, first_index=0))
    call.record(events.DeviceCreated(resource_id=device_id, asset=facts.asset, cabinet_types=types, after=vars(facts)))
    return models.DeviceCreated.model_validate(_seen(call, device_id))


def edit(call: Call, device_id: int, wish: models.DeviceEdit) -> models.DeviceEdited:
    """Change facts of a device (BR-049, BR-066); what stays the same leaves no trace."""
    db = call.db
    route_id = references.route(db, wish.route_id)
    row = lock_live(call, device_id)
    if wish.version is not None and wish.version != row.version:
        raise VersionConflict(
            version=row.version, current=_seen(call, device_id).model_dump(mode="json", by_alias=True)
        )
    facts = _edited(db, row, wish, route_id)
    before, after = changes(vars(row.facts), vars(facts))
    if call.principal.devices is not None and after.keys() & {"location_id", "route_id"}:
        raise NeedsWholeFleet("Your API client may not move a device to another location or route.")
    if not after:
        return models.DeviceEdited(version=row.version)
    if "route_id" in after and not wish.force:
        _refuse_open_orders_of_route(db, row)
    version = writes.update_device(db, device_id, facts, call.now)
    call.record(
        events.DeviceUpdated(resource_id=device_id, asset=facts.asset, before=before, after=after, forced=wish.force)
    )
    return models.DeviceEdited(version=version)


def lock_live(call: Call, device_id: int) -> DeviceRow:
    """Lock a device that is not deleted, and that the caller may reach."""
    rows = writes.lock_devices(call.db, [device_id], seen_by=call.principal)
    if not rows or rows[0].deleted_at is not None:
        raise DeviceNotFound
    return rows[0]


def _edited(db: Connection, row: DeviceRow, wish: models.DeviceEdit, route_id: int | None) -> DeviceFacts:
    return DeviceFacts(
        asset=wish.asset or row.asset,
        nickname=wish.cooler,
        model=wish.model,
        serial_number=(wish.serial_number or None) if wish.says("serial_number") else row.serial_number,
        device_type_id=_device_type(db, row, wish),
        location_id=references.location(db, wish) if references.names_location(wish) else row.location_id,
        route_id=route_id if wish.says("route_id") else row.route_id,
    )


def _device_type(db: Connection, row: DeviceRow, wish: models.DeviceEdit) -> int:
    if wish.device_type_id is None or wish.device_type_id == row.device_type_id:
        return row.device_type_id
    cabinets = cabinet_queries.lock_cabinets(db, row.id)
    return references.device_type(db, wish.device_type_id, cabinets=len(cabinets)).id


def _refuse_open_orders_of_route(db: Connection, row: DeviceRow) -> None:
    orders = [order for order in queries.open_orders(db, [row.id]) if order.route_id == row.route_id]
    if orders:
        raise InOpenOrder(
            f"Device {row.asset} is in an open service order of its route. Complete or cancel it, or force the move.",
            orders=[order.order_id for order in orders],
        )


def _seen(call: Call, device_id: int) -> models.Device:
    found = queries.device(call.db, device_id, seen_by=call.principal)
    if found is None:
        raise DeviceNotFound
    return found
