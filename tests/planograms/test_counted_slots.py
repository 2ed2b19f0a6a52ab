"""The counts of low and sold-out slots that the database keeps are what counting gives, whatever was done."""

import random
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from chalicelib.kit.db import Connection
from tests.support import factories
from tests.support.factories import Fill

COUNTED = """
SELECT planogram.id, cabinet.id, device.id, cabinet.removed_at IS NOT NULL, device.deleted_at IS NOT NULL,
       count(slot.id) FILTER (WHERE slot.product_id IS NOT NULL AND slot.retired_at IS NULL AND slot.par_level > 0
                                AND slot.quantity * 4 <= slot.par_level),
       count(slot.id) FILTER (WHERE slot.product_id IS NOT NULL AND slot.retired_at IS NULL AND slot.capacity > 0
                                AND slot.quantity = 0)
  FROM planograms planogram
  JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
  JOIN devices device ON device.id = cabinet.device_id
  LEFT JOIN planogram_slots slot ON slot.planogram_id = planogram.id
 GROUP BY planogram.id, cabinet.id, device.id
 ORDER BY planogram.id
"""
KEPT = """
SELECT planogram_id, cabinet_id, device_id, is_removed, is_deleted, low, sold_out
  FROM slots_of_planograms
 ORDER BY planogram_id
"""

CHANGES = (
    """
    UPDATE planogram_slots
       SET quantity = least(capacity, (id * %(dice)s) %% 4)
     WHERE product_id IS NOT NULL AND id %% 5 = %(dice)s %% 5
    """,
    "UPDATE planogram_slots SET par_level = least(capacity, %(dice)s %% 9) WHERE id %% 7 = %(dice)s %% 7",
    """
    UPDATE planogram_slots
       SET product_id = %(product)s, capacity = 10, par_level = 8
     WHERE product_id IS NULL AND retired_at IS NULL AND id %% 3 = %(dice)s %% 3
    """,
    """
    UPDATE planogram_slots
       SET product_id = NULL, quantity = 0, capacity = 0, par_level = 0
     WHERE id %% 6 = %(dice)s %% 6 AND retired_at IS NULL
    """,
    """
    UPDATE planogram_slots
       SET retired_at = now(), product_id = NULL, quantity = 0, capacity = 0, par_level = 0
     WHERE id %% 40 = %(dice)s %% 40
    """,
    """
    DELETE FROM planogram_slots
     WHERE id %% 23 = %(dice)s %% 23
       AND NOT EXISTS (SELECT FROM inventory_movements movement WHERE movement.slot_id = planogram_slots.id)
    """,
    """
    UPDATE devices
       SET deleted_at = CASE WHEN deleted_at IS NULL THEN now() END
     WHERE id %% 2 = %(dice)s %% 2
    """,
    """
    UPDATE device_cabinets
       SET removed_at = CASE WHEN removed_at IS NULL THEN now() END
     WHERE cabinet_index > 0 AND id %% 2 = %(dice)s %% 2
    """,
    "SELECT cvd_count_all_slots()",
)


def assert_right(db: Connection, after: object = "") -> None:
    assert db.raw.execute(KEPT).fetchall() == db.raw.execute(COUNTED).fetchall(), after


def fleet(db: Connection) -> int:
    """Write three devices of two cabinets each, with products in some slots; returns the product."""
    for trigger in ("planogram_slots_quantity_in_ledger", "planogram_slots_filled_in_ledger"):
        db.execute(f"ALTER TABLE planogram_slots DISABLE TRIGGER {trigger}")  # Quantities change past the ledger here.
    product = factories.product(db)
    for number in range(3):
        device = factories.device(db, f"A{number}", cabinets=("Cooler", "Ambient"))
        for cabinet in device.cabinets:
            filled = {place: Fill(product, quantity=index % 4) for index, place in enumerate(list(cabinet.slots)[:12])}
            factories.fill(db, cabinet, filled)
    return product


def change(db: Connection, course: random.Random, product: int) -> str:
    """Change something at random."""
    statement = course.choice(CHANGES)
    values = {"product": product, "dice": course.randrange(1, 1000)}
    db.execute(statement, **{name: value for name, value in values.items() if f"%({name})s" in statement})
    return statement


@pytest.mark.rule("7.6")
@pytest.mark.parametrize("seed", range(4))
def test_they_are_right_after_anything(db, seed):
    product = fleet(db)
    assert_right(db)
    course = random.Random(seed)

    for number in range(40):
        assert_right(db, (number, change(db, course, product)))


@pytest.mark.slow
def test_they_are_right_when_changes_meet(db, database):
    product = fleet(db)

    def worker(seed: int) -> int:
        course, done = random.Random(seed), 0
        with psycopg.connect(database["MIGRATION_DATABASE_URL"], autocommit=True) as raw:
            for _ in range(25):
                try:
                    change(Connection(raw), course, product)
                    done += 1
                except psycopg.errors.DeadlockDetected:
                    continue  # The kit begins such a transaction anew.
        return done

    with ThreadPoolExecutor(4) as threads:
        done = sum(threads.map(worker, range(4)))

    assert done > 40
    assert_right(db)


@pytest.mark.rule("7.6", "BR-052")
def test_the_badge_follows_deletion_and_recovery_and_a_driver_sees_own_routes(manager, admin, driver, db):
    product = factories.product(db)
    own = factories.route(db, driver_id=driver.user_id)
    on_route, elsewhere = factories.device(db, cabinets=("Cooler",), route_id=own), factories.device(db)
    factories.fill(db, on_route.cabinets[0], {"A1": Fill(product, 2), "A2": Fill(product, 3), "A3": Fill(product)})
    factories.fill(db, elsewhere.cabinets[0], {"A1": Fill(product, 1)})

    def counts() -> list[int]:
        return [it.get("/api/inventory/low-stock-count").json["count"] for it in (admin, manager, driver)]

    assert counts() == [3, 3, 2]
    assert admin.delete(f"/api/devices/{on_route.id}").status == 200
    assert counts() == [1, 1, 0]
    assert manager.get("/api/metrics/dashboard").json["soldOutSlots"] == 0
    assert admin.post(f"/api/admin/devices/{on_route.id}/recover").status == 200
    assert counts() == [3, 3, 2]
    assert manager.get("/api/metrics/dashboard").json["soldOutSlots"] == 1
