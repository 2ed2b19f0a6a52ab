"""Refusals of API clients and webhooks."""

from chalicelib.kit.errors import BadRequest, Conflict, Duplicate, Forbidden, NotFound


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


class ClientNotFound(NotFound):
    """404: no such API client."""

    message = "API client not found"


class ClientNameTaken(Duplicate):
    """409: another API client has the name."""

    message = "An API client of this name exists already."
    constraints = ("api_clients_name_unique",)


class ClientRevoked(Conflict):
    """409: the API client was revoked, which is for good."""

    code = "CLIENT_REVOKED"
    message = "This API client was revoked. Make a new one."


class UnknownRows(BadRequest):
    """400: the filter names a route, a location or a device that there is not."""

    message = "The filter names a route, a location or a device that does not exist."
    constraints = ("api_client_rows_route_id_fk", "api_client_rows_location_id_fk", "api_client_rows_device_id_fk")


class InboundPartnerNotFound(NotFound):
    """404: nobody delivers under this name."""

    message = "Inbound partner not found"


class InboundNameTaken(Duplicate):
    """409: somebody delivers under this name already."""

    message = "A partner of this name exists already."
    constraints = ("inbound_partners_name_unique",)


class UnknownAdapter(BadRequest):
    """400: no adapter has this name; `details.adapters` names those that there are."""

    code = "UNKNOWN_ADAPTER"
    message = "There is no such adapter."


class MessageIdReused(Conflict):
    """409: the sender gave this message id to other content before."""

    code = "MESSAGE_ID_REUSED"
    message = "This message id came before with other content. Give each message an id of its own."


class ExpiryInThePast(BadRequest):
    """400: the client would have expired already."""

    message = "The expiry lies in the past."
