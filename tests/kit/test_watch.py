"""What the monitor is told of a request, and that telling it never costs the request."""

from collections.abc import Callable

import pytest

from chalicelib.kit.db import Connection, Jsonb
from tests.support.client import Client
from tests.support.people import SignedIn

SignIn = Callable[[str], SignedIn]


def noted(db: Connection) -> list[list[object]]:
    """Path and kind of each activity row, in order."""
    return db.values("SELECT jsonb_build_array(page_url, action_type) FROM activity_events ORDER BY id")


def choose(db: Connection, key: str, value: object) -> None:
    db.execute("UPDATE system_settings SET value = %(value)s WHERE key = %(key)s", key=key, value=Jsonb(value))


@pytest.mark.rule("BR-160")
def test_a_signed_in_request_leaves_one_activity_row(sign_in: SignIn, db: Connection) -> None:
    person = sign_in("viewer")

    person.get("/api/probe/seen", headers={"Referer": "http://here/pages/seen.html", "User-Agent": "Probe/1"})

    row = db.value("SELECT to_jsonb(event) FROM activity_events event")
    assert (row["page_url"], row["action_type"], row["user_id"]) == ("/api/probe/seen", "api_call", person.user_id)
    assert row["session_id"] == db.value("SELECT id::text FROM sessions WHERE user_id = %(id)s", id=person.user_id)
    assert (row["referrer"], row["user_agent"]) == ("http://here/pages/seen.html", "Probe/1")
    assert row["duration_ms"] >= 0


@pytest.mark.rule("BR-160")
def test_refused_and_failed_requests_are_noted_too(sign_in: SignIn, db: Connection) -> None:
    person = sign_in("admin")

    person.post("/api/probe/things", json={})
    person.post("/api/probe/fails", json={"thingName": "half"})

    assert noted(db) == [["/api/probe/things", "api_call"], ["/api/probe/fails", "api_call"]]


def test_nobody_is_watched_who_is_not_signed_in(anybody: Client, db: Connection) -> None:
    anybody.get("/api/probe/open")
    anybody.get("/api/probe/seen")

    assert noted(db) == []


@pytest.mark.rule("BR-160")
def test_a_request_succeeds_where_its_activity_cannot_be_noted(sign_in: SignIn, db: Connection) -> None:
    person = sign_in("viewer")
    db.execute("ALTER TABLE activity_events RENAME TO activity_elsewhere")

    assert person.get("/api/probe/seen").status == 200


@pytest.mark.parametrize(
    ("key", "value"), [("activity_monitoring_enabled", False), ("activity_excluded_prefixes", ["/api/probe/"])]
)
def test_the_settings_say_what_is_not_noted(sign_in: SignIn, db: Connection, key: str, value: object) -> None:
    choose(db, key, value)

    assert sign_in("viewer").get("/api/probe/seen").status == 200
    assert noted(db) == []


def test_an_excluded_prefix_excludes_only_itself(sign_in: SignIn, db: Connection) -> None:
    choose(db, "activity_excluded_prefixes", ["/api/elsewhere"])

    sign_in("viewer").get("/api/probe/seen")

    assert noted(db) == [["/api/probe/seen", "api_call"]]


@pytest.mark.rule("BR-163")
def test_a_write_to_the_admins_paths_without_the_right_raises_one_alert(viewer: SignedIn, db: Connection) -> None:
    for _ in range(3):
        assert viewer.post("/api/users", json={}).status == 403
    viewer.get("/api/users")

    alert = db.value("SELECT jsonb_agg(to_jsonb(alert)) FROM security_alerts alert")
    assert [(one["alert_type"], one["severity"], one["user_id"]) for one in alert] == [
        ("privilege_escalation", "critical", viewer.user_id)
    ]
    assert alert[0]["endpoint"] == "POST /api/users"
