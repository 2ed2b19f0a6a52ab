"""Previewing an order: what cabinets need by a day."""

from datetime import timedelta
from typing import Any

import pytest

from tests.orders.conftest import NOON, TODAY
from tests.support import factories
from tests.support.factories import Fill

PATH = "/api/service-orders/preview"


def _body(place: Any, *cabinets: Any, day: str = TODAY) -> dict[str, Any]:
    return {"routeId": str(place.route), "serviceDate": day, "cabinetSelections": place.selection(*cabinets)}


@pytest.mark.rule("US-051", "BR-090", "7.9")
def test_the_preview_has_the_contracts_shape(manager: Any, place: Any) -> None:
    answer = manager.post(PATH, json=_body(place))

    assert answer.status == 200
    cola = {"productId": place.cola, "productName": "Cola", "parLevel": 16, "dailyVelocity": 0.0}
    crisps = {"productId": place.crisps, "productName": "crisps", "parLevel": 8, "dailyVelocity": 0.0}
    assert answer.json == {
        "routeId": str(place.route),
        "serviceDate": TODAY,
        "daysUntilService": 0,
        "totalUnits": 22,
        "totalProducts": 2,
        "estimatedMinutes": 20,
        "travelMinutes": None,
        "devices": [
            {
                "deviceId": place.first.id,
                "asset": "111",
                "location": "Terminal B",
                "totalUnits": 19,
                "cabinets": [
                    {
                        "cabinetIndex": 0,
                        "cabinetType": "Cooler",
                        "totalUnits": 19,
                        "products": [
                            {**crisps, "orderQuantity": 5, "currentQuantity": 3},
                            {**cola, "orderQuantity": 14, "currentQuantity": 2},
                        ],
                    }
                ],
            },
            {
                "deviceId": place.second.id,
                "asset": "22-2",
                "location": "Terminal B",
                "totalUnits": 3,
                "cabinets": [
                    {
                        "cabinetIndex": 0,
                        "cabinetType": "Ambient+",
                        "totalUnits": 3,
                        "products": [{**cola, "parLevel": 8, "orderQuantity": 3, "currentQuantity": 5}],
                    }
                ],
            },
        ],
        "nothingToDo": [],
        "notFound": [],
    }


@pytest.mark.rule("US-051", "7.8")
def test_the_sales_until_the_day_are_reckoned_in_each_cabinet_with_its_share(manager: Any, place: Any) -> None:
    # 42 colas in 28 days are 1.5 a day; the cooler has 20 of the device's 30 places for cola, so it sells one a day.
    factories.fill(place.db, place.first.cabinets[1], {"B1": Fill(place.cola, quantity=8)})
    place.sell(place.first, place.cola, 42, NOON - timedelta(days=10))
    place.sell(place.second, place.cola, 9, NOON - timedelta(days=29))

    both = [(place.first, 0), (place.first, 1), (place.second, 0)]
    answer = manager.post(PATH, json=_body(place, *both, day="2026-03-06")).json

    assert answer["daysUntilService"] == 2
    cooler, ambient = answer["devices"][0]["cabinets"]
    cola = cooler["products"][1]
    assert (cola["orderQuantity"], cola["dailyVelocity"]) == (16, 1.0)
    assert [(p["productName"], p["orderQuantity"], p["dailyVelocity"]) for p in ambient["products"]] == [
        ("Cola", 1, 0.5)
    ]
    today = manager.post(PATH, json=_body(place, (place.first, 0))).json["devices"][0]["cabinets"][0]["products"][1]
    assert (today["orderQuantity"], today["dailyVelocity"]) == (14, 1.0)
    # Nothing is guessed for what never sold.
    assert cooler["products"][0]["dailyVelocity"] == 0.0
    assert answer["devices"][1]["cabinets"][0]["products"][0]["orderQuantity"] >= 3


@pytest.mark.rule("7.8")
def test_cabinets_that_need_nothing_and_unknown_ones_are_listed_apart(manager: Any, place: Any) -> None:
    body = _body(place, (place.first, 1), (place.second, 0))
    body["cabinetSelections"] += [{"deviceId": place.second.id, "cabinetIndex": 2}, {"deviceId": place.second.id}]

    answer = manager.post(PATH, json=body).json

    assert [device["deviceId"] for device in answer["devices"]] == [place.second.id]
    idle = {"deviceId": place.first.id, "asset": "111", "cabinetIndex": 1, "cabinetType": "Ambient"}
    assert answer["nothingToDo"] == [idle]
    assert answer["notFound"] == [{"deviceId": place.second.id, "cabinetIndex": 2}]


def test_a_cabinet_selected_twice_counts_once(manager: Any, place: Any) -> None:
    answer = manager.post(PATH, json=_body(place, (place.second, 0), (place.second, 0)))

    assert answer.json["totalUnits"] == 3


@pytest.mark.rule("US-051", "BR-090")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"routeId": None}, "Missing required fields: routeId and cabinetSelections"),
        ({"cabinetSelections": []}, "Missing required fields: routeId and cabinetSelections"),
        ({"cabinetSelections": "all"}, "Missing required fields: routeId and cabinetSelections"),
        ({"serviceDate": None}, "Missing required field: serviceDate"),
        ({"serviceDate": "4 March"}, "Invalid date format. Use YYYY-MM-DD"),
        ({"serviceDate": "2026-03-03"}, "Service date cannot be in the past"),
        ({"serviceDate": "2026-03-10"}, "Service date cannot be more than 5 days in future"),
    ],
)
def test_a_bad_request_gets_the_contracts_words(
    manager: Any, place: Any, change: dict[str, Any], sentence: str
) -> None:
    answer = manager.post(PATH, json={**_body(place), **change})

    assert (answer.status, answer.json["error"]) == (400, sentence)


@pytest.mark.rule("BR-090")
def test_the_horizon_is_a_setting(manager: Any, place: Any, db: Any) -> None:
    db.execute("UPDATE route_planning_settings SET preview_horizon_days = 6")

    assert manager.post(PATH, json=_body(place, day="2026-03-10")).status == 200


def test_the_preview_is_for_the_office(driver: Any, viewer: Any, admin: Any, client: Any, place: Any) -> None:
    assert [who.post(PATH, json=_body(place)).status for who in (driver, viewer, admin, client)] == [
        403,
        403,
        200,
        401,
    ]


def test_the_number_of_statements_does_not_grow_with_the_cabinets(manager: Any, place: Any, caplog: Any) -> None:
    sent = []
    for cabinets in ([(place.first, 0)], [(place.first, 0), (place.first, 1), (place.second, 0)]):
        manager.post(PATH, json=_body(place, *cabinets, day="2026-03-06"))
        sent.append(caplog.records[-1].statements)

    assert sent[0] == sent[1]
