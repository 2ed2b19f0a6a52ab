"""How often each machine is read, and which of them have fallen silent."""

from collections import defaultdict
from datetime import datetime

from chalicelib.kit.job import Job, Stats
from chalicelib.telemetry.events import DeviceSilent
from chalicelib.telemetry.queries import rhythm as stored
from chalicelib.telemetry.rules import rhythm
from chalicelib.telemetry.service.applying import work

READS = 20
DEVICES_AT_ONCE = 500


def watch() -> Stats:
    """Learn every machine's rhythm anew, and tell of those that have been silent for too long; of each once."""
    call = work("telemetry-silence")
    with call.transaction():
        stored.settle_alerts(call.db, call.now)
    machines = alerted = after = 0
    while True:
        call = work("telemetry-silence")
        with call.transaction():
            heard = stored.heard(call.db, after=after, machines=DEVICES_AT_ONCE, reads=READS)
            moments: defaultdict[int, list[datetime]] = defaultdict(list)
            for one in heard:
                moments[one.device_id].append(one.at)
            gaps = {device_id: gap for device_id, at in moments.items() if (gap := rhythm.usual_gap(at))}
            stored.learn(call.db, gaps)
            silent = [
                device_id
                for device_id, gap in gaps.items()
                if call.now > rhythm.silent_from(max(moments[device_id]), gap)
            ]
            for found in stored.fall_silent(call.db, silent, call.now):
                alerted += 1
                call.record(
                    DeviceSilent(
                        resource_id=found.device_id,
                        asset=found.asset,
                        last_read_at=found.last_read_at,
                        usual_gap_seconds=found.usual_gap_seconds,
                    )
                )
        if not moments:
            return {"machines": machines, "alerted": alerted}
        machines += len(moments)
        after = max(moments)


SILENCE = Job("telemetry-silence", watch)
