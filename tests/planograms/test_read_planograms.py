"""The history of slots, cleared slots, and the list of planograms."""

from typing import Any

import pytest

from tests.support import factories
from tests.support.factories import Cabinet, Fill


@pytest.fixture
def cola(db: Any) -> int:
    return factories.product(db, "Cola", price_cents=250)


@pytest.fixture
def cabinet(db: Any, cola: int) -> Cabinet:
    """An Ambient+ with five colas in A1."""
    cabinet = factories.device(db, "999", nickname="Gate B5").cabinets[0]
    factories.fill(db, cabinet, {"A1": Fill(cola, quantity=5)})
    return cabinet


def save(client: Any, cabinet: Cabinet, slots: Any) -> Any:
    return client.post("/api/planograms", json={"planogramKey": cabinet.key, "planogramData": slots})


def test_an_unknown_key_has_no_slots(viewer: Any, cabinet: Cabinet) -> None:
    for key in ("999-Ambient+-1", "999-Ambient-0", "999", "x", "-", "998-Ambient+-0"):
        answer = viewer.get(f"/api/planograms/{key}")
        assert (answer.status, answer.json) == (200, {})


@pytest.mark.rule("US-047")
def test_every_change_of_a_slot_is_in_its_history_newest_first(
    manager: Any, viewer: Any, cabinet: Cabinet, cola: int
) -> None:
    save(manager, cabinet, {"A1": {"productId": cola, "quantity": 3, "price": 3}})
    save(manager, cabinet, {"A1": None})

    newest, oldest = viewer.get(f"/api/planograms/{cabinet.key}/slots/a1/history").json

    assert (newest["reason"], newest["oldProductName"], newest["newProductId"]) == ("clear", "Cola", None)
    assert (oldest["reason"], oldest["actor"], oldest["at"][-1]) == ("edit", manager.username, "Z")
    assert (oldest["oldQuantity"], oldest["newQuantity"], oldest["oldPrice"], oldest["newPrice"]) == (5, 3, None, 3.0)


def test_a_slot_that_never_changed_has_an_empty_history(viewer: Any, cabinet: Cabinet) -> None:
    assert viewer.get(f"/api/planograms/{cabinet.key}/slots/B1/history").json == []
    assert viewer.get(f"/api/planograms/{cabinet.key}/slots/Z1/history").status == 404
    assert viewer.get("/api/planograms/0-Cooler-0/slots/A1/history").status == 404


@pytest.mark.rule("US-047")
def test_cleared_slots_tell_who_cleared_what(admin: Any, manager: Any, db: Any, cabinet: Cabinet, cola: int) -> None:
    factories.fill(db, cabinet, {"B2": Fill(cola, quantity=1)})
    save(manager, cabinet, {"A1": None, "B2": None})
    save(manager, cabinet, {"B2": {"productId": cola}})

    answer = admin.get(f"/api/admin/planograms/{cabinet.key}/cleared-slots").json

    assert answer["planogram_key"] == cabinet.key
    (slot,) = answer["cleared_slots"]
    assert (
        slot.items()
        >= {
            "slot_position": "A1",
            "cleared_by": manager.username,
            "previous_product_id": cola,
            "previous_product_name": "Cola",
        }.items()
    )
    assert slot["cleared_at"].endswith("Z")


def test_cleared_slots_of_an_unknown_planogram_are_not_found(admin: Any, cabinet: Cabinet) -> None:
    assert admin.get("/api/admin/planograms/0-Cooler-0/cleared-slots").status == 404


@pytest.mark.parametrize("role", ["manager", "driver", "viewer"])
def test_only_admins_see_cleared_slots(request: Any, cabinet: Cabinet, role: str) -> None:
    person = request.getfixturevalue(role)

    assert person.get(f"/api/admin/planograms/{cabinet.key}/cleared-slots").status == 403


@pytest.mark.rule("BR-089")
def test_the_export_counts_as_filled_what_has_a_product(manager: Any, db: Any, cabinet: Cabinet) -> None:
    factories.device(db, "111", cabinets=["Cooler", "Freezer"])
    factories.delete_device(db, factories.device(db, "000").id)

    rows = manager.get("/api/planograms/export").json

    assert [row["planogram_key"] for row in rows] == ["111-Cooler-0", "111-Freezer-1", "999-Ambient+-0"]
    assert (
        rows[2].items()
        >= {
            "asset": "999",
            "cooler": "Gate B5",
            "location": "Warehouse",
            "cabinet_type": "Ambient+",
            "cabinet_index": 0,
            "slot_count": 54,
            "filled_slots": 1,
        }.items()
    )
    assert rows[2]["updated_at"].endswith("Z")


@pytest.mark.rule("BR-154", "BR-155")
def test_an_export_is_logged(manager: Any, db: Any, cabinet: Cabinet) -> None:
    manager.get("/api/planograms/export")

    assert db.values("SELECT user_id FROM data_export_log WHERE row_count = 1") == [manager.user_id]
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'export.run'") == 1


@pytest.mark.parametrize("role", ["driver", "viewer"])
def test_drivers_and_viewers_export_nothing(request: Any, role: str) -> None:
    assert request.getfixturevalue(role).get("/api/planograms/export").status == 403
