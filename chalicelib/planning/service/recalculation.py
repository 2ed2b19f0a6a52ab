"""Writing the metrics down: for devices that were touched, and for the whole fleet."""

from collections.abc import Collection
from datetime import timedelta

from chalicelib.kit import clock
from chalicelib.kit.call import Call
from chalicelib.kit.errors import RateLimited
from chalicelib.planning.errors import MetricsRunning
from chalicelib.planning.events import MetricsRecalculated
from chalicelib.planning.models import Recalculation
from chalicelib.planning.queries import runs, slots
from chalicelib.planning.service import figures

DEVICES_AT_ONCE = 1000
APART = timedelta(seconds=60)


def recalculate(call: Call, device_ids: Collection[int]) -> int:
    """Write the metrics of these devices anew; six statements, however many. Returns the number of slots."""
    return _write(call, sorted(set(device_ids)))


def _write(call: Call, device_ids: list[int]) -> int:
    if not device_ids:
        return 0
    states = slots.devices(call.db, device_ids, call.now)
    planned = figures.of_devices(call.db, [state.device_id for state in states], call.now)
    every = [slot for device_slots in planned.values() for slot in device_slots]
    slots.store_slots(call.db, every, device_ids, call.now)
    slots.store_devices(
        call.db, [(state, figures.totals(planned.get(state.device_id, []))) for state in states], call.now
    )
    return len(every)


def recalculate_all(call: Call) -> Recalculation:
    """Write the metrics of the whole fleet anew, a thousand devices at a time; one run at a time, a minute apart.

    Raises `MetricsRunning` while another run is on, and `RateLimited` within a minute of the last one.
    """
    if not runs.take_turn(call.db):
        raise MetricsRunning
    last = runs.last_started_at(call.db)
    if last is not None and call.now - last < APART:
        raise RateLimited(retry_after_seconds=int((last + APART - call.now).total_seconds()) + 1)
    slot_count, device_count = _whole_fleet(call)
    run = runs.note_run(call.db, call.now, max(call.now, clock.now()), slot_count, device_count)
    call.record(MetricsRecalculated(resource_id=run, job=runs.JOB, slots=slot_count, devices=device_count))
    return Recalculation(success=True, processed=slot_count, timestamp=call.now)


def _whole_fleet(call: Call) -> tuple[int, int]:
    slot_count = device_count = after = 0
    while batch := slots.live_device_ids(call.db, after=after, limit=DEVICES_AT_ONCE):
        slot_count += _write(call, batch)
        device_count += len(batch)
        after = batch[-1]
    return slot_count, device_count
