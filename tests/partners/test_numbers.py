"""The numbers of a device's events: in the order of the commits, without gaps, whatever is rolled back or at once."""

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import psycopg
import pytest

from chalicelib.fleet.events import DeviceUpdated
from chalicelib.kit import outbox
from chalicelib.kit.call import Call
from chalicelib.kit.db import Connection
from chalicelib.partners.models.payloads import ChangedDevice
from chalicelib.partners.models.published import LARGEST_BODY, AboutDevice, Envelope
from chalicelib.partners.service import fanning
from chalicelib.partners.service.closing import work


def happen(call: Call, *devices: int) -> None:
    """Record an event of each device, in that order."""
    for device in devices:
        call.record(DeviceUpdated(resource_id=device, asset=f"A{device}", forced=False))


def numbers(db: Connection, device: int) -> list[int]:
    return db.values(
        "SELECT stream_number FROM outbox WHERE stream = %(stream)s ORDER BY id", stream=f"device/{device}"
    )


def test_each_device_counts_by_itself(database: Any, db: Connection) -> None:
    for devices in ((1, 2, 1), (2,), (1, 1)):
        call = work("test")
        with call.transaction():
            happen(call, *devices)

    assert numbers(db, 1) == [1, 2, 3, 4]
    assert numbers(db, 2) == [1, 2]


def test_what_is_rolled_back_leaves_no_gap(database: Any, db: Connection) -> None:
    for divisor in (1, 0, 1):
        call = work("test")
        with suppress(psycopg.errors.DivisionByZero), call.transaction() as connection:
            happen(call, 1)
            outbox.write(connection, call._records)
            call._records.clear()
            connection.execute("SELECT 1 / %(divisor)s", divisor=divisor)

    assert numbers(db, 1) == [1, 2]


def test_numbers_are_in_the_order_of_commits_not_of_beginnings(database: Any, db: Connection) -> None:
    early, late = work("early"), work("late")
    with early.transaction() as first:
        first.execute("SELECT 1")
        with late.transaction():
            happen(late, 1)
        happen(early, 1)

    told = db.values("SELECT request_id FROM outbox ORDER BY stream_number")
    assert told == ["late", "early"]


def test_many_at_once_neither_collide_nor_deadlock(database: Any, db: Connection) -> None:
    problems: list[Exception] = []

    def several(order: Sequence[int]) -> None:
        try:
            for _ in range(15):
                call = work("test")
                with call.transaction():
                    happen(call, *order)
        except Exception as error:  # noqa: BLE001 - told by the test
            problems.append(error)

    threads = [threading.Thread(target=several, args=[order]) for order in ((1, 2, 3), (3, 2, 1), (2, 3, 1), (1, 3, 2))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert problems == []
    for device in (1, 2, 3):
        assert sorted(numbers(db, device)) == list(range(1, 61))


def envelope(changed: list[str], devices: int = 1) -> Envelope:
    return Envelope(
        id="x",
        type="device.updated",
        version=1,
        timestamp="2026-03-02T12:00:00Z",  # type: ignore[arg-type]
        devices=[AboutDevice(id=number, asset="A" * 20) for number in range(devices)],
        link="/api/devices/1",
        data=ChangedDevice(device_id=1, asset="A1", changed=changed),
    )


@pytest.mark.parametrize(
    "large",
    [
        envelope(["x" * 40] * 2000),
        envelope(["x" * 30_000]),
        envelope(["ü" * 9_000, "y" * 9_000]),
        envelope(["a"], devices=5000),
    ],
)
def test_a_large_event_is_cut_says_so_and_links_to_the_rest(large: Envelope) -> None:
    body = fanning.small(large)

    assert len(body.encode()) <= LARGEST_BODY
    told = json.loads(body)
    assert (told["isCut"], told["link"], told["data"]["deviceId"]) == (True, "/api/devices/1", 1)


def test_a_small_event_is_whole() -> None:
    assert json.loads(fanning.small(envelope(["nickname"])))["isCut"] is False
