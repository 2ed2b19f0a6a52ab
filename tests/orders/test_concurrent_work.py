"""Many at once, against the real database: nothing is delivered twice, completed twice or lost."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.orders.conftest import TODAY


def _at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make all calls in threads of their own, begun together."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as threads:
        return [future.result() for future in [threads.submit(run, call) for call in calls]]


def _executions(who: Any, stop: int, items: Sequence[dict[str, int]]) -> Callable[[], Any]:
    return lambda: who.post(f"/api/service-orders/cabinets/{stop}/execute", json={"deliveredItems": list(items)})


@pytest.mark.rule("BR-117")
def test_twenty_executions_of_one_cabinet_deliver_once(
    driver: Any, manager: Any, place: Any, order: Any, db: Any
) -> None:
    driver.get("/api/service-orders")  # The session begins here, not in twenty threads.
    manager.get("/api/service-orders")
    calls = [
        _executions(who, order.stops[0], [{"productId": place.cola, "quantity": units}])
        for units in range(1, 11)
        for who in (driver, manager)
    ]

    answers = _at_once(*calls)

    statuses = Counter(answer.status for answer in answers)
    assert (statuses[200], statuses[409]) == (1, 19)
    delivered = next(answer.json["totalUnits"] for answer in answers if answer.status == 200)
    assert sum(place.stock(place.first).values()) == 5 + delivered
    assert db.value("SELECT count(*) FROM service_visits") == 1


@pytest.mark.rule("BR-117", "US-084")
def test_twenty_repeats_of_one_report_get_one_answer(driver: Any, place: Any, order: Any, db: Any) -> None:
    driver.get("/api/service-orders")

    answers = _at_once(*[_executions(driver, order.stops[0], [{"productId": place.cola, "quantity": 6}])] * 20)

    assert {answer.status for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert place.stock(place.first) == {"A1": 6, "A2": 2, "B1": 3}
    assert db.value("SELECT count(*) FROM inventory_movements WHERE kind = 'restock'") == 1


@pytest.mark.rule("SO-3")
def test_closing_the_last_two_cabinets_at_once_completes_the_order_once(
    driver: Any, manager: Any, place: Any, order: Any, db: Any
) -> None:
    driver.get("/api/service-orders")
    manager.get("/api/service-orders")
    cola = {"productId": place.cola, "quantity": 3}

    answers = _at_once(_executions(driver, order.stops[0], [cola]), _executions(manager, order.stops[1], [cola]))

    assert [answer.status for answer in answers] == [200, 200]
    assert sorted(answer.json["allCabinetsCompleted"] for answer in answers) == [False, True]
    assert order.steps == ["nothing to pending", "pending to in_progress", "in_progress to completed"]
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'order.completed'") == 1


@pytest.mark.rule("SC-5", "BR-119")
def test_ten_rollbacks_of_one_delivery_take_it_back_once(manager: Any, place: Any, order: Any, deliver: Any) -> None:
    deliver(order.stops[0], (place.cola, 9), by=manager)
    path = f"/api/service-orders/cabinets/{order.stops[0]}/rollback"

    answers = _at_once(*[lambda: manager.post(path)] * 10)

    assert Counter(answer.status for answer in answers) == {200: 1, 404: 9}
    assert place.stock(place.first) == {"A1": 0, "A2": 2, "B1": 3}


@pytest.mark.rule("US-052", "BR-092")
def test_ten_creations_of_one_order_make_one(manager: Any, admin: Any, place: Any, db: Any) -> None:
    body = {"routeId": place.route, "serviceDate": TODAY, "cabinetSelections": place.selection()}
    for who in (manager, admin):
        who.get("/api/service-orders")

    answers = _at_once(*[lambda who=who: who.post("/api/service-orders", json=body) for who in [manager, admin] * 5])

    assert Counter(answer.status for answer in answers) == {201: 5, 409: 5}
    assert len({answer.json["orderId"] for answer in answers if answer.status == 201}) == 1
    assert db.value("SELECT count(*) FROM service_orders") == 1


def test_deliveries_counts_and_cancelling_at_once_keep_the_ledger_right(
    driver: Any, manager: Any, admin: Any, place: Any, order: Any
) -> None:
    for who in (driver, manager, admin):
        who.get("/api/service-orders")
    slots = place.first.cabinets[0].slots

    def count(position: str, quantity: int) -> Callable[[], Any]:
        return lambda: manager.post(f"/api/slots/{slots[position]}/count", json={"quantity": quantity})

    answers = _at_once(
        _executions(driver, order.stops[0], [{"productId": place.cola, "quantity": 2}]),
        _executions(driver, order.stops[1], [{"productId": place.cola, "quantity": 2}]),
        lambda: admin.post(f"/api/service-orders/{order.id}/cancel", json={"reason": "storm"}),
        *[count(position, quantity) for quantity in range(4) for position in ("A1", "A2", "B1")],
    )

    # The place's own check of ledger, slots and orders follows; here nothing may have broken.
    assert {answer.status for answer in answers} <= {200, 409}
