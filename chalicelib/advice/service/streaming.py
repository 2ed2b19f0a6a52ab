"""The proposals as a stream of events, for a page that listens to one."""

import json

from chalicelib.advice.models.suggesting import StreamQuery, SuggestionsQuestion
from chalicelib.advice.service import suggesting
from chalicelib.kit.answer import Raw
from chalicelib.kit.call import Call


def stream(call: Call, query: StreamQuery) -> Raw:
    """All events at once: a function answers when it is done, so there is nothing to wait for in between."""
    asked = SuggestionsQuestion(device_id=query.device_id, cabinet_index=query.cabinet_index)
    found = suggesting.suggest(call, asked).model_dump(mode="json")["recommendations"]
    events = (
        {"stage": "analyzing_layout", "progress": 50},
        {"stage": "generating_suggestions", "progress": 100, "suggestions": found},
    )
    return Raw("".join(f"data: {json.dumps(event)}\n\n" for event in events), "text/event-stream")
