"""Summing up days, and removing what is past its time."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from chalicelib.monitoring import workers
from chalicelib.monitoring.queries import retention
from chalicelib.monitoring.service import keeping
from tests.fleet.test_geocode import TICK
from tests.monitoring.traces import activity, session
from tests.support.people import SignedIn

NOON = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon(clock_at: Callable[[datetime], None]) -> None:
    clock_at(NOON)


def test_days_that_are_over_are_summed_up_and_late_activity_is_counted(
    admin: SignedIn, viewer: SignedIn, db: Connection
) -> None:
    yesterday = NOON - timedelta(days=1)
    activity(db, viewer, yesterday, times=2)
    activity(db, viewer, NOON - timedelta(days=30))

    keeping.sum_days()
    activity(db, admin, yesterday)
    keeping.sum_days()

    figures = db.value("SELECT jsonb_object_agg(day, jsonb_build_array(unique_users, page_views)) FROM activity_daily")
    assert figures["2026-03-03"] == [2, 3]
    assert figures["2026-02-02"] == [1, 1]
    assert sorted(figures) == ["2026-02-02", "2026-03-01", "2026-03-02", "2026-03-03"]


def test_a_summed_day_is_told_from_its_figures(admin: SignedIn, viewer: SignedIn, db: Connection) -> None:
    activity(db, viewer, NOON - timedelta(days=1), times=2)
    live = admin.get("/api/admin/activity/summary", params={"date": "2026-03-03"}).json["data"]

    keeping.sum_days()

    kept = admin.get("/api/admin/activity/summary", params={"date": "2026-03-03"}).json["data"]
    assert (live["cached"], kept["cached"]) == (False, True)
    assert (kept["metrics"], kept["top_pages"]) == (live["metrics"], live["top_pages"])
    assert kept.keys() == live.keys()


def test_what_is_past_its_time_is_removed_and_the_rest_is_kept(viewer: SignedIn, db: Connection) -> None:
    activity(db, viewer, NOON - timedelta(days=89))
    activity(db, viewer, NOON - timedelta(days=91), times=3)
    for day in (date(2024, 3, 3), date(2024, 3, 5)):
        db.execute("INSERT INTO activity_daily (day) VALUES (%(day)s)", day=day)
    for family, age in (("young", 29), ("old", 33)):
        begun = NOON - timedelta(days=age)
        session(db, viewer.user_id, begun=begun, last=begun, family=family)
    for age in (89, 91):
        db.execute(
            """
            INSERT INTO login_attempts (at, username_tried, ip, outcome)
            VALUES (%(at)s, 'x', '203.0.113.1', 'unknown_user')
            """,
            at=NOON - timedelta(days=age),
        )
        db.execute(
            """
            INSERT INTO ip_blocks (ip, blocked_at, expires_at)
            VALUES ('203.0.113.1', %(at)s - interval '1 hour', %(at)s)
            """,
            at=NOON - timedelta(days=age),
        )

    done = keeping.forget()

    assert {name: done[name] for name in ("activity", "activity_days", "sessions", "login_attempts", "ip_blocks")} == {
        "activity": 3,
        "activity_days": 1,
        "sessions": 1,
        "login_attempts": 1,
        "ip_blocks": 1,
    }
    assert db.value("SELECT count(*) FROM activity_events") == 1
    assert set(keeping.forget().values()) == {0}


@pytest.mark.rule("BR-014")
def test_a_session_that_was_idle_for_a_day_is_revoked(viewer: SignedIn, db: Connection) -> None:
    begun = NOON - timedelta(hours=25)
    session(db, viewer.user_id, begun=begun, last=begun, family="asleep")

    assert keeping.forget()["sessions_revoked"] == 1
    assert db.value("SELECT revoke_reason FROM sessions WHERE token_family = 'asleep'") == "security"


def test_removing_goes_on_until_nothing_is_left(viewer: SignedIn, db: Connection, monkeypatch: Any) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    activity(db, viewer, NOON - timedelta(days=100), times=5)

    assert keeping.forget()["activity"] == 5


@pytest.mark.parametrize("worker", [workers.alerts, workers.activity_rollup, workers.retention])
def test_each_schedule_runs_its_job_and_notes_it(db: Connection, worker: Any) -> None:
    worker(TICK, None)

    assert db.values("SELECT status FROM job_runs") == ["succeeded"]
