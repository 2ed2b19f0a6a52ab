"""The scheduled work: safe to repeat, one run at a time, and each run leaves a row."""

import json
import threading
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.kit import audit_chain, job
from chalicelib.kit import db as kit_db
from chalicelib.kit.db import Connection
from chalicelib.kit.job import Job, Stats
from chalicelib.operations import jobs
from tests.support.people import SignedIn
from tests.support.services import TestCloud


def runs(db: Connection) -> list[Any]:
    return db.values("SELECT jsonb_build_array(job, status) FROM job_runs ORDER BY id")


@pytest.mark.rule("US-110")
def test_partitions_are_made_ahead_once(database: dict[str, str], db: Connection, clock_at: Any) -> None:
    clock_at(datetime(2031, 5, 17, tzinfo=UTC))

    first, second = job.run(jobs.PARTITIONS), job.run(jobs.PARTITIONS)

    assert {"sales_2031_05", "sales_2031_08", "audit_events_2031_06"} <= set(first["created"])
    assert second["created"] == []
    assert runs(db) == [["partitions", "succeeded"]] * 2


def test_audit_rows_are_sealed_and_an_edit_fails_the_check(viewer: SignedIn, db: Connection) -> None:
    viewer.post("/api/metrics/calculate")  # Refused, which leaves a row.
    sealed = job.run(jobs.AUDIT_SEAL)
    assert sealed["rows"] >= 1
    assert job.run(jobs.AUDIT_VERIFY) == {"findings": 0}

    db.execute("ALTER TABLE audit_events DISABLE TRIGGER USER")
    db.execute("UPDATE audit_events SET actor_username = 'somebody'")

    with pytest.raises(jobs.TrailBroken) as found:
        job.run(jobs.AUDIT_VERIFY)
    assert "row altered" in found.value.details["findings"][0]
    assert runs(db)[-1] == ["audit-verify", "failed"]
    assert audit_chain.verify(db)[0].problem == "row altered"


def test_the_outbox_is_handed_to_the_queue_once(manager: SignedIn, db: Connection, cloud: TestCloud) -> None:
    manager.post("/api/locations", json={"name": "Depot"})
    waiting = db.value("SELECT count(*) FROM outbox WHERE published_at IS NULL")
    assert waiting >= 1

    assert job.run(jobs.OUTBOX) == {"handed_on": waiting}
    assert job.run(jobs.OUTBOX) == {"handed_on": 0}

    queue = cloud.place.client("sqs")
    got = queue.receive_message(QueueUrl=cloud.environment["CVD_OUTBOX_QUEUE_URL"], MaxNumberOfMessages=10)
    bodies = [json.loads(message["Body"]) for message in got["Messages"]]
    assert db.value("SELECT event_id::text FROM outbox LIMIT 1") in {body["event_id"] for body in bodies}


def test_housekeeping_removes_old_keys_only(manager: SignedIn, db: Connection, advance: Any) -> None:
    manager.post("/api/locations", json={"name": "Old"}, headers={"Idempotency-Key": "old"})
    advance(hours=49)
    db.execute(
        "UPDATE sessions SET expires_at = %(far)s, absolute_expires_at = %(far)s", far=datetime(2099, 1, 1, tzinfo=UTC)
    )
    manager.post("/api/locations", json={"name": "New"}, headers={"Idempotency-Key": "new"})

    assert job.run(jobs.HOUSEKEEPING)["idempotency_keys"] == 1
    assert db.values("SELECT key FROM idempotency_keys") == ["new"]


@pytest.mark.rule("US-110")
def test_a_second_starter_exits(database: dict[str, str], db: Connection) -> None:
    inside, done = threading.Event(), threading.Event()

    def slow() -> Stats:
        inside.set()
        done.wait(10)
        return {}

    first = threading.Thread(target=lambda: job.run(Job("slow", slow)))
    first.start()
    inside.wait(10)
    second = job.run(Job("slow", slow))
    done.set()
    first.join()

    assert "skipped" in second
    assert runs(db) == [["slow", "succeeded"]]


def test_a_failing_job_is_noted_and_raised(database: dict[str, str], db: Connection) -> None:
    def broken() -> Stats:
        with kit_db.transaction() as connection:
            connection.execute("SELECT 1 / 0")
        return {}

    with pytest.raises(Exception, match="division by zero"):
        job.run(Job("broken", broken))

    assert runs(db) == [["broken", "failed"]]
    assert "division by zero" in db.value("SELECT error FROM job_runs")
