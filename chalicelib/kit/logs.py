"""Structured logs: a line of JSON each; a request's and a delivery's are metrics at the same time (CloudWatch EMF)."""

import json
import logging
import sys
import time
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, Literal

from chalicelib.kit.settings import settings

NAMESPACE: Final = "CVD"
SERVICE: Final = "cvd"

Unit = Literal["Count", "Milliseconds"]

_OF_EVERY_RECORD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "taskName"}


class _Json(logging.Formatter):
    """A record as one line: when, what, and its facts; of an exception its trace as well."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "level": record.levelname,
            "message": record.getMessage(),
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created)) + f".{record.msecs:03.0f}Z",
            "location": f"{record.module}.{record.funcName}:{record.lineno}",
            "service": SERVICE,
            **{name: fact for name, fact in vars(record).items() if name not in _OF_EVERY_RECORD},
        }
        if record.exc_info and record.exc_info[0]:
            line |= {"exception": self.formatException(record.exc_info), "exception_name": record.exc_info[0].__name__}
        return json.dumps(line, default=str, ensure_ascii=False)


class Log:
    """A logger whose lines take their facts by name."""

    def __init__(self, log: logging.Logger) -> None:
        self._log = log

    def info(self, message: str, **facts: object) -> None:
        """Say what was done."""
        self._log.info(message, extra=facts, stacklevel=2)

    def warning(self, message: str, *, exc_info: bool = False, **facts: object) -> None:
        """Say what could not be done and can wait."""
        self._log.warning(message, exc_info=exc_info, extra=facts, stacklevel=2)

    def error(self, message: str, *, exc_info: BaseException | bool, **facts: object) -> None:
        """Say what went wrong, with its trace."""
        self._log.error(message, exc_info=exc_info, extra=facts, stacklevel=2)

    def exception(self, message: str, **facts: object) -> None:
        """The same of the exception that is being handled."""
        self._log.error(message, exc_info=True, extra=facts, stacklevel=2)


@lru_cache(maxsize=1)
def logger() -> Log:
    """The process's logger: JSON lines on standard output."""
    log = logging.getLogger("cvd.kit")
    log.setLevel(logging.INFO)
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(_Json())
    log.handlers = [handler]
    # The handlers of the root, Lambda's own and those of `chalice local`, would print each line a second time.
    log.propagate = False
    return Log(log)


def request_done(*, route: str, status: int, milliseconds: float, statements: int, **facts: object) -> None:
    """The one line of a request. Facts are ids and counts; never bodies, tokens or personal data."""
    figures = {"duration": milliseconds, "statements": statements, "errors": int(status >= 500)}
    measured = _metrics({"duration": "Milliseconds", "statements": "Count", "errors": "Count"}, ["route", "service"])
    logger().info("request", **measured, **figures, route=route, status=status, **facts)


def counted(message: str, counts: Mapping[str, int], **facts: object) -> None:
    """A line whose counts are metrics of the stage."""
    measured = _metrics(dict.fromkeys(counts, "Count"), ["stage", "service"])
    logger().info(message, **measured, **counts, stage=settings().stage, **facts)


def _metrics(units: Mapping[str, Unit], dimensions: list[str]) -> dict[str, Any]:  # Any: JSON
    """What makes a line a metric: which of its facts are figures, and by which others they are told apart."""
    named = [{"Name": name, "Unit": unit} for name, unit in units.items()]
    directive = {"Namespace": NAMESPACE, "Dimensions": [dimensions], "Metrics": named}
    return {"_aws": {"Timestamp": int(time.time() * 1000), "CloudWatchMetrics": [directive]}}
