"""Stored files, applied by the queue's worker or by hand: each exactly once, however often it is asked for."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.kit import clock, db, logs
from chalicelib.kit.audit import Actor
from chalicelib.kit.call import Call
from chalicelib.kit.job import Job
from chalicelib.telemetry.errors import FileNotFound
from chalicelib.telemetry.queries import files
from chalicelib.telemetry.service import feeds, raw
from chalicelib.telemetry.service.ingesting import parsed, take_in

LONGEST_ERROR = 500
OVERDUE = timedelta(minutes=5)
SWEEP = 500


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


def apply_file(file_id: int) -> bool:
    """Apply a stored file; False when that had been done before. What goes wrong is noted and raised."""
    with db.transaction(read_only=True) as connection:
        file, zone = files.one(connection, file_id), files.company_zone(connection)
    if file is None:
        raise FileNotFound(file_id=file_id)
    if file.status == "applied":
        return False
    try:
        content = raw.fetch(file.s3_key, file.sha256)
        take_in(work(f"dex-file-{file.id}"), file, parsed(content, file, zone), len(content))
    except Exception as error:
        with db.transaction() as connection:
            files.failed(connection, file_id, f"{type(error).__name__}: {error}"[:LONGEST_ERROR])
        raise
    return True


def sweep() -> dict[str, int]:
    """Queue the files again that have been waiting for long, as when the queue did not take them."""
    with db.transaction(read_only=True) as connection:
        overdue = files.waiting(connection, before=clock.now() - OVERDUE, limit=SWEEP)
    return {"overdue": len(overdue), "queued": feeds.queue(overdue)}


def drain() -> dict[str, int]:
    """Apply everything that waits in the database, without the queue; for laptops and repairs."""
    done = failed = 0
    after: set[int] = set()
    while True:
        with db.transaction(read_only=True) as connection:
            waiting = files.waiting(connection, before=clock.now() + OVERDUE, limit=SWEEP)
        fresh = [file_id for file_id in waiting if file_id not in after]
        if not fresh:
            return {"applied": done, "failed": failed}
        for file_id in fresh:
            after.add(file_id)
            try:
                done += apply_file(file_id)
            except Exception:  # noqa: BLE001 - one bad file must not keep the others waiting; it is logged and noted
                failed += 1
                logs.logger().exception("a file could not be applied", file_id=file_id)


SWEEP_JOB = Job("telemetry-sweep", sweep)
