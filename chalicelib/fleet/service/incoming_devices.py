"""Devices that come in bulk: each is found by its asset, registered where it is new, and changed where it differs."""

from collections.abc import Mapping, Sequence

from chalicelib.fleet import events
from chalicelib.fleet.queries import devices as device_queries
from chalicelib.fleet.queries import incoming as queries
from chalicelib.fleet.queries.device_writes import DeviceFacts, DeviceRow, TypeLimits, known_cabinet_types
from chalicelib.kit.bulk import CREATED, UNCHANGED, UPDATED, Outcome, refused
from chalicelib.kit.call import Call
from chalicelib.kit.events import changes
from chalicelib.kit.values import value
from chalicelib.planograms import service as planograms


@value(kw_only=True)
class IncomingDevice:
    """A device as a file has it, with what it refers to by name. What it does not say stays as it is."""

    asset: str
    name: str
    model: str
    device_type: str
    cabinets: Sequence[str]
    location: str | None = None
    route: str | None = None
    serial_number: str | None = None


@value
class _Known:
    """What the devices of a bulk refer to, by names in lower case."""

    types: Mapping[str, TypeLimits]
    locations: Mapping[str, int]
    routes: Mapping[str, int]
    cabinet_types: set[str]
    devices: Mapping[str, DeviceRow]
    cabinets: Mapping[int, Sequence[str]]
    ordered_on: Mapping[int, int | None]
    """The route of the open order that a device is in, by device."""


@value
class _Wanted:
    """A device that fits, with the facts that it is to have."""

    device: IncomingDevice
    facts: DeviceFacts
    old: DeviceRow | None


def bring_in(call: Call, devices: Sequence[IncomingDevice]) -> list[Outcome]:
    """Register and change devices, in a number of statements that does not depend on how many they are.

    No two of them may have the same asset. Cabinets of a known device are compared and never changed: stock is at
    stake, so that is done one by one.
    """
    known = _known(call, devices)
    settled = [_settled(device, known) for device in devices]
    wanted = [one for one in settled if isinstance(one, _Wanted)]
    _register(call, [one for one in wanted if one.old is None])
    _change(call, [one for one in wanted if one.old is not None and one.facts != one.old.facts])
    return [one if isinstance(one, Outcome) else _outcome(one) for one in settled]


def _known(call: Call, devices: Sequence[IncomingDevice]) -> _Known:
    db = call.db
    rows = queries.lock_devices(db, [device.asset.lower() for device in devices])
    ids = [row.id for row in rows]
    return _Known(
        types=queries.device_types(db, [device.device_type.lower() for device in devices]),
        locations=queries.location_ids(db, [(device.location or "").lower() for device in devices]),
        routes=queries.route_ids(db, [(device.route or "").lower() for device in devices]),
        cabinet_types=known_cabinet_types(db, [name for device in devices for name in device.cabinets]),
        devices={row.asset.lower(): row for row in rows},
        cabinets=queries.cabinets_of(db, ids),
        ordered_on={order.device_id: order.route_id for order in device_queries.open_orders(db, ids)},
    )


def _settled(device: IncomingDevice, known: _Known) -> _Wanted | Outcome:
    old = known.devices.get(device.asset.lower())
    problem = _problem(device, known, old)
    if problem:
        return problem
    facts = DeviceFacts(
        asset=device.asset,
        nickname=device.name,
        model=device.model,
        serial_number=device.serial_number or (old.serial_number if old else None),
        device_type_id=known.types[device.device_type.lower()].id,
        location_id=_location(device, known, old),
        route_id=known.routes[device.route.lower()] if device.route else (old.route_id if old else None),
    )
    if old and facts.route_id != old.route_id and known.ordered_on.get(old.id) == old.route_id and old.route_id:
        return refused("the device is in an open service order of its route: complete or cancel it first", "route")
    return _Wanted(device, facts, old)


def _location(device: IncomingDevice, known: _Known, old: DeviceRow | None) -> int:
    return old.location_id if old and not device.location else known.locations[(device.location or "").lower()]


def _problem(device: IncomingDevice, known: _Known, old: DeviceRow | None) -> Outcome | None:
    limits = known.types.get(device.device_type.lower())
    if limits is None:
        return refused(f"there is no device type {device.device_type}", "device_type")
    if device.location and device.location.lower() not in known.locations:
        return refused(f"there is no location {device.location}", "location")
    if device.route and device.route.lower() not in known.routes:
        return refused(f"there is no route {device.route}", "route")
    for name in device.cabinets:
        if name not in known.cabinet_types:
            return refused(f"there is no cabinet type {name}", "cabinets")
    if not limits.min_cabinets <= len(device.cabinets) <= limits.max_cabinets:
        return refused(f"{limits.name} has {limits.min_cabinets} to {limits.max_cabinets} cabinets", "cabinets")
    if old and list(known.cabinets.get(old.id, ())) != list(device.cabinets):
        has = ", ".join(known.cabinets.get(old.id, ()))
        return refused(f"the device has other cabinets ({has}): change them at the device", "cabinets")
    return None


def _outcome(wanted: _Wanted) -> Outcome:
    if wanted.old is None:
        return CREATED
    return UNCHANGED if wanted.facts == wanted.old.facts else UPDATED


def _register(call: Call, wanted: Sequence[_Wanted]) -> None:
    if not wanted:
        return
    ids = queries.insert_devices(call.db, [one.facts for one in wanted], call.now)
    cabinets = [(device_id, one.device.cabinets) for device_id, one in zip(ids, wanted, strict=True)]
    planograms.lay_out(call, queries.insert_cabinets(call.db, cabinets))
    for device_id, one in zip(ids, wanted, strict=True):
        call.record(
            events.DeviceCreated(
                resource_id=device_id,
                asset=one.facts.asset,
                cabinet_types=list(one.device.cabinets),
                after=vars(one.facts),
            )
        )


def _change(call: Call, wanted: Sequence[_Wanted]) -> None:
    changed = [(one.old, one.facts) for one in wanted if one.old is not None]
    if not changed:
        return
    queries.update_devices(call.db, [(old.id, facts) for old, facts in changed], call.now)
    for old, facts in changed:
        before, after = changes(vars(old.facts), vars(facts))
        call.record(
            events.DeviceUpdated(resource_id=old.id, asset=facts.asset, before=before, after=after, forced=False)
        )
