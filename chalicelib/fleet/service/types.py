"""Types of devices and cabinets, which an admin keeps (US-027, BR-054)."""

from typing import TypeVar

from pydantic import BaseModel

from chalicelib.fleet import events
from chalicelib.fleet.errors import DeviceTypeTooNarrow, TypeNotFound
from chalicelib.fleet.models.types import (
    CabinetType,
    CabinetTypeContent,
    Deleted,
    DeviceType,
    DeviceTypeContent,
)
from chalicelib.fleet.queries import types as queries
from chalicelib.kit.call import Call
from chalicelib.kit.events import changes

T = TypeVar("T")


def device_types(call: Call) -> list[DeviceType]:
    """All device types, by name."""
    return queries.device_types(call.db)


def create_device_type(call: Call, content: DeviceTypeContent) -> DeviceType:
    """Write a device type."""
    created = _there(queries.insert_device_type(call.db, content))
    call.record(events.DeviceTypeCreated(resource_id=created.id, name=created.name, after=_facts(created)))
    return created


def edit_device_type(call: Call, device_type_id: int, content: DeviceTypeContent) -> DeviceType:
    """Change a device type; the devices of this type must keep within its limits."""
    old = _there(queries.lock_device_type(call.db, device_type_id))
    least, most = content.cabinet_range
    if outside := queries.devices_outside(call.db, device_type_id, least=least, most=most):
        raise DeviceTypeTooNarrow(devices=outside)
    new = _there(queries.update_device_type(call.db, device_type_id, content))
    before, after = changes(_facts(old), _facts(new))
    if after:
        call.record(events.DeviceTypeUpdated(resource_id=device_type_id, name=new.name, before=before, after=after))
    return new


def delete_device_type(call: Call, device_type_id: int) -> Deleted:
    """Delete a device type; the foreign key refuses one in use."""
    name = queries.delete_device_type(call.db, device_type_id)
    if name is None:
        raise TypeNotFound
    call.record(events.DeviceTypeDeleted(resource_id=device_type_id, name=name))
    return Deleted(message=f'Device type "{name}" deleted successfully')


def cabinet_types(call: Call) -> list[CabinetType]:
    """All cabinet types, by name."""
    return queries.cabinet_types(call.db)


def create_cabinet_type(call: Call, content: CabinetTypeContent) -> CabinetType:
    """Write a cabinet type."""
    created = _there(queries.insert_cabinet_type(call.db, content))
    call.record(events.CabinetTypeCreated(resource_id=created.id, name=created.name, after=_facts(created)))
    return created


def edit_cabinet_type(call: Call, cabinet_type_id: int, content: CabinetTypeContent) -> CabinetType:
    """Change a cabinet type; planogram keys are made of its name and follow it."""
    old = _there(queries.lock_cabinet_type(call.db, cabinet_type_id))
    new = _there(queries.update_cabinet_type(call.db, cabinet_type_id, content))
    if new.name != old.name:
        queries.rename_in_cabinets(call.db, cabinet_type_id, old=old.name, new=new.name)
    before, after = changes(_facts(old), _facts(new))
    if after:
        call.record(events.CabinetTypeUpdated(resource_id=cabinet_type_id, name=new.name, before=before, after=after))
    return new


def delete_cabinet_type(call: Call, cabinet_type_id: int) -> Deleted:
    """Delete a cabinet type; the foreign key refuses one in use."""
    name = queries.delete_cabinet_type(call.db, cabinet_type_id)
    if name is None:
        raise TypeNotFound
    call.record(events.CabinetTypeDeleted(resource_id=cabinet_type_id, name=name))
    return Deleted(message=f'Cabinet type "{name}" deleted successfully')


def _there(found: T | None) -> T:
    if found is None:
        raise TypeNotFound
    return found


def _facts(message: BaseModel) -> dict[str, object]:
    return message.model_dump(exclude={"id"})
