"""The sales reports."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.planning.sold import sell
from tests.planning.statements import statements_of
from tests.support import factories

NOW = datetime(2025, 8, 6, 22, 0, tzinfo=UTC)
"""A Wednesday."""


@pytest.fixture(autouse=True)
def _wednesday(clock_at):
    clock_at(NOW)


def on(day, hour=16):
    return datetime.fromisoformat(f"2025-{day}").replace(hour=hour, tzinfo=UTC)


@pytest.fixture
def fleet(db):
    """Two devices that sell, one that does not, and one that was deleted after it had sold."""
    cola, chips = factories.product(db, "Cola", category="soda"), factories.product(db, "chips", price_cents=99)
    airport = factories.location(db, "Airport")
    north = factories.route(db, "North", number=7)
    big = factories.device(db, "111", cabinets=("Cooler",), location_id=airport, route_id=north)
    small = factories.device(db, "22", cabinets=("Cooler",))
    idle = factories.device(db, "3", cabinets=("Cooler",), location_id=airport)
    gone = factories.device(db, "4", cabinets=("Cooler",))
    sell(db, big.id, cola, units=4, revenue_cents=1000, sold_at=on("08-04"))
    sell(db, big.id, chips, units=1, revenue_cents=99, sold_at=on("08-05"))
    sell(db, small.id, cola, units=2, revenue_cents=401, sold_at=on("08-05"))
    sell(db, gone.id, chips, units=9, revenue_cents=9000, sold_at=on("08-05"))
    factories.delete_device(db, gone.id)
    return {"big": big.id, "small": small.id, "idle": idle.id, "gone": gone.id, "cola": cola, "chips": chips}


@pytest.mark.rule("US-057", "7.10", "BR-151")
def test_the_asset_report_has_every_live_device_also_without_sales(viewer, fleet):
    answer = viewer.get("/api/sales/asset-report?start_date=2025-08-04&end_date=2025-08-07")

    assert answer.status == 200
    report = answer.json
    assert (report["startDate"], report["endDate"], report["daysInRange"]) == ("2025-08-04", "2025-08-07", 4)
    assert report["devices"] == [
        {
            "deviceId": fleet["big"],
            "asset": "111",
            "cooler": "Near the gate",
            "location": "Airport",
            "routeName": "North",
            "routeNumber": 7,
            "totalTransactions": 2,
            "totalUnits": 5,
            "totalSales": 10.99,
            "dailyAverage": 2.75,
            "revenuePerUnit": 2.2,
            "averageTicket": 5.5,
            "activeDays": 2,
            "firstSaleDate": "2025-08-04",
            "lastSaleDate": "2025-08-05",
            "sharePercent": 73.3,
            "quartile": 3,
        },
        {
            "deviceId": fleet["small"],
            "asset": "22",
            "cooler": "Near the gate",
            "location": "Warehouse",
            "routeName": "Unassigned",
            "routeNumber": None,
            "totalTransactions": 1,
            "totalUnits": 2,
            "totalSales": 4.01,
            "dailyAverage": 1.0,
            "revenuePerUnit": 2.01,
            "averageTicket": 4.01,
            "activeDays": 1,
            "firstSaleDate": "2025-08-05",
            "lastSaleDate": "2025-08-05",
            "sharePercent": 26.7,
            "quartile": 2,
        },
        {
            "deviceId": fleet["idle"],
            "asset": "3",
            "cooler": "Near the gate",
            "location": "Airport",
            "routeName": "Unassigned",
            "routeNumber": None,
            "totalTransactions": 0,
            "totalUnits": 0,
            "totalSales": 0.0,
            "dailyAverage": 0.0,
            "revenuePerUnit": None,
            "averageTicket": None,
            "activeDays": 0,
            "firstSaleDate": None,
            "lastSaleDate": None,
            "sharePercent": 0.0,
            "quartile": None,
        },
    ]
    assert report["totals"] == {"totalTransactions": 3, "totalUnits": 7, "totalSales": 15.0, "dailyAverage": 3.75}


@pytest.mark.rule("7.10", "C-20")
def test_without_days_the_asset_report_is_of_the_week_as_the_company_begins_it(viewer, db, fleet):
    monday = viewer.get("/api/sales/asset-report").json
    db.execute("UPDATE company_settings SET week_start = 0")
    sunday = viewer.get("/api/sales/asset-report?start_date=&end_date=").json

    assert (monday["startDate"], monday["endDate"]) == ("2025-08-04", "2025-08-10")
    assert (sunday["startDate"], sunday["endDate"]) == ("2025-08-03", "2025-08-09")


@pytest.mark.rule("BR-150", "7.10")
def test_both_ends_of_a_period_count_in_the_companys_zone(viewer, db, fleet):
    sell(db, fleet["idle"], fleet["cola"], revenue_cents=1, sold_at=datetime(2025, 3, 9, 4, 59, 59, tzinfo=UTC))
    sell(db, fleet["idle"], fleet["cola"], revenue_cents=2, sold_at=datetime(2025, 3, 9, 5, 0, tzinfo=UTC))
    sell(db, fleet["idle"], fleet["cola"], revenue_cents=4, sold_at=datetime(2025, 3, 10, 3, 59, 59, tzinfo=UTC))
    sell(db, fleet["idle"], fleet["cola"], revenue_cents=8, sold_at=datetime(2025, 3, 10, 4, 0, tzinfo=UTC))

    report = viewer.get("/api/sales/asset-report?start_date=2025-03-09&end_date=2025-03-09").json

    assert (report["daysInRange"], report["totals"]["totalSales"]) == (1, 0.06)


@pytest.mark.rule("US-057", "7.10", "BR-151")
def test_the_product_report_has_what_was_sold_on_all_devices_best_first(viewer, db, fleet):
    unsold = factories.product(db)
    db.execute("UPDATE products SET deleted_at = now() WHERE id = %(id)s", id=fleet["chips"])

    answer = viewer.get("/api/sales/product-report?start_date=2025-08-04&end_date=2025-08-06")

    assert answer.status == 200
    assert answer.json == {
        "daysInRange": 3,
        "products": [
            {
                "productId": fleet["chips"],
                "productName": "chips",
                "category": "snacks",
                "price": 0.99,
                "totalSales": 90.99,
                "totalUnits": 10,
                "dailyAverage": 30.33,
                "deleted": True,
            },
            {
                "productId": fleet["cola"],
                "productName": "Cola",
                "category": "soda",
                "price": 1.5,
                "totalSales": 14.01,
                "totalUnits": 6,
                "dailyAverage": 4.67,
                "deleted": False,
            },
        ],
    }
    assert unsold not in [product["productId"] for product in answer.json["products"]]


@pytest.mark.rule("7.10")
def test_products_that_took_in_the_same_are_ordered_by_name(viewer, db):
    device = factories.device(db, cabinets=("Cooler",))
    for name in ("b", "C", "a"):
        sell(db, device.id, factories.product(db, name), sold_at=on("08-05"))

    products = viewer.get("/api/sales/product-report?start_date=2025-08-05&end_date=2025-08-05").json["products"]

    assert [product["productName"] for product in products] == ["a", "b", "C"]


@pytest.mark.rule("BR-150")
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("", "Both start_date and end_date are required"),
        ("start_date=2025-08-01", "Both start_date and end_date are required"),
        ("start_date=&end_date=2025-08-01", "Both start_date and end_date are required"),
        ("start_date=2025-08-02&end_date=2025-08-01", "Start date must be before or equal to end date"),
        ("start_date=20250801&end_date=2025-08-01", "Invalid date format. Use YYYY-MM-DD"),
        ("start_date=2025-02-29&end_date=2025-08-01", "Invalid date format. Use YYYY-MM-DD"),
        ("start_date=2024-01-01&end_date=2025-02-04", "A report covers at most 400 days."),
    ],
)
def test_bad_periods_are_refused(viewer, query, sentence):
    answer = viewer.get(f"/api/sales/product-report?{query}")

    assert (answer.status, answer.json["error"]) == (400, sentence)
    if "Both" not in sentence:
        for path in ("asset-report", "summary"):
            answer = viewer.get(f"/api/sales/{path}?{query}")
            assert (answer.status, answer.json["error"]) == (400, sentence)


@pytest.mark.rule("BR-150")
def test_a_leap_day_and_400_days_are_fine(viewer):
    assert viewer.get("/api/sales/product-report?start_date=2024-02-29&end_date=2025-04-03").status == 200


@pytest.mark.rule("7.10", "BR-151")
def test_summaries_by_device_product_and_date(viewer, fleet):
    def summary(**params):
        answer = viewer.get("/api/sales/summary", params=params)
        assert answer.status == 200
        return answer.json

    by_device = summary()
    assert by_device[0] == {
        "deviceId": fleet["big"],
        "asset": "111",
        "cooler": "Near the gate",
        "totalTransactions": 2,
        "totalUnits": 5,
        "totalCash": 10.99,
    }
    assert [row["asset"] for row in by_device] == ["111", "22"]
    assert [(row["name"], row["totalUnits"], row["totalCash"]) for row in summary(groupBy="product")] == [
        ("Cola", 6, 14.01),
        ("chips", 1, 0.99),
    ]
    by_date = [
        {
            "date": "2025-08-05",
            "totalTransactions": 2,
            "uniqueDevices": 2,
            "uniqueProducts": 2,
            "totalUnits": 3,
            "totalCash": 5.0,
        },
        {
            "date": "2025-08-04",
            "totalTransactions": 1,
            "uniqueDevices": 1,
            "uniqueProducts": 1,
            "totalUnits": 4,
            "totalCash": 10.0,
        },
    ]
    assert summary(groupBy="date") == summary(groupBy="anything") == by_date
    assert summary(groupBy="date", start_date="2025-08-05") == by_date[:1]
    assert summary(groupBy="date", end_date="2025-08-04") == by_date[1:]
    assert summary(start_date="2030-01-01") == []


@pytest.mark.rule("US-112")
def test_reports_cost_the_same_for_many_devices(viewer, db, fleet, caplog):
    paths = [
        "/api/sales/asset-report",
        "/api/sales/product-report?start_date=2025-08-01&end_date=2025-08-06",
        "/api/sales/summary",
        "/api/metrics/weekly",
        "/api/metrics/top-performers",
    ]
    viewer.get("/api/sales")
    few = [statements_of(caplog, lambda path=path: viewer.get(path)) for path in paths]
    for number in range(4):
        device = factories.device(db, cabinets=("Cooler",))
        sell(db, device.id, factories.product(db), sold_at=NOW - timedelta(days=number))

    assert [statements_of(caplog, lambda path=path: viewer.get(path)) for path in paths] == few


REPORTS = [
    "sales/asset-report",
    "sales/product-report?start_date=2025-08-01&end_date=2025-08-06",
    "sales/summary",
    "metrics/weekly",
    "metrics/timeline",
    "metrics/achievements",
    "metrics/top-performers",
]


@pytest.mark.rule("US-102", "US-113")
def test_reports_are_for_everybody_but_drivers(admin, manager, viewer, driver, client):
    for path in REPORTS:
        for person, status in ((admin, 200), (manager, 200), (viewer, 200), (driver, 403), (client, 401)):
            assert person.get(f"/api/{path}").status == status
