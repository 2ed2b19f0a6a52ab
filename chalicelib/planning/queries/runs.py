"""Runs of the recalculation: one at a time."""

from datetime import datetime

from chalicelib.kit.db import Connection, Jsonb

JOB = "metrics.recalculate"


def take_turn(db: Connection) -> bool:
    """Whether this transaction may recalculate everything; false while another one does."""
    return bool(db.value("SELECT pg_try_advisory_xact_lock(hashtext(%(job)s))", job=JOB))


def last_started_at(db: Connection) -> datetime | None:
    """When the latest run began."""
    moment: datetime | None = db.value("SELECT max(started_at) FROM job_runs WHERE job = %(job)s", job=JOB)
    return moment


def note_run(db: Connection, started_at: datetime, finished_at: datetime, slots: int, devices: int) -> int:
    """Write down a run that is done."""
    return int(
        db.value(
            """
            INSERT INTO job_runs (job, started_at, finished_at, status, stats)
            VALUES (%(job)s, %(started_at)s, %(finished_at)s, 'succeeded', %(stats)s)
            RETURNING id
            """,
            job=JOB,
            started_at=started_at,
            finished_at=finished_at,
            stats=Jsonb({"slots": slots, "devices": devices}),
        )
    )
