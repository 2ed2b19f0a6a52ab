"""Passwords: changed by their owner, forgotten, reset by an admin."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from chalicelib.kit.settings import settings
from tests.identity.conftest import SignIn
from tests.support.client import Answer, Client
from tests.support.people import PASSWORD, SignedIn
from tests.support.services import TestCloud

ME = "/api/auth/current-user"
NEW = "Another5Horse"


def _change(who: Client, current: str, new: str) -> Answer:
    return who.post("/api/auth/change-password", json={"currentPassword": current, "newPassword": new})


@pytest.mark.rule("US-004", "BR-018", "BR-026", "BR-027")
def test_changing_the_own_password_ends_all_other_sessions(
    driver: SignedIn, sign_in: SignIn, client: Client, db: Connection, audited: Callable[[str], list[Any]]
) -> None:
    other = sign_in(driver.username, PASSWORD).json["tokens"]["accessToken"]

    answer = _change(driver, PASSWORD, NEW)

    assert (answer.status, answer.json) == (200, {"message": "Password changed successfully"})
    assert driver.get(ME).status == 200
    assert client.get(ME, headers={"Authorization": f"Bearer {other}"}).status == 401
    assert db.values("SELECT revoke_reason FROM sessions WHERE revoked_at IS NOT NULL") == ["password_change"]
    assert sign_in(driver.username, PASSWORD).status == 401
    assert sign_in(driver.username, NEW).status == 200
    [event] = audited("auth.password_changed")
    assert event["outcome"] == "success"


@pytest.mark.rule("BR-027", "US-004")
def test_a_wrong_current_password_is_a_bad_request_and_counts_toward_the_lock(
    driver: SignedIn, sign_in: SignIn, audited: Callable[[str], list[Any]]
) -> None:
    answers = [_change(driver, "Wrong1Password", NEW) for _ in range(5)]

    assert {answer.status for answer in answers} == {400}
    assert answers[0].json["error"] == "Current password incorrect"
    assert answers[0].json["code"] == "INVALID_CREDENTIALS"
    locked = _change(driver, PASSWORD, NEW)
    assert (locked.status, locked.json["code"]) == (400, "ACCOUNT_LOCKED")
    assert sign_in(driver.username, PASSWORD).json["code"] == "ACCOUNT_LOCKED"
    assert driver.get(ME).status == 200
    assert len(audited("auth.locked")) == 1
    assert {event["outcome"] for event in audited("auth.password_changed")} == {"failed"}


@pytest.mark.rule("BR-026", "US-004")
@pytest.mark.parametrize(
    ("new", "rules"),
    [
        ("Ab1", ["Password must be at least 8 characters"]),
        ("alllowercase1", ["Password needs an upper-case letter"]),
        ("ALLUPPERCASE1", ["Password needs a lower-case letter"]),
        ("NoDigitsHere", ["Password needs a digit"]),
        ("A1" + "a" * 127, ["Password must be at most 128 characters"]),
        (
            "abc",
            ["Password must be at least 8 characters", "Password needs an upper-case letter", "Password needs a digit"],
        ),
    ],
)
def test_a_weak_password_is_refused_with_every_rule_that_it_breaks(
    driver: SignedIn, new: str, rules: list[str]
) -> None:
    answer = _change(driver, PASSWORD, new)

    assert answer.status == 400
    assert answer.json["details"]["rules"] == rules
    assert answer.json["error"].startswith(rules[0])


@pytest.mark.rule("BR-026")
def test_the_own_name_or_address_is_no_password(another: Callable[..., SignedIn]) -> None:
    person = another("viewer", "Horse4Correct".lower())
    for new in ("Horse4correct", "Horse4Correct@cvd.example"):
        answer = _change(person, PASSWORD, new)
        assert answer.json["details"]["rules"] == ["Password must not be the username or the e-mail address"]


@pytest.mark.rule("BR-026", "US-004")
def test_none_of_the_last_five_passwords_comes_back(driver: SignedIn) -> None:
    used = [PASSWORD, *(f"Number{number}Horse" for number in range(1, 5))]
    for before, after in pairwise(used):
        assert _change(driver, before, after).status == 200

    for old in used:
        answer = _change(driver, used[-1], old)
        assert answer.status == 400
        assert answer.json["error"] == "Password must not be one of your last 5 passwords"
    assert _change(driver, used[-1], "Number6Horse").status == 200
    assert _change(driver, "Number6Horse", PASSWORD).status == 200


@pytest.mark.parametrize("body", [{}, {"currentPassword": "x"}, {"currentPassword": "", "newPassword": NEW}])
def test_both_passwords_are_required(driver: SignedIn, body: dict[str, str]) -> None:
    answer = driver.post("/api/auth/change-password", json=body)

    assert (answer.status, answer.json["error"]) == (400, "Current and new password required")


def test_nobody_changes_a_password_without_a_session(client: Client) -> None:
    assert _change(client, PASSWORD, NEW).status == 401


@pytest.mark.rule("BR-028", "BR-018", "BR-025", "US-017")
def test_a_reset_gives_a_password_once_that_has_to_be_changed(
    admin: SignedIn, driver: SignedIn, sign_in: SignIn, client: Client, db: Connection
) -> None:
    assert driver.get(ME).status == 200
    db.execute(
        "UPDATE users SET failed_login_attempts = 5, locked_until = now() + interval '1 hour' WHERE id = %(id)s",
        id=driver.user_id,
    )

    answer = admin.post(f"/api/users/{driver.user_id}/reset-password")

    assert answer.status == 200
    assert answer.json["message"] == "Password reset successfully"
    assert answer.json["username"] == driver.username
    given = answer.json["new_password"]
    assert len(given) >= 16
    assert driver.get(ME).status == 401
    assert sign_in(driver.username, PASSWORD).status == 401
    signed_in = sign_in(driver.username, given, at="192.0.2.2")
    assert signed_in.status == 200
    assert signed_in.json["user"]["must_change_password"] is True
    me = client.with_headers({"Authorization": f"Bearer {signed_in.json['tokens']['accessToken']}"})
    refused = me.get("/api/auth/activity")
    assert (refused.status, refused.json["code"]) == (403, "PASSWORD_CHANGE_REQUIRED")
    assert me.get(ME).status == 200
    assert _change(me, given, NEW).status == 200
    assert me.get("/api/auth/activity").status == 200
    assert not any(given in row for row in db.values("SELECT to_jsonb(audit_events)::text FROM audit_events"))
    assert not any(given in row for row in db.values("SELECT to_jsonb(idempotency_keys)::text FROM idempotency_keys"))


@pytest.mark.rule("BR-028")
def test_a_reset_is_audited(admin: SignedIn, driver: SignedIn, audited: Callable[[str], list[Any]]) -> None:
    admin.post(f"/api/users/{driver.user_id}/reset-password")

    [event] = audited("auth.password_reset")
    assert event["actor_id"] == admin.user_id
    assert event["resource_id"] == str(driver.user_id)


def test_only_admins_reset_passwords(manager: SignedIn, driver: SignedIn, client: Client) -> None:
    assert manager.post(f"/api/users/{driver.user_id}/reset-password").status == 403
    assert client.post(f"/api/users/{driver.user_id}/reset-password").status == 401


def test_the_password_of_nobody_cannot_be_reset(admin: SignedIn, db: Connection, driver: SignedIn) -> None:
    db.execute("UPDATE users SET is_active = false, deleted_at = now() WHERE id = %(id)s", id=driver.user_id)
    for user_id in (driver.user_id, 999_999):
        answer = admin.post(f"/api/users/{user_id}/reset-password")
        assert (answer.status, answer.json["error"]) == (404, "User not found")


def _forgot(client: Client, username: str) -> Answer:
    return client.post("/api/auth/forgot-password", json={"username": username})


def _mailed_code(cloud: TestCloud, username: str) -> str:
    """The code that the pool would mail; the local cloud answers it to whoever asks in our place."""
    answer = cloud.place.client("cognito-idp").forgot_password(
        ClientId=settings().user_pool_client_id, Username=username
    )
    return str(answer["ResponseMetadata"]["HTTPHeaders"]["x-moto-forgot-password-confirmation-code"])


def test_asking_for_a_code_answers_the_same_for_everybody(
    client: Client, driver: SignedIn, audited: Callable[[str], list[Any]]
) -> None:
    known, unknown = _forgot(client, driver.email), _forgot(client, "nobody")

    assert known.status == 200
    assert known.json == unknown.json
    assert [event["resource_id"] for event in audited("auth.password_reset_requested")] == [str(driver.user_id)]


@pytest.mark.rule("BR-018")
def test_a_mailed_code_sets_a_new_password_and_ends_every_session(
    client: Client, driver: SignedIn, sign_in: SignIn, cloud: TestCloud, db: Connection
) -> None:
    assert driver.get(ME).status == 200
    db.execute(
        "UPDATE users SET failed_login_attempts = 5, locked_until = now() + interval '1 hour' WHERE id = %(id)s",
        id=driver.user_id,
    )
    _forgot(client, driver.username)
    body = {"username": driver.email, "code": _mailed_code(cloud, driver.username), "newPassword": NEW}

    answer = client.post("/api/auth/forgot-password/confirm", json=body)

    assert answer.status == 200
    assert driver.get(ME).status == 401
    assert sign_in(driver.username, PASSWORD).status == 401
    assert sign_in(driver.username, NEW, at="192.0.2.2").status == 200


def test_a_wrong_code_answers_the_same_for_everybody(client: Client, driver: SignedIn, sign_in: SignIn) -> None:
    _forgot(client, driver.username)
    answers = [
        client.post(
            "/api/auth/forgot-password/confirm",
            json={"username": name, "code": "moto-confirmation-code:000", "newPassword": NEW},
        )
        for name in (driver.username, "nobody")
    ]

    assert {answer.status for answer in answers} == {400}
    assert answers[0].json["error"] == answers[1].json["error"]
    assert sign_in(driver.username, PASSWORD).status == 200


@pytest.mark.rule("BR-026")
def test_a_forgotten_password_is_not_replaced_by_a_weak_one(client: Client, driver: SignedIn, cloud: TestCloud) -> None:
    body = {"username": driver.username, "code": _mailed_code(cloud, driver.username), "newPassword": "weak"}

    assert client.post("/api/auth/forgot-password/confirm", json=body).status == 400


def test_a_deactivated_user_gets_in_by_no_code(
    client: Client, driver: SignedIn, cloud: TestCloud, db: Connection, audited: Callable[[str], list[Any]]
) -> None:
    db.execute("UPDATE users SET is_active = false WHERE id = %(id)s", id=driver.user_id)

    assert _forgot(client, driver.username).status == 200
    body = {"username": driver.username, "code": _mailed_code(cloud, driver.username), "newPassword": NEW}
    assert client.post("/api/auth/forgot-password/confirm", json=body).status == 400
    assert audited("auth.password_reset_requested") == []


def test_codes_are_not_mailed_without_end(client: Client, driver: SignedIn) -> None:
    statuses = [_forgot(client, driver.username).status for _ in range(6)]

    assert statuses == [200] * 5 + [429]
    assert [_forgot(client, "nobody").status for _ in range(6)] == [200] * 5 + [429]
