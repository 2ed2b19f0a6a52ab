"""Describing events: the JSON schema of each kind of delivery, for the files of docs/events."""

import hashlib
import inspect
import json
from typing import Any

from pydantic import TypeAdapter, create_model
from pydantic.json_schema import GenerateJsonSchema

from chalicelib.partners.models.published import Envelope
from chalicelib.partners.rules.catalogue import PublicEvent

Schema = dict[str, Any]  # Any: JSON schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class _Schema(GenerateJsonSchema):
    """Leaves out what only repeats the field's name."""

    def field_title_should_be_set(self, _schema: Any) -> bool:  # Any: as pydantic declares it
        return False


def says(event: PublicEvent) -> str:
    """What an event's payload says of itself."""
    return inspect.cleandoc(event.payload.__doc__ or "")


def schema(event: PublicEvent) -> Schema:
    """The JSON schema of one kind of delivery: the envelope, with the facts of this event in it."""
    model = create_model("Delivery", __base__=Envelope, data=(event.payload, ...))
    made: Schema = TypeAdapter(model).json_schema(mode="serialization", schema_generator=_Schema)
    made["$schema"] = DIALECT
    made["title"] = f"{event.name} version {event.version}"
    made["description"] = says(event)
    made["properties"]["type"] = {"const": event.name, "type": "string"}
    made["properties"]["version"] = {"const": event.version, "type": "integer"}
    return made


def digest(schemas: Schema) -> str:
    """The SHA-256 of schemas, by which a reader sees that nothing was changed."""
    return "sha256:" + hashlib.sha256(json.dumps(schemas, sort_keys=True).encode()).hexdigest()
