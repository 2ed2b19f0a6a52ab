"""Subscribing: made, changed, switched off and on, given a new secret, ended; refused; closed to others."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.kit import clock
from chalicelib.kit.db import Connection
from tests.partners.conftest import deliver, hand_on
from tests.support import factories
from tests.support.client import Client
from tests.support.people import SignedIn
from tools.webhooks.receiver import Receiver, verified

Subscribe = Callable[..., dict[str, Any]]

ROUTES = [
    ("GET", "/api/webhooks"),
    ("POST", "/api/webhooks"),
    ("GET", "/api/webhooks/{id}"),
    ("PATCH", "/api/webhooks/{id}"),
    ("DELETE", "/api/webhooks/{id}"),
    ("POST", "/api/webhooks/{id}/secret"),
    ("POST", "/api/webhooks/{id}/test"),
    ("POST", "/api/webhooks/{id}/replay"),
    ("GET", "/api/webhooks/{id}/deliveries"),
    ("GET", "/api/webhooks/{id}/deliveries/1"),
    ("POST", "/api/webhooks/{id}/deliveries/1/resend"),
    ("GET", "/api/webhooks/{id}/events"),
]
"""Every route of webhooks."""

BODY = {"since": "2026-01-01T00:00:00Z", "url": "https://x.example.com/", "eventTypes": ["*"]}


def location(manager: SignedIn, name: str = "Depot") -> int:
    """An event `location.created`."""
    return int(manager.post("/api/locations", json={"name": name}).json["id"])


def types_of(receiver: Receiver, path: str) -> list[str]:
    return [json.loads(arrival.body)["type"] for arrival in receiver.at(path)]


def test_a_webhook_is_shown_as_it_was_made_and_its_secret_never_again(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn
) -> None:
    made = subscribe(receiver.url(), ["device.*", "stock.low"], description="ERP")

    assert made["secret"].startswith("whsec_")
    shown = admin.get(f"/api/webhooks/{made['id']}").json
    assert shown == {name: value for name, value in made.items() if name != "secret"}
    assert (shown["eventTypes"], shown["description"], shown["enabled"]) == (["device.*", "stock.low"], "ERP", True)
    assert admin.get("/api/webhooks").json == [shown]


def test_the_secret_is_sealed_in_the_database_and_nowhere_in_plain(
    subscribe: Subscribe, receiver: Receiver, db: Connection
) -> None:
    made = subscribe(receiver.url())

    sealed = bytes(db.value("SELECT secret_sealed FROM webhook_endpoints"))
    assert made["secret"].encode() not in sealed
    for table in ("webhook_endpoints", "audit_events", "outbox", "idempotency_keys"):
        found = f"SELECT count(*) FROM {table} row WHERE strpos(row::text, %(part)s) > 0"  # noqa: S608 - our names
        plain = db.value(found, part=made["secret"][6:])
        assert plain == 0


def test_making_the_same_webhook_twice_with_one_key_does_not_store_its_secret(
    admin: SignedIn, receiver: Receiver, db: Connection
) -> None:
    body = {"url": receiver.url(), "eventTypes": ["*"]}
    admin.post("/api/webhooks", json=body, headers={"Idempotency-Key": "once"})

    assert db.value("SELECT count(*) FROM idempotency_keys WHERE response_body LIKE '%%whsec_%%'") == 0


def test_a_sealed_secret_opens_for_its_own_webhook_only(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection
) -> None:
    one, other = subscribe(receiver.url("/one")), subscribe(receiver.url("/other"))
    db.execute(
        """
        UPDATE webhook_endpoints
           SET secret_sealed = (SELECT secret_sealed FROM webhook_endpoints WHERE id = %(one)s)
         WHERE id = %(other)s
        """,
        one=one["id"],
        other=other["id"],
    )
    location(manager)

    with pytest.raises(Exception, match="does not answer"):
        deliver(db)
    assert receiver.at("/other") == []


def test_types_choose_what_arrives(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, admin: SignedIn, db: Connection
) -> None:
    for path, types in {
        "/all": ["*"],
        "/family": ["location.*"],
        "/one": ["location.updated"],
        "/other": ["device.*"],
        "/users": ["user.*", "location.created"],
    }.items():
        subscribe(receiver.url(path), types)
    location_id = location(manager)
    manager.put(f"/api/locations/{location_id}", json={"name": "Depot 2"})
    assert admin.post("/api/users", json={"username": "newcomer", "email": "n@cvd.example"}).status == 201

    deliver(db)

    assert sorted(types_of(receiver, "/all")) == ["location.created", "location.updated"]
    assert sorted(types_of(receiver, "/family")) == ["location.created", "location.updated"]
    assert types_of(receiver, "/one") == ["location.updated"]
    assert types_of(receiver, "/other") == []
    assert sorted(types_of(receiver, "/users")) == ["location.created", "user.created"]


def test_a_filter_lets_through_what_is_about_its_devices_or_routes(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection
) -> None:
    north, south = factories.route(db, "North"), factories.route(db, "South")
    here, there = factories.device(db, route_id=north), factories.device(db, route_id=south)
    subscribe(receiver.url("/device"), deviceIds=[here.id])
    subscribe(receiver.url("/route"), routeIds=[south])
    for device in (here, there):
        edit = {"cooler": "New", "model": "Ambient+"}
        assert manager.put(f"/api/devices/{device.id}", json=edit).status == 200
    location(manager)

    deliver(db)

    told = {
        path: [json.loads(one.body)["devices"][0]["id"] for one in receiver.at(path)] for path in ("/device", "/route")
    }
    assert told == {"/device": [here.id], "/route": [there.id]}


def test_a_changed_webhook_goes_by_its_new_facts(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, manager: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url("/old"), ["device.*"])

    answer = admin.patch(
        f"/api/webhooks/{made['id']}", json={"url": receiver.url("/new"), "eventTypes": ["location.*"]}
    )

    assert (answer.status, answer.json["eventTypes"]) == (200, ["location.*"])
    location(manager)
    deliver(db)
    assert [arrival.path for arrival in receiver.arrivals] == ["/new"]
    assert db.value("SELECT after->>'url' FROM audit_events WHERE action = 'webhook.changed'") == receiver.url("/new")


def test_while_it_is_off_nothing_is_kept_for_it_and_what_waited_goes_on_afterwards(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, manager: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url())
    location(manager, "Before")
    hand_on()
    off = admin.patch(f"/api/webhooks/{made['id']}", json={"enabled": False}).json
    assert (off["enabled"], off["disabledReason"], off["waiting"]) == (False, "by hand", 1)
    location(manager, "Meanwhile")
    deliver(db)
    assert receiver.arrivals == []

    admin.patch(f"/api/webhooks/{made['id']}", json={"enabled": True})
    deliver(db)

    assert [json.loads(arrival.body)["data"]["name"] for arrival in receiver.arrivals] == ["Before"]


def test_during_a_rotation_both_secrets_verify_and_afterwards_the_new_one_alone(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, manager: SignedIn, db: Connection, clock_at: Any
) -> None:
    made = subscribe(receiver.url())
    new = admin.post(f"/api/webhooks/{made['id']}/secret", json={"overlapHours": 2}).json
    assert new["secret"] != made["secret"]
    location(manager)
    deliver(db)
    (both,) = receiver.arrivals
    assert len(both.headers["webhook-signature"].split(" ")) == 2
    assert [verified(secret, both) for secret in (made["secret"], new["secret"])] == [None, None]

    db.execute("UPDATE webhook_endpoints SET old_secret_until = %(past)s", past=clock.now() - timedelta(seconds=1))
    location(manager, "Later")
    deliver(db)

    later = receiver.arrivals[1]
    assert verified(new["secret"], later) is None
    assert verified(made["secret"], later) == "No matching signature found"
    assert admin.get(f"/api/webhooks/{made['id']}").json["oldSecretUntil"] is None


def test_a_deleted_webhook_is_gone_with_its_secrets(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, manager: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url())
    location(manager)
    hand_on()

    assert admin.delete(f"/api/webhooks/{made['id']}").json == {"success": True}

    deliver(db)
    assert receiver.arrivals == []
    assert admin.get(f"/api/webhooks/{made['id']}").status == 404
    assert bytes(db.value("SELECT secret_sealed FROM webhook_endpoints")) == b""


def test_every_step_is_in_the_audit_trail(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, db: Connection
) -> None:
    made = subscribe(receiver.url())
    admin.patch(f"/api/webhooks/{made['id']}", json={"description": "x"})
    admin.post(f"/api/webhooks/{made['id']}/secret", json={})
    admin.delete(f"/api/webhooks/{made['id']}")

    assert db.values("SELECT action FROM audit_events WHERE resource_type = 'webhook' ORDER BY id") == [
        "webhook.created",
        "webhook.changed",
        "webhook.secret_rotated",
        "webhook.deleted",
    ]


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"eventTypes": []}, "VALIDATION"),
        ({"eventTypes": ["nothing.happened"]}, "UNKNOWN_EVENT_TYPE"),
        ({"eventTypes": ["*.created"]}, "UNKNOWN_EVENT_TYPE"),
        ({"eventTypes": "device.*"}, "VALIDATION"),
        ({"url": ""}, "VALIDATION"),
        ({"url": "https://" + "a" * 2000}, "VALIDATION"),
        ({"deviceIds": [999999]}, "UNKNOWN_FILTER"),
        ({"routeIds": [999999]}, "UNKNOWN_FILTER"),
        ({"deviceIds": ["x"]}, "VALIDATION"),
        ({"description": "x" * 501}, "VALIDATION"),
    ],
)
def test_bad_wishes_are_refused(admin: SignedIn, receiver: Receiver, wish: dict[str, Any], code: str) -> None:
    answer = admin.post("/api/webhooks", json={"url": receiver.url(), "eventTypes": ["*"], **wish})

    assert (answer.status, answer.json["code"]) == (400, code)


@pytest.mark.parametrize(
    ("path", "body"),
    [("", {"eventTypes": ["nothing.*"]}), ("", {"url": "gopher://x.example.com"}), ("/secret", {"overlapHours": 169})],
)
def test_bad_changes_are_refused(
    subscribe: Subscribe, receiver: Receiver, admin: SignedIn, path: str, body: dict[str, Any]
) -> None:
    made = subscribe(receiver.url())

    method = "POST" if path else "PATCH"
    assert admin.request(method, f"/api/webhooks/{made['id']}{path}", json=body).status == 400
    assert admin.get(f"/api/webhooks/{made['id']}").json["eventTypes"] == ["*"]


def test_there_are_at_most_200(admin: SignedIn, receiver: Receiver, db: Connection) -> None:
    db.execute(
        """
        INSERT INTO webhook_endpoints (url, event_types, secret_sealed)
        SELECT 'https://x.example.com/' || number, '{*}', 'x' FROM generate_series(1, 200) number
        """
    )

    answer = admin.post("/api/webhooks", json={"url": receiver.url(), "eventTypes": ["*"]})

    assert (answer.status, answer.json["code"]) == (409, "TOO_MANY_WEBHOOKS")


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_only_admins_get_in(
    subscribe: Subscribe,
    receiver: Receiver,
    client: Client,
    manager: SignedIn,
    driver: SignedIn,
    viewer: SignedIn,
    method: str,
    path: str,
) -> None:
    made = subscribe(receiver.url())
    given: dict[str, Any] = {} if method == "GET" else {"json": BODY}
    for stranger, status in ((client, 401), (manager, 403), (driver, 403), (viewer, 403)):
        assert stranger.request(method, path.format(id=made["id"]), **given).status == status


@pytest.mark.parametrize(("method", "path"), [route for route in ROUTES if "{id}" in route[1]])
def test_a_webhook_that_is_not_there_is_not_found(admin: SignedIn, method: str, path: str) -> None:
    given: dict[str, Any] = {"params": {"stream": "device/1"}} if method == "GET" else {"json": BODY}

    assert admin.request(method, path.format(id=999999), **given).status in (404, 400)
    assert admin.request("GET", "/api/webhooks/999999").status == 404
