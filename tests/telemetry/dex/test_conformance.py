"""Runs every vector of tests/conformance/dex against the parser."""

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chalicelib.telemetry.dex import RULES, Read, Severity, parse

VECTORS = Path(__file__).parents[2] / "conformance" / "dex"


def _vectors() -> Iterator[Any]:
    for path in sorted(VECTORS.glob("*.json")):
        for vector in json.loads(path.read_text("utf-8"))["vectors"]:
            marks = [pytest.mark.rule(*vector["rules"])] if vector["rules"] else []
            yield pytest.param(vector, id=f"{path.stem}: {vector['name']}", marks=marks)


def _content(vector: dict[str, Any]) -> bytes:
    if "lines" in vector:
        end = vector.get("line_end", "\r\n")
        return (end.join(vector["lines"]) + (end if vector.get("final_line_end", True) else "")).encode()
    if "hex" in vector:
        return bytes.fromhex(vector["hex"])
    if "repeat" in vector:
        text, times = vector["repeat"]
        return text.encode() * times
    return vector["text"].encode()


def _zone(name: str) -> tzinfo:
    return timezone(timedelta()) if name == "UTC" else ZoneInfo(name)


def _plain(value: object) -> object:
    """A value as JSON would hold it; instants in UTC."""
    if isinstance(value, datetime):
        return (value.astimezone(timezone(timedelta())) if value.tzinfo else value).isoformat()
    return value.isoformat() if isinstance(value, date | time) else value


@pytest.mark.parametrize("vector", list(_vectors()))
def test_the_parser_finds_what_the_vector_says(vector: dict[str, Any]) -> None:
    uploaded_at = datetime.fromisoformat(vector["uploaded_at"]) if "uploaded_at" in vector else None

    reads = parse(_content(vector), uploaded_at=uploaded_at, zone=_zone(vector.get("zone", "UTC")))

    assert len(reads) == len(vector["expect"])
    for read, expected in zip(reads, vector["expect"], strict=True):
        for key, value in expected.items():
            _COMPARE.get(key, _attribute(key))(read, value)


def test_there_are_enough_vectors_and_every_rule_has_one() -> None:
    rules = {rule for vector in _vectors() for rule in vector.values[0]["rules"]}

    assert len(list(_vectors())) >= 120
    assert {f"DX-{number:03}" for number in range(1, 23)} <= rules


def _attribute(key: str) -> Any:
    def compare(read: Read, expected: object) -> None:
        assert _plain(getattr(read, key)) == expected, key

    return compare


def _serious(read: Read) -> list[Any]:
    return [issue for issue in read.issues if issue.severity is not Severity.INFO]


def _issues(read: Read, expected: list[list[Any]]) -> None:
    found = [[i.line_no, i.field_no, i.code.value, i.severity.value] for i in _serious(read)]
    assert sorted(found) == sorted(expected)


def _codes(read: Read, expected: list[str]) -> None:
    assert sorted({issue.code.value for issue in _serious(read)}) == expected


def _first_error(read: Read, expected: list[Any]) -> None:
    first = next(issue for issue in read.issues if RULES[issue.code].rejects)
    assert [first.line_no, first.field_no, first.code.value] == expected


def _infos(read: Read, expected: list[str]) -> None:
    found = {issue.code.value for issue in read.issues if issue.severity is Severity.INFO}
    assert found >= set(expected)
    assert bool(found) == bool(expected)


def _no_infos(read: Read, expected: list[str]) -> None:
    assert not {issue.code.value for issue in read.issues} & set(expected)


def _records(read: Read, expected: list[dict[str, Any]]) -> None:
    by_line = {record.line_no: record for record in read.records}
    for wanted in expected:
        record = by_line[wanted["line_no"]]
        for key, value in wanted.items():
            if key == "values":
                named = {v.name: _plain(v.value) for v in record.values}
                assert {name: named[name] for name in value} == value
            else:
                assert getattr(record, key) == (tuple(value) if key == "fields" else value)


def _selections(read: Read, expected: dict[str, dict[str, Any]]) -> None:
    found = {selection.selection: selection for selection in read.selections}
    assert set(found) >= set(expected)
    assert bool(found) == bool(expected)
    for name, wanted in expected.items():
        for key, value in wanted.items():
            if key == "payments":
                assert len(found[name].payments) == len(value)
                for payment, fields in zip(found[name].payments, value, strict=True):
                    assert {field: getattr(payment, field) for field in fields} == fields
            else:
                assert _plain(getattr(found[name], key)) == value, (name, key)


def _pattern(read: Read, expected: dict[str, Any]) -> None:
    assert {key: getattr(read.pattern, key) for key in expected} == expected


def _failing_checks(read: Read, expected: list[list[Any]]) -> None:
    found = [[check.name, check.difference] for check in read.cross_checks if not check.holds]
    assert sorted(found) == sorted(expected)


_COMPARE = {
    "issues": _issues,
    "codes": _codes,
    "first_error": _first_error,
    "infos": _infos,
    "no_infos": _no_infos,
    "records": _records,
    "selections": _selections,
    "pattern": _pattern,
    "failing_checks": _failing_checks,
}
