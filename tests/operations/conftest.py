"""Databases for the tests of the schema: an empty one to migrate, and migrated copies without the local cloud."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from chalicelib.kit.db import Connection

if TYPE_CHECKING:
    from tests.support.services import Databases
    from tools.local.postgres import Postgres

EMPTY = "unmigrated"
Connect = Callable[..., Connection]


@pytest.fixture
def empty(postgres: Postgres) -> Iterator[str]:
    """The address of a database without any schema, as an administrator sees it."""
    with postgres.session() as session:
        postgres.drop_database(EMPTY, session)
    with psycopg.connect(postgres.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {EMPTY}")
    yield postgres.url(EMPTY)
    with postgres.session() as session:
        postgres.drop_database(EMPTY, session)


@pytest.fixture
def migrated(databases: Databases) -> Iterator[dict[str, str]]:
    """The addresses of a fresh migrated database."""
    with databases.fresh() as environment:
        yield environment


@pytest.fixture
def connect(migrated: dict[str, str]) -> Iterator[Connect]:
    """Open connections to the migrated database: `connect("app")`, `connect("migrator", autocommit=False)`."""
    urls = {"app": migrated["DATABASE_URL"], "migrator": migrated["MIGRATION_DATABASE_URL"]}
    with ExitStack() as stack:

        def opened(role: str, **options: Any) -> Connection:
            raw = psycopg.connect(urls[role], **{"autocommit": True, "options": "-c timezone=UTC", **options})
            stack.callback(raw.close)
            return Connection(raw)

        yield opened


@pytest.fixture
def owner(connect: Connect) -> Connection:
    """The migrator's connection, each statement on its own."""
    return connect("migrator")


@pytest.fixture
def application(connect: Connect) -> Connection:
    """The application's connection, each statement on its own."""
    return connect("app")
