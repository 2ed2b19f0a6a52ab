"""The services that the tests run on: an embedded PostgreSQL and the local cloud, started once a session."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from chalicelib.operations import migrations
from tools.local import cloud_state
from tools.local.cloud import Cloud
from tools.local.postgres import APP_ROLE, MIGRATOR_ROLE, Postgres, chosen_version
from tools.local.provision import Place, provision

TEMPLATE = "cvd_template"
_PREFIX = "cvd-tests-"


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a PostgreSQL in a folder of its own; it goes away with everything in it."""
    _sweep_away_what_killed_runs_left()
    folder = Path(tempfile.gettempdir()) / f"{_PREFIX}{os.getpid()}"
    server = Postgres(folder, chosen_version(), reckless=True)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _sweep_away_what_killed_runs_left() -> None:
    """Stop the servers of test runs that were killed before they could; their folders name the dead process."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = int(folder.name.removeprefix(_PREFIX))
        try:
            os.kill(owner, 0)
        except ProcessLookupError:
            Postgres(folder, chosen_version(), reckless=True).stop()
            shutil.rmtree(folder, ignore_errors=True)
        except PermissionError:
            continue  # Somebody else's run.


@dataclass
class Databases:
    """Copies of one migrated database, each test its own."""

    server: Postgres
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _is_migrated: bool = False

    @contextmanager
    def fresh(self) -> Iterator[dict[str, str]]:
        """Make a copy and return the environment that points at it."""
        self._migrate_once()
        name = f"test_{next(self._numbers)}"
        self.server.copy_database(TEMPLATE, name)
        try:
            yield {
                "DATABASE_URL": self.server.url(name, user=APP_ROLE),
                "MIGRATION_DATABASE_URL": self.server.url(name, user=MIGRATOR_ROLE),
            }
        finally:
            self.server.drop_database(name)

    def _migrate_once(self) -> None:
        if not self._is_migrated:
            self.server.ensure_database(TEMPLATE)
            migrations.upgrade(self.server.url(TEMPLATE, user=MIGRATOR_ROLE))
            self._is_migrated = True


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
