"""Changing an order: its status through the machine, its plan while it is pending, its notes at any time."""

from datetime import timedelta
from typing import Any

import pytest

from tests.orders.conftest import NOON
from tests.support import factories
from tests.support.factories import Fill

PATH = "/api/service-orders"


def _put(who: Any, order: Any, **body: Any) -> Any:
    return who.put(f"{PATH}/{order.id}", json=body)


@pytest.mark.rule("SO-2", "BR-100", "US-083")
def test_the_driver_starts_and_a_repeat_changes_nothing(driver: Any, order: Any) -> None:
    first = _put(driver, order, status="in_progress", startTime="2026-03-04T17:02:00.000Z")
    again = _put(driver, order, status="in_progress", startTime="2026-03-04T17:02:00.000Z")

    assert first.status == 200
    assert first.json["message"] == "Service order updated successfully"
    assert again.json == first.json | {"warnings": again.json["warnings"]}
    assert order.steps == ["nothing to pending", "pending to in_progress"]


@pytest.mark.rule("SO-3", "BR-116")
def test_completing_delivers_what_was_ordered_to_the_open_cabinets_as_far_as_it_fits(
    driver: Any, deliver: Any, place: Any, plan: Any, db: Any
) -> None:
    place.sell(place.second, place.cola, 28 * 4, NOON - timedelta(days=3))
    order = plan(serviceDate="2026-03-06")  # Eight for the second device; only five fit unless it sells.
    deliver(order.stops[0], (place.cola, 2))

    answer = _put(driver, order, status="completed", completedAt="2026-03-04T17:01:00Z")
    again = _put(driver, order, status="completed")

    assert (answer.status, answer.json["status"], again.status) == (200, "completed", 200)
    assert order.states == ("completed", ["completed", "completed"])
    assert place.stock(place.first) == {"A1": 2, "A2": 2, "B1": 3}
    assert place.stock(place.second) == {"A1": 10}
    filled = "SELECT quantity_needed || '/' || quantity_filled FROM service_order_items WHERE order_cabinet_id = %(id)s"
    assert db.values(filled, id=order.stops[1]) == ["8/5"]
    assert db.value("SELECT count(*) FROM service_visits") == 2


@pytest.mark.rule("SO-2", "SO-3")
def test_a_pending_order_is_started_and_completed_in_one_go(driver: Any, place: Any, order: Any) -> None:
    assert _put(driver, order, status="completed").status == 200
    assert order.steps == ["nothing to pending", "pending to in_progress", "in_progress to completed"]
    assert place.stock(place.first) == {"A1": 8, "A2": 8, "B1": 8}


def test_completing_takes_as_many_statements_for_one_cabinet_as_for_two(
    driver: Any, place: Any, plan: Any, caplog: Any
) -> None:
    sent = []
    for cabinets in ([(place.second, 0)], [(place.first, 0), (place.first, 1)]):
        order = plan(*cabinets, serviceType="maintenance")
        _put(driver, order, status="completed")
        sent.append(caplog.records[-1].statements)

    assert sent[0] == sent[1]


@pytest.mark.rule("BR-100", "SO-3")
def test_an_order_of_skipped_cabinets_cannot_be_completed(driver: Any, order: Any) -> None:
    _put(driver, order, status="in_progress")
    for stop in order.stops:
        driver.post(f"{PATH}/cabinets/{stop}/skip", json={"reason": "snow"})

    assert _put(driver, order, status="completed").status == 409


@pytest.mark.rule("BR-100", "SO-7")
def test_no_status_leads_back(manager: Any, admin: Any, order: Any) -> None:
    _put(manager, order, status="in_progress")
    back = _put(manager, order, status="pending")
    _put(manager, order, status="completed")

    assert (back.status, back.json["code"]) == (409, "INVALID_TRANSITION")
    assert {_put(admin, order, status=s).status for s in ("pending", "in_progress")} == {409}
    assert _put(admin, order, status="cancelled", reason="too late").status == 409


@pytest.mark.rule("SO-4", "SO-5")
def test_cancelling_by_status_takes_a_reason_and_the_rights(manager: Any, driver: Any, order: Any) -> None:
    assert _put(driver, order, status="cancelled", reason="no fuel").status == 403
    assert _put(manager, order, status="cancelled").status == 400
    assert _put(manager, order, status="cancelled", reason="no fuel").status == 200
    assert order.states[0] == "cancelled"


def test_the_contracts_words_for_a_bad_status(driver: Any, order: Any) -> None:
    wrong = _put(driver, order, status="done")

    assert (wrong.status, _put(driver, order).status, _put(driver, order, status=None).status) == (400, 400, 400)
    assert wrong.json["error"] == (
        "Invalid status. Must be one of: ['pending', 'in_progress', 'completed', 'cancelled']"
    )
    assert _put(driver, order).json["error"] == "Status is required"


@pytest.mark.rule("BR-099")
def test_a_pending_order_can_be_planned_anew(manager: Any, another: Any, order: Any, db: Any) -> None:
    other = another("driver")

    answer = _put(
        manager, order, notes="ring twice", priority="urgent", serviceDate="2026-03-06", driverId=other.user_id
    )

    assert answer.status == 200
    row = "SELECT row(notes, priority, service_date, driver_id, sync_version)::text FROM service_orders"
    assert db.value(row) == f'("ring twice",urgent,2026-03-06,{other.user_id},2)'
    edited = (
        "SELECT (before->>'priority') || ' ' || (after->>'priority') FROM audit_events WHERE action = 'order.edited'"
    )
    assert db.values(edited) == ["normal urgent"]
    assert other.get(f"{PATH}/{order.id}").status == 200


@pytest.mark.rule("BR-099")
def test_other_cabinets_bring_their_own_items(manager: Any, place: Any, order: Any, db: Any) -> None:
    answer = _put(manager, order, cabinetSelections=place.selection((place.second, 0)))

    assert answer.status == 200
    assert db.value("SELECT row(total_units, estimated_minutes)::text FROM service_orders") == "(3,10)"
    assert db.value("SELECT count(*) FROM service_order_items") == 1

    _put(manager, order, cabinetSelections=place.selection())
    assert db.value("SELECT row(total_units, estimated_minutes)::text FROM service_orders") == "(22,20)"


@pytest.mark.rule("BR-091", "BR-092", "BR-093", "BR-099")
def test_other_cabinets_meet_the_rules_of_a_new_order(manager: Any, place: Any, plan: Any, db: Any) -> None:
    one, _ = plan((place.first, 0)), plan((place.second, 0))
    elsewhere = factories.device(db, route_id=factories.route(db))

    def status(*cabinets: Any) -> int:
        return int(_put(manager, one, cabinetSelections=place.selection(*cabinets)).status)

    assert status((place.second, 0)) == 409
    assert status((place.first, 1)) == 400
    assert status((elsewhere, 0)) == 400
    assert status((place.first, 0)) == 200


@pytest.mark.rule("BR-099")
def test_a_cabinet_that_was_worked_on_stays_in_the_order(manager: Any, place: Any, plan: Any, deliver: Any) -> None:
    order = plan()
    deliver(order.stops[0], (place.cola, 1))
    manager.post(f"{PATH}/cabinets/{order.stops[0]}/rollback")

    answer = _put(manager, order, cabinetSelections=place.selection((place.second, 0)))

    assert answer.status == 409
    assert order.states == ("pending", ["pending", "pending"])


@pytest.mark.rule("BR-099", "US-090")
def test_once_started_only_the_notes_can_be_changed(manager: Any, driver: Any, place: Any, order: Any, db: Any) -> None:
    _put(driver, order, status="in_progress")

    assert _put(manager, order, priority="high").status == 409
    assert _put(manager, order, serviceDate="2026-03-05").status == 409
    assert _put(manager, order, cabinetSelections=place.selection()).status == 409
    assert _put(driver, order, notes="gate 4 is closed").status == 200
    assert db.value("SELECT notes FROM service_orders") == "gate 4 is closed"


@pytest.mark.rule("BR-099", "BR-126")
def test_a_driver_plans_nothing(driver: Any, order: Any) -> None:
    assert _put(driver, order, priority="high").status == 403
    assert _put(driver, order, driverId=None).status == 403


@pytest.mark.rule("BR-063")
def test_only_an_active_driver_can_be_given_an_order(manager: Any, viewer: Any, order: Any, db: Any) -> None:
    gone = factories.user(db, active=False)

    assert {_put(manager, order, driverId=who).status for who in (viewer.user_id, gone, 999_999)} == {400}
    assert _put(manager, order, driverId=None).status == 200


def test_a_stale_version_is_refused(manager: Any, order: Any) -> None:
    assert _put(manager, order, version=1, notes="one").status == 200
    stale = _put(manager, order, version=1, notes="two")

    assert (stale.status, stale.json["code"], stale.json["details"]) == (409, "VERSION_CONFLICT", {"version": 2})


@pytest.mark.rule("BR-090")
@pytest.mark.parametrize("day", ["2026-03-03", "2026-03-10", "soon"])
def test_the_new_day_has_to_be_one_that_can_be_planned(manager: Any, order: Any, day: str) -> None:
    assert _put(manager, order, serviceDate=day).status == 400


@pytest.mark.rule("BR-098")
def test_a_pending_order_is_calculated_anew_on_request(
    manager: Any, driver: Any, place: Any, order: Any, db: Any
) -> None:
    factories.fill(db, place.second.cabinets[0], {"C3": Fill(place.gum, quantity=1)})

    answer = manager.post(f"{PATH}/{order.id}/refresh", json={})

    assert answer.status == 200
    assert db.value("SELECT total_units FROM service_orders") == 29
    picked = {line["productName"]: line["quantity"] for line in manager.get(f"{PATH}/{order.id}/pick-list").json}
    assert picked == {"crisps": 5, "Gum": 7, "Cola": 17}

    _put(driver, order, status="in_progress")
    assert manager.post(f"{PATH}/{order.id}/refresh", json={}).status == 409
    assert driver.post(f"{PATH}/{order.id}/refresh", json={}).status == 403


@pytest.mark.rule("BR-095")
def test_strangers_change_nothing(another: Any, viewer: Any, client: Any, manager: Any, order: Any) -> None:
    stranger = _put(another("driver"), order, status="in_progress")

    assert (stranger.status, stranger.json["error"]) == (404, "Service order not found")
    assert [_put(who, order, status="in_progress").status for who in (viewer, client)] == [403, 401]
    assert manager.put(f"{PATH}/999999", json={"status": "in_progress"}).status == 404
    assert order.states[0] == "pending"
