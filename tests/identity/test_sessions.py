"""How long a session lives, and what ends it."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.identity.conftest import SignIn
from tests.support.client import Client
from tests.support.people import PASSWORD, SignedIn

ME = "/api/auth/current-user"


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _token(sign_in: SignIn, person: SignedIn) -> str:
    answer = sign_in(person.username, PASSWORD)
    assert answer.status == 200
    return str(answer.json["tokens"]["accessToken"])


@pytest.mark.rule("US-002", "BR-014")
def test_a_request_just_before_the_idle_limit_extends_it(
    sign_in: SignIn, driver: SignedIn, client: Client, advance: Callable[..., None]
) -> None:
    advance()
    token = _token(sign_in, driver)

    advance(hours=7, minutes=59)
    assert client.get(ME, headers=_bearer(token)).status == 200
    advance(hours=7, minutes=59)
    assert client.get(ME, headers=_bearer(token)).status == 200


@pytest.mark.rule("US-002", "BR-014", "BR-015")
def test_eight_hours_of_silence_end_it(
    sign_in: SignIn, driver: SignedIn, client: Client, advance: Callable[..., None]
) -> None:
    advance()
    token = _token(sign_in, driver)
    advance(hours=8, minutes=1)

    answer = client.get(ME, headers=_bearer(token))

    assert answer.status == 401
    assert answer.json["error"] == "Invalid or expired session"
    assert answer.json["code"] == "UNAUTHENTICATED"


@pytest.mark.rule("US-002", "BR-014")
def test_a_day_after_the_sign_in_it_ends_however_busy(
    sign_in: SignIn, driver: SignedIn, client: Client, advance: Callable[..., None]
) -> None:
    advance()
    token = _token(sign_in, driver)
    for _ in range(3):
        advance(hours=7, minutes=50)
        assert client.get(ME, headers=_bearer(token)).status == 200
    advance(minutes=29)
    assert client.get(ME, headers=_bearer(token)).status == 200
    advance(minutes=2)

    assert client.get(ME, headers=_bearer(token)).status == 401


@pytest.mark.rule("BR-015")
def test_without_a_session_there_is_a_401(client: Client) -> None:
    answer = client.get(ME)

    assert answer.status == 401
    assert answer.json["error"] == "Authentication required"


@pytest.mark.rule("BR-016")
@pytest.mark.parametrize("deleted", [False, True])
def test_the_user_is_read_anew_on_each_request(driver: SignedIn, db: Connection, deleted: bool) -> None:
    assert driver.get(ME).status == 200
    db.execute(
        "UPDATE users SET is_active = false, deleted_at = CASE WHEN %(deleted)s THEN now() END WHERE id = %(id)s",
        deleted=deleted,
        id=driver.user_id,
    )

    assert driver.get(ME).status == 401


@pytest.mark.rule("BR-016")
def test_the_role_is_the_one_of_this_moment(admin: SignedIn, db: Connection) -> None:
    assert admin.get("/api/users").status == 200
    db.execute("UPDATE users SET role = 'viewer' WHERE id = %(id)s", id=admin.user_id)

    assert admin.get("/api/users").status == 403


@pytest.mark.rule("US-003", "BR-017")
def test_signing_out_ends_this_session_at_once_and_no_other(
    sign_in: SignIn, driver: SignedIn, client: Client, audited: Callable[[str], list[Any]]
) -> None:
    first, second = _token(sign_in, driver), _token(sign_in, driver)

    answer = client.post("/api/auth/logout", headers=_bearer(first))

    assert (answer.status, answer.json) == (200, {"message": "Logged out successfully"})
    assert answer.cookies["session"].value == ""
    assert answer.cookies["session"]["max-age"] == "0"
    assert client.get(ME, headers=_bearer(first)).status == 401
    assert client.get(ME, headers=_bearer(second)).status == 200
    [event] = audited("auth.logout")
    assert event["actor_id"] == driver.user_id


@pytest.mark.rule("US-003", "BR-017")
def test_signing_out_twice_or_without_a_session_is_fine(
    sign_in: SignIn, driver: SignedIn, client: Client, audited: Callable[[str], list[Any]]
) -> None:
    token = _token(sign_in, driver)

    statuses = [client.post("/api/auth/logout", headers=_bearer(token)).status for _ in range(2)]
    statuses.append(client.post("/api/auth/logout").status)
    statuses.append(client.post("/api/auth/logout", headers=_bearer("nonsense")).status)

    assert statuses == [200] * 4
    assert len(audited("auth.logout")) == 1


def test_a_browser_signs_out_with_an_empty_json_body(sign_in: SignIn, driver: SignedIn, client: Client) -> None:
    token = _token(sign_in, driver)
    headers = {"Cookie": f"session={token}", "Content-Type": "application/json", "Origin": "http://testserver"}

    assert client.post("/api/auth/logout", headers=headers).status == 200
    assert client.get(ME, headers=_bearer(token)).status == 401


def test_a_refresh_gives_a_token_of_the_same_session(sign_in: SignIn, driver: SignedIn, client: Client) -> None:
    signed_in = sign_in(driver.username, PASSWORD).json

    answer = client.post("/api/auth/refresh", json={"refreshToken": signed_in["tokens"]["refreshToken"]})

    assert answer.status == 200
    fresh = answer.json["tokens"]["accessToken"]
    assert fresh != signed_in["tokens"]["accessToken"]
    assert client.get(ME, headers=_bearer(fresh)).status == 200
    client.post("/api/auth/logout", headers=_bearer(fresh))
    assert client.get(ME, headers=_bearer(signed_in["tokens"]["accessToken"])).status == 401


def test_a_refresh_extends_the_idle_limit(
    sign_in: SignIn, driver: SignedIn, client: Client, advance: Callable[..., None]
) -> None:
    advance()
    tokens = sign_in(driver.username, PASSWORD).json["tokens"]
    advance(hours=7)
    assert client.post("/api/auth/refresh", json={"refreshToken": tokens["refreshToken"]}).status == 200
    advance(hours=7)

    assert client.get(ME, headers=_bearer(tokens["accessToken"])).status == 200


@pytest.mark.parametrize("ending", ["signed out", "idle", "deactivated"])
def test_a_session_that_is_over_is_not_refreshed(
    sign_in: SignIn, driver: SignedIn, client: Client, db: Connection, advance: Callable[..., None], ending: str
) -> None:
    advance()
    tokens = sign_in(driver.username, PASSWORD).json["tokens"]
    if ending == "signed out":
        client.post("/api/auth/logout", headers=_bearer(tokens["accessToken"]))
    elif ending == "idle":
        advance(hours=8, seconds=1)
    else:
        db.execute("UPDATE users SET is_active = false WHERE id = %(id)s", id=driver.user_id)

    assert client.post("/api/auth/refresh", json={"refreshToken": tokens["refreshToken"]}).status == 401


def test_a_refresh_without_a_token_is_a_bad_request(client: Client) -> None:
    assert client.post("/api/auth/refresh", json={}).status == 400


def test_a_made_up_refresh_token_is_refused(client: Client) -> None:
    assert client.post("/api/auth/refresh", json={"refreshToken": "made-up"}).status == 401
