"""The queue's worker, and the schedules of telemetry."""

import json
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
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
    grants=["s3:GetObject", "kms:Decrypt"],
    memory=512,
    timeout=30,
    concurrency=10,
)
def telemetry_apply(event: dict[str, Any], _context: object) -> dict[str, Any]:  # Any: the JSON that Lambda hands over
    """Apply the files of a batch of messages; only those that failed come back (ReportBatchItemFailures)."""
    # When every message fails, that too is told message by message: raising would hide which have been done before.
    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    return dict(process_partial_response(event=event, record_handler=_apply, processor=processor))


def _apply(record: SQSRecord) -> None:
    applying.apply_file(int(json.loads(record.body)["fileId"]))


@worker(blueprint, "telemetry_sweep", schedule="rate(5 minutes)", grants=["sqs:SendMessage"])
def telemetry_sweep(_event: CloudWatchEvent) -> Stats:
    """Queue the files again that have been waiting for long."""
    return job.run(applying.SWEEP_JOB)


@worker(blueprint, "telemetry_silence", schedule="rate(1 hour)", timeout=900)
def telemetry_silence(_event: CloudWatchEvent) -> Stats:
    """Tell of machines that have fallen silent, every hour."""
    return job.run(silence.SILENCE)
