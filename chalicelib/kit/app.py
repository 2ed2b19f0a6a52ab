"""The Chalice app: Chalice's routing, with our own answers where Chalice or the gateway would speak for itself."""

import base64
import gc
import gzip
import json
import uuid
from collections.abc import Mapping
from typing import Any, Self

from chalice.app import Blueprint, Chalice

from chalicelib.kit import web
from chalicelib.kit.errors import EndpointNotFound, MethodNotAllowed, Refusal
from chalicelib.kit.settings import settings

COMPRESS_FROM = 1400
"""Bytes; the same as `minimum_compression_size` in .chalice/config.json, by which API Gateway compresses."""

DEEPEST_PATH = 8
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


class App(Chalice):
    """Chalice, with JSON refusals for unknown paths and methods, and preflight answers for configured origins."""

    def __init__(self, app_name: str) -> None:
        # Chalice's own handler would print each line of our logger a second time.
        super().__init__(app_name, configure_logs=False)

    def __call__(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        """Answer one proxy event."""
        headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
        asked = event.get("requestContext", {})
        path, method = asked.get("resourcePath"), asked.get("httpMethod")
        if not isinstance(path, str):
            return dict(super().__call__(event, context))
        views = self.routes.get(path, {})
        if method == "OPTIONS" and views:
            return _answer(200, web.preflight_headers(headers, list(views)), "")
        if not views or path in UNKNOWN_PATHS:
            return _refusal(headers, EndpointNotFound())
        if method not in views:
            refused = _refusal(headers, MethodNotAllowed(allowed=sorted(views)))
            refused["headers"]["Allow"] = ", ".join(sorted(views))
            return refused
        answer = super().__call__(event, context)
        return _compressed(answer, headers) if settings().is_local else dict(answer)

    def serve(self, *blueprints: Blueprint) -> Self:
        """Take these blueprints, each once, and answer the preflights of their paths."""
        # The gateway would otherwise read an uploaded picture as UTF-8 and spoil it.
        if "multipart/form-data" not in self.api.binary_types:
            self.api.binary_types.append("multipart/form-data")
        for blueprint in dict.fromkeys(blueprints):
            self.register_blueprint(blueprint)
        self.answer_preflights()
        # What was imported stays as long as the process: a full collection that walks it again holds up every third
        # large answer, by twice as long as the answer itself takes.
        gc.freeze()
        return self

    def answer_preflights(self) -> None:
        """Give every path an OPTIONS method: the gateway knows no list of origins, so preflights come to us."""
        for path in list(self.routes):
            self.route(path, methods=["OPTIONS"], name="preflight", content_types=["*/*"])(_never_called)

    def answer_unknown_paths(self) -> None:
        """Let local mode answer unknown paths as the deployed gateway does: with our JSON."""
        for path in UNKNOWN_PATHS:
            self.route(path, methods=METHODS, name="unknown", content_types=["*/*"])(_never_called)


UNKNOWN_PATHS = [
    "/",
    *("/" + "/".join(f"{{part{n}}}" for n in range(1, depth + 1)) for depth in range(1, DEEPEST_PATH)),
]


def _never_called(**_: str) -> None:
    """Stands where Chalice wants a view; `App` answers before it is called."""


def _refusal(headers: Mapping[str, str], refusal: Refusal) -> dict[str, Any]:
    body = {"error": refusal.sentence, "code": refusal.code, "details": refusal.details, "requestId": str(uuid.uuid4())}
    own = {"Content-Type": "application/json", **web.security_headers(), **web.cors_headers(headers)}
    return _answer(refusal.status, own, json.dumps(body))


def _answer(status: int, headers: dict[str, str], body: str) -> dict[str, Any]:
    return {"statusCode": status, "headers": headers, "multiValueHeaders": {}, "body": body}


def _compressed(answer: dict[str, Any], headers: Mapping[str, str]) -> dict[str, Any]:
    """On a laptop, compress what API Gateway would compress."""
    body = answer.get("body")
    wanted = "gzip" in headers.get("accept-encoding", "")
    if not wanted or not isinstance(body, str) or answer.get("isBase64Encoded") or len(body) < COMPRESS_FROM:
        return answer
    packed = base64.b64encode(gzip.compress(body.encode(), compresslevel=5)).decode()
    return {
        **answer,
        "body": packed,
        "isBase64Encoded": True,
        "headers": {**answer["headers"], "Content-Encoding": "gzip"},
    }
