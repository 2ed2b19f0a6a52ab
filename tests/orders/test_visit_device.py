"""Visits without an order, and a device's history."""

from typing import Any

import pytest

from tests.support import factories

PATH = "/api/service-visits"


@pytest.mark.rule("BR-120", "US-062")
def test_a_visit_is_recorded_for_the_caller(manager: Any, driver: Any, place: Any, db: Any) -> None:
    body = {"deviceId": place.first.id, "serviceType": "emergency", "technicianId": driver.user_id, "notes": "jammed"}

    answer = manager.post(PATH, json={**body, "unitsRestocked": 4, "durationMinutes": 25})

    assert answer.status == 201
    assert answer.json == {"id": answer.json["id"], "message": "Service visit recorded successfully"}
    row = """
        SELECT row(device_id, service_type, technician_id, route_id, units_restocked, duration_minutes)::text
          FROM service_visits
        """
    assert db.value(row) == f"({place.first.id},emergency,{manager.user_id},{place.route},4,25)"
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'visit.recorded'") == 1
    assert place.stock(place.first) == {"A1": 0, "A2": 2, "B1": 3}


@pytest.mark.rule("BR-120", "US-062")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"deviceId": None}, "deviceId is required"),
        ({"serviceType": "picnic"}, "serviceType must be one of: routine, emergency, maintenance"),
        ({"unitsRestocked": -1}, None),
        ({"durationMinutes": 1441}, None),
        ({"routeId": 999_999}, "routeId: there is no route with this id"),
    ],
)
def test_a_bad_visit_is_refused(manager: Any, place: Any, change: dict[str, Any], sentence: str | None) -> None:
    answer = manager.post(PATH, json={"deviceId": place.first.id, "serviceType": "routine", **change})

    assert answer.status == 400
    assert sentence is None or answer.json["error"] == sentence


@pytest.mark.rule("BR-120")
def test_a_deleted_or_unknown_device_is_not_visited(driver: Any, place: Any, db: Any) -> None:
    factories.delete_device(db, place.first.id)

    for device in (place.first.id, 999_999):
        assert driver.post(PATH, json={"deviceId": device, "serviceType": "routine"}).status == 404


def test_a_viewer_records_nothing(viewer: Any, client: Any, place: Any) -> None:
    body = {"deviceId": place.first.id, "serviceType": "routine"}

    assert [who.post(PATH, json=body).status for who in (viewer, client)] == [403, 401]


@pytest.mark.rule("US-101")
def test_the_history_shows_the_latest_visits_and_none_that_was_taken_back(
    viewer: Any, manager: Any, driver: Any, place: Any, order: Any, deliver: Any, advance: Any
) -> None:
    deliver(order.stops[1], (place.cola, 3))
    advance(minutes=1)
    manager.post(PATH, json={"deviceId": place.second.id, "serviceType": "maintenance", "notes": "new lamp"})
    advance(minutes=1)
    deliver(order.stops[0], (place.cola, 1))
    history = f"/api/devices/{place.second.id}/service-history"

    newest, oldest = viewer.get(history).json

    assert (newest["serviceType"], newest["notes"], newest["orderId"]) == ("maintenance", "new lamp", None)
    assert oldest == {
        "id": oldest["id"],
        "routeId": place.route,
        "routeName": "North",
        "serviceDate": "2026-03-04T17:00:00.000Z",
        "unitsRestocked": 3,
        "serviceType": "routine",
        "technicianId": driver.user_id,
        "technicianName": driver.username,
        "durationMinutes": 10,
        "notes": None,
        "orderId": order.id,
    }
    manager.post(f"/api/service-orders/cabinets/{order.stops[1]}/rollback")
    assert [visit["id"] for visit in viewer.get(history).json] == [newest["id"]]


def test_the_history_holds_fifty_visits(manager: Any, place: Any, db: Any) -> None:
    db.execute(
        """
        INSERT INTO service_visits (device_id, visited_at, service_type, technician_id, units_restocked)
        SELECT %(device)s, timestamptz '2026-01-01 00:00Z' + n * interval '1 hour', 'routine', %(user)s, n
          FROM generate_series(1, 60) n
        """,
        device=place.first.id,
        user=manager.user_id,
    )

    units = [visit["unitsRestocked"] for visit in manager.get(f"/api/devices/{place.first.id}/service-history").json]

    assert units == list(range(60, 10, -1))


@pytest.mark.rule("BR-052")
def test_a_deleted_devices_history_is_for_admins(manager: Any, admin: Any, place: Any, db: Any) -> None:
    factories.delete_device(db, place.first.id)
    path = f"/api/devices/{place.first.id}/service-history"

    assert (manager.get(path).status, admin.get(path).status) == (404, 200)
    assert admin.get("/api/devices/999999/service-history").json["error"] == "Device not found"
