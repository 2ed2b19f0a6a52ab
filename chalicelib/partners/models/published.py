"""The form in which partners are told of an event: one envelope, and in it the facts of its kind."""

from typing import Annotated

from pydantic import ConfigDict, Field, SerializeAsAny, WithJsonSchema

from chalicelib.kit.models import Camel, Instant

LARGEST_BODY = 20_000
"""Bytes of a delivery; what would be larger is cut, says so, and links to the rest."""


When = Annotated[Instant, WithJsonSchema({"type": "string", "format": "date-time"})]
"""A moment, described as one."""


class Payload(Camel):
    """The facts of one kind of event."""


class StreamPlace(Camel):
    """Where an event stands among the events of its stream: numbers begin at 1 and have no gaps."""

    stream: str
    number: int


class AboutDevice(Camel):
    """A device that an event is about."""

    id: int
    asset: str


class Envelope(Camel):
    """What is delivered. Every field always comes."""

    model_config = ConfigDict(json_schema_serialization_defaults_required=True)

    id: Annotated[str, Field(description="The same in every attempt, and in the header `webhook-id`.")]
    type: str
    version: int
    timestamp: Annotated[When, Field(description="When it happened.")]
    sequence: Annotated[
        StreamPlace | None, Field(description="Its place among the events of the same device or thing.")
    ] = None
    devices: Annotated[list[AboutDevice], Field(description="The devices that it is about.")] = Field(
        default_factory=list
    )
    route_ids: Annotated[list[int], Field(description="The routes that it is about.")] = Field(default_factory=list)
    link: Annotated[str | None, Field(description="Where the API tells more.")] = None
    is_cut: Annotated[bool, Field(description="Whether lists or texts were cut to keep this small; see `link`.")] = (
        False
    )
    data: SerializeAsAny[Payload]
