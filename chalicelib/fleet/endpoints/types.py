"""Types of devices and cabinets."""

from chalice.app import Blueprint

from chalicelib.fleet import errors
from chalicelib.fleet.models.types import (
    CabinetType,
    CabinetTypeContent,
    Deleted,
    DeviceType,
    DeviceTypeContent,
)
from chalicelib.fleet.service import types
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN, EVERYONE
from chalicelib.kit.sheet import Sheet

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/device-types", roles=EVERYONE, sheet=Sheet(), scope="devices:read", rows="shared")
def list_device_types(call: Call) -> list[DeviceType]:
    """List the device types by name."""
    return types.device_types(call)


@endpoint(blueprint, "POST", "/api/device-types", roles=[ADMIN], refusals=[errors.DeviceTypeTaken], status=201)
def create_device_type(call: Call, body: DeviceTypeContent) -> DeviceType:
    """Write a device type: what it is called and how many cabinets it has."""
    return types.create_device_type(call, body)


@endpoint(
    blueprint,
    "PUT",
    "/api/device-types/{device_type_id}",
    roles=[ADMIN],
    refusals=[errors.TypeNotFound, errors.DeviceTypeTaken, errors.DeviceTypeTooNarrow],
)
def edit_device_type(call: Call, device_type_id: int, body: DeviceTypeContent) -> DeviceType:
    """Change a device type. Limits that devices of this type do not keep are refused."""
    return types.edit_device_type(call, device_type_id, body)


@endpoint(
    blueprint,
    "DELETE",
    "/api/device-types/{device_type_id}",
    roles=[ADMIN],
    refusals=[errors.TypeNotFound, errors.DeviceTypeInUse],
)
def delete_device_type(call: Call, device_type_id: int) -> Deleted:
    """Delete a device type that no device is of, not even a deleted one."""
    return types.delete_device_type(call, device_type_id)


@endpoint(blueprint, "GET", "/api/cabinet-types", roles=EVERYONE, sheet=Sheet(), scope="devices:read", rows="shared")
def list_cabinet_types(call: Call) -> list[CabinetType]:
    """List the cabinet types by name."""
    return types.cabinet_types(call)


@endpoint(blueprint, "POST", "/api/cabinet-types", roles=[ADMIN], refusals=[errors.CabinetTypeTaken], status=201)
def create_cabinet_type(call: Call, body: CabinetTypeContent) -> CabinetType:
    """Write a cabinet type: its grid, icon and temperature class."""
    return types.create_cabinet_type(call, body)


@endpoint(
    blueprint,
    "PUT",
    "/api/cabinet-types/{cabinet_type_id}",
    roles=[ADMIN],
    refusals=[errors.TypeNotFound, errors.CabinetTypeTaken],
)
def edit_cabinet_type(call: Call, cabinet_type_id: int, body: CabinetTypeContent) -> CabinetType:
    """Change a cabinet type. Cabinets that are there keep their grids; a new name shows at once."""
    return types.edit_cabinet_type(call, cabinet_type_id, body)


@endpoint(
    blueprint,
    "DELETE",
    "/api/cabinet-types/{cabinet_type_id}",
    roles=[ADMIN],
    refusals=[errors.TypeNotFound, errors.CabinetTypeInUse],
)
def delete_cabinet_type(call: Call, cabinet_type_id: int) -> Deleted:
    """Delete a cabinet type that no cabinet is of, not even a removed one."""
    return types.delete_cabinet_type(call, cabinet_type_id)
