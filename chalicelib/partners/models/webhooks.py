"""Webhooks: what somebody asks for, and what is shown of it."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.kit.models import Camel, Id, Instant, Moment

EventType = Annotated[str, StringConstraints(strip_whitespace=True, to_lower=True, min_length=1, max_length=120)]
Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=2000)]
Description = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class WebhookBody(Camel):
    """What to deliver, and where to."""

    url: Url
    event_types: Annotated[
        list[EventType],
        Field(
            min_length=1, max_length=100, description="Names of the catalogue, `device.*` for a family, `*` for all."
        ),
    ]
    device_ids: Annotated[list[Id], Field(max_length=1000, description="Only what is about these devices.")] = Field(
        default_factory=list
    )
    route_ids: Annotated[list[Id], Field(max_length=1000, description="Only what is about these routes.")] = Field(
        default_factory=list
    )
    description: Description = ""


class WebhookChange(Camel):
    """What to change; what is left out stays."""

    url: Url | None = None
    event_types: Annotated[list[EventType], Field(min_length=1, max_length=100)] | None = None
    device_ids: Annotated[list[Id], Field(max_length=1000)] | None = None
    route_ids: Annotated[list[Id], Field(max_length=1000)] | None = None
    description: Description | None = None
    enabled: bool | None = None


class WebhookShown(Camel):
    """A webhook. A filter that is empty lets everything through."""

    id: int
    url: str
    description: str
    event_types: list[str]
    device_ids: list[int]
    route_ids: list[int]
    enabled: bool
    disabled_at: Instant | None
    disabled_reason: Literal["by hand", "gone", "dead"] | None
    old_secret_until: Instant | None
    failing_since: Instant | None
    rest_until: Instant | None
    last_attempt_at: Instant | None
    last_success_at: Instant | None
    waiting: Annotated[int, Field(description="Deliveries that have not arrived yet, 1000 at most.")]
    created_at: Instant
    updated_at: Instant


class WebhookWithSecret(WebhookShown):
    """A webhook with its secret, which is shown this once."""

    secret: str


class Rotation(Camel):
    """How long the old secret signs beside the new one."""

    overlap_hours: Annotated[int, Field(ge=0, le=168)] = 24


class Queued(Camel):
    """A delivery that will be made in a moment."""

    delivery_id: int
    event_id: str


class Replay(Camel):
    """Which events to deliver again: what happened from one moment to another."""

    since: Moment
    until: Moment | None = None
    only_missing: Annotated[bool, Field(description="Only what has not arrived.")] = True


class Replayed(Camel):
    """How many deliveries will be made; with `more`, ask again from `until` on."""

    deliveries: int
    more: bool
    until: Instant | None


class WebhookDone(Camel):
    """It is done."""

    success: bool = True
