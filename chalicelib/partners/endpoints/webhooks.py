"""Webhooks: subscribing, and the catalogue of what there is to subscribe to."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN, EVERYONE
from chalicelib.partners.errors import (
    EventClosed,
    TargetNotAllowed,
    TooManyWebhooks,
    UnknownEventType,
    UnknownFilter,
    WebhookNotFound,
)
from chalicelib.partners.models.deliveries import Catalogue
from chalicelib.partners.models.webhooks import (
    Rotation,
    WebhookBody,
    WebhookChange,
    WebhookDone,
    WebhookShown,
    WebhookWithSecret,
)
from chalicelib.partners.service import published, subscribing

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    "GET",
    "/api/webhook-events",
    roles=EVERYONE,
    ships=["docs/events"],
    scope="webhooks:read",
    rows="shared",
)
def list_webhook_events(call: Call) -> Catalogue:
    """Show the catalogue of events, with the JSON schema of each."""
    return published.catalogue(call)


@endpoint(
    blueprint,
    "GET",
    "/api/webhooks",
    roles=[ADMIN],
    scope="webhooks:read",
    rows="filtered",
)
def list_webhooks(call: Call) -> list[WebhookShown]:
    """List all webhooks, and how their endpoints answer."""
    return subscribing.listing(call)


@endpoint(
    blueprint,
    "POST",
    "/api/webhooks",
    roles=[ADMIN],
    scope="webhooks:write",
    rows="filtered",
    refusals=[TargetNotAllowed, UnknownEventType, UnknownFilter, TooManyWebhooks, EventClosed],
    status=201,
    own_transactions=True,
    keeps_answer=False,
    grants=["kms:Encrypt@webhook"],
)
def create_webhook(call: Call, body: WebhookBody) -> WebhookWithSecret:
    """Subscribe a URL to events, of all devices or of some.

    The answer holds the secret that deliveries are signed with; it cannot be seen again. The URL must be https and
    its host a public one.
    """
    return subscribing.create(call, body)


@endpoint(
    blueprint,
    "GET",
    "/api/webhooks/{webhook_id}",
    roles=[ADMIN],
    scope="webhooks:read",
    rows="filtered",
    refusals=[WebhookNotFound],
)
def show_webhook(call: Call, webhook_id: int) -> WebhookShown:
    """Show a webhook, and how its endpoint answers."""
    return subscribing.show(call, webhook_id)


@endpoint(
    blueprint,
    "PATCH",
    "/api/webhooks/{webhook_id}",
    roles=[ADMIN],
    scope="webhooks:write",
    rows="filtered",
    refusals=[WebhookNotFound, TargetNotAllowed, UnknownEventType, UnknownFilter, EventClosed],
    own_transactions=True,
    grants=["sqs:SendMessage@webhooks"],
)
def change_webhook(call: Call, webhook_id: int, body: WebhookChange) -> WebhookShown:
    """Change a webhook, or switch it off and on.

    While it is off nothing new is kept for it; what waited before goes on when it is on again, and `replay` brings
    the rest.
    """
    return subscribing.change(call, webhook_id, body)


@endpoint(
    blueprint,
    "POST",
    "/api/webhooks/{webhook_id}/secret",
    roles=[ADMIN],
    scope="webhooks:write",
    rows="filtered",
    refusals=[WebhookNotFound],
    own_transactions=True,
    keeps_answer=False,
    grants=["kms:Encrypt@webhook"],
)
def rotate_webhook_secret(call: Call, webhook_id: int, body: Rotation) -> WebhookWithSecret:
    """Draw a new secret, which is shown this once. The old one signs beside it for some hours."""
    return subscribing.rotate(call, webhook_id, body)


@endpoint(
    blueprint,
    "DELETE",
    "/api/webhooks/{webhook_id}",
    roles=[ADMIN],
    scope="webhooks:write",
    rows="filtered",
    refusals=[WebhookNotFound],
)
def delete_webhook(call: Call, webhook_id: int) -> WebhookDone:
    """End a webhook. Its secrets are erased at once, its log after 30 days."""
    return subscribing.delete(call, webhook_id)
