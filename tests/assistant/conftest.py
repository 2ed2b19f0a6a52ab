"""A knowledge base with our own articles, and a model at the border."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from chalicelib.assistant.service import loading
from chalicelib.kit import aws
from chalicelib.kit.settings import settings


@pytest.fixture
def knowledge(database: dict[str, str]) -> None:
    """Our own articles, loaded."""
    loading.load()


class Model:
    """A stand-in for Bedrock: says what it is told to say, and remembers what it was asked."""

    def __init__(self) -> None:
        self.says: object = {"answer": "nothing was set"}
        self.status = 200
        self.asked: list[dict[str, Any]] = []

    def answers(self, text: str) -> None:
        self.says = {
            "output": {"message": {"role": "assistant", "content": [{"text": text}]}},
            "stopReason": "end_turn",
            "usage": {"inputTokens": 120, "outputTokens": 14, "totalTokens": 134},
            "metrics": {"latencyMs": 5},
        }


@pytest.fixture
def model(database: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Model]:
    """A configured model."""
    fake = Model()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fake.asked.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            body = json.dumps(fake.says).encode()
            self.send_response(fake.status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("CVD_ASSISTANT_MODEL", "vendor.model-v1")
    monkeypatch.setenv("AWS_ENDPOINT_URL_BEDROCK_RUNTIME", f"http://127.0.0.1:{server.server_port}")
    settings.cache_clear()
    aws.forget_clients()
    yield fake
    aws.forget_clients()
    server.shutdown()
    thread.join()
    server.server_close()
