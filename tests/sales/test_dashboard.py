"""The figures of the dashboard."""

import random
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from tests.planning.sold import sell
from tests.support import factories

NOW = datetime(2025, 8, 6, 16, 0, tzinfo=UTC)
"""Wednesday noon in Detroit."""


@pytest.fixture(autouse=True)
def _wednesday(clock_at):
    clock_at(NOW)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture
def cola(db):
    return factories.product(db)


@pytest.fixture
def fleet(db, cola):
    airport, zoo = factories.location(db, "Airport"), factories.location(db, "Zoo")
    first = factories.device(db, "1", cabinets=("Cooler",), location_id=airport).id
    second = factories.device(db, "2", cabinets=("Cooler",), location_id=zoo).id
    third = factories.device(db, "3", cabinets=("Cooler",), location_id=zoo).id
    gone = factories.device(db, "4", cabinets=("Cooler",), location_id=zoo).id
    for device, cents, sold_at in (
        (first, 500, "2025-08-04T04:00:00"),  # The first moment of Monday.
        (first, 1000, "2025-08-04T03:59:59"),  # The last second of Sunday.
        (second, 400, "2025-08-05T12:00:00"),
        (second, 200, "2025-07-30T15:59:59"),  # The week before, just before the same time on the same weekday.
        (second, 50, "2025-07-30T16:00:00"),
        (third, 300, "2025-08-06T12:00:00"),
        (gone, 9999, "2025-08-05T12:00:00"),
    ):
        sell(db, device, cola, revenue_cents=cents, sold_at=at(sold_at))
    factories.delete_device(db, gone)
    return {"1": first, "2": second, "3": third}


@pytest.mark.rule("US-057", "7.10", "BR-151", "C-20")
def test_the_week_has_its_first_day_and_is_compared_with_the_week_before(viewer, fleet):
    answer = viewer.get("/api/metrics/weekly")

    assert answer.status == 200
    assert answer.json == {
        "weeklyRevenue": 12.0,
        "weeklyGrowth": -4.0,
        "previousWeekRevenue": 12.5,
        "growthToDate": 500.0,
        "previousWeekRevenueToDate": 2.0,
        "deviceCount": 3,
        "avgRevenuePerDevice": 4.0,
        "topLocation": "Zoo",
        "topLocationRevenue": 7.0,
        "weekStart": "2025-08-04T04:00:00.000Z",
        "weekEnd": "2025-08-11T03:59:59.000Z",
    }


@pytest.mark.rule("7.10")
def test_an_empty_fleet_has_an_empty_week(viewer):
    week = viewer.get("/api/metrics/weekly").json

    assert (week["weeklyRevenue"], week["weeklyGrowth"], week["deviceCount"], week["avgRevenuePerDevice"]) == (
        0,
        0,
        0,
        0,
    )
    assert (week["topLocation"], week["topLocationRevenue"]) == ("No Location", 0)


@pytest.mark.rule("7.10")
def test_from_nothing_to_something_is_growth_of_a_hundred(viewer, db, cola):
    sell(db, factories.device(db).id, cola, sold_at=NOW)

    assert viewer.get("/api/metrics/weekly").json["weeklyGrowth"] == 100


@pytest.mark.rule("7.10")
def test_locations_that_took_in_the_same_are_ordered_by_name(viewer, db, cola):
    for name in ("Zoo", "Airport"):
        device = factories.device(db, cabinets=("Cooler",), location_id=factories.location(db, name))
        sell(db, device.id, cola, sold_at=NOW)

    assert viewer.get("/api/metrics/weekly").json["topLocation"] == "Airport"


@pytest.mark.rule("US-057", "7.10")
def test_the_timeline_has_six_months_also_on_the_31st(viewer, db, cola, clock_at):
    device = factories.device(db).id
    sell(db, device, cola, revenue_cents=200000, sold_at=at("2025-07-01T04:00:00"))
    sell(db, device, cola, revenue_cents=199999, sold_at=at("2025-07-01T03:59:59"))
    sell(db, device, cola, revenue_cents=777, sold_at=at("2025-02-28T12:00:00"))
    clock_at(at("2025-09-01T03:00:00"))
    viewer.renew()

    answer = viewer.get("/api/metrics/timeline")

    assert answer.status == 200
    assert [(month["period"], month["year"], month["month"]) for month in answer.json] == [
        ("Mar", 2025, 3), ("Apr", 2025, 4), ("May", 2025, 5), ("Jun", 2025, 6), ("Jul", 2025, 7), ("Aug", 2025, 8)
    ]  # fmt: skip
    assert [(month["revenue"], month["milestone"]) for month in answer.json[3:]] == [
        (1999.99, False),
        (2000.0, True),
        (0, False),
    ]


@pytest.mark.rule("US-057", "US-060", "7.10")
def test_the_months_revenue_is_measured_by_the_companys_target(viewer, db, fleet):
    db.execute("UPDATE company_settings SET monthly_revenue_target_cents = 2000")

    assert viewer.get("/api/metrics/achievements").json == {
        "title": "Revenue champion",
        "description": "100.0% of this month's target of $20.00",
        "progress": 100.0,
        "target": 20.0,
        "current": 22.0,
        "remaining": 0.0,
        "tier": "champion",
    }


@pytest.mark.rule("7.10")
def test_a_month_without_sales_is_only_beginning(viewer):
    reached = viewer.get("/api/metrics/achievements").json

    assert (reached["progress"], reached["remaining"], reached["tier"]) == (0, 4000, "building")


@pytest.mark.rule("US-057", "7.10", "BR-151")
def test_the_top_performers_of_the_week(viewer, fleet):
    assert viewer.get("/api/metrics/top-performers").json == [
        {"title": "Best Device", "name": "1", "value": "$5.00"},
        {"title": "Top Location", "name": "Zoo", "value": "$7.00"},
        {"title": "Growth Leader", "name": "2", "value": "+60.0%"},
    ]


@pytest.mark.rule("7.10")
def test_a_shrinking_leader_is_written_with_one_sign(viewer, db, cola):
    device = factories.device(db).id
    sell(db, device, cola, revenue_cents=100, sold_at=at("2025-07-30T12:00:00"))
    sell(db, device, cola, revenue_cents=95, sold_at=NOW)

    assert viewer.get("/api/metrics/top-performers").json[2]["value"] == "-5.0%"


@pytest.mark.rule("7.10")
def test_nobody_is_at_the_top_of_nothing(viewer, db):
    factories.device(db)

    assert viewer.get("/api/metrics/top-performers").json == [
        {"title": "Best Device", "name": "No data yet", "value": "$0.00"},
        {"title": "Top Location", "name": "No data yet", "value": "$0.00"},
        {"title": "Growth Leader", "name": "No data yet", "value": "+0%"},
    ]


@pytest.mark.rule("7.10", "BR-151")
@pytest.mark.parametrize("seed", range(5))
def test_the_leaders_are_those_of_everybody_compared(viewer, db, cola, seed):
    course = random.Random(seed)
    places = {factories.location(db, name): name for name in ("zoo", "Yard", "Airport", "Ätna")}
    sold: dict[str, tuple[str, int, int]] = {}
    for asset in course.sample(["a", "B", "c", "D", "1", "10", "2"], 5):
        place = course.choice(list(places))
        device = factories.device(db, asset, cabinets=("Cooler",), location_id=place).id
        present, past = course.choice([0, 100, 200, 200]), course.choice([0, 50, 100, 100])
        for cents, sold_at in ((present, NOW - timedelta(hours=1)), (past, NOW - timedelta(days=7))):
            sell(db, device, cola, revenue_cents=cents, sold_at=sold_at)
        sold[asset] = places[place], present, past
    gone = factories.device(db, "0", cabinets=("Cooler",), location_id=place).id
    sell(db, gone, cola, revenue_cents=9999, sold_at=NOW - timedelta(hours=1))
    factories.delete_device(db, gone)

    told = {row["title"]: (row["name"], row["value"]) for row in viewer.get("/api/metrics/top-performers").json}

    by_place = {name: sum(cents for place, cents, _ in sold.values() if place == name) for name in places.values()}
    by_device = {asset: cents for asset, (_, cents, _) in sold.items()}
    growth = {asset: Fraction(now - then, then) for asset, (_, now, then) in sold.items() if then}
    for title, figures in (("Best Device", by_device), ("Top Location", by_place)):
        best = min(figures, key=lambda name: (-figures[name], name))
        assert told[title] == ((best, f"${figures[best] // 100}.00") if figures[best] else ("No data yet", "$0.00"))
    grew = min(growth, key=lambda name: (-growth[name], name))
    assert told["Growth Leader"] == (grew, f"{float(growth[grew] * 100):+.1f}%")
    assert viewer.get("/api/metrics/weekly").json["topLocation"] == min(
        {place for place, _, _ in sold.values()}, key=lambda name: (-by_place[name], name)
    )
