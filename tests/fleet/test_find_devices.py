"""Listing, showing and finding devices."""

from typing import Any

import pytest

from tests.support import factories
from tests.support.costs import statements_of


@pytest.mark.rule("US-101", "US-088")
@pytest.mark.parametrize("role", ["admin", "manager", "driver", "viewer"])
def test_everybody_sees_the_devices_with_type_location_and_cabinets(request: Any, db: Any, role: str) -> None:
    terminal = factories.location(db, "DTW Terminal B")
    device = factories.device(db, "999", cabinets=["Ambient+", "Cooler"], location_id=terminal)

    (seen,) = request.getfixturevalue(role).get("/api/devices").json

    assert (
        seen.items()
        >= {
            "id": device.id,
            "asset": "999",
            "cooler": "Near the gate",
            "model": "Ambient+",
            "location_id": terminal,
            "location": "DTW Terminal B",
            "device_type_id": 1,
            "device_type": "PicoVision",
        }.items()
    )
    assert seen["deviceTypeDetails"] == {
        "id": 1,
        "name": "PicoVision",
        "description": "One to three cabinets, added freely",
        "allowsAdditionalCabinets": True,
    }
    assert seen["created_at"].endswith("Z")
    assert seen["cabinetConfiguration"][1] == {
        "id": device.cabinets[1].id,
        "typeId": 1,
        "cabinetType": "Cooler",
        "modelName": "Cooler",
        "cabinet_type": "Cooler",
        "cabinetIndex": 1,
        "cabinet_index": 1,
        "isParent": False,
        "is_parent": False,
        "rows": 5,
        "columns": 8,
        "planogramKey": "999-Cooler-1",
    }


def test_the_newest_device_stands_first(manager: Any, db: Any) -> None:
    first, second = factories.device(db), factories.device(db)
    db.execute("UPDATE devices SET created_at = now() - interval '1 day' WHERE id = %(id)s", id=second.id)

    assert [device["id"] for device in manager.get("/api/devices").json] == [first.id, second.id]


@pytest.mark.rule("US-112")
def test_the_lists_cost_the_same_however_many_devices_there_are(manager: Any, db: Any, caplog: Any) -> None:
    paths = ["/api/devices", "/api/devices/page", "/api/planograms/export", "/api/locations"]
    factories.device(db)
    few = [statements_of(caplog, lambda path=path: manager.get(path)) for path in paths]
    for _ in range(7):
        factories.device(db, cabinets=["Cooler", "Freezer", "Ambient"], location_id=factories.location(db))

    assert [statements_of(caplog, lambda path=path: manager.get(path)) for path in paths] == few


@pytest.mark.rule("BR-052", "US-019")
def test_a_deleted_device_is_gone_for_everybody_but_the_admin(manager: Any, admin: Any, db: Any) -> None:
    device = factories.device(db)
    factories.delete_device(db, device.id)

    assert manager.get("/api/devices").json == []
    assert manager.get("/api/devices/page").json["devices"] == []
    assert manager.get(f"/api/devices/{device.id}").status == 404
    assert admin.get(f"/api/devices/{device.id}").json["deleted_at"] is not None


def test_one_device_is_shown_as_the_list_shows_it(viewer: Any, db: Any) -> None:
    device = factories.device(db)

    assert viewer.get(f"/api/devices/{device.id}").json == viewer.get("/api/devices").json[0]
    assert viewer.get("/api/devices/999").json["error"] == "Device not found"


@pytest.fixture
def fleet(db: Any) -> dict[str, int]:
    """Five devices: two at the airport, one of them on a route; one Express; one called 50%; one with another name."""
    airport, route = factories.location(db, "Airport West"), factories.route(db)
    return {
        "b2": factories.device(db, "b2", location_id=airport, route_id=route).id,
        "A1": factories.device(db, "A1", location_id=airport).id,
        "x9": factories.device(db, "x9", device_type="PicoVision Express").id,
        "p5": factories.device(db, "p5", nickname="50% off").id,
        "q7": factories.device(db, "q7", nickname="500 seats").id,
    }


def found(answer: Any) -> list[str]:
    return [device["asset"] for device in answer.json["devices"]]


@pytest.mark.rule("BR-053", "US-043")
@pytest.mark.parametrize(
    ("search", "assets"),
    [("a1", ["A1"]), ("GATE", ["A1", "b2", "x9"]), ("port w", ["A1", "b2"]), ("50%", ["p5"]), ("_", []), ("x'", [])],
)
def test_text_is_found_in_asset_nickname_and_location(manager: Any, fleet: Any, search: str, assets: list[str]) -> None:
    assert found(manager.get("/api/devices/page", params={"search": search})) == assets


@pytest.mark.rule("BR-053", "US-043")
def test_filters_narrow_the_page(manager: Any, db: Any, fleet: Any) -> None:
    airport = db.value("SELECT id FROM locations WHERE name = 'Airport West'")
    route = db.value("SELECT id FROM routes")
    express = db.value("SELECT id FROM device_types WHERE name = 'PicoVision Express'")

    assert found(manager.get(f"/api/devices/page?location_id={airport}")) == ["A1", "b2"]
    assert found(manager.get(f"/api/devices/page?route_id={route}")) == ["b2"]
    assert found(manager.get("/api/devices/page?has_route=true")) == ["b2"]
    assert found(manager.get("/api/devices/page?has_route=false")) == ["A1", "p5", "q7", "x9"]
    assert found(manager.get(f"/api/devices/page?device_type_id={express}")) == ["x9"]


@pytest.mark.rule("BR-053")
def test_pages_follow_each_other_and_tell_the_total(manager: Any, fleet: Any) -> None:
    first = manager.get("/api/devices/page?per_page=2")
    last = manager.get("/api/devices/page?per_page=2&page=3")

    assert (found(first), found(last)) == (["A1", "b2"], ["x9"])
    assert last.json["pagination"] == {"page": 3, "per_page": 2, "total": 5, "pages": 3}
    assert found(manager.get("/api/devices/page?per_page=2&page=9")) == []


def test_a_page_is_sorted_as_asked(manager: Any, fleet: Any) -> None:
    assert found(manager.get("/api/devices/page?sort=cooler")) == ["p5", "q7", "b2", "A1", "x9"]
    assert found(manager.get("/api/devices/page?sort=location")) == ["b2", "A1", "x9", "p5", "q7"]


@pytest.mark.parametrize("query", ["page=0", "per_page=201", "per_page=x", "sort=price", "has_route=perhaps"])
def test_a_page_that_cannot_be_is_refused(manager: Any, query: str) -> None:
    assert manager.get(f"/api/devices/page?{query}").status == 400


@pytest.mark.slow
@pytest.mark.rule("US-043", "US-112")
def test_ten_thousand_devices_are_paged_and_the_whole_list_is_bounded(manager: Any, db: Any) -> None:
    db.execute(
        """
        INSERT INTO devices (asset, nickname, device_type_id, location_id, model)
        SELECT 'n' || n, 'Spot ' || n, 1, (SELECT id FROM locations WHERE is_default), 'Cooler'
          FROM generate_series(1, 10000) n
        """
    )
    db.execute(
        """
        INSERT INTO device_cabinets (device_id, cabinet_type_id, cabinet_index, rows, cols)
        SELECT id, 1, cabinet_index, 5, 8
          FROM devices, generate_series(0, 1) cabinet_index
        """
    )

    answer = manager.get("/api/devices/page?search=spot&page=40&per_page=200")

    assert (len(answer.json["devices"]), answer.json["pagination"]["total"]) == (200, 10000)
    assert len(manager.get("/api/devices").json) == 5000
