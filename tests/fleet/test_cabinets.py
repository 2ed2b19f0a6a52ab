"""Adding, changing and removing cabinets."""

from typing import Any

import pytest

from chalicelib.stock import service as stock
from tests.support import factories
from tests.support.costs import at_once
from tests.support.factories import Device, Fill


@pytest.fixture
def device(db: Any) -> Device:
    """A device with an Ambient+ (6x9) and a Cooler (5x8)."""
    return factories.device(db, "999", cabinets=["Ambient+", "Cooler"])


@pytest.fixture
def cola(db: Any) -> int:
    return factories.product(db, "Cola")


def cabinets(client: Any, device: Device) -> list[str]:
    listed = client.get(f"/api/devices/{device.id}").json["cabinetConfiguration"]
    assert [cabinet["cabinetIndex"] for cabinet in listed] == list(range(len(listed)))
    return [cabinet["cabinetType"] for cabinet in listed]


@pytest.mark.rule("BR-050", "US-042")
def test_a_cabinet_is_added_at_the_next_index_with_an_empty_planogram(manager: Any, db: Any, device: Device) -> None:
    answer = manager.post(f"/api/devices/{device.id}/cabinets", json={"cabinetType": "Freezer"})

    assert (answer.status, answer.json["cabinetIndex"], answer.json["planogramKey"]) == (201, 2, "999-Freezer-2")
    assert cabinets(manager, device) == ["Ambient+", "Cooler", "Freezer"]
    assert len(manager.get("/api/planograms/999-Freezer-2").json) == 40
    assert db.values("SELECT details->>'cabinet_type' FROM audit_events WHERE action = 'cabinet.added'") == ["Freezer"]
    assert manager.get(f"/api/devices/{device.id}").json["version"] == 2


@pytest.mark.rule("BR-050", "US-042")
@pytest.mark.parametrize(
    ("device_type", "types"),
    [("PicoVision", ["Cooler"] * 3), ("PicoVision Express", ["Cooler"]), ("Stockwell", ["Stockwell Cooler"] * 2)],
)
def test_no_more_cabinets_than_the_type_allows(manager: Any, db: Any, device_type: str, types: list[str]) -> None:
    device = factories.device(db, device_type=device_type, cabinets=types)

    answer = manager.post(f"/api/devices/{device.id}/cabinets", json={"cabinetType": "Cooler"})

    assert answer.status == 409
    assert cabinets(manager, device) == types


@pytest.mark.rule("BR-050")
def test_of_two_cabinets_added_at_once_only_the_third_place_is_filled(manager: Any, admin: Any, device: Device) -> None:
    for person in (manager, admin):
        assert person.session_id
    path, body = f"/api/devices/{device.id}/cabinets", {"cabinetType": "Freezer"}

    answers = at_once(lambda: manager.post(path, json=body), lambda: admin.post(path, json=body))

    assert sorted(answer.status for answer in answers) == [201, 409]
    assert cabinets(manager, device) == ["Ambient+", "Cooler", "Freezer"]


def test_a_cabinet_of_no_known_type_is_refused(manager: Any, device: Device) -> None:
    for body in ({"cabinetType": "Oven"}, {}):
        assert manager.post(f"/api/devices/{device.id}/cabinets", json=body).status == 400


@pytest.mark.rule("BR-051", "US-042")
def test_a_smaller_grid_keeps_what_is_in_both_and_retires_what_vanishes(
    manager: Any, db: Any, device: Device, cola: int
) -> None:
    factories.fill(db, device.cabinets[0], {"A1": Fill(cola, quantity=5), "E8": Fill(cola, quantity=2)})

    answer = manager.put(f"/api/devices/{device.id}/cabinets/0", json={"cabinetType": "Cooler"})

    assert (answer.status, answer.json["rows"], answer.json["columns"]) == (200, 5, 8)
    grid = manager.get("/api/planograms/999-Cooler-0").json
    assert list(grid) == [f"{row}{column}" for row in "ABCDE" for column in range(1, 9)]
    assert factories.stock_of(db, device.cabinets[0]) == {"A1": 5, "E8": 2}
    assert grid["A1"]["slotId"] == device.cabinets[0].slots["A1"]
    assert db.value("SELECT count(*) FROM planogram_slots WHERE retired_at IS NOT NULL") == 14
    assert db.value("SELECT model FROM devices") == "Cooler"
    assert db.value("SELECT before->>'type' FROM audit_events WHERE action = 'cabinet.changed'") == "Ambient+"


@pytest.mark.rule("BR-051")
def test_a_larger_grid_adds_empty_slots_also_where_slots_were_retired(
    manager: Any, db: Any, device: Device, cola: int
) -> None:
    factories.fill(db, device.cabinets[1], {"B2": Fill(cola, quantity=1)})
    path = f"/api/devices/{device.id}/cabinets/1"

    for name, cells in (("Ambient+", 54), ("Cooler", 40), ("Ambient+", 54)):
        manager.put(path, json={"cabinetType": name})
        assert len(manager.get(f"/api/planograms/999-{name}-1").json) == cells

    assert factories.stock_of(db, device.cabinets[1]) == {"B2": 1}


@pytest.mark.rule("BR-051", "US-042")
def test_occupied_slots_vanish_only_by_force_and_leave_history_and_ledger(
    manager: Any, db: Any, device: Device, cola: int
) -> None:
    factories.fill(
        db, device.cabinets[0], {"F9": Fill(cola, quantity=5), "B9": Fill(cola), "A1": Fill(cola, quantity=1)}
    )
    path = f"/api/devices/{device.id}/cabinets/0"

    refused = manager.put(path, json={"cabinetType": "Cooler"})
    assert (refused.status, refused.json["details"]["positions"]) == (409, ["B9", "F9"])
    assert cabinets(manager, device)[0] == "Ambient+"

    assert manager.put(path, json={"cabinetType": "Cooler", "force": True}).status == 200
    assert factories.stock_of(db, device.cabinets[0]) == {"A1": 1}
    assert db.value(
        "SELECT delta FROM inventory_movements WHERE slot_id = %(slot)s AND kind = 'planogram_change'",
        slot=device.cabinets[0].slots["F9"],
    ) == (-5)
    assert db.value("SELECT count(*) FROM planogram_slot_changes WHERE reason = 'clear'") == 2
    assert stock.check_ledger(db) == []


def test_changing_to_the_same_type_changes_nothing(manager: Any, db: Any, device: Device) -> None:
    assert manager.put(f"/api/devices/{device.id}/cabinets/1", json={"cabinetType": "Cooler"}).status == 200
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'cabinet.changed'") == 0


@pytest.mark.rule("BR-050", "US-042")
def test_an_empty_cabinet_is_removed_and_its_planogram_stays_with_it(manager: Any, db: Any, device: Device) -> None:
    answer = manager.delete(f"/api/devices/{device.id}/cabinets/1")

    assert (answer.status, answer.json["success"]) == (200, True)
    assert cabinets(manager, device) == ["Ambient+"]
    assert manager.get("/api/planograms/999-Cooler-1").json == {}
    assert db.value("SELECT removed_by FROM device_cabinets WHERE removed_at IS NOT NULL") == manager.user_id
    assert db.value("SELECT count(*) FROM planograms") == 2


@pytest.mark.rule("BR-050")
def test_the_place_of_a_cabinet_in_the_list_stays_its_index_when_one_before_it_goes(manager: Any, db: Any) -> None:
    device = factories.device(db, "77", cabinets=["Cooler", "Freezer", "Ambient"])

    manager.delete(f"/api/devices/{device.id}/cabinets/1")

    assert cabinets(manager, device) == ["Cooler", "Ambient"]
    assert len(manager.get("/api/planograms/77-Ambient-1").json) == 40
    assert (
        manager.post(f"/api/devices/{device.id}/cabinets", json={"cabinetType": "Freezer"}).json["is_parent"] is False
    )
    assert cabinets(manager, device) == ["Cooler", "Ambient", "Freezer"]


@pytest.mark.rule("BR-050", "US-042")
def test_a_stocked_cabinet_goes_only_by_force_with_a_reason(manager: Any, db: Any, device: Device, cola: int) -> None:
    factories.fill(db, device.cabinets[1], {"A1": Fill(cola, quantity=5)})
    path = f"/api/devices/{device.id}/cabinets/1"

    for query in ("", "?force=true", "?reason=broken", "?force=true&reason=%20"):
        answer = manager.delete(path + query)
        assert answer.status in (400, 409)
    assert manager.delete(path).json["details"] == {"units": 5}
    assert cabinets(manager, device) == ["Ambient+", "Cooler"]

    assert manager.delete(path + "?force=true&reason=broken").status == 200
    details = db.value("SELECT details FROM audit_events WHERE action = 'cabinet.removed'")
    assert (details["units_held"], details["reason"]) == (5, "broken")


@pytest.mark.rule("BR-050")
def test_the_first_cabinet_stays(manager: Any, device: Device) -> None:
    assert manager.delete(f"/api/devices/{device.id}/cabinets/0").status == 409
    assert manager.delete(f"/api/devices/{device.id}/cabinets/2").status == 404


@pytest.mark.rule("BR-050")
def test_a_cabinet_in_an_open_order_stays(manager: Any, db: Any, device: Device) -> None:
    order = factories.order(db, factories.route(db), device.cabinets[1])

    answer = manager.delete(f"/api/devices/{device.id}/cabinets/1")

    assert (answer.status, answer.json["details"]["orders"]) == (409, [order])


@pytest.mark.rule("BR-043", "BR-050")
def test_a_stockwell_keeps_both_its_cabinets(manager: Any, db: Any) -> None:
    device = factories.device(db, device_type="Stockwell", cabinets=["Stockwell Cooler", "Stockwell Ambient"])

    assert manager.delete(f"/api/devices/{device.id}/cabinets/1").status == 409


def test_cabinets_of_a_deleted_device_are_left_alone(manager: Any, db: Any, device: Device) -> None:
    factories.delete_device(db, device.id)
    path = f"/api/devices/{device.id}/cabinets"

    assert manager.post(path, json={"cabinetType": "Freezer"}).status == 404
    assert manager.put(path + "/1", json={"cabinetType": "Freezer"}).status == 404
    assert manager.delete(path + "/1").status == 404


@pytest.mark.parametrize("role", ["driver", "viewer"])
def test_drivers_and_viewers_configure_no_cabinets(request: Any, device: Device, role: str) -> None:
    person, path = request.getfixturevalue(role), f"/api/devices/{device.id}/cabinets"

    assert person.post(path, json={"cabinetType": "Freezer"}).status == 403
    assert person.put(path + "/1", json={"cabinetType": "Freezer"}).status == 403
    assert person.delete(path + "/1").status == 403
