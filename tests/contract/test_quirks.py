"""Quirks of the contract that are gone, as far as no other test shows it; and the fields that pages ask for (§5)."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.contract.requests import REQUESTS
from tests.contract.shape import differences
from tests.contract.world import NOON, World
from tests.support import factories
from tests.support.client import Client
from tests.support.costs import at_once, statements_of
from tests.support.factories import Fill
from tests.support.people import SignedIn


@pytest.fixture
def world(
    db: Connection,
    client: Client,
    admin: SignedIn,
    manager: SignedIn,
    driver: SignedIn,
    viewer: SignedIn,
    clock_at: Callable[[datetime], None],
) -> Iterator[World]:
    """A small fleet at noon."""
    clock_at(NOON)
    return World(db, client, admin, manager, driver, viewer)


def test_of_two_users_who_take_one_address_at_once_one_is_refused(
    manager: SignedIn, viewer: SignedIn, db: Connection
) -> None:
    body = {"email": "wanted@cvd.example"}
    answers = at_once(
        lambda: manager.put("/api/auth/update-profile", json=body),
        lambda: viewer.put("/api/auth/update-profile", json=body),
    )

    assert sorted(answer.status for answer in answers) in ([200, 400], [200, 409])
    assert db.value("SELECT count(*) FROM users WHERE lower(email) = 'wanted@cvd.example'") == 1


def test_the_list_of_users_does_not_end_at_twenty_and_costs_the_same(
    admin: SignedIn, db: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    factories.user(db, role="viewer")
    few = statements_of(caplog, lambda: admin.get("/api/users?include_deleted=true"))
    deleted = [factories.user(db, role="viewer", active=False) for _ in range(30)]
    db.execute("UPDATE users SET deleted_at = now(), deleted_by = %(by)s WHERE id = ANY(%(ids)s)", by=1, ids=deleted)

    many = statements_of(caplog, lambda: admin.get("/api/users?include_deleted=true"))

    assert many == few
    assert {row["id"] for row in admin.get("/api/users?include_deleted=true").json["users"]} >= set(deleted)


def test_the_trail_of_a_user_is_bounded(admin: SignedIn, db: Connection) -> None:
    person = factories.user(db, role="viewer")
    db.execute(
        """
        INSERT INTO audit_events (actor_username, action, resource_type, resource_id, outcome, at)
        SELECT 'somebody', 'user.updated', 'user', %(person)s::text, 'success', now() - number * interval '1 second'
          FROM generate_series(1, 1500) number
        """,
        person=person,
    )

    events = admin.get(f"/api/users/{person}/audit-trail").json["audit_events"]

    assert 0 < len(events) <= 1000
    assert [event["created_at"] for event in events] == sorted((e["created_at"] for e in events), reverse=True)


def test_the_dashboard_shows_failed_sign_ins_and_refused_calls(
    admin: SignedIn, viewer: SignedIn, client: Client
) -> None:
    assert client.post("/api/auth/login", json={"username": "nobody", "password": "wrong"}).status == 401
    assert viewer.get("/api/users").status == 403

    acts = admin.get("/api/security/dashboard").json["suspicious_activities"]

    assert [(act["action"], act["username"]) for act in acts] == [
        ("access.denied", viewer.username),
        ("auth.login_failed", "nobody"),
    ]


@pytest.mark.parametrize("asked", [{"order": "desc; DROP TABLE users"}, {"sort": "(SELECT password FROM users)"}])
def test_the_order_of_sessions_is_no_sql(admin: SignedIn, asked: dict[str, str]) -> None:
    answer = admin.get("/api/admin/activity/current", params=asked)

    assert answer.status == (400 if "order" in asked else 200)
    assert admin.get("/api/admin/activity/current").json["data"]["sessions"] != []


def test_a_new_name_of_a_product_shows_in_the_planograms(world: World) -> None:
    content = {"name": "Cola Zero", "category": "soda", "price": 2.0}
    assert world.manager.get(f"/api/planograms/{world.planogram}").json["A1"]["productName"] == "Cola"

    assert world.manager.put(f"/api/products/{world.cola}", json=content).status == 200

    assert world.manager.get(f"/api/planograms/{world.planogram}").json["A1"]["productName"] == "Cola Zero"


def test_the_name_and_price_of_a_product_are_the_catalogues(world: World) -> None:
    slot = {"productId": world.cola, "productName": "Not Cola", "quantity": 2, "parLevel": 8, "capacity": 10}
    save = {"planogramKey": world.planogram, "planogramData": {"A2": {**slot, "price": -5}}}
    assert world.manager.post("/api/planograms", json=save).status == 400

    save["planogramData"]["A2"]["price"] = 2.0
    assert world.manager.post("/api/planograms", json=save).status == 200

    assert world.manager.get(f"/api/planograms/{world.planogram}").json["A2"]["productName"] == "Cola"
    assert world.db.value("SELECT name FROM products WHERE id = %(id)s", id=world.cola) == "Cola"


def test_an_unknown_planogram_is_not_saved_in_silence(manager: SignedIn) -> None:
    answer = manager.post("/api/planograms", json={"planogramKey": "999-Cooler-0", "planogramData": {"A1": None}})

    assert answer.status == 404


@pytest.mark.rule("7.5")
def test_the_average_fill_rate_is_of_the_orders_that_are_asked_for(world: World, another: Any) -> None:
    other = factories.route(world.db, "South", number=5, driver_id=another("driver").user_id)
    device = factories.device(world.db, "777", route_id=other)
    factories.fill(world.db, device.cabinets[0], {"A1": Fill(world.cola, quantity=6)})
    chosen = [{"deviceId": device.id, "cabinetIndex": 0}]
    body = {**world.selection, "routeId": other, "cabinetSelections": chosen}
    assert world.order
    assert world.manager.post("/api/service-orders", json=body).status == 201

    assert world.manager.get("/api/service-orders").json["avgFillRate"] == 40.0
    assert world.manager.get(f"/api/service-orders?routeId={other}").json["avgFillRate"] == 60.0
    assert world.driver.get("/api/service-orders").json["avgFillRate"] == 20.0


def test_a_query_may_name_columns_that_hold_the_words_of_writes(admin: SignedIn, db: Connection) -> None:
    factories.device(db, "111")

    answer = admin.post("/api/query", json={"sql": "SELECT asset, created_at AS deleted_at FROM devices"})

    assert (answer.status, answer.json["columns"], answer.json["count"]) == (200, ["asset", "deleted_at"], 1)


def test_the_list_of_sales_is_bounded(world: World) -> None:
    world.db.execute(
        """
        INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)
        SELECT %(device)s, %(product)s, 1, 100, %(now)s - number * interval '1 second', 'manual'
          FROM generate_series(1, 5200) number
        """,
        device=world.device.id,
        product=world.cola,
        now=NOON,
    )

    assert len(world.viewer.get("/api/sales").json) == 100
    assert len(world.viewer.get("/api/sales?per_page=5000").json) == 5000
    assert world.viewer.get("/api/sales?per_page=5001").status == 400


ASKED_FOR = [
    pytest.param(name, shape, id=number, marks=pytest.mark.rule(number))
    for number, name, shape in [
        ("N5-1", "activity-current", {"data": {"sessions": [{"page_title": "string|null", "current_page": "any"}]}}),
        ("N5-2", "activity-alerts", {"data": {"alerts": [{"acknowledged": "bool", "details": "any"}]}}),
        ("N5-3", "activity-summary", {"data": {"peak_users_today": "int", "peak_time": "any"}}),
        (
            "N5-4",
            "activity-trends",
            {"data": {"summary": {"trend": "string", "average_daily_users": "number", "peak_day": "date"}}},
        ),
        ("N5-5", "service-orders-get", {"cabinets": [{"address": "string|null"}]}),
        ("N5-6", "service-orders-list", {"orders": [{"deviceId": "int"}]}),
        ("N5-8", "planograms-get", {"*": {"parlevel": "int", "parLevel": "int", "price": "number"}}),
        (
            "N5-9",
            "devices-list",
            [
                {
                    "device_type": "string",
                    "cabinetConfiguration": [
                        {"cabinet_type": "string", "cabinet_index": "int", "is_parent": "bool"},
                    ],
                }
            ],
        ),
        ("N5-10", "planograms-export", [{"updated_at": "instant"}]),
        ("N5-11", "auth-activity", {"activities": [{"action": "one of: LOGIN_SUCCESS LOGIN_FAILED LOGOUT"}]}),
        ("N5-12", "query", {"rows": ["object"]}),
        ("N5-13", "auth-current-user", {"user": {"username": "string", "maybe name": "string"}}),
    ]
]


@pytest.mark.parametrize(("name", "shape"), ASKED_FOR)
def test_the_answer_has_what_the_page_asks_for(name: str, shape: Any, world: World) -> None:
    answer = REQUESTS[name].send(world)

    assert answer.status == REQUESTS[name].status, answer.text
    assert list(differences(answer.json, shape)) == []


@pytest.mark.rule("N5-7")
def test_a_driver_gets_routes_in_the_shape_of_the_app(world: World) -> None:
    assert world.order

    (route,) = world.driver.get("/api/routes").json["routes"]

    wanted = {"id": world.route, "name": "North", "routeNumber": 4, "deviceCount": 1, "orderCount": 1}
    assert {name: route[name] for name in wanted} == wanted


@pytest.mark.rule("N5-12")
def test_a_query_is_taken_by_the_name_that_the_page_sends(admin: SignedIn) -> None:
    assert admin.post("/api/query", json={"sql": "SELECT 1 AS one"}).json["rows"] == [{"one": 1}]
