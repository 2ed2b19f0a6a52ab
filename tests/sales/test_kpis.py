"""The state of the business at a glance."""

from datetime import UTC, datetime

import pytest

from tests.planning.sold import sell
from tests.support import factories
from tests.support.factories import Fill
from tests.tours.open_orders import order

NOW = datetime(2025, 8, 6, 16, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _wednesday(clock_at):
    clock_at(NOW)


def health_of(db, device, days):
    db.execute(
        """
        INSERT INTO device_metrics (device_id, sold_out_count, dri_days, units_to_par, calculated_at)
        VALUES (%(device)s, 0, %(days)s, 0, now())
        """,
        device=device.id,
        days=days,
    )


@pytest.mark.rule("7.10", "7.4", "7.5", "BR-151")
def test_the_state_of_the_business_at_a_glance(viewer, db):
    cola, tour_id = factories.product(db), factories.route(db)
    devices = [factories.device(db, cabinets=("Cooler", "Ambient"), route_id=tour_id) for _ in range(7)]
    for device, days in zip(devices, (1, 2, 3, 7, 8, 999), strict=False):
        health_of(db, device, days)
    factories.fill(db, devices[0].cabinets[0], {"A1": Fill(cola, 5), "A2": Fill(cola, 0), "A3": Fill(cola, 0)})
    for cabinet, status in ((0, "pending"), (1, "in_progress"), (1, "cancelled")):
        stop = devices[0].cabinets[cabinet].id
        order(db, tour_id, stop, created_by=viewer.user_id, driver_id=viewer.user_id, status=status)
    sell(db, devices[0].id, cola, units=3, revenue_cents=450, sold_at=NOW)
    gone = factories.device(db, cabinets=("Cooler",))
    factories.fill(db, gone.cabinets[0], {"A1": Fill(cola, 0)})
    sell(db, gone.id, cola, sold_at=NOW)
    factories.delete_device(db, gone.id)

    answer = viewer.get("/api/metrics/dashboard")

    assert answer.status == 200
    assert answer.json == {
        "startDate": "2025-08-04",
        "endDate": "2025-08-10",
        "revenue": 4.5,
        "units": 3,
        "activeDevices": 7,
        "devicesByHealth": {"critical": 1, "warning": 2, "ok": 1, "good": 2, "unknown": 1},
        "openOrders": {"pending": 1, "inProgress": 1},
        "averageFillRate": 8.4,
        "soldOutSlots": 2,
    }
    assert viewer.get("/api/metrics/dashboard?start_date=2025-08-01&end_date=2025-08-03").json["revenue"] == 0


@pytest.mark.rule("7.5")
def test_nothing_at_all_is_all_zero(viewer):
    state = viewer.get("/api/metrics/dashboard").json

    assert (state["averageFillRate"], state["activeDevices"], state["soldOutSlots"]) == (0, 0, 0)


@pytest.mark.rule("US-102", "BR-150")
def test_drivers_do_not_see_it_and_bad_periods_are_refused(driver, viewer):
    assert driver.get("/api/metrics/dashboard").status == 403
    assert viewer.get("/api/metrics/dashboard?start_date=2025-08-04&end_date=2025-08-03").status == 400
