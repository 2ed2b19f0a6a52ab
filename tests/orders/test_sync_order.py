"""A phone brings its copy of an order."""

from typing import Any

import pytest

PATH = "/api/service-orders"


def _sync(who: Any, order: Any, **copy: Any) -> Any:
    return who.put(f"{PATH}/{order.id}/sync", json={"id": order.id, "cabinets": [], "route": "North", **copy})


@pytest.mark.rule("BR-125", "US-087")
def test_an_equal_version_is_applied_and_goes_up(driver: Any, order: Any, db: Any) -> None:
    answer = _sync(driver, order, syncVersion=1, status="in_progress", notes="on my way")

    assert answer.status == 200
    assert (answer.json["success"], answer.json["conflict"]) == (True, False)
    told = answer.json["order"]
    assert (told["id"], told["status"], told["sync_version"], told["notes"]) == (
        order.id,
        "in_progress",
        2,
        "on my way",
    )
    assert {"route_id", "created_at", "created_by", "total_units", "estimated_duration_minutes"} <= told.keys()
    assert db.values(
        "SELECT action FROM audit_events WHERE action IN ('order.edited', 'order.started') ORDER BY 1"
    ) == [
        "order.edited",
        "order.started",
    ]


@pytest.mark.rule("BR-125", "US-087")
def test_a_newer_server_is_told_in_a_successful_answer_and_nothing_is_applied(
    driver: Any, manager: Any, order: Any
) -> None:
    manager.post(f"{PATH}/{order.id}/cancel", json={"reason": "storm"})

    answer = _sync(driver, order, syncVersion=1, status="in_progress")

    assert (answer.status, answer.json["conflict"]) == (200, True)
    assert answer.json["message"] == "Server has newer version of this order"
    server = answer.json["serverVersion"]
    assert (server["id"], server["status"], server["syncVersion"]) == (order.id, "cancelled", 2)
    assert order.states[0] == "cancelled"


@pytest.mark.rule("BR-125")
def test_without_a_version_the_time_of_the_last_change_decides(
    driver: Any, manager: Any, order: Any, advance: Any
) -> None:
    seen = driver.get(f"{PATH}/{order.id}").json["lastModified"]
    advance(seconds=30)
    manager.put(f"{PATH}/{order.id}", json={"notes": "ring twice"})

    stale = _sync(driver, order, lastModified=seen, status="in_progress")
    fresh = _sync(
        driver, order, lastModified=driver.get(f"{PATH}/{order.id}").json["lastModified"], status="in_progress"
    )

    assert (stale.json["conflict"], fresh.json["conflict"]) == (True, False)
    assert order.states[0] == "in_progress"


@pytest.mark.rule("BR-125")
def test_a_copy_that_says_what_we_have_changes_nothing(driver: Any, order: Any) -> None:
    first = _sync(driver, order, syncVersion=1, status="in_progress")
    again = _sync(driver, order, syncVersion=1, status="in_progress")

    assert again.json == first.json


@pytest.mark.rule("BR-126")
def test_a_phone_does_not_complete_an_order_with_open_cabinets(
    driver: Any, place: Any, order: Any, deliver: Any
) -> None:
    deliver(order.stops[0], (place.cola, 1))

    answer = _sync(driver, order, status="completed")

    assert (answer.status, answer.json["code"]) == (400, "OPEN_CABINETS")
    assert answer.json["details"]["cabinetOrderIds"] == [order.stops[1]]
    deliver(order.stops[1], (place.cola, 1))
    assert _sync(driver, order, status="completed").json["success"] is True


@pytest.mark.rule("BR-125", "BR-100")
def test_bad_copies_are_refused(driver: Any, manager: Any, order: Any) -> None:
    empty = _sync(driver, order, syncVersion=1)
    unknown = _sync(driver, order, status="lost")
    forbidden = _sync(driver, order, status="cancelled")

    assert (empty.status, empty.json["error"]) == (400, "No valid fields to update")
    assert (unknown.status, forbidden.status) == (400, 403)
    assert _sync(manager, order, status="cancelled").status == 400
    assert _sync(manager, order, status="completed", syncVersion=1).status == 400


@pytest.mark.rule("BR-095")
def test_strangers_sync_nothing_in_the_contracts_words(
    another: Any, manager: Any, viewer: Any, client: Any, order: Any
) -> None:
    stranger = _sync(another("driver"), order, status="in_progress")
    missing = manager.put(f"{PATH}/999999/sync", json={"status": "in_progress"})

    assert (stranger.status, stranger.json["error"]) == (404, "Order not found or access denied")
    assert (missing.status, missing.json["error"]) == (404, "Order not found")
    assert [_sync(who, order, status="in_progress").status for who in (viewer, client)] == [403, 401]
