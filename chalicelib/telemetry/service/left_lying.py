"""Deliveries that were stored and then left lying, as when their function died: unpacked by a schedule."""

from datetime import timedelta

from chalicelib.kit import clock, logs
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.job import Job
from chalicelib.partners.service import inbound
from chalicelib.telemetry.service import deliveries
from chalicelib.telemetry.service.applying import work

AFTER = timedelta(minutes=2)
AT_ONCE = 100


def unpack_left_lying() -> dict[str, int]:
    """Unpack what has been lying for two minutes; how much there was."""
    found = inbound.left_lying(before=clock.now() - AFTER, most=AT_ONCE)
    for stored in found:
        try:
            deliveries.unpack(work(f"delivery-{stored.id}"), stored, deliveries.stored_body(stored))
        except Unavailable:
            logs.logger().warning("a delivery could not be unpacked", delivery_id=stored.id, exc_info=True)
    return {"found": len(found)}


SWEEP = Job("inbound_sweep", unpack_left_lying)
