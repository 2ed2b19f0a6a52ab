"""What users did, what was done to them, what they drive, and how their number moves."""

from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.identity.conftest import SignIn
from tests.support import factories
from tests.support.client import Client
from tests.support.people import PASSWORD, SignedIn


@pytest.mark.rule("US-018")
def test_what_was_done_to_a_user_is_listed_newest_first(admin: SignedIn, driver: SignedIn, sign_in: SignIn) -> None:
    sign_in(driver.username, PASSWORD)
    admin.put(f"/api/users/{driver.user_id}", json={"role": "viewer"})
    admin.delete(f"/api/users/{driver.user_id}/soft-delete")

    answer = admin.get(f"/api/users/{driver.user_id}/audit-trail")

    assert answer.status == 200
    trail = answer.json
    assert (trail["user_id"], trail["username"], trail["is_deleted"]) == (driver.user_id, driver.username, 1)
    events = trail["audit_events"]
    assert [event["action"] for event in events] == ["user.deleted", "user.role_changed", "auth.login"]
    assert [event["user_id"] for event in events] == [admin.user_id, admin.user_id, driver.user_id]
    assert {event["resource_id"] for event in events} == {driver.user_id}
    assert events[1]["actor_username"] == admin.username
    assert '"role": "viewer"' in events[1]["details"]
    assert events[0]["created_at"].endswith("Z")


@pytest.mark.rule("US-018")
def test_what_a_user_did_is_paged(admin: SignedIn, driver: SignedIn) -> None:
    for address in ("a@cvd.example", "b@cvd.example", "c@cvd.example"):
        driver.put("/api/auth/update-profile", json={"email": address})

    answer = admin.get(f"/api/users/{driver.user_id}/activity", params={"page": 2, "per_page": 2})

    assert answer.status == 200
    page = answer.json
    assert {name: page[name] for name in ("total", "page", "per_page", "pages", "username")} == {
        "total": 3,
        "page": 2,
        "per_page": 2,
        "pages": 2,
        "username": driver.username,
    }
    [activity] = page["activities"]
    assert (activity["action"], activity["resource_type"], activity["resource_id"]) == (
        "user.updated",
        "user",
        driver.user_id,
    )


@pytest.mark.rule("US-018")
def test_users_are_counted_without_the_protected_one(
    admin: SignedIn, driver: SignedIn, viewer: SignedIn, manager: SignedIn, db: Connection
) -> None:
    db.execute(
        """
        INSERT INTO users (username, email, role, is_protected) VALUES ('admin', 'root@cvd.example', 'admin', true)
        """
    )
    admin.put(f"/api/users/{driver.user_id}/deactivate")
    admin.put(f"/api/users/{driver.user_id}/activate")
    admin.put(f"/api/users/{driver.user_id}/deactivate")
    admin.delete(f"/api/users/{viewer.user_id}/soft-delete")

    answer = admin.get("/api/metrics/user-lifecycle")

    assert answer.json == {
        "user_counts": {"total": 3, "active": 2, "inactive": 1, "deleted": 1},
        "recent_activity": {"activations": 1, "deactivations": 2, "deletions": 1},
        "period": "30_days",
    }


def test_the_orders_of_a_driver_are_listed(admin: SignedIn, manager: SignedIn, driver: SignedIn,
                                           db: Connection) -> None:  # fmt: skip
    route = factories.route(db, "North")
    order = db.value(
        """
        INSERT INTO service_orders (route_id, driver_id, service_date, total_units, estimated_minutes, created_by)
        VALUES (%(route)s, %(driver)s, current_date, 0, 0, %(manager)s)
        RETURNING id
        """,
        route=route,
        driver=driver.user_id,
        manager=manager.user_id,
    )

    for person in (admin, manager):
        answer = person.get(f"/api/users/{driver.user_id}/service-orders").json
        assert answer["total"] == 1
        [listed] = answer["orders"]
        assert (listed["id"], listed["status"], listed["routeName"]) == (order, "pending", "North")
        assert listed["createdAt"].endswith("Z")


@pytest.mark.parametrize("path", ["activity", "audit-trail", "service-orders"])
def test_of_nobody_there_is_nothing(admin: SignedIn, path: str) -> None:
    answer = admin.get(f"/api/users/999999/{path}")

    assert (answer.status, answer.json["error"]) == (404, "User not found")


@pytest.mark.parametrize("query", [{"page": 0}, {"per_page": "x"}])
def test_a_bad_page_is_a_bad_request(admin: SignedIn, driver: SignedIn, query: dict[str, Any]) -> None:
    assert admin.get(f"/api/users/{driver.user_id}/activity", params=query).status == 400


def test_only_admins_read_histories(manager: SignedIn, driver: SignedIn, client: Client) -> None:
    for path in (f"/api/users/{driver.user_id}/activity", f"/api/users/{driver.user_id}/audit-trail",
                 "/api/metrics/user-lifecycle"):  # fmt: skip
        assert manager.get(path).status == 403
        assert driver.get(path).status == 403
        assert client.get(path).status == 401
    assert driver.get(f"/api/users/{driver.user_id}/service-orders").status == 403
