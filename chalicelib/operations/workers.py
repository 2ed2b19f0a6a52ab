"""The one-off function that changes the schema, and the schedules that keep the system in order."""

from dataclasses import asdict
from typing import Any, Literal

from chalice.app import Blueprint, CloudWatchEvent
from pydantic import BaseModel, ConfigDict

from chalicelib.kit import job
from chalicelib.kit.errors import BadRequest
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker
from chalicelib.operations import jobs, migrations

blueprint = Blueprint(__name__)

JOBS = (jobs.PARTITIONS, jobs.AUDIT_SEAL, jobs.AUDIT_VERIFY, jobs.OUTBOX, jobs.HOUSEKEEPING)
"""All of it, to be run by hand."""


class MigrateCommand(BaseModel):
    """What `migrate` is asked to do; `revision` is where to stop, and a downgrade must name it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    command: Literal["plan", "status", "upgrade", "verify", "downgrade"]
    revision: str | None = None


@worker(blueprint, "migrate", memory=512, timeout=900, concurrency=1, layers=["migrate"], ships=["migrations"])
def migrate(event: dict[str, Any], _context: object) -> dict[str, Any]:  # Any: the JSON that Lambda hands over
    """Plan, show, upgrade, verify or downgrade the schema; one run at a time.

    A refusal or a failure is raised, so that the invocation is marked as failed and a deploy stops.
    """
    asked = MigrateCommand.model_validate(event)
    return {"command": asked.command, **_outcome(asked)}


def _outcome(asked: MigrateCommand) -> dict[str, Any]:  # Any: JSON
    match asked.command:
        case "status":
            return asdict(migrations.status())
        case "plan":
            return {"pending": [asdict(step) for step in migrations.plan()]}
        case "upgrade":
            return {
                "applied": [asdict(step) for step in migrations.upgrade(revision=asked.revision or migrations.HEAD)]
            }
        case "downgrade":
            return {"undone": [asdict(step) for step in migrations.downgrade(revision=_named(asked.revision))]}
        case "verify":
            found = migrations.verify()
            return {"differences": found, "matches": not found}


def _named(revision: str | None) -> str:
    if revision is None:
        raise BadRequest("A downgrade must name the revision to go back to, or base.", field="revision")
    return revision


@worker(blueprint, "partitions", schedule="cron(0 6 * * ? *)")
def partitions(_event: CloudWatchEvent) -> Stats:
    """Make the monthly partitions of the months to come, each day."""
    return job.run(jobs.PARTITIONS)


@worker(blueprint, "audit_seal", schedule="rate(5 minutes)")
def audit_seal(_event: CloudWatchEvent) -> Stats:
    """Seal the newest audit rows, every five minutes."""
    return job.run(jobs.AUDIT_SEAL)


@worker(blueprint, "audit_verify", schedule="cron(30 6 * * ? *)", timeout=900)
def audit_verify(_event: CloudWatchEvent) -> Stats:
    """Compare the audit trail with its seals, each day."""
    return job.run(jobs.AUDIT_VERIFY)


@worker(blueprint, "outbox", schedule="rate(1 minute)", grants=["sqs:SendMessage@outbox"], timeout=150)
def outbox(_event: CloudWatchEvent) -> Stats:
    """Hand on the events that wait in the outbox, every minute; then, where it is set, watch for new ones."""
    stats = job.run(jobs.OUTBOX)
    return {**stats, "watched": jobs.watch_outbox()}


@worker(blueprint, "housekeeping", schedule="cron(0 7 * * ? *)", timeout=300)
def housekeeping(_event: CloudWatchEvent) -> Stats:
    """Remove what has served, each day."""
    return job.run(jobs.HOUSEKEEPING)
