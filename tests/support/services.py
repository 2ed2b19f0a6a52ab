"""The services that the tests run on: an embedded PostgreSQL and the local cloud, started once a session."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from chalicelib.operations import migrations
from tools.local import cloud_state
from tools.local.cloud import Cloud
from tools.local.postgres import APP_ROLE, MIGRATOR_ROLE, VERSIONS, Postgres, chosen_version
from tools.local.provision import Place, provision

TEMPLATE = "cvd_template"
_PREFIX = "cvd-tests-"
_MEMORY = Path("/dev/shm")  # noqa: S108 - the folders in it carry the number of this process.
_ROOM = 1 << 30


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a PostgreSQL in a folder of its own; it goes away with everything in it."""
    _sweep_away_what_killed_runs_left()
    folder = _fastest_place() / f"{_PREFIX}{os.getpid()}"
    server = Postgres(folder, chosen_version(), reckless=True)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _fastest_place() -> Path:
    """Return the memory's own file system where it has room for copies of a database, else the usual folder."""
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        return _MEMORY
    return Path(tempfile.gettempdir())


def _sweep_away_what_killed_runs_left() -> None:
    """Stop the servers of test runs that were killed before they could; their folders name the dead process."""
    for folder in [*Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"), *_MEMORY.glob(f"{_PREFIX}*")]:
        try:
            os.kill(int(folder.name.removeprefix(_PREFIX)), 0)
        except ProcessLookupError:
            for version in VERSIONS:
                Postgres(folder, version, reckless=True).stop()
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            continue  # Somebody else's run.


class Databases:
    """Copies of one migrated database, each test its own; while a test runs, the next one's copy is being made."""

    def __init__(self, server: Postgres) -> None:
        self._server = server
        self._numbers = itertools.count(1)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database-copies")
        self._next: Future[str] | None = None
        # One connection for the worker: to connect is to read the process's environment, which tests change meanwhile.
        self._session: psycopg.Connection[Any] | None = None

    @contextmanager
    def fresh(self, *, named: str | None = None) -> Iterator[dict[str, str]]:
        """Take a copy and return the environment that points at it; a `named` one replaces the last of that name."""
        if self._next is None:
            self._server.ensure_database(TEMPLATE)
            migrations.upgrade(self._server.url(TEMPLATE, user=MIGRATOR_ROLE))
            self._session = self._server.session()
            self._next = self._worker.submit(self._copy)
        name = self._next.result()
        self._next = self._worker.submit(self._copy)
        if named is not None:
            self._worker.submit(self._rename, name, named).result()
            name = named
        try:
            yield self.addresses(name)
        finally:
            self._worker.submit(self._drop, name)

    def addresses(self, name: str) -> dict[str, str]:
        """The environment that points at the database of that name."""
        return {
            "DATABASE_URL": self._server.url(name, user=APP_ROLE),
            "MIGRATION_DATABASE_URL": self._server.url(name, user=MIGRATOR_ROLE),
        }

    def close(self) -> None:
        """Wait for what is being copied or dropped."""
        self._worker.shutdown(wait=True)
        if self._session is not None:
            self._session.close()

    def _copy(self) -> str:
        name = f"test_{next(self._numbers)}"
        self._server.copy_database(TEMPLATE, name, self._own_session)
        return name

    def _rename(self, name: str, new_name: str) -> None:
        self._server.rename_database(name, new_name, self._own_session)

    def _drop(self, name: str) -> None:
        self._server.drop_database(name, self._own_session)

    @property
    def _own_session(self) -> psycopg.Connection[Any]:
        assert self._session is not None  # Opened before the worker has anything to do.
        return self._session


class TestCloud:
    """The local cloud, provisioned, and put back after each test that changed it."""

    __test__ = False  # Its name begins like a test class.

    def __init__(self, server: Cloud) -> None:
        self.place = Place(server.endpoint, "test")
        self.environment = provision(self.place)
        self._states: dict[str, bytes] = {}

    def remember(self) -> None:
        """Take the present state as the one that every test finds."""
        self._states = {service: cloud_state.state_of(service) for service in cloud_state.KEPT}

    def put_back(self, services: set[str]) -> None:
        """Put back the services that a test changed."""
        for service in services:
            cloud_state.put_back(service, self._states[service])
