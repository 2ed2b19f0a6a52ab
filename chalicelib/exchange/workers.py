"""The queue's worker, and the schedule of the exchange."""

import json
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.exchange.service import working
from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker

blueprint = Blueprint(__name__)

JOBS = (working.SWEEP_JOB,)
"""All of it, to be run by hand."""

NEEDED_MS = 120_000
"""What one more chunk may take; with less time left, the rest is for the next run."""


@worker(
    blueprint,
    "exchange_work",
    queue="exchange",
    batch=1,
    grants=[
        "s3:GetObject",
        "s3:ListBucket",
        "s3:PutObject",
        "kms:Decrypt",
        "kms:GenerateDataKey",
        "sqs:SendMessage@exchange",
    ],
    memory=1769,
    timeout=900,
    concurrency=2,
)
def exchange_work(event: dict[str, Any], context: Any) -> dict[str, Any]:  # Any: the JSON and context of Lambda
    """Carry imports and exports out."""

    def goes_on() -> bool:
        return context is None or context.get_remaining_time_in_millis() > NEEDED_MS

    def work(record: SQSRecord) -> None:
        working.work_on(int(json.loads(record.body)["jobId"]), goes_on)

    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    return dict(process_partial_response(event=event, record_handler=work, processor=processor))


@worker(blueprint, "exchange_sweep", schedule="rate(15 minutes)", grants=["sqs:SendMessage@exchange"])
def exchange_sweep(_event: CloudWatchEvent) -> Stats:
    """Queue jobs again that nobody has worked on for long."""
    return job.run(working.SWEEP_JOB)
