"""Types of devices and cabinets."""

from typing import Any

import pytest

from tests.support import factories

KIOSK = {"name": "Kiosk", "description": "Stands in a lobby"}
TALL = {"name": "Tall", "description": "Ten rows", "rows": 10, "cols": 6, "icon": "T"}


@pytest.mark.rule("US-027")
def test_everybody_reads_the_types_that_every_installation_has(viewer: Any) -> None:
    assert [(kind["id"], kind["name"], kind["allowsAdditionalCabinets"]) for kind in _device_types(viewer)] == [
        (1, "PicoVision", True),
        (2, "PicoVision Express", False),
        (3, "Stockwell", False),
    ]
    assert {
        kind["id"]: (kind["name"], kind["rows"], kind["cols"], kind["icon"]) for kind in _cabinet_types(viewer)
    } == {
        1: ("Cooler", 5, 8, "C"),
        2: ("Freezer", 5, 8, "F"),
        3: ("Ambient", 5, 8, "A"),
        4: ("Ambient+", 6, 9, "A+"),
        5: ("Stockwell Cooler", 4, 7, "SC"),
        6: ("Stockwell Ambient", 4, 7, "SA"),
    }


def _device_types(client: Any) -> Any:
    return client.get("/api/device-types").json


def _cabinet_types(client: Any) -> Any:
    return client.get("/api/cabinet-types").json


@pytest.mark.rule("US-027")
@pytest.mark.parametrize(
    ("limits", "least", "most", "fixed"),
    [
        ({}, 1, 1, 1),
        ({"allowsAdditionalCabinets": True}, 1, 3, None),
        ({"fixedCabinetCount": 2}, 2, 2, 2),
        ({"allowsAdditionalCabinets": True, "minCabinets": 2}, 2, 3, None),
    ],
)
def test_an_admin_writes_a_device_type(admin: Any, limits: Any, least: int, most: int, fixed: int | None) -> None:
    answer = admin.post("/api/device-types", json={**KIOSK, **limits})

    assert answer.status == 201
    assert answer.json.items() >= KIOSK.items()
    assert (answer.json["minCabinets"], answer.json["maxCabinets"], answer.json["fixedCabinetCount"]) == (
        least,
        most,
        fixed,
    )


@pytest.mark.rule("US-027")
def test_an_admin_writes_and_changes_a_cabinet_type(admin: Any, db: Any) -> None:
    created = admin.post("/api/cabinet-types", json=TALL)
    changed = admin.put(f"/api/cabinet-types/{created.json['id']}", json={**TALL, "icon": "TT"})

    assert (created.status, changed.status) == (201, 200)
    assert changed.json == {"id": created.json["id"], **TALL, "icon": "TT", "temperatureClass": "ambient"}
    assert db.values("SELECT action FROM audit_events WHERE resource_type = 'cabinet_type' ORDER BY id") == [
        "cabinet_type.created",
        "cabinet_type.updated",
    ]
    assert db.value("SELECT after FROM audit_events WHERE action = 'cabinet_type.updated'") == {"icon": "TT"}


def test_a_new_name_of_a_cabinet_type_shows_in_keys_and_models(admin: Any, db: Any) -> None:
    factories.device(db, "9", cabinets=["Ambient+"])

    admin.put("/api/cabinet-types/4", json={**TALL, "name": "Large-Ambient", "rows": 6, "cols": 9})

    (device,) = admin.get("/api/devices").json
    assert (device["model"], device["cabinetConfiguration"][0]["modelName"]) == ("Large-Ambient", "Large-Ambient")
    assert len(admin.get("/api/planograms/9-Large-Ambient-0").json) == 54


@pytest.mark.rule("BR-044")
def test_cabinets_keep_their_grid_when_their_type_changes(admin: Any, db: Any) -> None:
    factories.device(db, "9", cabinets=["Cooler"])

    admin.put("/api/cabinet-types/1", json={**TALL, "name": "Cooler"})

    assert len(admin.get("/api/planograms/9-Cooler-0").json) == 40


@pytest.mark.rule("BR-054", "US-027")
def test_types_in_use_are_not_deleted_not_even_those_of_deleted_devices(admin: Any, db: Any) -> None:
    factories.delete_device(db, factories.device(db, cabinets=["Cooler"]).id)

    for path in ("/api/device-types/1", "/api/cabinet-types/1"):
        answer = admin.delete(path)
        assert (answer.status, answer.json["code"]) == (409, "CONSTRAINT_VIOLATION")


@pytest.mark.rule("US-027")
def test_types_that_nothing_is_of_are_deleted(admin: Any, db: Any) -> None:
    assert admin.delete("/api/device-types/3").json["message"] == 'Device type "Stockwell" deleted successfully'
    assert admin.delete("/api/cabinet-types/6").status == 200
    assert admin.delete("/api/cabinet-types/6").status == 404
    assert [kind["id"] for kind in _device_types(admin)] == [1, 2]
    assert db.value("SELECT count(*) FROM audit_events WHERE action LIKE '%%type.deleted'") == 2


def test_limits_that_devices_do_not_keep_are_refused(admin: Any, db: Any) -> None:
    factories.device(db, cabinets=["Cooler", "Freezer"])

    answer = admin.put("/api/device-types/1", json={**KIOSK, "fixedCabinetCount": 1})

    assert (answer.status, answer.json["details"]) == (409, {"devices": 1})
    assert admin.put("/api/device-types/1", json={**KIOSK, "allowsAdditionalCabinets": True}).status == 200


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("/api/device-types", {"name": "Kiosk"}, "Name and description are required"),
        ("/api/device-types", {**KIOSK, "name": "  "}, "Name and description are required"),
        (
            "/api/device-types",
            {**KIOSK, "minCabinets": 3, "maxCabinets": 2},
            "minCabinets must not be above maxCabinets",
        ),
        ("/api/cabinet-types", {**TALL, "icon": ""}, "Name, description, rows, cols, and icon are required"),
    ],
)
def test_half_a_type_is_refused(admin: Any, path: str, body: Any, error: str) -> None:
    answer = admin.post(path, json=body)

    assert (answer.status, answer.json["error"]) == (400, error)


@pytest.mark.parametrize("grid", [{"rows": 0}, {"rows": 21}, {"cols": -1}, {"cols": "x"}, {"temperatureClass": "hot"}])
def test_a_grid_has_one_to_twenty_rows_and_columns(admin: Any, grid: Any) -> None:
    assert admin.post("/api/cabinet-types", json={**TALL, **grid}).status == 400


@pytest.mark.parametrize(
    ("path", "body", "error"),
    [
        ("/api/device-types", {**KIOSK, "name": "picovision"}, "Device type with this name already exists"),
        ("/api/cabinet-types", {**TALL, "name": "COOLER"}, "Cabinet type with this name already exists"),
    ],
)
def test_a_taken_name_is_refused_whatever_its_case(admin: Any, path: str, body: Any, error: str) -> None:
    answer = admin.post(path, json=body)

    assert (answer.status, answer.json["error"]) == (409, error)


@pytest.mark.parametrize("role", ["manager", "driver", "viewer"])
def test_only_admins_keep_the_types(request: Any, role: str) -> None:
    person = request.getfixturevalue(role)

    assert person.post("/api/device-types", json=KIOSK).status == 403
    assert person.put("/api/device-types/1", json=KIOSK).status == 403
    assert person.delete("/api/device-types/3").status == 403
    assert person.post("/api/cabinet-types", json=TALL).status == 403
    assert person.put("/api/cabinet-types/1", json=TALL).status == 403
    assert person.delete("/api/cabinet-types/1").status == 403
