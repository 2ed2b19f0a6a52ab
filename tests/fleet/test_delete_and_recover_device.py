"""Taking devices out of service, and bringing them back."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support import factories
from tests.support.costs import at_once, statements_of
from tests.support.factories import Device, Fill


@pytest.fixture
def device(db: Any) -> Device:
    """A device with five colas, on a route."""
    device = factories.device(db, "999", route_id=factories.route(db, "North"))
    factories.fill(db, device.cabinets[0], {"A1": Fill(factories.product(db, "Cola"), quantity=5)})
    return device


@pytest.mark.rule("BR-045", "US-019", "DT-1")
def test_an_admin_deletes_a_device_and_the_row_says_who_and_when(admin: Any, db: Any, device: Device) -> None:
    answer = admin.delete(f"/api/devices/{device.id}")

    assert (answer.status, answer.json) == (200, {"success": True})
    assert db.values("SELECT deleted_by FROM devices WHERE deleted_at IS NOT NULL") == [admin.user_id]
    assert db.values("SELECT details->>'asset' FROM audit_events WHERE action = 'device.deleted'") == ["999"]


@pytest.mark.rule("BR-045", "DT-1")
def test_a_device_that_is_not_there_or_deleted_already_is_not_found(admin: Any, db: Any, device: Device) -> None:
    admin.delete(f"/api/devices/{device.id}")

    for device_id in (device.id, 999):
        answer = admin.delete(f"/api/devices/{device_id}")
        assert (answer.status, answer.json["error"]) == (404, "Device not found")


@pytest.mark.rule("BR-045", "DT-1")
@pytest.mark.parametrize(
    ("status", "answered"), [("pending", 409), ("in_progress", 409), ("completed", 200), ("cancelled", 200)]
)
def test_a_device_in_an_open_order_stays(admin: Any, db: Any, device: Device, status: str, answered: int) -> None:
    order = factories.order(db, db.value("SELECT id FROM routes"), device.cabinets[0], status=status)

    answer = admin.delete(f"/api/devices/{device.id}")

    assert answer.status == answered
    if answered == 409:
        assert answer.json["details"]["orders"] == [order]
        assert db.value("SELECT deleted_at FROM devices") is None


@pytest.mark.rule("BR-045", "BR-091")
def test_a_device_is_never_deleted_while_it_is_put_into_an_order(
    manager: Any, admin: Any, db: Any, clock_at: Any
) -> None:
    clock_at(datetime(2026, 3, 2, 17, tzinfo=UTC))
    route, cola = factories.route(db), factories.product(db)
    for person in (manager, admin):
        assert person.session_id
    for _ in range(4):
        device = factories.device(db, route_id=route)
        factories.fill(db, device.cabinets[0], {"A1": Fill(cola)})
        selection = [{"deviceId": device.id, "cabinetIndex": 0}]
        order = {"routeId": route, "serviceDate": "2026-03-02", "cabinetSelections": selection}

        answers = at_once(
            lambda order=order: manager.post("/api/service-orders", json=order),
            lambda device=device: admin.delete(f"/api/devices/{device.id}"),
        )

        assert [answer.status for answer in answers] in ([201, 409], [400, 200])


@pytest.mark.parametrize("role", ["manager", "driver", "viewer"])
def test_only_admins_delete_a_device(request: Any, db: Any, device: Device, role: str) -> None:
    assert request.getfixturevalue(role).delete(f"/api/devices/{device.id}").status == 403
    assert db.value("SELECT deleted_at FROM devices") is None


@pytest.mark.rule("BR-046")
def test_a_bulk_deletes_what_is_there_and_lists_the_rest(admin: Any, db: Any, device: Device) -> None:
    gone, second = factories.device(db), factories.device(db)
    factories.delete_device(db, gone.id)

    answer = admin.post("/api/devices/bulk-delete", json={"deviceIds": [device.id, gone.id, 999, second.id, device.id]})

    assert answer.json == {"success": True, "deletedCount": 2, "skipped": [gone.id, 999]}
    assert admin.get("/api/devices").json == []


@pytest.mark.rule("BR-046")
def test_repeating_a_bulk_deletes_nothing_more(admin: Any, device: Device) -> None:
    body = {"deviceIds": [device.id]}

    assert [admin.post("/api/devices/bulk-delete", json=body).json["deletedCount"] for _ in "12"] == [1, 0]
    assert admin.post("/api/devices/bulk-delete", json={}).json["deletedCount"] == 0


@pytest.mark.rule("BR-045", "BR-046")
def test_one_device_in_an_open_order_keeps_the_whole_bulk(admin: Any, db: Any, device: Device) -> None:
    free = factories.device(db)
    factories.order(db, db.value("SELECT id FROM routes"), device.cabinets[0])

    answer = admin.post("/api/devices/bulk-delete", json={"deviceIds": [free.id, device.id]})

    assert (answer.status, answer.json["details"]["devices"]) == (409, [device.id])
    assert db.value("SELECT count(*) FROM devices WHERE deleted_at IS NOT NULL") == 0


def test_a_bulk_costs_the_same_however_many_devices_it_deletes(admin: Any, db: Any, caplog: Any) -> None:
    ids = [factories.device(db).id for _ in range(6)]

    few = statements_of(caplog, lambda: admin.post("/api/devices/bulk-delete", json={"deviceIds": ids[:1]}))
    assert statements_of(caplog, lambda: admin.post("/api/devices/bulk-delete", json={"deviceIds": ids[1:]})) == few


def test_of_two_bulks_at_once_each_device_is_deleted_by_one(admin: Any, another: Any, db: Any) -> None:
    ids = [factories.device(db).id for _ in range(4)]
    second = another("admin")
    for person in (second, admin):
        assert person.session_id

    answers = at_once(
        lambda: second.post("/api/devices/bulk-delete", json={"deviceIds": ids}),
        lambda: admin.post("/api/devices/bulk-delete", json={"deviceIds": ids[::-1]}),
    )

    assert sorted(answer.json["deletedCount"] for answer in answers) == [0, 4]
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'device.deleted'") == 4


@pytest.mark.rule("BR-045")
@pytest.mark.parametrize("role", ["manager", "driver", "viewer"])
def test_only_admins_bulk_delete(request: Any, db: Any, device: Device, role: str) -> None:
    body = {"deviceIds": [device.id]}

    assert request.getfixturevalue(role).post("/api/devices/bulk-delete", json=body).status == 403


@pytest.mark.parametrize("ids", ["1", [0], ["x"], list(range(1, 1002))])
def test_a_bulk_of_something_else_than_ids_is_refused(admin: Any, ids: Any) -> None:
    assert admin.post("/api/devices/bulk-delete", json={"deviceIds": ids}).status == 400


@pytest.mark.rule("US-019")
def test_deleted_devices_are_listed_for_admins_the_latest_first(admin: Any, manager: Any, db: Any) -> None:
    first, second = factories.device(db, "1"), factories.device(db, "2")
    for device in (first, second):
        admin.delete(f"/api/devices/{device.id}")

    listed = admin.get("/api/admin/devices/deleted").json

    assert [device["asset"] for device in listed] == ["2", "1"]
    assert (listed[0]["deleted_by_username"], listed[0]["device_type_name"]) == (admin.username, "PicoVision")
    assert listed[0]["location"] == "Warehouse"
    assert manager.get("/api/admin/devices/deleted").status == 403


@pytest.mark.rule("BR-047", "US-019", "DT-2")
def test_a_recovered_device_is_as_it_was(admin: Any, manager: Any, db: Any, device: Device) -> None:
    before = manager.get("/api/devices").json
    slots = manager.get(f"/api/planograms/{device.cabinets[0].key}").json
    admin.delete(f"/api/devices/{device.id}")
    assert manager.get(f"/api/planograms/{device.cabinets[0].key}").json == {}

    answer = admin.post(f"/api/admin/devices/{device.id}/recover")

    assert answer.status == 200
    assert answer.json.items() >= {"id": device.id, "asset": "999", "location": "Warehouse"}.items()
    after = manager.get("/api/devices").json
    assert [{**one, "version": 1, "updated_at": ""} for one in after] == [{**one, "updated_at": ""} for one in before]
    assert manager.get(f"/api/planograms/{device.cabinets[0].key}").json == slots


@pytest.mark.rule("BR-047", "US-019")
def test_an_asset_that_was_taken_meanwhile_is_refused(admin: Any, db: Any, device: Device) -> None:
    factories.delete_device(db, device.id)
    factories.device(db, "999")

    answer = admin.post(f"/api/admin/devices/{device.id}/recover")

    assert (answer.status, answer.json["code"]) == (409, "DUPLICATE")
    assert db.value("SELECT count(*) FROM devices WHERE deleted_at IS NULL") == 1


@pytest.mark.rule("BR-047")
def test_a_location_and_a_route_that_are_gone_are_replaced_and_left(admin: Any, db: Any) -> None:
    place, route = factories.location(db), factories.route(db)
    device = factories.device(db, location_id=place, route_id=route)
    factories.delete_device(db, device.id)
    db.execute("UPDATE locations SET deleted_at = now() WHERE id = %(place)s", place=place)
    db.execute("UPDATE routes SET deleted_at = now() WHERE id = %(route)s", route=route)

    answer = admin.post(f"/api/admin/devices/{device.id}/recover")

    assert (answer.json["location"], answer.json["route_id"]) == ("Warehouse", None)


@pytest.mark.rule("BR-047", "DT-2")
def test_what_is_not_deleted_cannot_be_recovered(admin: Any, device: Device) -> None:
    for device_id in (device.id, 999):
        answer = admin.post(f"/api/admin/devices/{device_id}/recover")
        assert (answer.status, answer.json["error"]) == (404, "Deleted device not found")


@pytest.mark.rule("BR-048", "US-019")
def test_after_ninety_days_a_recovery_needs_a_justification(admin: Any, db: Any, device: Device, clock_at: Any) -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    clock_at(now)
    factories.delete_device(db, device.id, at=now - timedelta(days=90, seconds=1))

    for body in ({}, {"justification": "  "}):
        assert admin.post(f"/api/admin/devices/{device.id}/recover", json=body).status == 400
    answer = admin.post(f"/api/admin/devices/{device.id}/recover", json={"justification": "Found in the yard"})

    assert answer.status == 200
    assert db.value("SELECT details->>'justification' FROM audit_events WHERE action = 'device.recovered'") == (
        "Found in the yard"
    )


@pytest.mark.rule("BR-048")
def test_up_to_ninety_days_no_justification_is_needed(admin: Any, db: Any, device: Device, clock_at: Any) -> None:
    now = datetime(2026, 5, 1, tzinfo=UTC)
    clock_at(now)
    factories.delete_device(db, device.id, at=now - timedelta(days=90))

    assert admin.post(f"/api/admin/devices/{device.id}/recover", json={}).status == 200


@pytest.mark.parametrize("role", ["manager", "driver", "viewer"])
def test_only_admins_recover(request: Any, db: Any, device: Device, role: str) -> None:
    factories.delete_device(db, device.id)

    assert request.getfixturevalue(role).post(f"/api/admin/devices/{device.id}/recover").status == 403
