"""Who is on the system, what they did, and ending their sessions."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kit.db import Connection
from tests.monitoring.traces import activity, session
from tests.support.client import Client
from tests.support.people import SignedIn

NOON = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
CURRENT = "/api/admin/activity/current"
Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def at_noon(clock_at: Clock) -> None:
    clock_at(NOON)


@pytest.mark.rule("US-020", "BR-161")
def test_each_open_session_is_shown_with_how_long_it_has_been_idle(
    admin: SignedIn, manager: SignedIn, db: Connection
) -> None:
    for name, idle in (("a", 4), ("b", 5), ("c", 15), ("d", 25)):
        last = NOON - timedelta(minutes=idle)
        session(db, manager.user_id, begun=NOON - timedelta(minutes=90), last=last, family=name)
    db.execute("DELETE FROM sessions WHERE id = %(own)s", own=manager.session_id)

    shown = admin.get(CURRENT, params={"role_filter": "manager", "sort": "last_activity", "order": "desc"}).json["data"]

    assert [one["status"] for one in shown["sessions"]] == ["active", "idle", "warning", "expired"]
    assert [one["session_duration_minutes"] for one in shown["sessions"]] == [90] * 4
    summary = shown["summary"]
    assert (summary["total_active"], summary["total_idle"], summary["total_warning"]) == (1, 1, 1)
    assert summary["by_role"] == {"manager": 4}
    assert shown["pagination"] == {"total": 4, "page": 1, "limit": 50, "pages": 1}


@pytest.mark.rule("US-020")
def test_the_last_page_of_a_session_is_shown(admin: SignedIn, manager: SignedIn, db: Connection) -> None:
    activity(db, manager, NOON + timedelta(seconds=1), "/pages/sales.html")
    db.execute("UPDATE sessions SET created_at = %(at)s WHERE user_id = %(id)s", at=NOON, id=manager.user_id)

    (shown,) = admin.get(CURRENT, params={"role_filter": "manager"}).json["data"]["sessions"]

    assert (shown["current_page"], shown["page_title"]) == ("/pages/sales.html", "Home")


@pytest.mark.rule("US-020")
def test_idle_sessions_can_be_left_out_and_pages_are_bounded(
    admin: SignedIn, manager: SignedIn, db: Connection
) -> None:
    idle = NOON - timedelta(minutes=30)
    assert manager.session_id
    for number in range(3):
        session(db, manager.user_id, begun=idle, last=idle, family=f"idle{number}")

    active = admin.get(CURRENT, params={"include_idle": "false", "role_filter": "manager"}).json["data"]
    paged = admin.get(CURRENT, params={"role_filter": "manager", "limit": "2", "page": "2"}).json["data"]

    assert len(active["sessions"]) == 1
    assert (len(paged["sessions"]), paged["pagination"]["pages"]) == (2, 2)
    assert admin.get(CURRENT, params={"limit": "5000"}).json["data"]["pagination"]["limit"] == 100
    assert admin.get(CURRENT, params={"order": "asc; DROP TABLE users"}).status == 400


@pytest.mark.rule("US-020")
def test_a_look_is_audited_once_in_a_quarter_of_an_hour(admin: SignedIn, db: Connection) -> None:
    db.execute(
        """
        INSERT INTO audit_events (at, actor_id, actor_username, action, resource_type, details)
        VALUES (now() - interval '16 minutes', %(me)s, 'me', 'monitor.viewed', 'monitor',
                jsonb_build_object('what', 'activity monitor'))
        """,
        me=admin.user_id,
    )

    for _ in range(3):
        assert admin.get(CURRENT).status == 200

    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'monitor.viewed'") == 2


@pytest.mark.rule("BR-160")
def test_the_monitor_and_the_tracker_do_not_watch_themselves(admin: SignedIn, db: Connection) -> None:
    admin.get(CURRENT)
    admin.post("/api/activity/track", json={"page_url": "/#home", "action_type": "page_view"})
    admin.get("/api/admin/activity/health")

    assert db.values("SELECT page_url FROM activity_events") == ["/#home"]


@pytest.mark.rule("US-021", "BR-166")
def test_an_ended_session_is_refused_from_its_next_request_on(
    admin: SignedIn, driver: SignedIn, db: Connection
) -> None:
    answer = admin.post(f"/api/admin/sessions/{driver.session_id}/terminate")

    assert answer.json == {"success": True, "message": f"Session terminated for user {driver.username}"}
    assert driver.get("/api/routes").status == 401
    row = db.value("SELECT to_jsonb(event) FROM audit_events event WHERE action = 'session.terminated'")
    assert (row["resource_id"], row["actor_id"]) == (driver.session_id, admin.user_id)
    assert admin.post(f"/api/admin/sessions/{driver.session_id}/terminate").status == 404


@pytest.mark.rule("US-020", "BR-166")
def test_the_handles_of_sessions_open_nothing_and_name_them_everywhere(
    admin: SignedIn, driver: SignedIn, client: Client
) -> None:
    assert driver.get("/api/routes").status == 200
    (shown,) = admin.get(CURRENT, params={"role_filter": "driver"}).json["data"]["sessions"]
    handle = shown["session_id"]

    for headers in ({"Authorization": f"Bearer {handle}"}, {"Cookie": f"session={handle}"}):
        assert client.get("/api/auth/current-user", headers=headers).status == 401
    assert handle not in driver.token
    assert driver.token not in admin.get(CURRENT).text
    assert admin.post(f"/api/admin/sessions/{handle}/terminate").status == 200


@pytest.mark.rule("BR-160")
def test_what_different_people_did_is_kept_with_where_they_were(
    viewer: SignedIn, manager: SignedIn, db: Connection
) -> None:
    phone = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile"}
    body = {"page_url": "/#orders", "page_title": "Orders", "action_type": "page_view"}

    for person in (viewer, manager):
        assert person.with_headers(phone).post("/api/activity/track", json=body).status == 201

    kept = db.raw.execute(
        "SELECT user_id, host(ip), user_agent, page_title FROM activity_events ORDER BY id"
    ).fetchall()
    assert kept == [(person.user_id, "198.51.100.7", phone["User-Agent"], "Orders") for person in (viewer, manager)]


@pytest.mark.rule("US-021", "BR-166")
def test_ones_own_session_is_ended_by_signing_out(admin: SignedIn) -> None:
    answer = admin.post(f"/api/admin/sessions/{admin.session_id}/terminate")

    assert (answer.status, answer.json["error"]) == (400, "This is your own current session: sign out instead.")


@pytest.mark.parametrize("handle", ["nothing", "6f2c1c1e-0000-4000-8000-000000000000"])
def test_an_unknown_session_is_not_found(admin: SignedIn, handle: str) -> None:
    answer = admin.post(f"/api/admin/sessions/{handle}/terminate")

    assert (answer.status, answer.json["error"]) == (404, "Session not found")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, "No data provided"),
        ({"action_type": "page_view"}, "Missing required field: page_url"),
        ({"page_url": "/#x"}, "Missing required field: action_type"),
    ],
)
def test_what_says_nothing_is_not_tracked(viewer: SignedIn, db: Connection, body: object, error: str) -> None:
    answer = viewer.post("/api/activity/track", json=body)

    assert (answer.status, answer.json["error"]) == (400, error)
    assert db.value("SELECT count(*) FROM activity_events") == 0


@pytest.mark.parametrize(
    ("told", "kept"),
    [("2026-03-04T16:58:00Z", NOON - timedelta(minutes=2)), ("2020-01-01T00:00:00Z", NOON), (None, NOON)],
)
def test_the_time_of_a_page_counts_where_it_is_about_ours(
    viewer: SignedIn, db: Connection, told: str | None, kept: datetime
) -> None:
    body = {"page_url": "/#x", "action_type": "page_view", "timestamp": told, "metadata": {"a": 1}}

    assert viewer.post("/api/activity/track", json=body).json == {"success": True, "activity_id": None}
    assert db.value("SELECT at FROM activity_events") == kept


def test_metadata_has_its_limit(viewer: SignedIn) -> None:
    body = {"page_url": "/#x", "action_type": "page_view", "metadata": {"a": "x" * 5000}}

    assert viewer.post("/api/activity/track", json=body).status == 400


def test_the_history_of_a_user_is_told_with_its_figures(admin: SignedIn, viewer: SignedIn, db: Connection) -> None:
    activity(db, viewer, NOON - timedelta(hours=1), "/pages/a.html", times=3)
    activity(db, viewer, NOON - timedelta(days=2), "/pages/b.html", kind="api_call")
    activity(db, viewer, NOON - timedelta(days=8), "/pages/old.html")

    told = admin.get(f"/api/admin/activity/history/{viewer.user_id}").json["data"]

    assert told["user"]["username"] == viewer.username
    assert [one["page_url"] for one in told["activities"]] == ["/pages/a.html"] * 3 + ["/pages/b.html"]
    assert told["activities"][0]["details"] == "Page: Home | URL: /pages/a.html"
    assert told["summary"] == {
        "total_activities": 4,
        "unique_pages": 2,
        "active_days": 2,
        "avg_duration_ms": 2000,
        "most_visited": [{"page": "/pages/a.html", "count": 3}, {"page": "/pages/b.html", "count": 1}],
    }
    only_b = admin.get(f"/api/admin/activity/history/{viewer.user_id}", params={"page_filter": "B.HTML"}).json["data"]
    assert only_b["pagination"]["total"] == 1
    assert db.value("SELECT resource_id FROM audit_events WHERE action = 'monitor.viewed'") == str(viewer.user_id)


def test_the_history_of_nobody_is_not_found(admin: SignedIn) -> None:
    answer = admin.get("/api/admin/activity/history/999999")

    assert (answer.status, answer.json["error"]) == (404, "User not found")


def test_a_day_is_summed_up_by_the_companys_clock(admin: SignedIn, viewer: SignedIn, db: Connection) -> None:
    activity(db, viewer, NOON - timedelta(hours=2), times=3)
    activity(db, admin, NOON - timedelta(hours=2), kind="api_call")
    activity(db, admin, datetime(2026, 3, 4, 4, 59, tzinfo=UTC), "/late")

    told = admin.get("/api/admin/activity/summary", params={"date": "2026-03-04"}).json["data"]

    assert told["metrics"]["unique_users"] == 2
    assert (told["metrics"]["total_page_views"], told["metrics"]["total_api_calls"]) == (3, 1)
    assert (told["peak_users_today"], told["peak_time"], told["metrics"]["peak_hour"]) == (2, "10:00", 10)
    assert told["hourly_distribution"] == [{"hour": 10, "users": 2, "activity_count": 4}]
    assert told["user_distribution"] == {"admin": 1, "viewer": 1}
    assert told["top_pages"][0]["page"] == "/pages/home.html"


def test_a_week_begins_on_the_companys_first_day(admin: SignedIn, viewer: SignedIn, db: Connection) -> None:
    activity(db, viewer, datetime(2026, 3, 1, 17, tzinfo=UTC))  # A Sunday.
    activity(db, admin, datetime(2026, 3, 2, 17, tzinfo=UTC))
    summary = "/api/admin/activity/summary"

    by_monday = admin.get(summary, params={"period": "week"}).json["data"]["metrics"]["total_page_views"]
    db.execute("UPDATE company_settings SET week_start = 0")
    by_sunday = admin.get(summary, params={"period": "week"}).json["data"]["metrics"]["total_page_views"]
    month = admin.get(summary, params={"period": "month"}).json["data"]["metrics"]["total_page_views"]

    assert (by_monday, by_sunday, month) == (1, 2, 2)


def test_a_date_that_is_none_is_refused(admin: SignedIn) -> None:
    answer = admin.get("/api/admin/activity/summary", params={"date": "04.03.2026"})

    assert (answer.status, answer.json["error"]) == (400, "Invalid date format")
