"""What happens to API clients and webhooks, as the audit trail tells it. Secrets are nowhere in here."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from chalicelib.kit.events import Event, event


@event
class WebhookEvent(Event):
    """Something that happened to a webhook."""

    resource: ClassVar[str] = "webhook"
    url: str


@event
class WebhookCreated(WebhookEvent):
    """Somebody subscribed."""

    action: ClassVar[str] = "webhook.created"
    event_types: Sequence[str]


@event
class WebhookChanged(WebhookEvent):
    """A subscription was changed, switched on or off."""

    action: ClassVar[str] = "webhook.changed"


@event
class WebhookDeleted(WebhookEvent):
    """A subscription was ended."""

    action: ClassVar[str] = "webhook.deleted"


@event
class WebhookSecretRotated(WebhookEvent):
    """A webhook has a new secret; the old one signs too until then."""

    action: ClassVar[str] = "webhook.secret_rotated"
    old_secret_until: datetime


@event
class WebhookReplayed(WebhookEvent):
    """Deliveries were set to be made again."""

    action: ClassVar[str] = "webhook.replayed"
    deliveries: int


@event
class WebhookGivenUp(WebhookEvent):
    """Deliveries to an endpoint were stopped: it said it is gone, or took nothing for days."""

    action: ClassVar[str] = "webhook.given_up"
    reason: str


@event
class ClientEvent(Event):
    """Something that happened to an API client."""

    resource: ClassVar[str] = "api_client"
    name: str


@event
class ClientCreated(ClientEvent):
    action: ClassVar[str] = "api_client.created"
    credential: str


@event
class ClientChanged(ClientEvent):
    action: ClassVar[str] = "api_client.changed"


@event
class ClientRotated(ClientEvent):
    """A new secret was made; the old credentials end at their times."""

    action: ClassVar[str] = "api_client.rotated"
    credential: str
    overlap_hours: int


@event
class ClientWasRevoked(ClientEvent):
    action: ClassVar[str] = "api_client.revoked"
    credentials: Sequence[str]


@event
class ClientWasDeleted(ClientEvent):
    action: ClassVar[str] = "api_client.deleted"


@event
class InboundEvent(Event):
    """Something that happened to a partner who delivers to us."""

    resource: ClassVar[str] = "inbound_partner"


@event
class InboundPartnerCreated(InboundEvent):
    action: ClassVar[str] = "inbound_partner.created"
    adapter: str


@event
class InboundSecretRotated(InboundEvent):
    action: ClassVar[str] = "inbound_partner.secret_rotated"
    old_secret_until: datetime


@event
class InboundPartnerSwitched(InboundEvent):
    action: ClassVar[str] = "inbound_partner.switched"
    enabled: bool


@event
class InboundReplayed(InboundEvent):
    """Deliveries were set to be applied again."""

    action: ClassVar[str] = "inbound_partner.replayed"
    deliveries: Sequence[int]
