"""Metrics of slots and devices: those of the file are stale and inflated, so they are computed anew."""

from chalicelib.kit.call import Call
from chalicelib.kit.db import Connection
from chalicelib.planning.service import recalculation
from tools.legacy.run import Run


def bring(run: Run) -> None:
    call = Call(
        request_id=f"legacy-import-{run.id}",
        method="IMPORT",
        path="",
        now=run.now,
        ip="",
        headers={},
        connection=Connection(run.target.connection),
    )
    live = [number for number, device in run.known.devices.items() if not device.is_deleted]
    slots = recalculation.recalculate(call, live)
    run.target.written["slot_metrics"] = (slots, 0)
    run.target.written["device_metrics"] = (len(live), 0)
