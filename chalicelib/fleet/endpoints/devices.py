"""Devices."""

from chalice.app import Blueprint

from chalicelib.fleet import errors
from chalicelib.fleet.models.devices import (
    BulkDelete,
    BulkDeleted,
    DeletedDevice,
    Device,
    DeviceCreated,
    DeviceEdit,
    DeviceEdited,
    DeviceFilter,
    DevicePage,
    Done,
    NewDevice,
    RecoveredDevice,
    Recovery,
)
from chalicelib.fleet.service import deletion, devices
from chalicelib.kit.answer import Json
from chalicelib.kit.call import Call
from chalicelib.kit.clients import NeedsWholeFleet
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import VersionConflict
from chalicelib.kit.paging import Paged
from chalicelib.kit.roles import ADMIN, EVERYONE, MANAGER
from chalicelib.kit.sheet import Sheet

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "GET", "/api/devices", roles=EVERYONE, memory=512, sheet=Sheet(), scope="devices:read", rows="filtered"
)
def list_devices(call: Call, query: Paged) -> Json[list[Device]]:
    """List the devices with their cabinets, newest first.

    At most 5,000; larger fleets are read page by page.
    """
    return devices.all_devices(call, query)


@endpoint(
    blueprint, "GET", "/api/devices/page", roles=EVERYONE, sheet=Sheet("devices"), scope="devices:read", rows="filtered"
)
def page_devices(call: Call, query: DeviceFilter) -> DevicePage:
    """Find devices by text, type, location and route, page by page."""
    return devices.page(call, query)


@endpoint(
    blueprint,
    "GET",
    "/api/devices/{device_id}",
    roles=EVERYONE,
    refusals=[errors.DeviceNotFound],
    scope="devices:read",
    rows="filtered",
)
def get_device(call: Call, device_id: int) -> Device:
    """Show one device. Admins see deleted ones too."""
    return devices.device(call, device_id)


@endpoint(
    blueprint,
    "POST",
    "/api/devices",
    roles=[ADMIN, MANAGER],
    refusals=[errors.AssetTaken, errors.UnknownReference, errors.WrongCabinetCount],
    status=201,
    scope="devices:write",
)
def create_device(call: Call, body: NewDevice) -> DeviceCreated:
    """Register a device with one to three cabinets, each with an empty planogram."""
    return devices.register(call, body)


@endpoint(
    blueprint,
    "PUT",
    "/api/devices/{device_id}",
    roles=[ADMIN, MANAGER],
    refusals=[
        errors.DeviceNotFound,
        errors.AssetTaken,
        errors.UnknownReference,
        errors.WrongCabinetCount,
        errors.InOpenOrder,
        VersionConflict,
        NeedsWholeFleet,
    ],
    scope="devices:write",
    rows="filtered",
)
def edit_device(call: Call, device_id: int, body: DeviceEdit) -> DeviceEdited:
    """Change facts of a device, or move it to another location or route.

    A device in an open order of its route moves to another route only with `force`.
    """
    return devices.edit(call, device_id, body)


@endpoint(
    blueprint,
    "DELETE",
    "/api/devices/{device_id}",
    roles=[ADMIN],
    refusals=[errors.DeviceNotFound, errors.InOpenOrder],
)
def delete_device(call: Call, device_id: int) -> Done:
    """Take a device out of service. An admin can recover it."""
    return deletion.delete(call, device_id)


@endpoint(blueprint, "POST", "/api/devices/bulk-delete", roles=[ADMIN], refusals=[errors.InOpenOrder])
def delete_devices(call: Call, body: BulkDelete) -> BulkDeleted:
    """Take several devices out of service; unknown and deleted ones are skipped and listed."""
    return deletion.delete_many(call, body.device_ids)


@endpoint(blueprint, "GET", "/api/admin/devices/deleted", roles=[ADMIN], sheet=Sheet())
def list_deleted_devices(call: Call, query: Paged) -> list[DeletedDevice]:
    """List the deleted devices, the latest deletion first."""
    return deletion.deleted_devices(call, query)


@endpoint(
    blueprint,
    "POST",
    "/api/admin/devices/{device_id}/recover",
    roles=[ADMIN],
    refusals=[errors.DeletedDeviceNotFound, errors.AssetTaken, errors.JustificationNeeded],
)
def recover_device(call: Call, device_id: int, body: Recovery) -> RecoveredDevice:
    """Bring a deleted device back with its cabinets, slots and history.

    A location that is gone is replaced by the default one, a route that is gone is left. After 90 days a
    justification is needed.
    """
    return deletion.recover(call, device_id, body)
