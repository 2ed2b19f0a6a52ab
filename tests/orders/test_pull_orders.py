"""A phone takes its orders along."""

from typing import Any

import pytest

from tests.support import factories

PATH = "/api/driver/sync"
ORDERS = "/api/service-orders"


def _pull(who: Any, since: str | None = None) -> Any:
    answer = who.get(PATH, params={"since": since} if since else None)
    assert answer.status == 200, answer.text
    return answer.json


def _ids(pulled: Any) -> list[int]:
    return [order["id"] for order in pulled["orders"]]


@pytest.mark.rule("US-081", "US-089")
def test_a_phone_gets_its_open_orders_whole(driver: Any, order: Any, place: Any) -> None:
    pulled = _pull(driver)

    assert (pulled["full"], pulled["tombstones"]) == (True, [])
    assert pulled["serverTime"] == "2026-03-04T17:00:00.000Z"
    (told,) = pulled["orders"]
    assert told == driver.get(f"{ORDERS}/{order.id}").json
    assert (told["syncVersion"], told["status"]) == (1, "pending")
    first = told["cabinets"][0]
    assert (first["cabinetOrderId"], first["address"]) == (order.stops[0], "1 Airport Way")
    assert {"latitude", "longitude"} <= first.keys()
    assert [(p["productId"], p["quantityNeeded"]) for p in first["products"]] == [(place.crisps, 5), (place.cola, 14)]


@pytest.mark.rule("US-081")
def test_only_what_has_changed_since_comes_again(
    driver: Any, manager: Any, order: Any, plan: Any, place: Any, advance: Any
) -> None:
    other = plan((place.first, 1), serviceType="maintenance")
    advance(minutes=5)
    seen = _pull(driver)["serverTime"]
    advance(minutes=5)
    nothing = _pull(driver, seen)
    driver.post(f"{ORDERS}/{other.id}/start", json={})

    changed = _pull(driver, seen)

    assert (nothing["orders"], nothing["tombstones"], nothing["full"]) == ([], [], False)
    assert _ids(changed) == [other.id]
    assert changed["orders"][0]["syncVersion"] == 2
    listed = driver.get(ORDERS, params={"since": seen}).json["orders"]
    assert [one["id"] for one in listed] == [other.id]


@pytest.mark.rule("US-081")
def test_a_change_that_was_being_committed_during_the_last_pull_is_not_lost(
    driver: Any, order: Any, advance: Any
) -> None:
    advance(seconds=20)
    seen = _pull(driver)["serverTime"]

    assert _ids(_pull(driver, seen)) == [order.id]


@pytest.mark.rule("US-081")
def test_a_completed_order_is_told_and_a_cancelled_one_dropped(
    driver: Any, admin: Any, order: Any, plan: Any, place: Any, advance: Any
) -> None:
    other = plan((place.first, 1), serviceType="maintenance")
    advance(minutes=5)
    seen = _pull(driver)["serverTime"]
    driver.put(f"{ORDERS}/{order.id}", json={"status": "completed"})
    admin.post(f"{ORDERS}/{other.id}/cancel", json={"reason": "storm"})

    pulled = _pull(driver, seen)

    assert [(one["id"], one["status"]) for one in pulled["orders"]] == [(order.id, "completed")]
    (grave,) = pulled["tombstones"]
    assert (grave["id"], grave["reason"], grave["cancelReason"]) == (other.id, "cancelled", "storm")
    assert _ids(_pull(driver)) == []


@pytest.mark.rule("US-081", "BR-095")
@pytest.mark.parametrize("way", ["the order", "the route"])
def test_an_order_that_goes_to_another_driver_is_dropped_here_and_told_there(
    driver: Any, another: Any, manager: Any, order: Any, place: Any, advance: Any, way: str
) -> None:
    colleague = another("driver")
    advance(minutes=5)
    seen = _pull(driver)["serverTime"]
    if way == "the order":
        answer = manager.put(f"{ORDERS}/{order.id}", json={"driverId": colleague.user_id})
    else:
        answer = manager.put(f"/api/routes/{place.route}", json={"name": "North", "driverId": colleague.user_id})
    assert answer.status == 200, answer.text

    mine, theirs = _pull(driver, seen), _pull(colleague, seen)

    assert mine["orders"] == []
    assert [(grave["id"], grave["reason"], grave["cancelReason"]) for grave in mine["tombstones"]] == [
        (order.id, "reassigned", None)
    ]
    assert (_ids(theirs), theirs["tombstones"]) == ([order.id], [])


@pytest.mark.rule("US-081")
@pytest.mark.parametrize("since", ["2026-01-01T00:00:00Z", "yesterday", "0001-01-01T00:00:00+14:00"])
def test_after_a_month_or_without_a_usable_moment_everything_comes(driver: Any, order: Any, since: str) -> None:
    pulled = _pull(driver, since)

    assert (pulled["full"], _ids(pulled)) == (True, [order.id])


@pytest.mark.rule("BR-095", "US-080")
def test_a_phone_gets_the_callers_orders_only(another: Any, manager: Any, viewer: Any, client: Any, order: Any) -> None:
    assert _ids(_pull(another("driver"))) == _ids(_pull(manager)) == []
    assert [who.get(PATH).status for who in (viewer, client)] == [403, 401]


@pytest.mark.rule("US-089")
def test_a_stop_without_coordinates_says_so(driver: Any, db: Any, place: Any, order: Any) -> None:
    elsewhere = factories.location(db, "Elsewhere")
    db.execute("UPDATE devices SET location_id = %(at)s WHERE id = %(id)s", at=elsewhere, id=place.second.id)

    cabinets = _pull(driver)["orders"][0]["cabinets"]

    assert [cabinet["latitude"] for cabinet in cabinets if cabinet["deviceId"] == place.second.id] == [None]
