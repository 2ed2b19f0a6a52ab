"""Cabinets of a device: adding, changing and removing them (BR-050, BR-051)."""

from chalicelib.fleet import events
from chalicelib.fleet.errors import CabinetHoldsStock, CabinetLimit, CabinetNotFound, InOpenOrder, ParentCabinetStays
from chalicelib.fleet.models import devices as models
from chalicelib.fleet.queries import cabinets as queries
from chalicelib.fleet.queries import device_writes
from chalicelib.fleet.queries import devices as device_queries
from chalicelib.fleet.queries.cabinets import CabinetRow
from chalicelib.fleet.queries.device_writes import DeviceRow, TypeLimits
from chalicelib.fleet.service import devices, references
from chalicelib.kit.call import Call
from chalicelib.kit.db import Connection
from chalicelib.planograms import service as planograms


def add(call: Call, device_id: int, wish: models.NewCabinet) -> models.Cabinet:
    """Give a device one more cabinet, at the next free index."""
    db, type_name = call.db, wish.type_name
    device = devices.lock_live(call, device_id)
    cabinets, limits = queries.lock_cabinets(call.db, device_id), _limits(db, device)
    if not limits.allows_additional_cabinets or len(cabinets) >= limits.max_cabinets:
        raise CabinetLimit(f"{limits.name} allows no further cabinet.", maximum=limits.max_cabinets)
    references.cabinet_types(db, [type_name])
    cabinet_ids = queries.insert_cabinets(db, device_id, [type_name], first_index=len(cabinets))
    planograms.lay_out(call, cabinet_ids)
    queries.touch_device(db, device_id, call.now)
    call.record(
        events.CabinetAdded(
            resource_id=cabinet_ids[0],
            device_id=device_id,
            asset=device.asset,
            cabinet_index=len(cabinets),
            cabinet_type=type_name,
        )
    )
    return _cabinets(call, device_id)[len(cabinets)]


def change(call: Call, device_id: int, index: int, wish: models.CabinetChange) -> models.Cabinet:
    """Give a cabinet another type; positions in both grids keep their products and units."""
    db, type_name = call.db, wish.type_name
    device = devices.lock_live(call, device_id)
    cabinet = _cabinet(call, device_id, index)
    references.cabinet_types(db, [type_name])
    if type_name == cabinet.type_name:
        return _cabinets(call, device_id)[index]
    queries.change_type(db, cabinet.id, type_name)
    cleared = planograms.fit_to_grid(call, cabinet.id, force=wish.force)
    queries.touch_device(db, device_id, call.now)
    changed = _cabinets(call, device_id)[index]
    call.record(
        events.CabinetChanged(
            resource_id=cabinet.id,
            device_id=device_id,
            asset=device.asset,
            cabinet_index=index,
            forced=wish.force,
            cleared=cleared,
            before={"type": cabinet.type_name, "rows": cabinet.rows, "cols": cabinet.cols},
            after={"type": changed.type_name, "rows": changed.rows, "cols": changed.columns},
        )
    )
    return changed


def remove(call: Call, device_id: int, index: int, removal: models.CabinetRemoval) -> models.CabinetRemoved:
    """Take a cabinet off its device; its planogram stays with it."""
    db = call.db
    device = devices.lock_live(call, device_id)
    cabinet = _cabinet(call, device_id, index)
    if index == 0:
        raise ParentCabinetStays
    _refuse_too_few(db, device)
    _refuse_open_orders(db, cabinet)
    units = planograms.units_in(call, cabinet.id)
    if units and not (removal.force and removal.reason):
        raise CabinetHoldsStock(units=units)
    queries.remove(db, cabinet, by=call.principal.user_id, now=call.now)
    queries.close_gap(db, cabinet)
    queries.touch_device(db, device_id, call.now)
    call.record(
        events.CabinetRemoved(
            resource_id=cabinet.id,
            device_id=device_id,
            asset=device.asset,
            cabinet_index=index,
            units_held=units,
            reason=removal.reason,
        )
    )
    return models.CabinetRemoved(removed_at=call.now, cabinet_configuration=_cabinets(call, device_id))


def _cabinet(call: Call, device_id: int, index: int) -> CabinetRow:
    for cabinet in queries.lock_cabinets(call.db, device_id):
        if cabinet.cabinet_index == index:
            return cabinet
    raise CabinetNotFound


def _limits(db: Connection, device: DeviceRow) -> TypeLimits:
    limits = device_writes.type_limits(db, device.device_type_id)
    if limits is None:
        raise AssertionError("The foreign key keeps the type of a device.")
    return limits


def _refuse_too_few(db: Connection, device: DeviceRow) -> None:
    limits = _limits(db, device)
    if len(queries.lock_cabinets(db, device.id)) <= limits.min_cabinets:
        raise CabinetLimit(f"{limits.name} needs at least {limits.min_cabinets} cabinets.", minimum=limits.min_cabinets)


def _refuse_open_orders(db: Connection, cabinet: CabinetRow) -> None:
    if orders := queries.orders_with(db, cabinet.id):
        raise InOpenOrder(orders=orders)


def _cabinets(call: Call, device_id: int) -> list[models.Cabinet]:
    found = device_queries.device(call.db, device_id, seen_by=call.principal)
    return found.cabinet_configuration if found else []
