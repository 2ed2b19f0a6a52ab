"""Linking reads to devices, and selections to slots."""

from chalice.app import Blueprint

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN, MANAGER, VIEWER
from chalicelib.kit.sheet import Sheet
from chalicelib.telemetry.errors import DexReadNotFound, NothingToLink, SlotNotInDevice
from chalicelib.telemetry.models.links import DeviceMappings, LinkBody, Linked, MappingsBody
from chalicelib.telemetry.models.reads import Unlinked
from chalicelib.telemetry.service import linking

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/dex/unlinked", roles=[ADMIN, MANAGER, VIEWER], sheet=Sheet("machines"))
def list_unlinked(call: Call) -> Unlinked:
    """List the machines whose reads wait for a device."""
    return linking.unlinked(call)


@endpoint(
    blueprint,
    "POST",
    "/api/dex/reads/{read_id}/link",
    roles=[ADMIN, MANAGER],
    refusals=[DexReadNotFound, DeviceNotFound, NothingToLink],
    memory=512,
    timeout=29,
)
def link_dex_read(call: Call, read_id: int, body: LinkBody) -> Linked:
    """Link a read to a device.

    Every unlinked read of the same machine comes along, what they sold is booked, and the device is known by the
    machine's key from then on. A read of another device is moved, and what had been booked there is reversed.
    """
    return linking.link(call, read_id, body)


@endpoint(
    blueprint,
    "GET",
    "/api/devices/{device_id}/dex-mappings",
    roles=[ADMIN, MANAGER, VIEWER],
    refusals=[DeviceNotFound],
    sheet=Sheet("selections"),
)
def show_dex_mappings(call: Call, device_id: int) -> DeviceMappings:
    """Show the slot of each selection of a device, and what the grid proposes where none is known.

    A proposal is never in force by itself: put it among the mappings to accept it.
    """
    return linking.mappings(call, device_id)


@endpoint(
    blueprint,
    "PUT",
    "/api/devices/{device_id}/dex-mappings",
    roles=[ADMIN, MANAGER],
    refusals=[DeviceNotFound, SlotNotInDevice],
    memory=512,
    timeout=29,
)
def replace_dex_mappings(call: Call, device_id: int, body: MappingsBody) -> DeviceMappings:
    """Replace all mappings of a device, and book what its reads sold by them; what was booked otherwise is reversed."""
    return linking.map_selections(call, device_id, body)
