"""Counting what is in the slots."""

from typing import Any

import pytest

from tests.support import factories
from tests.support.factories import Fill


@pytest.fixture
def cabinet(db: Any, driver: Any) -> Any:
    """A cabinet on the driver's route: eight colas in A1, none in A2, crisps in B1; A3 is empty."""
    cola, crisps = factories.product(db, "Cola"), factories.product(db, "Crisps")
    route = factories.route(db, driver_id=driver.user_id)
    cabinet = factories.device(db, "546-t4", route_id=route).cabinets[0]
    factories.fill(db, cabinet, {"A1": Fill(cola, quantity=8), "A2": Fill(cola), "B1": Fill(crisps, quantity=3)})
    return cabinet


def _ledger(db: Any, slot_id: int) -> list[tuple[str, int, int]]:
    rows = db.values(
        "SELECT row(kind, delta, quantity_after)::text FROM inventory_movements WHERE slot_id = %(id)s ORDER BY id",
        id=slot_id,
    )
    return [(kind, int(delta), int(after)) for kind, delta, after in (row.strip("()").split(",") for row in rows)]


@pytest.mark.rule("US-063", "PT-5")
def test_a_count_corrects_the_quantity_and_the_ledger_says_why(manager: Any, db: Any, cabinet: Any) -> None:
    answer = manager.post(f"/api/slots/{cabinet.slots['A1']}/count", json={"quantity": 5, "note": "two had expired"})

    assert answer.status == 200
    assert answer.json["changed"] == 1
    assert answer.json["slots"][0] == {
        "slotId": cabinet.slots["A1"],
        "position": "A1",
        "productId": answer.json["slots"][0]["productId"],
        "quantityBefore": 8,
        "quantity": 5,
        "delta": -3,
    }
    assert factories.stock_of(db, cabinet) == {"A1": 5, "A2": 0, "B1": 3}
    assert _ledger(db, cabinet.slots["A1"]) == [("import", 8, 8), ("count_adjustment", -3, 5)]
    assert db.value("SELECT details->>'note' FROM audit_events WHERE action = 'slot.counted'") == "two had expired"


@pytest.mark.rule("US-063")
def test_a_whole_cabinet_is_counted_in_one_request(driver: Any, db: Any, cabinet: Any) -> None:
    counts = [{"position": "A1", "quantity": 2}, {"position": "a2", "quantity": 7}, {"position": "B1", "quantity": 3}]

    answer = driver.post(f"/api/planograms/{cabinet.key}/counts", json={"counts": counts})

    assert (answer.status, answer.json["counted"], answer.json["changed"]) == (200, 3, 2)
    assert factories.stock_of(db, cabinet) == {"A1": 2, "A2": 7, "B1": 3}
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'slot.counted'") == 3
    assert db.value("SELECT count(*) FROM outbox WHERE topic = 'slot.counted'") == 3


def test_a_layout_loaded_before_the_count_is_out_of_date(manager: Any, db: Any, cabinet: Any) -> None:
    manager.post(f"/api/slots/{cabinet.slots['A1']}/count", json={"quantity": 5})

    assert db.value("SELECT version FROM planograms WHERE id = %(id)s", id=cabinet.planogram_id) == 2


@pytest.mark.rule("US-063", "PT-5")
def test_a_count_that_cannot_be_changes_nothing(manager: Any, db: Any, cabinet: Any) -> None:
    counts = [{"position": "A1", "quantity": 2}, {"position": "A2", "quantity": 11}, {"position": "A3", "quantity": 1}]

    answer = manager.post(f"/api/planograms/{cabinet.key}/counts", json={"counts": counts})

    assert answer.status == 400
    assert answer.json["details"]["slots"] == {"A2": "holds at most 10 units", "A3": "holds no product"}
    assert factories.stock_of(db, cabinet) == {"A1": 8, "A2": 0, "B1": 3}


def test_positions_outside_the_grid_are_named(manager: Any, cabinet: Any) -> None:
    answer = manager.post(f"/api/planograms/{cabinet.key}/counts", json={"counts": [{"position": "Z9", "quantity": 2}]})

    assert answer.status == 400
    assert answer.json["details"]["positions"] == ["Z9"]


def test_a_driver_counts_on_own_routes_only(driver: Any, db: Any) -> None:
    cola = factories.product(db)
    strange = factories.device(db, route_id=factories.route(db, driver_id=factories.user(db))).cabinets[0]
    factories.fill(db, strange, {"A1": Fill(cola, quantity=4)})

    assert driver.post(f"/api/slots/{strange.slots['A1']}/count", json={"quantity": 1}).status == 404
    body = {"counts": [{"position": "A1", "quantity": 1}]}
    assert driver.post(f"/api/planograms/{strange.key}/counts", json=body).status == 404
    assert factories.stock_of(db, strange) == {"A1": 4}


def test_a_viewer_may_not_count(viewer: Any, cabinet: Any) -> None:
    assert viewer.post(f"/api/slots/{cabinet.slots['A1']}/count", json={"quantity": 1}).status == 403
    assert viewer.post(f"/api/planograms/{cabinet.key}/counts", json={"counts": []}).status == 403


def test_nobody_counts_without_a_session(client: Any, cabinet: Any) -> None:
    assert client.post(f"/api/slots/{cabinet.slots['A1']}/count", json={"quantity": 1}).status == 401


@pytest.mark.parametrize("body", [{}, {"quantity": -1}, {"quantity": 1.5}, {"quantity": "many"}, {"quantity": 2**31}])
def test_a_count_is_a_whole_number(manager: Any, cabinet: Any, body: dict[str, Any]) -> None:
    assert manager.post(f"/api/slots/{cabinet.slots['A1']}/count", json=body).status == 400


def test_an_unknown_slot_or_planogram_is_not_found(manager: Any, database: Any) -> None:
    assert manager.post("/api/slots/999999/count", json={"quantity": 1}).status == 404
    body = {"counts": [{"position": "A1", "quantity": 1}]}
    assert manager.post("/api/planograms/999-Ambient+-0/counts", json=body).status == 404
