"""The queue's worker, and the schedules of telemetry."""

import json
from typing import Any

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker
from chalicelib.telemetry.service import applying, silence

blueprint = Blueprint(__name__)

JOBS = (applying.SWEEP_JOB, silence.SILENCE)
"""All of it, to be run by hand."""


@worker(
    blueprint,
    "telemetry_apply",
    queue="telemetry",
    grants=["s3:GetObject", "s3:ListBucket", "kms:Decrypt"],
    memory=512,
    timeout=30,
    concurrency=10,
)
def telemetry_apply(event: dict[str, Any], _context: object) -> dict[str, Any]:  # Any: the JSON that Lambda hands over
    """Apply the files of a batch of messages; only those that failed come back (ReportBatchItemFailures)."""
    files = {record["messageId"]: _file_of(record["body"]) for record in event["Records"]}
    failed = applying.apply_files([file_id for file_id in files.values() if file_id is not None])
    back = [message for message, file_id in files.items() if file_id is None or file_id in failed]
    return {"batchItemFailures": [{"itemIdentifier": message} for message in back]}


def _file_of(body: str) -> int | None:
    """The file that a message names; None for what is no message of ours, which ends in the dead letters."""
    try:
        return int(json.loads(body)["fileId"])
    except (ValueError, TypeError, KeyError):
        return None


@worker(blueprint, "telemetry_sweep", schedule="rate(5 minutes)", grants=["sqs:SendMessage@telemetry"])
def telemetry_sweep(_event: CloudWatchEvent) -> Stats:
    """Queue the files again that have been waiting for long."""
    return job.run(applying.SWEEP_JOB)


@worker(blueprint, "telemetry_silence", schedule="rate(1 hour)", timeout=900)
def telemetry_silence(_event: CloudWatchEvent) -> Stats:
    """Tell of machines that have fallen silent, every hour."""
    return job.run(silence.SILENCE)
