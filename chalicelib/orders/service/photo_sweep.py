"""Files in S3 that no photo refers to: uploads that were never confirmed, and what a redaction left behind."""

from datetime import timedelta

from chalicelib.kit import clock
from chalicelib.kit.db import transaction
from chalicelib.kit.job import Job, Stats
from chalicelib.orders.queries import photos as queries
from chalicelib.orders.rules import filing
from chalicelib.orders.service import photo_files

REDACTED_WITHIN = timedelta(days=30)


def sweep() -> Stats:
    """Remove them; `rules/filing.py` says why nobody can be about to refer to them."""
    now = clock.now()
    removed = 0
    for folder in filing.folders_to_sweep(now):
        for keys in photo_files.listed(folder):
            with transaction(read_only=True) as db:
                left_behind = queries.without_photo(db, keys)
            photo_files.remove(left_behind)
            removed += len(left_behind)
    with transaction(read_only=True) as db:
        redacted = queries.redacted_since(db, now - REDACTED_WITHIN)
    photo_files.remove(redacted)
    return {"left_behind": removed, "redacted": len(redacted)}


PHOTO_SWEEP = Job("photo-sweep", sweep)
