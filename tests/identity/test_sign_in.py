"""Signing in by name and password."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.identity.conftest import SignIn
from tests.support import factories
from tests.support.client import Client
from tests.support.people import PASSWORD, SignedIn

IPAD = "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148"

Audited = Callable[[str], list[Any]]


@pytest.mark.rule("US-001", "BR-007", "BR-013", "BR-019")
def test_right_credentials_give_a_cookie_a_session_and_tokens(
    sign_in: SignIn, driver: SignedIn, db: Connection
) -> None:
    answer = sign_in(driver.username, PASSWORD, headers={"User-Agent": IPAD})

    assert answer.status == 200
    user = answer.json["user"]
    assert {name: user[name] for name in ("id", "username", "email", "role")} == {
        "id": driver.user_id,
        "username": driver.username,
        "email": driver.email,
        "role": "driver",
    }
    assert "orders.execute" in user["permissions"]
    assert "users.manage" not in user["permissions"]
    cookie = answer.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert cookie.value == answer.json["tokens"]["accessToken"]
    assert answer.json["tokens"]["tokenType"] == "Bearer"
    device = db.value("SELECT device_type FROM sessions WHERE id::text = %(id)s", id=answer.json["session_id"])
    assert device == "tablet"


@pytest.mark.rule("BR-013")
def test_the_session_id_opens_nothing(sign_in: SignIn, driver: SignedIn, client: Client) -> None:
    session_id = sign_in(driver.username, PASSWORD).json["session_id"]

    answer = client.get("/api/auth/current-user", headers={"Authorization": f"Bearer {session_id}"})

    assert answer.status == 401


@pytest.mark.rule("BR-002")
@pytest.mark.parametrize("login", ["driveruser", "  DriverUser ", "driveruser@cvd.example", "DRIVERUSER@CVD.EXAMPLE"])
def test_the_name_may_be_the_username_or_the_address_in_any_case(sign_in: SignIn, driver: SignedIn, login: str) -> None:
    assert sign_in(login, PASSWORD).status == 200


@pytest.mark.rule("BR-002")
def test_the_password_is_never_trimmed(sign_in: SignIn, driver: SignedIn) -> None:
    assert sign_in(driver.username, f" {PASSWORD}").status == 401


@pytest.mark.rule("BR-007", "US-001")
def test_a_sign_in_is_noted(sign_in: SignIn, driver: SignedIn, db: Connection, audited: Audited) -> None:
    answer = sign_in(driver.username, PASSWORD, at="192.0.2.9")

    assert db.value("SELECT last_login_at IS NOT NULL FROM users WHERE id = %(id)s", id=driver.user_id)
    [event] = audited("auth.login")
    assert event["actor_id"] == driver.user_id
    assert event["ip"] == "192.0.2.9"
    assert event["details"] == {"session": answer.json["session_id"]}
    assert db.values("SELECT outcome FROM login_attempts") == ["success"]


@pytest.mark.rule("BR-013")
def test_the_cookie_alone_signs_in(sign_in: SignIn, driver: SignedIn, client: Client) -> None:
    token = sign_in(driver.username, PASSWORD).cookies["session"].value

    answer = client.get("/api/auth/current-user", headers={"Cookie": f"session={token}"})

    assert answer.status == 200
    assert answer.json["user"]["username"] == driver.username


@pytest.mark.rule("BR-001")
@pytest.mark.parametrize(
    "body", [{}, {"username": "driveruser"}, {"username": " ", "password": "x"}, {"username": "x", "password": ""}, []]
)
def test_without_a_name_or_a_password_it_is_a_bad_request(client: Client, body: Any) -> None:
    answer = client.post("/api/auth/login", json=body)

    assert answer.status == 400
    assert answer.json["error"] == "Username and password required"
    assert answer.json["code"] == "VALIDATION"


@pytest.mark.parametrize("raw", [b"", b"{", b"null"])
def test_a_body_that_is_no_sign_in_is_a_bad_request(client: Client, raw: bytes) -> None:
    assert client.post("/api/auth/login", body=raw, headers={"Content-Type": "application/json"}).status == 400


@pytest.mark.rule("BR-003", "BR-008", "US-001")
def test_unknown_inactive_deleted_and_wrong_password_answer_alike(
    sign_in: SignIn, driver: SignedIn, another: Callable[..., SignedIn], db: Connection, audited: Audited
) -> None:
    inactive, deleted = another("driver", "inactive"), another("driver", "deleted")
    db.execute("UPDATE users SET is_active = false WHERE id = %(id)s", id=inactive.user_id)
    db.execute("UPDATE users SET is_active = false, deleted_at = now() WHERE id = %(id)s", id=deleted.user_id)
    factories.user(db, "withoutpassword")

    names = ["nobody", inactive.username, deleted.username, driver.username, "withoutpassword"]
    answers = [
        sign_in(name, "Wrong1Password" if name == driver.username else PASSWORD, at=f"192.0.2.{number}")
        for number, name in enumerate(names, start=1)
    ]

    assert {answer.status for answer in answers} == {401}
    bodies = [{**answer.json, "requestId": None} for answer in answers]
    assert all(body == bodies[0] for body in bodies)
    assert bodies[0]["error"] == "Invalid credentials"
    assert bodies[0]["code"] == "INVALID_CREDENTIALS"
    failed = audited("auth.login_failed")
    assert [event["details"]["tried"] for event in failed] == names
    assert [event["ip"] for event in failed] == [f"192.0.2.{number}" for number in range(1, 6)]
    assert {event["outcome"] for event in failed} == {"failed"}
    assert all(event["actor_id"] is None for event in failed)
    outcomes = db.values("SELECT outcome FROM login_attempts ORDER BY id")
    assert outcomes == ["unknown_user", "inactive", "unknown_user", "bad_password", "inactive"]


def test_no_password_is_in_the_audit_trail(sign_in: SignIn, driver: SignedIn, db: Connection) -> None:
    sign_in(driver.username, "Secret1Guess")
    sign_in(driver.username, PASSWORD)

    rows = db.values("SELECT to_jsonb(audit_events)::text FROM audit_events")
    assert len(rows) == 2
    assert not any("Secret1Guess" in row or PASSWORD in row for row in rows)


@pytest.mark.rule("BR-012")
def test_a_forwarded_address_is_not_believed(sign_in: SignIn, driver: SignedIn, db: Connection) -> None:
    sign_in(driver.username, PASSWORD, at="192.0.2.5", headers={"X-Forwarded-For": "203.0.113.9"})

    assert db.values("SELECT host(ip) FROM login_attempts") == ["192.0.2.5"]
    assert db.values("SELECT host(ip_address) FROM sessions") == ["192.0.2.5"]


def test_an_endless_password_is_wrong_without_being_looked_at(sign_in: SignIn, driver: SignedIn) -> None:
    assert sign_in(driver.username, "Aa1" * 100).status == 401
    assert sign_in(driver.username, "Aa1" * 10_000, at="192.0.2.2").status == 413


def test_signing_in_again_leaves_the_first_session_alive(sign_in: SignIn, driver: SignedIn, client: Client) -> None:
    first, second = (sign_in(driver.username, PASSWORD).json["tokens"]["accessToken"] for _ in range(2))

    for token in (first, second):
        assert client.get("/api/auth/current-user", headers={"Authorization": f"Bearer {token}"}).status == 200
