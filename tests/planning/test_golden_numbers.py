"""The metrics of the real fleet (domain.md 11)."""

from collections import Counter

import pytest

from tests.sales.real import BACKUP_AT, import_fleet

pytestmark = [pytest.mark.real_data, pytest.mark.slow]

PICK_LIST_OF_DEVICE_6 = {
    "Hershey": 21,
    "Welch": 26,
    "Doritos": 40,
    "Grandma": 26,
    "Monster Energy Blue": 23,
    "Monster Energy Original": 18,
    "Monster Zero": 18,
    "Dole": 22,
    "Lunchables": 20,
    "Turkey Wrap": 14,
    "Country Time": 25,
    "M&M": 20,
    "Jumbo": 62,
    "Pop": 25,
    "Coca": 32,
}
"""By the beginning of the product's name, or the whole of it."""


@pytest.mark.rule("US-050", "7.1", "7.2", "7.3", "7.7", "C-18", "C-19", "C-47")
def test_the_metrics_of_the_real_fleet_are_right(manager, real_data, database, clock_at, db):
    import_fleet(real_data, database)
    clock_at(BACKUP_AT)

    fresh = shown(manager)
    calculated = manager.post("/api/metrics/calculate").json
    stored = shown(manager)

    assert fresh == [(7, 14, 53.5, 392, 5.65), (2, 56, 62.3, 94, 0.6)]
    assert stored == fresh
    assert calculated["processed"] == db.value("SELECT count(*) FROM slot_metrics")

    outlook = manager.get("/api/devices/6/slot-metrics").json
    slots = outlook["slots"]
    assert (len(slots), sum(it["quantity"] for it in slots), sum(it["capacity"] for it in slots)) == (134, 717, 1340)
    (monster,) = [product for product in outlook["products"] if product["productId"] == 8]
    figures = ("slots", "quantity", "dailyVelocity", "daysRemainingInventory")
    assert [monster[figure] for figure in figures] == [8, 45, 1.0, 45]
    assert needs(slots) == PICK_LIST_OF_DEVICE_6


def shown(manager):
    figures = ("soldOutCount", "daysRemainingInventory", "productLevelPercent", "unitsToPar", "dailyConsumptionRate")
    devices = manager.post("/api/devices/metrics/batch", json={"deviceIds": [6, 14]}).json
    return [tuple(devices[device][figure] for figure in figures) for device in ("6", "14")]


def needs(slots):
    counted = Counter()
    for slot in slots:
        counted[slot["productName"]] += slot["unitsToPar"]
    names = {name: next((n for n in PICK_LIST_OF_DEVICE_6 if name.startswith(n)), name) for name in +counted}
    return {names[name]: units for name, units in (+counted).items()}


@pytest.mark.rule("7.1", "7.2")
def test_product_8_of_device_6_sold_a_unit_a_day(manager, real_data, database, clock_at, db):
    import_fleet(real_data, database)
    clock_at(BACKUP_AT)

    sold = db.value(
        """
        SELECT sum(units) FROM sales
         WHERE device_id = 6 AND product_id = 8 AND sold_at >= %(now)s - interval '28 days' AND sold_at <= %(now)s
        """,
        now=BACKUP_AT,
    )
    (product,) = [one for one in manager.get("/api/devices/6/slot-metrics").json["products"] if one["productId"] == 8]

    assert (sold, product["dailyVelocity"], product["daysRemainingInventory"]) == (28, 1.0, 45)


@pytest.mark.rule("7.2", "7.3")
def test_what_lies_in_device_14(manager, real_data, database, clock_at):
    import_fleet(real_data, database)
    clock_at(BACKUP_AT)

    slots = manager.get("/api/devices/14/slot-metrics").json["slots"]

    assert (len(slots), sum(slot["quantity"] for slot in slots), sum(slot["capacity"] for slot in slots)) == (
        40,
        249,
        400,
    )
    assert sum(slot["unitsToPar"] for slot in slots) == 94
