"""Imports and exports as jobs: how far each has come, and which rows were left out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from pydantic_core import to_json

from chalicelib.exchange.models.rows import Entity
from chalicelib.exchange.rules import Format
from chalicelib.kit.bulk import Change
from chalicelib.kit.db import Connection, Jsonb
from chalicelib.kit.roles import Role
from chalicelib.kit.values import value

Direction = Literal["import", "export"]
Status = Literal["waiting", "queued", "running", "done", "failed"]
What = Entity | Literal["fleet"]


@value
class Job:
    """An import or an export."""

    id: int
    direction: Direction
    entity: What
    form: Format
    is_dry_run: bool
    status: Status
    file_key: str | None
    file_bytes: int | None
    file_sha256: str | None
    chunks_done: int
    rows_total: int | None
    rows_created: int
    rows_updated: int
    rows_unchanged: int
    rows_refused: int
    manifest: dict[str, Any] | None  # Any: JSON
    error: str | None
    asked_by: int
    finished_at: datetime | None
    created_at: datetime
    updated_at: datetime


@value
class Owner:
    """Who asked for a job."""

    user_id: int
    username: str
    role: Role
    may_still: bool


@value
class LeftOut:
    """A row that was left out, and why."""

    entity: str
    row_no: int
    field: str | None
    problem: str


_JOBS = """
SELECT id, direction, entity, form, is_dry_run, status, file_key, file_bytes, file_sha256, chunks_done, rows_total,
       rows_created, rows_updated, rows_unchanged, rows_refused, manifest, error, asked_by, finished_at, created_at,
       updated_at
  FROM exchange_jobs
"""


def insert(
    db: Connection,
    *,
    direction: Direction,
    entity: What,
    form: Format,
    is_dry_run: bool,
    status: Status,
    by: int,
    file: tuple[str, int, str] | None = None,
) -> Job:
    """Write a job, with the key, size and checksum of the file that it is to bring in."""
    key, size, digest = file or (None, None, None)
    job_id = db.value(
        """
        INSERT INTO exchange_jobs (direction, entity, form, is_dry_run, status, file_key, file_bytes, file_sha256,
                                   asked_by)
        VALUES (%(direction)s, %(entity)s, %(form)s, %(is_dry_run)s, %(status)s, %(key)s, %(size)s, %(digest)s, %(by)s)
        RETURNING id
        """,
        direction=direction,
        entity=entity,
        form=form,
        is_dry_run=is_dry_run,
        status=status,
        key=key,
        size=size,
        digest=digest,
        by=by,
    )
    made = one(db, direction, int(job_id))
    assert made is not None  # noqa: S101 - narrows the type: it has just been written
    return made


def one(db: Connection, direction: Direction, job_id: int, *, lock: bool = False) -> Job | None:
    """A job, locked where its state is about to change."""
    return db.fetch_one(
        Job,
        _JOBS + "WHERE id = %(id)s AND direction = %(direction)s" + (" FOR UPDATE" if lock else ""),
        id=job_id,
        direction=direction,
    )


def any_one(db: Connection, job_id: int) -> Job | None:
    """A job of either direction."""
    return db.fetch_one(Job, _JOBS + "WHERE id = %(id)s", id=job_id)


def page(db: Connection, direction: Direction, *, before: int | None, limit: int) -> list[Job]:
    """Jobs, the newest first, from before one of them."""
    return db.fetch(
        Job,
        _JOBS
        + """
         WHERE direction = %(direction)s
           AND (%(before)s::bigint IS NULL OR id < %(before)s)
         ORDER BY id DESC
         LIMIT %(limit)s
        """,
        direction=direction,
        before=before,
        limit=limit,
    )


def queue(db: Connection, job_id: int) -> None:
    """Let a job wait for its turn, also one that had failed: what is done of it stays done."""
    db.execute(
        "UPDATE exchange_jobs SET status = 'queued', error = NULL, finished_at = NULL WHERE id = %(id)s", id=job_id
    )


def begin(db: Connection, job_id: int, rows_total: int | None) -> bool:
    """Note that a job is being worked on; False when it is over already."""
    begun = db.execute(
        """
        UPDATE exchange_jobs
           SET status = 'running', rows_total = coalesce(%(rows_total)s, rows_total)
         WHERE id = %(id)s
           AND status IN ('queued', 'running')
        """,
        id=job_id,
        rows_total=rows_total,
    )
    return begun == 1


def lock_at(db: Connection, job_id: int, chunk: int) -> bool:
    """Lock a running job whose next chunk is this one; False when another run has been faster."""
    found = db.value(
        """
        SELECT id
          FROM exchange_jobs
         WHERE id = %(id)s
           AND status = 'running'
           AND chunks_done = %(chunk)s
           FOR UPDATE
        """,
        id=job_id,
        chunk=chunk,
    )
    return found is not None


def add(db: Connection, job_id: int, counts: Counter[Change], *, chunks: int) -> None:
    """Note what became of some rows."""
    db.execute(
        """
        UPDATE exchange_jobs
           SET chunks_done = chunks_done + %(chunks)s, rows_created = rows_created + %(created)s,
               rows_updated = rows_updated + %(updated)s, rows_unchanged = rows_unchanged + %(unchanged)s,
               rows_refused = rows_refused + %(refused)s
         WHERE id = %(id)s
        """,
        id=job_id,
        chunks=chunks,
        created=counts["created"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        refused=counts["refused"],
    )


def leave_out(db: Connection, job_id: int, left_out: Sequence[LeftOut]) -> None:
    """Note rows that were left out, and why."""
    if not left_out:
        return
    db.execute(
        """
        INSERT INTO exchange_refusals (job_id, entity, row_no, field, problem)
        SELECT %(job_id)s, entity, row_no, field, problem
          FROM jsonb_to_recordset(%(rows)s::jsonb)
               AS new (entity text, row_no integer, field text, problem text)
        """,
        job_id=job_id,
        rows=to_json([vars(row) for row in left_out]).decode(),
    )


def refusals(db: Connection, job_id: int, *, after: int, limit: int) -> list[LeftOut]:
    """Rows that were left out, in the order of the file, from after so many of them."""
    return db.fetch(
        LeftOut,
        """
        SELECT entity, row_no, field, problem
          FROM exchange_refusals
         WHERE job_id = %(job_id)s
         ORDER BY entity, row_no
        OFFSET %(after)s
         LIMIT %(limit)s
        """,
        job_id=job_id,
        after=after,
        limit=limit,
    )


def finish(
    db: Connection, job_id: int, now: datetime, *, manifest: Mapping[str, Any] | None = None
) -> None:  # Any: JSON
    """Note that a job is done."""
    db.execute(
        """
        UPDATE exchange_jobs
           SET status = 'done', finished_at = %(now)s, error = NULL, manifest = coalesce(%(manifest)s, manifest)
         WHERE id = %(id)s
        """,
        id=job_id,
        now=now,
        manifest=None if manifest is None else Jsonb(dict(manifest)),
    )


def fail(db: Connection, job_id: int, now: datetime, error: str) -> None:
    """Note that a job cannot go on, and why."""
    db.execute(
        "UPDATE exchange_jobs SET status = 'failed', finished_at = %(now)s, error = %(error)s WHERE id = %(id)s",
        id=job_id,
        now=now,
        error=error,
    )


def owner(db: Connection, user_id: int) -> Owner | None:
    """Who asked for a job, and whether that is still somebody who may."""
    return db.fetch_one(
        Owner,
        """
        SELECT id AS user_id, username, role,
               is_active AND deleted_at IS NULL AND role IN ('admin', 'manager') AS may_still
          FROM users
         WHERE id = %(user_id)s
        """,
        user_id=user_id,
    )


def overdue(db: Connection, *, before: datetime, limit: int) -> list[int]:
    """Jobs that should have gone on and did not."""
    return db.values(
        """
        SELECT id
          FROM exchange_jobs
         WHERE status IN ('queued', 'running')
           AND updated_at < %(before)s
         ORDER BY updated_at
         LIMIT %(limit)s
        """,
        before=before,
        limit=limit,
    )
