"""The tests behind the packaged functions: `pytest --packaged dev` runs the build in build/dev instead of this process.

Each function runs from its own archive in a process of its own, which stays warm over the tests; so the database that
it knows keeps its name and is replaced for each test. The clock of those processes is the real one.
"""

import http.client
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

DATABASE: Final = "packaged"
PROCESSES: Final = 80
"""Most functions that the pages call stay warm from test to test."""
BUILDS: Final = Path(__file__).parents[2] / "build"


def add_option(parser: pytest.Parser) -> None:
    parser.addoption("--packaged", metavar="STAGE", help="run behind the packaged functions of build/STAGE")


def build_of(config: pytest.Config) -> Path | None:
    """The build that the tests are to run behind, if any."""
    stage = config.getoption("--packaged")
    return BUILDS / stage if stage else None


class PackagedGateway:
    """Stands where `client.Client` has Chalice's local gateway: sends each request over HTTP to the packaged system."""

    def __init__(self, address: str) -> None:
        self._to = urlsplit(address).netloc
        self.caller = threading.local()

    def handle_request(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> dict[str, Any]:
        """The answer in the form of a proxy integration, its body as bytes."""
        connection = http.client.HTTPConnection(self._to, timeout=60)
        try:
            connection.putrequest(method, path, skip_host="host" in headers, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            if "content-length" not in headers:
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body or None)
            answer = connection.getresponse()
            many: dict[str, list[str]] = {}
            for name, value in answer.getheaders():
                many.setdefault(name, []).append(value)
            return {"statusCode": answer.status, "multiValueHeaders": many, "body": answer.read()}
        finally:
            connection.close()
