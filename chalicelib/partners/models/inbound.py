"""Partners who deliver to us, and what they delivered, on the wire."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from chalicelib.kit.models import Camel, Id, Instant, Text
from chalicelib.kit.paging import PageNumber, PageSize
from chalicelib.kit.values import value

LONGEST_OVERLAP_HOURS = 168
MOST_REPLAYED = 100

Status = Literal["stored", "unpacked", "applied", "dead"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


class NewInboundPartner(Camel):
    """Somebody who is to deliver; `name` becomes part of the address."""

    name: Name
    adapter: Text = "generic"


class InboundRotation(Camel):
    """How long deliveries may be signed with the old secret still, in hours; 0 ends it at once."""

    overlap_hours: Annotated[int, Field(ge=0, le=LONGEST_OVERLAP_HOURS)] = 24


class InboundSwitch(Camel):
    """Whether deliveries are taken."""

    enabled: bool


class InboundPartner(Camel):
    """A partner who delivers to us."""

    name: str
    adapter: str
    enabled: bool
    path: str = Field(description="Where to deliver, by POST.")
    old_secret_until: Instant | None
    last_delivery_at: Instant | None
    created_by: str
    created_at: Instant


class InboundPartnerWithSecret(Camel):
    """The partner, and the secret to sign with, told this once."""

    partner: InboundPartner
    secret: str


class DeliveriesQuery(Camel):
    """Which deliveries."""

    partner: str | None = None
    status: Status | None = None
    page: PageNumber = 1
    per_page: PageSize = 50


class InboundDelivery(Camel):
    """A delivery: `stored`, `unpacked` into files, `applied`, or `dead`: given up, for `error`."""

    id: int
    partner: str
    message_id: str
    status: Status
    size_bytes: int
    received_at: Instant
    attempts: int
    error: str | None
    file_ids: Sequence[int]


class InboundDeliveries(Camel):
    """A page of deliveries, newest first; `total` is how many match."""

    deliveries: Sequence[InboundDelivery]
    total: int


class ReplayWish(Camel):
    """Which deliveries to apply again: by id, or all dead ones of a partner."""

    ids: Annotated[list[Id], Field(max_length=MOST_REPLAYED)] | None = None
    dead_of: str | None = None

    @model_validator(mode="after")
    def _says_which(self) -> "ReplayWish":
        if (self.ids is None) == (self.dead_of is None):
            raise ValueError("Name either ids or deadOf.")
        return self


class Replayed(Camel):
    """The deliveries that were set to be applied again; what was applied already is left alone."""

    replayed: Sequence[int]


@value
class Stored:
    """A delivery as it was stored; its bytes lie under their hash."""

    id: int
    partner: str
    adapter: str
    sha256: bytes
    unpacked_at: datetime | None
    file_ids: list[int]
    is_new: bool
