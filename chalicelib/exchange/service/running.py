"""Carrying an import out: chunk by chunk, each in a transaction of its own together with the note that it is done.

Whoever takes the job up again, after whatever has happened, goes on with the first chunk that is not done. A rehearsal
(dry run) does everything in one transaction and takes it all back, so that it tells exactly what a real run would.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NoReturn

import psycopg

from chalicelib.exchange import rules
from chalicelib.exchange.errors import FileUnreadable
from chalicelib.exchange.events import ImportDone
from chalicelib.exchange.models.rows import Entity, Row
from chalicelib.exchange.queries import jobs
from chalicelib.exchange.queries.jobs import Job, LeftOut
from chalicelib.exchange.rules import Given, Part
from chalicelib.exchange.service import entities
from chalicelib.kit import clock, db, files, logs
from chalicelib.kit.bulk import Change, Outcome, refused
from chalicelib.kit.call import Call
from chalicelib.kit.errors import Refusal
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value

CHUNK = 1000
LONGEST_PROBLEM = 500
LONGEST_STATEMENT = "10min"


@value
class Chunk:
    """Some rows of one entity."""

    number: int
    entity: Entity
    rows: Sequence[Given]


class _Rehearsed(Exception):
    """Takes back what a rehearsal has done."""


def _take_back() -> NoReturn:
    raise _Rehearsed


def run(job: Job, goes_on: Callable[[], bool] = lambda: True) -> bool:
    """Work on an import until it is done; False when there was no time left for all of it."""
    try:
        parts = _parts(job)
    except FileUnreadable as unreadable:
        _fail(job, unreadable.sentence)
        return True
    with db.transaction() as connection:
        if not jobs.begin(connection, job.id, sum(len(part.rows) for part in parts)):
            return True
    chunks = list(_chunks(parts))
    if job.is_dry_run:
        return _rehearse(job, chunks)
    for chunk in chunks[job.chunks_done :]:
        if not goes_on():
            return False
        if not _carry_out(job, chunk):
            return True
    return _finish(job, len(chunks))


def _parts(job: Job) -> list[Part]:
    content = files.fetch(job.file_key or "")
    if content is None or rules.sha256(content) != job.file_sha256:
        raise FileUnreadable("The stored file is not the one that was sent.")
    return rules.parts(job.entity, job.form, content)


def _chunks(parts: Sequence[Part]) -> Iterator[Chunk]:
    number = 0
    for part in parts:
        for start in range(0, len(part.rows), CHUNK):
            yield Chunk(number, part.entity, part.rows[start : start + CHUNK])
            number += 1


def _call(job: Job) -> Call:
    """The call of whoever asked for the job. Raises `FileUnreadable` when that is nobody who may any more."""
    with db.transaction(read_only=True) as connection:
        owner = jobs.owner(connection, job.asked_by)
    if owner is None or not owner.may_still:
        raise FileUnreadable("Who asked for this import may no longer bring anything in.")
    now = clock.now()
    caller = Principal(owner.user_id, owner.username, owner.role, "", must_change_password=False, last_activity_at=now)
    return Call(f"import-{job.id}", "WORK", "exchange", now, "", {}, caller=caller)


def _carry_out(job: Job, chunk: Chunk) -> bool:
    """Bring a chunk in; False when another run does it, or when the job cannot go on."""
    try:
        call = _call(job)
    except FileUnreadable as unreadable:
        _fail(job, unreadable.sentence)
        return False
    with call.transaction() as connection:
        if not jobs.lock_at(connection, job.id, chunk.number):
            return False
        connection.execute("SELECT set_config('statement_timeout', %(limit)s, true)", limit=LONGEST_STATEMENT)
        outcomes = _outcomes(call, chunk)
        jobs.add(connection, job.id, _counted(outcomes), chunks=1)
        jobs.leave_out(connection, job.id, _left_out(chunk, outcomes))
    return True


def _rehearse(job: Job, chunks: Sequence[Chunk]) -> bool:
    counts: Counter[Change] = Counter()
    left_out: list[LeftOut] = []
    try:
        call = _call(job)
        with call.transaction() as connection:
            connection.execute("SELECT set_config('statement_timeout', %(limit)s, true)", limit=LONGEST_STATEMENT)
            for chunk in chunks:
                outcomes = _outcomes(call, chunk)
                counts += _counted(outcomes)
                left_out += _left_out(chunk, outcomes)
            _take_back()
    except _Rehearsed:
        pass
    except FileUnreadable as unreadable:
        _fail(job, unreadable.sentence)
        return True
    with db.transaction() as connection:
        if jobs.lock_at(connection, job.id, 0):
            jobs.add(connection, job.id, counts, chunks=len(chunks))
            jobs.leave_out(connection, job.id, left_out)
    return _finish(job, len(chunks))


def _outcomes(call: Call, chunk: Chunk) -> list[Outcome]:
    good = [given.row for given in chunk.rows if given.row is not None]
    brought = iter(_bring_in(call, chunk.entity, good))
    return [
        next(brought) if given.row is not None else refused(given.problem or "the row is not valid", given.field)
        for given in chunk.rows
    ]


def _bring_in(call: Call, entity: Entity, rows: Sequence[Row]) -> list[Outcome]:
    """Bring rows in; where the database or a rule refuses them, by halves, until the guilty one stands alone."""
    if not rows:
        return []
    noted = call.noted
    try:
        with call.db.savepoint():
            outcomes = entities.bring_in(call, entity, rows)
            call.db.check_now()
            return outcomes
    except (psycopg.errors.IntegrityError, Refusal) as error:
        call.forget_since(noted)
        if len(rows) == 1:
            return [refused(_told(error))]
    middle = len(rows) // 2
    return _bring_in(call, entity, rows[:middle]) + _bring_in(call, entity, rows[middle:])


def _told(error: psycopg.errors.IntegrityError | Refusal) -> str:
    if isinstance(error, Refusal):
        return error.sentence
    if isinstance(error, psycopg.errors.UniqueViolation):
        return f"something else has the same value already ({error.diag.constraint_name})"
    return f"this breaks a rule of the database ({error.diag.constraint_name})"


def _counted(outcomes: Sequence[Outcome]) -> Counter[Change]:
    return Counter(outcome.change for outcome in outcomes)


def _left_out(chunk: Chunk, outcomes: Sequence[Outcome]) -> list[LeftOut]:
    return [
        LeftOut(chunk.entity, given.number, outcome.field, (outcome.problem or "")[:LONGEST_PROBLEM])
        for given, outcome in zip(chunk.rows, outcomes, strict=True)
        if outcome.change == "refused"
    ]


def _finish(job: Job, chunks: int) -> bool:
    call = _call(job)
    with call.transaction() as connection:
        if not jobs.lock_at(connection, job.id, chunks):
            return True
        jobs.finish(connection, job.id, call.now)
        done = jobs.any_one(connection, job.id)
        if done is not None:
            call.record(
                ImportDone(
                    resource_id=job.id,
                    entity=job.entity,
                    dry_run=job.is_dry_run,
                    created=done.rows_created,
                    updated=done.rows_updated,
                    unchanged=done.rows_unchanged,
                    refused=done.rows_refused,
                )
            )
    return True


def _fail(job: Job, why: str) -> None:
    logs.logger().warning("an import cannot go on", job_id=job.id, why=why)
    with db.transaction() as connection:
        jobs.fail(connection, job.id, clock.now(), why[:1000])
