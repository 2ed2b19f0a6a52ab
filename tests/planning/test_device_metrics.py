"""Reading and recalculating metrics."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.planning.sold import sell
from tests.planning.statements import statements_of
from tests.support import factories
from tests.support.factories import Fill

NOW = datetime(2025, 6, 15, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(clock_at):
    clock_at(NOW)


@pytest.fixture
def device(db):
    """Two slots of cola that sell one unit a day together, and one of water that never sold."""
    cola, water = factories.product(db, "Cola"), factories.product(db, "Water")
    device = factories.device(db, "100", cabinets=("Cooler", "Ambient"))
    factories.fill(db, device.cabinets[0], {"A1": Fill(cola, 3), "B1": Fill(cola, 0, capacity=30, par_level=20)})
    factories.fill(db, device.cabinets[1], {"A1": Fill(water, 2)})
    sell(db, device.id, cola, units=28, sold_at=NOW - timedelta(days=3))
    return device


def stored(db):
    return db.values("SELECT (device_id, calculated_at)::text FROM device_metrics ORDER BY device_id")


@pytest.mark.rule("US-050", "BR-152", "7.3")
def test_figures_are_computed_on_the_spot_and_reading_writes_nothing(manager, db, device):
    answer = manager.get(f"/api/devices/{device.id}/metrics")

    assert answer.status == 200
    assert answer.json == {
        "deviceId": device.id,
        "soldOutCount": 1,
        "daysRemainingInventory": 12,
        "dataCollectionRate": 3.6,
        "productLevelPercent": 10.0,
        "unitsToPar": 5 + 20 + 6,
        "dailyConsumptionRate": 1.0,
        "daysSinceService": None,
        "healthClass": "good",
        "lastCalculated": "2025-06-15T18:00:00.000Z",
        "cached": False,
    }
    assert stored(db) == []


@pytest.mark.rule("BR-152", "US-061", "C-37")
def test_stored_figures_serve_until_the_time_to_live_is_over(manager, device, db, advance):
    db.execute("UPDATE route_planning_settings SET metrics_ttl_minutes = 20")
    assert manager.post("/api/metrics/calculate", json={"metrics": {}}).status == 200
    db.execute("UPDATE device_metrics SET sold_out_count = 77")

    advance(minutes=20)
    fresh = manager.get(f"/api/devices/{device.id}/metrics").json
    advance(seconds=1)
    stale = manager.get(f"/api/devices/{device.id}/metrics").json

    assert (fresh["cached"], fresh["soldOutCount"], fresh["lastCalculated"]) == (True, 77, "2025-06-15T18:00:00.000Z")
    assert fresh["dailyConsumptionRate"] == 1.0
    assert (stale["cached"], stale["soldOutCount"]) == (False, 1)
    assert stale.keys() == fresh.keys()


@pytest.mark.rule("7.3", "BR-119")
def test_days_since_service_count_from_the_last_visit_that_was_not_voided(manager, db, device):
    db.execute(
        """
        INSERT INTO service_visits (device_id, visited_at, service_type, technician_id, units_restocked,
                                    voided_at, void_reason)
        VALUES (%(device)s, %(now)s - interval '36 hours', 'routine', %(who)s, 1, NULL, NULL),
               (%(device)s, %(now)s - interval '1 hour', 'routine', %(who)s, 1, %(now)s, 'wrong machine')
        """,
        device=device.id,
        who=manager.user_id,
        now=NOW,
    )

    assert manager.get(f"/api/devices/{device.id}/metrics").json["daysSinceService"] == 1.5


@pytest.mark.rule("BR-152", "US-061")
def test_recalculation_writes_slots_and_devices_and_tells_how_many(manager, db, device):
    answer = manager.post("/api/metrics/calculate", json={"metrics": {}})

    assert answer.status == 200
    assert answer.json == {"success": True, "processed": 3, "timestamp": "2025-06-15T18:00:00.000Z", "complete": True}
    shown = [tuple(map(str, row)) for row in db.raw.execute(
        """
        SELECT slot.position, is_sold_out, dri_days, product_level_pct, units_to_par, units_28d, units_all_time,
               days_with_sales, daily_velocity, velocity_source
          FROM slot_metrics JOIN planogram_slots slot ON slot.id = slot_id ORDER BY slot_id
        """
    )]  # fmt: skip
    assert shown == [
        ("A1", "False", "12", "30", "5", "28", "28", "1", "0.2500", "28d"),
        ("B1", "True", "0", "0", "20", "28", "28", "1", "0.7500", "28d"),
        ("A1", "False", "20", "20", "6", "0", "0", "0", "0.1000", "default"),
    ]
    assert db.value("SELECT (sold_out_count, dri_days, product_level_pct, units_to_par)::text FROM device_metrics") == (
        "(1,12,10.0,31)"
    )
    assert db.value("SELECT action || ' ' || actor_username FROM audit_events") == "job.run manageruser"
    assert db.value("SELECT stats->>'slots' FROM job_runs WHERE job = 'metrics.recalculate'") == "3"


@pytest.mark.rule("BR-152")
def test_slots_that_were_emptied_lose_their_stored_figures(manager, db, device, advance):
    manager.post("/api/metrics/calculate")
    slot = device.cabinets[0].slots["B1"]
    db.execute("UPDATE planogram_slots SET product_id = NULL, par_level = 0 WHERE id = %(slot)s", slot=slot)
    advance(minutes=2)

    assert manager.post("/api/metrics/calculate").json["processed"] == 2
    assert slot not in db.values("SELECT slot_id FROM slot_metrics")


@pytest.mark.rule("US-061", "BR-152")
def test_a_second_run_at_the_same_time_is_refused(manager, db, device):
    assert manager.session_id
    with db.raw.transaction():
        db.execute("SELECT pg_advisory_xact_lock(hashtext('metrics.recalculate'))")
        answer = manager.post("/api/metrics/calculate")

    assert answer.status == 409
    assert stored(db) == []


@pytest.mark.rule("BR-152")
def test_runs_are_a_minute_apart(manager, device, advance):
    assert manager.post("/api/metrics/calculate").status == 200
    advance(seconds=15)

    answer = manager.post("/api/metrics/calculate")

    assert (answer.status, answer.headers["retry-after"]) == (429, "46")
    advance(seconds=45)
    assert manager.post("/api/metrics/calculate").status == 200


@pytest.mark.rule("US-112")
def test_statements_do_not_grow_with_devices(manager, db, device, advance, caplog):
    def costs():
        ids = db.values("SELECT id FROM devices")
        advance(minutes=2)
        return [
            statements_of(caplog, lambda: manager.post("/api/devices/metrics/batch", json={"deviceIds": ids})),
            statements_of(caplog, lambda: manager.post("/api/metrics/calculate")),
        ]

    manager.get(f"/api/devices/{device.id}/metrics")
    few = costs()
    cola = factories.product(db)
    for _ in range(5):
        factories.fill(db, factories.device(db, cabinets=("Cooler",)).cabinets[0], {"A1": Fill(cola, 1)})

    assert costs() == few


@pytest.mark.rule("US-050")
def test_a_batch_is_keyed_by_id_and_leaves_out_what_is_not_there(viewer, db, device):
    gone, empty = factories.device(db), factories.device(db)
    factories.delete_device(db, gone.id)

    answer = viewer.post("/api/devices/metrics/batch", json={"deviceIds": [device.id, empty.id, gone.id, 987654]})

    assert answer.status == 200
    assert set(answer.json) == {str(device.id), str(empty.id)}
    assert answer.json[str(device.id)] == viewer.get(f"/api/devices/{device.id}/metrics").json
    nothing = answer.json[str(empty.id)]
    assert (nothing["daysRemainingInventory"], nothing["productLevelPercent"], nothing["unitsToPar"]) == (999, None, 0)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({}, "Device IDs array is required"),
        ({"deviceIds": None}, "Device IDs array is required"),
        ({"deviceIds": "7"}, "deviceIds must be an array"),
    ],
)
def test_a_batch_needs_an_array(manager, body, sentence):
    answer = manager.post("/api/devices/metrics/batch", json=body)

    assert (answer.status, answer.json["error"]) == (400, sentence)


def test_a_batch_is_bounded_and_takes_ids_only(manager):
    assert manager.post("/api/devices/metrics/batch", json={"deviceIds": list(range(1, 1002))}).status == 400
    assert manager.post("/api/devices/metrics/batch", json={"deviceIds": [0]}).status == 400
    assert manager.post("/api/devices/metrics/batch", json={"deviceIds": []}).json == {}


@pytest.mark.rule("BR-052", "US-019")
def test_deleted_and_unknown_devices_have_no_metrics(admin, db, device):
    factories.delete_device(db, device.id)

    for path in (f"/api/devices/{device.id}/metrics", "/api/devices/999/metrics", "/api/devices/999/slot-metrics"):
        answer = admin.get(path)
        assert (answer.status, answer.json["error"]) == (404, "Device not found")


@pytest.mark.rule("7.2", "7.3", "7.6")
def test_the_outlook_shows_each_slot_and_what_runs_out_first(viewer, db, device):
    answer = viewer.get(f"/api/devices/{device.id}/slot-metrics")

    assert answer.status == 200
    assert [(p["productName"], p["quantity"], p["daysRemainingInventory"]) for p in answer.json["products"]] == [
        ("Cola", 3, 3),
        ("Water", 2, 20),
    ]
    first = answer.json["slots"][0]
    assert (first["position"], first["priority"], first["suggestedPar"], first["units28d"]) == ("A1", "high", 8, 28)
    seasonal = viewer.get(f"/api/devices/{device.id}/slot-metrics?seasonPercent=20").json["slots"][1]
    assert (seasonal["capacity"], seasonal["suggestedPar"]) == (30, 30)
    assert viewer.get(f"/api/devices/{device.id}/slot-metrics?seasonPercent=21").status == 400


def test_who_may_recalculate_and_look(client, driver, viewer, device):
    for person in (driver, viewer):
        assert person.get(f"/api/devices/{device.id}/metrics").status == 200
        assert person.post("/api/metrics/calculate").status == 403
    assert driver.get(f"/api/devices/{device.id}/slot-metrics").status == 403
    assert client.get(f"/api/devices/{device.id}/metrics").status == 401
    assert client.post("/api/metrics/calculate").status == 401
