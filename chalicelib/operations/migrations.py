"""The engine of schema changes: plan, status, upgrade, verify and downgrade, one at a time under an advisory lock.

Alembic and SQLAlchemy are imported inside the functions, because only the `migrate` function ships them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from chalicelib.kit.errors import BadRequest, Conflict
from chalicelib.kit.values import value
from chalicelib.operations import catalogue

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import Script, ScriptDirectory
    from sqlalchemy import Connection

FOLDER = Path(__file__).parents[2] / "migrations"
ROLES = FOLDER / "roles.sql"
SNAPSHOT = FOLDER / "schema.sql"
OWNER = "cvd_migrator"
LOCK = 7_205_330_741
BASE = "base"
HEAD = "head"


class NoDatabase(RuntimeError):
    """Nobody said which database is meant."""


class MigrationRunning(Conflict):
    """The advisory lock is held by another run."""

    message = "Another migration is running. Wait for it to end and look at its outcome before starting one."


@value
class Revision:
    """One step of the schema, as its docstring describes it."""

    revision: str
    title: str
    description: str


@value
class Applied:
    """A revision that this run went over, and how long it took."""

    revision: str
    title: str
    seconds: float


@value
class Status:
    """Where the database stands."""

    current: str | None
    head: str
    pending: int


def status(url: str | None = None) -> Status:
    """Where the database stands against the revisions shipped."""
    with _connected(url) as connection:
        current = _current(connection)
    waiting = _between(current, HEAD)
    return Status(current=current, head=_newest(), pending=len(waiting))


def plan(url: str | None = None) -> list[Revision]:
    """The revisions that `upgrade` would apply, oldest first, with what each does to the database."""
    with _connected(url) as connection:
        current = _current(connection)
    return [_described(script) for script in _between(current, HEAD)]


def upgrade(url: str | None = None, revision: str = HEAD) -> list[Applied]:
    """Apply every pending revision up to `revision`, each in its own transaction."""
    with _locked(url) as connection:
        _refuse_unknown(revision)
        return [_step(connection, script, up=True) for script in _between(_current(connection), revision)]


def downgrade(url: str | None = None, *, revision: str) -> list[Applied]:
    """Take back revisions, newest first, until `revision` is the current one; `base` takes back all."""
    with _locked(url) as connection:
        _refuse_unknown(revision)
        current = _current(connection)
        return [_step(connection, script, up=False) for script in reversed(_between(_lower(revision), current or BASE))]


def verify(url: str | None = None) -> list[str]:
    """Each difference between the live schema and the snapshot of the head revision, in words."""
    with _connected(url) as connection:
        return catalogue.differences(SNAPSHOT.read_text(), catalogue.snapshot(connection))


def snapshot(url: str | None = None) -> str:
    """The live schema as the text that `verify` compares with."""
    with _connected(url) as connection:
        return catalogue.snapshot(connection)


def offline_sql(revision: str) -> str:
    """The SQL of one revision's upgrade as it would be sent, without a database."""
    from io import StringIO

    from alembic import command

    script = _scripts().get_revision(revision)
    lower = script.down_revision if script.down_revision is not None else BASE
    config = _config()
    config.output_buffer = printed = StringIO()
    command.upgrade(config, f"{lower}:{revision}", sql=True)
    return printed.getvalue()


def revisions() -> list[Revision]:
    """All revisions shipped, oldest first."""
    return [_described(script) for script in _between(None, HEAD)]


def _step(connection: Connection, script: Script, *, up: bool) -> Applied:
    from alembic import command

    started = time.monotonic()
    config = _config()
    config.attributes["connection"] = connection
    if up:
        command.upgrade(config, script.revision)
    else:
        command.downgrade(config, str(script.down_revision or BASE))
    return Applied(script.revision, script.doc, round(time.monotonic() - started, 3))


@contextmanager
def _connected(url: str | None) -> Iterator[Connection]:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    address = url or os.environ.get("MIGRATION_DATABASE_URL")
    if not address:
        raise NoDatabase("Set MIGRATION_DATABASE_URL to the database whose schema is meant.")
    engine = create_engine(_sqlalchemy_url(address), connect_args=_login(address), poolclass=NullPool)
    with engine.connect() as connection:
        yield connection


@contextmanager
def _locked(url: str | None) -> Iterator[Connection]:
    """A connection of the owner's that holds the lock; a statement that has to wait gives up and can be repeated."""
    with _connected(url) as connection:
        if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({LOCK})").scalar_one():
            raise MigrationRunning
        _become_owner(connection)
        connection.exec_driver_sql("SET lock_timeout = '5s'")
        connection.exec_driver_sql("SET statement_timeout = '10min'")
        connection.exec_driver_sql("SET timezone = 'UTC'")
        connection.commit()
        yield connection


def _become_owner(connection: Connection) -> None:
    """Make the roles and act as the owner when connected as an administrator; otherwise this is the owner's login."""
    if connection.exec_driver_sql("SELECT rolsuper FROM pg_roles WHERE rolname = session_user").scalar_one():
        connection.execution_options(no_parameters=True).exec_driver_sql(ROLES.read_text())
        connection.exec_driver_sql(f"SET ROLE {OWNER}")


def _current(connection: Connection) -> str | None:
    from alembic.migration import MigrationContext

    current = MigrationContext.configure(connection).get_current_revision()
    connection.commit()
    return current


def _between(lower: str | None, upper: str) -> list[Script]:
    """The revisions above `lower` up to and with `upper`, oldest first."""
    if upper == BASE:
        return []
    scripts = list(_scripts().walk_revisions(BASE, upper))[::-1]
    names = [script.revision for script in scripts]
    return scripts[names.index(lower) + 1 :] if lower in names else [] if lower else scripts


def _lower(revision: str) -> str | None:
    return None if revision == BASE else revision


def _newest() -> str:
    newest = _scripts().get_current_head()
    if newest is None:
        raise RuntimeError("No revision was shipped with this function.")
    return newest


def _described(script: Script) -> Revision:
    return Revision(script.revision, script.doc, script.longdoc.strip())


def _refuse_unknown(revision: str) -> None:
    known = {script.revision for script in _between(None, HEAD)}
    if revision not in known | {BASE, HEAD}:
        raise BadRequest(f"There is no revision {revision}.", known=sorted(known))


def _scripts() -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _login(address: str) -> dict[str, str]:
    """What IAM sign-in adds, where the stage uses it; elsewhere the address says all."""
    user = os.environ.get("CVD_DATABASE_IAM_USER")
    if not user:
        return {}
    from chalicelib.kit import aws

    token = aws.database_token(address, user)
    return {"user": user, "password": token, "sslmode": "verify-full", "sslrootcert": "system"}


def _sqlalchemy_url(url: str) -> str:
    """The same address with the driver named, as SQLAlchemy wants it."""
    return "postgresql+psycopg://" + url.split("://", 1)[1]
