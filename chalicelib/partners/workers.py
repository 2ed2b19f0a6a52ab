"""What brings events to partners: the queue of the outbox, the queue of webhooks, and schedules."""

import json
from typing import Any

from chalice.app import Blueprint, CloudWatchEvent

from chalicelib.kit import job
from chalicelib.kit.job import Stats
from chalicelib.kit.worker import worker
from chalicelib.partners.service import clients, delivering, fanning, logbook, waking
from chalicelib.telemetry.service import left_lying

blueprint = Blueprint(__name__)

JOBS = (waking.SWEEP, logbook.RETENTION, clients.CLEAR_AWAY, left_lying.SWEEP)
"""All of it, to be run by hand."""

Lambda = dict[str, Any]  # Any: JSON as Lambda hands it over and takes it


@worker(blueprint, "webhooks_fan_out", queue="outbox", grants=["sqs:SendMessage@webhooks"], timeout=30, concurrency=5)
def webhooks_fan_out(event: Lambda, _context: object) -> Lambda:
    """Make the deliveries of a batch of events; those that have no public form come back, and end as dead letters."""
    messages = {json.loads(record["body"])["event_id"]: record["messageId"] for record in event["Records"]}
    failed = fanning.fan_out(list(messages))
    return {"batchItemFailures": [{"itemIdentifier": messages[event_id]} for event_id in failed]}


@worker(
    blueprint,
    "webhooks_deliver",
    queue="webhooks",
    batch=1,
    grants=["internet", "kms:Decrypt@webhook", "sqs:SendMessage@webhooks", "ses:SendEmail"],
    timeout=90,
    concurrency=50,
)
def webhooks_deliver(event: Lambda, _context: object) -> Lambda:
    """Deliver what is due to a webhook. Each has a function of its own at work, so none waits for another one."""
    for record in event["Records"]:
        delivering.work(int(json.loads(record["body"])["webhookId"]))
    return {"batchItemFailures": []}


@worker(blueprint, "webhooks_sweep", schedule="rate(1 minute)", grants=["sqs:SendMessage@webhooks"])
def webhooks_sweep(_event: CloudWatchEvent) -> Stats:
    """Wake the webhooks that have something due and that nobody is at work on, every minute."""
    return job.run(waking.SWEEP)


@worker(blueprint, "webhooks_retention", schedule="cron(15 8 * * ? *)", timeout=900)
def webhooks_retention(_event: CloudWatchEvent) -> Stats:
    """Remove events and deliveries after 30 days, and what the outbox has handed on after seven, each night."""
    return job.run(logbook.RETENTION)


@worker(blueprint, "api_clients_clear_away", schedule="rate(1 hour)", grants=["cognito-idp:DeleteUserPoolClient"])
def api_clients_clear_away(_event: CloudWatchEvent) -> Stats:
    """Delete the credentials of API clients in the pool that open nothing any more, every hour."""
    return job.run(clients.CLEAR_AWAY)


@worker(
    blueprint,
    "inbound_sweep",
    schedule="rate(5 minutes)",
    grants=[
        "s3:PutObject",
        "kms:GenerateDataKey",
        "s3:GetObject",
        "s3:ListBucket",
        "kms:Decrypt",
        "sqs:SendMessage@telemetry",
    ],
    memory=512,
    timeout=300,
)
def inbound_sweep(_event: CloudWatchEvent) -> Stats:
    """Unpack the deliveries that were stored and left lying, every five minutes."""
    return job.run(left_lying.SWEEP)
