"""Users as admins keep them: made, listed, looked at, changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.identity.conftest import SignIn
from tests.support import factories
from tests.support.client import Client
from tests.support.people import PASSWORD, SignedIn

ME = "/api/auth/current-user"
Audited = Callable[[str], list[Any]]


def _new(**other: Any) -> dict[str, Any]:
    return {"username": "Newcomer1", "email": "newcomer@cvd.example", "role": "driver", "is_active": True, **other}


@pytest.mark.rule("US-010", "BR-020", "BR-024", "BR-025", "UT-1")
def test_a_new_user_gets_a_made_up_password_once(
    admin: SignedIn, sign_in: SignIn, client: Client, audited: Audited, db: Connection
) -> None:
    answer = admin.post("/api/users", json=_new(password=""))

    assert answer.status == 201
    given, user_id = answer.json["generated_password"], answer.json["id"]
    assert len(given) >= 16
    assert answer.json == {
        "id": user_id,
        "generated_password": given,
        "username": "Newcomer1",
        "email": "newcomer@cvd.example",
        "role": "driver",
        "is_active": True,
    }
    signed_in = sign_in("newcomer1", given)
    assert signed_in.status == 200
    assert signed_in.json["user"]["must_change_password"] is True
    me = client.with_headers({"Authorization": f"Bearer {signed_in.json['tokens']['accessToken']}"})
    refused = me.get("/api/auth/activity")
    assert (refused.status, refused.json["code"]) == (403, "PASSWORD_CHANGE_REQUIRED")
    [event] = audited("user.created")
    assert event["actor_id"] == admin.user_id
    assert event["resource_id"] == str(user_id)
    assert event["details"] == {"username": "Newcomer1", "role": "driver"}
    assert not any(given in row for row in db.values("SELECT to_jsonb(audit_events)::text FROM audit_events"))


@pytest.mark.rule("BR-024", "BR-026")
def test_a_given_password_is_taken_as_it_is(admin: SignedIn, sign_in: SignIn) -> None:
    answer = admin.post("/api/users", json=_new(password="Given4Horse"))

    assert answer.status == 201
    assert "generated_password" not in answer.json
    assert sign_in("Newcomer1", "Given4Horse").json["user"]["must_change_password"] is False


@pytest.mark.rule("BR-023")
def test_without_a_role_it_is_a_viewer(admin: SignedIn) -> None:
    body = _new()
    del body["role"]

    assert admin.post("/api/users", json=body).json["role"] == "viewer"


def test_a_user_made_inactive_cannot_sign_in(admin: SignedIn, sign_in: SignIn) -> None:
    admin.post("/api/users", json=_new(password="Given4Horse", is_active=False))

    assert sign_in("Newcomer1", "Given4Horse").status == 401


@pytest.mark.rule("BR-020", "BR-021", "BR-022", "BR-023", "BR-026")
@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"username": " "}, "username is required"),
        ({"username": None}, "username is required"),
        ({"email": ""}, "email is required"),
        ({"role": ""}, "role is required"),
        ({"role": "king"}, "Invalid role"),
        ({"role": "Admin"}, "Invalid role"),
        ({"username": "aDmIn"}, "Username not available"),
        ({"username": "ab"}, "Username must have 3 to 50 letters and digits and nothing else"),
        ({"username": "a" * 51}, "Username must have 3 to 50 letters and digits and nothing else"),
        ({"username": "with space"}, "Username must have 3 to 50 letters and digits and nothing else"),
        ({"username": "ünïcode"}, "Username must have 3 to 50 letters and digits and nothing else"),
        ({"email": "plain"}, "Invalid email format"),
        (
            {"password": "short"},
            ("Password must be at least 8 characters. Password needs an upper-case letter. Password needs a digit"),
        ),
        (
            {"password": "NewComer1@cvd.example", "email": "newcomer1@cvd.example"},
            "Password must not be the username or the e-mail address",
        ),
    ],
)
def test_what_is_no_user_is_refused(admin: SignedIn, db: Connection, other: dict[str, Any], sentence: str) -> None:
    answer = admin.post("/api/users", json=_new(**other))

    assert (answer.status, answer.json["error"]) == (400, sentence)
    assert db.value("SELECT count(*) FROM users") == 1


@pytest.mark.rule("BR-020", "BR-022", "US-010", "UT-1")
@pytest.mark.parametrize("other", [{"username": "DRIVERuser"}, {"email": "DRIVERuser@cvd.example"}])
def test_a_taken_name_or_address_is_refused(admin: SignedIn, driver: SignedIn, other: dict[str, str]) -> None:
    answer = admin.post("/api/users", json=_new(**other))

    assert (answer.status, answer.json["code"]) == (409, "DUPLICATE")
    assert answer.json["error"] == "Username or email already exists"


@pytest.mark.rule("BR-020", "BR-036", "US-010", "US-015")
def test_the_name_of_a_deleted_user_stays_taken_and_the_address_is_free(admin: SignedIn, driver: SignedIn) -> None:
    assert admin.delete(f"/api/users/{driver.user_id}/soft-delete").status == 200

    assert admin.post("/api/users", json=_new(username=driver.username)).status == 409
    assert admin.post("/api/users", json=_new(email=driver.email)).status == 201


@pytest.mark.rule("BR-020")
def test_two_requests_for_one_name_make_one_user_whose_password_works(
    admin: SignedIn, sign_in: SignIn, db: Connection
) -> None:
    admin.get(ME)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: admin.post("/api/users", json=_new()), range(2)))

    assert sorted(answer.status for answer in answers) == [201, 409]
    [made] = [answer for answer in answers if answer.status == 201]
    assert sign_in("Newcomer1", made.json["generated_password"]).status == 200


@pytest.mark.rule("US-010")
def test_only_admins_make_users_and_the_attempt_is_audited(
    manager: SignedIn, driver: SignedIn, viewer: SignedIn, client: Client, audited: Audited
) -> None:
    for person in (manager, driver, viewer):
        assert person.post("/api/users", json=_new()).status == 403
    assert client.post("/api/users", json=_new()).status == 401
    assert [event["actor_id"] for event in audited("access.denied")] == [
        manager.user_id,
        driver.user_id,
        viewer.user_id,
    ]


@pytest.mark.rule("US-011", "BR-038")
def test_users_are_listed_newest_first_with_all_that_the_page_reads(
    admin: SignedIn, driver: SignedIn, viewer: SignedIn
) -> None:
    answer = admin.get("/api/users")

    assert answer.status == 200
    assert [user["id"] for user in answer.json["users"]] == [viewer.user_id, driver.user_id, admin.user_id]
    assert answer.json["pagination"] == {"page": 1, "per_page": 200, "total": 3, "pages": 1}
    user = answer.json["users"][1]
    assert {name: user[name] for name in ("username", "email", "role")} == {
        "username": driver.username,
        "email": driver.email,
        "role": "driver",
    }
    assert (user["is_active"], user["is_deleted"], user["is_locked"]) == (1, 0, False)
    assert user["failed_login_attempts"] == 0
    assert user["created_at"].endswith("Z")
    for name in ("last_login", "locked_until", "deleted_at", "deleted_by", "deleted_by_username"):
        assert user[name] is None
    assert not {"password", "legacy_password_hash", "identity_sub"} & set(user)


@pytest.mark.rule("US-011", "BR-038", "BR-036")
def test_users_are_found_by_role_status_and_text(
    admin: SignedIn, driver: SignedIn, viewer: SignedIn, manager: SignedIn, db: Connection
) -> None:
    db.execute("UPDATE users SET is_active = false WHERE id = %(id)s", id=viewer.user_id)
    db.execute("UPDATE users SET locked_until = now() + interval '1 minute' WHERE id = %(id)s", id=manager.user_id)
    admin.delete(f"/api/users/{driver.user_id}/soft-delete")

    def found(**query: Any) -> list[str]:
        return sorted(user["username"] for user in admin.get("/api/users", params=query).json["users"])

    assert found() == ["adminuser", "manageruser", "vieweruser"]
    assert found(role="viewer") == ["vieweruser"]
    assert found(status="active") == ["adminuser", "manageruser"]
    assert found(status="inactive") == ["vieweruser"]
    assert found(status="locked") == ["manageruser"]
    assert found(search="NAGER") == ["manageruser"]
    assert found(search="viewer", role="admin") == []
    assert found(search="%") == []
    assert found(status="deleted") == []
    assert found(include_deleted="true", status="deleted") == ["driveruser"]
    assert found(includeDeleted="true", search="driver") == ["driveruser"]
    deleted = admin.get("/api/users", params={"include_deleted": "true", "status": "deleted"}).json["users"][0]
    assert deleted["is_deleted"] == 1
    assert (deleted["deleted_by"], deleted["deleted_by_username"]) == (admin.user_id, admin.username)


@pytest.mark.rule("BR-038", "US-011")
def test_pages_are_capped(admin: SignedIn, db: Connection) -> None:
    for _ in range(5):
        factories.user(db)

    page = admin.get("/api/users", params={"page": 2, "per_page": 4}).json
    assert len(page["users"]) == 2
    assert page["pagination"] == {"page": 2, "per_page": 4, "total": 6, "pages": 2}
    assert admin.get("/api/users", params={"per_page": 100_000}).json["pagination"]["per_page"] == 100


@pytest.mark.rule("BR-038")
@pytest.mark.parametrize(
    "query", [{"page": "x"}, {"page": 0}, {"per_page": -1}, {"per_page": 0}, {"role": "king"}, {"status": "gone"}]
)
def test_a_bad_filter_is_a_bad_request(admin: SignedIn, query: dict[str, Any]) -> None:
    assert admin.get("/api/users", params=query).status == 400


def test_only_admins_list_and_see_users(manager: SignedIn, driver: SignedIn, viewer: SignedIn, client: Client) -> None:
    for path in ("/api/users", f"/api/users/{driver.user_id}"):
        assert [person.get(path).status for person in (manager, driver, viewer)] == [403] * 3
        assert client.get(path).status == 401


def test_one_user_is_shown_even_when_deleted(admin: SignedIn, driver: SignedIn) -> None:
    admin.delete(f"/api/users/{driver.user_id}/soft-delete")

    answer = admin.get(f"/api/users/{driver.user_id}")

    assert answer.status == 200
    assert (answer.json["id"], answer.json["is_deleted"]) == (driver.user_id, 1)
    assert admin.get("/api/users/999999").json["error"] == "User not found"
    assert admin.get("/api/users/x").status == 404


@pytest.mark.rule("BR-032", "US-011")
def test_the_protected_admin_is_there_for_nobody_else(admin: SignedIn, another: Callable[..., SignedIn],
                                                      db: Connection) -> None:  # fmt: skip
    root = another("admin", "admin")
    db.execute("UPDATE users SET is_protected = true WHERE id = %(id)s", id=root.user_id)
    path = f"/api/users/{root.user_id}"

    assert [user["id"] for user in admin.get("/api/users").json["users"]] == [admin.user_id]
    answers = [
        admin.get(path),
        admin.put(path, json={"email": "x@cvd.example"}),
        admin.delete(path),
        admin.put(f"{path}/deactivate"),
        admin.put(f"{path}/activate"),
        admin.delete(f"{path}/soft-delete"),
        admin.post(f"{path}/reset-password"),
        admin.post(f"{path}/unlock"),
        admin.get(f"{path}/activity"),
        admin.get(f"{path}/audit-trail"),
        admin.delete(f"{path}/mfa"),
    ]
    assert [answer.status for answer in answers] == [404] * len(answers)
    assert {answer.json["error"] for answer in answers} == {"User not found"}
    assert admin.post("/api/users/batch-deactivate", json={"user_ids": [root.user_id]}).json["results"] == [
        {"user_id": root.user_id, "status": "failed", "reason": "User not found"}
    ]
    assert root.get(path).status == 200
    assert root.put(path, json={"email": "root@cvd.example"}).status == 200
    assert root.put(path, json={"role": "viewer"}).status == 400


@pytest.mark.rule("BR-029", "BR-018", "US-012")
def test_a_new_role_acts_at_once_and_ends_the_sessions(
    admin: SignedIn, driver: SignedIn, sign_in: SignIn, client: Client, audited: Audited, db: Connection
) -> None:
    assert driver.get(ME).status == 200

    answer = admin.put(f"/api/users/{driver.user_id}", json={"role": "admin"})

    assert (answer.status, answer.json) == (200, {"message": "User updated successfully"})
    assert driver.get(ME).status == 401
    token = sign_in(driver.username, PASSWORD).json["tokens"]["accessToken"]
    assert client.get("/api/users", headers={"Authorization": f"Bearer {token}"}).status == 200
    [event] = audited("user.role_changed")
    assert (event["before"], event["after"]) == ({"role": "driver"}, {"role": "admin"})
    assert db.value("SELECT revoke_reason FROM sessions WHERE revoked_at IS NOT NULL") == "role_change"


@pytest.mark.rule("BR-018", "US-012")
def test_the_refresh_token_of_an_old_role_is_void(admin: SignedIn, driver: SignedIn, sign_in: SignIn,
                                                  client: Client) -> None:  # fmt: skip
    tokens = sign_in(driver.username, PASSWORD).json["tokens"]
    admin.put(f"/api/users/{driver.user_id}", json={"role": "viewer"})

    assert client.post("/api/auth/refresh", json={"refreshToken": tokens["refreshToken"]}).status == 401


@pytest.mark.rule("BR-029")
def test_the_form_sends_all_three_fields_and_only_changes_count(
    admin: SignedIn, driver: SignedIn, audited: Audited
) -> None:
    assert driver.get(ME).status == 200
    body = {"email": "moved@cvd.example", "role": "driver", "is_active": True}

    assert admin.put(f"/api/users/{driver.user_id}", json=body).status == 200
    assert driver.get(ME).json["user"]["email"] == "moved@cvd.example"
    assert audited("user.role_changed") == []
    [event] = audited("user.updated")
    assert event["after"] == {"email": "moved@cvd.example"}


@pytest.mark.rule("BR-029")
@pytest.mark.parametrize("body", [{}, {"username": "other", "id": 5, "created_at": "2020-01-01"}])
def test_only_unknown_fields_are_refused(admin: SignedIn, driver: SignedIn, body: dict[str, Any]) -> None:
    answer = admin.put(f"/api/users/{driver.user_id}", json=body)

    assert (answer.status, answer.json["error"]) == (400, "No valid fields to update")


@pytest.mark.rule("BR-020", "BR-029")
def test_a_username_is_never_changed(admin: SignedIn, driver: SignedIn, db: Connection) -> None:
    body = {"username": "somebodyelse", "email": driver.email}

    assert admin.put(f"/api/users/{driver.user_id}", json=body).status == 200
    assert db.value("SELECT username FROM users WHERE id = %(id)s", id=driver.user_id) == driver.username


@pytest.mark.rule("BR-030", "US-012")
@pytest.mark.parametrize("change", [{"role": "viewer"}, {"is_active": False}])
def test_nobody_changes_their_own_role_or_status(admin: SignedIn, change: dict[str, Any]) -> None:
    answer = admin.put(f"/api/users/{admin.user_id}", json={"email": "mine@cvd.example", **change})

    assert (answer.status, answer.json["error"]) == (400, "Cannot modify your own role or status")
    assert admin.get(ME).json["user"]["email"] == admin.email


@pytest.mark.rule("BR-030")
def test_an_admin_edits_their_own_address_with_the_same_form(admin: SignedIn) -> None:
    body = {"email": "mine@cvd.example", "role": "admin", "is_active": True}

    assert admin.put(f"/api/users/{admin.user_id}", json=body).status == 200
    assert admin.get(ME).json["user"]["email"] == "mine@cvd.example"


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ({"role": "king"}, 400, "Invalid role"),
        ({"email": "plain"}, 400, "Invalid email format"),
        ({"email": "adminuser@cvd.example"}, 409, "Email already in use"),
    ],
)
def test_a_bad_change_is_refused(
    admin: SignedIn, driver: SignedIn, body: dict[str, Any], status: int, sentence: str
) -> None:
    answer = admin.put(f"/api/users/{driver.user_id}", json=body)

    assert (answer.status, answer.json["error"]) == (status, sentence)


def test_a_stale_change_is_refused_when_the_client_says_its_version(admin: SignedIn, driver: SignedIn) -> None:
    version = admin.get(f"/api/users/{driver.user_id}").json["version"]
    path = f"/api/users/{driver.user_id}"
    assert admin.put(path, json={"email": "first@cvd.example", "version": version}).status == 200

    answer = admin.put(path, json={"email": "second@cvd.example", "version": version})

    assert (answer.status, answer.json["code"]) == (409, "VERSION_CONFLICT")
    assert admin.put(path, json={"email": "third@cvd.example"}).status == 200


def test_a_deleted_user_is_not_edited(admin: SignedIn, driver: SignedIn) -> None:
    admin.delete(f"/api/users/{driver.user_id}/soft-delete")

    for body in ({"email": "x@cvd.example"}, {"is_active": True}):
        assert admin.put(f"/api/users/{driver.user_id}", json=body).status == 404


def test_only_admins_change_users(manager: SignedIn, driver: SignedIn, client: Client) -> None:
    for person in (manager, driver):
        assert person.put(f"/api/users/{driver.user_id}", json={"role": "admin"}).status == 403
    assert client.put(f"/api/users/{driver.user_id}", json={"role": "admin"}).status == 401
