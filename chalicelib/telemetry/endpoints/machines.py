"""What a machine has told, beside its reads."""

from chalice.app import Blueprint

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN, MANAGER, VIEWER
from chalicelib.kit.sheet import Sheet
from chalicelib.telemetry.models.machines import MachineTold, SilentMachines
from chalicelib.telemetry.service import machines

blueprint = Blueprint(__name__)

SEES = (ADMIN, MANAGER, VIEWER)


@endpoint(blueprint, "GET", "/api/telemetry/silent", roles=SEES, sheet=Sheet("machines"))
def list_silent_machines(call: Call) -> SilentMachines:
    """List the machines that have fallen silent, the longest first."""
    return machines.silent(call)


@endpoint(
    blueprint,
    "GET",
    "/api/devices/{device_id}/telemetry",
    roles=SEES,
    refusals=[DeviceNotFound],
    sheet=Sheet("vends events counters"),
)
def show_what_a_machine_told(call: Call, device_id: int) -> MachineTold:
    """Show how often a machine is read, what it sold since its last read, and its latest events.

    An event that a feed told and a read lists too is shown once. Of the kinds that reads only count, `counters` tell
    how many of them are known singly.
    """
    return machines.told(call, device_id)
