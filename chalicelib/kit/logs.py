"""Structured logs: one line a request from the edge, which is a metric at the same time (CloudWatch EMF)."""

from functools import lru_cache

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

NAMESPACE = "CVD"


@lru_cache(maxsize=1)
def logger() -> Logger:
    """The process's logger: JSON lines on standard output."""
    return Logger(service="cvd", name="cvd.kit", use_rfc3339=True)


def request_done(*, route: str, status: int, milliseconds: float, statements: int, **facts: object) -> None:
    """The one line of a request. Facts are ids and counts; never bodies, tokens or personal data."""
    metrics = EphemeralMetrics(namespace=NAMESPACE, service="cvd")
    metrics.add_dimension("route", route)
    metrics.add_metric("duration", MetricUnit.Milliseconds, milliseconds)
    metrics.add_metric("statements", MetricUnit.Count, statements)
    metrics.add_metric("errors", MetricUnit.Count, int(status >= 500))
    line = {**metrics.serialize_metric_set(), **facts, "status": status}
    logger().info("request", extra=dict(line))
