"""Machines that have fallen silent."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kit import job
from chalicelib.kit.db import Connection
from chalicelib.telemetry.rules import rhythm
from chalicelib.telemetry.service import silence
from tests.support.people import SignedIn
from tests.telemetry.machines import START, Machine, place, upload


@pytest.fixture
def daily_machine(manager: SignedIn, db: Connection, clock_at: Any) -> tuple[Machine, int]:
    """A machine that was read on five days in a row; it is half an hour after the last read."""
    machine = Machine()
    placed = place(db, machine)
    for _ in range(5):
        clock_at(machine.now + timedelta(days=1, minutes=30))
        manager.renew()
        assert upload(manager, machine.read()).status == 200
    return machine, placed.device.id


def test_a_machine_is_told_of_once_when_it_stays_away_three_times_as_long_as_usual(
    daily_machine: tuple[Machine, int], db: Connection, clock_at: Any
) -> None:
    machine, device_id = daily_machine
    outcomes = []
    for days in (2.9, 3.1, 3.2):
        clock_at(machine.now + timedelta(days=days))
        outcomes.append(job.run(silence.SILENCE))

    assert outcomes == [{"machines": 1, "alerted": alerted} for alerted in (0, 1, 0)]
    (alert,) = db.values("SELECT payload FROM outbox WHERE topic = 'device.silent'")
    assert alert["usual_gap_seconds"] == 86_400
    assert db.value("SELECT silent_since IS NOT NULL FROM dex_machines WHERE device_id = %(id)s", id=device_id)


def test_a_silent_machine_is_seen_where_people_look_until_it_is_heard_of_again(
    daily_machine: tuple[Machine, int],
    admin: SignedIn,
    manager: SignedIn,
    viewer: SignedIn,
    db: Connection,
    clock_at: Any,
) -> None:
    machine, device_id = daily_machine
    clock_at(machine.now + timedelta(days=4))
    job.run(silence.SILENCE)
    for who in (admin, manager, viewer):
        who.renew()
    alerts = admin.get("/api/admin/activity/alerts").json["data"]["alerts"]
    listed = viewer.get("/api/telemetry/silent").json["machines"]
    shown = manager.get(f"/api/devices/{device_id}/telemetry").json
    upload(manager, machine.read(after=timedelta(days=3, hours=23)))
    job.run(silence.SILENCE)

    assert [(one["alert_type"], one["details"]["device_id"]) for one in alerts] == [("machine_silent", device_id)]
    assert [(one["deviceId"], one["usualGapSeconds"]) for one in listed] == [(device_id, 86_400)]
    assert shown["silentSince"] is not None
    assert db.values("SELECT resource_id FROM outbox WHERE topic = 'device.silent'") == [str(device_id)]
    assert db.values("SELECT status FROM security_alerts") == ["resolved"]
    assert viewer.get("/api/telemetry/silent").json["machines"] == []


def test_a_machine_that_is_heard_of_again_may_fall_silent_again(
    daily_machine: tuple[Machine, int], manager: SignedIn, db: Connection, clock_at: Any
) -> None:
    machine, _ = daily_machine
    clock_at(machine.now + timedelta(days=4))
    job.run(silence.SILENCE)
    manager.renew()
    upload(manager, machine.read(after=timedelta(days=3, hours=23)))
    heard = db.value("SELECT silent_since FROM dex_machines")
    clock_at(machine.now + timedelta(days=5))

    assert heard is None
    assert job.run(silence.SILENCE)["alerted"] == 1


def test_a_machine_of_which_little_is_known_is_not_told_of(manager: SignedIn, db: Connection, clock_at: Any) -> None:
    machine = Machine()
    place(db, machine)
    for _ in range(3):
        upload(manager, machine.read())
    clock_at(datetime(2027, 12, 1, tzinfo=UTC))

    assert job.run(silence.SILENCE) == {"machines": 1, "alerted": 0}


@given(st.lists(st.timedeltas(timedelta(minutes=1), timedelta(days=9)), min_size=3, max_size=20))
def test_the_usual_gap_lies_between_the_shortest_and_the_longest(gaps: list[timedelta]) -> None:
    moments = [START]
    for gap in gaps:
        moments.append(moments[-1] + gap)
    usual = rhythm.usual_gap(moments)

    assert usual is not None
    assert min(gaps) - timedelta(seconds=1) <= usual <= max(gaps) + timedelta(seconds=1)
    assert rhythm.silent_from(moments[-1], usual) >= moments[-1] + timedelta(hours=6)


def test_two_reads_make_no_rhythm() -> None:
    assert rhythm.usual_gap([START, START + timedelta(days=1)]) is None
