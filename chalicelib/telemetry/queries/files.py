"""The files that reads came in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value


@value(kw_only=True)
class NewFile:
    """A file to be noted; its bytes are stored already. `collected_at` is when, by its sender, its reads were taken."""

    sha256: bytes
    kind: str
    filename: str
    size_bytes: int
    s3_key: str
    source: str
    partner: str | None
    device_id: int | None
    received_by: int | None
    collected_at: datetime | None = None


@value
class StoredFile:
    """A file as it is noted."""

    id: int
    sha256: bytes
    kind: str
    filename: str
    s3_key: str
    source: str
    partner: str | None
    device_id: int | None
    received_by: int | None
    received_at: datetime
    status: str
    attempts: int
    applied_at: datetime | None
    collected_at: datetime | None
    is_new: bool

    @property
    def came_at(self) -> datetime:
        """When its reads left their machine: as the sender says, if that is not ahead of us, else when they arrived."""
        return min(self.collected_at or self.received_at, self.received_at)


_COLUMNS = """id, sha256, kind, filename, s3_key, source, partner, device_id, received_by, received_at, status,
               attempts, applied_at, collected_at"""


def note(db: Connection, files: Sequence[NewFile], at: datetime) -> list[StoredFile]:
    """Note files, each content once, in the order given; a file that was noted before is not new."""
    found = _note(db, files, at)
    if len(found) == len(files):
        return found
    # Another delivery of the same content was committed while this one waited for it: only a second look sees it.
    new = {file.id for file in found if file.is_new}
    return [replace(file, is_new=file.id in new) for file in _note(db, files, at)]


def _note(db: Connection, files: Sequence[NewFile], at: datetime) -> list[StoredFile]:
    return db.fetch(
        StoredFile,
        f"""
        WITH sent AS (
            SELECT *
              FROM unnest(%(sha256s)s::bytea[], %(kinds)s::text[], %(filenames)s::text[], %(sizes)s::integer[],
                          %(keys)s::text[], %(sources)s::text[], %(partners)s::text[], %(device_ids)s::bigint[],
                          %(senders)s::bigint[], %(collected)s::timestamptz[])
                   WITH ORDINALITY
                   AS sent (sha256, kind, filename, size_bytes, s3_key, source, partner, device_id, received_by,
                            collected_at, place)),
        fresh AS (
            INSERT INTO dex_files (sha256, kind, filename, size_bytes, s3_key, source, partner, device_id, received_by,
                                   received_at, collected_at)
            SELECT sha256, kind, filename, size_bytes, s3_key, source, partner, device_id, received_by, %(at)s,
                   collected_at
              FROM sent
             ORDER BY sha256
                ON CONFLICT (sha256) DO NOTHING
            RETURNING {_COLUMNS}),
        known AS (
            SELECT {_COLUMNS}, true AS is_new FROM fresh
             UNION ALL
            SELECT {_COLUMNS}, false FROM dex_files WHERE sha256 IN (SELECT sha256 FROM sent))
        SELECT known.*
          FROM sent
          JOIN known ON known.sha256 = sent.sha256
         ORDER BY sent.place
        """,  # noqa: S608 - constant
        sha256s=[file.sha256 for file in files],
        kinds=[file.kind for file in files],
        filenames=[file.filename for file in files],
        sizes=[file.size_bytes for file in files],
        keys=[file.s3_key for file in files],
        sources=[file.source for file in files],
        partners=[file.partner for file in files],
        device_ids=[file.device_id for file in files],
        senders=[file.received_by for file in files],
        collected=[file.collected_at for file in files],
        at=at,
    )


def known(db: Connection, sha256s: Sequence[bytes]) -> frozenset[bytes]:
    """Those of the contents that were noted before, which is after they were stored."""
    return frozenset(db.values("SELECT sha256 FROM dex_files WHERE sha256 = ANY(%(them)s)", them=list(sha256s)))


def one(db: Connection, file_id: int) -> StoredFile | None:
    """One file."""
    return next(iter(some(db, [file_id])), None)


def some(db: Connection, file_ids: Sequence[int]) -> list[StoredFile]:
    """Files by their ids."""
    return db.fetch(
        StoredFile,
        f"SELECT {_COLUMNS}, false AS is_new FROM dex_files WHERE id = ANY(%(ids)s) ORDER BY id",  # noqa: S608 - constant
        ids=list(file_ids),
    )


def be_patient(db: Connection, seconds: int) -> None:
    """Wait longer than a request would for what other workers hold, until the transaction ends."""
    db.execute("SELECT set_config('lock_timeout', %(limit)s, true)", limit=f"{seconds}s")


def hold_waiting(db: Connection, file_ids: Sequence[int]) -> frozenset[int]:
    """Those of the files that are not applied yet; nobody else applies them until the transaction ends."""
    return frozenset(
        db.values(
            """
            SELECT id
              FROM dex_files
             WHERE id = ANY(%(ids)s) AND status = 'stored'
             ORDER BY id
               FOR NO KEY UPDATE
            """,
            ids=list(file_ids),
        )
    )


def applied(db: Connection, file_ids: Sequence[int], at: datetime) -> None:
    """Note that everything in the files is on the books."""
    db.execute(
        """
        UPDATE dex_files
           SET status = 'applied', applied_at = %(at)s, attempts = attempts + 1, last_error = NULL
         WHERE id = ANY(%(ids)s)
           AND status = 'stored'
        """,
        ids=list(file_ids),
        at=at,
    )


def failed(db: Connection, file_id: int, error: str) -> None:
    """Note that applying a file failed; it stays to be tried again."""
    db.execute(
        "UPDATE dex_files SET attempts = attempts + 1, last_error = %(error)s WHERE id = %(id)s AND status = 'stored'",
        id=file_id,
        error=error,
    )


def waiting(db: Connection, *, before: datetime, limit: int) -> list[int]:
    """Files that came in before a moment and are not applied yet, the oldest first."""
    return db.values(
        """
        SELECT id
          FROM dex_files
         WHERE status = 'stored' AND received_at < %(before)s
         ORDER BY received_at, id
         LIMIT %(limit)s
        """,
        before=before,
        limit=limit,
    )


@value
class FoundRead:
    """A read that a file brought."""

    dex_read_id: int
    status: str
    quarantined: bool
    device_id: int | None


def reads_of(db: Connection, file_id: int) -> list[FoundRead]:
    """The reads that a file brought first; those of a double are the first file's."""
    return db.fetch(
        FoundRead,
        """
        SELECT read.id AS dex_read_id, read.status, read.is_quarantined AS quarantined, read.device_id
          FROM dex_chain chain
          JOIN dex_reads read ON read.id = chain.read_id
         WHERE chain.file_id = %(file_id)s
         ORDER BY read.id
        """,
        file_id=file_id,
    )


def live_device(db: Connection, device_id: int) -> bool:
    """Whether a live device has this id."""
    return bool(db.value("SELECT 1 FROM devices WHERE id = %(id)s AND deleted_at IS NULL", id=device_id))


def company_zone(db: Connection) -> str:
    """The time zone in which the machines stand."""
    return str(db.value("SELECT time_zone FROM company_settings"))


def live_devices(db: Connection, device_ids: Sequence[int]) -> int:
    """How many of these are live devices."""
    return int(
        db.value("SELECT count(*) FROM devices WHERE id = ANY(%(ids)s) AND deleted_at IS NULL", ids=list(device_ids))
    )


def begin_anew(db: Connection, file_ids: Sequence[int]) -> list[int]:
    """Let those of the files that are not applied be tried as often as new ones; their ids."""
    return db.values(
        """
        UPDATE dex_files
           SET attempts = 0
         WHERE id = ANY(%(ids)s)
           AND status = 'stored'
        RETURNING id
        """,
        ids=list(file_ids),
    )
