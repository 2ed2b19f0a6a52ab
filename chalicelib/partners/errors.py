"""Refusals of API clients and webhooks."""

from chalicelib.kit.errors import BadRequest, Conflict, Forbidden, NotFound


class WebhookNotFound(NotFound):
    """404: no such webhook, or a deleted one."""

    message = "Webhook not found"


class DeliveryNotFound(NotFound):
    """404: this webhook has no such delivery."""

    message = "Delivery not found"


class TargetNotAllowed(BadRequest):
    """400: deliveries must not go to this URL; the sentence says why."""

    code = "TARGET_NOT_ALLOWED"
    message = "Deliveries cannot go to this URL."


class UnknownEventType(BadRequest):
    """400: the catalogue has no such event or family; `details.unknown` names them."""

    code = "UNKNOWN_EVENT_TYPE"
    message = "The catalogue has no such event."


class UnknownFilter(BadRequest):
    """400: a device or route of the filter does not exist; `details` names them."""

    code = "UNKNOWN_FILTER"
    message = "A device or route of the filter does not exist."


class TooManyWebhooks(Conflict):
    """409: there are as many webhooks as one company may have."""

    code = "TOO_MANY_WEBHOOKS"
    message = "There are 200 webhooks already. Delete one first."


class WebhookDisabled(Conflict):
    """409: the webhook is switched off."""

    code = "WEBHOOK_DISABLED"
    message = "This webhook is switched off. Switch it on first."


class EventClosed(Forbidden):
    """403: the API client lacks the scope to read what an event tells of; `details.closed` names the events."""

    code = "EVENT_CLOSED"
    message = "The API client may not hear of this event."
