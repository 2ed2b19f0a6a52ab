"""Webhooks in: proven on the raw bytes, known by the sender's id, stored before anything else, replayed by an admin."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from chalicelib.kit import clock
from chalicelib.kit.db import Connection
from chalicelib.telemetry.service import applying, left_lying
from tests.support import factories
from tests.support.client import Answer, Client
from tests.support.people import SignedIn
from tests.telemetry.machines import Machine

INBOUND = "/api/partners/inbound"
DELIVERIES = f"{INBOUND}/deliveries"
STRANGER = "whsec_" + base64.b64encode(b"a secret of 24 bytes....").decode()


class Sender:
    """A partner's side: signs and sends."""

    def __init__(self, client: Client, name: str, secret: str) -> None:
        self.client, self.name, self.secret = client, name, secret

    def send(self, body: bytes, message_id: str = "msg_1", **more: Any) -> Answer:
        """Send a delivery.

        `at`, `late_by`, `seconds_off` (another time than was signed), `secret`, `sent` (other bytes than were signed)
        and `headers` change it.
        """
        at = more.get("at", datetime.now(UTC) - more.get("late_by", timedelta()))
        headers = {
            "webhook-id": message_id,
            "webhook-timestamp": str(int(at.timestamp()) + more.get("seconds_off", 0)),
            "webhook-signature": Webhook(more.get("secret", self.secret)).sign(message_id, at, body.decode()),
            "content-type": "application/json",
            **more.get("headers", {}),
        }
        return self.client.post(f"/api/telemetry/webhooks/{self.name}", body=more.get("sent", body), headers=headers)


@pytest.fixture
def acme(admin: SignedIn, client: Client) -> Sender:
    made = admin.post(INBOUND, json={"name": "acme"})
    assert made.status == 201, made.text
    return Sender(client, "acme", made.json["secret"])


def a_read(serial: str = "SN-1", **more: Any) -> bytes:
    return json.dumps({"reads": [{"content": Machine(serial=serial).read().decode(), **more}]}).encode()


def told(admin: SignedIn, **query: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = admin.get(DELIVERIES, params=query).json["deliveries"]
    return rows


def test_a_signed_delivery_is_stored_answered_and_applied(acme: Sender, admin: SignedIn, db: Connection) -> None:
    answer = acme.send(a_read())

    assert (answer.status, len(answer.json["files"])) == (202, 1)
    assert [one["status"] for one in told(admin)] == ["unpacked"]
    applying.drain()
    assert [(one["status"], one["messageId"], one["partner"]) for one in told(admin)] == [("applied", "msg_1", "acme")]
    assert db.value("SELECT count(*) FROM dex_reads") == 1
    assert admin.get(INBOUND).json[0]["lastDeliveryAt"] is not None


def test_the_same_message_again_is_answered_and_moves_nothing(acme: Sender, admin: SignedIn, db: Connection) -> None:
    body = a_read()
    first = acme.send(body)
    applying.drain()

    again = [acme.send(body, at=datetime.now(UTC) + timedelta(seconds=n)) for n in range(3)]
    applying.drain()

    assert {answer.status for answer in again} == {202}
    assert [file["fileId"] for file in again[0].json["files"]] == [file["fileId"] for file in first.json["files"]]
    assert all(file["duplicate"] for answer in again for file in answer.json["files"])
    assert [one["attempts"] for one in told(admin)] == [1]
    assert db.value("SELECT count(*) FROM dex_reads") == 1


def test_an_id_with_other_content_is_refused(acme: Sender, admin: SignedIn) -> None:
    acme.send(a_read("SN-1"))

    answer = acme.send(a_read("SN-2"))

    assert (answer.status, answer.json["code"]) == (409, "MESSAGE_ID_REUSED")
    assert len(told(admin)) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"secret": STRANGER},
        {"sent": a_read("SN-666")},
        {"sent": a_read() + b" "},
        {"late_by": timedelta(minutes=5, seconds=30)},
        {"late_by": -timedelta(minutes=5, seconds=30)},
        {"headers": {"webhook-id": "msg_2"}},
        {"headers": {"webhook-id": ""}},
        {"headers": {"webhook-timestamp": "soon"}},
        {"seconds_off": 1},
        {"headers": {"webhook-signature": ""}},
        {"headers": {"webhook-signature": "v1,AAAA"}},
    ],
    ids=str,
)
def test_a_tampered_or_stale_delivery_is_refused(
    acme: Sender, admin: SignedIn, db: Connection, changed: dict[str, Any]
) -> None:
    answer = acme.send(a_read(), **changed)

    assert answer.status == 403
    assert told(admin) == []
    assert db.value("SELECT count(*) FROM dex_files") == 0


def test_what_cannot_be_understood_is_a_dead_letter_and_can_be_replayed(
    acme: Sender, admin: SignedIn, db: Connection
) -> None:
    device_id = db.value("SELECT coalesce(max(id), 0) + 1 FROM devices")
    assert acme.send(b'{"something": "else"}', "msg_0").status == 202
    assert acme.send(a_read(deviceId=device_id)).status == 202

    dead = told(admin, status="dead")

    assert [(one["messageId"], one["status"], one["fileIds"]) for one in dead] == [
        ("msg_1", "dead", []),
        ("msg_0", "dead", []),
    ]
    assert dead[0]["error"].startswith("NOT_FOUND: ")
    assert factories.device(db).id == device_id  # Now it is there.
    replayed = admin.post(f"{DELIVERIES}/replay", json={"ids": [dead[0]["id"]]})
    applying.drain()
    assert replayed.json == {"replayed": [dead[0]["id"]]}
    assert [(one["messageId"], one["status"]) for one in told(admin)] == [("msg_1", "applied"), ("msg_0", "dead")]
    assert db.value("SELECT count(*) FROM dex_reads WHERE device_id = %(id)s", id=device_id) == 1


def test_all_dead_letters_of_a_partner_are_replayed_and_nothing_is_applied_twice(
    acme: Sender, admin: SignedIn, db: Connection
) -> None:
    acme.send(a_read("SN-1"), "msg_1")
    applying.drain()
    acme.send(b"{}", "msg_2")
    acme.send(a_read("SN-3"), "msg_3")
    db.execute("UPDATE dex_files SET attempts = 5, last_error = 'broken' WHERE status = 'stored'")
    dead = told(admin, status="dead", partner="acme")
    assert [(one["messageId"], one["error"] is not None) for one in dead] == [("msg_3", True), ("msg_2", True)]

    replayed = admin.post(f"{DELIVERIES}/replay", json={"deadOf": "acme"})
    admin.post(f"{DELIVERIES}/replay", json={"ids": [one["id"] for one in told(admin)]})
    applying.drain()

    assert len(replayed.json["replayed"]) == 2
    assert [one["status"] for one in told(admin)] == ["applied", "dead", "applied"]
    assert db.value("SELECT count(*) FROM dex_reads") == 2
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'inbound_partner.replayed'") == 2


def test_what_was_stored_and_left_lying_is_unpacked_by_the_schedule(
    acme: Sender, admin: SignedIn, db: Connection, advance: Callable[..., None]
) -> None:
    acme.send(a_read())
    # As if the function had died after storing the delivery.
    db.execute("UPDATE inbound_deliveries SET unpacked_at = NULL, file_ids = '{}'")
    assert left_lying.unpack_left_lying() == {"found": 0}

    advance(minutes=3)

    assert left_lying.unpack_left_lying() == {"found": 1}
    applying.drain()
    assert [one["status"] for one in told(admin)] == ["applied"]
    assert db.value("SELECT count(*) FROM dex_reads") == 1


def test_two_secrets_are_good_while_one_is_rotated(
    acme: Sender, admin: SignedIn, db: Connection, advance: Callable[..., None]
) -> None:
    old, new = acme.secret, admin.post(f"{INBOUND}/acme/secret", json={"overlapHours": 1}).json["secret"]

    both = [acme.send(a_read(f"SN-{n}"), f"msg_{n}", secret=secret).status for n, secret in enumerate((old, new))]
    db.execute("UPDATE inbound_partners SET old_secret_until = %(now)s", now=clock.now())
    after = [acme.send(a_read(f"SN-{n}"), f"msg_{n}", secret=secret).status for n, secret in enumerate((old, new), 2)]

    assert (both, after) == ([202, 202], [403, 202])


def test_a_partner_who_is_switched_off_delivers_nothing(acme: Sender, admin: SignedIn) -> None:
    assert admin.put(f"{INBOUND}/acme", json={"enabled": False}).json["enabled"] is False
    assert acme.send(a_read()).status == 403

    admin.put(f"{INBOUND}/acme", json={"enabled": True})

    assert acme.send(a_read()).status == 202


def test_no_secret_is_shown_again_nor_kept_in_plain(acme: Sender, admin: SignedIn, db: Connection) -> None:
    assert acme.secret not in admin.get(INBOUND).text
    kept = db.value("SELECT encode(secret_sealed, 'escape') FROM inbound_partners")
    assert acme.secret not in kept
    assert db.value("SELECT count(*) FROM audit_events row WHERE strpos(row::text, %(s)s) > 0", s=acme.secret) == 0


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "acme"}, 409),
        ({"name": "No Name"}, 400),
        ({"name": ""}, 400),
        ({"name": "other", "adapter": "unheard-of"}, 400),
        ({}, 400),
    ],
)
def test_bad_partners_are_refused(acme: Sender, admin: SignedIn, body: dict[str, Any], status: int) -> None:
    assert admin.post(INBOUND, json=body).status == status


def test_bad_replays_are_refused_and_strangers_are_not_there(acme: Sender, admin: SignedIn) -> None:
    for wrong in ({}, {"ids": [0]}, {"ids": [1], "deadOf": "acme"}, {"ids": list(range(1, 102))}):
        assert admin.post(f"{DELIVERIES}/replay", json=wrong).status == 400
    assert admin.post(f"{DELIVERIES}/replay", json={"ids": [999]}).json == {"replayed": []}
    assert admin.post(f"{INBOUND}/nobody/secret", json={}).status == 404
    assert admin.put(f"{INBOUND}/nobody", json={"enabled": True}).status == 404
    assert admin.get(DELIVERIES, params={"status": "odd"}).status == 400


def test_only_admins_keep_partners(manager: SignedIn, client: Client) -> None:
    for stranger, status in ((manager, 403), (client, 401)):
        asked = [
            stranger.get(INBOUND),
            stranger.post(INBOUND, json={}),
            stranger.post(f"{INBOUND}/acme/secret", json={}),
            stranger.put(f"{INBOUND}/acme", json={}),
            stranger.get(DELIVERIES),
            stranger.post(f"{DELIVERIES}/replay", json={}),
        ]
        assert {answer.status for answer in asked} == {status}
