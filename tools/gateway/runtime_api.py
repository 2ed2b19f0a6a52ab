"""Lambda's Runtime API for one process: AWS's runtime interface client asks here for events and leaves answers.

The client asks for the next event, works on it, and posts what came of it; one at a time. Deadlines and ids travel in
headers. It is plain HTTP on this machine.
"""

import json
import threading
import time
import uuid
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import SimpleQueue
from typing import Any, Final

_NEXT: Final = "/2018-06-01/runtime/invocation/next"
_LARGEST_ANSWER: Final = 6 * 1024 * 1024
"""Bytes that Lambda takes as an answer."""


@dataclass
class Outcome:
    """What became of an event: an answer, or an error in the function's own words."""

    body: bytes = b""
    error: str | None = None


@dataclass
class Invocation:
    """One event on its way through a process."""

    event: bytes
    arn: str
    seconds: float
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    done: threading.Event = field(default_factory=threading.Event)
    outcome: Outcome = field(default_factory=Outcome)

    def end(self, outcome: Outcome) -> None:
        """Say what became of it; the first word counts."""
        if not self.done.is_set():
            self.outcome = outcome
            self.done.set()


class RuntimeApi:
    """The server that one process talks to. Close it when the process is gone."""

    def __init__(self) -> None:
        self._waiting: SimpleQueue[Invocation | None] = SimpleQueue()
        self._current: Invocation | None = None
        self._server = _Server(self)
        threading.Thread(target=self._server.serve_forever, args=(1.0,), daemon=True, name="runtime-api").start()

    @property
    def address(self) -> str:
        """What the client is told as AWS_LAMBDA_RUNTIME_API."""
        return f"127.0.0.1:{self._server.server_port}"

    def hand_over(self, invocation: Invocation) -> None:
        """Give the process its next event."""
        self._current = invocation
        self._waiting.put(invocation)

    def fail(self, reason: str) -> None:
        """End the event that is under way, as when the process is gone."""
        if self._current is not None:
            self._current.end(Outcome(error=reason))

    def close(self) -> None:
        """Stop serving."""
        self._waiting.put(None)
        threading.Thread(target=self._close, daemon=True).start()

    def _close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def next(self) -> Invocation | None:
        """The next event; blocks until there is one. None when the server closes."""
        return self._waiting.get()

    def ended(self, path: str, body: bytes) -> int:
        """Take what the process says of an event, or of its own start; the status to answer."""
        kind = path.rpartition("/")[2]
        if kind == "error":
            self.fail(_in_words(body))
        elif self._current is not None and len(body) > _LARGEST_ANSWER:
            self.fail(f"The answer of {len(body):,} bytes is larger than Lambda takes.")
            return 413
        elif self._current is not None:
            self._current.end(Outcome(body=body))
        return 202


def _in_words(body: bytes) -> str:
    told: dict[str, Any] = json.loads(body or b"{}")  # Any: JSON as the client makes it
    trace = "".join(told.get("stackTrace") or [])
    return f"{told.get('errorType', 'Error')}: {told.get('errorMessage', '')}\n{trace}".strip()


class _Server(HTTPServer):
    """Answers one process, which keeps its one connection."""

    def __init__(self, api: RuntimeApi) -> None:
        self.api = api
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:  # Any: as the library declares it
        """Say nothing of a process that was ended in the middle of a call."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: _Server

    def do_GET(self) -> None:
        invocation = self.server.api.next() if self.path == _NEXT else None
        if invocation is None:
            self._answer(404 if self.path != _NEXT else 410, b"{}", {})
            self.close_connection = True
            return
        deadline = int((time.time() + invocation.seconds) * 1000)
        headers = {
            "Lambda-Runtime-Aws-Request-Id": invocation.id,
            "Lambda-Runtime-Deadline-Ms": str(deadline),
            "Lambda-Runtime-Invoked-Function-Arn": invocation.arn,
            "Lambda-Runtime-Trace-Id": f"Root=1-{deadline // 1000:08x}-{invocation.id.replace('-', '')[:24]};Sampled=0",
        }
        self._answer(200, invocation.event, headers)

    def do_POST(self) -> None:
        body = self._body()
        self._answer(self.server.api.ended(self.path, body), b'{"status":"OK"}', {})

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the library's name
        """Say nothing of each call."""
