"""One request, asked of the app in this process as a Lambda function is asked, or over HTTP."""

import http.client
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class Ask:
    """A request: the declared path with the values of its parameters, a query, a body."""

    method: str
    path: str
    values: Mapping[str, object] = field(default_factory=dict)
    query: Mapping[str, object] = field(default_factory=dict)
    body: object = None

    @property
    def url(self) -> str:
        """The path with its values and the query."""
        path = self.path.format(**{name: quote(str(value), safe="") for name, value in self.values.items()})
        return f"{path}?{urlencode(self.query)}" if self.query else path

    @property
    def content(self) -> str:
        """The body as it is sent."""
        return "" if self.body is None else json.dumps(self.body)


@dataclass(frozen=True)
class Told:
    """An answer."""

    status: int
    text: str

    @property
    def json(self) -> Any:  # Any: JSON of any shape
        return json.loads(self.text)


class Refused(Exception):
    """A request of the mix was not answered as it has to be."""


Asking = Callable[[Ask, str], Told]
"""Sends a request with a token."""


def in_process(app: Callable[[dict[str, Any], Any], Mapping[str, Any]]) -> Asking:
    """Ask the app by the event that API Gateway would send."""

    def ask(asked: Ask, token: str) -> Told:
        answer = app(_event(asked, token), None)
        return Told(int(answer["statusCode"]), str(answer["body"]))

    return ask


def _event(asked: Ask, token: str) -> dict[str, Any]:  # Any: an event of API Gateway
    values = {name: quote(str(value), safe="") for name, value in asked.values.items()}
    query = {name: [str(value)] for name, value in asked.query.items()}
    return {
        "resource": asked.path,
        "path": asked.path,
        "httpMethod": asked.method,
        "headers": {"authorization": f"Bearer {token}", "content-type": "application/json", "host": "bench"},
        "multiValueQueryStringParameters": query or None,
        "pathParameters": values or None,
        "requestContext": {
            "resourcePath": asked.path,
            "httpMethod": asked.method,
            "path": asked.url,
            "identity": {"sourceIp": "198.51.100.7"},
        },
        "body": asked.content,
        "isBase64Encoded": False,
        "stageVariables": None,
    }


class OverHttp:
    """A connection to a server that is kept open between requests."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def __call__(self, asked: Ask, token: str) -> Told:
        """Ask over HTTP."""
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._connection.request(asked.method, asked.url, asked.content or None, headers)
        answer = self._connection.getresponse()
        return Told(answer.status, answer.read().decode())
