"""Cabinets of a device."""

from chalice.app import Blueprint

from chalicelib.fleet import errors
from chalicelib.fleet.models.devices import Cabinet, CabinetChange, CabinetRemoval, CabinetRemoved, NewCabinet
from chalicelib.fleet.service import cabinets
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN, MANAGER
from chalicelib.planograms.errors import SlotsOccupied

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    "POST",
    "/api/devices/{device_id}/cabinets",
    roles=[ADMIN, MANAGER],
    refusals=[errors.DeviceNotFound, errors.CabinetLimit, errors.UnknownReference],
    status=201,
    scope="devices:write",
    rows="filtered",
)
def add_cabinet(call: Call, device_id: int, body: NewCabinet) -> Cabinet:
    """Give a device one more cabinet with an empty planogram, at the next free index."""
    return cabinets.add(call, device_id, body)


@endpoint(
    blueprint,
    "PUT",
    "/api/devices/{device_id}/cabinets/{cabinet_index}",
    roles=[ADMIN, MANAGER],
    refusals=[errors.DeviceNotFound, errors.CabinetNotFound, errors.UnknownReference, SlotsOccupied],
    scope="devices:write",
    rows="filtered",
)
def change_cabinet(call: Call, device_id: int, cabinet_index: int, body: CabinetChange) -> Cabinet:
    """Give a cabinet another type, and with it that type's grid.

    Positions in both grids keep their products and units; occupied ones that vanish are cleared only with `force`.
    """
    return cabinets.change(call, device_id, cabinet_index, body)


@endpoint(
    blueprint,
    "DELETE",
    "/api/devices/{device_id}/cabinets/{cabinet_index}",
    roles=[ADMIN, MANAGER],
    refusals=[
        errors.DeviceNotFound,
        errors.CabinetNotFound,
        errors.ParentCabinetStays,
        errors.CabinetLimit,
        errors.InOpenOrder,
        errors.CabinetHoldsStock,
    ],
    scope="devices:write",
    rows="filtered",
)
def remove_cabinet(call: Call, device_id: int, cabinet_index: int, query: CabinetRemoval) -> CabinetRemoved:
    """Take a cabinet off its device; cabinets with a higher index move up.

    One that still holds units goes only with `force=true` and a `reason`.
    """
    return cabinets.remove(call, device_id, cabinet_index, query)
