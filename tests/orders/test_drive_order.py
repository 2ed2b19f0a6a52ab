"""Driving an order: starting, opening and skipping cabinets, backing out, cancelling."""

from typing import Any

import pytest

PATH = "/api/service-orders"


def _stop(stop: int, verb: str) -> str:
    return f"{PATH}/cabinets/{stop}/{verb}"


@pytest.mark.rule("SO-2", "US-083")
def test_the_driver_starts_the_order_at_the_phones_time(driver: Any, order: Any, advance: Any, db: Any) -> None:
    advance(hours=1)

    answer = driver.post(f"{PATH}/{order.id}/start", json={"startTime": "2026-03-04T17:40:00Z"})

    assert (answer.status, answer.json["status"], answer.json["warnings"]) == (200, "in_progress", [])
    assert order.states == ("in_progress", ["pending", "pending"])
    assert db.value("SELECT to_char(started_at, 'HH24:MI') FROM service_orders") == "17:40"
    assert db.value("SELECT actor_id FROM audit_events WHERE action = 'order.started'") == driver.user_id


@pytest.mark.rule("US-083", "BR-127")
def test_a_time_before_the_order_is_replaced_with_a_warning(driver: Any, order: Any, db: Any) -> None:
    answer = driver.post(f"{PATH}/{order.id}/start", json={"startTime": "2026-03-04T16:59:59Z"})

    assert "cannot be right" in answer.json["warnings"][0]
    assert db.value("SELECT to_char(started_at, 'HH24:MI') FROM service_orders") == "17:00"


@pytest.mark.rule("SO-2")
def test_starting_twice_changes_nothing(driver: Any, order: Any) -> None:
    first = driver.post(f"{PATH}/{order.id}/start", json={})
    again = driver.post(f"{PATH}/{order.id}/start", json={})

    assert (again.status, again.json) == (200, first.json)
    assert order.steps == ["nothing to pending", "pending to in_progress"]


@pytest.mark.rule("SO-2")
def test_an_order_without_a_driver_cannot_be_started(manager: Any, plan: Any, place: Any, db: Any) -> None:
    db.execute("UPDATE routes SET driver_id = NULL")
    order = plan((place.first, 0))

    assert manager.post(f"{PATH}/{order.id}/start", json={}).status == 409


@pytest.mark.rule("SC-1", "SO-2")
def test_opening_a_cabinet_starts_the_order(driver: Any, order: Any, db: Any) -> None:
    answer = driver.post(_stop(order.stops[1], "start"), json={})
    again = driver.post(_stop(order.stops[1], "start"), json={})

    assert (answer.status, answer.json["cabinetStatus"], answer.json["status"]) == (200, "in_progress", "in_progress")
    assert again.json == answer.json
    assert order.states == ("in_progress", ["pending", "in_progress"])
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'order_cabinet.started'") == 1


@pytest.mark.rule("SC-4")
def test_backing_out_of_a_cabinet_leaves_it_pending(driver: Any, order: Any, db: Any) -> None:
    driver.post(_stop(order.stops[0], "start"), json={})

    answer = driver.post(_stop(order.stops[0], "back-out"), json={})
    again = driver.post(_stop(order.stops[0], "back-out"), json={})

    assert (answer.json["cabinetStatus"], again.json) == ("pending", answer.json)
    assert order.states == ("in_progress", ["pending", "pending"])
    assert db.value("SELECT count(*) FROM service_order_cabinets WHERE started_at IS NOT NULL") == 0


@pytest.mark.rule("SC-4", "SC-5")
def test_a_serviced_or_skipped_cabinet_is_not_backed_out_of(
    driver: Any, manager: Any, order: Any, deliver: Any, place: Any
) -> None:
    deliver(order.stops[0], (place.cola, 1))
    assert manager.post(_stop(order.stops[0], "back-out"), json={}).status == 409

    driver.post(_stop(order.stops[1], "skip"), json={"reason": "locked door"})
    assert driver.post(_stop(order.stops[1], "back-out"), json={}).status == 409
    assert order.states == ("completed", ["completed", "skipped"])


@pytest.mark.rule("SC-3", "SO-3", "US-085")
def test_a_skipped_cabinet_lets_the_order_complete(driver: Any, order: Any, deliver: Any, place: Any, db: Any) -> None:
    deliver(order.stops[0], (place.cola, 1))

    answer = driver.post(_stop(order.stops[1], "skip"), json={"reason": " locked door "})
    again = driver.post(_stop(order.stops[1], "skip"), json={"reason": "locked door"})

    assert (answer.status, answer.json["cabinetStatus"], answer.json["status"]) == (200, "skipped", "completed")
    assert again.json == answer.json
    assert db.value("SELECT skip_reason FROM service_order_cabinets WHERE status = 'skipped'") == "locked door"
    assert place.stock(place.second) == {"A1": 5}


@pytest.mark.rule("SO-3")
def test_an_order_whose_cabinets_were_all_skipped_is_not_completed(driver: Any, order: Any) -> None:
    driver.post(f"{PATH}/{order.id}/start", json={})
    for stop in order.stops:
        driver.post(_stop(stop, "skip"), json={"reason": "snow"})

    assert order.states == ("in_progress", ["skipped", "skipped"])


@pytest.mark.rule("SC-3", "US-085")
@pytest.mark.parametrize("body", [{}, {"reason": ""}, {"reason": "   "}, {"reason": "x" * 501}, {"reason": 7}])
def test_skipping_takes_a_reason(driver: Any, order: Any, body: dict[str, Any]) -> None:
    answer = driver.post(_stop(order.stops[0], "skip"), json=body)

    assert (answer.status, answer.json["error"]) == (400, "Skipping takes a reason of 1 to 500 characters.")


@pytest.mark.rule("SC-1", "SC-3")
def test_a_serviced_cabinet_is_neither_opened_nor_skipped(driver: Any, order: Any, deliver: Any, place: Any) -> None:
    deliver(order.stops[0], (place.cola, 1))

    assert driver.post(_stop(order.stops[0], "start"), json={}).json["code"] == "INVALID_TRANSITION"
    assert driver.post(_stop(order.stops[0], "skip"), json={"reason": "late"}).status == 409


@pytest.mark.rule("SO-4", "US-054")
def test_a_manager_cancels_a_pending_order_with_a_reason(manager: Any, order: Any, place: Any, db: Any) -> None:
    answer = manager.post(f"{PATH}/{order.id}/cancel", json={"reason": "route closed"})
    again = manager.post(f"{PATH}/{order.id}/cancel", json={"reason": "once more"})

    assert (answer.status, answer.json["status"]) == (200, "cancelled")
    assert again.json == answer.json
    assert db.value("SELECT cancel_reason FROM service_orders") == "route closed"
    assert db.value("SELECT cancelled_by FROM service_orders") == manager.user_id
    assert db.value("SELECT details->>'reason' FROM audit_events WHERE action = 'order.cancelled'") == "route closed"
    assert place.stock(place.first) == {"A1": 0, "A2": 2, "B1": 3}


@pytest.mark.rule("SO-5", "US-026")
def test_only_an_admin_cancels_an_order_under_way_and_what_was_done_stays(
    manager: Any, admin: Any, order: Any, deliver: Any, place: Any, db: Any
) -> None:
    deliver(order.stops[0], (place.cola, 4))
    refused = manager.post(f"{PATH}/{order.id}/cancel", json={"reason": "storm"})
    answer = admin.post(f"{PATH}/{order.id}/cancel", json={"reason": "storm"})

    assert (refused.status, answer.status) == (403, 200)
    assert order.states == ("cancelled", ["completed", "skipped"])
    assert db.value("SELECT skip_reason FROM service_order_cabinets WHERE status = 'skipped'") == "order cancelled"
    assert place.stock(place.first)["A1"] == 4


@pytest.mark.rule("SO-4")
@pytest.mark.parametrize("body", [{}, {"reason": " "}, {"reason": "x" * 501}])
def test_cancelling_takes_a_reason(manager: Any, order: Any, body: dict[str, Any]) -> None:
    answer = manager.post(f"{PATH}/{order.id}/cancel", json=body)

    assert (answer.status, answer.json["error"]) == (400, "Cancelling takes a reason of 1 to 500 characters.")


@pytest.mark.rule("SO-5", "SO-6")
def test_a_closed_order_goes_nowhere(admin: Any, manager: Any, order: Any, deliver: Any, place: Any) -> None:
    deliver(order.stops[0], (place.cola, 1))
    deliver(order.stops[1], (place.cola, 1))

    cancel = admin.post(f"{PATH}/{order.id}/cancel", json={"reason": "too late"})
    start = manager.post(f"{PATH}/{order.id}/start", json={})

    assert (cancel.status, start.status) == (409, 409)
    assert start.json["details"] == {"from": "completed", "to": "in_progress", "allowed": []}
    assert order.states == ("completed", ["completed", "completed"])


def test_a_cancelled_order_takes_no_work(driver: Any, manager: Any, order: Any) -> None:
    manager.post(f"{PATH}/{order.id}/cancel", json={"reason": "rain"})

    assert driver.post(f"{PATH}/{order.id}/start", json={}).status == 409
    for verb in ("start", "skip"):
        assert driver.post(_stop(order.stops[0], verb), json={"reason": "late"}).status == 409


@pytest.mark.rule("BR-095")
def test_strangers_viewers_and_nobody_drive_nothing(
    another: Any, viewer: Any, client: Any, driver: Any, order: Any
) -> None:
    stranger, body = another("driver"), {"reason": "none"}
    paths = [f"{PATH}/{order.id}/start", *(_stop(order.stops[0], verb) for verb in ("start", "skip", "back-out"))]

    assert {stranger.post(path, json=body).status for path in paths} == {404}
    assert {viewer.post(path, json=body).status for path in paths} == {403}
    assert {client.post(path, json=body).status for path in paths} == {401}
    assert driver.post(f"{PATH}/{order.id}/cancel", json=body).status == 403
    assert order.states == ("pending", ["pending", "pending"])


def test_what_is_not_there_is_not_found(manager: Any, database: Any) -> None:
    body = {"reason": "none"}

    assert {manager.post(f"{PATH}/999999/{verb}", json=body).status for verb in ("start", "cancel", "refresh")} == {404}
    verbs = ("start", "skip", "back-out", "rollback")
    assert {manager.post(_stop(999_999, verb), json=body).status for verb in verbs} == {404}
