"""The log of deliveries; making one again, a span of time again, and closing a gap."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kit import clock
from chalicelib.kit.db import Connection
from tests.partners.conftest import deliver
from tests.support import factories
from tests.support.people import SignedIn
from tools.webhooks.receiver import Receiver, Reply, verified

Subscribe = Callable[..., dict[str, Any]]


def location(manager: SignedIn, name: str = "Depot") -> int:
    return int(manager.post("/api/locations", json={"name": name}).json["id"])


def names(receiver: Receiver) -> list[str]:
    return [json.loads(arrival.body)["data"]["name"] for arrival in receiver.arrivals]


def test_the_log_tells_of_each_delivery_and_attempt(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, manager: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url())
    path = f"/api/webhooks/{made['id']}/deliveries"
    location(manager)
    deliver(db)
    receiver.replies["/"] = Reply(500, body="kaputt \x00 ü".encode())
    location(manager, "Second")
    deliver(db)

    page = admin.get(path).json
    assert (page["total"], [one["status"] for one in page["deliveries"]]) == (2, ["pending", "delivered"])
    assert [one["status"] for one in admin.get(path, params={"status": "delivered"}).json["deliveries"]] == [
        "delivered"
    ]
    assert admin.get(path, params={"eventType": "device.created"}).json["total"] == 0
    assert len(admin.get(path, params={"perPage": 1, "page": 2}).json["deliveries"]) == 1
    newest = admin.get(f"{path}/{page['deliveries'][0]['id']}").json
    assert newest["body"]["data"]["name"] == "Second"
    assert [(one["number"], one["status"], one["answer"]) for one in newest["tries"]] == [(1, 500, "kaputt  ü")]
    assert newest["nextAttemptAt"] is not None


def test_a_test_event_arrives_whatever_is_subscribed(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url(), ["stock.low"])

    answer = admin.post(f"/api/webhooks/{made['id']}/test", json={})

    assert answer.status == 202
    deliver(db)
    (arrival,) = receiver.arrivals
    assert verified(made["secret"], arrival) is None
    told = json.loads(arrival.body)
    assert (told["type"], told["id"], told["sequence"]) == ("webhook.test", answer.json["eventId"], None)


def test_one_delivery_is_made_again_with_the_same_id(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, manager: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url())
    location(manager)
    deliver(db)
    delivery = db.value("SELECT id FROM webhook_deliveries")

    answer = admin.post(f"/api/webhooks/{made['id']}/deliveries/{delivery}/resend", json={})

    assert answer.status == 202
    deliver(db)
    assert [arrival.id for arrival in receiver.arrivals] == [answer.json["eventId"]] * 2
    assert db.value("SELECT count(*) FROM webhook_attempts") == 2


def test_a_delivery_of_another_webhook_is_not_found(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, manager: SignedIn, db: Connection
) -> None:
    one, other = subscribe(receiver.url("/one"), ["location.*"]), subscribe(receiver.url("/other"), ["device.*"])
    location(manager)
    deliver(db)
    delivery = db.value("SELECT id FROM webhook_deliveries WHERE endpoint_id = %(id)s", id=one["id"])

    assert admin.get(f"/api/webhooks/{other['id']}/deliveries/{delivery}").status == 404
    assert admin.post(f"/api/webhooks/{other['id']}/deliveries/{delivery}/resend", json={}).status == 404


def test_a_replay_brings_what_was_missed_and_on_request_all(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, manager: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url(), ["location.*"])
    path = f"/api/webhooks/{made['id']}"
    start = (clock.now() - timedelta(minutes=1)).isoformat()
    location(manager, "Arrived")
    deliver(db)
    admin.patch(path, json={"enabled": False})
    location(manager, "Missed")
    deliver(db)
    admin.patch(path, json={"enabled": True})

    missing = admin.post(f"{path}/replay", json={"since": start})
    assert (missing.status, missing.json["deliveries"], missing.json["more"]) == (202, 1, False)
    deliver(db)
    assert names(receiver) == ["Arrived", "Missed"]

    assert admin.post(f"{path}/replay", json={"since": start, "onlyMissing": False}).json["deliveries"] == 2
    deliver(db)
    assert sorted(names(receiver)) == ["Arrived", "Arrived", "Missed", "Missed"]


def test_a_replay_keeps_to_its_span(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, manager: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url())
    location(manager)
    deliver(db)
    far = clock.now() + timedelta(days=1)

    answer = admin.post(
        f"/api/webhooks/{made['id']}/replay",
        json={"since": far.isoformat(), "until": (far + timedelta(days=1)).isoformat(), "onlyMissing": False},
    )

    assert answer.json["deliveries"] == 0


@pytest.mark.parametrize(
    "body",
    [{}, {"since": 1}, {"since": "yesterday"}, {"since": "2026-01-02T00:00:00Z", "until": "2026-01-01T00:00:00Z"}],
)
def test_a_span_that_is_none_is_refused(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, body: dict[str, Any]
) -> None:
    made = subscribe(receiver.url())

    assert admin.post(f"/api/webhooks/{made['id']}/replay", json=body).status == 400


@pytest.mark.parametrize("path", ["test", "replay", "deliveries/1/resend"])
def test_a_webhook_that_is_off_sends_nothing_again(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, path: str
) -> None:
    made = subscribe(receiver.url())
    admin.patch(f"/api/webhooks/{made['id']}", json={"enabled": False})

    answer = admin.post(f"/api/webhooks/{made['id']}/{path}", json={"since": "2026-01-01T00:00:00Z"})

    assert (answer.status, answer.json["code"]) == (409, "WEBHOOK_DISABLED")


def test_a_receiver_closes_a_gap_in_a_device_at_once(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, manager: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url(), ["device.*"])
    device = factories.device(db)
    for nickname in ("one", "two", "three"):
        manager.put(f"/api/devices/{device.id}", json={"cooler": nickname, "model": "Ambient+"})
    deliver(db)
    # Deliveries run side by side: what arrived second need not be the second event.
    arrived = [json.loads(arrival.body) for arrival in receiver.arrivals]
    lost = next(event for event in arrived if event["sequence"]["number"] == 2)

    answer = admin.get(
        f"/api/webhooks/{made['id']}/events",
        params={"stream": lost["sequence"]["stream"], "after": lost["sequence"]["number"] - 1, "limit": 1},
    ).json

    assert answer == {"events": [lost], "lastNumber": 3, "more": True}


@pytest.mark.parametrize(
    "query", [{}, {"stream": "x"}, {"stream": "device/1", "after": -1}, {"stream": "device/1", "limit": 101}]
)
def test_a_gap_that_is_none_is_refused(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, query: dict[str, Any]
) -> None:
    made = subscribe(receiver.url())

    assert admin.get(f"/api/webhooks/{made['id']}/events", params=query).status == 400
