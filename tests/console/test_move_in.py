"""Bringing in what the old application kept in a browser."""

from typing import Any

from chalicelib.kit.db import Connection
from tests.support import factories
from tests.support.people import SignedIn

CABINETS = [{"cabinetType": "Cooler"}]


def device(asset: str, **more: Any) -> dict[str, Any]:
    return {"asset": asset, "cooler": "Near the gate", "model": "Cooler", "cabinetConfiguration": CABINETS, **more}


def test_devices_come_in_with_their_planograms(admin: SignedIn, db: Connection) -> None:
    cola = factories.product(db, "Cola", price_cents=200)
    slot = {"productId": cola, "productName": "Cola", "quantity": 3, "capacity": 10, "parLevel": 8, "price": 2}

    answer = admin.post("/api/migrate", json={"devices": [device("900")], "planograms": {"900-Cooler-0": {"A1": slot}}})

    assert answer.json == {"success": True, "migratedDevices": 1, "migratedPlanograms": 1, "errors": []}
    shown = admin.get("/api/planograms/900-Cooler-0").json
    assert "Cola" in str(shown)
    moved = db.value("SELECT details FROM audit_events WHERE action = 'storage.migrated'")
    assert moved == {"devices": 1, "planograms": 1, "problems": 0}


def test_what_cannot_come_in_is_told_and_holds_nothing_up(admin: SignedIn, db: Connection) -> None:
    factories.device(db, "901")
    given = [
        device("901"),
        device("no good"),
        device("902", deviceType="rocket"),
        device("903", cabinetConfiguration=[{"cabinetType": "Shelf"}]),
        device("904", deviceType="express"),
        device("904"),
        {},
    ]

    told = admin.post("/api/migrate", json={"devices": given, "planograms": {"999-Cooler-0": {"A1": {}}}}).json

    assert (told["migratedDevices"], told["migratedPlanograms"]) == (1, 0)
    assert [error.split(":")[0] for error in told["errors"]] == [
        "Device 901",
        "Device no good",
        "Device 902",
        "Device 903",
        "Device 904",
        "Device without asset",
        "Planogram 999-Cooler-0",
    ]
    assert db.values("SELECT asset FROM devices ORDER BY asset") == ["901", "904"]


def test_bringing_in_again_changes_nothing(admin: SignedIn, db: Connection) -> None:
    given = {"devices": [device("900")], "planograms": {}}

    admin.post("/api/migrate", json=given)
    again = admin.post("/api/migrate", json=given).json

    assert again["migratedDevices"] == 0
    assert db.value("SELECT count(*) FROM devices") == 1
