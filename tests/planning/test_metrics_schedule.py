"""The hourly recalculation."""

from datetime import UTC, datetime

import pytest

from chalicelib.kit import job
from chalicelib.planning.service import recalculation
from tests.support import factories
from tests.support.factories import Fill


@pytest.fixture
def fleet(db, clock_at):
    clock_at(datetime(2025, 8, 6, 16, tzinfo=UTC))
    cola = factories.product(db)
    devices = [factories.device(db, cabinets=("Cooler",)) for _ in range(3)]
    for device in devices:
        factories.fill(db, device.cabinets[0], {"A1": Fill(cola, 1), "A2": Fill(cola)})
    factories.delete_device(db, devices[2].id)
    return devices


@pytest.mark.rule("BR-152", "US-110")
def test_every_hour_the_whole_fleet_is_calculated_and_a_repetition_changes_nothing(fleet, db):
    assert job.run(recalculation.METRICS) == {"slots": 4, "devices": 2}
    stored = db.values("SELECT (slot_id, dri_days, calculated_at)::text FROM slot_metrics ORDER BY slot_id")
    assert len(stored) == 4
    assert db.values("SELECT device_id FROM device_metrics ORDER BY 1") == [device.id for device in fleet[:2]]

    assert job.run(recalculation.METRICS) == {"slots": 0, "devices": 0}
    assert db.values("SELECT (slot_id, dri_days, calculated_at)::text FROM slot_metrics ORDER BY slot_id") == stored


@pytest.mark.rule("BR-152")
def test_it_stands_back_while_somebody_recalculates(fleet, db):
    with db.raw.transaction():
        db.execute("SELECT pg_advisory_xact_lock(hashtext('metrics.recalculate'))")
        assert job.run(recalculation.METRICS) == {"slots": 0, "devices": 0, "stopped": "another run is under way"}

    assert db.value("SELECT count(*) FROM device_metrics") == 0
