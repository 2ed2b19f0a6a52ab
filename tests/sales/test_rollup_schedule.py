"""The nightly rollup."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kit import job
from chalicelib.sales import service
from tests.planning.sold import sell
from tests.support import factories

NOW = datetime(2025, 8, 6, 16, tzinfo=UTC)


@pytest.mark.rule("US-110", "12.4")
def test_every_night_the_rollup_of_the_last_days_is_made_anew(db, clock_at):
    clock_at(NOW)
    device, cola = factories.device(db), factories.product(db)
    for days in (0, 7, 8):
        sell(db, device.id, cola, units=2, sold_at=NOW - timedelta(days=days))
    db.execute("UPDATE sales_daily SET units = 99")

    assert job.run(service.ROLLUP) == {"rows": 2}
    assert job.run(service.ROLLUP) == {"rows": 2}

    assert db.values("SELECT units FROM sales_daily ORDER BY day") == [99, 2, 2]
    assert db.values("SELECT status FROM job_runs WHERE job = 'sales-rollup'") == ["succeeded", "succeeded"]
