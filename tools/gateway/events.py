"""API Gateway's side of a call: the event that it makes of a request, and the answer that it makes of a result.

REST API, Lambda proxy integration. Every body travels as base64, because the API's binary media types are `*/*`.
"""

import base64
import gzip
import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import parse_qsl

from chalicelib.kit.app import COMPRESS_FROM

STAGE: Final = "api"
Headers = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Request:
    """A request as it came over the wire; `path` without the query, as it was sent."""

    method: str
    path: str
    query: str
    headers: Headers
    body: bytes
    ip: str
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def header(self, name: str) -> str:
        """The last value of a header, or nothing."""
        return next((value for key, value in reversed(self.headers) if key.lower() == name), "")


@dataclass(frozen=True)
class Response:
    """An answer as it goes over the wire."""

    status: int
    headers: Headers
    body: bytes


class Malformed(Exception):
    """A function's result is not what a proxy integration takes."""


def event_of(request: Request, resource: str, values: Mapping[str, str]) -> dict[str, Any]:  # Any: JSON
    """The event for the function behind `resource`, whose path parameters are `values`."""
    queries = parse_qsl(request.query, keep_blank_values=True)
    return {
        "resource": resource,
        "path": request.path,
        "httpMethod": request.method,
        "headers": dict(request.headers) or None,
        "multiValueHeaders": _many(request.headers) or None,
        "queryStringParameters": dict(queries) or None,
        "multiValueQueryStringParameters": _many(queries) or None,
        "pathParameters": dict(values) or None,
        "stageVariables": None,
        "requestContext": _context(request, resource),
        "body": base64.b64encode(request.body).decode() if request.body else None,
        "isBase64Encoded": bool(request.body),
    }


def _context(request: Request, resource: str) -> dict[str, Any]:  # Any: JSON
    now = datetime.now(UTC)
    return {
        "accountId": "000000000000",
        "apiId": "local",
        "domainName": request.header("host"),
        "httpMethod": request.method,
        "identity": {"sourceIp": request.ip, "userAgent": request.header("user-agent")},
        # By the address that the gateway gives itself, the stage is a part of the path that was asked for.
        "path": f"/{STAGE}{request.path}",
        "protocol": "HTTP/1.1",
        "requestId": request.id,
        "requestTime": f"{now:%d/%b/%Y:%H:%M:%S +0000}",
        "requestTimeEpoch": int(now.timestamp() * 1000),
        "resourceId": "local",
        "resourcePath": resource,
        "stage": STAGE,
    }


def _many(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def response_of(result: bytes, request: Request) -> Response:
    """The answer that a function's result stands for, compressed where the gateway compresses. Raises `Malformed`."""
    try:
        told = json.loads(result)
        status, body = int(told["statusCode"]), told.get("body") or ""
        packed = base64.b64decode(body) if told.get("isBase64Encoded") else str(body).encode()
        headers = _headers(told)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Malformed(
            f"A proxy integration takes statusCode, headers and body; this came: {result[:200]!r}"
        ) from error
    return _compressed(Response(status, headers, packed), request)


def _headers(told: Mapping[str, Any]) -> list[tuple[str, str]]:  # Any: JSON
    many: Mapping[str, Sequence[str]] = told.get("multiValueHeaders") or {}
    taken = {name.lower() for name in many}
    single = [(name, str(value)) for name, value in (told.get("headers") or {}).items() if name.lower() not in taken]
    return [*single, *((name, str(value)) for name, values in many.items() for value in values)]


def _compressed(response: Response, request: Request) -> Response:
    is_packed = any(name.lower() == "content-encoding" for name, _ in response.headers)
    if is_packed or len(response.body) < COMPRESS_FROM or "gzip" not in request.header("accept-encoding"):
        return response
    headers = [*response.headers, ("Content-Encoding", "gzip")]
    return Response(response.status, headers, gzip.compress(response.body, compresslevel=5, mtime=0))
