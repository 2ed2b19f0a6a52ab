"""The gateway itself: a request becomes an event, the function's result the answer; what fails is answered here."""

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

from tools.gateway.built import Packaged
from tools.gateway.events import Malformed, Request, Response, event_of, response_of
from tools.gateway.pool import Pool, Throttled
from tools.gateway.routes import Routes
from tools.gateway.sandbox import Failed, TimedOut
from tools.package.template_gateway import CORS_HEADERS, GATEWAY_ANSWERS, SECURITY_HEADERS

LONGEST_SECONDS: Final = 29.0
"""What API Gateway waits for a function."""
LARGEST_BODY: Final = 10 * 1024 * 1024
"""Bytes that API Gateway takes; what Lambda takes is less, and base64 counts."""
LARGEST_EVENT: Final = 6 * 1024 * 1024


class Gateway:
    """Answers requests by calling functions."""

    def __init__(self, functions: list[Packaged], pool: Pool, *, longest_seconds: float = LONGEST_SECONDS) -> None:
        self._routes, self._pool = Routes(functions), pool
        self._longest_seconds = longest_seconds

    def answer(self, request: Request) -> Response:
        """The answer to one request."""
        if len(request.body) > LARGEST_BODY:
            return by_itself(request, "REQUEST_TOO_LARGE")
        match = self._routes.match(request.path)
        if match is None:
            return by_itself(request, "MISSING_AUTHENTICATION_TOKEN")
        event = json.dumps(event_of(request, str(match.function.path), match.values)).encode()
        if len(event) > LARGEST_EVENT:
            return by_itself(request, "REQUEST_TOO_LARGE")
        try:
            return response_of(self._pool.invoke(match.function, event, seconds=self._longest_seconds), request)
        except TimedOut as reason:
            _tell(reason)
            # Lambda ends a function at its own limit, which to the gateway is a function that failed.
            if match.function.timeout < self._longest_seconds:
                return by_itself(request, "DEFAULT_5XX", status=502)
            return by_itself(request, "INTEGRATION_TIMEOUT")
        except Throttled as reason:
            _tell(reason)
            return by_itself(request, "THROTTLED")
        except (Failed, Malformed) as reason:
            _tell(reason)
            return by_itself(request, "DEFAULT_5XX", status=502)


def by_itself(request: Request, kind: str, *, status: int = 500) -> Response:
    """What the template lets the gateway answer without a function; `status` where it leaves that open."""
    fixed, code, sentence, own = GATEWAY_ANSWERS[kind]
    body = {"error": sentence, "code": code, "details": {}, "requestId": request.id}
    headers = {**SECURITY_HEADERS, **own, "Content-Type": "application/json", "X-Request-Id": request.id}
    if origin := request.header("origin"):
        shown = {name: value.strip("'") for name, value in CORS_HEADERS.items()}
        headers |= {**shown, "Access-Control-Allow-Origin": origin}
    return Response(fixed or status, list(headers.items()), json.dumps(body).encode())


def _tell(reason: Exception) -> None:
    print(reason, file=sys.stderr, flush=True)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    gateway: Gateway

    def answer(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        path, _, query = self.path.partition("?")
        # What is too large is read to its end all the same: else the sender would see a broken line, no answer.
        body = self.rfile.read(size)
        request = Request(self.command, path, query, list(self.headers.items()), body, self.client_address[0])
        self._send(self.gateway.answer(request))

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = answer  # noqa: N815 - the library's names

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers:
            if name.lower() != "content-length":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)
        self.wfile.flush()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's name
        """Say nothing of each request: the functions do."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True


@contextmanager
def serving(gateway: Gateway, *, port: int = 0) -> Iterator[str]:
    """Serve during the block; the address."""
    server = _Server(("127.0.0.1", port), type("Handler", (_Handler,), {"gateway": gateway}))
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), daemon=True, name="gateway")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
