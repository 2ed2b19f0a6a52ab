"""Executing a cabinet: what was delivered becomes stock, once."""

from typing import Any

import pytest

from tests.support import factories
from tests.support.factories import Fill


def _execute(stop: int) -> str:
    return f"/api/service-orders/cabinets/{stop}/execute"


@pytest.mark.rule("BR-114", "BR-116", "US-084")
def test_delivered_units_fill_slots_up_to_par_in_the_order_of_positions(
    deliver: Any, place: Any, order: Any, driver: Any, db: Any
) -> None:
    answer = deliver(order.stops[0], (place.cola, 11), (place.crisps, 5))

    assert answer.status == 200
    assert answer.json["success"] is True
    assert answer.json["totalUnits"] == 16
    assert place.stock(place.first) == {"A1": 8, "A2": 5, "B1": 8}
    visit = answer.json["serviceVisitId"]
    seen = db.value(
        """
        SELECT row(units_restocked, technician_id, duration_minutes, service_type, route_id)::text
          FROM service_visits
         WHERE id = %(id)s
        """,
        id=visit,
    )
    assert seen == f"(16,{driver.user_id},10,routine,{place.route})"
    per_slot = db.values(
        "SELECT quantity_filled FROM service_visit_items WHERE visit_id = %(v)s ORDER BY slot_id", v=visit
    )
    assert per_slot == [8, 3, 5]
    kinds = db.values("SELECT DISTINCT kind FROM inventory_movements WHERE visit_item_id IS NOT NULL")
    assert kinds == ["restock"]


@pytest.mark.rule("BR-114", "BR-115")
def test_what_exceeds_par_goes_up_to_capacity_with_a_warning(deliver: Any, place: Any, order: Any) -> None:
    answer = deliver(order.stops[0], (place.cola, 17))

    assert answer.status == 200
    assert place.stock(place.first) == {"A1": 10, "A2": 9, "B1": 3}
    assert answer.json["warnings"] == ["A1 holds 10 units now, its par is 8.", "A2 holds 9 units now, its par is 8."]


@pytest.mark.rule("BR-114", "US-084")
def test_more_than_fits_is_refused_and_moves_nothing(deliver: Any, place: Any, order: Any, db: Any) -> None:
    answer = deliver(order.stops[0], (place.cola, 19), (place.crisps, 1))

    assert answer.status == 400
    assert answer.json["code"] == "OVER_CAPACITY"
    assert answer.json["details"]["items"] == [{"productId": place.cola, "requested": 19, "maximum": 18}]
    assert place.stock(place.first) == {"A1": 0, "A2": 2, "B1": 3}
    assert order.states == ("pending", ["pending", "pending"])


@pytest.mark.rule("BR-112")
def test_units_may_be_put_into_a_certain_slot(driver: Any, place: Any, order: Any) -> None:
    slot = place.first.cabinets[0].slots["A2"]
    body = {"deliveredItems": [{"slotId": slot, "quantity": 4}, {"productId": place.cola, "quantity": 3}]}

    answer = driver.post(_execute(order.stops[0]), json=body)

    assert answer.status == 200
    assert place.stock(place.first) == {"A1": 3, "A2": 6, "B1": 3}


@pytest.mark.rule("BR-118", "US-084", "BR-097", "US-053")
def test_a_partial_delivery_is_normal_and_its_shortfall_is_told(
    deliver: Any, place: Any, order: Any, driver: Any
) -> None:
    answer = deliver(order.stops[0], (place.cola, 10))

    crisps = {
        "productId": place.crisps,
        "productName": "crisps",
        "quantityNeeded": 5,
        "quantityFilled": 0,
        "missing": 5,
    }
    cola = {"productId": place.cola, "productName": "Cola", "quantityNeeded": 14, "quantityFilled": 10, "missing": 4}
    assert answer.json["shortfall"] == [crisps, cola]
    detail = driver.get(f"/api/service-orders/{order.id}").json
    assert detail["missingUnits"] == 9
    assert [product["shortfall"] for product in detail["cabinets"][0]["products"]] == [5, 4]


@pytest.mark.rule("SC-2", "SO-2", "SO-3", "US-084")
def test_the_first_cabinet_starts_the_order_and_the_last_completes_it(
    deliver: Any, place: Any, order: Any, db: Any
) -> None:
    first = deliver(order.stops[0], (place.cola, 14), (place.crisps, 5))
    assert (first.json["orderStatus"], first.json["allCabinetsCompleted"]) == ("in_progress", False)

    last = deliver(order.stops[1], (place.cola, 3))

    assert (last.json["orderStatus"], last.json["allCabinetsCompleted"]) == ("completed", True)
    assert order.states == ("completed", ["completed", "completed"])
    assert order.steps == ["nothing to pending", "pending to in_progress", "in_progress to completed"]
    actions = db.values("SELECT action FROM audit_events WHERE action LIKE 'order%%' ORDER BY id")
    assert sorted(actions) == sorted(
        ["order.created", "order.started", "order_cabinet.executed", "order_cabinet.executed", "order.completed"]
    )
    assert db.value("SELECT details->>'delivered_units' FROM audit_events WHERE action = 'order.completed'") == "22"
    assert db.value("SELECT count(*) FROM outbox WHERE topic = 'order_cabinet.executed'") == 2


@pytest.mark.rule("BR-110")
def test_the_phones_endpoint_does_the_same_work(driver: Any, place: Any, order: Any) -> None:
    items = [{"productId": place.cola, "quantity": 14}, {"productId": place.crisps, "quantity": 5}]
    body = {"orderId": order.id, "cabinetId": order.stops[0], "deliveredItems": items, "notes": "all well"}

    answer = driver.post("/api/service-orders/execute", json=body)

    assert answer.status == 200
    assert answer.json["message"] == "Delivery recorded successfully"
    assert answer.json["allCabinetsCompleted"] is False
    assert place.stock(place.first) == {"A1": 8, "A2": 8, "B1": 8}


@pytest.mark.rule("BR-111", "BR-117")
def test_the_phones_endpoint_delivers_a_cabinet_once(
    driver: Any, manager: Any, place: Any, order: Any, deliver: Any, db: Any
) -> None:
    body = {"orderId": order.id, "cabinetId": order.stops[0]}
    first = [{"productId": place.cola, "quantity": 3}]

    assert driver.post("/api/service-orders/execute", json={**body, "deliveredItems": first}).status == 200
    other = [{"productId": place.cola, "quantity": 2}]
    again = [driver.post("/api/service-orders/execute", json={**body, "deliveredItems": other})]
    again += [manager.post("/api/service-orders/execute", json={**body, "deliveredItems": first})]
    again += [deliver(order.stops[0], (place.cola, 2))]

    assert [answer.status for answer in again] == [409, 409, 409]
    assert place.stock(place.first)["A1"] == 3
    assert db.values("SELECT units_restocked FROM service_visits") == [3]


def test_the_phones_endpoint_refuses_a_cabinet_of_another_order(driver: Any, plan: Any, place: Any) -> None:
    one, two = plan((place.first, 0)), plan((place.second, 0))
    body = {"orderId": one.id, "cabinetId": two.stops[0], "deliveredItems": []}

    assert driver.post("/api/service-orders/execute", json=body).status == 404


@pytest.mark.rule("BR-117", "SC-2")
def test_a_second_execution_is_refused(deliver: Any, place: Any, order: Any, advance: Any) -> None:
    deliver(order.stops[0], (place.cola, 5))
    other_units = deliver(order.stops[0], (place.cola, 6))
    advance(seconds=61)
    too_late = deliver(order.stops[0], (place.cola, 5))

    assert [other_units.status, too_late.status] == [409, 409]
    assert too_late.json["error"] == "Cabinet already executed"
    assert place.stock(place.first) == {"A1": 5, "A2": 2, "B1": 3}


@pytest.mark.rule("BR-117", "US-084")
def test_the_same_report_by_the_same_caller_within_a_minute_gets_the_first_answer(
    deliver: Any, place: Any, order: Any, advance: Any, manager: Any, db: Any
) -> None:
    first = deliver(order.stops[0], (place.cola, 17), (place.crisps, 0))
    advance(seconds=59)
    again = deliver(order.stops[0], (place.cola, 10), (place.cola, 7))

    assert (again.status, again.json) == (200, first.json)
    assert deliver(order.stops[0], (place.cola, 17), by=manager).status == 409
    assert place.stock(place.first) == {"A1": 10, "A2": 9, "B1": 3}
    assert db.value("SELECT count(*) FROM service_visits") == 1


@pytest.mark.rule("BR-117", "US-084")
def test_the_same_key_gets_the_same_answer_and_moves_nothing(driver: Any, place: Any, order: Any, advance: Any) -> None:
    body, key = {"deliveredItems": [{"productId": place.cola, "quantity": 5}]}, {"Idempotency-Key": "truck-7-1"}
    first = driver.post(_execute(order.stops[0]), json=body, headers=key)
    advance(hours=3)
    again = driver.post(_execute(order.stops[0]), json=body, headers=key)

    assert (first.status, again.status) == (200, 200)
    assert again.json == first.json
    assert again.headers["idempotency-replayed"] == "true"
    assert place.stock(place.first)["A1"] == 5


@pytest.mark.rule("BR-116")
def test_the_visit_takes_as_long_as_the_cabinet_was_open(
    driver: Any, deliver: Any, place: Any, order: Any, advance: Any, db: Any
) -> None:
    driver.post(f"/api/service-orders/cabinets/{order.stops[0]}/start", json={})
    advance(minutes=23, seconds=40)
    deliver(order.stops[0], (place.cola, 1))

    assert db.value("SELECT duration_minutes FROM service_visits") == 23


@pytest.mark.rule("BR-127")
def test_a_plausible_time_of_the_phone_is_kept_and_another_is_replaced(
    deliver: Any, place: Any, order: Any, advance: Any, db: Any
) -> None:
    advance(hours=2)
    early = deliver(order.stops[0], (place.cola, 1), executedAt="2026-03-04T18:00:00Z")
    absurd = deliver(order.stops[1], (place.cola, 1), executedAt="2026-03-05T18:00:00Z")

    assert early.json["warnings"] == []
    assert "cannot be right" in absurd.json["warnings"][0]
    times = db.values("SELECT to_char(executed_at, 'DD HH24:MI') FROM service_order_cabinets ORDER BY id")
    assert times == ["04 18:00", "04 19:00"]


@pytest.mark.rule("BR-113")
def test_an_empty_delivery_needs_a_word_why(deliver: Any, order: Any, db: Any) -> None:
    silent = deliver(order.stops[0])
    told = deliver(order.stops[0], notes="the truck was empty")

    assert (silent.status, told.status, told.json["totalUnits"]) == (400, 200, 0)
    assert db.value("SELECT notes FROM service_visits") == "the truck was empty"
    assert db.values("SELECT DISTINCT quantity_filled FROM service_order_items WHERE quantity_filled IS NOT NULL") == [
        0
    ]


@pytest.mark.rule("BR-093", "BR-113")
def test_a_maintenance_cabinet_is_executed_without_items(deliver: Any, plan: Any, place: Any, db: Any) -> None:
    order = plan((place.first, 1), serviceType="maintenance")

    assert deliver(order.stops[0]).status == 200
    assert db.value("SELECT service_type FROM service_visits") == "maintenance"


@pytest.mark.rule("BR-112")
@pytest.mark.parametrize(
    "item",
    [
        {"productId": 999_999, "quantityFilled": 1},
        {"productId": 1, "quantityFilled": 1},
        {"productId": "cola", "quantityFilled": 1},
        {"slotId": 999_999, "quantityFilled": 1},
        {"quantityFilled": 1},
        {"productId": 2, "quantityFilled": -1},
        {"productId": 2, "quantityFilled": 1.5},
        {"productId": 2, "quantityFilled": True},
        {"productId": 2},
        {"productId": 2, "quantityFilled": 2**31},
    ],
)
def test_what_is_no_delivery_is_refused(driver: Any, order: Any, item: dict[str, Any]) -> None:
    answer = driver.post(_execute(order.stops[0]), json={"deliveredItems": [item]})

    assert answer.status == 400
    assert isinstance(answer.json["error"], str)


@pytest.mark.rule("BR-112")
def test_a_product_of_another_cabinet_is_refused(deliver: Any, place: Any, order: Any) -> None:
    assert deliver(order.stops[1], (place.crisps, 1)).status == 400


def test_a_product_that_the_cabinet_holds_may_be_delivered_unordered(deliver: Any, place: Any, order: Any) -> None:
    factories.fill(place.db, place.second.cabinets[0], {"B2": Fill(place.gum, quantity=8)})

    assert deliver(order.stops[1], (place.gum, 2)).status == 200
    assert place.stock(place.second) == {"A1": 5, "B2": 10}


@pytest.mark.rule("BR-112")
def test_a_slot_of_another_cabinet_or_with_another_product_is_refused(driver: Any, place: Any, order: Any) -> None:
    there = place.second.cabinets[0].slots["A1"]
    here = place.first.cabinets[0].slots["B1"]
    elsewhere = {"deliveredItems": [{"slotId": there, "quantity": 1}]}
    other = {"deliveredItems": [{"slotId": here, "productId": place.cola, "quantity": 1}]}

    assert driver.post(_execute(order.stops[0]), json=elsewhere).status == 400
    assert driver.post(_execute(order.stops[0]), json=other).status == 400


def test_the_contracts_words_for_missing_fields(driver: Any, order: Any) -> None:
    bare = driver.post(_execute(order.stops[0]), json={})
    phone = driver.post("/api/service-orders/execute", json={"orderId": order.id})

    assert bare.json["error"] == "deliveredItems array is required"
    assert phone.json["error"] == "Missing required fields"
    assert (bare.status, phone.status) == (400, 400)


@pytest.mark.rule("BR-110", "BR-095")
def test_another_drivers_cabinet_is_not_there(another: Any, place: Any, order: Any, deliver: Any) -> None:
    stranger = another("driver")

    assert deliver(order.stops[0], (place.cola, 1), by=stranger).status == 404
    body = {"orderId": order.id, "cabinetId": order.stops[0], "deliveredItems": []}
    answer = stranger.post("/api/service-orders/execute", json=body)
    assert (answer.status, answer.json["error"]) == (404, "Order not found or access denied")
    assert place.stock(place.first)["A1"] == 0


@pytest.mark.rule("BR-110")
def test_manager_and_admin_execute_and_the_caller_is_the_technician(
    manager: Any, admin: Any, deliver: Any, place: Any, order: Any, db: Any
) -> None:
    assert deliver(order.stops[0], (place.cola, 1), by=manager).status == 200
    assert deliver(order.stops[1], (place.cola, 1), by=admin).status == 200
    assert db.values("SELECT technician_id FROM service_visits ORDER BY id") == [manager.user_id, admin.user_id]


def test_a_viewer_may_not_execute_and_nobody_does_without_a_session(
    viewer: Any, client: Any, place: Any, order: Any, deliver: Any
) -> None:
    assert deliver(order.stops[0], (place.cola, 1), by=viewer).status == 403
    assert deliver(order.stops[0], (place.cola, 1), by=client).status == 401


def test_an_unknown_cabinet_is_not_found(deliver: Any, place: Any) -> None:
    answer = deliver(999_999, (place.cola, 1))

    assert (answer.status, answer.json["error"]) == (404, "Service order cabinet not found")


@pytest.mark.rule("BR-111")
def test_a_skipped_cabinet_and_a_cancelled_order_take_no_delivery(
    driver: Any, manager: Any, deliver: Any, place: Any, order: Any
) -> None:
    driver.post(f"/api/service-orders/cabinets/{order.stops[0]}/skip", json={"reason": "locked door"})
    assert deliver(order.stops[0], (place.cola, 1)).status == 409

    manager.post(f"/api/service-orders/{order.id}/cancel", json={"reason": "rain"})
    assert deliver(order.stops[1], (place.cola, 1)).status == 409
    assert place.stock(place.second) == {"A1": 5}


@pytest.mark.rule("SO-2")
def test_an_order_without_a_driver_cannot_be_worked_on(
    manager: Any, deliver: Any, place: Any, db: Any, plan: Any
) -> None:
    db.execute("UPDATE routes SET driver_id = NULL")
    order = plan((place.first, 0))

    answer = deliver(order.stops[0], (place.cola, 1), by=manager)

    assert (answer.status, answer.json["code"]) == (409, "CONFLICT")
    assert place.stock(place.first)["A1"] == 0


@pytest.mark.rule("BR-135")
def test_where_photos_are_required_a_cabinet_is_not_completed_without_one(
    driver: Any, deliver: Any, place: Any, order: Any, db: Any
) -> None:
    db.execute("UPDATE system_settings SET value = 'true' WHERE key = 'photos_required'")
    bare = deliver(order.stops[0], (place.cola, 1))
    db.execute(
        """
        INSERT INTO service_order_photos (service_order_id, order_cabinet_id, s3_key, content_type, size_bytes, sha256,
                                          uploaded_by)
        VALUES (%(order)s, %(stop)s, 'photos/1', 'image/jpeg', 10, sha256('x'), %(user)s)
        """,
        order=order.id,
        stop=order.stops[0],
        user=driver.user_id,
    )

    assert (bare.status, bare.json["code"]) == (409, "PHOTO_REQUIRED")
    assert deliver(order.stops[0], (place.cola, 1)).status == 200
