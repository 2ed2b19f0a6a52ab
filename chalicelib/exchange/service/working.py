"""Working on a job, whichever it is, and finding those that should have gone on and did not."""

from collections.abc import Callable
from datetime import timedelta

from chalicelib.exchange.queries import jobs
from chalicelib.exchange.service import asking, leaving, running
from chalicelib.kit import clock, db
from chalicelib.kit.job import Job as Scheduled

OVERDUE = timedelta(minutes=20)
SWEEP = 100


def work_on(job_id: int, goes_on: Callable[[], bool] = lambda: True) -> None:
    """Work on a job. One that is over, or unknown, is left alone; one that needs more time is queued again."""
    with db.transaction(read_only=True) as connection:
        job = jobs.any_one(connection, job_id)
    if job is None or job.status not in ("queued", "running"):
        return
    done = leaving.run(job) if job.direction == "export" else running.run(job, goes_on)
    if not done:
        asking.queue([job_id])


def sweep() -> dict[str, int]:
    """Queue jobs again that nobody has worked on for long, as when a worker was killed."""
    with db.transaction(read_only=True) as connection:
        overdue = jobs.overdue(connection, before=clock.now() - OVERDUE, limit=SWEEP)
    return {"overdue": len(overdue), "queued": asking.queue(overdue)}


SWEEP_JOB = Scheduled("exchange-sweep", sweep)
