"""Queues and schedules on this machine: what runs when, and that a file in the queue is applied."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from chalicelib.registry import JOBS
from tools.local import workers

SEVEN_THIRTY = datetime(2026, 5, 1, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expression", "minute", "due"),
    [
        ("rate(1 minute)", SEVEN_THIRTY, True),
        ("rate(5 minutes)", SEVEN_THIRTY, True),
        ("rate(5 minutes)", SEVEN_THIRTY.replace(minute=31), False),
        ("rate(1 hour)", SEVEN_THIRTY, False),
        ("rate(1 hour)", SEVEN_THIRTY.replace(minute=0), True),
        ("rate(1 day)", SEVEN_THIRTY.replace(hour=0, minute=0), True),
        ("cron(30 7 * * ? *)", SEVEN_THIRTY, True),
        ("cron(30 8 * * ? *)", SEVEN_THIRTY, False),
        ("cron(5 * * * ? *)", SEVEN_THIRTY.replace(minute=5), True),
    ],
)
def test_a_schedule_is_due_in_its_minutes(expression: str, minute: datetime, due: bool) -> None:
    assert workers.is_due(expression, minute) is due


@pytest.mark.parametrize("expression", ["cron(0 7 ? * MON *)", "at(2026-05-01T00:00:00)"])
def test_a_form_of_schedule_that_is_not_known_is_said(expression: str) -> None:
    with pytest.raises(ValueError, match="does not know"):
        workers.is_due(expression, SEVEN_THIRTY)


def test_every_schedule_of_the_application_is_of_a_known_form() -> None:
    for expression in workers.schedules().values():
        workers.is_due(expression, SEVEN_THIRTY)


@pytest.mark.rule("US-110")
def test_every_schedule_runs_its_job_once_and_leaves_a_row(database: Any, db: Connection) -> None:
    midnight = datetime(2026, 5, 1, 0, 0, tzinfo=UTC)

    due = workers.run_due(midnight)

    assert {"outbox", "alerts", "metrics", "audit_seal"} <= set(due)
    assert db.value("SELECT count(*) FROM job_runs WHERE status = 'succeeded'") == len(due)
    assert set(db.values("SELECT job FROM job_runs")) <= set(JOBS)


def test_a_schedule_that_fails_lets_the_next_one_run(
    database: Any, db: Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    db.execute("ALTER TABLE security_alerts RENAME TO security_alerts_elsewhere")

    due = workers.run_due(datetime(2026, 5, 1, 0, 0, tzinfo=UTC))

    assert "The schedule alerts failed" in capsys.readouterr().out
    failed = db.values("SELECT job FROM job_runs WHERE status = 'failed' ORDER BY id")
    assert failed[0] == "alerts"
    assert set(failed) <= {"alerts", "telemetry-silence"}, "which both need that table"
    assert db.value("SELECT count(*) FROM job_runs WHERE status = 'succeeded'") == len(due) - len(failed) > 0
