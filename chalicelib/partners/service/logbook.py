"""The log of deliveries, and making them again: one, a span of time, or what a receiver finds missing."""

import json
import uuid
from collections.abc import Callable
from datetime import timedelta

from chalicelib.kit import clock
from chalicelib.kit.call import Call
from chalicelib.kit.db import Connection, transaction
from chalicelib.kit.errors import BadRequest
from chalicelib.kit.job import Job, Stats
from chalicelib.partners.errors import DeliveryNotFound, WebhookDisabled, WebhookNotFound
from chalicelib.partners.events import WebhookReplayed
from chalicelib.partners.models.deliveries import (
    AttemptShown,
    DeliveriesPage,
    DeliveriesQuery,
    DeliveryShown,
    DeliveryWhole,
    MissedEvents,
    MissedQuery,
)
from chalicelib.partners.models.webhooks import Queued, Replay, Replayed
from chalicelib.partners.queries import deliveries as queries
from chalicelib.partners.queries import published, webhooks
from chalicelib.partners.queries.published import Happened
from chalicelib.partners.queries.webhooks import Webhook
from chalicelib.partners.rules.catalogue import BY_NAME, TEST
from chalicelib.partners.service import fanning, waking

KEPT = timedelta(days=30)
"""How long events, deliveries and attempts are kept, and with them what can be replayed."""

OUTBOX_KEPT = timedelta(days=7)


def page(call: Call, webhook_id: int, asked: DeliveriesQuery) -> DeliveriesPage:
    """A page of the log of a webhook."""
    _webhook(call, webhook_id)
    found = queries.page(
        call.db,
        webhook_id,
        status=asked.status,
        event_type=asked.event_type,
        limit=asked.per_page,
        offset=(asked.page - 1) * asked.per_page,
    )
    return DeliveriesPage(
        deliveries=[DeliveryShown.model_validate(one) for one in found],
        total=queries.count(call.db, webhook_id, status=asked.status, event_type=asked.event_type),
        page=asked.page,
        per_page=asked.per_page,
    )


def show(call: Call, webhook_id: int, delivery_id: int) -> DeliveryWhole:
    """A delivery with what was sent and each attempt."""
    _webhook(call, webhook_id)
    found = queries.one(call.db, webhook_id, delivery_id)
    if found is None:
        raise DeliveryNotFound
    tries = [AttemptShown.model_validate(one) for one in queries.tries(call.db, delivery_id)]
    return DeliveryWhole.model_validate({**vars(found), "body": json.loads(found.body), "tries": tries})


def resend(call: Call, webhook_id: int, delivery_id: int) -> Queued:
    """Make a delivery once more, whatever became of it; it keeps the event's id."""
    with call.transaction() as db:
        _switched_on(call, webhook_id)
        event_id = queries.again(db, webhook_id, delivery_id, call.now)
        if event_id is None:
            raise DeliveryNotFound
        call.record(WebhookReplayed(resource_id=webhook_id, url=_webhook(call, webhook_id).url, deliveries=1))
    waking.wake([webhook_id])
    return Queued(delivery_id=delivery_id, event_id=event_id)


def replay(call: Call, webhook_id: int, asked: Replay) -> Replayed:
    """Make the deliveries of a span of time again, the ones that were never made too."""
    until = asked.until or call.now
    if asked.since >= until:
        raise BadRequest("since must be before until.", field="since")
    with call.transaction() as db:
        webhook = _switched_on(call, webhook_id)
        done = queries.replay(
            db, webhook_id, since=asked.since, until=until, only_missing=asked.only_missing, at=call.now
        )
        call.record(WebhookReplayed(resource_id=webhook_id, url=webhook.url, deliveries=done.deliveries))
    waking.wake([webhook_id])
    return Replayed(deliveries=done.deliveries, more=done.seen == queries.A_REPLAY, until=done.until)


def test(call: Call, webhook_id: int) -> Queued:
    """Deliver an event that only says that deliveries arrive, whatever the webhook is subscribed to."""
    happened = Happened(
        event_id=str(uuid.uuid4()),
        topic=TEST,
        resource_id=None,
        payload={"message": "Deliveries arrive."},
        stream=None,
        stream_number=None,
        created_at=call.now,
        devices=(),
        route_ids=(),
    )
    told = fanning.in_public(BY_NAME[TEST], happened)
    with call.transaction() as db:
        _switched_on(call, webhook_id)
        published.write(db, [told])
        delivery_id = published.deliver_to(db, told.id, webhook_id, call.now)
    waking.wake([webhook_id])
    return Queued(delivery_id=delivery_id, event_id=told.id)


def missed(call: Call, webhook_id: int, asked: MissedQuery) -> MissedEvents:
    """The events of a stream after a number, for a receiver to close a gap at once."""
    _webhook(call, webhook_id)
    found = queries.in_stream(call.db, webhook_id, asked.stream, after=asked.after, limit=asked.limit + 1, at=call.now)
    return MissedEvents(
        events=[json.loads(one.body) for one in found[: asked.limit]],
        last_number=queries.last_number(call.db, asked.stream),
        more=len(found) > asked.limit,
    )


def _webhook(call: Call, webhook_id: int) -> Webhook:
    found = webhooks.one(call.db, webhook_id, call.now, seen_by=call.principal)
    if found is None:
        raise WebhookNotFound
    return found


def _switched_on(call: Call, webhook_id: int) -> Webhook:
    found = _webhook(call, webhook_id)
    if not found.enabled:
        raise WebhookDisabled
    return found


def forget() -> Stats:
    """Remove what has been kept long enough, some thousands of rows in a transaction."""
    now = clock.now()
    steps: dict[str, Callable[[Connection], int]] = {
        "events": lambda db: queries.forget_events(db, now - KEPT),
        "outbox": lambda db: queries.forget_outbox(db, now - OUTBOX_KEPT),
        "webhooks": lambda db: queries.forget_webhooks(db, now - KEPT),
    }
    removed = dict.fromkeys(steps, 0)
    for name, step in steps.items():
        while True:
            with transaction() as db:
                gone = step(db)
            removed[name] += gone
            if gone < queries.A_SWEEP:
                break
    return removed


RETENTION = Job("webhooks-retention", forget)
