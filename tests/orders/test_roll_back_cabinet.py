"""Taking a delivery back: exactly the delivered units leave exactly their slots."""

from typing import Any

import pytest

PATH = "/api/service-orders"


def _roll_back(who: Any, stop: int, **body: Any) -> Any:
    return who.post(f"{PATH}/cabinets/{stop}/rollback", **({"json": body} if body else {}))


@pytest.mark.rule("SC-5", "BR-119", "US-054")
def test_the_stock_returns_exactly_and_the_visit_stays_in_the_books(
    manager: Any, deliver: Any, place: Any, order: Any, db: Any
) -> None:
    before = place.stock(place.first)
    visit = deliver(order.stops[0], (place.cola, 17), (place.crisps, 2)).json["serviceVisitId"]
    driven = deliver(order.stops[1], (place.cola, 1))

    answer = _roll_back(manager, order.stops[0])

    assert answer.status == 200
    assert answer.json["message"] == "Cabinet execution rolled back successfully"
    assert (answer.json["success"], answer.json["unitsReturned"]) == (True, 19)
    assert driven.json["orderStatus"] == "completed"
    assert place.stock(place.first) == before
    assert order.states == ("in_progress", ["pending", "completed"])
    assert db.value("SELECT voided_by FROM service_visits WHERE id = %(id)s", id=visit) == manager.user_id
    assert db.values("SELECT delta FROM inventory_movements WHERE kind = 'rollback' ORDER BY slot_id") == [-10, -7, -2]
    assert db.values("SELECT count(quantity_filled) FROM service_order_items WHERE order_cabinet_id = %(id)s",
                     id=order.stops[0]) == [0]  # fmt: skip
    assert order.steps[-1] == "completed to in_progress"
    assert db.value("SELECT details->>'units' FROM audit_events WHERE action = 'order_cabinet.rolled_back'") == "19"


@pytest.mark.rule("SO-6", "SO-7")
def test_taking_back_the_only_delivery_leads_back_to_pending(
    manager: Any, plan: Any, deliver: Any, place: Any, db: Any
) -> None:
    order = plan((place.first, 0))
    deliver(order.stops[0], (place.cola, 3))

    answer = _roll_back(manager, order.stops[0], reason="wrong machine")

    assert answer.json["status"] == "pending"
    assert order.states == ("pending", ["pending"])
    assert order.steps[-2:] == ["completed to in_progress", "in_progress to pending"]
    assert db.value("SELECT void_reason FROM service_visits") == "wrong machine"


@pytest.mark.rule("SO-7")
def test_an_opened_cabinet_keeps_the_order_under_way(
    manager: Any, driver: Any, deliver: Any, place: Any, order: Any
) -> None:
    deliver(order.stops[0], (place.cola, 3))
    driver.post(f"{PATH}/cabinets/{order.stops[1]}/start", json={})

    _roll_back(manager, order.stops[0])

    assert order.states == ("in_progress", ["pending", "in_progress"])


@pytest.mark.rule("SC-5", "BR-117")
def test_a_cabinet_can_be_executed_anew_after_its_rollback(
    manager: Any, deliver: Any, place: Any, order: Any, db: Any
) -> None:
    deliver(order.stops[0], (place.cola, 3))
    _roll_back(manager, order.stops[0])

    assert deliver(order.stops[0], (place.cola, 3)).status == 200
    assert place.stock(place.first) == {"A1": 3, "A2": 2, "B1": 3}
    assert db.value("SELECT count(*) FROM service_visits") == 2


@pytest.mark.rule("SC-5", "BR-119")
def test_units_that_are_gone_cannot_be_taken_back(manager: Any, deliver: Any, place: Any, order: Any) -> None:
    deliver(order.stops[0], (place.cola, 10), (place.crisps, 5))
    slot = place.first.cabinets[0].slots["A1"]
    manager.post(f"/api/slots/{slot}/count", json={"quantity": 7})

    answer = _roll_back(manager, order.stops[0])

    assert (answer.status, answer.json["details"]["slots"]) == (409, ["A1"])
    assert place.stock(place.first) == {"A1": 7, "A2": 4, "B1": 8}
    assert order.states == ("in_progress", ["completed", "pending"])


@pytest.mark.rule("SC-5")
def test_another_product_in_the_slot_cannot_be_taken_back(
    manager: Any, deliver: Any, place: Any, order: Any, db: Any
) -> None:
    deliver(order.stops[1], (place.cola, 3))
    db.execute(
        """
        WITH changed AS (
            UPDATE planogram_slots SET product_id = %(gum)s WHERE id = %(slot)s RETURNING id, quantity)
        INSERT INTO inventory_movements (slot_id, product_id, delta, kind, quantity_after)
        SELECT id, product, delta, 'planogram_change', after
          FROM changed, (VALUES (1, %(cola)s, -8, 0), (2, %(gum)s, 8, 8)) line (place, product, delta, after)
         ORDER BY place
        """,
        gum=place.gum,
        cola=place.cola,
        slot=place.second.cabinets[0].slots["A1"],
    )

    assert _roll_back(manager, order.stops[1]).status == 409


@pytest.mark.rule("SO-6", "US-054")
def test_after_a_day_a_completed_order_stays_completed(
    manager: Any, admin: Any, deliver: Any, place: Any, order: Any, advance: Any
) -> None:
    deliver(order.stops[0], (place.cola, 3))
    deliver(order.stops[1], (place.cola, 3))
    advance(hours=24, seconds=1)
    manager.renew()
    admin.renew()

    assert (_roll_back(manager, order.stops[0]).status, _roll_back(admin, order.stops[0]).status) == (409, 409)
    assert order.states[0] == "completed"


@pytest.mark.rule("SC-5")
def test_in_an_order_under_way_the_managers_day_ends_and_the_admins_does_not(
    manager: Any, admin: Any, deliver: Any, place: Any, order: Any, advance: Any
) -> None:
    deliver(order.stops[0], (place.cola, 3))
    advance(hours=24, seconds=1)
    manager.renew()
    admin.renew()

    assert _roll_back(manager, order.stops[0]).status == 409
    assert _roll_back(admin, order.stops[0]).status == 200


@pytest.mark.rule("SC-5")
def test_a_cancelled_order_keeps_what_was_delivered(admin: Any, deliver: Any, place: Any, order: Any) -> None:
    deliver(order.stops[0], (place.cola, 3))
    admin.post(f"{PATH}/{order.id}/cancel", json={"reason": "storm"})

    assert _roll_back(admin, order.stops[0]).status == 409
    assert place.stock(place.first)["A1"] == 3


@pytest.mark.rule("SC-5")
def test_what_was_not_executed_cannot_be_rolled_back(
    manager: Any, driver: Any, deliver: Any, place: Any, order: Any
) -> None:
    never = _roll_back(manager, order.stops[0])
    deliver(order.stops[0], (place.cola, 3))
    _roll_back(manager, order.stops[0])
    twice = _roll_back(manager, order.stops[0])
    driver.post(f"{PATH}/cabinets/{order.stops[1]}/skip", json={"reason": "snow"})
    skipped = _roll_back(manager, order.stops[1])

    assert [never.status, twice.status, skipped.status] == [404, 404, 404]
    assert never.json["error"] == "No execution found for this cabinet"


def test_rolling_back_is_for_the_office(
    driver: Any, viewer: Any, client: Any, deliver: Any, place: Any, order: Any
) -> None:
    deliver(order.stops[0], (place.cola, 3))

    assert [_roll_back(who, order.stops[0]).status for who in (driver, viewer, client)] == [403, 403, 401]
