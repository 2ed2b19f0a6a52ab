"""The asset report, which PostgreSQL writes whole, against the same figures from Python's own arithmetic."""

import random
import statistics
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from pydantic import TypeAdapter

from chalicelib.sales.models.reports import AssetReport
from chalicelib.sales.queries import asset_report
from chalicelib.sales.rules import Period
from tests.planning.sold import sell
from tests.support import factories

FIRST = date(2025, 8, 4)
DAYS = Period(FIRST, FIRST + timedelta(days=6))


def rounded(cents: int, by: int) -> float | None:
    """Return currency units, of whole cents, halves away from zero."""
    return float((Decimal(cents) / by).quantize(Decimal(1), ROUND_HALF_UP) / 100) if by else None


def quarter(cents: int, earning: list[int]) -> int | None:
    """Return the quarter of the earning devices that one is in, by the exclusive method (domain.md 7.16)."""
    if cents <= 0 or len(earning) < 2:
        return None
    return 1 + sum(cents > cut for cut in statistics.quantiles(earning, n=4, method="exclusive"))


@pytest.mark.rule("7.10", "7.16", "BR-150")
@pytest.mark.parametrize(("seed", "devices"), [(1, 1), (2, 2), (3, 3), (4, 5), (5, 8), (6, 40)])
def test_every_figure_is_that_of_pythons_arithmetic(db, seed, devices):
    course = random.Random(seed)
    products = [factories.product(db) for _ in range(3)]
    sold: dict[int, list[tuple[date, int, int]]] = {}
    for number in range(devices):
        device = factories.device(db, f"A{number:03}").id
        sold[device] = []
        for _ in range(course.choice([0, 1, 2, 9])):
            day = FIRST + timedelta(days=course.randint(-1, 7))
            units, cents = course.choice([1, 2, 3, 7]), course.choice([0, 5, 33, 100, 100, 12345])
            at = datetime(day.year, day.month, day.day, 16, tzinfo=UTC)
            sell(db, device, course.choice(products), sold_at=at, units=units, revenue_cents=cents)
            if DAYS.start <= day <= DAYS.end:
                sold[device].append((day, units, cents))
    revenue = {device: sum(cents for *_, cents in sales) for device, sales in sold.items()}
    earning = [cents for cents in revenue.values() if cents > 0]
    whole = sum(revenue.values())

    report = TypeAdapter(dict[str, object]).validate_json(asset_report.of_devices(db, DAYS).text)

    assert list(report) == TypeAdapter(AssetReport).json_schema(mode="serialization")["required"]
    assert (report["startDate"], report["endDate"], report["daysInRange"]) == ("2025-08-04", "2025-08-10", 7)
    assert report["totals"] == {
        "totalTransactions": sum(map(len, sold.values())),
        "totalUnits": sum(units for sales in sold.values() for _, units, _ in sales),
        "totalSales": whole / 100,
        "dailyAverage": rounded(whole, 7),
    }
    for row, (device, sales) in zip(report["devices"], sold.items(), strict=True):
        units, cents, days = sum(it[1] for it in sales), revenue[device], {it[0].isoformat() for it in sales}
        share = (Decimal(1000 * cents) / whole).quantize(Decimal(1), ROUND_HALF_UP) / 10 if whole else 0
        assert row == {
            "deviceId": device,
            "asset": row["asset"],
            "cooler": row["cooler"],
            "location": row["location"],
            "routeName": "Unassigned",
            "routeNumber": None,
            "totalTransactions": len(sales),
            "totalUnits": units,
            "totalSales": cents / 100,
            "dailyAverage": rounded(cents, 7),
            "revenuePerUnit": rounded(cents, units),
            "averageTicket": rounded(cents, len(sales)),
            "activeDays": len(days),
            "firstSaleDate": min(days, default=None),
            "lastSaleDate": max(days, default=None),
            "sharePercent": float(share),
            "quartile": quarter(cents, earning),
        }
