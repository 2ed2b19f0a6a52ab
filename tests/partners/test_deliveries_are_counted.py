"""How deliveries to webhooks go is a metric: the worker's line is one, and the dashboard and its alarms read it."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.kit import logs
from chalicelib.kit.db import Connection
from chalicelib.partners.rules import retries
from chalicelib.partners.service import delivering
from tests.package import stacks
from tests.partners.conftest import deliver
from tests.support.people import SignedIn
from tools.webhooks.receiver import Receiver, Reply

Subscribe = Callable[..., dict[str, Any]]
Lines = Callable[[], list[dict[str, Any]]]

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Iterator[Lines]:
    """What the worker has printed of its deliveries so far, as CloudWatch would read it."""
    logs.logger.cache_clear()  # The logger keeps the output that there was when it was made.

    def told() -> list[dict[str, Any]]:
        printed = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
        return [line for line in printed if line["message"] == "deliveries"]

    yield told
    logs.logger.cache_clear()


def metrics(line: dict[str, Any]) -> dict[str, Any]:
    """The metrics that CloudWatch takes from a line, with what tells them apart."""
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    (dimensions,) = directive["Dimensions"]
    where = (directive["Namespace"], *sorted((name, line[name]) for name in dimensions))
    return {"where": where, **{metric["Name"]: line[metric["Name"]] for metric in directive["Metrics"]}}


def test_a_wave_counts_its_attempts_and_what_failed_of_them(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection, lines: Lines
) -> None:
    subscribe(receiver.url("/well"), ["location.*"])
    manager.post("/api/locations", json={"name": "Depot"})
    deliver(db)
    (well,) = lines()
    receiver.replies["/well"] = Reply(500)
    manager.post("/api/locations", json={"name": "Depot two"})
    deliver(db)
    (ill,) = lines()

    where = ("CVD", ("service", "cvd"), ("stage", "test"))
    assert metrics(well) == {"where": where, "delivery_attempts": 1, "failed_attempts": 0, "failed_deliveries": 0}
    assert metrics(ill) == {"where": where, "delivery_attempts": 1, "failed_attempts": 1, "failed_deliveries": 0}


def test_a_delivery_that_is_given_up_counts_as_failed(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection, lines: Lines, clock_at: Any
) -> None:
    clock_at(NOON)
    receiver.replies["/"] = Reply(500)
    made = subscribe(receiver.url(), ["location.*"])
    manager.post("/api/locations", json={"name": "Depot"})
    deliver(db)
    db.execute("UPDATE webhook_deliveries SET attempts = %(all)s", all=len(retries.RETRIES))
    db.execute("UPDATE webhook_lanes SET rest_until = NULL")
    clock_at(NOON.replace(hour=13))

    delivering.work(made["id"])

    assert [metrics(line)["failed_deliveries"] for line in lines()] == [0, 1]


def test_the_dashboard_and_the_alarms_read_the_metrics_that_the_line_has(
    subscribe: Subscribe, receiver: Receiver, manager: SignedIn, db: Connection, lines: Lines
) -> None:
    subscribe(receiver.url(), ["location.*"])
    manager.post("/api/locations", json={"name": "Depot"})
    deliver(db)
    (line,) = lines()
    written = metrics(line).keys() - {"where"}
    resources = stacks.contents("prod")["monitoring.yaml"]["Resources"]
    body = json.loads(resources["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"])

    shown = {
        metric[1]: metric[2:6]
        for widget in body["widgets"]
        for metric in widget["properties"].get("metrics", ())
        if metric[0] == "CVD"
    }
    watched = {
        asked["MetricName"]: sorted(one["Name"] for one in asked["Dimensions"])
        for name in ("FailedDeliveriesAlarm", "FailingDeliveriesAlarm")
        for asked in _asked(resources[name]["Properties"])
    }

    assert shown == {key: ["stage", "${Stage}", "service", "cvd"] for key in written}
    assert watched == {key: ["service", "stage"] for key in written}


def _asked(alarm: dict[str, Any]) -> list[dict[str, Any]]:
    if "MetricName" in alarm:
        return [alarm]
    return [one["MetricStat"]["Metric"] for one in alarm["Metrics"] if "MetricStat" in one]
