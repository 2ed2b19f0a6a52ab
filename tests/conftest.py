"""What every test may ask for: the services, a fresh database, signed-in clients, the clock, the real data."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from chalicelib.kit import aws, clock, logs
from chalicelib.kit import db as kit_db
from chalicelib.kit.settings import settings
from tests.support import packaged, rules

# moto, alembic and chalice take seconds to import: a test that needs none of them does not wait for them.
if TYPE_CHECKING:
    from tests.support.client import Client
    from tests.support.people import Person, SignedIn
    from tests.support.services import Databases, TestCloud
    from tools.gateway.system import System
    from tools.local.postgres import Postgres

REAL_DATA = Path(__file__).parents[2] / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    rules.add_option(parser)
    packaged.add_option(parser)


@pytest.fixture(scope="session", autouse=True)
def _lines_are_caught() -> None:
    """Hand the lines of the log on to the root, where pytest listens."""
    logs.logger()
    logging.getLogger("cvd.kit").propagate = True


@pytest.fixture(autouse=True)
def _calls_are_told(request: pytest.FixtureRequest) -> Iterator[None]:
    """Write each call of the test into the file of `--calls-to`, where there is one."""
    target: Path | None = request.config.getoption("calls_to")
    if target is None:
        yield
        return
    from tests.support.client import heard_by

    with (
        target.open("a") as file,
        heard_by(lambda call: print(json.dumps({"test": request.node.nodeid, **call}), file=file)),
    ):
        yield


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    rules.collect(config, items)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if terminalreporter.config.getoption("rules"):
        rules.report(terminalreporter)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """An embedded PostgreSQL with safety turned off for speed."""
    from tests.support.services import running_postgres

    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def databases(postgres: Postgres) -> Iterator[Databases]:
    """Copies of one migrated database."""
    from tests.support.services import Databases

    copies = Databases(postgres)
    yield copies
    copies.close()


@pytest.fixture(scope="session")
def _changed_services() -> set[str]:
    return set()


@pytest.fixture(scope="session")
def _cloud_of_the_session(_changed_services: set[str]) -> Iterator[TestCloud]:
    from tests.support.services import TestCloud
    from tools.local.cloud import Cloud

    with Cloud(changed=_changed_services.add) as server:
        yield TestCloud(server)


@pytest.fixture(scope="session")
def _people(_cloud_of_the_session: TestCloud) -> dict[str, Person]:
    from tests.support.people import Pool

    people = Pool(_cloud_of_the_session.place, _cloud_of_the_session.environment).everybody()
    _cloud_of_the_session.remember()
    return people


@pytest.fixture
def cloud(
    _cloud_of_the_session: TestCloud,
    _people: dict[str, Person],
    _changed_services: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[TestCloud]:
    """The local cloud as every test finds it; `cloud.place.client("s3")` looks into it."""
    # What a test without this fixture has changed: there is one moto in a process.
    _cloud_of_the_session.put_back(_changed_services)
    _changed_services.clear()
    for name, value in _cloud_of_the_session.environment.items():
        monkeypatch.setenv(name, value)
    yield _cloud_of_the_session
    _cloud_of_the_session.put_back(_changed_services)


CHOICES = {
    "CVD_DATABASE_CONNECTIONS": "8",
    "CVD_ALLOWED_ORIGINS": "https://app.cvd.example",
    "CVD_FRAME_ANCESTORS": "'self' https://shell.cvd.example",
}


@pytest.fixture(scope="session")
def packaged_system(
    request: pytest.FixtureRequest, databases: Databases, _cloud_of_the_session: TestCloud
) -> Iterator[System | None]:
    """The packaged functions, where the tests are to run behind them (`--packaged`)."""
    build = packaged.build_of(request.config)
    if build is None:
        yield None
        return
    from tests.support import geocoder
    from tools.gateway.system import running

    addresses = databases.addresses(packaged.DATABASE)
    with geocoder.serving() as search, (build / "tests.log").open("wb") as log:
        settings = {**_cloud_of_the_session.environment, **addresses, **CHOICES, "CVD_GEOCODER_URL": search}
        with running(build, settings, log=log, most=packaged.PROCESSES) as system:
            yield system


@pytest.fixture
def database(
    databases: Databases, cloud: TestCloud, packaged_system: System | None, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, str]]:
    """A fresh, migrated, seeded database, and the settings that point at it and at the local cloud."""
    with databases.fresh(named=packaged.DATABASE if packaged_system else None) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        for name, value in CHOICES.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()
        aws.forget_clients()
        yield environment
        kit_db.close_all()
        settings.cache_clear()


@pytest.fixture
def db(database: dict[str, str]) -> Iterator[kit_db.Connection]:
    """A connection as the migrator, each statement on its own, for arranging rows and for looking at them."""
    with psycopg.connect(database["MIGRATION_DATABASE_URL"], autocommit=True, options="-c timezone=UTC") as raw:
        yield kit_db.Connection(raw)


@pytest.fixture
def gateway(database: dict[str, str], packaged_system: System | None) -> Any:
    """The whole app behind Chalice's local gateway; or the packaged functions behind ours."""
    if packaged_system is not None:
        return packaged.PackagedGateway(packaged_system.address)
    from app import app  # It reads the settings, which only now point somewhere.
    from tests.support.client import gateway_of

    return gateway_of(app)


@pytest.fixture
def client(gateway: Any) -> Client:
    """Nobody: a client without a token."""
    from tests.support.client import Client

    return Client(gateway)


def _signed_in(gateway: Any, db: kit_db.Connection, person: Person) -> SignedIn:
    from tests.support.people import SignedIn

    return SignedIn(gateway, db, person)


@pytest.fixture
def admin(gateway: Any, db: kit_db.Connection, _people: dict[str, Person]) -> SignedIn:
    """A signed-in admin."""
    return _signed_in(gateway, db, _people["admin"])


@pytest.fixture
def manager(gateway: Any, db: kit_db.Connection, _people: dict[str, Person]) -> SignedIn:
    """A signed-in manager."""
    return _signed_in(gateway, db, _people["manager"])


@pytest.fixture
def driver(gateway: Any, db: kit_db.Connection, _people: dict[str, Person]) -> SignedIn:
    """A signed-in driver."""
    return _signed_in(gateway, db, _people["driver"])


@pytest.fixture
def viewer(gateway: Any, db: kit_db.Connection, _people: dict[str, Person]) -> SignedIn:
    """A signed-in viewer."""
    return _signed_in(gateway, db, _people["viewer"])


@pytest.fixture
def another(gateway: Any, db: kit_db.Connection, cloud: TestCloud) -> Callable[..., SignedIn]:
    """Make a further signed-in user: `another("driver")`, `another("admin", "second")`."""
    from tests.support.people import Pool

    pool = Pool(cloud.place, cloud.environment)

    def make(role: str, username: str | None = None) -> SignedIn:
        return _signed_in(gateway, db, pool.join(username or f"another{role}", role))

    return make


@pytest.fixture
def clock_at() -> Iterator[Callable[[datetime], None]]:
    """Stop the clock at a moment: `clock_at(datetime(2025, 8, 6, tzinfo=UTC))`."""
    with ExitStack() as stack:
        yield lambda moment: stack.enter_context(clock.stopped_at(moment))


@pytest.fixture
def advance(clock_at: Callable[[datetime], None]) -> Callable[..., None]:
    """Move the clock on from where it is, and stop it there: `advance(hours=8, seconds=1)`."""
    return lambda **by: clock_at(clock.now() + timedelta(**by))


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder with the real reads and the real legacy database, which are not part of the project."""
    folder = Path(os.environ.get("CVD_REAL_DATA", str(REAL_DATA)))
    if not folder.is_dir():
        pytest.skip(f"the real data is not here ({folder}); CVD_REAL_DATA names its folder")
    return folder
