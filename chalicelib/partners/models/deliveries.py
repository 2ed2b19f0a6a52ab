"""Deliveries and events, as the owner of a webhook sees them."""

from typing import Annotated, Any, Literal

from pydantic import Field

from chalicelib.kit.models import Camel, Instant

DeliveryStatus = Literal["pending", "delivered", "failed"]


class DeliveriesQuery(Camel):
    """Which deliveries; newest first."""

    status: DeliveryStatus | None = None
    event_type: Annotated[str, Field(max_length=120)] | None = None
    page: Annotated[int, Field(ge=1, le=10_000)] = 1
    per_page: Annotated[int, Field(ge=1, le=100)] = 50


class DeliveryShown(Camel):
    """A delivery."""

    id: int
    event_id: str
    event_type: str
    occurred_at: Instant
    status: DeliveryStatus
    attempts: int
    last_status: Annotated[int | None, Field(description="The HTTP status of the latest answer, if there was one.")]
    next_attempt_at: Instant | None
    delivered_at: Instant | None
    created_at: Instant


class DeliveriesPage(Camel):
    """A page of deliveries; `total` is counted up to 10,000."""

    deliveries: list[DeliveryShown]
    total: int
    page: int
    per_page: int


class AttemptShown(Camel):
    """An attempt: the status and the beginning of the answer, or the problem that there was none."""

    number: int
    at: Instant
    milliseconds: int
    status: int | None
    answer: str | None
    problem: str | None


class DeliveryWhole(DeliveryShown):
    """A delivery with what was sent and each attempt."""

    body: dict[str, Any]  # Any: JSON as it was sent
    tries: list[AttemptShown]


class MissedQuery(Camel):
    """Which events of a stream: `device/12` after number 40."""

    stream: Annotated[str, Field(min_length=3, max_length=200)]
    after: Annotated[int, Field(ge=0, le=2**63 - 1)] = 0
    limit: Annotated[int, Field(ge=1, le=100)] = 100


class MissedEvents(Camel):
    """Events of one stream that this webhook is subscribed to, in order, as they were or would be delivered.

    `last_number` is the newest number of the stream, whether or not this webhook is subscribed to that event. `more`
    says that there is more than what came: ask again after the last one.
    """

    events: list[dict[str, Any]]  # Any: JSON as it is delivered
    last_number: int
    more: bool


class CatalogueEntry(Camel):
    """A kind of event, with the JSON schema of what is delivered."""

    name: str
    version: int
    description: str
    admins_only: bool
    json_schema: dict[str, Any]  # Any: JSON schema


class Catalogue(Camel):
    """All kinds of events. The digest changes when, and only when, any schema does."""

    digest: str
    events: list[CatalogueEntry]
