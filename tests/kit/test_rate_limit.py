"""Rate limits that are counted in the database."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kit import db as kit_db
from chalicelib.kit import rate_limit
from chalicelib.kit.errors import RateLimited

BEGIN = datetime(2025, 8, 6, 12, 0, 20, tzinfo=UTC)


def _spend(subject: str = "one", *, at: datetime = BEGIN, scope: str = "thing") -> None:
    with kit_db.transaction() as db:
        rate_limit.spend(db, scope, subject, 3, 60, at)


def test_as_many_as_the_limit_pass_and_the_next_is_told_when_to_come_back(database: dict[str, str]) -> None:
    for _ in range(3):
        _spend()

    with pytest.raises(RateLimited) as refused:
        _spend()
    assert refused.value.headers == {"Retry-After": "40"}


def test_the_next_window_begins_anew(database: dict[str, str]) -> None:
    for _ in range(3):
        _spend()

    _spend(at=BEGIN + timedelta(seconds=40))


def test_scopes_and_subjects_are_counted_apart(database: dict[str, str]) -> None:
    for _ in range(3):
        _spend()

    _spend("another")
    _spend(scope="other")


def test_what_is_refused_is_not_counted(database: dict[str, str], db: kit_db.Connection) -> None:
    for _ in range(3):
        _spend()
    for _ in range(2):
        with pytest.raises(RateLimited):
            _spend()

    assert db.value("SELECT hits FROM rate_limits") == 3
