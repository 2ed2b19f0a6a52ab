"""The settings of the system and the facts of the company."""

from datetime import UTC, datetime

import pytest

from chalicelib.kit.db import Connection
from chalicelib.monitoring.models.settings import SystemSettings
from chalicelib.monitoring.service.settings import MOST_SALES_COUNTED_ANEW
from tests.support import factories
from tests.support.people import SignedIn

CONFIG = "/api/system-config"
COMPANY = "/api/company-settings"


def test_a_new_system_has_the_defaults(admin: SignedIn) -> None:
    assert admin.get(CONFIG).json == SystemSettings().model_dump()


@pytest.mark.rule("US-025")
def test_a_change_keeps_what_it_does_not_name_and_is_audited(admin: SignedIn, db: Connection) -> None:
    changed = admin.put(CONFIG, json={"alert_concurrent_sessions": 5, "business_hours": [7, 19], "unknown": 1}).json

    assert (changed["alert_concurrent_sessions"], changed["business_hours"]) == (5, [7, 19])
    assert changed["account_lock_minutes"] == 15
    assert admin.get(CONFIG).json == changed
    row = db.value("SELECT to_jsonb(event) FROM audit_events event WHERE action = 'settings.changed'")
    assert row["before"] == {"alert_concurrent_sessions": 2, "business_hours": [6, 20]}
    assert row["after"] == {"alert_concurrent_sessions": 5, "business_hours": [7, 19]}


def test_settings_hold_from_the_next_request_on(admin: SignedIn, viewer: SignedIn, db: Connection) -> None:
    admin.put(CONFIG, json={"activity_excluded_prefixes": ["/api/routes"]})

    viewer.get("/api/routes")
    viewer.get("/api/products")

    assert db.values("SELECT page_url FROM activity_events WHERE user_id = %(id)s", id=viewer.user_id) == [
        "/api/products"
    ]


@pytest.mark.rule("US-025")
@pytest.mark.parametrize(
    "body",
    [
        {},
        {"unknown": 1},
        {"brute_force_max_attempts": 2},
        {"brute_force_max_attempts": 11},
        {"account_lock_minutes": 14},
        {"brute_force_lock_minutes": 121},
        {"session_idle_display_minutes": [5, 5, 25]},
        {"session_idle_display_minutes": [5, 15]},
        {"business_hours": [20, 6]},
        {"business_hours": [6, 25]},
        {"activity_excluded_prefixes": ["api"]},
        {"activity_retention_days": 0},
    ],
)
def test_a_setting_out_of_its_range_changes_nothing(admin: SignedIn, db: Connection, body: object) -> None:
    assert admin.put(CONFIG, json=body).status == 400
    assert admin.get(CONFIG).json == SystemSettings().model_dump()
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'settings.changed'") == 0


def test_the_companys_facts_are_changed_by_name(manager: SignedIn, db: Connection) -> None:
    body = {"company_name": "  Acme Vending ", "monthly_revenue_target": 5000.5, "week_start": 0}

    changed = manager.put(COMPANY, json=body).json

    assert (changed["company_name"], changed["monthly_revenue_target"], changed["week_start"]) == (
        "Acme Vending",
        5000.5,
        0,
    )
    assert changed["currency"] == "USD"
    assert manager.get(COMPANY).json == changed
    row = db.value("SELECT after FROM audit_events WHERE action = 'settings.changed'")
    assert row == {"company_name": "Acme Vending", "monthly_revenue_target": 500050, "week_start": 0}


@pytest.mark.rule("US-060")
def test_reports_follow_the_companys_time_zone(manager: SignedIn, db: Connection) -> None:
    sale = {"deviceId": factories.device(db, "111").id, "productId": factories.product(db, "Cola")}
    sold = {**sale, "saleUnits": 2, "saleCash": 3.5, "soldAt": "2026-03-01T03:00:00Z"}
    assert manager.post("/api/sales", json=sold).status == 201

    def days() -> list[tuple[str, float]]:
        told = manager.get("/api/sales/summary?groupBy=date").json
        return [(day["date"], day["totalCash"]) for day in told]

    assert days() == [("2026-02-28", 3.5)]
    assert manager.put(COMPANY, json={"time_zone": "Europe/Berlin"}).json["time_zone"] == "Europe/Berlin"
    assert days() == [("2026-03-01", 3.5)]
    assert manager.put(COMPANY, json={"time_zone": "America/Detroit"}).status == 200
    assert days() == [("2026-02-28", 3.5)]


@pytest.mark.slow
def test_a_time_zone_stays_where_there_are_too_many_sales_to_count_anew(manager: SignedIn, db: Connection) -> None:
    db.execute(
        """
        INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)
        SELECT %(device)s, %(product)s, 1, 100, %(at)s, 'manual'
          FROM generate_series(0, %(most)s)
        """,
        device=factories.device(db, "111").id,
        product=factories.product(db, "Cola"),
        at=datetime(2026, 3, 1, tzinfo=UTC),
        most=MOST_SALES_COUNTED_ANEW,
    )

    refused = manager.put(COMPANY, json={"time_zone": "UTC"})

    assert (refused.status, refused.json["code"]) == (409, "CONFLICT")
    assert manager.get(COMPANY).json["time_zone"] == "America/Detroit"
    assert manager.put(COMPANY, json={"company_name": "A"}).status == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"time_zone": "EST5EDT,nowhere"},
        {"time_zone": "Mars/Olympus"},
        {"currency": "euro"},
        {"week_start": 7},
        {"monthly_revenue_target": 0},
        {"monthly_revenue_target": 1.234},
        {"default_par_percent": 101},
        {"minutes_per_cabinet": 0},
    ],
)
def test_a_fact_out_of_its_range_is_refused(manager: SignedIn, body: object) -> None:
    before = manager.get(COMPANY).json

    assert manager.put(COMPANY, json=body).status == 400
    assert manager.get(COMPANY).json == before


@pytest.mark.parametrize("name", ["monthly_revenue_target", "milestone_month"])
def test_an_amount_beyond_all_money_is_refused(manager: SignedIn, name: str) -> None:
    for amount in (21474836.48, 210249267, 0):
        answer = manager.put(COMPANY, json={name: amount})
        assert (answer.status, name in answer.json["error"]) == (400, True)
    assert manager.put(COMPANY, json={name: 21474836.47}).status == 200
