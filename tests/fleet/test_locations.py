"""Locations."""

from typing import Any

import pytest

from tests.support import factories
from tests.support.costs import at_once

TERMINAL = {"name": "DTW Terminal B", "address": "9000 Middlebelt Rd, Romulus"}
HERE = {"latitude": 42.2162, "longitude": -83.3554}


@pytest.mark.rule("BR-060", "US-044")
def test_an_address_waits_to_be_looked_up_after_the_write(manager: Any, db: Any) -> None:
    answer = manager.post("/api/locations", json={**TERMINAL, "latitude": None, "longitude": None})

    assert answer.status == 201
    assert answer.json.items() >= {**TERMINAL, "latitude": None, "geocode_status": "pending"}.items()
    assert db.value("SELECT (payload->>'geocode')::boolean FROM outbox WHERE topic = 'location.created'") is True


@pytest.mark.rule("BR-061", "US-044")
def test_coordinates_of_the_client_are_kept_and_not_looked_up(manager: Any, db: Any) -> None:
    answer = manager.post("/api/locations", json={**TERMINAL, **HERE})

    assert answer.json.items() >= {**HERE, "geocode_status": "manual"}.items()
    assert db.value("SELECT (payload->>'geocode')::boolean FROM outbox") is False


def test_one_coordinate_alone_says_nothing(manager: Any) -> None:
    answer = manager.post("/api/locations", json={"name": "Yard", "latitude": 42.2})

    assert (answer.json["latitude"], answer.json["geocode_status"]) == (None, "none")


def test_everybody_reads_the_locations_by_name(viewer: Any, db: Any) -> None:
    factories.location(db, "yard")
    factories.location(db, "Depot", address="1 Main St")

    listed = viewer.get("/api/locations").json

    assert [location["name"] for location in listed] == ["Depot", "Warehouse", "yard"]
    assert listed[0].keys() >= {"id", "address", "latitude", "longitude", "created_at", "updated_at"}


@pytest.mark.rule("BR-061", "US-044")
def test_a_new_address_is_looked_up_and_keeps_the_old_coordinates_until_then(manager: Any, db: Any) -> None:
    created = manager.post("/api/locations", json={**TERMINAL, **HERE}).json

    moved = manager.put(f"/api/locations/{created['id']}", json={"name": "DTW Terminal B", "address": "Elsewhere 1"})

    assert moved.json.items() >= {**HERE, "address": "Elsewhere 1", "geocode_status": "pending"}.items()


@pytest.mark.rule("BR-061")
def test_a_new_name_looks_nothing_up(manager: Any, db: Any) -> None:
    created = manager.post("/api/locations", json={**TERMINAL, **HERE}).json

    renamed = manager.put(f"/api/locations/{created['id']}", json={**TERMINAL, **HERE, "name": "Terminal B"}).json

    assert renamed.items() >= {**TERMINAL, **HERE, "name": "Terminal B", "geocode_status": "manual"}.items()
    assert db.value("SELECT after FROM audit_events WHERE action = 'location.updated'") == {"name": "Terminal B"}


@pytest.mark.rule("BR-061")
def test_an_address_that_is_not_sent_stays(manager: Any) -> None:
    created = manager.post("/api/locations", json=TERMINAL).json

    assert manager.put(f"/api/locations/{created['id']}", json={"name": "B"}).json["address"] == TERMINAL["address"]
    assert manager.put(f"/api/locations/{created['id']}", json={"name": "B", "address": ""}).json["address"] is None


def test_saving_the_same_again_changes_nothing(manager: Any, db: Any) -> None:
    created = manager.post("/api/locations", json={**TERMINAL, **HERE}).json

    assert manager.put(f"/api/locations/{created['id']}", json={**TERMINAL, **HERE}).json == created
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'location.updated'") == 0


def test_a_stale_version_is_refused(manager: Any) -> None:
    created = manager.post("/api/locations", json=TERMINAL).json
    path = f"/api/locations/{created['id']}"

    assert manager.put(path, json={"name": "first", "version": 1}).status == 200
    assert manager.put(path, json={"name": "second", "version": 1}).json["code"] == "VERSION_CONFLICT"


@pytest.mark.rule("BR-060")
@pytest.mark.parametrize("body", [{}, {"name": " "}, {"name": None}])
def test_a_name_is_required(manager: Any, body: Any) -> None:
    answer = manager.post("/api/locations", json=body)

    assert (answer.status, answer.json["error"]) == (400, "Name is required")


@pytest.mark.parametrize("wrong", [{"latitude": 91}, {"longitude": -181}, {"latitude": "north"}])
def test_coordinates_lie_on_the_earth(manager: Any, wrong: Any) -> None:
    assert manager.post("/api/locations", json={**TERMINAL, **HERE, **wrong}).status == 400


@pytest.mark.rule("BR-060")
def test_a_name_is_taken_once_among_live_locations(manager: Any, db: Any) -> None:
    taken = manager.post("/api/locations", json=TERMINAL).json
    other = factories.location(db)

    assert manager.post("/api/locations", json={"name": "dtw terminal b"}).status == 409
    assert manager.put(f"/api/locations/{other}", json=TERMINAL).status == 409
    manager.delete(f"/api/locations/{taken['id']}")
    assert manager.post("/api/locations", json=TERMINAL).status == 201


@pytest.mark.rule("BR-062", "US-044")
def test_an_unused_location_is_deleted(manager: Any, db: Any) -> None:
    place = factories.location(db, "Yard")

    answer = manager.delete(f"/api/locations/{place}")

    assert (answer.status, answer.json) == (200, {"message": 'Location "Yard" deleted successfully'})
    assert manager.delete(f"/api/locations/{place}").json["error"] == "Location not found"
    assert db.values("SELECT details->>'name' FROM audit_events WHERE action = 'location.deleted'") == ["Yard"]


@pytest.mark.rule("BR-062", "US-044")
def test_a_location_of_devices_stays_also_of_deleted_ones(manager: Any, db: Any) -> None:
    place = factories.location(db)
    factories.device(db, location_id=place)
    factories.delete_device(db, factories.device(db, location_id=place).id)

    answer = manager.delete(f"/api/locations/{place}")

    assert (answer.status, answer.json["error"]) == (409, "Cannot delete location. It is used by 2 device(s)")


@pytest.mark.rule("BR-062")
def test_the_default_location_stays(manager: Any, db: Any) -> None:
    warehouse = db.value("SELECT id FROM locations WHERE is_default")

    assert manager.delete(f"/api/locations/{warehouse}").status == 409


@pytest.mark.rule("BR-042", "BR-062")
def test_a_device_never_comes_to_stand_at_a_location_that_is_deleted_at_that_moment(
    manager: Any, admin: Any, db: Any
) -> None:
    for person in (manager, admin):
        assert person.session_id
    for number in range(4):
        place = factories.location(db)
        body = {"asset": f"r{number}", "cooler": "x", "model": "Cooler", "device_type_id": 1, "location_id": place}

        answers = at_once(
            lambda body=body: manager.post("/api/devices", json=body),
            lambda place=place: admin.delete(f"/api/locations/{place}"),
        )

        assert [answer.status for answer in answers] in ([201, 409], [400, 200])


@pytest.mark.parametrize("role", ["driver", "viewer"])
def test_drivers_and_viewers_keep_no_locations(request: Any, db: Any, role: str) -> None:
    person, place = request.getfixturevalue(role), factories.location(db)

    assert person.post("/api/locations", json=TERMINAL).status == 403
    assert person.put(f"/api/locations/{place}", json=TERMINAL).status == 403
    assert person.delete(f"/api/locations/{place}").status == 403
