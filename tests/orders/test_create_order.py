"""Creating an order."""

from datetime import timedelta
from typing import Any

import pytest

from tests.orders.conftest import NOON, TODAY
from tests.support import factories

PATH = "/api/service-orders"


def _body(place: Any, *cabinets: Any, **more: Any) -> dict[str, Any]:
    return {
        "routeId": place.route,
        "serviceDate": TODAY,
        "cabinetSelections": place.selection(*cabinets),
        "createdBy": "route-schedule-user",
        **more,
    }


@pytest.mark.rule("US-052", "BR-094", "SO-1")
def test_an_order_is_created_pending_for_the_routes_driver(manager: Any, driver: Any, place: Any, db: Any) -> None:
    answer = manager.post(PATH, json=_body(place))

    assert answer.status == 201
    order_id = answer.json["orderId"]
    assert answer.json["id"] == order_id
    assert (answer.json["totalUnits"], answer.json["estimatedMinutes"]) == (22, 20)
    assert answer.json["pickList"] == [
        {"productId": place.crisps, "productName": "crisps", "category": "Chips", "quantity": 5},
        {"productId": place.cola, "productName": "Cola", "category": "soda", "quantity": 17},
    ]
    row = db.value(
        """
        SELECT row(status, driver_id, created_by, service_date, total_units)::text
          FROM service_orders
         WHERE id = %(id)s
        """,
        id=order_id,
    )
    assert row == f"(pending,{driver.user_id},{manager.user_id},{TODAY},22)"
    assert db.values("SELECT to_status FROM service_order_transitions") == ["pending"]
    assert db.value("SELECT resource_id FROM audit_events WHERE action = 'order.created'") == str(order_id)
    assert db.value("SELECT payload->>'total_units' FROM outbox WHERE topic = 'order.created'") == "22"


@pytest.mark.rule("US-052")
def test_the_quantities_equal_the_preview_of_the_same_day(manager: Any, place: Any) -> None:
    place.sell(place.first, place.cola, 42, NOON - timedelta(days=10))
    body = _body(place, serviceDate="2026-03-08")

    preview = manager.post(f"{PATH}/preview", json=body).json
    created = manager.post(PATH, json=body).json
    detail = manager.get(f"{PATH}/{created['orderId']}").json

    assert preview["totalUnits"] == created["totalUnits"] > 22
    promised = [
        (product["productId"], product["orderQuantity"])
        for device in preview["devices"]
        for cabinet in device["cabinets"]
        for product in cabinet["products"]
    ]
    ordered = [(p["productId"], p["quantityNeeded"]) for cabinet in detail["cabinets"] for p in cabinet["products"]]
    assert ordered == promised


def test_without_a_date_the_order_is_for_today(manager: Any, place: Any) -> None:
    body = _body(place)
    del body["serviceDate"]

    assert manager.post(PATH, json=body).json["serviceDate"] == TODAY


@pytest.mark.rule("BR-094")
def test_a_route_without_a_driver_makes_an_order_without_one(manager: Any, place: Any, db: Any) -> None:
    db.execute("UPDATE routes SET driver_id = NULL")

    assert manager.post(PATH, json=_body(place)).json["driverId"] is None


@pytest.mark.rule("BR-090")
def test_duplicate_selections_collapse(manager: Any, place: Any, db: Any) -> None:
    answer = manager.post(PATH, json=_body(place, (place.second, 0), (place.second, 0)))

    assert (answer.json["totalUnits"], answer.json["estimatedMinutes"]) == (3, 10)
    assert db.value("SELECT count(*) FROM service_order_cabinets") == 1


@pytest.mark.rule("US-052")
def test_a_repeat_within_a_minute_gets_the_first_answer(manager: Any, place: Any, advance: Any, db: Any) -> None:
    first = manager.post(PATH, json=_body(place))
    advance(seconds=50)
    reordered = _body(place, (place.second, 0), (place.first, 0))
    again = manager.post(PATH, json=reordered)

    assert (again.status, again.json) == (201, first.json)
    assert db.value("SELECT count(*) FROM service_orders") == 1


@pytest.mark.rule("BR-092", "US-052", "SO-1")
def test_a_cabinet_in_an_open_order_is_refused_and_the_order_named(
    manager: Any, admin: Any, place: Any, order: Any, advance: Any, db: Any
) -> None:
    by_another = admin.post(PATH, json=_body(place))
    advance(seconds=61)
    later = manager.post(PATH, json=_body(place, (place.second, 0), allowDuplicate=True))

    assert (by_another.status, later.status) == (409, 409)
    assert later.json["details"]["cabinets"][0]["orderId"] == order.id
    assert db.value("SELECT count(*) FROM service_orders") == 1


@pytest.mark.rule("BR-092")
def test_an_admin_may_order_a_cabinet_twice(admin: Any, place: Any, order: Any) -> None:
    assert admin.post(PATH, json=_body(place, (place.second, 0), allowDuplicate=True)).status == 201


@pytest.mark.rule("BR-093")
def test_a_cabinet_that_needs_nothing_is_refused_unless_for_maintenance(manager: Any, place: Any) -> None:
    body = _body(place, (place.first, 1), (place.second, 0))
    refused = manager.post(PATH, json=body)
    accepted = manager.post(PATH, json={**body, "serviceType": "maintenance"})

    assert (refused.status, refused.json["code"]) == (400, "NOTHING_TO_SERVICE")
    assert [one["cabinetIndex"] for one in refused.json["details"]["cabinets"]] == [1]
    assert (accepted.status, accepted.json["totalUnits"], accepted.json["estimatedMinutes"]) == (201, 3, 20)


@pytest.mark.rule("BR-091", "US-052")
def test_cabinets_that_do_not_exist_or_are_elsewhere_are_named(manager: Any, place: Any, db: Any) -> None:
    elsewhere = factories.device(db, "999", route_id=factories.route(db))
    strange = manager.post(PATH, json=_body(place, (elsewhere, 0)))
    missing = manager.post(PATH, json=_body(place, (place.second, 2)))
    factories.delete_device(db, place.second.id)
    deleted = manager.post(PATH, json=_body(place))

    assert (strange.status, missing.status, deleted.status) == (400, 400, 400)
    assert strange.json["error"] == "Not on this route: 999"
    wanted = f"Cabinet configuration not found for device {place.second.id}, cabinet 2"
    assert missing.json["error"] == wanted
    assert str(place.second.id) in deleted.json["error"]
    assert db.value("SELECT count(*) FROM service_orders") == 0


@pytest.mark.rule("BR-090")
def test_an_unknown_or_deleted_route_is_not_found(manager: Any, place: Any, db: Any) -> None:
    assert manager.post(PATH, json={**_body(place), "routeId": 999_999}).status == 404
    db.execute("UPDATE routes SET deleted_at = now()")
    assert manager.post(PATH, json=_body(place)).status == 404


@pytest.mark.rule("BR-090")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"routeId": None}, "routeId and cabinetSelections are required"),
        ({"cabinetSelections": []}, "routeId and cabinetSelections are required"),
        ({"serviceDate": "2026-03-03"}, "Service date cannot be in the past"),
        ({"serviceDate": "2026-03-10"}, "Service date cannot be more than 5 days in future"),
        ({"serviceDate": "soon"}, "Invalid date format. Use YYYY-MM-DD"),
    ],
)
def test_a_bad_request_gets_the_contracts_words(
    manager: Any, place: Any, change: dict[str, Any], sentence: str
) -> None:
    answer = manager.post(PATH, json={**_body(place), **change})

    assert (answer.status, answer.json["error"]) == (400, sentence)


def test_a_selection_without_its_cabinet_is_refused(manager: Any, place: Any) -> None:
    body = {**_body(place), "cabinetSelections": [{"deviceId": place.first.id}]}

    assert manager.post(PATH, json=body).status == 400


def test_creating_is_for_the_office(driver: Any, viewer: Any, client: Any, place: Any) -> None:
    assert [who.post(PATH, json=_body(place)).status for who in (driver, viewer, client)] == [403, 403, 401]


def test_the_number_of_statements_does_not_grow_with_the_cabinets(manager: Any, place: Any, caplog: Any) -> None:
    sent = []
    for cabinets in ([(place.first, 0)], [(place.first, 1), (place.second, 0)]):
        manager.post(PATH, json=_body(place, *cabinets, serviceType="maintenance"))
        sent.append(caplog.records[-1].statements)

    assert sent[0] == sent[1]
