"""Creating, changing, listing and deleting routes."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support import factories
from tests.tours.open_orders import order


def history(db, tour_id):
    rows = db.raw.execute(
        """
        SELECT driver_id, unassigned_at IS NULL, assigned_by
          FROM route_driver_history
         WHERE route_id = %s
         ORDER BY id
        """,
        [tour_id],
    )
    return [tuple(row) for row in rows]


def actions(db):
    return db.values("SELECT action FROM audit_events ORDER BY id")


@pytest.mark.rule("US-045", "BR-063")
def test_a_route_is_created_with_number_and_driver(manager, db, clock_at):
    clock_at(datetime(2025, 7, 1, 9, tzinfo=UTC))
    driver_id = factories.user(db, "dora")

    answer = manager.post("/api/routes", json={"name": " North ", "routeNumber": 7, "driverId": driver_id})

    assert answer.status == 201
    tour = answer.json
    assert {name: tour[name] for name in ("name", "route_number", "driver_id", "driver_name", "driver_email")} == {
        "name": "North",
        "route_number": 7,
        "driver_id": driver_id,
        "driver_name": "dora",
        "driver_email": "dora@cvd.example",
    }
    assert tour["created_at"].endswith("Z")
    assert history(db, tour["id"]) == [(driver_id, True, manager.user_id)]
    assert db.value("SELECT after FROM audit_events WHERE action = 'route.created'") == {
        "name": "North",
        "route_number": 7,
        "driver_id": driver_id,
    }
    assert db.values("SELECT topic FROM outbox") == ["route.created"]


@pytest.mark.rule("BR-063")
def test_number_and_driver_may_be_left_out(manager, db):
    tour = manager.post("/api/routes", json={"name": "South"}).json

    assert (tour["route_number"], tour["driver_id"], tour["driver_name"]) == (None, None, None)
    assert history(db, tour["id"]) == []


@pytest.mark.rule("BR-063")
@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "Name is required"),
        ({"name": "  "}, "Name is required"),
        ({"name": "x" * 81}, "A route name has at most 80 characters."),
        ({"name": "A", "routeNumber": 0}, "routeNumber: Input should be greater than or equal to 1"),
        ({"name": "A", "driverId": 4711}, "The driver must be an active user with the role driver."),
    ],
)
def test_bad_routes_are_refused(manager, db, body, sentence):
    answer = manager.post("/api/routes", json=body)

    assert (answer.status, answer.json["error"]) == (400, sentence)
    assert db.value("SELECT count(*) FROM routes") == 0


@pytest.mark.rule("BR-063", "US-045")
def test_only_active_drivers_can_drive(manager, db):
    viewer = factories.user(db, role="viewer")
    inactive = factories.user(db, active=False)
    deleted = factories.user(db, active=False)
    db.execute("UPDATE users SET deleted_at = now() WHERE id = %(id)s", id=deleted)

    for person in (viewer, inactive, deleted):
        answer = manager.post("/api/routes", json={"name": "A", "driverId": person})
        assert (answer.status, answer.json["details"]) == (400, {"field": "driverId"})


@pytest.mark.rule("BR-063")
def test_names_and_numbers_are_unique_among_live_routes_whatever_the_case(manager, admin, db):
    first = manager.post("/api/routes", json={"name": "North", "routeNumber": 1}).json

    for body in ({"name": "NORTH"}, {"name": "East", "routeNumber": 1}):
        answer = manager.post("/api/routes", json=body)
        assert (answer.status, answer.json["code"]) == (409, "DUPLICATE")

    assert admin.delete(f"/api/routes/{first['id']}").status == 200
    assert manager.post("/api/routes", json={"name": "north", "routeNumber": 1}).status == 201


@pytest.mark.rule("BR-064")
def test_a_driver_may_have_several_routes(manager, db):
    driver_id = factories.user(db)

    for name in ("A", "B"):
        assert manager.post("/api/routes", json={"name": name, "driverId": driver_id}).status == 201


@pytest.mark.rule("US-045")
def test_routes_are_listed_as_an_array_by_number_and_name(viewer, manager, db):
    former = factories.user(db, "former")
    factories.route(db, "b")
    factories.route(db, "A", driver_id=former)
    factories.route(db, "C", number=2)
    factories.route(db, "D", number=10)
    db.execute("UPDATE users SET role = 'viewer' WHERE id = %(id)s", id=former)

    for person in (viewer, manager):
        tours = person.get("/api/routes").json
        assert [tour["name"] for tour in tours] == ["C", "D", "A", "b"]
        assert (tours[2]["driver_id"], tours[2]["driver_name"], tours[2]["driver_email"]) == (former, None, None)


@pytest.mark.rule("US-088")
def test_a_driver_gets_own_routes_in_the_shape_of_the_app(driver, db):
    own = factories.route(db, "Own", number=3, driver_id=driver.user_id)
    factories.route(db, "Strange", driver_id=factories.user(db))
    devices = [factories.device(db, cabinets=("Cooler",), route_id=own) for _ in range(3)]
    factories.delete_device(db, devices[2].id)
    for status in ("pending", "in_progress", "completed", "cancelled"):
        cabinet = devices[0].cabinets[0].id
        order(db, own, cabinet, created_by=driver.user_id, status=status, driver_id=driver.user_id)

    answer = driver.get("/api/routes?since=2025-01-01T00:00:00Z")

    assert answer.status == 200
    (tour,) = answer.json["routes"]
    assert (tour["id"], tour["name"], tour["route_number"], tour["routeNumber"]) == (own, "Own", 3, 3)
    assert (tour["deviceCount"], tour["orderCount"], tour["driver_name"]) == (2, 2, "driveruser")


@pytest.mark.rule("BR-068", "US-045")
def test_a_new_driver_takes_over_the_pending_orders_but_not_those_under_way(manager, db):
    old, new = factories.user(db), factories.user(db)
    tour_id = factories.route(db, "North", number=1, driver_id=old)
    cabinet = factories.device(db, cabinets=("Cooler",), route_id=tour_id).cabinets[0].id
    orders = [
        order(db, tour_id, cabinet, created_by=manager.user_id, status=status, driver_id=old)
        for status in ("pending", "in_progress", "completed")
    ]

    answer = manager.put(f"/api/routes/{tour_id}", json={"name": "North", "routeNumber": 1, "driverId": new})

    assert (answer.status, answer.json["driver_id"], answer.json["version"]) == (200, new, 2)
    assert db.values("SELECT driver_id FROM service_orders ORDER BY id") == [new, old, old]
    assert db.values("SELECT sync_version FROM service_orders ORDER BY id") == [2, 1, 1]
    assert history(db, tour_id) == [(old, False, None), (new, True, manager.user_id)]
    assert actions(db) == ["route.updated", "route.driver_changed"]
    assert db.value("SELECT details FROM audit_events WHERE action = 'route.driver_changed'") == {
        "old_driver_id": old,
        "new_driver_id": new,
        "moved_order_ids": orders[:1],
    }


@pytest.mark.rule("BR-068")
def test_a_driver_that_is_left_out_is_taken_off(manager, db):
    old = factories.user(db)
    tour_id = factories.route(db, "North", driver_id=old)

    answer = manager.put(f"/api/routes/{tour_id}", json={"name": "North"})

    assert (answer.status, answer.json["driver_id"]) == (200, None)
    assert history(db, tour_id) == [(old, False, None)]


def test_saving_what_is_there_already_changes_nothing(manager, db):
    tour_id = factories.route(db, "North", number=4)

    answer = manager.put(f"/api/routes/{tour_id}", json={"name": "North", "routeNumber": 4})

    assert (answer.status, answer.json["version"]) == (200, 1)
    assert actions(db) == []


def test_a_stale_version_is_refused_and_none_is_accepted(manager, db):
    tour_id = factories.route(db, "North")

    assert manager.put(f"/api/routes/{tour_id}", json={"name": "A", "version": 1}).status == 200
    stale = manager.put(f"/api/routes/{tour_id}", json={"name": "B", "version": 1})
    assert (stale.status, stale.json["code"], stale.json["details"]) == (409, "VERSION_CONFLICT", {"version": 2})
    assert manager.put(f"/api/routes/{tour_id}", json={"name": "C"}).status == 200


def test_changing_what_is_not_there_is_a_404(admin, db):
    assert admin.put("/api/routes/99", json={"name": "A"}).json["error"] == "Route not found"
    assert admin.delete("/api/routes/99").status == 404


@pytest.mark.rule("BR-067")
def test_deleting_a_route_frees_its_devices_and_keeps_its_name(admin, db, advance):
    driver_id = factories.user(db)
    tour_id = factories.route(db, "North", number=1, driver_id=driver_id)
    device = factories.device(db, cabinets=("Cooler",), route_id=tour_id)
    done = order(db, tour_id, device.cabinets[0].id, created_by=admin.user_id, status="completed")
    advance(seconds=1)

    answer = admin.delete(f"/api/routes/{tour_id}")

    assert (answer.status, answer.json) == (200, {"message": 'Route "North" deleted successfully'})
    assert db.value("SELECT route_id FROM devices") is None
    assert db.value(
        "SELECT name FROM service_orders o JOIN routes r ON r.id = o.route_id WHERE o.id = %(id)s", id=done
    ) == ("North")
    assert (admin.get("/api/routes").json, admin.get(f"/api/routes/{tour_id}/devices").status) == ([], 404)
    assert history(db, tour_id) == [(driver_id, False, None)]
    assert db.value("SELECT details FROM audit_events") == {"name": "North", "device_ids": [device.id]}


@pytest.mark.rule("BR-067", "US-045")
@pytest.mark.parametrize("status", ["pending", "in_progress"])
def test_a_route_with_open_orders_stays(admin, db, status):
    driver_id = factories.user(db)
    tour_id = factories.route(db, driver_id=driver_id)
    device = factories.device(db, cabinets=("Cooler",), route_id=tour_id)
    waiting = order(db, tour_id, device.cabinets[0].id, created_by=admin.user_id, status=status, driver_id=driver_id)

    answer = admin.delete(f"/api/routes/{tour_id}")

    assert (answer.status, answer.json["details"]) == (409, {"orders": [waiting]})
    assert db.value("SELECT route_id FROM devices") == tour_id


def test_drivers_are_listed_by_name_without_those_who_cannot_drive(manager, db, driver, client):
    factories.user(db, "Adam")
    factories.user(db, "resting", active=False)
    deleted = factories.user(db, "gone", active=False)
    db.execute("UPDATE users SET deleted_at = now(), deleted_by = %(id)s WHERE id = %(id)s", id=deleted)

    answer = manager.get("/api/drivers")

    assert [(person["username"], person["is_active"]) for person in answer.json] == [("Adam", 1), ("driveruser", 1)]
    assert set(answer.json[0]) == {"id", "username", "email", "created_at", "is_active"}
    assert client.get("/api/drivers").status == 401


def test_who_may_do_what(client, driver, viewer, manager, admin, db):
    tour_id = factories.route(db, "North")
    body = {"name": "A"}
    for person in (driver, viewer):
        assert person.post("/api/routes", json=body).status == 403
        assert person.put(f"/api/routes/{tour_id}", json=body).status == 403
        assert person.get("/api/drivers").status == 403
    for person in (driver, viewer, manager):
        assert person.delete(f"/api/routes/{tour_id}").status == 403
    for request in (client.get("/api/routes"), client.post("/api/routes", json=body), client.get("/api/drivers")):
        assert request.status == 401
    assert db.value("SELECT name FROM routes") == "North"


@pytest.mark.rule("12.4")
def test_history_never_ends_before_it_began(manager, db, clock_at):
    tour_id = factories.route(db, "North", driver_id=factories.user(db))
    clock_at(datetime.now(UTC) - timedelta(hours=1))

    assert manager.put(f"/api/routes/{tour_id}", json={"name": "North"}).status == 200
