"""The audit log is sealed in chained blocks, and a row that is altered, removed or slipped in is found."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg
import pytest

from chalicelib.kit import audit_chain
from chalicelib.kit.audit_chain import Finding
from chalicelib.kit.db import Connection

if TYPE_CHECKING:
    from tests.support.services import Databases
    from tools.local.postgres import Postgres

EVENT = (
    "INSERT INTO audit_events (at, actor_username, action, resource_type, import_run_id, details)"
    " VALUES (now() - %(ago)s::interval, 'someone', 'device.created', 'device', %(run)s, '{\"a\": 1}') RETURNING id"
)


class Log:
    """The log as the application sees it, and a burglar who may do anything."""

    def __init__(self, application: Connection, burglar: Connection) -> None:
        self.application = application
        self.burglar = burglar

    def write(self, *, ago: str = "0", run: int | None = None) -> int:
        return int(self.application.value(EVENT, ago=ago, run=run))

    def seal(self) -> int:
        with self.application.raw.transaction():
            return audit_chain.seal(self.application)

    def verify(self) -> list[Finding]:
        return audit_chain.verify(self.application)

    def tamper(self, statement: str, **params: object) -> None:
        """Do what only a superuser could: the triggers sleep."""
        self.burglar.execute("SET session_replication_role = replica")
        assert self.burglar.execute(statement, **params) > 0
        self.burglar.execute("SET session_replication_role = origin")

    def an_hour_passes(self) -> None:
        """Move the rows and the blocks back together; the hashes follow, as if all had been done an hour ago."""
        self.tamper("UPDATE audit_events SET at = at - interval '1 hour'")
        if self.application.value("SELECT count(*) FROM audit_seals"):
            self.tamper(
                "UPDATE audit_seals seal SET event_at = event.at, row_hash = cvd_audit_row_hash(event)"
                " FROM audit_events event WHERE event.id = seal.event_id"
            )
        for number in self.application.values("SELECT number FROM audit_blocks ORDER BY number"):
            self.tamper(
                """
                UPDATE audit_blocks block
                   SET sealed_at = sealed_at - interval '1 hour', prev_hash = previous.hash,
                       hash = cvd_audit_block_hash(number, sealed_at - interval '1 hour', previous.hash, row_count,
                              (SELECT string_agg(row_hash, '' ORDER BY event_at, event_id)
                                 FROM audit_seals WHERE block_number = %(number)s))
                  FROM (SELECT coalesce((SELECT hash FROM audit_blocks WHERE number = %(number)s - 1),
                                        decode(repeat('00', 32), 'hex')) AS hash) previous
                 WHERE number = %(number)s
                """,
                number=number,
            )


@contextmanager
def opened(url: str, **options: bool) -> Iterator[Connection]:
    with psycopg.connect(url, options="-c timezone=UTC", **{"autocommit": True, **options}) as raw:
        yield Connection(raw)


@pytest.fixture
def log(postgres: Postgres, databases: Databases) -> Iterator[Log]:
    with databases.fresh() as environment:
        name = environment["DATABASE_URL"].split("/")[3].split("?")[0]
        with opened(environment["DATABASE_URL"]) as application, opened(postgres.url(name)) as burglar:
            yield Log(application, burglar)


def test_all_rows_are_sealed_and_nothing_is_found(log):
    log.write()
    log.write(ago="5 minutes")
    assert log.seal() == 2
    log.write(ago="5 minutes")
    assert log.seal() == 1
    assert log.seal() == 0

    assert log.verify() == []
    assert log.application.values("SELECT row_count FROM audit_blocks ORDER BY number") == [2, 1, 0]


def test_an_empty_log_has_nothing_wrong(log):
    assert log.verify() == []


@pytest.mark.parametrize(
    "change",
    [
        "actor_username = 'nobody'",
        "details = '{\"a\": 2}'",
        "outcome = 'failed'",
        "ip = '192.0.2.7'",
        "created_at = now()",
    ],
)
def test_an_altered_row_is_found(log, change):
    log.write()
    altered = log.write()
    log.seal()

    log.tamper(f"UPDATE audit_events SET {change} WHERE id = {altered}")  # noqa: S608 - constants of this test.

    assert log.verify() == [Finding("row altered", 1, altered)]


def test_an_altered_row_with_an_altered_seal_breaks_its_block(log):
    altered = log.write()
    log.seal()

    log.tamper("UPDATE audit_events SET actor_username = 'nobody'")
    log.tamper("UPDATE audit_seals seal SET row_hash = cvd_audit_row_hash(event) FROM audit_events event")

    assert log.verify() == [Finding("block altered", 1, None)]
    assert altered


def test_a_block_that_was_recomputed_no_longer_fits_the_next(log):
    log.write()
    log.seal()
    log.seal()

    log.tamper("UPDATE audit_blocks SET row_count = 0, hash = sha256('other') WHERE number = 1")

    assert {found.problem for found in log.verify()} == {"block altered", "chain broken"}


def test_a_removed_row_is_found(log):
    removed = log.write()
    log.seal()

    log.tamper("DELETE FROM audit_events")

    assert log.verify() == [Finding("row missing", 1, removed)]


def test_a_row_removed_together_with_its_seal_breaks_its_block(log):
    log.write()
    log.seal()

    log.tamper("DELETE FROM audit_events")
    log.tamper("DELETE FROM audit_seals")

    assert log.verify() == [Finding("block altered", 1, None)]


def test_a_removed_block_is_found(log):
    log.write()
    for _ in range(3):
        log.seal()

    log.tamper("DELETE FROM audit_blocks WHERE number = 2")

    assert log.verify() == [Finding("block missing", 3, None)]


def test_a_row_slipped_in_before_the_last_block_is_found_and_never_sealed(log):
    log.write()
    log.seal()
    slipped = log.write(ago="20 minutes")
    log.write()

    assert log.seal() == 1
    assert log.verify() == [Finding("row slipped in", None, slipped)]


def test_a_row_slipped_in_and_sealed_out_of_its_time_is_found(log):
    log.write()
    log.seal()
    slipped = log.write(ago="20 minutes")
    log.tamper(
        "INSERT INTO audit_seals SELECT id, at, 1, cvd_audit_row_hash(event) FROM audit_events event"
        " WHERE id = %(slipped)s",
        slipped=slipped,
    )
    assert log.verify() == [Finding("block altered", 1, None)]

    log.seal()
    log.tamper("UPDATE audit_seals SET block_number = 2 WHERE event_id = %(slipped)s", slipped=slipped)
    log.tamper(
        "UPDATE audit_blocks block SET row_count = 1, hash = cvd_audit_block_hash(2, sealed_at, prev_hash, 1, row_hash)"
        " FROM audit_seals WHERE number = 2 AND event_id = %(slipped)s",
        slipped=slipped,
    )

    assert log.verify() == [Finding("row slipped in", 2, slipped)]


def test_a_row_committed_late_is_sealed_by_the_next_block(log):
    with opened(log.application.raw.info.dsn, autocommit=False) as writer:
        writer.value(EVENT, ago="0", run=None)
        assert log.seal() == 0
        writer.raw.commit()

    assert log.seal() == 1
    assert log.verify() == []


def test_old_rows_that_an_import_brings_are_sealed_after_it_has_ended(log):
    log.write()
    log.seal()
    run = log.application.value(
        "INSERT INTO import_runs (sha256, filename, generation, by)"
        " VALUES (sha256('x'), 'x.db', 2, 'operator') RETURNING id"
    )
    log.write(ago="400 days", run=run)
    assert log.seal() == 0
    log.application.execute("UPDATE import_runs SET finished_at = clock_timestamp() WHERE id = %(run)s", run=run)

    assert log.seal() == 1
    assert log.verify() == []


def test_a_row_slipped_in_under_the_name_of_an_old_import_is_found(log):
    run = log.application.value(
        "INSERT INTO import_runs (sha256, filename, generation, by, started_at, finished_at)"
        " VALUES (sha256('x'), 'x.db', 2, 'operator', now() - interval '2 days', now() - interval '1 day') RETURNING id"
    )
    log.write()
    log.seal()
    slipped = log.write(ago="400 days", run=run)

    assert log.seal() == 0
    assert log.verify() == [Finding("row slipped in", None, slipped)]


def test_the_chain_holds_over_hours(log):
    for _ in range(3):
        log.write()
        log.seal()
        log.an_hour_passes()
    log.write()

    assert log.seal() == 1
    assert log.verify() == []


def test_writers_wait_neither_for_each_other_nor_for_a_sealer(log):
    dsn = log.application.raw.info.dsn
    with opened(dsn, autocommit=False) as sealer, opened(dsn, autocommit=False) as first:
        audit_chain.seal(sealer)
        first.execute("SET lock_timeout = '200ms'")
        first.value(EVENT, ago="0", run=None)
        log.application.execute("SET lock_timeout = '200ms'")
        log.write()
        first.raw.commit()
        sealer.raw.commit()

    assert log.seal() == 2
    assert log.verify() == []


def test_two_sealers_do_not_make_the_same_block(log):
    log.write()
    dsn = log.application.raw.info.dsn
    with opened(dsn, autocommit=False) as first:
        audit_chain.seal(first)
        log.application.execute("SET lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            log.seal()
        first.raw.commit()

    assert log.seal() == 0
    assert log.application.value("SELECT count(*) FROM audit_blocks") == 2


def test_a_hash_does_not_depend_on_the_zone_of_the_session(log):
    log.write()
    log.seal()
    log.application.execute("SET timezone = 'Asia/Tokyo'")
    log.application.execute("SET extra_float_digits = 0")

    assert log.verify() == []
