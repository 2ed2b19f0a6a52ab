"""How long an order and a visit take: the company's minutes for each cabinet (domain.md §7.9, BR-116)."""

from typing import Any

import pytest

from tests.orders.conftest import TODAY


@pytest.fixture
def slow_company(db: Any) -> None:
    """A company that reckons with a quarter of an hour for each cabinet."""
    db.execute("UPDATE company_settings SET minutes_per_cabinet = 15")


@pytest.mark.rule("7.9", "US-052")
def test_the_estimate_is_the_companys_minutes_times_the_cabinets(manager: Any, place: Any, slow_company: None) -> None:
    body = {"routeId": place.route, "serviceDate": TODAY, "cabinetSelections": place.selection()}

    preview = manager.post("/api/service-orders/preview", json=body).json
    created = manager.post("/api/service-orders", json=body).json

    assert (preview["estimatedMinutes"], preview["travelMinutes"]) == (30, None)
    assert created["estimatedMinutes"] == 30
    assert manager.get(f"/api/service-orders/{created['orderId']}").json["estimatedDurationMinutes"] == 30


@pytest.mark.rule("7.9", "BR-116")
def test_a_visit_to_a_cabinet_that_was_never_opened_takes_the_companys_minutes(
    deliver: Any, place: Any, order: Any, slow_company: None, db: Any
) -> None:
    assert deliver(order.stops[0], (place.cola, 1)).status == 200

    assert db.value("SELECT duration_minutes FROM service_visits") == 15
