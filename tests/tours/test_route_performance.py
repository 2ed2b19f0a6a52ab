"""How routes and drivers did."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from chalicelib.tours import rules
from tests.planning.sold import sell
from tests.support import factories

PATH = "/api/reports/route-performance"
WEEK = "?start_date=2025-08-04&end_date=2025-08-10"


@pytest.fixture(autouse=True)
def _wednesday(clock_at):
    clock_at(datetime(2025, 8, 6, 16, tzinfo=UTC))


def done(db, tour_id, cabinet_id, driver_id, *, completed_at=None, needed=0, filled=None, minutes=None, voided=False):
    """Write an order for 5 August; without a time of completion it is cancelled."""
    db.execute(
        """
        WITH visited AS (
            INSERT INTO service_orders (route_id, driver_id, service_date, status, total_units, estimated_minutes,
                                        created_by, started_at, completed_at, cancelled_at, cancel_reason)
            SELECT %(tour)s, %(driver)s, '2025-08-05', CASE WHEN at IS NULL THEN 'cancelled' ELSE 'completed' END,
                   0, 10, %(driver)s, at, at, CASE WHEN at IS NULL THEN now() END, CASE WHEN at IS NULL THEN 'rain' END
              FROM (SELECT %(at)s::timestamptz AS at) given
            RETURNING id),
        stop AS (
            INSERT INTO service_order_cabinets (service_order_id, cabinet_id, status, estimated_minutes, executed_at,
                                                executed_by)
            SELECT id, %(cabinet)s, 'completed', 10, now(), %(driver)s FROM visited
            RETURNING id),
        item AS (
            INSERT INTO service_order_items (order_cabinet_id, product_id, quantity_needed, quantity_filled)
            SELECT stop.id, (SELECT min(id) FROM products), %(needed)s, %(filled)s FROM stop WHERE %(needed)s > 0)
        INSERT INTO service_visits (device_id, order_cabinet_id, visited_at, service_type, technician_id,
                                    units_restocked, duration_minutes, voided_at, void_reason)
        SELECT (SELECT device_id FROM device_cabinets WHERE id = %(cabinet)s), stop.id, now(), 'routine', %(driver)s,
               coalesce(%(filled)s, 0), %(minutes)s, CASE WHEN %(voided)s THEN now() END,
               CASE WHEN %(voided)s THEN 'wrong' END
          FROM stop
         WHERE %(minutes)s::integer IS NOT NULL
        """,
        tour=tour_id,
        cabinet=cabinet_id,
        driver=driver_id,
        at=completed_at,
        needed=needed,
        filled=filled,
        minutes=minutes,
        voided=voided,
    )


@pytest.mark.rule("US-058", "7.10")
def test_routes_and_drivers_with_their_orders_punctuality_time_delivery_and_revenue(viewer, db):
    dora, emil = factories.user(db, "dora"), factories.user(db, "Emil")
    north, _ = factories.route(db, "North", number=1, driver_id=dora), factories.route(db, "South")
    cola = factories.product(db)
    device = factories.device(db, cabinets=("Cooler",), route_id=north)
    cabinet = device.cabinets[0].id
    done(db, north, cabinet, dora, completed_at="2025-08-06T03:59:59Z", needed=10, filled=7, minutes=12)
    done(db, north, cabinet, emil, completed_at="2025-08-06T04:00:00Z", needed=5, minutes=9)
    done(db, north, cabinet, dora, completed_at="2025-08-05T12:00:00Z", minutes=99, filled=50, voided=True)
    done(db, north, cabinet, dora)
    sell(db, device.id, cola, revenue_cents=555, sold_at=datetime(2025, 8, 5, 12, tzinfo=UTC))
    sell(db, device.id, cola, revenue_cents=999, sold_at=datetime(2025, 8, 1, 12, tzinfo=UTC))

    answer = viewer.get(PATH + WEEK)

    assert answer.status == 200
    assert (answer.json["startDate"], answer.json["endDate"]) == ("2025-08-04", "2025-08-10")
    assert answer.json == viewer.get(PATH).json
    first, second = answer.json["routes"]
    assert first == {
        "id": north,
        "name": "North",
        "routeNumber": 1,
        "ordersCompleted": 3,
        "ordersCancelled": 1,
        "onTimePercent": 66.7,
        "averageMinutesPerCabinet": 10.5,
        "unitsDelivered": 7,
        "fulfilmentPercent": 46.7,
        "revenue": 5.55,
    }
    assert (second["name"], second["ordersCompleted"], second["onTimePercent"], second["revenue"]) == (
        "South",
        0,
        None,
        0,
    )
    figures = ("name", "ordersCompleted", "ordersCancelled", "onTimePercent", "unitsDelivered", "revenue")
    assert [tuple(driver[figure] for figure in figures) for driver in answer.json["drivers"]] == [
        ("dora", 2, 1, 100.0, 7, None),
        ("Emil", 1, 0, 0.0, 0, None),
    ]


@pytest.mark.rule("BR-150")
def test_bad_periods_are_refused(viewer):
    assert viewer.get(f"{PATH}?start_date=2025-08-04&end_date=2025-08-03").status == 400
    assert viewer.get(f"{PATH}?start_date=4.8.2025").status == 400


@pytest.mark.rule("US-102")
def test_drivers_do_not_see_the_report(driver, client):
    assert driver.get(PATH).status == 403
    assert client.get(PATH).status == 401


@pytest.mark.rule("7.10")
@pytest.mark.parametrize(("part", "whole", "percent"), [(1, 3, "33.3"), (1, 16, "6.3"), (0, 5, "0.0"), (0, 0, None)])
def test_percentages(part, whole, percent):
    assert rules.percent(part, whole) == (None if percent is None else Decimal(percent))
