"""The use of the system over days: domain.md 7.11 held against numbers worked out by hand."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from chalicelib.kit.db import Connection
from chalicelib.monitoring import rules
from tests.monitoring.traces import activity
from tests.support.people import SignedIn

NOON = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
TRENDS = "/api/admin/activity/trends"
EXPORT = "/api/admin/activity/export"


@pytest.fixture(autouse=True)
def at_noon(clock_at: Callable[[datetime], None]) -> None:
    clock_at(NOON)


def summed(db: Connection, last: date, users: list[int]) -> None:
    """Write the nightly figures of days up to `last`."""
    for back, count in enumerate(reversed(users)):
        db.execute(
            "INSERT INTO activity_daily (day, unique_users, page_views) VALUES (%(day)s, %(users)s, 0)",
            day=last - timedelta(days=back),
            users=count,
        )


@pytest.mark.rule("7.11")
def test_a_line_through_a_straight_row_is_the_row() -> None:
    line = rules.line_through([2, 4, 6, 8])

    assert (line.slope, line.start, line.fit) == (2, 2, 1)
    assert line.at(4) == 10
    assert rules.line_through([8, 6, 4, 2]).at(10) == 0


@pytest.mark.rule("7.11")
@pytest.mark.parametrize(
    ("values", "trend", "strength"),
    [
        ([100, 100.5, 101], "stable", 0.0498),
        ([1, 2, 3], "increasing", 1),
        ([3, 2, 1], "decreasing", 1),
        ([0, 0], "stable", 0),
    ],
)
def test_the_slope_against_the_mean_makes_the_trend(values: list[float], trend: str, strength: float) -> None:
    line, mean = rules.line_through(values), sum(values) / len(values)

    assert rules.trend_of(line, mean) == trend
    assert rules.strength_of(line, mean) == pytest.approx(strength, abs=0.0001)


@pytest.mark.rule("7.11")
@pytest.mark.parametrize(("values", "percent"), [([4, 9, 6], 50), ([0, 1], 100), ([0, 0], 0), ([4, 1], -75)])
def test_the_change_is_from_the_first_to_the_last(values: list[float], percent: float) -> None:
    assert rules.change_percent(values) == percent


@pytest.mark.rule("US-024", "7.11")
def test_figures_and_trend_of_a_week(admin: SignedIn, db: Connection) -> None:
    summed(db, date(2026, 3, 3), [1, 2, 3, 4, 5, 6, 7])

    data = admin.get(TRENDS, params={"start_date": "2026-02-25", "end_date": "2026-03-03"}).json["data"]

    told = data["summary"]["unique_users"]
    assert (told["average"], told["median"], told["std_dev"], told["min"], told["max"]) == (4, 4, 2, 1, 7)
    assert (told["peak_date"], told["total"], told["trend"], told["percentage_change"]) == (
        "2026-03-03",
        28,
        "increasing",
        600,
    )
    assert told["trend_analysis"]["forecast"] == [8, 9, 10, 11, 12, 13, 14]
    assert (told["trend_confidence"], told["trend_analysis"]["strength"]) == (1, 1)
    flat = data["summary"]
    assert (flat["trend"], flat["average_daily_users"], flat["peak_day"]) == ("increasing", 4, "2026-03-03")
    last = data["metrics"]["unique_users"][-1]
    assert (last["7day_avg"], last["30day_avg"]) == (4, 4)


@pytest.mark.rule("7.11")
def test_days_without_figures_are_zeros_and_few_days_make_no_trend(admin: SignedIn, db: Connection) -> None:
    summed(db, date(2026, 3, 2), [6])

    data = admin.get(TRENDS, params={"start_date": "2026-03-01", "end_date": "2026-03-03"}).json["data"]

    assert [point["value"] for point in data["metrics"]["unique_users"]] == [0, 6, 0]
    assert data["summary"]["unique_users"]["trend"] is None
    assert data["summary"]["trend"] == "stable"


def test_today_is_counted_now_and_a_future_end_is_today(admin: SignedIn, viewer: SignedIn, db: Connection) -> None:
    activity(db, viewer, NOON - timedelta(hours=1), times=2)

    data = admin.get(TRENDS, params={"end_date": "2027-01-01", "metrics": "total_page_views"}).json["data"]

    assert data["period"] == {"start": "2026-02-03", "end": "2026-03-04", "days": 30}
    assert data["metrics"]["total_page_views"][-1]["value"] == 2
    assert list(data["metrics"]) == ["total_page_views"]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"start_date": "2026-03-03", "end_date": "2026-03-01"}, "start_date must not be after end_date"),
        ({"start_date": "2025-01-01"}, "start_date must lie within the last 365 days"),
        ({"metrics": "unique_users,moods"}, "Unknown metric: moods"),
        ({"metrics": ","}, "Name at least one metric."),
        ({"start_date": "yesterday"}, "start_date must be a date as YYYY-MM-DD"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused(admin: SignedIn, query: dict[str, str], error: str) -> None:
    answer = admin.get(TRENDS, params=query)

    assert (answer.status, answer.json["error"]) == (400, error)


@pytest.mark.rule("US-024")
def test_more_than_a_hundred_looks_in_a_minute_are_refused(admin: SignedIn, db: Connection) -> None:
    db.execute(
        "INSERT INTO rate_limits (scope, subject, window_start, hits) VALUES ('activity-trends', %(me)s, %(at)s, 100)",
        me=str(admin.user_id),
        at=NOON,
    )

    answer = admin.get(TRENDS)

    assert (answer.status, answer.headers["retry-after"]) == (429, "60")


@pytest.mark.rule("BR-154", "US-100", "US-024")
def test_an_export_is_a_file_and_leaves_its_rows_in_log_and_trail(admin: SignedIn, db: Connection) -> None:
    summed(db, date(2026, 3, 3), [3, 5])

    answer = admin.get(EXPORT, params={"start_date": "2026-03-02", "end_date": "2026-03-03"})

    assert answer.headers["content-disposition"] == "attachment; filename=activity_data_20260304_170000.csv"
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.text.split("\r\n") == [
        "date,unique_users,total_sessions,total_page_views",
        "2026-03-02,3,0,0",
        "2026-03-03,5,0,0",
        "",
    ]
    assert db.value("SELECT jsonb_build_array(row_count, format, user_id) FROM data_export_log") == [
        2,
        "csv",
        admin.user_id,
    ]
    assert db.value("SELECT details ->> 'rows' FROM audit_events WHERE action = 'export.run'") == "2"


def test_an_export_by_name_holds_that_users_activity_with_formulas_made_harmless(
    admin: SignedIn, viewer: SignedIn, db: Connection
) -> None:
    activity(db, viewer, NOON - timedelta(days=29), "=HYPERLINK(1)")
    activity(db, viewer, NOON - timedelta(days=31), "/too-old")

    rows = list(csv.DictReader(io.StringIO(admin.get(EXPORT, params={"username": viewer.username}).text)))

    assert [row["page_url"] for row in rows] == ["'=HYPERLINK(1)"]
    assert admin.get(EXPORT, params={"username": "nobody.here"}).status == 404


@pytest.mark.rule("BR-154")
def test_an_export_of_activity_has_the_newest_ten_thousand_rows(
    admin: SignedIn, viewer: SignedIn, db: Connection
) -> None:
    db.execute(
        """
        INSERT INTO activity_events (session_id, user_id, at, page_url, action_type)
        SELECT %(session)s, %(user)s, %(now)s - number * interval '1 second', '/page/' || number, 'page_view'
          FROM generate_series(1, 10005) number
        """,
        session=viewer.session_id,
        user=viewer.user_id,
        now=NOON,
    )

    rows = list(csv.DictReader(io.StringIO(admin.get(EXPORT, params={"username": viewer.username}).text)))

    assert len(rows) == 10_000
    assert [row["page_url"] for row in rows[:2]] == ["/page/1", "/page/2"]


def test_an_export_as_json_is_by_day(admin: SignedIn, db: Connection) -> None:
    summed(db, date(2026, 3, 3), [3])
    query = {"start_date": "2026-03-03", "end_date": "2026-03-03", "format": "json", "metrics": "unique_users"}

    told = admin.get(EXPORT, params=query).json

    assert (told["period"], told["metrics"]) == ({"start": "2026-03-03", "end": "2026-03-03"}, ["unique_users"])
    assert told["data"] == {"2026-03-03": {"unique_users": 3}}
    assert admin.get(EXPORT, params={"format": "xlsx"}).json["error"] == "Invalid format. Use csv or json"


@pytest.mark.rule("BR-155")
def test_the_thirty_first_export_of_an_hour_is_refused(admin: SignedIn, db: Connection) -> None:
    db.execute(
        "INSERT INTO rate_limits (scope, subject, window_start, hits) VALUES ('export', %(me)s, %(at)s, 30)",
        me=str(admin.user_id),
        at=NOON,
    )

    assert admin.get(EXPORT).status == 429


def test_the_monitor_tells_that_it_works_and_that_it_has_no_cache(admin: SignedIn, db: Connection) -> None:
    activity(db, admin, NOON - timedelta(hours=1), TRENDS, kind="api_call", times=2)

    health = admin.get("/api/admin/activity/health").json

    assert health["status"] == "healthy"
    assert health["checks"]["performance"]["trends_api"] == {"avg_ms": 2000, "p95_ms": 2000, "requests": 2}
    assert admin.get("/api/admin/activity/cache/stats").json["stats"]["max_size"] == 0
    assert admin.post("/api/admin/activity/cache/clear").json["message"] == "Cache cleared successfully"
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'monitor.cache_cleared'") == 1


def test_both_forms_of_an_export_are_described(admin: SignedIn) -> None:
    described = admin.get("/api/openapi.json").json["paths"]["/api/admin/activity/export"]["get"]["responses"]["200"]

    for form, kind in (("csv", "text/csv"), ("json", "application/json")):
        assert admin.get(EXPORT, params={"format": form}).headers["content-type"].split(";")[0] == kind
        assert kind in described["content"]
