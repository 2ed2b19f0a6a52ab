"""The archive of sales: months that are past their time leave for the bucket, and come back when they are asked for.

The sums of the rollup stay as they are; reports read these, and so do not notice.
"""

import tempfile
import time
from contextlib import ExitStack
from datetime import date
from typing import BinaryIO

from chalicelib.kit import clock
from chalicelib.kit.db import Connection, transaction
from chalicelib.kit.job import Job, Stats
from chalicelib.sales.errors import ArchiveDiffers, NothingArchived
from chalicelib.sales.models.archives import Part
from chalicelib.sales.queries import archives
from chalicelib.sales.rules import last_months
from chalicelib.sales.service import archive_files

NO_MONTH_AFTER_SECONDS = 480
"""No month is begun later in a run than this: its function has 15 minutes. The next night goes on."""

RESTORED_STAY_DAYS = 30
LONGEST_STATEMENT = "10min"
BEGINNING = date(1970, 1, 1)


def put_away() -> Stats:
    """Archive every month that is past its time, the oldest first; for the schedule.

    A month leaves when its file has been read back from the bucket and its sums are the database's own. A run that is
    killed leaves the month in the database, and at most a file that the next run writes anew.
    """
    started = time.monotonic()
    with transaction(read_only=True) as db:
        before = last_months(clock.now().date(), archives.hot_months(db) + 1)[0]
        staying = archives.restored_lately(db, RESTORED_STAY_DAYS)
    done: dict[str, int] = {}
    since = BEGINNING
    while time.monotonic() - started < NO_MONTH_AFTER_SECONDS:
        with transaction(read_only=True) as db:
            month = archives.oldest_month(db, since=since, before=before)
        if month is None:
            break
        since = _following(month)
        if month not in staying:
            done[f"{month:%Y-%m}"] = _put_away(month)
    return {"months": done, "sales": sum(done.values())}


def _following(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def _put_away(month: date) -> int:
    """Archive a month; how many sales left."""
    with tempfile.TemporaryFile() as file:
        with transaction(one_moment=True) as db:
            archives.patience(db, LONGEST_STATEMENT)
            held = archives.held(db, month)
            if held is None:  # Made-up sales may be cleared at any time.
                return 0
            part = archives.next_part(db, month)
            archive_files.write(file, archives.lines(db, month))
        kept = archive_files.keep(month, part, file, held)
    with transaction() as db:
        archives.patience(db, LONGEST_STATEMENT)
        archives.take_out(db, month, part, held, key=kept.key, sha256=kept.sha256, size=kept.size)
    return held.sales


def restore(month: date) -> Stats:
    """Bring a month back as it was, for a while, and prove it: all of it, or nothing.

    Raises `NothingArchived`, `ArchiveDiffers`, `Unavailable`.
    """
    with transaction(read_only=True) as db:
        wanted = [part for part in archives.parts(db) if part.month == month and part.restored_at is None]
    if not wanted:
        raise NothingArchived(month=f"{month:%Y-%m}")
    with ExitStack() as open_files:
        found = [open_files.enter_context(archive_files.fetched(part.file_key, part.sha256)) for part in wanted]
        with transaction() as db:
            archives.patience(db, LONGEST_STATEMENT)
            if archives.lock_parts(db, month) != wanted:  # Somebody else was first.
                raise NothingArchived(month=f"{month:%Y-%m}")
            for part, file in zip(wanted, found, strict=True):
                _bring_back(db, part, file)
            archives.mark_restored(db, month)
    return {
        "month": f"{month:%Y-%m}",
        "sales": sum(part.sales for part in wanted),
        "units": sum(part.units for part in wanted),
        "revenue_cents": sum(part.revenue_cents for part in wanted),
    }


def _bring_back(db: Connection, part: Part, file: BinaryIO) -> None:
    for chunk in archive_files.chunks(file, part.file_key, part.sums):
        archives.bring_back(db, chunk)
    found = archives.brought_back(db, part.month, part.part)
    if found != part.sums:
        raise ArchiveDiffers(file=part.file_key, sales=found.sales, units=found.units)


def parts() -> list[Part]:
    """Every file of the archive, by month."""
    with transaction(read_only=True) as db:
        return archives.parts(db)


SALES_ARCHIVE = Job("sales-archive", put_away)


def restoring(month: date) -> Job:
    """Bringing a month back, as a job that is noted like others."""
    return Job("sales-restore", lambda: restore(month))
