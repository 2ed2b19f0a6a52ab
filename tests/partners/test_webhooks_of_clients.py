"""Webhooks of API clients: their own only, and only what they may read."""

import json
from collections.abc import Callable
from typing import Any

from chalicelib.kit.db import Connection
from tests.partners.conftest import deliver
from tests.partners.programs import Program
from tests.support import factories
from tests.support.people import SignedIn
from tools.webhooks.receiver import Receiver

Join = Callable[..., Program]
SCOPES = ["webhooks:read", "webhooks:write", "devices:read"]


def edit(manager: SignedIn, device: int) -> None:
    answer = manager.put(f"/api/devices/{device}", json={"cooler": "Elsewhere", "model": "Ambient+"})
    assert answer.status == 200, answer.text


def subscribe(program: Program, url: str, types: list[str], **more: Any) -> Any:
    return program.client.post("/api/webhooks", json={"url": url, "eventTypes": types, **more})


def test_a_client_subscribes_by_itself_and_hears_what_its_scopes_open(
    program: Join, receiver: Receiver, manager: SignedIn, db: Connection
) -> None:
    made = subscribe(program(scopes=SCOPES), receiver.url(), ["*"])
    assert made.status == 201, made.text
    device = factories.device(db)
    edit(manager, device.id)
    manager.post("/api/locations", json={"name": "Depot"})

    deliver(db)

    assert [json.loads(one.body)["type"] for one in receiver.arrivals] == ["device.updated"]


def test_what_its_scopes_do_not_open_it_cannot_ask_for(program: Join, receiver: Receiver) -> None:
    acme = program(scopes=SCOPES)

    for pattern in ("sale.*", "sale.recorded", "user.*", "alert.raised"):
        answer = subscribe(acme, receiver.url(), ["device.*", pattern])
        assert (answer.status, answer.json["details"]["closed"]) == (403, [pattern])


def test_a_client_limited_to_rows_hears_of_these_only(
    program: Join, receiver: Receiver, manager: SignedIn, db: Connection
) -> None:
    own, foreign = factories.device(db), factories.device(db)
    acme = program(scopes=SCOPES, rows={"deviceIds": [own.id]})
    assert subscribe(acme, receiver.url(), ["*"], deviceIds=[foreign.id]).json["code"] == "UNKNOWN_FILTER"
    made = subscribe(acme, receiver.url(), ["*"]).json
    edit(manager, foreign.id)
    edit(manager, own.id)

    deliver(db)

    told = [json.loads(one.body) for one in receiver.arrivals]
    assert [one["data"]["deviceId"] for one in told] == [own.id]
    gap = {"stream": f"device/{foreign.id}"}
    assert acme.client.get(f"/api/webhooks/{made['id']}/events", params=gap).json["events"] == []
    replay = {"since": "2020-01-01T00:00:00Z", "onlyMissing": False}
    assert acme.client.post(f"/api/webhooks/{made['id']}/replay", json=replay).json["deliveries"] == 1


def test_a_revoked_client_hears_nothing_more_not_even_what_waits(
    program: Join, receiver: Receiver, manager: SignedIn, admin: SignedIn, db: Connection
) -> None:
    acme = program(scopes=SCOPES)
    subscribe(acme, receiver.url(), ["*"])
    device = factories.device(db)
    edit(manager, device.id)
    db.execute("UPDATE api_clients SET revoked_at = now(), revoked_by = %(by)s", by=admin.user_id)

    deliver(db)

    assert receiver.arrivals == []


def test_a_client_sees_and_touches_its_own_webhooks_only(
    program: Join, receiver: Receiver, admin: SignedIn, db: Connection
) -> None:
    acme, other = program(scopes=SCOPES), program(name="Other", scopes=SCOPES)
    mine = subscribe(acme, receiver.url("/mine"), ["*"]).json
    of_admin = admin.post("/api/webhooks", json={"url": receiver.url("/admin"), "eventTypes": ["*"]}).json

    assert [one["id"] for one in acme.client.get("/api/webhooks").json] == [mine["id"]]
    assert other.client.get("/api/webhooks").json == []
    assert [one["id"] for one in admin.get("/api/webhooks").json] == [mine["id"], of_admin["id"]]
    for webhook in (mine["id"], of_admin["id"]):
        path = f"/api/webhooks/{webhook}"
        assert other.client.get(path).status == 404
        assert other.client.patch(path, json={"enabled": False}).status == 404
        assert other.client.delete(path).status == 404
        assert other.client.post(f"{path}/secret", json={}).status == 404
        assert other.client.post(f"{path}/test", json={}).status == 404
        assert other.client.post(f"{path}/replay", json={"since": "2026-01-01T00:00:00Z"}).status == 404
        assert other.client.get(f"{path}/deliveries").status == 404
        assert other.client.get(f"{path}/events", params={"stream": "device/1"}).status == 404


def test_to_read_is_not_to_write(program: Join, receiver: Receiver) -> None:
    reader = program(scopes=["webhooks:read"])

    assert reader.client.get("/api/webhooks").status == 200
    assert subscribe(reader, receiver.url(), ["*"]).json["code"] == "SCOPE_MISSING"
