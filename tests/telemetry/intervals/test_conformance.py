"""Runs every vector of tests/conformance/intervals: some reads as they came in, and what was sold between them."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from chalicelib.telemetry.dex import content_hash, parse
from chalicelib.telemetry.intervals import Interval, Reading, Sold, between, placed, reading_of

VECTORS = Path(__file__).parents[2] / "conformance" / "intervals"


def _vectors() -> Iterator[Any]:
    for path in sorted(VECTORS.glob("*.json")):
        for vector in json.loads(path.read_text("utf-8"))["vectors"]:
            marks = [pytest.mark.rule(*vector["rules"])] if vector["rules"] else []
            yield pytest.param(vector, id=f"{path.stem}: {vector['name']}", marks=marks)


@pytest.mark.parametrize("vector", list(_vectors()))
def test_the_engine_finds_what_was_sold(vector: dict[str, Any]) -> None:
    readings = [_reading(read) for read in vector["reads"]]
    accepted = [place for place, reading in enumerate(readings) if reading.is_accepted]
    order = vector.get("order", accepted)

    found = placed(reading for reading in readings if reading.is_accepted)

    assert [readings.index(one.reading) for one in found] == order
    baseline: Reading | None = None
    for one, expected in zip(found, vector["expect"], strict=True):
        interval = between(baseline, one.reading, standing=one.standing)
        baseline = interval.baseline
        _compare(interval, expected)


def test_there_are_enough_vectors_and_every_one_of_the_specification_is_among_them() -> None:
    rules = {rule for vector in _vectors() for rule in vector.values[0]["rules"]}

    assert len(list(_vectors())) >= 50
    assert {f"V-{number}" for number in range(1, 19)} <= rules


def _reading(read: dict[str, Any]) -> Reading:
    content = "".join(f"{line}\r\n" for line in read["lines"]).encode()
    received_at = datetime.fromisoformat(read["received_at"])
    (parsed,) = parse(content, uploaded_at=received_at)
    return reading_of(parsed, content_hash=content_hash(content), received_at=received_at)


def _compare(interval: Interval, expected: dict[str, Any]) -> None:
    for key, value in expected.items():
        if key == "selections":
            sold = {one.selection: one for one in interval.sold}
            for name, wanted in value.items():
                _compare_sold(sold[name], wanted)
        elif key == "flags":
            assert sorted(interval.flags) == sorted(value)
        elif key == "sum_checks":
            assert [[check.name, check.expected, check.actual] for check in interval.sum_checks] == value
        else:
            assert getattr(interval, key) == value, key


def _compare_sold(sold: Sold, expected: dict[str, Any]) -> None:
    for key, value in expected.items():
        if key == "status":
            assert sold.outcome == value, sold
        elif key == "flags":
            assert sorted(sold.flags) == sorted(value), sold
        elif key == "payments":
            found = [[*kind, count.units, count.value_cents] for kind, count in sorted(sold.payments.items())]
            assert found == value, sold
        else:
            assert getattr(sold, key) == value, (key, sold)
