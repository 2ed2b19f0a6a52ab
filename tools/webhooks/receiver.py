"""A receiver of webhooks on this machine, built on the published `standardwebhooks` package and nothing of ours."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

HANG_SECONDS = 60.0


@dataclass(frozen=True)
class Arrival:
    """A request that came in, with the moment of its arrival (`time.time`)."""

    path: str
    at: float
    headers: Mapping[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """The id of the message."""
        return self.headers.get("webhook-id", "")


@dataclass(frozen=True)
class Reply:
    """What a receiver answers."""

    status: int = 204
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    after_seconds: float = 0.0


def verified(secret: str, arrival: Arrival) -> str | None:
    """Verify a request as a partner would; None when it holds, else what is wrong with it."""
    try:
        Webhook(secret).verify(arrival.body, dict(arrival.headers))
    except (WebhookVerificationError, ValueError) as error:
        return str(error) or type(error).__name__
    return None


class Receiver:
    """A server on 127.0.0.1 that notes what arrives and answers as it is told, path by path."""

    def __init__(self, port: int = 0, *, heard: Callable[[Arrival], Reply | None] | None = None) -> None:
        self.arrivals: list[Arrival] = []
        self.replies: dict[str, Reply] = {}
        """What to answer on a path; 204 on all others."""
        self.closing = threading.Event()
        self._heard = heard
        self._server = _Server(("127.0.0.1", port), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def port(self) -> int:
        """Its port."""
        return int(self._server.server_address[1])

    def url(self, path: str = "/") -> str:
        """The URL of a path of it."""
        return f"http://127.0.0.1:{self.port}{path}"

    def at(self, path: str) -> list[Arrival]:
        """What has arrived at a path, in order."""
        return [arrival for arrival in self.arrivals if arrival.path == path]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, arrival: Arrival) -> Reply:
        self.arrivals.append(arrival)
        told = self._heard(arrival) if self._heard else None
        return told or self.replies.get(arrival.path, Reply())

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                headers = {name.lower(): value for name, value in self.headers.items()}
                reply = receiver._answer(Arrival(self.path, time.time(), headers, body))
                if reply.after_seconds and receiver.closing.wait(reply.after_seconds):
                    self.close_connection = True
                    return
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)

            def log_message(self, *_: object) -> None:
                """Say nothing: what arrives is told by whoever listens."""

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_: object) -> None:
        """Say nothing of a caller that went away: that is what a hanging receiver is for."""
