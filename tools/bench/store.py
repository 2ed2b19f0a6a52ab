"""The filled databases, kept between runs under `.local/bench`, and the copies that runs are made on."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
from psycopg import sql

from chalicelib.operations import migrations
from tools.bench import fill
from tools.bench.fill import Size
from tools.local import stage
from tools.local.postgres import MIGRATOR_ROLE, Postgres, chosen_version

KEPT_FOR = timedelta(days=1)
"""The fleet's sales end when it was filled: a report of the present week needs a fleet of this week."""

SETTINGS = ("shared_buffers=512MB", "max_wal_size=8GB", "checkpoint_timeout=30min", "effective_cache_size=4GB")


@dataclass(frozen=True)
class Kept:
    """What is written beside a filled database, as its comment."""

    script: str
    filled_at: str

    @property
    def is_fresh(self) -> bool:
        """Whether the database may still be used."""
        recent = datetime.now(UTC) - datetime.fromisoformat(self.filled_at) < KEPT_FOR
        return recent and self.script == _script()


def _script() -> str:
    return hashlib.sha256(fill.SCRIPT.read_bytes()).hexdigest()


@contextmanager
def server() -> Iterator[Postgres]:
    """Run the PostgreSQL of the measurements, as safe as in production."""
    running = Postgres(stage.folder() / "bench", chosen_version(), settings=SETTINGS)
    running.start()
    try:
        yield running
    finally:
        running.stop()


def ensure(running: Postgres, size: Size) -> str:
    """Return the name of the database with a fleet of this size, filled unless a fresh one is there."""
    name = f"bench_{size.name}"
    kept = _kept(running, name)
    if kept is None or not kept.is_fresh:
        print(f"Filling {size}:", flush=True)
        _fill(running, name, size)
    migrations.upgrade(running.url(name, user=MIGRATOR_ROLE))
    return name


def _kept(running: Postgres, name: str) -> Kept | None:
    if not running.has_database(name):
        return None
    with running.session() as session:
        query = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        (comment,) = session.execute(query, [name]).fetchone() or (None,)
    return Kept(**json.loads(comment)) if comment else None


def _fill(running: Postgres, name: str, size: Size) -> None:
    now = datetime.now(UTC)
    with running.session() as session:
        running.drop_database(name, session)
    running.ensure_database(name)
    migrations.upgrade(running.url(name, user=MIGRATOR_ROLE))
    fill.fill(running.url(name), size, now=now, told=lambda line: print(line, flush=True))
    comment = json.dumps({"script": _script(), "filled_at": now.isoformat()})
    with running.session() as session:
        session.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(comment)))


@contextmanager
def copy(running: Postgres, size: Size) -> Iterator[str]:
    """Give a copy of the filled database, which may be written to, and drop it afterwards."""
    name = f"bench_{size.name}_run"
    original = ensure(running, size)
    with running.session() as session:
        running.drop_database(name, session)
        running.copy_database(original, name, session)
    # The copy begins with what a server that has been up for a while has in memory and has written down.
    with psycopg.connect(running.url(name), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    try:
        yield name
    finally:
        with running.session() as session:
            running.drop_database(name, session)
