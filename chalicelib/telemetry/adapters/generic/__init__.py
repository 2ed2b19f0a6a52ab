"""The plain envelope: DEX files, vends and events as our own routes take them, or one message for each of them.

`{"content": "DXS*..."}`, `{"reads": [{"content": ..., "encoding": "base64", "filename": ...}]}`, `{"events": [...]}`, a
message `{"type": "read", "content": ...}`, `{"type": "vend", ...}` or `{"type": "event", ...}`, many of these under
`messages`, or a body that begins with a DEX record. What a message tells beyond that is let pass.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError

from chalicelib.kit.errors import BadRequest
from chalicelib.telemetry.models.feeds import (
    MOST_HAPPENINGS,
    Delivery,
    SentEvent,
    SentHappening,
    SentHappenings,
    SentRead,
    SentReads,
    SentVend,
)

_HAPPENING: TypeAdapter[SentVend | SentEvent] = TypeAdapter(SentHappening)

NOT_UNDERSTOOD = (
    "Send DEX files as {content} or {reads: [...]}, vends and events as {events: [...]}, or messages that say by their "
    "type which of these they are."
)


def unwrap(body: bytes) -> Delivery:
    """What is in a delivery. Raises `BadRequest` for what is neither JSON of this shape nor a DEX file."""
    if body.lstrip()[:4] == b"DXS*":
        return Delivery(reads=[SentRead(content=body.decode("utf-8", "replace"))])
    try:
        return _of(json.loads(body))
    except (ValidationError, ValueError, RecursionError) as error:
        raise BadRequest(NOT_UNDERSTOOD) from error


def _of(told: Any) -> Delivery:  # Any: whatever JSON came
    if not isinstance(told, dict):
        raise ValueError("a delivery is an object")  # noqa: TRY004 - it is what came that is wrong
    if "events" in told:
        return Delivery(happenings=SentHappenings.model_validate(told).events)
    messages = told.get("messages", [told] if "type" in told else None)
    if messages is None:
        return Delivery(reads=SentReads.model_validate(told).reads)
    if not isinstance(messages, list) or not 0 < len(messages) <= MOST_HAPPENINGS:
        raise ValueError("there are 1 to 1000 messages")
    return _sorted(messages)


def _sorted(messages: Sequence[Any]) -> Delivery:  # Any: as above
    reads, happenings = [], []
    for message in messages:
        if not isinstance(message, dict):
            raise ValueError("a message is an object")  # noqa: TRY004 - as above
        if message.get("type") == "read":
            reads.append(SentRead.model_validate(_known(message, SentRead)))
        else:
            model = SentVend if message.get("type") == "vend" else SentEvent
            happenings.append(_HAPPENING.validate_python(_known(message, model)))
    return Delivery(reads=reads, happenings=happenings)


def _known(message: Mapping[str, Any], model: type[SentRead | SentVend | SentEvent]) -> dict[str, Any]:  # Any: as above
    """The fields that we know, by their names on the wire; `receivedAt` stands in where the moment is missing."""
    names = {field.alias or name for name, field in model.model_fields.items()}
    told = {name: fact for name, fact in message.items() if name in names}
    moment = "at" if "at" in names else "collectedAt"
    return {moment: message["receivedAt"]} | told if "receivedAt" in message else told
