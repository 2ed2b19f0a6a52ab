"""What becomes of users: deactivated, activated, deleted, unlocked, and what stands in the way (domain.md 4.3)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.identity.conftest import SignIn
from tests.support import factories
from tests.support.client import Answer, Client
from tests.support.people import PASSWORD, SignedIn

ME = "/api/auth/current-user"
Audited = Callable[[str], list[Any]]

WAYS_OUT: dict[str, Callable[[SignedIn, int], Answer]] = {
    "deactivate": lambda who, user_id: who.put(f"/api/users/{user_id}/deactivate"),
    "remove": lambda who, user_id: who.delete(f"/api/users/{user_id}"),
    "soft-delete": lambda who, user_id: who.delete(f"/api/users/{user_id}/soft-delete"),
    "update": lambda who, user_id: who.put(f"/api/users/{user_id}", json={"is_active": False}),
}
every_way_out = pytest.mark.parametrize("way", list(WAYS_OUT))


def _order(db: Connection, *, driver: int | None, creator: int, status: str = "pending") -> int:
    route = factories.route(db)
    return int(
        db.value(
            """
            INSERT INTO service_orders (route_id, driver_id, service_date, status, total_units, estimated_minutes,
                                        created_by, started_at, completed_at)
            VALUES (%(route)s, %(driver)s, current_date, %(status)s, 0, 0, %(creator)s,
                    CASE WHEN %(status)s <> 'pending' THEN now() END, CASE WHEN %(status)s = 'completed' THEN now() END)
            RETURNING id
            """,
            route=route,
            driver=driver,
            status=status,
            creator=creator,
        )
    )


@every_way_out
@pytest.mark.rule("US-013", "US-015", "BR-018", "BR-036", "UT-4", "UT-6")
def test_who_is_sent_away_is_out_at_once(
    admin: SignedIn, driver: SignedIn, sign_in: SignIn, db: Connection, audited: Audited, way: str
) -> None:
    assert driver.get(ME).status == 200

    assert WAYS_OUT[way](admin, driver.user_id).status == 200

    assert driver.get(ME).status == 401
    refused = sign_in(driver.username, PASSWORD)
    assert (refused.status, refused.json["code"]) == (401, "INVALID_CREDENTIALS")
    [event] = audited("user.deleted" if way == "soft-delete" else "user.deactivated")
    assert event["actor_id"] == admin.user_id
    assert event["details"] == {"username": driver.username}
    open_sessions = "SELECT count(*) FROM sessions WHERE user_id = %(id)s AND revoked_at IS NULL"
    assert db.value(open_sessions, id=driver.user_id) == 0
    row = "SELECT deleted_at IS NOT NULL FROM users WHERE id = %(id)s AND NOT is_active"
    assert db.value(row, id=driver.user_id) is (way == "soft-delete")


@pytest.mark.parametrize(
    ("way", "body"),
    [
        ("deactivate", {"message": "User deactivated successfully", "user_id": ..., "username": "driveruser"}),
        ("remove", {"message": "User deactivated successfully"}),
        ("soft-delete", {"message": "User soft deleted successfully", "user_id": ..., "username": "driveruser"}),
    ],
)
def test_the_answers_are_those_of_the_contract(
    admin: SignedIn, driver: SignedIn, way: str, body: dict[str, Any]
) -> None:
    answer = WAYS_OUT[way](admin, driver.user_id)

    assert answer.json == {name: driver.user_id if value is ... else value for name, value in body.items()}


@every_way_out
@pytest.mark.rule("BR-033", "US-013", "UT-4", "UT-6")
@pytest.mark.parametrize("status", ["pending", "in_progress"])
def test_the_driver_of_an_open_order_stays(
    admin: SignedIn, driver: SignedIn, db: Connection, way: str, status: str
) -> None:
    order = _order(db, driver=driver.user_id, creator=admin.user_id, status=status)

    answer = WAYS_OUT[way](admin, driver.user_id)

    assert (answer.status, answer.json["code"]) == (409, "CONSTRAINT_VIOLATION")
    assert "with pending or in-progress service orders" in answer.json["error"]
    assert answer.json["details"]["orders"] == [{"id": order, "status": status}]
    assert driver.get(ME).status == 200


@pytest.mark.rule("BR-033")
def test_the_creator_of_an_open_order_stays_and_a_closed_one_holds_nobody(
    admin: SignedIn, manager: SignedIn, viewer: SignedIn, db: Connection
) -> None:
    _order(db, driver=None, creator=manager.user_id)
    _order(db, driver=viewer.user_id, creator=viewer.user_id, status="completed")

    answer = WAYS_OUT["deactivate"](admin, manager.user_id)
    assert answer.json["error"] == "Cannot deactivate user with pending or in-progress service orders"
    assert WAYS_OUT["deactivate"](admin, viewer.user_id).status == 200


@every_way_out
@pytest.mark.rule("BR-034", "US-013")
def test_the_driver_of_a_route_stays(admin: SignedIn, driver: SignedIn, db: Connection, way: str) -> None:
    route = factories.route(db, "North")
    db.execute("UPDATE routes SET driver_id = %(driver)s WHERE id = %(id)s", driver=driver.user_id, id=route)

    answer = WAYS_OUT[way](admin, driver.user_id)

    assert (answer.status, answer.json["code"]) == (409, "CONSTRAINT_VIOLATION")
    assert answer.json["details"]["routes"] == [{"id": route, "name": "North"}]
    db.execute("UPDATE routes SET deleted_at = now() WHERE id = %(id)s", id=route)
    assert WAYS_OUT[way](admin, driver.user_id).status == 200


@every_way_out
@pytest.mark.rule("BR-030")
def test_nobody_sends_themselves_away(admin: SignedIn, another: Callable[..., SignedIn], way: str) -> None:
    another("admin", "second")

    assert WAYS_OUT[way](admin, admin.user_id).status == 400
    assert admin.get(ME).status == 200


@pytest.mark.parametrize(
    ("way", "sentence"),
    [
        ("deactivate", "Cannot deactivate your own account"),
        ("remove", "Cannot delete your own account"),
        ("soft-delete", "Cannot delete your own account"),
    ],
)
def test_the_words_about_the_own_account_stay(admin: SignedIn, way: str, sentence: str) -> None:
    assert WAYS_OUT[way](admin, admin.user_id).json["error"] == sentence


@pytest.mark.rule("BR-031", "US-012")
@pytest.mark.parametrize("way", [*WAYS_OUT, "demote", "batch"])
def test_two_admins_who_send_each_other_away_at_once_leave_one(
    admin: SignedIn, another: Callable[..., SignedIn], db: Connection, way: str
) -> None:
    second = another("admin", "second")
    for person in (admin, second):
        person.get(ME)
    ways = {
        **WAYS_OUT,
        "demote": lambda who, user_id: who.put(f"/api/users/{user_id}", json={"role": "viewer"}),
        "batch": lambda who, user_id: who.post("/api/users/batch-deactivate", json={"user_ids": [user_id]}),
    }
    pairs = [(admin, second.user_id), (second, admin.user_id)]

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda pair: ways[way](*pair), pairs))

    left = db.value("SELECT count(*) FROM users WHERE role = 'admin' AND is_active AND deleted_at IS NULL")
    assert left == 1


def _demotes_the_caller_once_let_in(db: Connection) -> None:
    """The caller loses the role in the moment between being let in and acting, which a trigger plays here."""
    db.execute(
        """
        CREATE FUNCTION demote_caller() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
        BEGIN
            UPDATE users SET role = 'viewer' WHERE username = 'adminuser';
            RETURN NEW;
        END $body$
        """
    )
    db.execute("CREATE TRIGGER demote_caller AFTER INSERT ON idempotency_keys EXECUTE FUNCTION demote_caller()")


@pytest.mark.rule("BR-031")
def test_a_batch_keeps_the_last_active_admin(admin: SignedIn, another: Callable[..., SignedIn], db: Connection) -> None:
    last, free = another("admin", "last"), factories.user(db)
    admin.get(ME)
    _demotes_the_caller_once_let_in(db)

    answer = admin.with_headers({"Idempotency-Key": "once"}).post(
        "/api/users/batch-deactivate", json={"user_ids": [last.user_id, free]}
    )

    assert db.value("SELECT role = 'admin' AND is_active FROM users WHERE id = %(id)s", id=last.user_id), answer.json
    assert not db.value("SELECT is_active FROM users WHERE id = %(id)s", id=free)


@pytest.mark.rule("BR-031", "UT-4", "UT-6")
@pytest.mark.parametrize("way", [*WAYS_OUT, "demote"])
def test_the_last_active_admin_stays(
    admin: SignedIn, another: Callable[..., SignedIn], db: Connection, way: str
) -> None:
    last = another("admin", "last")
    admin.get(ME)
    _demotes_the_caller_once_let_in(db)
    ways = {**WAYS_OUT, "demote": lambda who, user_id: who.put(f"/api/users/{user_id}", json={"role": "viewer"})}

    answer = ways[way](admin.with_headers({"Idempotency-Key": "once"}), last.user_id)

    assert (answer.status, answer.json["code"]) == (409, "CONSTRAINT_VIOLATION")
    assert "the last active admin" in answer.json["error"]
    assert db.value("SELECT role = 'admin' AND is_active FROM users WHERE id = %(id)s", id=last.user_id)


@pytest.mark.rule("BR-031")
def test_inactive_and_deleted_admins_do_not_count(
    admin: SignedIn, another: Callable[..., SignedIn], db: Connection
) -> None:
    second, third = another("admin", "second"), another("admin", "third")
    assert WAYS_OUT["deactivate"](admin, second.user_id).status == 200
    assert WAYS_OUT["soft-delete"](admin, third.user_id).status == 200

    assert db.value("SELECT count(*) FROM users WHERE role = 'admin' AND is_active") == 1
    assert admin.get(ME).status == 200


@pytest.mark.rule("BR-035")
def test_deactivating_twice_and_activating_the_active_are_conflicts(admin: SignedIn, driver: SignedIn) -> None:
    active = admin.put(f"/api/users/{driver.user_id}/activate")
    WAYS_OUT["deactivate"](admin, driver.user_id)
    inactive = WAYS_OUT["deactivate"](admin, driver.user_id)

    assert (active.status, active.json["error"]) == (409, "User is already active")
    assert (inactive.status, inactive.json["error"]) == (409, "User is already deactivated")


def test_the_removal_may_be_repeated(admin: SignedIn, driver: SignedIn, audited: Audited) -> None:
    assert [WAYS_OUT["remove"](admin, driver.user_id).status for _ in range(2)] == [200, 200]
    assert len(audited("user.deactivated")) == 1


@pytest.mark.rule("US-014", "UT-5")
@pytest.mark.parametrize("by_form", [False, True])
def test_who_is_let_in_again_has_the_old_password_and_no_lock(
    admin: SignedIn, driver: SignedIn, sign_in: SignIn, db: Connection, audited: Audited, by_form: bool
) -> None:
    WAYS_OUT["deactivate"](admin, driver.user_id)
    db.execute(
        "UPDATE users SET failed_login_attempts = 5, locked_until = now() + interval '1 hour' WHERE id = %(id)s",
        id=driver.user_id,
    )

    if by_form:
        answer = admin.put(f"/api/users/{driver.user_id}", json={"is_active": True})
    else:
        answer = admin.put(f"/api/users/{driver.user_id}/activate")
        assert answer.json == {
            "message": "User activated successfully",
            "user_id": driver.user_id,
            "username": driver.username,
        }

    assert answer.status == 200
    assert sign_in(driver.username, PASSWORD).status == 200
    assert len(audited("user.activated")) == 1


@pytest.mark.rule("BR-036", "US-015", "UT-5", "UT-7")
def test_the_deleted_stay_deleted(admin: SignedIn, driver: SignedIn, db: Connection) -> None:
    assert WAYS_OUT["soft-delete"](admin, driver.user_id).status == 200

    assert [way(admin, driver.user_id).status for way in WAYS_OUT.values()] == [404] * 4
    assert admin.put(f"/api/users/{driver.user_id}/activate").status == 404
    assert admin.post(f"/api/users/{driver.user_id}/unlock").status == 404
    row = db.value(
        """
        SELECT jsonb_build_object('by', deleted_by, 'active', is_active, 'name', username)
          FROM users
         WHERE id = %(id)s AND deleted_at IS NOT NULL
        """,
        id=driver.user_id,
    )
    assert row == {"by": admin.user_id, "active": False, "name": driver.username}


@pytest.mark.rule("US-017", "UT-3")
def test_an_unlocked_user_signs_in_at_once(
    admin: SignedIn, driver: SignedIn, sign_in: SignIn, audited: Audited
) -> None:
    for number in range(5):
        sign_in(driver.username, "Wrong1Password", at=f"192.0.2.{number}")
    assert sign_in(driver.username, PASSWORD, at="192.0.2.9").json["code"] == "ACCOUNT_LOCKED"

    answer = admin.post(f"/api/users/{driver.user_id}/unlock")

    assert answer.status == 200
    assert sign_in(driver.username, PASSWORD, at="192.0.2.9").status == 200
    [event] = audited("user.unlocked")
    assert event["before"]["failed_login_attempts"] == 5


@pytest.mark.rule("US-016", "BR-037")
def test_a_batch_judges_each_alone(
    admin: SignedIn, viewer: SignedIn, driver: SignedIn, db: Connection, audited: Audited
) -> None:
    inactive = factories.user(db, active=False)
    free = [factories.user(db), factories.user(db)]
    _order(db, driver=driver.user_id, creator=viewer.user_id)
    on_route = factories.user(db)
    db.execute("UPDATE routes SET driver_id = %(id)s", id=on_route)
    assert viewer.get(ME).status == 200
    ids = [free[0], driver.user_id, admin.user_id, free[1], inactive, on_route, 999_999, free[0]]

    answer = admin.post("/api/users/batch-deactivate", json={"user_ids": ids})

    assert answer.status == 200
    found = {result["user_id"]: result.get("reason", result["status"]) for result in answer.json["results"]}
    assert found == {
        free[0]: "success",
        driver.user_id: "Has pending service orders",
        admin.user_id: "Cannot deactivate your own account",
        free[1]: "success",
        inactive: "User already deactivated",
        on_route: "Is the driver of a route",
        999_999: "User not found",
    }
    assert len(answer.json["results"]) == 7
    assert answer.json["results"][0]["username"].startswith("person")
    assert [event["resource_id"] for event in audited("user.deactivated")] == [str(user_id) for user_id in free]
    assert db.values("SELECT id FROM users WHERE NOT is_active ORDER BY id") == sorted([inactive, *free])


@pytest.mark.rule("BR-037")
@pytest.mark.parametrize("body", [{}, {"user_ids": []}, {"user_ids": "1"}, {"user_ids": ["x"]}, {"user_ids": [0]}])
def test_a_batch_of_nobody_is_a_bad_request(admin: SignedIn, body: dict[str, Any]) -> None:
    assert admin.post("/api/users/batch-deactivate", json=body).status == 400


def test_only_admins_decide_about_users(manager: SignedIn, driver: SignedIn, viewer: SignedIn, client: Client) -> None:
    user_id = viewer.user_id
    for person in (manager, driver, viewer):
        statuses = {way(person, user_id).status for way in WAYS_OUT.values()}
        statuses.add(person.put(f"/api/users/{user_id}/activate").status)
        statuses.add(person.post(f"/api/users/{user_id}/unlock").status)
        statuses.add(person.post("/api/users/batch-deactivate", json={"user_ids": [user_id]}).status)
        assert statuses == {403}
    assert client.put(f"/api/users/{user_id}/deactivate").status == 401
