"""Making up sales."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kit import db as kit_db
from chalicelib.kit.settings import settings
from chalicelib.sales import service
from chalicelib.stock.service import check_ledger
from tests.planning.sold import sell
from tests.support import factories

NOW = datetime(2025, 8, 6, 16, 0, tzinfo=UTC)
PATH = "/api/sales/generate-demo-data"


@pytest.fixture
def device(db, clock_at):
    clock_at(NOW)
    gone = factories.device(db, cabinets=("Cooler",))
    factories.delete_device(db, gone.id)
    for price in (100, 250):
        factories.product(db, price_cents=price)
    factories.product(db, deleted_at=NOW)
    return factories.device(db, cabinets=("Cooler",))


def test_each_device_gets_one_to_five_sales_a_day_in_opening_hours(admin, db, device):
    answer = admin.post(PATH, json={"date_from": "2025-07-01", "date_to": "2025-07-31"})

    assert answer.status == 200
    made = answer.json
    assert made == {
        "success": True,
        "count": made["count"],
        "salesCreated": made["count"],
        "salesRemoved": 0,
        "daysOfData": 31,
        "dateFrom": "2025-07-01",
        "dateTo": "2025-07-31",
        "startDate": "2025-07-01",
        "endDate": "2025-07-31",
    }
    assert db.value("SELECT count(*) FROM sales WHERE source = 'demo'") == made["count"]
    assert db.values("SELECT DISTINCT device_id FROM sales") == [device.id]
    a_day = db.values("SELECT count(*) FROM sales GROUP BY (sold_at AT TIME ZONE 'America/Detroit')::date")
    assert (len(a_day), set(a_day) <= {1, 2, 3, 4, 5}) == (31, True)
    hours = db.values("SELECT DISTINCT extract(hour FROM sold_at AT TIME ZONE 'America/Detroit')::int FROM sales")
    assert set(hours) <= set(range(6, 23))
    wrong = "SELECT count(*) FROM sales JOIN products p ON p.id = product_id WHERE revenue_cents <> units * price_cents"
    assert db.value(f"{wrong} OR p.deleted_at IS NOT NULL") == 0


@pytest.mark.rule("12.4")
def test_the_rollup_follows_and_the_stock_does_not_move(admin, db, device):
    admin.post(PATH, json={})
    rollup = "SELECT (device_id, product_id, day, units, revenue_cents, transactions)::text FROM sales_daily ORDER BY 1"
    kept = db.values(rollup)

    with kit_db.transaction() as connection:
        service.rebuild_daily(connection)

    assert db.values(rollup) == kept
    assert check_ledger(db) == []
    assert db.value("SELECT max(sold_at) <= %(now)s FROM sales", now=NOW)
    assert db.value("SELECT min(day) >= '2025-07-08' FROM sales_daily")


def test_only_made_up_sales_are_cleared(admin, db, device):
    real = sell(db, device.id, db.value("SELECT min(id) FROM products"), sold_at=NOW - timedelta(days=1))
    first = admin.post(PATH, json={"days": 3}).json["count"]

    again = admin.post(PATH, json={"days": 2, "devicesPerDay": 0, "clearExisting": True}).json

    assert (again["count"], again["salesRemoved"]) == (0, first)
    assert db.values("SELECT id FROM sales") == [real]
    assert db.value("SELECT (sum(units), sum(transactions))::text FROM sales_daily") == "(1,1)"
    assert db.values("SELECT action FROM audit_events") == ["sale.demo_generated"] * 2


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"date_from": "2025-08-02", "date_to": "2025-08-01"}, "date_from must be less than or equal to date_to"),
        ({"date_from": "2024-08-01", "date_to": "2025-08-01"}, "Date range cannot exceed 365 days"),
        ({"date_from": "1.8.2025"}, "Invalid date format. Use YYYY-MM-DD"),
        ({"days": 366}, "days: Input should be less than or equal to 365"),
        ({"devicesPerDay": 1.5}, "devicesPerDay: Input should be less than or equal to 1"),
    ],
)
def test_bad_questions_are_refused(admin, device, body, sentence):
    answer = admin.post(PATH, json=body)

    assert (answer.status, answer.json["error"]) == (400, sentence)


def test_without_devices_or_products_there_is_nothing_to_sell(admin, db):
    assert admin.post(PATH, json={}).json["error"] == "No devices found"
    factories.device(db)
    assert admin.post(PATH, json={}).json["error"] == "No products found"


def test_production_has_no_made_up_sales(admin, db, device, monkeypatch):
    monkeypatch.setenv("CVD_STAGE", "prod")
    settings.cache_clear()

    answer = admin.post(PATH, json={"clearExisting": True})

    assert (answer.status, answer.json["error"]) == (403, "Demo data is not made in production.")
    assert db.value("SELECT count(*) FROM sales") == 0


def test_only_admins_make_sales_up(manager, viewer, driver, client, device):
    for person, status in ((manager, 403), (viewer, 403), (driver, 403), (client, 401)):
        assert person.post(PATH, json={}).status == status
