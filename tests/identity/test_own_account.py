"""The own account: who am I, my e-mail address, my last sign-ins."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from chalicelib.kit.settings import settings
from tests.identity.conftest import SignIn
from tests.support.client import Client
from tests.support.people import PASSWORD, SignedIn
from tests.support.services import TestCloud

PROFILE = "/api/auth/update-profile"


def test_everybody_sees_their_own_account(
    admin: SignedIn, manager: SignedIn, driver: SignedIn, viewer: SignedIn
) -> None:
    for person in (admin, manager, driver, viewer):
        user = person.get("/api/auth/current-user").json["user"]
        assert (user["id"], user["username"], user["role"]) == (person.user_id, person.username, person.role)
        assert user["created_at"].endswith("Z")
        assert user["last_login"] is None


@pytest.mark.rule("US-005", "BR-022")
def test_a_new_address_is_stored_and_told_to_the_pool(
    driver: SignedIn, audited: Callable[[str], list[Any]], cloud: TestCloud
) -> None:
    answer = driver.put(PROFILE, json={"email": "  new@cvd.example "})

    assert answer.status == 200
    assert answer.json["message"] == "Profile updated successfully"
    assert answer.json["user"]["email"] == "new@cvd.example"
    [event] = audited("user.updated")
    assert event["before"] == {"email": driver.email}
    assert event["after"] == {"email": "new@cvd.example"}
    assert _kept(cloud, driver.username) == {"email": "new@cvd.example", "email_verified": "false"}


def test_codes_go_to_a_new_address_once_an_admin_has_stored_it(
    admin: SignedIn, driver: SignedIn, cloud: TestCloud
) -> None:
    driver.put(PROFILE, json={"email": "new@cvd.example"})
    driver.put(PROFILE, json={"email": "new@cvd.example"})
    assert _kept(cloud, driver.username)["email_verified"] == "false"

    admin.put(f"/api/users/{driver.user_id}", json={"email": "new@cvd.example"})

    assert _kept(cloud, driver.username) == {"email": "new@cvd.example", "email_verified": "true"}


def _kept(cloud: TestCloud, username: str) -> dict[str, str]:
    """What the pool keeps of a user's address."""
    user = cloud.place.client("cognito-idp").admin_get_user(UserPoolId=settings().user_pool_id, Username=username)
    return {part["Name"]: part["Value"] for part in user["UserAttributes"] if part["Name"].startswith("email")}


def test_storing_the_same_address_again_changes_nothing(driver: SignedIn, audited: Callable[[str], list[Any]]) -> None:
    assert driver.put(PROFILE, json={"email": driver.email}).status == 200
    assert audited("user.updated") == []


@pytest.mark.rule("US-005", "BR-022")
def test_a_taken_address_is_refused_in_any_case(driver: SignedIn, viewer: SignedIn) -> None:
    answer = driver.put(PROFILE, json={"email": viewer.email.upper()})

    assert (answer.status, answer.json["code"]) == (409, "DUPLICATE")
    assert answer.json["error"] == "Email already in use"


@pytest.mark.rule("BR-022")
def test_the_address_of_a_deleted_user_is_free(driver: SignedIn, viewer: SignedIn, db: Connection) -> None:
    db.execute("UPDATE users SET is_active = false, deleted_at = now() WHERE id = %(id)s", id=viewer.user_id)

    assert driver.put(PROFILE, json={"email": viewer.email}).status == 200


@pytest.mark.rule("US-005", "BR-022")
@pytest.mark.parametrize(
    "email",
    ["plain", "a@b", "a@b.c", "@b.example", "a b@c.example", "a@b..example", "a@-b.example", "a" * 250 + "@b.co"],
)
def test_what_is_no_address_is_refused(driver: SignedIn, email: str) -> None:
    answer = driver.put(PROFILE, json={"email": email})

    assert (answer.status, answer.json["error"]) == (400, "Invalid email format")


@pytest.mark.parametrize("body", [{}, {"email": " "}, {"email": None}])
def test_without_an_address_it_is_a_bad_request(driver: SignedIn, body: dict[str, Any]) -> None:
    answer = driver.put(PROFILE, json=body)

    assert (answer.status, answer.json["error"]) == (400, "Email is required")


@pytest.mark.rule("US-006")
def test_the_last_sign_ins_are_listed_with_failures(driver: SignedIn, sign_in: SignIn, client: Client) -> None:
    phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile"}
    sign_in(driver.username, "Wrong1Password", at="192.0.2.1", headers=phone)
    token = sign_in(driver.username, PASSWORD, at="192.0.2.2").json["tokens"]["accessToken"]
    client.post("/api/auth/logout", headers={"Authorization": f"Bearer {token}"})

    activities = driver.get("/api/auth/activity").json["activities"]

    assert [activity["action"] for activity in activities] == ["LOGOUT", "LOGIN_SUCCESS", "LOGIN_FAILED"]
    failed = activities[2]
    assert failed["ip_address"] == "192.0.2.1"
    assert failed["device_type"] == "mobile"
    assert failed["details"] == "Wrong password"
    assert failed["created_at"].endswith("Z")


@pytest.mark.rule("US-006")
def test_no_more_than_ten_and_nobody_elses(driver: SignedIn, viewer: SignedIn, sign_in: SignIn) -> None:
    for _ in range(11):
        sign_in(driver.username, PASSWORD)

    assert len(driver.get("/api/auth/activity").json["activities"]) == 10
    assert viewer.get("/api/auth/activity").json["activities"] == []


@pytest.mark.parametrize("path", ["/api/auth/current-user", "/api/auth/activity"])
def test_strangers_see_nothing(client: Client, path: str) -> None:
    assert client.get(path).status == 401
