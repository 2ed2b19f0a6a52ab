"""The log of deliveries, and making them again."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import BadRequest
from chalicelib.kit.roles import ADMIN
from chalicelib.partners.errors import DeliveryNotFound, WebhookDisabled, WebhookNotFound
from chalicelib.partners.models.deliveries import (
    DeliveriesPage,
    DeliveriesQuery,
    DeliveryWhole,
    MissedEvents,
    MissedQuery,
)
from chalicelib.partners.models.webhooks import Queued, Replay, Replayed
from chalicelib.partners.service import logbook

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    "POST",
    "/api/webhooks/{webhook_id}/test",
    roles=[ADMIN],
    scope="webhooks:write",
    rows="filtered",
    refusals=[WebhookNotFound, WebhookDisabled],
    status=202,
    own_transactions=True,
    grants=["sqs:SendMessage@webhooks"],
)
def test_webhook(call: Call, webhook_id: int) -> Queued:
    """Deliver an event `webhook.test`, whatever the webhook is subscribed to. The log tells how it went."""
    return logbook.test(call, webhook_id)


@endpoint(
    blueprint,
    "POST",
    "/api/webhooks/{webhook_id}/replay",
    roles=[ADMIN],
    scope="webhooks:write",
    rows="filtered",
    refusals=[WebhookNotFound, WebhookDisabled, BadRequest],
    status=202,
    own_transactions=True,
    grants=["sqs:SendMessage@webhooks"],
)
def replay_webhook(call: Call, webhook_id: int, body: Replay) -> Replayed:
    """Deliver again what happened in a span of the last 30 days: what has not arrived, or with it what has.

    10,000 events at most; with `more`, ask again from the moment in `until`.
    """
    return logbook.replay(call, webhook_id, body)


@endpoint(
    blueprint,
    "GET",
    "/api/webhooks/{webhook_id}/deliveries",
    roles=[ADMIN],
    scope="webhooks:read",
    rows="filtered",
    refusals=[WebhookNotFound, BadRequest],
)
def list_deliveries(call: Call, webhook_id: int, query: DeliveriesQuery) -> DeliveriesPage:
    """List the deliveries of a webhook, newest first."""
    return logbook.page(call, webhook_id, query)


@endpoint(
    blueprint,
    "GET",
    "/api/webhooks/{webhook_id}/deliveries/{delivery_id}",
    roles=[ADMIN],
    scope="webhooks:read",
    rows="filtered",
    refusals=[WebhookNotFound, DeliveryNotFound],
)
def show_delivery(call: Call, webhook_id: int, delivery_id: int) -> DeliveryWhole:
    """Show a delivery: what was sent, each attempt, and the beginning of each answer."""
    return logbook.show(call, webhook_id, delivery_id)


@endpoint(
    blueprint,
    "POST",
    "/api/webhooks/{webhook_id}/deliveries/{delivery_id}/resend",
    roles=[ADMIN],
    scope="webhooks:write",
    rows="filtered",
    refusals=[WebhookNotFound, DeliveryNotFound, WebhookDisabled],
    status=202,
    own_transactions=True,
    grants=["sqs:SendMessage@webhooks"],
)
def resend_delivery(call: Call, webhook_id: int, delivery_id: int) -> Queued:
    """Make a delivery once more, whatever became of it. It keeps the event's id, by which a receiver knows it."""
    return logbook.resend(call, webhook_id, delivery_id)


@endpoint(
    blueprint,
    "GET",
    "/api/webhooks/{webhook_id}/events",
    roles=[ADMIN],
    scope="webhooks:read",
    rows="filtered",
    refusals=[WebhookNotFound, BadRequest],
)
def list_missed_events(call: Call, webhook_id: int, query: MissedQuery) -> MissedEvents:
    """List the events of a stream after a number, as they are delivered: how a receiver closes a gap at once."""
    return logbook.missed(call, webhook_id, query)
