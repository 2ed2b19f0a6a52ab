"""Taking devices out of service, and bringing them back (domain.md 4.4)."""

from collections.abc import Sequence

from chalicelib.fleet import events, rules
from chalicelib.fleet.errors import DeletedDeviceNotFound, DeviceNotFound, InOpenOrder, JustificationNeeded
from chalicelib.fleet.models import devices as models
from chalicelib.fleet.queries import device_writes as writes
from chalicelib.fleet.queries import devices as queries
from chalicelib.fleet.queries.device_writes import DeviceRow
from chalicelib.kit.call import Call
from chalicelib.kit.paging import Paged


def delete(call: Call, device_id: int) -> models.Done:
    """Delete one device (BR-045)."""
    if not _delete(call, [device_id]):
        raise DeviceNotFound
    return models.Done()


def delete_many(call: Call, device_ids: Sequence[int]) -> models.BulkDeleted:
    """Delete several devices (BR-046).

    One that is in an open order keeps all of them: the page takes every row off the screen on success, so a success
    must not leave one behind.
    """
    wanted = list(dict.fromkeys(device_ids))
    deleted = {row.id for row in _delete(call, wanted)}
    skipped = [device_id for device_id in wanted if device_id not in deleted]
    return models.BulkDeleted(deleted_count=len(deleted), skipped=skipped)


def _delete(call: Call, device_ids: Sequence[int]) -> list[DeviceRow]:
    db = call.db
    rows = [row for row in writes.lock_devices(db, device_ids, seen_by=call.principal) if row.deleted_at is None]
    ids = [row.id for row in rows]
    writes.lock_cabinets(db, ids)
    orders = queries.open_orders(db, ids)
    if orders:
        assets = ", ".join(sorted({order.asset for order in orders}))
        raise InOpenOrder(
            f"In open service orders: {assets}. Complete or cancel the orders first.",
            orders=sorted({order.order_id for order in orders}),
            devices=sorted({order.device_id for order in orders}),
        )
    writes.mark_deleted(db, ids, by=call.principal.user_id, now=call.now)
    for row in rows:
        call.record(
            events.DeviceDeleted(
                resource_id=row.id, asset=row.asset, before={"deleted_at": None}, after={"deleted_at": call.now}
            )
        )
    return rows


def deleted_devices(call: Call, page: Paged) -> list[models.DeletedDevice]:
    """The deleted devices, the latest deletion first."""
    return queries.deleted_devices(call.db, page)


def recover(call: Call, device_id: int, recovery: models.Recovery) -> models.RecoveredDevice:
    """Bring a deleted device back as it was (BR-047, BR-048); a taken asset number is refused by its constraint."""
    rows = writes.lock_devices(call.db, [device_id], seen_by=call.principal)
    if not rows or rows[0].deleted_at is None:
        raise DeletedDeviceNotFound
    row = rows[0]
    if rules.needs_justification(rows[0].deleted_at, call.now) and recovery.justification is None:
        raise JustificationNeeded
    writes.mark_recovered(call.db, device_id, call.now)
    found = queries.recovered_device(call.db, device_id)
    if found is None:
        raise DeletedDeviceNotFound
    before = {"deleted_at": row.deleted_at, "location_id": row.location_id, "route_id": row.route_id}
    after = {"deleted_at": None, "location_id": found.location_id, "route_id": found.route_id}
    call.record(
        events.DeviceRecovered(
            resource_id=device_id, asset=row.asset, justification=recovery.justification, before=before, after=after
        )
    )
    return found
