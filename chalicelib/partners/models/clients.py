"""API clients on the wire."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from chalicelib.kit.models import Camel, Id, Instant, Model, Moment, Text
from chalicelib.kit.paging import Paged
from chalicelib.kit.scopes import Scope

MOST_ROWS = 1000
LONGEST_OVERLAP_HOURS = 168

ClientStatus = Literal["active", "expired", "revoked"]
Ids = Annotated[list[Id], Field(max_length=MOST_ROWS)]
PerMinute = Annotated[int, Field(ge=1, le=100_000)]
PerDay = Annotated[int, Field(ge=1, le=100_000_000)]
Scopes = Annotated[list[Scope], Field(min_length=1, max_length=64)]


class Filter(Camel):
    """The rows that a client may reach: everything of these devices, and of the devices on these routes and at these
    locations.
    """

    route_ids: Ids = Field(default_factory=list)
    location_ids: Ids = Field(default_factory=list)
    device_ids: Ids = Field(default_factory=list)

    @model_validator(mode="after")
    def _names_something(self) -> "Filter":
        if not (self.route_ids or self.location_ids or self.device_ids):
            raise ValueError("Name at least one route, location or device; leave the filter out for the whole fleet.")
        return self


class NewClient(Camel):
    """An API client to be made."""

    name: Annotated[Text, StringConstraints(max_length=80)]
    owner: Annotated[Text, StringConstraints(max_length=120)]
    contact: Annotated[Text, StringConstraints(max_length=254)]
    scopes: Scopes
    rows: Filter | None = None
    requests_per_minute: PerMinute = 60
    requests_per_day: PerDay = 10_000
    expires_at: Moment | None = None


class ClientChange(Camel):
    """What is to change of an API client; what is not sent stays. `rows: null` takes the filter away."""

    name: Annotated[Text, StringConstraints(max_length=80)] | None = None
    owner: Annotated[Text, StringConstraints(max_length=120)] | None = None
    contact: Annotated[Text, StringConstraints(max_length=254)] | None = None
    scopes: Scopes | None = None
    rows: Filter | None = None
    requests_per_minute: PerMinute | None = None
    requests_per_day: PerDay | None = None
    expires_at: Moment | None = None
    version: int | None = None

    def says(self, name: str) -> bool:
        """Whether the field was sent."""
        return name in self.model_fields_set


class Rotation(Camel):
    """How long the old secret stays good beside the new one, in hours; 0 ends it at once."""

    overlap_hours: Annotated[int, Field(ge=0, le=LONGEST_OVERLAP_HOURS)] = 24


class ClientsQuery(Paged):
    """Which page of the clients."""


class FilterShown(Camel):
    """The rows that a client may reach."""

    route_ids: Sequence[int]
    location_ids: Sequence[int]
    device_ids: Sequence[int]


class CredentialShown(Camel):
    """A credential: the id by which tokens are asked for. Its secret was told when it was made, and never again."""

    client_id: str
    created_at: Instant
    ends_at: Instant | None
    last_used_at: Instant | None


class Client(Camel):
    """An API client."""

    id: int
    name: str
    owner: str
    contact: str
    status: ClientStatus
    scopes: Sequence[str]
    rows: FilterShown | None
    requests_per_minute: int
    requests_per_day: int
    expires_at: Instant | None
    revoked_at: Instant | None
    last_used_at: Instant | None
    credentials: Sequence[CredentialShown]
    version: int
    created_by: str
    created_at: Instant
    updated_at: Instant


class Secret(Camel):
    """A credential with its secret, told this once."""

    client_id: str
    client_secret: str
    token_url: str | None = Field(description="Where tokens are asked for, by OAuth 2.0 client credentials.")


class ClientMade(Camel):
    """A client, and its newest credential."""

    client: Client
    credential: Secret


class ClientDeleted(Model):
    """The client is gone; what it did stays in the audit trail."""

    message: str


class ScopeShown(Model):
    """A scope and what it opens."""

    scope: Scope
    description: str
