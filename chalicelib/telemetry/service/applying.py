"""Stored files, applied by the queue's worker or by hand: each exactly once, however often it is asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.kit import clock, db, logs
from chalicelib.kit.audit import Actor
from chalicelib.kit.call import Call
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.job import Job
from chalicelib.telemetry.errors import FileNotFound
from chalicelib.telemetry.queries import files
from chalicelib.telemetry.queries.files import StoredFile
from chalicelib.telemetry.service import happenings, raw
from chalicelib.telemetry.service.ingesting import parsed, take_in, tried
from chalicelib.telemetry.service.taking import queue

LONGEST_ERROR = 500
OVERDUE = timedelta(minutes=5)
SWEEP = 500
AT_ONCE = 10

Fetched = tuple[StoredFile, bytes]


@dataclass
class Work(Call):
    """Work that nobody is signed in for; the audit trail names telemetry itself."""

    @property
    def actor(self) -> Actor:
        """Telemetry."""
        return Actor(
            user_id=None, username="telemetry", role=None, ip=None, user_agent=None, request_id=self.request_id
        )


def work(name: str) -> Work:
    """A call for a piece of work."""
    return Work(request_id=name, method="WORK", path="telemetry", now=clock.now(), ip="", headers={})


def apply_files(file_ids: Sequence[int]) -> dict[int, Exception]:
    """Apply stored files in one transaction; what went wrong, by file. Those that were applied before are left alone.

    When the transaction fails, each file gets one of its own, so that a bad one does not hold up the others.
    """
    with db.transaction(read_only=True) as connection:
        stored, zone = files.some(connection, sorted(set(file_ids))), files.company_zone(connection)
    known = {file.id for file in stored}
    failed: dict[int, Exception] = {one: FileNotFound(file_id=one) for one in file_ids if one not in known}
    waiting = [file for file in stored if file.status == "stored"]
    fetched: dict[str, list[Fetched]] = {"dex": [], "feed": []}
    for file, content in zip(waiting, raw.fetch_each([(file.s3_key, file.sha256) for file in waiting]), strict=True):
        if isinstance(content, bytes):
            fetched[file.kind].append((file, content))
        else:
            failed[file.id] = _noted(file.id, content)
    failed |= _together(fetched["dex"], lambda some: _take_in_reads(some, zone))
    return failed | _together(fetched["feed"], _take_in_happenings)


def _together(fetched: Sequence[Fetched], do: Callable[[Sequence[Fetched]], None]) -> dict[int, Exception]:
    if not fetched:
        return {}
    try:
        do(fetched)
    except Exception as error:  # noqa: BLE001 - one bad file must not keep the others waiting; it is logged and noted
        if len(fetched) > 1:
            return {file_id: why for one in fetched for file_id, why in _together([one], do).items()}
        file, _ = fetched[0]
        return {file.id: _noted(file.id, error)}
    return {}


def _take_in_reads(fetched: Sequence[Fetched], zone: str) -> None:
    arrived = [parsed(content, file, zone) for file, content in fetched]
    take_in(work(f"dex-file-{arrived[0].file.id}"), arrived, only_waiting=True)


def _take_in_happenings(fetched: Sequence[Fetched]) -> None:
    call = work(f"feed-file-{fetched[0][0].id}")

    def apply_waiting() -> None:
        waiting = files.hold_waiting(call.db, [file.id for file, _ in fetched])
        happenings.apply(call, [(file, content) for file, content in fetched if file.id in waiting])

    tried(call, apply_waiting)


def _noted(file_id: int, error: Exception) -> Exception:
    """Log and store why a file could not be applied; it stays to be tried again."""
    logs.logger().error("a file could not be applied", file_id=file_id, exc_info=error)
    try:
        with db.transaction() as connection:
            files.failed(connection, file_id, f"{type(error).__name__}: {error}"[:LONGEST_ERROR])
    except Unavailable:
        logs.logger().warning("the reason could not be stored", file_id=file_id)
    return error


def sweep() -> dict[str, int]:
    """Queue the files again that have been waiting for long, as when the queue did not take them."""
    with db.transaction(read_only=True) as connection:
        overdue = files.waiting(connection, before=clock.now() - OVERDUE, limit=SWEEP)
    return {"overdue": len(overdue), "queued": queue(overdue)}


def drain() -> dict[str, int]:
    """Apply everything that waits in the database, without the queue; for laptops and repairs."""
    done = failed = 0
    seen: set[int] = set()
    while True:
        with db.transaction(read_only=True) as connection:
            waiting = files.waiting(connection, before=clock.now() + OVERDUE, limit=SWEEP)
        fresh = [file_id for file_id in waiting if file_id not in seen]
        if not fresh:
            return {"applied": done, "failed": failed}
        seen.update(fresh)
        for start in range(0, len(fresh), AT_ONCE):
            batch = fresh[start : start + AT_ONCE]
            wrong = len(apply_files(batch))
            failed, done = failed + wrong, done + len(batch) - wrong


SWEEP_JOB = Job("telemetry-sweep", sweep)
