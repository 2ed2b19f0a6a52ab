"""A database with a generated fleet, copied for each test, and worlds in it and in an empty one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import psycopg
import pytest

from chalicelib.kit import aws
from chalicelib.kit import db as kit_db
from chalicelib.kit.settings import settings
from chalicelib.operations import migrations
from tests.contract.world import NOON
from tests.cost.world import Few, Grown
from tests.support import geocoder
from tests.support.client import Client, gateway_of
from tests.support.people import Person, SignedIn
from tests.support.services import Databases, TestCloud
from tools.bench.fill import Size, fill
from tools.bench.recording import Recorder, Said
from tools.local.postgres import APP_ROLE, MIGRATOR_ROLE, Postgres

FLEET = Size("tests", devices=1_000, sales=100_000)
TEMPLATE = "cvd_fleet"


class Listening:
    """A gateway that hears what each request says to the database; `said` holds what the latest one said."""

    def __init__(self, gateway: Any, recorder: Recorder) -> None:
        self._gateway, self.recorder = gateway, recorder
        self.said: list[Said] = []

    def handle_request(self, *request: Any) -> Any:
        self.recorder.forget()
        try:
            return self._gateway.handle_request(*request)
        finally:
            # The thread that copies databases composes its statements; the app writes them out.
            self.said = [one for one in self.recorder.said if isinstance(one.query, str)]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._gateway, name)


class Worlds:
    """Makes worlds, each in a database of its own; the app is pointed at the latest."""

    def __init__(
        self,
        postgres: Postgres,
        databases: Databases,
        people: dict[str, Person],
        monkeypatch: pytest.MonkeyPatch,
        stack: ExitStack,
        looked_at: list[tuple[dict[str, str], Grown, Listening]],
        put_cloud_back: Callable[[], None],
    ) -> None:
        self._looked_at, self._put_cloud_back = looked_at, put_cloud_back
        self._postgres, self._databases, self._people = postgres, databases, people
        self._monkeypatch, self._stack = monkeypatch, stack
        self._recorder = stack.enter_context(Recorder())
        stack.callback(kit_db.close_all)

    def alone(self) -> tuple[Few, Listening]:
        """Return a small world in an empty database."""
        return self._world(Few, self._stack.enter_context(self._databases.fresh()))

    def among_many(self, *, only_looking: bool) -> tuple[Grown, Listening]:
        """Return a larger world among a thousand devices; those who only look share one."""
        if not only_looking:
            return self._world(Grown, self._copied("cvd_fleet_copy"))
        if not self._looked_at:
            environment = self._copied("cvd_fleet_looked_at")
            self._looked_at.append((environment, *self._world(Grown, environment, kept=True)))
        environment, world, gateway = self._looked_at[0]
        self._point_at(environment)
        gateway.recorder = self._recorder
        return world, gateway

    def _copied(self, name: str) -> dict[str, str]:
        with self._postgres.session() as session:
            self._postgres.drop_database(name, session)
            self._postgres.copy_database(TEMPLATE, name, session)
        return {
            "DATABASE_URL": self._postgres.url(name, user=APP_ROLE),
            "MIGRATION_DATABASE_URL": self._postgres.url(name, user=MIGRATOR_ROLE),
        }

    def _point_at(self, environment: dict[str, str]) -> None:
        self._put_cloud_back()
        for name, value in environment.items():
            self._monkeypatch.setenv(name, value)
        kit_db.close_all()
        settings.cache_clear()
        aws.forget_clients()

    def _world(self, kind: type[Any], environment: dict[str, str], *, kept: bool = False) -> tuple[Any, Listening]:
        self._point_at(environment)
        raw = psycopg.connect(environment["MIGRATION_DATABASE_URL"], autocommit=True, options="-c timezone=UTC")
        if not kept:
            self._stack.callback(raw.close)
        from app import app  # It reads the settings, which only now point somewhere.

        gateway = Listening(gateway_of(app), self._recorder)
        db = kit_db.Connection(raw)
        signed_in = {role: SignedIn(gateway, db, person) for role, person in self._people.items()}
        return kind(db=db, nobody=Client(gateway), **signed_in), gateway  # type: ignore[arg-type] # it is one in all but name


@pytest.fixture(scope="session")
def _fleet(postgres: Postgres) -> None:
    """Fill the template of the larger database."""
    with postgres.session() as session:
        postgres.drop_database(TEMPLATE, session)
    postgres.ensure_database(TEMPLATE)
    migrations.upgrade(postgres.url(TEMPLATE, user=MIGRATOR_ROLE))
    fill(postgres.url(TEMPLATE), FLEET, now=NOON)


@pytest.fixture(scope="session")
def _looked_at() -> Iterator[list[tuple[dict[str, str], Grown, Listening]]]:
    """Keep the world that is only looked at."""
    kept: list[tuple[dict[str, str], Grown, Listening]] = []
    yield kept
    for _, world, _ in kept:
        world.db.raw.close()


@pytest.fixture
def worlds(
    _fleet: None,
    _looked_at: list[tuple[dict[str, str], Grown, Listening]],
    postgres: Postgres,
    databases: Databases,
    cloud: TestCloud,
    _people: dict[str, Person],
    _changed_services: set[str],
    monkeypatch: pytest.MonkeyPatch,
    clock_at: Callable[..., None],
) -> Iterator[Worlds]:
    """Worlds at noon."""
    clock_at(NOON)
    monkeypatch.setenv("CVD_DATABASE_CONNECTIONS", "8")
    monkeypatch.setenv("CVD_WEBHOOKS_TO_LOOPBACK", "1")
    monkeypatch.setenv("CVD_ALLOWED_ORIGINS", "https://app.cvd.example")

    def put_cloud_back() -> None:
        cloud.put_back(_changed_services)
        _changed_services.clear()

    with geocoder.serving(monkeypatch), ExitStack() as stack:
        yield Worlds(postgres, databases, _people, monkeypatch, stack, _looked_at, put_cloud_back)
    settings.cache_clear()
