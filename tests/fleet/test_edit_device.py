"""Editing a device."""

from typing import Any

import pytest

from tests.support import factories
from tests.support.factories import Device


@pytest.fixture
def device(db: Any) -> Device:
    """A device with one cabinet, on a route."""
    return factories.device(db, "999", route_id=factories.route(db, "North"))


def edit(client: Any, device: Device, **facts: Any) -> Any:
    return client.put(f"/api/devices/{device.id}", json={"cooler": "Near the gate", "model": "Ambient+", **facts})


@pytest.mark.rule("BR-049", "US-041")
def test_facts_change_and_the_audit_trail_holds_the_changed_ones_only(manager: Any, db: Any, device: Device) -> None:
    terminal = factories.location(db, "Terminal")

    answer = edit(manager, device, cooler="Gate C7", location_id=terminal, asset="998")

    assert (answer.status, answer.json) == (200, {"success": True, "version": 2})
    seen = manager.get(f"/api/devices/{device.id}").json
    assert (seen["cooler"], seen["location"], seen["asset"], seen["version"]) == ("Gate C7", "Terminal", "998", 2)
    assert db.values("SELECT before || after FROM audit_events WHERE action = 'device.updated'") == [
        {"nickname": "Gate C7", "location_id": terminal, "asset": "998"}
    ]


def test_what_is_not_sent_stays(manager: Any, device: Device) -> None:
    before = manager.get(f"/api/devices/{device.id}").json

    edit(manager, device, cooler="Gate C7")

    after = manager.get(f"/api/devices/{device.id}").json
    assert {name for name in after if after[name] != before[name]} == {"cooler", "version", "updated_at"}


def test_an_edit_that_changes_nothing_leaves_no_trace(manager: Any, db: Any, device: Device) -> None:
    assert edit(manager, device).json["version"] == 1
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'device.updated'") == 0


def test_a_planogram_follows_the_new_asset(manager: Any, device: Device) -> None:
    edit(manager, device, asset="1-2")

    assert manager.get("/api/planograms/999-Ambient+-0").json == {}
    assert len(manager.get("/api/planograms/1-2-Ambient+-0").json) == 54


@pytest.mark.rule("BR-049")
def test_a_device_goes_to_another_route_or_off_its_route(manager: Any, db: Any, device: Device) -> None:
    south = factories.route(db, "South")

    edit(manager, device, route_id=south)
    assert manager.get(f"/api/devices/{device.id}").json["route"] == "South"

    edit(manager, device, route_id=None)
    assert manager.get(f"/api/devices/{device.id}").json["route_id"] is None


@pytest.mark.rule("BR-066", "US-041")
@pytest.mark.parametrize("status", ["pending", "in_progress"])
def test_a_device_in_an_open_order_of_its_route_stays_on_it_unless_forced(
    manager: Any, db: Any, device: Device, status: str
) -> None:
    north, south = db.value("SELECT id FROM routes"), factories.route(db, "South")
    order = factories.order(db, north, device.cabinets[0], status=status)

    refused = edit(manager, device, route_id=south)
    assert (refused.status, refused.json["details"]["orders"]) == (409, [order])
    assert manager.get(f"/api/devices/{device.id}").json["route_id"] == north

    assert edit(manager, device, route_id=south, force=True).status == 200
    assert manager.get(f"/api/devices/{device.id}").json["route_id"] == south


@pytest.mark.rule("BR-066")
def test_a_completed_order_holds_no_device(manager: Any, db: Any, device: Device) -> None:
    factories.order(db, db.value("SELECT id FROM routes"), device.cabinets[0], status="completed")

    assert edit(manager, device, route_id=factories.route(db, "South")).status == 200


@pytest.mark.rule("BR-049")
def test_another_type_must_fit_the_cabinets(manager: Any, db: Any, device: Device) -> None:
    stockwell = db.value("SELECT id FROM device_types WHERE name = 'Stockwell'")
    express = db.value("SELECT id FROM device_types WHERE name = 'PicoVision Express'")

    assert edit(manager, device, device_type_id=stockwell).status == 400
    assert edit(manager, device, device_type_id=express).status == 200


@pytest.mark.rule("BR-049")
def test_the_asset_of_another_device_is_refused(manager: Any, db: Any, device: Device) -> None:
    factories.device(db, "Abc")

    assert (edit(manager, device, asset="ABC").status, edit(manager, device, asset="999").status) == (409, 200)


@pytest.mark.rule("BR-042")
def test_references_must_be_there(manager: Any, db: Any, device: Device) -> None:
    gone = factories.location(db)
    db.execute("UPDATE locations SET deleted_at = now() WHERE id = %(gone)s", gone=gone)

    assert edit(manager, device, device_type_id=99).json["error"] == "Invalid device type ID: 99"
    assert edit(manager, device, location_id=gone).status == 400
    assert edit(manager, device, route_id=99).status == 400


def test_a_stale_version_is_refused_with_the_present_device(manager: Any, device: Device) -> None:
    edit(manager, device, cooler="first", version=1)

    answer = edit(manager, device, cooler="second", version=1)

    assert (answer.status, answer.json["code"]) == (409, "VERSION_CONFLICT")
    assert answer.json["details"]["current"]["cooler"] == "first"


@pytest.mark.rule("BR-052")
def test_a_deleted_device_is_not_edited(manager: Any, admin: Any, db: Any, device: Device) -> None:
    factories.delete_device(db, device.id)

    assert (edit(manager, device).status, edit(admin, device).status) == (404, 404)


def test_cooler_and_model_are_required(manager: Any, device: Device) -> None:
    answer = manager.put(f"/api/devices/{device.id}", json={"model": "Ambient+"})

    assert (answer.status, answer.json["error"]) == (400, "cooler is required")


@pytest.mark.parametrize("role", ["driver", "viewer"])
def test_drivers_and_viewers_edit_no_devices(request: Any, device: Device, role: str) -> None:
    assert edit(request.getfixturevalue(role), device, cooler="mine").status == 403
