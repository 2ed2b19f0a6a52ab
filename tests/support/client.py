"""An HTTP-like client of the Chalice app in this process, through Chalice's own local gateway."""

import base64
import gzip
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

from chalice.app import Chalice
from chalice.config import Config
from chalice.local import LocalChalice, LocalGateway, LocalGatewayException

ADDRESS = "198.51.100.7"


@dataclass(frozen=True)
class Answer:
    """What came back. `headers` has lower-case names; `cookies` holds what was set, by name, with its attributes."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: SimpleCookie

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class _Gateway(LocalGateway):
    """Chalice's local gateway, with the caller's address chosen by the test."""

    def __init__(self, app: Chalice) -> None:
        super().__init__(app, Config.create())
        self.caller = threading.local()

    def _generate_lambda_event(self, method: str, path: str, headers: Any, body: bytes | None) -> dict[str, Any]:
        event = super()._generate_lambda_event(method, path, headers, body)
        event["requestContext"]["identity"]["sourceIp"] = self.caller.address
        return event


def gateway_of(app: Chalice) -> _Gateway:
    """Return a gateway to the app, which from now on may be called by many threads, as `chalice local` lets it."""
    if not isinstance(app, LocalChalice):
        app.__class__ = type("ThreadedApp", (LocalChalice, app.__class__), {})
    return _Gateway(app)


_listeners: list[Callable[[dict[str, Any]], None]] = []


@contextmanager
def heard_by(listener: Callable[[dict[str, Any]], None]) -> Iterator[None]:
    """Tell a listener of each call: its method, path and status."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


class Client:
    """Sends requests; `sign_in` gives the bearer token of a signed-in user and is asked before each request."""

    def __init__(
        self,
        gateway: _Gateway,
        *,
        sign_in: Callable[[], str] | None = None,
        address: str = ADDRESS,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        self._gateway = gateway
        self._sign_in = sign_in
        self._address = address
        self._headers = {name.lower(): value for name, value in (headers or {}).items()}

    def get(self, path: str, **given: Any) -> Answer:
        return self.request("GET", path, **given)

    def post(self, path: str, **given: Any) -> Answer:
        return self.request("POST", path, **given)

    def put(self, path: str, **given: Any) -> Answer:
        return self.request("PUT", path, **given)

    def patch(self, path: str, **given: Any) -> Answer:
        return self.request("PATCH", path, **given)

    def delete(self, path: str, **given: Any) -> Answer:
        return self.request("DELETE", path, **given)

    def options(self, path: str, **given: Any) -> Answer:
        return self.request("OPTIONS", path, **given)

    def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = ...,
        body: bytes = b"",
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request; `json` or a raw `body`, `params` for the query (lists repeat), and headers."""
        sent = {"host": "testserver", **self._headers}
        if self._sign_in is not None:
            sent["authorization"] = f"Bearer {self._sign_in()}"
        if json is not ...:
            body = _as_json(json)
            sent["content-type"] = "application/json"
        if body:
            sent["content-length"] = str(len(body))
        sent |= {name.lower(): value for name, value in (headers or {}).items()}
        if params:
            path = f"{path}?{urlencode(params, doseq=True)}"
        self._gateway.caller.address = self._address
        try:
            answer = _answer(self._gateway.handle_request(method, path, sent, body))
        except LocalGatewayException as error:
            answer = _answer({"statusCode": error.CODE, "headers": error.headers, "body": error.body})
        for listener in _listeners:
            listener({"method": method, "path": path.split("?")[0], "status": answer.status})
        return answer

    def at(self, address: str) -> "Client":
        """Return the same client at another IP address."""
        return Client(self._gateway, sign_in=self._sign_in, address=address, headers=self._headers)

    def with_headers(self, headers: Mapping[str, str]) -> "Client":
        """Return the same client with headers on every request, such as a cookie or a user agent."""
        return Client(self._gateway, sign_in=self._sign_in, address=self._address, headers={**self._headers, **headers})


def _as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _answer(response: Mapping[str, Any]) -> Answer:
    body = response.get("body") or b""
    raw = body if isinstance(body, bytes) else str(body).encode()
    if response.get("isBase64Encoded"):
        raw = base64.b64decode(raw)
    many = {name.lower(): values for name, values in (response.get("multiValueHeaders") or {}).items()}
    headers = {name.lower(): str(value) for name, value in (response.get("headers") or {}).items()}
    headers |= {name: ", ".join(values) for name, values in many.items()}
    if headers.get("content-encoding") == "gzip":
        raw = gzip.decompress(raw)
    cookies: SimpleCookie = SimpleCookie()
    for line in many.get("set-cookie", [headers["set-cookie"]] if "set-cookie" in headers else []):
        cookies.load(line)
    return Answer(int(response["statusCode"]), headers, raw, cookies)
