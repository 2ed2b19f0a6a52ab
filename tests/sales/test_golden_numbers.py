"""The reports of the real fleet, to the cent (domain.md 11)."""

import csv
import io

import pytest

from tests.sales.real import BACKUP_AT, import_fleet

pytestmark = [pytest.mark.real_data, pytest.mark.slow]

JULY = "start_date=2025-07-01&end_date=2025-07-31"

BY_MONTH = [
    ("2024-12", 34, 203, 57255),
    ("2025-05", 1049, 5635, 1685989),
    ("2025-06", 983, 5328, 1559670),
    ("2025-07", 424, 2367, 694747),
    ("2025-08", 241, 1205, 360137),
]

ASSETS_IN_JULY = [
    ("111", 46, 240, 698.31, 22.53),
    ("222", 42, 227, 588.49, 18.98),
    ("333", 27, 135, 401.25, 12.94),
    ("3453", 34, 172, 471.55, 15.21),
    ("444", 33, 216, 630.41, 20.34),
    ("45363", 0, 0, 0, 0),
    ("5436", 43, 225, 642.84, 20.74),
    ("546335", 0, 0, 0, 0),
    ("555", 40, 225, 713.92, 23.03),
    ("666", 51, 278, 852.24, 27.49),
    ("78232", 0, 0, 0, 0),
    ("7875", 31, 168, 508.89, 16.42),
    ("888", 38, 243, 661.79, 21.35),
    ("999", 39, 238, 777.78, 25.09),
]

BEST_PRODUCTS_IN_JULY = [
    ("Grilled Chicken", 93, 467.62, 15.08),
    ("Monster Zero Ultra", 128, 443.18, 14.3),
    ("NOS Energy", 127, 433.67, 13.99),
]


@pytest.fixture
def get(viewer, real_data, database, clock_at):
    import_fleet(real_data, database)
    clock_at(BACKUP_AT)

    def get(path):
        answer = viewer.get(f"/api/{path}")
        assert answer.status == 200
        return answer.json

    return get


@pytest.mark.rule("US-057", "7.10", "C-20", "BR-150", "BR-151")
def test_the_reports_of_the_real_fleet_are_right_to_the_cent(get, db):
    months = db.raw.execute(
        """
        SELECT to_char(day, 'YYYY-MM'), sum(transactions), sum(units), sum(revenue_cents)
          FROM sales_daily
         GROUP BY 1
         ORDER BY 1
        """
    )
    assert [tuple(month) for month in months] == BY_MONTH

    report = get(f"sales/asset-report?{JULY}")
    assert report["daysInRange"] == 31
    figures = ("asset", "totalTransactions", "totalUnits", "totalSales", "dailyAverage")
    assert [tuple(device[figure] for figure in figures) for device in report["devices"]] == ASSETS_IN_JULY

    products = get(f"sales/product-report?{JULY}")["products"]
    assert len(products) == 31
    figures = ("productName", "totalUnits", "totalSales", "dailyAverage")
    assert [tuple(product[figure] for figure in figures) for product in products[:3]] == BEST_PRODUCTS_IN_JULY

    days = get("sales/summary?groupBy=date&start_date=2025-08-04&end_date=2025-08-10")
    assert sum(day["totalTransactions"] for day in days) == 117
    days = get("sales/summary?groupBy=date&start_date=2025-07-28&end_date=2025-08-03")
    assert sum(day["totalTransactions"] for day in days) == 124


@pytest.mark.rule("US-057", "7.10", "C-20")
def test_the_dashboard_of_the_real_fleet_is_right_to_the_cent(get):
    week = get("metrics/weekly")
    assert (week["weeklyRevenue"], week["previousWeekRevenue"], week["weeklyGrowth"]) == (1769.12, 1832.25, -3.4)
    assert (week["deviceCount"], week["avgRevenuePerDevice"]) == (14, 126.37)
    assert (week["topLocation"], week["topLocationRevenue"]) == ("DTW Terminal B", 451.9)

    month = get("metrics/achievements")
    assert (month["current"], month["target"], month["progress"], month["remaining"], month["tier"]) == (
        3601.37,
        4000,
        90.0,
        398.63,
        "nearly",
    )
    assert [(top["name"], top["value"]) for top in get("metrics/top-performers")] == [
        ("555", "$259.47"),
        ("DTW Terminal B", "$451.90"),
        ("555", "+42.9%"),
    ]
    assert [(month["period"], month["revenue"]) for month in get("metrics/timeline")[2:]] == [
        ("May", 16859.89),
        ("Jun", 15596.7),
        ("Jul", 6947.47),
        ("Aug", 3601.37),
    ]


@pytest.mark.rule("US-057", "7.10", "C-20")
def test_the_first_day_of_a_week_is_in_it(get):
    """The legacy application compares days as texts and loses Monday: 34 sales of 487.94, and shows 1,281.18 of 83."""
    days = get("sales/summary?groupBy=date&start_date=2025-08-04&end_date=2025-08-10")
    monday = days[-1]

    assert (monday["date"], monday["totalTransactions"], monday["totalCash"]) == ("2025-08-04", 34, 487.94)
    assert sum(day["totalTransactions"] for day in days[:-1]) == 83
    assert round(sum(day["totalCash"] for day in days[:-1]), 2) == 1281.18
    assert round(sum(day["totalCash"] for day in days), 2) == get("metrics/weekly")["weeklyRevenue"] == 1769.12


@pytest.mark.rule("US-057", "7.10")
def test_the_growth_leader_grew_from_and_to_these_amounts(get):
    week, before = (
        {device["asset"]: device["totalSales"] for device in get(f"sales/asset-report?{days}")["devices"]}
        for days in ("start_date=2025-08-04&end_date=2025-08-10", "start_date=2025-07-28&end_date=2025-08-03")
    )

    assert (before["555"], week["555"]) == (181.61, 259.47)
    assert max(week, key=week.__getitem__) == "555"


@pytest.mark.rule("US-057")
def test_all_sales_of_the_real_fleet_are_there(get, db):
    everything = get("sales/summary?groupBy=date")

    figures = ("totalTransactions", "totalUnits")
    assert [sum(day[figure] for day in everything) for figure in figures] == [2731, 14738]
    assert round(sum(day["totalCash"] for day in everything), 2) == 43577.98
    assert db.value("SELECT count(*) FROM sales") == 2731


@pytest.mark.rule("US-057", "US-100", "BR-154")
def test_the_file_of_a_real_report_has_the_golden_numbers(get, viewer):
    text = viewer.get(f"/api/sales/asset-report?{JULY}&format=csv").text

    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    figures = ("totalTransactions", "totalUnits", "totalSales", "dailyAverage")
    assert [(row["asset"], *(float(row[figure]) for figure in figures)) for row in rows] == ASSETS_IN_JULY
