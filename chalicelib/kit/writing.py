"""Answers as bytes: success from the view's model, refusals in the one shape that all clients read."""

import json
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import to_jsonable_python

from chalicelib.kit import web
from chalicelib.kit.answer import Answer, Json, Raw, Written
from chalicelib.kit.call import Call
from chalicelib.kit.errors import Refusal

JSON = "application/json"


def written(answer: Answer[Any], adapter: TypeAdapter[Any] | None, status: int) -> Written:
    """A successful answer."""
    headers: dict[str, Any] = {**web.security_headers(), **answer.headers}
    if answer.cookies:
        headers["Set-Cookie"] = list(answer.cookies)
    if isinstance(answer.content, Raw):
        body = answer.content.text
        headers["Content-Type"] = answer.content.content_type
    elif isinstance(answer.content, Json):
        body = answer.content.text
        headers["Content-Type"] = JSON
    else:
        assert adapter is not None  # noqa: S101 - narrows the type: only what is a text goes without an adapter
        body = adapter.dump_json(answer.content, by_alias=True).decode()
        headers["Content-Type"] = JSON
    return Written(answer.status or status, body, headers)


def refused(call: Call, refusal: Refusal | None) -> Written:
    """A refusal; None stands for a bug, which is told without internals."""
    body: dict[str, Any] = {"error": "Internal server error", "code": "INTERNAL", "requestId": call.request_id}
    if refusal is not None:
        body.update(
            refusal.beside, error=refusal.sentence, code=refusal.code, details=to_jsonable_python(refusal.details)
        )
    headers: dict[str, Any] = {**web.security_headers(), "Content-Type": JSON}
    if refusal is not None:
        headers.update(refusal.headers)
    return Written(refusal.status if refusal else 500, json.dumps(body), headers)
