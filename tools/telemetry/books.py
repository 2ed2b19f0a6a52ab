"""The books of telemetry by hand: prove a month, or do the queue's work."""

import argparse
import dataclasses
import json
from typing import Any

from chalicelib.kit import aws
from chalicelib.kit.settings import settings
from chalicelib.telemetry.service import applying, verifying
from chalicelib.telemetry.workers import telemetry_apply

BATCH = 10


def verify(options: argparse.Namespace) -> int:
    """Derive a month's sales from the raw reads alone and compare them with the books; 1 when anything differs."""
    report = verifying.verify(options.month)
    print(json.dumps(dataclasses.asdict(report), indent=2))
    return 1 if report.problems else 0


def work(_options: argparse.Namespace) -> int:
    """Apply what waits: the messages of the queue, then what the database still holds; 1 when a file failed."""
    handed_back = 0
    while waiting := _messages():
        outcome = telemetry_apply({"Records": [_record(message) for message in waiting]}, None)
        failed = {item["itemIdentifier"] for item in outcome["batchItemFailures"]}
        handed_back += len(failed)
        _delete([message for message in waiting if message["MessageId"] not in failed])
    drained = applying.drain()
    print(json.dumps({"handed_back": handed_back, **drained}))
    return 1 if drained["failed"] else 0


def _messages() -> list[dict[str, Any]]:
    queue = settings().telemetry_queue_url
    if queue is None:
        return []
    answer = aws.client("sqs").receive_message(QueueUrl=queue, MaxNumberOfMessages=BATCH, WaitTimeSeconds=1)
    return list(answer.get("Messages", []))


def _record(message: dict[str, Any]) -> dict[str, Any]:
    return {"messageId": message["MessageId"], "body": message["Body"], "eventSource": "aws:sqs"}


def _delete(messages: list[dict[str, Any]]) -> None:
    if messages:
        entries = [{"Id": one["MessageId"], "ReceiptHandle": one["ReceiptHandle"]} for one in messages]
        aws.client("sqs").delete_message_batch(QueueUrl=settings().telemetry_queue_url, Entries=entries)
