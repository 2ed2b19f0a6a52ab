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

LONGEST_SECONDS: Final = 29.0
"""What API Gateway waits for a function."""
LARGEST_BODY: Final = 10 * 1024 * 1024
"""Bytes that API Gateway takes; what Lambda takes is less, and base64 counts."""
LARGEST_EVENT: Final = 6 * 1024 * 1024

_SHOWN_HEADERS: Final = "ETag, Retry-After, X-Request-Id, Idempotency-Replayed"


class Gateway:
    """Answers requests by calling functions."""

    def __init__(self, functions: list[Packaged], pool: Pool) -> None:
        self._routes, self._pool = Routes(functions), pool

    def answer(self, request: Request) -> Response:
        """The answer to one request."""
        if len(request.body) > LARGEST_BODY:
            return by_itself(request, 413, "PAYLOAD_TOO_LARGE", "The request is too large.")
        match = self._routes.match(request.path)
        if match is None:
            return by_itself(request, 404, "NOT_FOUND", "API endpoint not found")
        event = json.dumps(event_of(request, str(match.function.path), match.values)).encode()
        if len(event) > LARGEST_EVENT:
            return by_itself(request, 413, "PAYLOAD_TOO_LARGE", "The request is too large.")
        try:
            return response_of(self._pool.invoke(match.function, event, seconds=LONGEST_SECONDS), request)
        except TimedOut as reason:
            _tell(reason)
            return by_itself(request, 504, "TIMEOUT", "This takes too long. Please ask for less, or try again.")
        except Throttled as reason:
            _tell(reason)
            return by_itself(request, 429, "RATE_LIMITED", "Too many requests. Please try again later.")
        except (Failed, Malformed) as reason:
            _tell(reason)
            return by_itself(request, 502, "INTERNAL", "Internal server error")


def by_itself(request: Request, status: int, code: str, sentence: str) -> Response:
    """What the gateway answers without a function, in the one shape of all refusals, readable for any page."""
    body = {"error": sentence, "code": code, "details": {}, "requestId": request.id}
    headers = [("Content-Type", "application/json"), ("Vary", "Origin"), ("X-Request-Id", request.id)]
    if origin := request.header("origin"):
        headers += [
            ("Access-Control-Allow-Origin", origin),
            ("Access-Control-Allow-Credentials", "true"),
            ("Access-Control-Expose-Headers", _SHOWN_HEADERS),
        ]
    return Response(status, headers, json.dumps(body).encode())


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
        # What is far too large is not even read; the connection cannot go on after that.
        is_read = size <= LARGEST_BODY
        body = self.rfile.read(size) if is_read else b"\0" * (LARGEST_BODY + 1)
        self.close_connection |= not is_read
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
