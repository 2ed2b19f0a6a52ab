"""Writing the metrics down: for devices that were touched, and for the whole fleet."""

import time
from collections.abc import Collection
from datetime import datetime, timedelta

from chalicelib.kit import clock
from chalicelib.kit.call import Call
from chalicelib.kit.db import Connection, transaction
from chalicelib.kit.errors import RateLimited
from chalicelib.kit.job import Job, Stats
from chalicelib.planning.errors import MetricsRunning
from chalicelib.planning.events import MetricsRecalculated
from chalicelib.planning.models import Recalculation
from chalicelib.planning.queries import runs, slots
from chalicelib.planning.service import figures

DEVICES_AT_ONCE = 500
APART = timedelta(seconds=60)
SECONDS_TO_SPEND = 15.0
"""After which no more devices are begun; a request has 29 seconds."""


def recalculate(call: Call, device_ids: Collection[int]) -> int:
    """Write the metrics of these devices anew; six statements, however many. Returns the number of slots."""
    return _write(call.db, call.now, sorted(set(device_ids)))


def _write(db: Connection, now: datetime, device_ids: list[int]) -> int:
    if not device_ids:
        return 0
    states = slots.devices(db, device_ids, now)
    planned = figures.of_devices(db, [state.device_id for state in states], now)
    every = [slot for device_slots in planned.values() for slot in device_slots]
    slots.store_slots(db, every, device_ids, now)
    slots.store_devices(db, [(state, figures.totals(planned.get(state.device_id, []))) for state in states], now)
    return len(every)


def recalculate_all(call: Call) -> Recalculation:
    """Write the metrics of the fleet anew, the stalest devices first; one run at a time, a minute apart.

    A fleet that takes longer than a request may is done by as many runs as it takes; `complete` tells. Raises
    `MetricsRunning` while another run is on, and `RateLimited` within a minute of the last one.
    """
    if not runs.take_turn(call.db):
        raise MetricsRunning
    last = runs.last_started_at(call.db)
    if last is not None and call.now - last < APART:
        raise RateLimited(retry_after_seconds=int((last + APART - call.now).total_seconds()) + 1)
    slot_count, device_count, complete = _stalest_first(call)
    run = runs.note_run(call.db, call.now, max(call.now, clock.now()), slot_count, device_count)
    call.record(MetricsRecalculated(resource_id=run, job=runs.JOB, slots=slot_count, devices=device_count))
    return Recalculation(success=True, processed=slot_count, timestamp=call.now, complete=complete)


def _stalest_first(call: Call) -> tuple[int, int, bool]:
    started, slot_count, device_count = time.monotonic(), 0, 0
    while batch := slots.stalest(call.db, call.now, DEVICES_AT_ONCE):
        if time.monotonic() - started > SECONDS_TO_SPEND:
            return slot_count, device_count, False
        slot_count += _write(call.db, call.now, batch)
        device_count += len(batch)
    return slot_count, device_count, True


def recalculate_fleet() -> Stats:
    """Write the metrics of the whole fleet anew, some hundred devices a transaction; for the schedule."""
    now, slot_count, device_count = clock.now(), 0, 0
    while True:
        with transaction() as db:
            if not runs.take_turn(db):
                return {"slots": slot_count, "devices": device_count, "stopped": "another run is under way"}
            batch = slots.stalest(db, now, DEVICES_AT_ONCE)
            slot_count += _write(db, now, batch)
        device_count += len(batch)
        if not batch:
            return {"slots": slot_count, "devices": device_count}


METRICS = Job("metrics", recalculate_fleet)
