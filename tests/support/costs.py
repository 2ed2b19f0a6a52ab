"""What a request costs the database, and what happens when requests meet."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.support.client import Answer


def statements_of(caplog: pytest.LogCaptureFixture, request: Callable[[], Answer]) -> int:
    """Return how many statements a successful request took, by its log line."""
    caplog.clear()
    with caplog.at_level("INFO"):
        answer = request()
    assert answer.status < 300, answer.text
    (line,) = [vars(record) for record in caplog.records if hasattr(record, "statements")]
    return int(line["statements"])


def at_once(*requests: Callable[[], Answer]) -> Sequence[Answer]:
    """Send requests at the same moment; return their answers in the order given."""
    start = threading.Barrier(len(requests))

    def send(request: Callable[[], Answer]) -> Answer:
        start.wait()
        return request()

    with ThreadPoolExecutor(len(requests)) as threads:
        return list(threads.map(send, requests))
