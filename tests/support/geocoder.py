"""A geocoder on this machine that answers what real ones answer."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.kit.settings import settings

KNOWN = {"9000 Middlebelt Rd, Romulus": [{"lat": "42.21620499", "lon": "-83.3554", "display_name": "DTW"}]}


class Geocoder(BaseHTTPRequestHandler):
    """Knows one address; answers `broken` with an error page."""

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)["q"][0]
        self.send_response(503 if asked == "broken" else 200)
        self.end_headers()
        self.wfile.write(json.dumps(KNOWN.get(asked, [])).encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


@contextmanager
def serving(monkeypatch: pytest.MonkeyPatch | None = None) -> Iterator[str]:
    """Serve, with the settings of this process pointing here if they can be changed; the address."""
    server = HTTPServer(("127.0.0.1", 0), Geocoder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}/search"
    if monkeypatch is not None:
        monkeypatch.setenv("CVD_GEOCODER_URL", address)
        settings.cache_clear()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()
