"""The main job on real input: import, sign in, read, plan, service, count, undo, and prove the trail."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chalicelib.kit import audit_chain
from chalicelib.kit.db import Connection
from tests.journey.conftest import Browserless

DEVICE, ROUTE = 6, 1
ROOT = Path(__file__).parents[2]


def today() -> str:
    return datetime.now(UTC).astimezone(ZoneInfo("America/Detroit")).date().isoformat()


def import_legacy(file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.legacy", "import", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def stock(db: Connection, cabinet_id: int) -> list[tuple[int, int, int, int, int]]:
    """Slot, product, quantity, par and capacity of a cabinet's occupied slots, in position order."""
    rows = db.values(
        """
        SELECT jsonb_build_array(slot.id, slot.product_id, slot.quantity, slot.par_level, slot.capacity)
          FROM planogram_slots slot
          JOIN planograms planogram ON planogram.id = slot.planogram_id
         WHERE planogram.cabinet_id = %(cabinet_id)s
           AND slot.product_id IS NOT NULL
         ORDER BY slot.row_no, slot.col_no
        """,
        cabinet_id=cabinet_id,
    )
    return [tuple(row) for row in rows]


def by_filling_par_first(before: list[tuple[int, int, int, int, int]], delivered: dict[int, int]) -> dict[int, int]:
    """What each slot holds after a delivery by BR-114, worked out anew."""
    held = {slot: quantity for slot, _, quantity, _, _ in before}
    left = dict(delivered)
    for limit in (3, 4):
        for row in before:
            slot, product = row[0], row[1]
            added = max(0, min(left.get(product, 0), row[limit] - held[slot]))
            held[slot] += added
            left[product] = left.get(product, 0) - added
    return held


@pytest.mark.real_data
@pytest.mark.rule("US-028", "US-052", "US-054", "US-080", "US-084", "US-003", "BR-114", "BR-117", "BR-119", "US-029")
def test_the_first_journey_on_a_real_fleet(served: Callable[[], Browserless], db: Connection, real_data: Path) -> None:
    import_legacy(real_data / "legacy" / "cvd-2025-08-06.db")
    manager, driver = served(), served()

    signed_in = manager.sign_in("manager1", "Legacy-Manager-1")
    assert signed_in["user"]["role"] == "manager"
    assert db.value("SELECT legacy_password_hash IS NULL FROM users WHERE username = 'manager1'") is True

    devices = manager.get("/api/devices").json()
    assert len(devices) == 14
    assert all(device["cabinetConfiguration"] for device in devices)

    device = next(device for device in devices if device["id"] == DEVICE)
    keys = [
        f"{device['asset']}-{cabinet['modelName']}-{cabinet['cabinetIndex']}"
        for cabinet in device["cabinetConfiguration"]
    ]
    planograms = [manager.get(f"/api/planograms/{key}").json() for key in keys]
    assert sum(1 for slots in planograms for slot in slots.values() if slot["productId"] != 1) == 134

    order = {
        "routeId": ROUTE,
        "serviceDate": today(),
        "cabinetSelections": [{"deviceId": DEVICE, "cabinetIndex": index} for index in range(3)],
    }
    preview = manager.post("/api/service-orders/preview", json=order).json()
    assert preview["totalUnits"] == 392
    created = manager.post("/api/service-orders", json=order)
    assert created.status_code == 201, created.text
    assert created.json()["totalUnits"] == 392
    pick_list = manager.get(f"/api/service-orders/{created.json()['orderId']}/pick-list").json()
    assert sum(line["quantity"] for line in pick_list) == 392
    assert {line["productName"]: line["quantity"] for line in pick_list}["Jumbo"] == 62

    _driver_services_one_cabinet(driver, manager, db, created.json()["orderId"])

    assert manager.post("/api/auth/logout").status_code == 200
    assert manager.get("/api/devices").status_code == 401
    _trail_is_sealed_and_any_edit_is_found(db)


def _driver_services_one_cabinet(driver: Browserless, manager: Browserless, db: Connection, order_id: int) -> None:
    driver.sign_in("driver1", "Legacy-Driver-1")
    own = driver.get("/api/service-orders").json()["orders"]
    assert order_id in {order["id"] for order in own}
    assert {order["driverId"] for order in own} == {4}
    others = db.value("SELECT id FROM service_orders WHERE driver_id IS DISTINCT FROM 4 LIMIT 1")
    assert driver.get(f"/api/service-orders/{others}").status_code == 404

    detail = driver.get(f"/api/service-orders/{order_id}").json()
    cabinet = detail["cabinets"][0]
    cabinet_id = db.value(
        "SELECT cabinet_id FROM service_order_cabinets WHERE id = %(id)s", id=cabinet["cabinetOrderId"]
    )
    before = stock(db, cabinet_id)
    delivered = {line["productId"]: max(0, line["quantityNeeded"] - 1) for line in cabinet["products"]}
    body = {"deliveredItems": [{"productId": product, "quantityFilled": n} for product, n in delivered.items() if n]}
    path = f"/api/service-orders/cabinets/{cabinet['cabinetOrderId']}/execute"

    first = driver.post(path, json=body, headers={"Idempotency-Key": "journey-1"})
    assert first.status_code == 200, first.text
    assert first.json()["totalUnits"] == sum(delivered.values())
    after = stock(db, cabinet_id)
    assert {row[0]: row[2] for row in after} == by_filling_par_first(before, delivered)
    assert all(row[2] <= row[4] for row in after)
    _ledger_agrees(db)
    served_order = manager.get(f"/api/service-orders/{order_id}").json()
    assert served_order["status"] == "in_progress"
    assert _shortfall(served_order, cabinet["cabinetOrderId"]) == len(delivered)

    again = driver.post(path, json=body, headers={"Idempotency-Key": "journey-1"})
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert stock(db, cabinet_id) == after

    rolled_back = manager.post(f"/api/service-orders/cabinets/{cabinet['cabinetOrderId']}/rollback")
    assert rolled_back.status_code == 200, rolled_back.text
    assert stock(db, cabinet_id) == before
    _ledger_agrees(db)


def _shortfall(order: dict[str, Any], cabinet_order_id: int) -> int:
    cabinet = next(c for c in order["cabinets"] if c["cabinetOrderId"] == cabinet_order_id)
    return sum(line["quantityNeeded"] - line["quantityFilled"] for line in cabinet["products"])


def _ledger_agrees(db: Connection) -> None:
    wrong = db.value(
        """
        SELECT count(*)
          FROM planogram_slots slot
          LEFT JOIN (SELECT slot_id, sum(delta) AS total FROM inventory_movements GROUP BY slot_id) ledger
            ON ledger.slot_id = slot.id
         WHERE slot.quantity <> coalesce(ledger.total, 0)
        """
    )
    assert wrong == 0


def _trail_is_sealed_and_any_edit_is_found(db: Connection) -> None:
    audit_chain.seal(db)
    assert audit_chain.verify(db) == []
    db.execute("ALTER TABLE audit_events DISABLE TRIGGER USER")
    db.execute("UPDATE audit_events SET actor_username = 'nobody' WHERE action = 'order.created'")
    assert audit_chain.verify(db) != []
