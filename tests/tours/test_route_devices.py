"""The devices of a route: their stock, and moving them."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.planning.sold import sell
from tests.planning.statements import statements_of
from tests.support import factories
from tests.support.factories import Fill
from tests.tours.open_orders import order

NOW = datetime(2025, 6, 15, 18, 0, tzinfo=UTC)


@pytest.fixture
def tour_id(db, clock_at):
    clock_at(NOW)
    return factories.route(db, "North", number=1)


@pytest.mark.rule("US-050", "7.3", "7.4", "C-17", "C-19", "C-47")
def test_every_cabinet_comes_with_its_stock_also_an_empty_one(manager, db, tour_id):
    cola = factories.product(db, "Cola")
    place = factories.location(db, "Airport", address="1 Airport Drive")
    device = factories.device(db, "100", cabinets=("Cooler", "Ambient"), location_id=place, route_id=tour_id)
    factories.fill(db, device.cabinets[0], {"A1": Fill(cola, 3), "B1": Fill(cola, 0, capacity=30, par_level=20)})
    sell(db, device.id, cola, units=84, sold_at=NOW - timedelta(days=3))

    answer = manager.get(f"/api/routes/{tour_id}/devices")

    assert answer.status == 200
    assert (answer.json["routeId"], answer.json["routeName"]) == (tour_id, "North")
    (shown,) = answer.json["devices"]
    figures = {
        "soldOutCount": 1,
        "daysRemainingInventory": 4,
        "dailyConsumptionRate": 3.0,
        "productLevelPercent": 7.5,
        "unitsToPick": 25,
        "totalSlots": 2,
        "fillRatePercent": 15.0,
        "healthClass": "ok",
        "preselected": False,
    }
    assert shown["slotMetrics"] == figures
    parent, empty = shown["cabinets"]
    assert parent == {
        "cabinetId": device.cabinets[0].id,
        "cabinetIndex": 0,
        "isParent": True,
        "cabinetType": "Cooler",
        "modelName": "Cooler",
        "metrics": figures,
    }
    assert (empty["cabinetIndex"], empty["metrics"]["totalSlots"], empty["metrics"]["productLevelPercent"]) == (1, 0, 0)
    assert empty["metrics"]["daysRemainingInventory"] == 999
    assert (shown["location"], shown["locationAddress"], shown["locationLatitude"]) == (
        "Airport",
        "1 Airport Drive",
        None,
    )
    assert (shown["asset"], shown["cooler"], shown["deviceTypeDetails"]["name"]) == (
        "100",
        "Near the gate",
        "PicoVision",
    )
    assert [(c["cabinetType"], c["rows"], c["columns"]) for c in shown["cabinetConfiguration"]] == [
        ("Cooler", 5, 8),
        ("Ambient", 5, 8),
    ]
    assert (shown["metrics"]["unitsToPar"], shown["metrics"]["daysSinceService"]) == (25, None)


@pytest.mark.rule("US-050", "7.4")
def test_critical_cabinets_are_preselected_by_the_settings_and_stops_are_ranked(manager, db, tour_id):
    cola = factories.product(db)
    devices = {}
    for asset, quantity in (("A", 9), ("B", 1), ("C", 3)):
        devices[asset] = factories.device(db, asset, cabinets=("Cooler",), route_id=tour_id)
        factories.fill(db, devices[asset].cabinets[0], {"A1": Fill(cola, quantity)})
        sell(db, devices[asset].id, cola, units=28, sold_at=NOW - timedelta(days=1))

    def shown():
        return {
            it["asset"]: (it["stopRank"], it["healthClass"], it["cabinets"][0]["metrics"]["preselected"])
            for it in manager.get(f"/api/routes/{tour_id}/devices").json["devices"]
        }

    assert shown() == {"A": (3, "good", False), "B": (1, "critical", True), "C": (2, "warning", False)}
    db.execute("UPDATE route_planning_settings SET critical_dri_days = 9, warning_dri_days = 10, ok_dri_days = 11")
    assert {preselected for _, _, preselected in shown().values()} == {True}
    db.execute("UPDATE route_planning_settings SET auto_select_critical = false")
    assert {preselected for _, _, preselected in shown().values()} == {False}


def test_devices_are_ordered_by_location_and_asset_and_deleted_ones_are_gone(viewer, db, tour_id):
    near, far = factories.location(db, "airport"), factories.location(db, "Zoo")
    for asset, place in (("3", far), ("2", near), ("1", near), ("0", near)):
        device = factories.device(db, asset, cabinets=("Cooler",), location_id=place, route_id=tour_id)
    factories.delete_device(db, device.id)

    assert [it["asset"] for it in viewer.get(f"/api/routes/{tour_id}/devices").json["devices"]] == ["1", "2", "3"]


@pytest.mark.rule("US-112", "BR-152")
def test_the_cost_does_not_grow_with_the_devices_and_nothing_is_written(manager, db, tour_id, caplog):
    def cost():
        return statements_of(caplog, lambda: manager.get(f"/api/routes/{tour_id}/devices"))

    cola = factories.product(db)
    manager.get("/api/routes")
    for count in (1, 4):
        for _ in range(count):
            device = factories.device(db, cabinets=("Cooler", "Ambient"), route_id=tour_id)
            factories.fill(db, device.cabinets[1], {"A1": Fill(cola, 1), "A2": Fill(cola, 2)})
        if count == 1:
            few = cost()

    assert cost() == few
    assert db.value("SELECT count(*) FROM device_metrics") == 0


@pytest.mark.rule("US-088")
def test_a_driver_sees_own_routes_only(driver, db):
    own = factories.route(db, driver_id=driver.user_id)
    strange = factories.route(db, driver_id=factories.user(db))

    assert driver.get(f"/api/routes/{own}/devices").json["devices"] == []
    answer = driver.get(f"/api/routes/{strange}/devices")
    assert (answer.status, answer.json["error"]) == (404, "Route not found")


@pytest.mark.rule("BR-065")
def test_a_device_moves_from_its_old_route(manager, db, tour_id):
    old = factories.route(db)
    device = factories.device(db, route_id=old)

    answer = manager.post(f"/api/routes/{tour_id}/assign-device", json={"deviceId": device.id})

    assert answer.status == 200
    assert answer.json == {"message": "Device assigned to route successfully", "previousRouteId": old}
    assert db.value("SELECT route_id FROM devices") == tour_id
    assert db.value("SELECT (action, resource_id, details)::text FROM audit_events") == db.value(
        """
        SELECT ('route.device_assigned', %(tour)s::text,
                jsonb_build_object('device_id', %(device)s::bigint, 'previous_route_id', %(old)s::bigint,
                                   'forced', false))::text
        """,
        tour=tour_id,
        device=device.id,
        old=old,
    )


@pytest.mark.rule("BR-065")
def test_what_cannot_be_assigned(manager, db, tour_id):
    device = factories.device(db, route_id=tour_id)
    gone = factories.device(db)
    factories.delete_device(db, gone.id)
    path = f"/api/routes/{tour_id}/assign-device"

    for body, status, sentence in (
        ({}, 400, "Device ID is required"),
        ({"deviceId": None}, 400, "Device ID is required"),
        ({"deviceId": 999}, 404, "Device not found"),
        ({"deviceId": gone.id}, 404, "Device not found"),
        ({"deviceId": device.id}, 409, "Device already assigned to this route"),
    ):
        answer = manager.post(path, json=body)
        assert (answer.status, answer.json["error"]) == (status, sentence)
    answer = manager.post("/api/routes/999/assign-device", json={"deviceId": device.id})
    assert (answer.status, answer.json["error"]) == (404, "Route not found")


@pytest.mark.rule("BR-066")
def test_a_device_in_an_open_order_is_moved_or_removed_by_force_only(manager, db, tour_id):
    new = factories.route(db)
    device = factories.device(db, cabinets=("Cooler",), route_id=tour_id)
    waiting = order(db, tour_id, device.cabinets[0].id, created_by=manager.user_id)
    order(db, tour_id, device.cabinets[0].id, created_by=manager.user_id, status="cancelled")

    for answer in (
        manager.post(f"/api/routes/{new}/assign-device", json={"deviceId": device.id}),
        manager.delete(f"/api/routes/{tour_id}/remove-device?deviceId={device.id}"),
    ):
        assert (answer.status, answer.json["details"]) == (409, {"orders": [waiting]})
    assert db.value("SELECT route_id FROM devices") == tour_id

    forced = manager.post(f"/api/routes/{new}/assign-device", json={"deviceId": device.id, "force": True})
    assert (forced.status, db.value("SELECT route_id FROM devices")) == (200, new)


@pytest.mark.rule("BR-066")
def test_an_order_of_another_route_does_not_hold_a_device(manager, db, tour_id):
    new = factories.route(db)
    device = factories.device(db, cabinets=("Cooler",), route_id=tour_id)
    order(db, new, device.cabinets[0].id, created_by=manager.user_id)

    assert manager.delete(f"/api/routes/{tour_id}/remove-device?deviceId={device.id}").status == 200


def test_a_device_is_removed_from_its_route(manager, db, tour_id):
    device = factories.device(db, route_id=tour_id)
    path = f"/api/routes/{tour_id}/remove-device"

    answer = manager.delete(f"{path}?deviceId={device.id}")

    assert (answer.status, answer.json) == (200, {"message": "Device removed from route successfully"})
    assert db.value("SELECT route_id FROM devices") is None
    assert db.values("SELECT action FROM audit_events") == ["route.device_removed"]
    again = manager.delete(f"{path}?deviceId={device.id}")
    assert (again.status, again.json["error"]) == (404, "Device not found on this route")
    missing = manager.delete(path)
    assert (missing.status, missing.json["error"]) == (400, "Device ID is required")


def test_drivers_and_viewers_move_no_devices(driver, viewer, client, db, tour_id):
    device = factories.device(db, route_id=tour_id)
    for person, status in ((driver, 403), (viewer, 403), (client, 401)):
        body = {"deviceId": device.id}
        assert person.post(f"/api/routes/{tour_id}/assign-device", json=body).status == status
        assert person.delete(f"/api/routes/{tour_id}/remove-device?deviceId={device.id}").status == status
    assert client.get(f"/api/routes/{tour_id}/devices").status == 401
