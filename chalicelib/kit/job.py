"""Scheduled work: one run at a time whoever starts it, each run with a row that says how it went."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.kit import db, logs
from chalicelib.kit.db import Connection, Jsonb
from chalicelib.kit.values import value

LONGEST_ERROR = 2000

Stats = Mapping[str, Any]  # Any: counts and names, as JSON
Work = Callable[[], Stats]


@value
class Job:
    """A piece of scheduled work. It opens its own short transactions, and is safe to repeat."""

    name: str
    work: Work


def run(job: Job) -> Stats:
    """Run a job unless it is running already; its figures, or who was first.

    What the work raises is noted in its row and raised again, so that the schedule's alarm sees it.
    """
    with db.session() as connection:
        if not connection.value("SELECT pg_try_advisory_lock(hashtext(%(lock)s))", lock=_lock(job)):
            return {"skipped": "another run of this job is under way"}
        try:
            return _recorded(connection, job)
        finally:
            connection.execute("SELECT pg_advisory_unlock(hashtext(%(lock)s))", lock=_lock(job))


def _lock(job: Job) -> str:
    return f"job:{job.name}"


def _recorded(connection: Connection, job: Job) -> Stats:
    run_id = connection.value(
        "INSERT INTO job_runs (job, status) VALUES (%(job)s, 'running') RETURNING id", job=job.name
    )
    started = time.monotonic()
    try:
        stats = job.work()
    except Exception as error:
        _finish(connection, run_id, "failed", {}, f"{type(error).__name__}: {error}"[:LONGEST_ERROR])
        logs.logger().exception("job failed", job=job.name)
        raise
    _finish(connection, run_id, "succeeded", stats, None)
    logs.logger().info("job", job=job.name, seconds=round(time.monotonic() - started, 2), stats=dict(stats))
    return stats


def _finish(connection: Connection, run_id: int, status: str, stats: Stats, error: str | None) -> None:
    connection.execute(
        """
        UPDATE job_runs
           SET finished_at = now(), status = %(status)s, stats = %(stats)s, error = %(error)s
         WHERE id = %(id)s
        """,
        id=run_id,
        status=status,
        stats=Jsonb(dict(stats)),
        error=error,
    )
