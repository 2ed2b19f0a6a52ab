"""Reading orders: the list, one order, its pick list, the badge."""

from typing import Any

import pytest

from tests.orders.conftest import TODAY
from tests.support import factories
from tests.support.factories import Fill

PATH = "/api/service-orders"


@pytest.mark.rule("US-053", "BR-096")
def test_the_list_has_the_contracts_fields(
    manager: Any, driver: Any, place: Any, order: Any, deliver: Any, advance: Any
) -> None:
    advance(minutes=1)
    deliver(order.stops[0], (place.cola, 10), (place.crisps, 5))

    answer = manager.get(PATH)

    (listed,) = answer.json["orders"]
    expected = {
        "id": order.id,
        "routeId": place.route,
        "routeName": "North",
        "createdAt": "2026-03-04T17:00:00.000Z",
        "createdBy": manager.username,
        "status": "in_progress",
        "totalUnits": 22,
        "deliveredUnits": 15,
        "missingUnits": 4,
        "estimatedDurationMinutes": 20,
        "driverId": driver.user_id,
        "driverName": driver.username,
        "driverEmail": driver.email,
        "serviceDate": TODAY,
        "deviceCount": 2,
        "deviceId": place.first.id,
        "itemCount": 3,
        "cabinetCount": 2,
        "percentDone": 50,
        "photoCount": 0,
        "location": "Terminal B",
        "lastModified": "2026-03-04T17:01:00.000Z",
    }
    assert {name: listed[name] for name in expected} == expected
    # Only the second device's cabinet is open: five of ten.
    assert answer.json["avgFillRate"] == 50.0
    assert answer.json["pagination"] == {"page": 1, "perPage": 100, "total": 1, "pages": 1}
    assert answer.json["serverTime"] == "2026-03-04T17:01:00.000Z"


@pytest.mark.rule("BR-096", "US-053")
def test_the_list_is_filtered_by_route_status_driver_and_days(
    manager: Any, driver: Any, place: Any, plan: Any, advance: Any, db: Any
) -> None:
    today = plan((place.first, 0))
    advance(minutes=5)
    ahead = plan((place.second, 0), serviceDate="2026-03-07")
    manager.post(f"{PATH}/{today.id}/start", json={})

    def found(**filters: Any) -> list[int]:
        return [one["id"] for one in manager.get(PATH, params=filters).json["orders"]]

    assert found() == [ahead.id, today.id]
    assert found(status="pending") == [ahead.id]
    assert found(routeId=place.route) == [ahead.id, today.id]
    assert found(routeId=999_999) == []
    assert found(routeId="all") == [ahead.id, today.id]
    assert found(driverId=driver.user_id, status="in_progress") == [today.id]
    assert found(date="2026-03-07") == [ahead.id]
    assert found(date=TODAY) == [ahead.id, today.id]
    assert found(dateFrom="2026-03-05") == [ahead.id]
    assert found(dateTo="2026-03-06") == [today.id]
    assert found(dateFrom=TODAY, dateTo="2026-03-07") == [ahead.id, today.id]
    assert found(since="2026-03-04T17:04:00Z") == [ahead.id, today.id]
    assert found(since="2026-03-04T17:06:00Z") == []
    assert found(since="never") == [ahead.id, today.id]


@pytest.mark.rule("BR-096", "US-112")
def test_a_page_of_the_list(manager: Any, place: Any, plan: Any, advance: Any) -> None:
    first = plan((place.first, 0))
    advance(seconds=1)
    second = plan((place.second, 0))

    pages = [manager.get(PATH, params={"page": page, "perPage": 1}).json for page in (1, 2, 3)]

    assert [[one["id"] for one in page["orders"]] for page in pages] == [[second.id], [first.id], []]
    assert pages[1]["pagination"] == {"page": 2, "perPage": 1, "total": 2, "pages": 2}


def test_bad_filters_are_refused_in_plain_words(manager: Any, place: Any) -> None:
    status = manager.get(PATH, params={"status": "lost"})
    date = manager.get(PATH, params={"date": "yesterday"})

    assert status.json["error"].startswith("Invalid status. Must be one of: ['pending', 'in_progress'")
    assert date.json["error"] == "Invalid date format. Use YYYY-MM-DD"
    assert [manager.get(PATH, params={"page": 1, "perPage": n}).status for n in (0, 101)] == [400, 400]
    assert (status.status, date.status) == (400, 400)


@pytest.mark.rule("BR-095", "US-080")
def test_a_driver_sees_own_orders_only(driver: Any, another: Any, place: Any, order: Any) -> None:
    stranger = another("driver")

    assert [one["id"] for one in driver.get(PATH).json["orders"]] == [order.id]
    assert stranger.get(PATH).json["orders"] == []
    assert stranger.get(PATH).json["avgFillRate"] == 0
    assert stranger.get(PATH, params={"driverId": driver.user_id}).json["orders"] == []
    assert [stranger.get(f"{PATH}/{order.id}{rest}").status for rest in ("", "/pick-list")] == [404, 404]
    assert driver.get(f"{PATH}/{order.id}").status == 200


@pytest.mark.rule("BR-097", "US-081", "US-089")
def test_the_detail_holds_cabinets_items_addresses_and_fill_rates(
    driver: Any, place: Any, order: Any, deliver: Any
) -> None:
    visit = deliver(order.stops[1], (place.cola, 2)).json["serviceVisitId"]

    detail = driver.get(f"{PATH}/{order.id}").json

    first, second = detail["cabinets"]
    expected = {
        "cabinetOrderId": order.stops[0],
        "deviceId": place.first.id,
        "asset": "111",
        "cooler": "Near the gate",
        "location": "Terminal B",
        "address": "1 Airport Way",
        "latitude": None,
        "cabinetIndex": 0,
        "cabinetType": "Cooler",
        "status": "pending",
        "isExecuted": False,
        "serviceVisitId": None,
        "fillRate": 16.7,  # Slots at 0, 20 and 30 per cent.
    }
    assert {name: first[name] for name in expected} == expected
    assert [(p["productName"], p["category"], p["quantityNeeded"]) for p in first["products"]] == [
        ("crisps", "Chips", 5),
        ("Cola", "soda", 14),
    ]
    assert (second["isExecuted"], second["serviceVisitId"], second["fillRate"]) == (True, visit, 70.0)
    assert second["products"][0]["quantityFilled"] == 2
    assert detail["deviceSummary"][0] == {
        "deviceId": place.first.id,
        "asset": "111",
        "cooler": "Near the gate",
        "location": "Terminal B",
        "address": "1 Airport Way",
        "cabinetCount": 1,
    }
    assert detail["syncVersion"] == 2


@pytest.mark.rule("BR-097")
def test_a_cabinet_with_a_visit_that_was_taken_back_appears_once(
    manager: Any, place: Any, order: Any, deliver: Any
) -> None:
    deliver(order.stops[1], (place.cola, 2))
    manager.post(f"{PATH}/cabinets/{order.stops[1]}/rollback", json={})
    deliver(order.stops[1], (place.cola, 3))

    cabinets = manager.get(f"{PATH}/{order.id}").json["cabinets"]

    assert [cabinet["cabinetOrderId"] for cabinet in cabinets] == list(order.stops)


@pytest.mark.rule("US-082", "BR-098")
def test_the_pick_list_adds_up_the_snapshot_by_category_and_name_in_any_case(
    driver: Any, viewer: Any, place: Any, order: Any
) -> None:
    factories.fill(place.db, place.second.cabinets[0], {"C1": factories.Fill(place.gum)})

    expected = [
        {"productId": place.crisps, "productName": "crisps", "category": "Chips", "quantity": 5},
        {"productId": place.cola, "productName": "Cola", "category": "soda", "quantity": 17},
    ]
    assert driver.get(f"{PATH}/{order.id}/pick-list").json == expected
    assert viewer.get(f"{PATH}/{order.id}/pick-list").json == expected


def test_an_unknown_order_is_not_found_and_nobody_reads_without_a_session(
    manager: Any, client: Any, place: Any
) -> None:
    missing = manager.get(f"{PATH}/999999")

    assert (missing.status, missing.json["error"]) == (404, "Service order not found")
    assert manager.get(f"{PATH}/999999/pick-list").status == 404
    assert manager.get(f"{PATH}/abc").status == 404
    assert [client.get(f"{PATH}{rest}").status for rest in ("", "/1", "/1/pick-list")] == [401, 401, 401]


def test_the_badge_counts_what_waits(driver: Any, another: Any, place: Any, order: Any) -> None:
    badge = driver.get(f"{PATH}/pending-count").json

    assert badge["count"] == 1
    assert badge["notifications"][0]["message"] == f"North on {TODAY}, 22 units"
    assert another("driver").get(f"{PATH}/pending-count").json == {"count": 0, "notifications": []}


def test_the_number_of_statements_does_not_grow(manager: Any, place: Any, plan: Any, caplog: Any) -> None:
    factories.fill(place.db, place.first.cabinets[1], {"B1": Fill(place.cola, quantity=0)})
    sent = []
    for cabinets in ([(place.second, 0)], [(place.first, 0), (place.first, 1)]):
        order = plan(*cabinets)
        manager.get(PATH)
        listing = caplog.records[-1].statements
        manager.get(f"{PATH}/{order.id}")
        sent.append((listing, caplog.records[-1].statements))

    assert sent[0] == sent[1]
