"""A fresh target for each import, without the cloud that importing never needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from tests.legacy.make import make
from tools.legacy.__main__ import import_file
from tools.legacy.run import Options

if TYPE_CHECKING:
    from tests.support.services import Databases
    from tools.legacy.report import Report


@dataclass(frozen=True)
class Target:
    """An empty, migrated target and a way to look into it."""

    url: str
    connection: psycopg.Connection[Any]

    def bring(self, path: Path, **options: Any) -> Report:
        return import_file(path, Options(**options), self.url)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(query.encode()).fetchall()

    def value(self, query: str) -> Any:
        return self.rows(query)[0][0]

    def issues(self) -> dict[str, int]:
        return dict(self.rows("SELECT code, count(*) FROM import_issues GROUP BY code"))


@contextmanager
def _fresh(databases: Databases) -> Iterator[Target]:
    with databases.fresh() as environment:
        url = environment["MIGRATION_DATABASE_URL"]
        with psycopg.connect(url, autocommit=True, options="-c timezone=UTC") as connection:
            yield Target(url, connection)


@pytest.fixture
def target(databases: Databases) -> Iterator[Target]:
    with _fresh(databases) as target:
        yield target


@pytest.fixture(scope="module")
def shared_target(databases: Databases) -> Iterator[Target]:
    """One target for the tests of a module that only look at what one import brought."""
    with _fresh(databases) as target:
        yield target


@pytest.fixture
def legacy(tmp_path: Path) -> Callable[..., Path]:
    """`legacy(generation=2, dirt=[...])` makes a legacy database."""
    return lambda name="legacy.db", **wanted: make(tmp_path / name, **wanted)
