"""Waking webhooks that have something to deliver: a message to the queue for each, at once or a little later."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from chalicelib.kit import aws, clock, logs
from chalicelib.kit.db import transaction
from chalicelib.kit.job import Job, Stats
from chalicelib.kit.settings import settings
from chalicelib.partners.queries import lanes

A_BATCH = 10
LONGEST_DELAY = 900
"""Seconds that SQS holds a message back at most; what is due later the sweep finds."""


def wake(webhook_ids: Sequence[int]) -> int:
    """Wake these webhooks now; how many messages the queue took."""
    return _send(dict.fromkeys(webhook_ids, 0))


def wake_idle(webhook_ids: Sequence[int]) -> int:
    """Wake those that nobody is at work on; how many messages the queue took. Call it after the commit.

    Whoever is at work looks for what is due once more after giving the lease back, and so sees what was committed
    before this. Who rests is woken at the end of the rest.
    """
    if not webhook_ids:
        return 0
    with transaction(read_only=True) as db:
        return wake(lanes.idle(db, webhook_ids, clock.now()))


def wake_at(webhook_id: int, moment: datetime) -> None:
    """Wake a webhook at a moment, if that is within the next quarter of an hour."""
    delay = max(0, -int(-(moment - clock.now()).total_seconds() // 1))
    if delay <= LONGEST_DELAY:
        _send({webhook_id: delay})


def _send(delays: Mapping[int, int]) -> int:
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import, as boto3 is.

    address, taken, waiting = settings().webhooks_queue_url, 0, list(delays.items())
    while waiting and address:
        batch, waiting = waiting[:A_BATCH], waiting[A_BATCH:]
        entries = [
            {"Id": str(webhook_id), "MessageBody": json.dumps({"webhookId": webhook_id}), "DelaySeconds": delay}
            for webhook_id, delay in batch
        ]
        try:
            answer = aws.client("sqs").send_message_batch(QueueUrl=address, Entries=entries)
        except (BotoCoreError, ClientError) as error:
            # The deliveries are in the database; the sweep wakes their webhooks within a minute.
            logs.logger().warning("webhooks could not be woken", count=len(batch), cause=type(error).__name__)
            continue
        taken += len(answer.get("Successful", []))
    return taken


def sweep() -> Stats:
    """Wake every webhook that has something due and that nobody is at work on."""
    with transaction(read_only=True) as db:
        due = lanes.neglected(db, clock.now())
    return {"due": len(due), "woken": wake(due)}


SWEEP = Job("webhooks-sweep", sweep)
