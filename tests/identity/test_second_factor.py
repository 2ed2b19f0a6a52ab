"""The second factor: a code of an authenticator app.

The local cloud gives every user the same secret, takes a code again within its half minute and lets a waiting sign-in
wait for ever; what Cognito does about those is not proven here.
"""

import base64
import time
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from tests.identity.conftest import SignIn
from tests.support.client import Answer, Client
from tests.support.people import PASSWORD, SignedIn

ME = "/api/auth/current-user"


def _code(secret: str) -> str:
    """What an authenticator app would show now."""
    padded = secret + "=" * (-len(secret) % 8)
    app = TOTP(base64.b32decode(padded, casefold=True), 6, SHA1(), 30, enforce_key_length=False)  # noqa: S303
    return app.generate(int(time.time())).decode()


def _wrong(secret: str) -> str:
    return f"{(int(_code(secret)) + 1) % 1_000_000:06}"


def _switch_on(who: SignedIn) -> str:
    """Set up the second factor; the secret."""
    secret = str(who.post("/api/auth/mfa/setup").json["secretCode"])
    assert who.post("/api/auth/mfa/confirm", json={"code": _code(secret)}).status == 200
    return secret


def _second_step(client: Client, username: str, session: str, code: str, at: str = "192.0.2.1") -> Answer:
    body = {"username": username, "session": session, "code": code}
    return client.at(at).post("/api/auth/login/mfa", json=body)


def test_with_a_second_factor_a_sign_in_takes_two_steps(
    manager: SignedIn, sign_in: SignIn, client: Client, audited: Callable[[str], list[Any]]
) -> None:
    secret = _switch_on(manager)

    first = sign_in(manager.username, PASSWORD)

    assert (first.status, first.json["code"]) == (401, "MFA_REQUIRED")
    assert "session" not in first.cookies
    second = _second_step(client, manager.email, first.json["details"]["session"], _code(secret))
    assert second.status == 200
    assert second.json["user"]["mfa_enabled"] is True
    token = second.cookies["session"].value
    assert client.get(ME, headers={"Authorization": f"Bearer {token}"}).status == 200
    assert len(audited("auth.second_factor_asked")) == 1
    assert len(audited("auth.login")) == 1


def test_the_setup_names_the_user_for_the_app(manager: SignedIn) -> None:
    answer = manager.post("/api/auth/mfa/setup")

    secret = answer.json["secretCode"]
    assert answer.json["uri"] == f"otpauth://totp/CVD%3Amanageruser?secret={secret}&issuer=CVD"


def test_an_unconfirmed_setup_changes_nothing(manager: SignedIn, sign_in: SignIn) -> None:
    secret = manager.post("/api/auth/mfa/setup").json["secretCode"]
    refused = manager.post("/api/auth/mfa/confirm", json={"code": _wrong(secret)})

    assert refused.status == 400
    assert sign_in(manager.username, PASSWORD).status == 200


@pytest.mark.rule("BR-004")
def test_wrong_codes_lock_the_account_although_the_password_is_right(
    manager: SignedIn, sign_in: SignIn, client: Client
) -> None:
    secret = _switch_on(manager)

    for number in range(5):
        first = sign_in(manager.username, PASSWORD, at=f"192.0.2.{number}")
        assert first.json["code"] == "MFA_REQUIRED"
        session = first.json["details"]["session"]
        answer = _second_step(client, manager.username, session, _wrong(secret), at=f"192.0.2.{number}")
        assert (answer.status, answer.json["error"]) == (401, "Invalid credentials")

    assert sign_in(manager.username, PASSWORD, at="192.0.2.77").json["code"] == "ACCOUNT_LOCKED"
    locked = _second_step(client, manager.username, session, _code(secret), at="192.0.2.78")
    assert locked.json["code"] == "ACCOUNT_LOCKED"


def test_a_second_step_without_a_first_one_is_refused(manager: SignedIn, client: Client) -> None:
    secret = _switch_on(manager)

    for username in (manager.username, "nobody"):
        assert _second_step(client, username, "made-up-session-of-some-length", _code(secret)).status == 401


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "1234567"])
def test_what_is_no_code_is_a_bad_request(manager: SignedIn, client: Client, code: str) -> None:
    assert _second_step(client, manager.username, "some-session", code).status == 400
    assert manager.post("/api/auth/mfa/confirm", json={"code": code}).status == 400


def test_the_owner_switches_it_off_with_the_password(manager: SignedIn, sign_in: SignIn) -> None:
    _switch_on(manager)

    assert manager.delete("/api/auth/mfa", json={"password": "Wrong1Password"}).status == 400
    assert sign_in(manager.username, PASSWORD).json["code"] == "MFA_REQUIRED"
    assert manager.delete("/api/auth/mfa", json={"password": PASSWORD}).status == 200
    assert sign_in(manager.username, PASSWORD).status == 200
    assert manager.delete("/api/auth/mfa", json={"password": PASSWORD}).status == 409


def test_an_admin_takes_it_from_somebody_who_lost_the_phone(
    admin: SignedIn, manager: SignedIn, sign_in: SignIn, audited: Callable[[str], list[Any]]
) -> None:
    _switch_on(manager)

    assert admin.delete(f"/api/users/{manager.user_id}/mfa").status == 200
    assert sign_in(manager.username, PASSWORD).status == 200
    assert [event["after"] for event in audited("auth.second_factor_changed")] == [{"on": True}, {"on": False}]
    assert admin.delete(f"/api/users/{manager.user_id}/mfa").status == 409


def test_a_password_is_changed_with_the_second_factor_on(manager: SignedIn) -> None:
    _switch_on(manager)

    body = {"currentPassword": PASSWORD, "newPassword": "Another5Horse"}
    assert manager.post("/api/auth/change-password", json=body).status == 200


def test_drivers_and_viewers_have_none(driver: SignedIn, viewer: SignedIn, client: Client) -> None:
    for person in (driver, viewer):
        assert person.post("/api/auth/mfa/setup").status == 403
        assert person.post("/api/auth/mfa/confirm", json={"code": "123456"}).status == 403
        assert person.delete(f"/api/users/{driver.user_id}/mfa").status == 403
    assert client.post("/api/auth/mfa/setup").status == 401
