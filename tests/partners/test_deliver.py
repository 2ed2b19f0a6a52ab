"""Delivering: signed, in the public form, retried by the schedule, never in the way of others."""

import json
import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from chalicelib.kit import clock
from chalicelib.kit.db import Connection
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.settings import settings
from chalicelib.operations import jobs
from chalicelib.partners import workers
from chalicelib.partners.rules import retries
from chalicelib.partners.service import delivering, logbook, waking
from tests.partners.conftest import deliver, hand_on
from tests.support import factories
from tests.support.people import SignedIn
from tests.support.services import TestCloud
from tools.local import feeding
from tools.webhooks.receiver import Arrival, Receiver, Reply, verified

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

Subscribe = Callable[..., dict[str, Any]]


def location(manager: SignedIn, name: str = "Depot") -> int:
    """An event `location.created`."""
    answer = manager.post("/api/locations", json={"name": name})
    assert answer.status in (200, 201), answer.text
    return int(answer.json["id"])


def states(db: Connection) -> list[Any]:
    return db.values("SELECT jsonb_build_array(status, attempts, last_status) FROM webhook_deliveries ORDER BY id")


def test_what_happens_arrives_signed_in_its_public_form(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url("/hook?a=b"), ["location.*"])
    location_id = location(manager)

    deliver(db)

    (arrival,) = receiver.arrivals
    assert verified(made["secret"], arrival) is None
    assert arrival.path == "/hook?a=b"
    assert arrival.headers["host"] == f"127.0.0.1:{receiver.port}"
    told = json.loads(arrival.body)
    assert told["id"] == arrival.id
    assert (told["type"], told["version"]) == ("location.created", 1)
    assert told["data"] == {"locationId": location_id, "name": "Depot"}
    assert told["sequence"] == {"stream": f"location/{location_id}", "number": 1}
    assert states(db) == [["delivered", 1, 204]]


def test_a_tampered_or_stale_delivery_does_not_verify(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url())
    location(manager)
    deliver(db)
    (arrival,) = receiver.arrivals

    tampered = Arrival(arrival.path, arrival.at, arrival.headers, arrival.body.replace(b"Depot", b"Cabin"))
    stale = Arrival(
        arrival.path,
        arrival.at,
        {**arrival.headers, "webhook-timestamp": str(int(arrival.headers["webhook-timestamp"]) - 301)},
        arrival.body,
    )

    assert verified(made["secret"], tampered) == "No matching signature found"
    assert verified(made["secret"], stale) == "Message timestamp too old"


def test_delivering_twice_delivers_once(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection
) -> None:
    subscribe(receiver.url())
    location(manager)
    deliver(db)
    db.execute("UPDATE outbox SET published_at = NULL, leased_until = NULL")  # As if the relay had been killed.

    deliver(db)

    assert len(receiver.arrivals) == 1


def test_a_failing_delivery_is_tried_by_the_schedule_and_then_fails(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection, clock_at: Any
) -> None:
    clock_at(NOON)
    receiver.replies["/"] = Reply(500, body=b"out of order " * 200)
    made = subscribe(receiver.url())
    location(manager)
    deliver(db)

    for _ in retries.RETRIES:
        before = clock.now()
        clock_at(db.value("SELECT next_attempt_at FROM webhook_deliveries"))
        waited = clock.now() - before
        planned = retries.RETRIES[len(receiver.arrivals) - 1]
        assert planned <= waited <= planned * (1 + retries.JITTER)
        db.execute("UPDATE webhook_lanes SET rest_until = NULL")  # The rest of the endpoint is longer than 5 seconds.
        db.execute("UPDATE webhook_lanes SET failing_since = NULL")
        delivering.work(made["id"])

    assert len(receiver.arrivals) == 10
    assert {arrival.id for arrival in receiver.arrivals} == {receiver.arrivals[0].id}
    assert states(db) == [["failed", 10, 500]]
    answers = db.values("SELECT answer FROM webhook_attempts ORDER BY number")
    assert [len(answer) for answer in answers] == [1000] * 10


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_a_failure_and_is_not_followed(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection, status: int
) -> None:
    receiver.replies["/"] = Reply(status, {"Location": receiver.url("/elsewhere")})
    subscribe(receiver.url())
    location(manager)

    deliver(db)

    assert [arrival.path for arrival in receiver.arrivals] == ["/"]
    assert states(db) == [["pending", 1, status]]


@pytest.mark.parametrize("asked", ["600", format_datetime(NOON + timedelta(seconds=600), usegmt=True)])
def test_retry_after_is_honoured(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection, clock_at: Any, asked: str
) -> None:
    clock_at(NOON)
    receiver.replies["/"] = Reply(429, {"Retry-After": asked})
    made = subscribe(receiver.url())
    location(manager)

    deliver(db)

    assert db.value("SELECT next_attempt_at FROM webhook_deliveries") == NOON + timedelta(seconds=600)
    assert db.value("SELECT rest_until FROM webhook_lanes") == NOON + timedelta(seconds=600)
    clock_at(NOON + timedelta(seconds=599))
    assert delivering.work(made["id"]) == 0
    clock_at(NOON + timedelta(seconds=600))
    assert delivering.work(made["id"]) == 1


def test_an_endpoint_that_says_it_is_gone_is_switched_off_and_admins_are_told(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, manager: SignedIn, db: Connection, cloud: TestCloud
) -> None:
    receiver.replies["/"] = Reply(410)
    made = subscribe(receiver.url())
    location(manager)

    deliver(db)
    deliver(db)

    shown = admin.get(f"/api/webhooks/{made['id']}").json
    assert (shown["enabled"], shown["disabledReason"], shown["waiting"]) == (False, "gone", 1)
    assert db.values("SELECT alert_type FROM security_alerts") == ["webhook_disabled"]
    assert db.values("SELECT action FROM audit_events WHERE actor_username = 'webhooks'") == ["webhook.given_up"]
    assert db.value("SELECT count(*) FROM outbox WHERE topic = 'alert.raised'") == 1
    assert cloud.place.client("ses").get_send_quota()["SentLast24Hours"] >= 1
    assert len(receiver.arrivals) == 1


def test_an_endpoint_that_takes_nothing_for_five_days_is_switched_off_and_keeps_what_waits(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, manager: SignedIn, db: Connection, clock_at: Any
) -> None:
    clock_at(NOON)
    receiver.replies["/"] = Reply(500)
    made = subscribe(receiver.url())
    location(manager)
    deliver(db)
    for days, reason in ((4.9, None), (5.1, "dead")):
        clock_at(NOON + timedelta(days=days))
        admin.renew(), manager.renew()
        location(manager, f"Depot {days}")
        deliver(db)
        assert admin.get(f"/api/webhooks/{made['id']}").json["disabledReason"] == reason

    receiver.replies["/"] = Reply(204)
    switched_on = admin.patch(f"/api/webhooks/{made['id']}", json={"enabled": True})
    assert (switched_on.status, switched_on.json["failingSince"]) == (200, None)
    clock_at(clock.now() + timedelta(days=1))
    deliver(db)

    assert [state[0] for state in states(db)] == ["delivered"] * 3


def test_a_success_ends_the_rest_and_the_failing(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection, clock_at: Any
) -> None:
    clock_at(NOON)
    receiver.replies["/"] = Reply(503)
    made = subscribe(receiver.url())
    for number in range(20):
        location(manager, f"Depot {number}")
    deliver(db)
    assert len(receiver.arrivals) == delivering.WAVE
    clock_at(NOON + timedelta(seconds=6))
    delivering.work(made["id"])
    assert len(receiver.arrivals) == delivering.WAVE + 1, "one alone while it is not known to answer"

    receiver.replies["/"] = Reply(200)
    clock_at(NOON + timedelta(minutes=10))
    delivering.work(made["id"])

    assert {state[0] for state in states(db)} == {"delivered"}
    mood = db.value("SELECT jsonb_build_array(failed_waves, failing_since, rest_until) FROM webhook_lanes")
    assert mood == [0, None, None]


def test_one_worker_at_a_time_and_a_killed_one_is_replaced(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection, advance: Any
) -> None:
    made = subscribe(receiver.url())
    location(manager)
    hand_on()
    db.execute("UPDATE webhook_lanes SET lease = gen_random_uuid(), leased_until = now() + interval '60 s'")

    assert delivering.work(made["id"]) == 0
    advance(seconds=61)
    assert waking.sweep()["due"] == 1
    assert delivering.work(made["id"]) == 1


def test_a_hanging_endpoint_does_not_hold_up_another(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection
) -> None:
    receiver.replies["/hangs"] = Reply(after_seconds=60)
    hanging, healthy = subscribe(receiver.url("/hangs")), subscribe(receiver.url("/well"))
    location(manager)
    hand_on()

    stuck = threading.Thread(target=delivering.work, args=[hanging["id"]])
    stuck.start()
    delivering.work(healthy["id"])

    assert stuck.is_alive()
    assert len(receiver.at("/well")) == 1
    receiver.closing.set()
    stuck.join(20)


def test_an_answer_that_drips_is_ended_in_time(
    monkeypatch: pytest.MonkeyPatch, subscribe: Subscribe, manager: SignedIn, db: Connection
) -> None:
    monkeypatch.setenv("CVD_WEBHOOKS_TIMEOUT_SECONDS", "1")
    settings.cache_clear()
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = threading.Event()

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                while not done.wait(0.1):
                    try:
                        connection.sendall(b"H")
                    except OSError:
                        return

        threading.Thread(target=drip, daemon=True).start()
        subscribe(f"http://127.0.0.1:{server.getsockname()[1]}/")
        location(manager)
        deliver(db)
        done.set()

    assert db.values("SELECT problem FROM webhook_attempts") == ["timed out after 1 seconds"]


def test_what_is_committed_reaches_the_receiver_by_the_queues_alone(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn
) -> None:
    subscribe(receiver.url())
    location(manager)
    while feeding.outbox.relay() or feeding.feed_queues():
        pass

    assert len(receiver.arrivals) == 1


def test_old_events_and_handed_on_rows_are_forgotten(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection, advance: Any
) -> None:
    subscribe(receiver.url())
    location(manager)
    deliver(db)

    assert logbook.forget() == {"events": 0, "outbox": 0, "webhooks": 0}
    advance(days=8)
    assert logbook.forget()["outbox"] >= 1
    advance(days=23)
    assert logbook.forget()["events"] >= 1
    assert db.value("SELECT count(*) FROM webhook_attempts") == 0


def test_a_device_is_told_of_in_the_order_of_its_commits(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, admin: SignedIn, db: Connection
) -> None:
    subscribe(receiver.url(), ["device.*"])
    device = factories.device(db)
    for nickname in ("one", "two", "three"):
        assert manager.put(f"/api/devices/{device.id}", json={"cooler": nickname, "model": "Ambient+"}).status == 200
    assert admin.delete(f"/api/devices/{device.id}").status == 200

    deliver(db)

    told = sorted(
        (json.loads(arrival.body) for arrival in receiver.arrivals), key=lambda one: one["sequence"]["number"]
    )
    assert [one["sequence"]["number"] for one in told] == [1, 2, 3, 4]
    assert [one["type"] for one in told] == ["device.updated"] * 3 + ["device.deleted"]
    assert told[0]["devices"] == [{"id": device.id, "asset": device.asset}]
    assert told[0]["link"] == f"/api/devices/{device.id}"


def test_an_event_that_has_no_public_form_comes_back_and_the_others_go_on(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection
) -> None:
    subscribe(receiver.url())
    for name in ("Good", "Unfit", "Broken", "Fine"):
        location(manager, name)
    db.execute("UPDATE outbox SET payload = '{}' WHERE payload->>'name' = 'Unfit'")
    db.execute("UPDATE outbox SET payload = payload || '{\"device_id\": \"x\"}' WHERE payload->>'name' = 'Broken'")
    unfit, broken = db.values(
        "SELECT event_id::text FROM outbox WHERE payload = '{}' OR payload ? 'device_id' ORDER BY id"
    )
    messages = [
        {"messageId": f"m-{event_id}", "body": json.dumps({"event_id": event_id}), "eventSource": "aws:sqs"}
        for event_id in db.values("SELECT event_id::text FROM outbox")
    ]

    answer = workers.webhooks_fan_out({"Records": messages}, None)
    deliver(db)

    back = [item["itemIdentifier"] for item in answer["batchItemFailures"]]
    assert sorted(back) == sorted([f"m-{unfit}", f"m-{broken}"])
    assert sorted(json.loads(arrival.body)["data"]["name"] for arrival in receiver.arrivals) == ["Fine", "Good"]


def test_a_lease_is_given_back_when_the_work_fails(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url())
    location(manager)
    hand_on()
    db.execute("UPDATE webhook_endpoints SET secret_sealed = 'nonsense'")

    with pytest.raises(Unavailable):
        delivering.work(made["id"])

    assert db.value("SELECT leased_until FROM webhook_lanes") is None


def test_the_relay_watches_for_what_is_committed_meanwhile(
    manager: SignedIn, db: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CVD_OUTBOX_WATCH_SECONDS", "2")
    settings.cache_clear()
    timer = threading.Timer(0.7, location, [manager, "Late"])
    timer.start()

    handed_on = jobs.watch_outbox()

    timer.join()
    assert handed_on == 1
    assert db.value("SELECT count(*) FROM outbox WHERE published_at IS NULL") == 0
