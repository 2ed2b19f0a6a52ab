"""Registering a device."""

from typing import Any

import pytest

from tests.support import factories
from tests.support.costs import at_once

ROWS = {"devices", "device_cabinets", "planograms", "planogram_slots"}


def wish(asset: str = "546t4", *, cabinets: Any = ("Ambient+",), **more: Any) -> dict[str, Any]:
    """Return a registration as the page sends it."""
    return {
        "asset": asset,
        "cooler": "Near Gate B5",
        "model": cabinets[0] if cabinets else "Cooler",
        "device_type_id": 1,
        "location_id": 1,
        "cabinetConfiguration": [{"modelName": name, "isParent": not place} for place, name in enumerate(cabinets)],
        **more,
    }


def counted(db: Any) -> dict[str, int]:
    return {table: db.value(f"SELECT count(*) FROM {table}") for table in ROWS}  # noqa: S608 - names from above


@pytest.mark.rule("BR-040", "BR-043", "BR-044", "US-040", "US-101")
def test_a_device_gets_its_cabinets_with_an_empty_slot_for_each_cell(manager: Any, db: Any) -> None:
    answer = manager.post("/api/devices", json=wish(cabinets=["Ambient+", "Cooler"]))

    assert answer.status == 201
    assert {name: answer.json[name] for name in ("asset", "cooler", "location_id", "model", "device_type_id")} == {
        "asset": "546t4",
        "cooler": "Near Gate B5",
        "location_id": 1,
        "model": "Ambient+",
        "device_type_id": 1,
    }
    assert [cabinet["planogramKey"] for cabinet in answer.json["cabinetConfiguration"]] == [
        "546t4-Ambient+-0",
        "546t4-Cooler-1",
    ]
    grid = manager.get("/api/planograms/546t4-Ambient+-0").json
    assert list(grid) == [f"{row}{column}" for row in "ABCDEF" for column in range(1, 10)]
    assert {slot["productId"] for slot in grid.values()} == {1}
    assert len(manager.get("/api/planograms/546t4-Cooler-1").json) == 40


def test_registering_leaves_a_trace_in_the_audit_trail_and_the_outbox(manager: Any, db: Any) -> None:
    device_id = manager.post("/api/devices", json=wish()).json["id"]

    assert db.values("SELECT resource_id FROM audit_events WHERE action = 'device.created'") == [str(device_id)]
    assert db.value("SELECT after->>'asset' FROM audit_events WHERE action = 'device.created'") == "546t4"
    assert db.values("SELECT resource_id FROM outbox WHERE topic = 'device.created'") == [str(device_id)]


@pytest.mark.rule("BR-042")
@pytest.mark.parametrize("nothing", [None, 0, ""])
def test_without_a_location_the_device_stands_at_the_default_one(manager: Any, db: Any, nothing: Any) -> None:
    db.execute("UPDATE locations SET is_default = false")
    home = factories.location(db, "Depot")
    db.execute("UPDATE locations SET is_default = true WHERE id = %(home)s", home=home)

    answer = manager.post("/api/devices", json=wish(location_id=nothing))

    assert (answer.status, answer.json["location_id"]) == (201, home)


def test_a_location_may_be_given_by_name(manager: Any, db: Any) -> None:
    terminal = factories.location(db, "DTW Terminal B")

    answer = manager.post("/api/devices", json=wish(location_id=None, location="dtw terminal b"))

    assert (answer.status, answer.json["location_id"]) == (201, terminal)


def test_without_cabinets_the_model_names_the_one_that_it_gets(manager: Any) -> None:
    answer = manager.post("/api/devices", json=wish(cabinets=[]))

    assert [cabinet["cabinetType"] for cabinet in answer.json["cabinetConfiguration"]] == ["Cooler"]


@pytest.mark.rule("BR-040", "US-040")
def test_an_asset_of_a_live_device_is_refused_whatever_its_case(manager: Any, db: Any) -> None:
    factories.device(db, "546T4")
    before = counted(db)

    answer = manager.post("/api/devices", json=wish("546t4"))

    assert (answer.status, answer.json["code"]) == (409, "DUPLICATE")
    assert answer.json["error"] == "Device with this asset number already exists"
    assert counted(db) == before


@pytest.mark.rule("BR-047")
def test_the_asset_of_a_deleted_device_may_be_used_again(manager: Any, db: Any) -> None:
    factories.delete_device(db, factories.device(db, "546t4").id)

    assert manager.post("/api/devices", json=wish("546t4")).status == 201


@pytest.mark.rule("BR-040")
def test_of_two_registrations_of_one_asset_at_once_one_wins(manager: Any, admin: Any, db: Any) -> None:
    for person in (manager, admin):
        assert person.session_id

    answers = at_once(
        lambda: manager.post("/api/devices", json=wish("77", cooler="first")),
        lambda: admin.post("/api/devices", json=wish("77", cooler="second")),
    )

    assert sorted(answer.status for answer in answers) == [201, 409]
    assert counted(db) == {"devices": 1, "device_cabinets": 1, "planograms": 1, "planogram_slots": 54}


@pytest.mark.rule("BR-042")
@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("device_type_id", 99, "Invalid device type ID: 99"),
        ("location_id", 99, "Invalid location: 99"),
        ("route_id", 99, "Invalid route ID: 99"),
        ("cabinetConfiguration", [{"cabinetType": "Oven"}], "Invalid cabinet type: Oven"),
    ],
)
def test_what_is_not_there_is_refused_by_the_name_of_its_field(
    manager: Any, db: Any, field: str, value: Any, error: str
) -> None:
    answer = manager.post("/api/devices", json=wish(**{field: value}))

    assert (answer.status, answer.json["error"], answer.json["details"]["field"]) == (400, error, field)
    assert counted(db) == dict.fromkeys(ROWS, 0)


@pytest.mark.rule("BR-042")
def test_a_location_name_that_nothing_has_is_refused(manager: Any) -> None:
    answer = manager.post("/api/devices", json=wish(location_id=None, location="Nowhere"))

    assert (answer.status, answer.json["details"]["field"]) == (400, "location")


@pytest.mark.rule("BR-043", "US-040")
@pytest.mark.parametrize(
    ("device_type", "cabinets", "error"),
    [
        ("PicoVision Express", ["Cooler", "Cooler"], "PicoVision Express has exactly 1 cabinet, not 2."),
        ("Stockwell", ["Stockwell Cooler"], "Stockwell has exactly 2 cabinets, not 1."),
        ("PicoVision", ["Cooler"] * 4, "PicoVision has 1 to 3 cabinets, not 4."),
    ],
)
def test_the_device_type_limits_the_number_of_cabinets(
    manager: Any, db: Any, device_type: str, cabinets: list[str], error: str
) -> None:
    type_id = db.value("SELECT id FROM device_types WHERE name = %(name)s", name=device_type)

    answer = manager.post("/api/devices", json=wish(cabinets=cabinets, device_type_id=type_id))

    assert (answer.status, answer.json["error"]) == (400, error)
    assert counted(db) == dict.fromkeys(ROWS, 0)


def test_a_stockwell_with_both_its_cabinets_is_registered(manager: Any, db: Any) -> None:
    stockwell = db.value("SELECT id FROM device_types WHERE name = 'Stockwell'")
    cabinets = ["Stockwell Cooler", "Stockwell Ambient"]

    answer = manager.post("/api/devices", json=wish("546335", cabinets=cabinets, device_type_id=stockwell))

    assert answer.status == 201
    assert len(manager.get("/api/planograms/546335-Stockwell%20Cooler-0").json) == 28


@pytest.mark.rule("BR-040", "BR-041")
@pytest.mark.parametrize("missing", ["asset", "cooler", "model", "device_type_id"])
def test_what_every_device_has_is_required(manager: Any, missing: str) -> None:
    body = wish()
    del body[missing]

    answer = manager.post("/api/devices", json=body)

    assert (answer.status, answer.json["error"]) == (400, f"{missing} is required")


def test_no_device_type_is_as_good_as_none_sent(manager: Any) -> None:
    answer = manager.post("/api/devices", json=wish(device_type_id=None))

    assert (answer.status, answer.json["error"]) == (400, "device_type_id is required")


@pytest.mark.rule("BR-041")
@pytest.mark.parametrize("asset", ["", "   ", "546 t4", "5_4", "x" * 21, "Ä1"])
def test_an_asset_has_letters_digits_and_hyphens_only(manager: Any, asset: str) -> None:
    assert manager.post("/api/devices", json=wish(asset)).status == 400


@pytest.mark.rule("BR-041")
@pytest.mark.parametrize("asset", ["1", "546-t4", "x" * 20, " 99 "])
def test_short_long_and_hyphenated_assets_are_taken(manager: Any, asset: str) -> None:
    assert manager.post("/api/devices", json=wish(asset)).json["asset"] == asset.strip()


@pytest.mark.parametrize("role", ["driver", "viewer"])
def test_drivers_and_viewers_register_no_devices(request: Any, db: Any, role: str) -> None:
    assert request.getfixturevalue(role).post("/api/devices", json=wish()).status == 403
    assert counted(db) == dict.fromkeys(ROWS, 0)
