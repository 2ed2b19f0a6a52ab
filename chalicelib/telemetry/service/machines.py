"""What machines have told, as it is shown."""

from chalicelib.fleet.errors import DeviceNotFound
from chalicelib.kit.call import Call
from chalicelib.telemetry.models.machines import (
    EventCounter,
    LiveVend,
    MachineEvent,
    MachineTold,
    SilentMachine,
    SilentMachines,
    Unread,
)
from chalicelib.telemetry.queries import files, happenings, rhythm

LATEST = 100
MOST_SILENT = 500


def told(call: Call, device_id: int) -> MachineTold:
    """What one machine has told."""
    if not files.live_device(call.db, device_id):
        raise DeviceNotFound
    known = rhythm.of_device(call.db, device_id)
    return MachineTold(
        device_id=device_id,
        last_read_at=known.last_read_at if known else None,
        usual_gap_seconds=known.usual_gap_seconds if known else None,
        silent_since=known.silent_since if known else None,
        provisional=Unread.model_validate(happenings.provisional(call.db, device_id)),
        vends=[LiveVend.model_validate(one) for one in happenings.latest_vends(call.db, device_id, LATEST)],
        events=[MachineEvent.model_validate(one) for one in happenings.latest(call.db, device_id, LATEST)],
        counters=[EventCounter.model_validate(one) for one in happenings.counted(call.db, device_id)],
    )


def silent(call: Call) -> SilentMachines:
    """The machines that have fallen silent."""
    return SilentMachines(machines=[SilentMachine.model_validate(one) for one in rhythm.silent(call.db, MOST_SILENT)])
