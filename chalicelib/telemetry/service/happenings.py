"""Vends and events that feeds tell at once: one file a delivery, applied exactly once however often it comes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from chalicelib.kit.call import Call
from chalicelib.telemetry.models.feeds import SentEvent, SentVend
from chalicelib.telemetry.queries import files, happenings, vends
from chalicelib.telemetry.queries.files import StoredFile
from chalicelib.telemetry.queries.vends import Machine, Row
from chalicelib.telemetry.service.booking import book_vends

KINDS: Final[Mapping[str, str]] = {"CA": "cash", "DA": "cashless", "DB": "cashless"}

Told = dict[str, Any]  # Any: JSON as `content_of` wrote it


def content_of(sender: str, sent: Sequence[SentVend | SentEvent]) -> bytes:
    """A delivery's vends and events as the file that is kept of them: the same ones make the same bytes."""
    told = [one.model_dump(mode="json", by_alias=True, exclude_none=True) for one in sent]
    return json.dumps({"sender": sender, "happenings": told}, sort_keys=True, separators=(",", ":")).encode()


def apply(call: Call, stored: Sequence[tuple[StoredFile, bytes]]) -> None:
    """Write the vends and events of files, in the transaction that is open, and book what is new of them."""
    told = list(_told(stored))
    places = sorted({_machine(one) for _, _, one in told}, key=repr)
    devices = vends.devices_of(call.db, places)
    rows = [_row(file, sender, one, devices) for file, sender, one in told]
    happenings.insert(call.db, [row for row in rows if "code" in row])
    fresh = vends.insert(call.db, [row for row in rows if "selection" in row])
    if since := _earliest((one.device_id, one.at) for one in fresh):
        book_vends(call, since)
    files.applied(call.db, [file.id for file, _ in stored], call.now)


def _told(stored: Sequence[tuple[StoredFile, bytes]]) -> Iterator[tuple[StoredFile, str, Told]]:
    for file, content in stored:
        document = json.loads(content)
        for one in document["happenings"]:
            yield file, document["sender"], one


def _machine(one: Told) -> Machine:
    machine = one["machine"]
    return Machine(comm_id=machine.get("commId"), serial=machine.get("serial"), asset=machine.get("asset"))


def _row(file: StoredFile, sender: str, one: Told, devices: Mapping[Machine, int]) -> Row:
    machine = _machine(one)
    common: Row = {
        "file_id": file.id,
        "sender": sender,
        "event_id": one["id"],
        "comm_id": machine.comm_id,
        "machine_serial": machine.serial,
        "asset_reported": machine.asset,
        "device_id": one.get("deviceId") or devices.get(machine),
        "received_at": file.received_at,
    }
    if one["type"] == "event":
        code = {"source": "feed", "code": one["code"], "is_active": one.get("active"), "occurred_at": one["at"]}
        return common | code
    payment = {"payment_kind": KINDS.get(one["device"], "other"), "cents": one["cents"]}
    return common | payment | {"selection": one["selection"], "vended_at": one["at"]}


def _earliest(fresh: Iterator[tuple[int | None, datetime]]) -> dict[int, datetime]:
    """The first moment of each device that something new was told of."""
    found: dict[int, datetime] = {}
    for device_id, at in fresh:
        if device_id is not None:
            found[device_id] = min(at, found.get(device_id, at))
    return found
