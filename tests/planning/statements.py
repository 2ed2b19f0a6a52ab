"""How many statements a request costs, as its log line tells."""

from collections.abc import Callable

import pytest

from tests.support.client import Answer


def statements_of(caplog: pytest.LogCaptureFixture, request: Callable[[], Answer]) -> float:
    """The statements of a request that succeeds."""
    caplog.clear()
    answer = request()
    assert answer.status < 300, answer.text
    (line,) = [vars(record) for record in caplog.records if hasattr(record, "statements")]
    return float(line["statements"])
