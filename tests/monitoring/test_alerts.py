"""What raises an alert, what does not, and how an alert is settled."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kit.db import Connection
from chalicelib.monitoring.service import keeping, raising
from tests.monitoring.traces import activity, alerts, session
from tests.support.people import SignedIn

NOON = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)  # A Wednesday.
Clock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def at_noon(clock_at: Clock) -> None:
    clock_at(NOON)


def export(db: Connection, user: SignedIn, rows: int, *, times: int = 1, at: datetime = NOON) -> None:
    for _ in range(times):
        db.execute(
            """
            INSERT INTO data_export_log (user_id, endpoint, format, row_count, at)
            VALUES (%(user)s, '/api/sales', 'csv', %(rows)s, %(at)s)
            """,
            user=user.user_id,
            rows=rows,
            at=at,
        )


def alert(
    db: Connection, user: SignedIn, *, severity: str = "warning", status: str = "pending", age_days: int = 0
) -> int:
    return int(
        db.value(
            """
            INSERT INTO security_alerts (alert_type, severity, user_id, description, status, created_at,
                                         acknowledged_at, resolved_at)
            VALUES ('data_export', %(severity)s, %(user)s, 'Many rows', %(status)s, %(at)s,
                    CASE WHEN %(status)s = 'acknowledged' THEN %(at)s END,
                    CASE WHEN %(status)s IN ('resolved', 'dismissed') THEN %(at)s END)
            RETURNING id
            """,
            severity=severity,
            status=status,
            user=user.user_id,
            at=NOON - timedelta(days=age_days),
        )
    )


@pytest.mark.rule("BR-162", "US-022")
def test_the_third_session_of_half_an_hour_raises_one_alert_until_there_is_another(
    viewer: SignedIn, db: Connection, clock_at: Clock
) -> None:
    assert viewer.session_id
    session(db, viewer.user_id, begun=NOON, last=NOON, family="second")
    raising.raise_alerts()
    assert alerts(db) == []

    session(db, viewer.user_id, begun=NOON, last=NOON, family="third")
    for minutes in (0, 1, 6):
        clock_at(NOON + timedelta(minutes=minutes))
        raising.raise_alerts()
    assert alerts(db) == [["concurrent_sessions", "warning"]]

    later = NOON + timedelta(minutes=7)
    session(db, viewer.user_id, begun=later, last=later, family="fourth")
    clock_at(later)
    raising.raise_alerts()
    assert len(alerts(db)) == 2


@pytest.mark.rule("BR-162")
def test_old_and_ended_sessions_do_not_count(viewer: SignedIn, db: Connection) -> None:
    for number in range(3):
        idle = NOON - timedelta(minutes=31)
        session(db, viewer.user_id, begun=idle, last=idle, family=f"idle{number}")

    raising.raise_alerts()

    assert alerts(db) == []


@pytest.mark.rule("BR-162")
@pytest.mark.parametrize(
    ("times", "every", "kind", "raised"),
    [
        (21, 2.0, "page_view", [["rapid_navigation", "warning"]]),
        (20, 2.0, "page_view", []),
        (40, 4.0, "page_view", []),
        (60, 1.0, "api_call", []),
    ],
)
def test_more_than_twenty_pages_in_a_minute_raise_an_alert(
    viewer: SignedIn, db: Connection, times: int, every: float, kind: str, raised: list[object]
) -> None:
    begun = NOON - timedelta(seconds=every * times)
    activity(db, viewer, begun, kind=kind, times=times, every_seconds=every)

    raising.raise_alerts()
    raising.raise_alerts()

    assert alerts(db) == raised


@pytest.mark.rule("BR-162")
def test_work_outside_of_business_hours_is_noted_once_a_session_and_day(
    viewer: SignedIn, db: Connection, clock_at: Clock
) -> None:
    ten_at_night = datetime(2026, 3, 5, 3, 0, tzinfo=UTC)
    for minutes in (0, 1, 30):
        at = ten_at_night + timedelta(minutes=minutes)
        activity(db, viewer, at)
        clock_at(at)
        raising.raise_alerts()
    assert alerts(db) == [["after_hours", "info"]]

    the_next_night = ten_at_night + timedelta(days=1)
    activity(db, viewer, the_next_night)
    clock_at(the_next_night)
    raising.raise_alerts()
    assert len(alerts(db)) == 2


def test_noon_in_the_companys_zone_is_not_after_hours(viewer: SignedIn, db: Connection) -> None:
    activity(db, viewer, NOON)

    raising.raise_alerts()

    assert alerts(db) == []


@pytest.mark.rule("BR-155", "US-100")
@pytest.mark.parametrize(
    ("rows", "times", "raised"),
    [
        (1, 10, []),
        (1, 11, [["data_export", "warning"]]),
        (1, 20, [["data_export", "critical"]]),
        (1000, 1, []),
        (1001, 1, [["data_export", "warning"]]),
        (1000, 10, []),
    ],
)
def test_exports_beyond_the_limits_raise_an_alert(
    viewer: SignedIn, db: Connection, rows: int, times: int, raised: list[object]
) -> None:
    export(db, viewer, rows, times=times)
    export(db, viewer, 1000, times=5, at=NOON - timedelta(minutes=61))

    raising.raise_alerts()
    raising.raise_alerts()

    assert alerts(db) == raised


@pytest.mark.rule("BR-165")
@pytest.mark.parametrize(
    ("local", "path", "raised"),
    [
        (
            datetime(2026, 3, 5, 3, 0, tzinfo=UTC),
            "/api/sales/summary",
            ["after_hours/info", "sensitive_data_access/info"],
        ),
        (datetime(2026, 3, 7, 17, 0, tzinfo=UTC), "/api/sales/summary", ["sensitive_data_access/warning"]),
        (datetime(2026, 3, 7, 17, 0, tzinfo=UTC), "/api/routes", []),
        (NOON, "/api/sales/summary", []),
    ],
)
def test_looks_at_sensitive_figures_out_of_hours_raise_an_alert(
    viewer: SignedIn, db: Connection, clock_at: Clock, local: datetime, path: str, raised: list[str]
) -> None:
    clock_at(local)
    activity(db, viewer, local, path, kind="api_call")

    raising.raise_alerts()
    raising.raise_alerts()

    assert [f"{kind}/{severity}" for kind, severity in alerts(db)] == raised


@pytest.mark.rule("BR-164")
def test_no_alert_is_about_places_as_there_is_no_source_of_them(admin: SignedIn, db: Connection) -> None:
    answer = admin.put("/api/system-config", json={"geo_enabled": True})

    assert answer.status == 400
    assert "no source of locations" in answer.json["error"]
    assert db.value("SELECT count(*) FROM security_alerts WHERE alert_type = 'geographic_anomaly'") == 0


@pytest.mark.rule("US-022")
def test_alerts_are_listed_in_the_words_of_the_page(admin: SignedIn, viewer: SignedIn, db: Connection) -> None:
    export(db, viewer, 1001)
    raising.raise_alerts()
    alert(db, viewer, status="dismissed")

    (shown,) = admin.get("/api/admin/activity/alerts").json["data"]["alerts"]

    assert (shown["severity"], shown["stored_severity"], shown["acknowledged"]) == ("high", "warning", False)
    assert shown["message"] == shown["description"]
    assert (shown["details"]["rows"], shown["data_rows"], shown["username"]) == (1001, 1001, viewer.username)
    everything = admin.get("/api/admin/activity/alerts", params={"status": "all"}).json["data"]["alerts"]
    assert len(everything) == 2
    assert admin.get("/api/admin/activity/alerts", params={"severity": "critical"}).json["data"]["alerts"] == []
    assert admin.get("/api/admin/activity/alerts", params={"status": "odd"}).status == 400


@pytest.mark.rule("US-022")
def test_an_alert_is_acknowledged_once(admin: SignedIn, viewer: SignedIn, db: Connection) -> None:
    path = f"/api/admin/activity/alerts/{alert(db, viewer)}/acknowledge"

    assert admin.post(path).json == {"success": True, "message": "Alert acknowledged"}
    again = admin.post(path)
    assert (again.status, again.json["error"]) == (404, "Alert not found or already acknowledged")
    assert db.value("SELECT acknowledged_by FROM security_alerts") == admin.user_id
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'alert.acknowledged'") == 1


STEPS = {"acknowledge": "acknowledged", "resolve": "resolved", "dismiss": "dismissed"}
ALLOWED = {("pending", "acknowledge"), ("pending", "dismiss"), ("acknowledged", "resolve"), ("acknowledged", "dismiss")}


@pytest.mark.rule("AT-1", "AT-2", "AT-3", "AT-4")
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("status", ["pending", "acknowledged", "resolved", "dismissed"])
def test_each_step_of_an_alert_is_allowed_or_refused(
    admin: SignedIn, viewer: SignedIn, db: Connection, status: str, step: str
) -> None:
    answer = admin.post(f"/api/security/alerts/{alert(db, viewer, status=status)}/{step}")

    if (status, step) in ALLOWED:
        assert answer.status == 200
        assert db.value("SELECT status FROM security_alerts") == STEPS[step]
    else:
        assert (answer.status, answer.json["code"]) == (409, "INVALID_TRANSITION")
        assert db.value("SELECT status FROM security_alerts") == status


@pytest.mark.parametrize("step", STEPS)
def test_an_alert_that_is_not_there_is_not_found(admin: SignedIn, step: str) -> None:
    assert admin.post(f"/api/security/alerts/99/{step}").json["error"] == "Alert not found"


@pytest.mark.rule("US-022")
def test_alerts_wait_a_week_and_critical_ones_longer(viewer: SignedIn, db: Connection) -> None:
    waiting = alert(db, viewer, age_days=6)
    forgotten = alert(db, viewer, age_days=8)
    critical = alert(db, viewer, severity="critical", age_days=8)

    keeping.forget()

    states = db.value("SELECT jsonb_object_agg(id, status) FROM security_alerts")
    assert states == {str(waiting): "pending", str(forgotten): "dismissed", str(critical): "pending"}


def test_the_dashboard_shows_what_an_admin_looks_at_first(admin: SignedIn, viewer: SignedIn, db: Connection) -> None:
    alert(db, viewer, severity="critical")
    db.execute("UPDATE users SET failed_login_attempts = 3 WHERE id = %(id)s", id=viewer.user_id)
    block(db)
    viewer.post("/api/users", json={})

    shown = admin.get("/api/security/dashboard").json

    assert shown["overview"]["active_ip_blocks"] == 1
    assert (shown["overview"]["pending_alerts"], shown["overview"]["open_incidents"]) == (2, 2)
    assert shown["overview"]["daily_failed_actions"] == 1
    assert {one["alert_type"] for one in shown["recent_alerts"]} == {"data_export", "privilege_escalation"}
    (risky,) = shown["high_risk_users"]
    assert (risky["username"], risky["failed_login_attempts"], risky["recent_alerts"]) == (viewer.username, 3, 2)
    assert shown["blocked_ips"][0]["ip_address"] == "203.0.113.9"
    assert shown["suspicious_activities"][0]["action"] == "access.denied"
    db.execute("UPDATE system_settings SET value = 'false' WHERE key = 'incident_auto_create'")
    assert admin.get("/api/security/dashboard").json["overview"]["open_incidents"] == 0


def block(db: Connection, until: datetime = NOON + timedelta(minutes=10)) -> None:
    db.execute(
        """
        INSERT INTO ip_blocks (ip, reason, blocked_at, expires_at)
        VALUES ('203.0.113.9', 'Brute force attack', %(until)s - interval '30 minutes', %(until)s)
        """,
        until=until,
    )


@pytest.mark.rule("BR-009", "US-023")
def test_a_blocked_address_is_listed_and_let_go(admin: SignedIn, db: Connection) -> None:
    block(db)
    block(db, NOON - timedelta(minutes=1))

    (listed,) = admin.get("/api/security/ip-blocks").json
    assert (listed["ip_address"], listed["blocked_by"]) == ("203.0.113.9", "system")

    assert admin.post("/api/security/ip-blocks/203.0.113.9/unblock").json == {"success": True}
    assert admin.get("/api/security/ip-blocks").json == []
    assert db.value("SELECT resource_id FROM audit_events WHERE action = 'ip_block.lifted'") == "203.0.113.9"


@pytest.mark.parametrize("address", ["203.0.113.9", "no-address"])
def test_an_address_that_is_not_blocked_cannot_be_let_go(admin: SignedIn, address: str) -> None:
    answer = admin.post(f"/api/security/ip-blocks/{address}/unblock")

    assert (answer.status, answer.json["error"]) == (404, "This address is not blocked.")
