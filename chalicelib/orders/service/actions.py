"""One action of a phone's queue, carried out by the same services as the endpoints', once however often it comes."""

import json
from collections.abc import Callable, Mapping

from chalicelib.kit import idempotency
from chalicelib.kit.answer import Written
from chalicelib.kit.call import Call
from chalicelib.kit.errors import BadRequest, VersionConflict
from chalicelib.kit.values import value
from chalicelib.orders.errors import OrderNotFoundOrDenied, StopNotFound
from chalicelib.orders.models.incoming import OrderDelivery, OrderEdit, Skip, Started, SyncedOrder
from chalicelib.orders.models.phone import Action, ActionResult, ActionType, Note
from chalicelib.orders.models.photos import PhotoMeta
from chalicelib.orders.queries import phone as queries
from chalicelib.orders.service import drive, edit, execute, photos, sync
from chalicelib.orders.service import trip as trips
from chalicelib.orders.service.fitting import fitted
from chalicelib.orders.service.photos import Taken
from chalicelib.orders.service.trip import Trip

PHOTO_TYPES: frozenset[ActionType] = frozenset({"UPLOAD_PHOTO_META", "UPLOAD_PHOTO"})
"""These change no order: they have no base version, and a cancelled order takes them too."""


class Outdated(VersionConflict):
    """409: the order has changed since the phone last heard of it (BR-125)."""

    message = "Server has newer version of this order"


@value
class _Photo:
    taken: Taken
    sha256: bytes


def carry_out(call: Call, action: Action, *, own_version: int | None) -> ActionResult:
    """Carry out an action in a transaction of its own, or give the first result again.

    `own_version`: what the phone's own earlier actions have made of the order's version.
    """
    photo = _look_at_photo(call, action) if action.type in PHOTO_TYPES else None
    with call.transaction() as db:
        claim = _claim(call, action)
        first = idempotency.take(db, claim, call.now)
        if first is not None:
            return ActionResult.model_validate_json(first.body).model_copy(update={"outcome": "duplicate"})
        result = _filed(call, action, photo) if photo else _applied(call, action, own_version)
        idempotency.keep(db, claim, Written(200, result.model_dump_json(by_alias=True), {}))
        return result


def _claim(call: Call, action: Action) -> idempotency.Claim:
    """The key, bound to what is done; a retry may come with another base version and say the time anew."""
    done = [action.type, action.order_id, action.order_cabinet_id, action.payload]
    fingerprint = json.dumps(done, sort_keys=True).encode()
    return idempotency.claim_of(call.principal.user_id, f"action:{action.key}", "PUSH", "orders", fingerprint)


def _look_at_photo(call: Call, action: Action) -> _Photo:
    said = {"clientTime": action.client_time, **action.payload, "orderCabinetId": action.order_cabinet_id}
    meta = fitted(PhotoMeta, {name: value for name, value in said.items() if value is not None})
    return _Photo(photos.examine(call, action.order_id, meta), bytes.fromhex(meta.sha256))


def _filed(call: Call, action: Action, photo: _Photo) -> ActionResult:
    stored = photos.file(call, photo.taken, photo.sha256)
    return _result(action, warnings=stored.warnings, photo_id=stored.photo_id)


def _applied(call: Call, action: Action, own_version: int | None) -> ActionResult:
    trip = trips.with_order(call, action.order_id, OrderNotFoundOrDenied)
    if action.order_cabinet_id is not None and action.order_cabinet_id not in trip.stops:
        raise StopNotFound
    if not _is_done_already(trip, action):
        _refuse_outdated(trip, action, own_version)
    warnings = _STEPS[action.type](call, trip, action)
    return _result(action, warnings=warnings, sync_version=queries.sync_version(call.db, action.order_id))


def _is_done_already(trip: Trip, action: Action) -> bool:
    return action.type == "COMPLETE_ORDER" and trip.order.status == "completed"


def _refuse_outdated(trip: Trip, action: Action, own_version: int | None) -> None:
    if action.base_version is not None and trip.order.sync_version not in (action.base_version, own_version):
        raise Outdated(syncVersion=trip.order.sync_version)


def _result(
    action: Action, *, warnings: list[str], sync_version: int | None = None, photo_id: int | None = None
) -> ActionResult:
    return ActionResult(
        key=action.key,
        type=action.type,
        order_id=action.order_id,
        outcome="applied",
        warnings=warnings,
        sync_version=sync_version,
        photo_id=photo_id,
    )


def _start_order(call: Call, trip: Trip, action: Action) -> list[str]:
    return drive.start(call, trip.order.id, Started(start_time=action.client_time)).warnings


def _start_cabinet(call: Call, _trip: Trip, action: Action) -> list[str]:
    return drive.start_stop(call, _stop_of(action), Started(start_time=action.client_time)).warnings


def _execute(call: Call, trip: Trip, action: Action) -> list[str]:
    said = {**action.payload, "orderId": trip.order.id, "cabinetId": _stop_of(action)}
    report = fitted(OrderDelivery, said)
    at = report.executed_at or action.client_time
    return execute.of_order(call, report.model_copy(update={"executed_at": at})).warnings


def _skip(call: Call, _trip: Trip, action: Action) -> list[str]:
    return drive.skip(call, _stop_of(action), fitted(Skip, action.payload)).warnings


def _add_note(call: Call, trip: Trip, action: Action) -> list[str]:
    """Notes are added below those of others, never written over them."""
    note = fitted(Note, action.payload).note
    if action.order_cabinet_id is not None:
        stop = trip.stops[action.order_cabinet_id]
        note = f"{stop.asset}, cabinet {stop.cabinet_index}: {note}"
    notes = "\n".join(filter(None, (trip.order.notes, note)))
    return edit.order(call, trip.order.id, fitted(OrderEdit, {"notes": notes})).warnings


def _set_status(call: Call, trip: Trip, action: Action) -> list[str]:
    return _synced(call, trip, action, fitted(SyncedOrder, action.payload))


def _complete(call: Call, trip: Trip, action: Action) -> list[str]:
    return _synced(call, trip, action, SyncedOrder(status="completed"))


def _synced(call: Call, trip: Trip, action: Action, copy: SyncedOrder) -> list[str]:
    """Through the sync of a whole order, whose versions have been compared here already."""
    started_at = copy.started_at or action.client_time
    compared = {"sync_version": None, "last_modified": None, "started_at": started_at}
    if copy.is_empty:
        raise BadRequest("No valid fields to update")
    return sync.order(call, trip.order.id, copy.model_copy(update=compared)).warnings


def _stop_of(action: Action) -> int:
    if action.order_cabinet_id is None:
        raise BadRequest("orderCabinetId is required", field="orderCabinetId")
    return action.order_cabinet_id


_STEPS: Mapping[str, Callable[[Call, Trip, Action], list[str]]] = {
    "START_ORDER": _start_order,
    "START_CABINET": _start_cabinet,
    "EXECUTE_CABINET": _execute,
    "EXECUTE_DELIVERY": _execute,
    "SKIP_CABINET": _skip,
    "ADD_NOTE": _add_note,
    "UPDATE_ORDER_STATUS": _set_status,
    "COMPLETE_ORDER": _complete,
}
