"""What happens to API clients and webhooks, as the audit trail tells it. Secrets are nowhere in here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from chalicelib.kit.events import Event


@dataclass(frozen=True, kw_only=True)
class WebhookEvent(Event):
    """Something that happened to a webhook."""

    resource: ClassVar[str] = "webhook"
    url: str


@dataclass(frozen=True, kw_only=True)
class WebhookCreated(WebhookEvent):
    """Somebody subscribed."""

    action: ClassVar[str] = "webhook.created"
    event_types: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class WebhookChanged(WebhookEvent):
    """A subscription was changed, switched on or off."""

    action: ClassVar[str] = "webhook.changed"


@dataclass(frozen=True, kw_only=True)
class WebhookDeleted(WebhookEvent):
    """A subscription was ended."""

    action: ClassVar[str] = "webhook.deleted"


@dataclass(frozen=True, kw_only=True)
class WebhookSecretRotated(WebhookEvent):
    """A webhook has a new secret; the old one signs too until then."""

    action: ClassVar[str] = "webhook.secret_rotated"
    old_secret_until: datetime


@dataclass(frozen=True, kw_only=True)
class WebhookReplayed(WebhookEvent):
    """Deliveries were set to be made again."""

    action: ClassVar[str] = "webhook.replayed"
    deliveries: int


@dataclass(frozen=True, kw_only=True)
class WebhookGivenUp(WebhookEvent):
    """Deliveries to an endpoint were stopped: it said it is gone, or took nothing for days."""

    action: ClassVar[str] = "webhook.given_up"
    reason: str


@dataclass(frozen=True, kw_only=True)
class ClientEvent(Event):
    """Something that happened to an API client."""

    resource: ClassVar[str] = "api_client"
    name: str


@dataclass(frozen=True, kw_only=True)
class ClientCreated(ClientEvent):
    action: ClassVar[str] = "api_client.created"
    credential: str


@dataclass(frozen=True, kw_only=True)
class ClientChanged(ClientEvent):
    action: ClassVar[str] = "api_client.changed"


@dataclass(frozen=True, kw_only=True)
class ClientRotated(ClientEvent):
    """A new secret was made; the old credentials end at their times."""

    action: ClassVar[str] = "api_client.rotated"
    credential: str
    overlap_hours: int


@dataclass(frozen=True, kw_only=True)
class ClientWasRevoked(ClientEvent):
    action: ClassVar[str] = "api_client.revoked"
    credentials: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ClientWasDeleted(ClientEvent):
    action: ClassVar[str] = "api_client.deleted"
