"""The scheduled work that keeps the system itself in order."""

import time
from datetime import date

from chalicelib.kit import audit_chain, clock, outbox, partitions
from chalicelib.kit.db import Connection, transaction
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.job import Job, Stats
from chalicelib.kit.settings import settings
from chalicelib.operations import queries

MOST_BATCHES = 200
"""Of the outbox in one sweep: the next sweep goes on where this one stops."""


WATCH_EVERY_SECONDS = 0.5
"""How long a watching relay waits after it found nothing."""


class TrailBroken(Unavailable):
    """The audit trail is not what was sealed; the job fails, so that its alarm is raised."""

    message = "The audit trail does not fit its seals."


def make_partitions() -> Stats:
    """Make the monthly partitions of the months to come."""
    first = clock.now().date()
    with transaction() as db:
        made = partitions.ensure(db, date(first.year, first.month, 1))
    return {"created": [month.partition_name for month in made if month.outcome == "created"]}


def seal_audit() -> Stats:
    """Seal the audit rows that no block holds yet; the figures let a cut-off chain be noticed from the logs."""
    with transaction() as db:
        rows = audit_chain.seal(db)
        newest = queries.newest_block(db)
    return {"rows": rows, **newest}


def verify_audit() -> Stats:
    """Compare the whole trail with its seals. Raises `TrailBroken` with what was found."""
    with transaction(read_only=True) as db:
        findings = audit_chain.verify(db)
    if findings:
        raise TrailBroken(findings=[repr(finding) for finding in findings[:20]], count=len(findings))
    return {"findings": 0}


def sweep_outbox() -> Stats:
    """Hand on the events that wait in the outbox."""
    handed_on = 0
    for _ in range(MOST_BATCHES):
        batch = outbox.relay()
        handed_on += batch
        if not batch:
            break
    return {"handed_on": handed_on}


def watch_outbox() -> int:
    """Hand on what is committed, within a second, for as long as the settings say; how many events that were.

    The schedule's runs may overlap: each relay leases what no other holds. So there is always one that watches, and a
    request need not call a queue after its commit.
    """
    handed_on, ends = 0, time.monotonic() + settings().outbox_watch_seconds
    while time.monotonic() < ends:
        batch = outbox.relay()
        handed_on += batch
        if not batch:
            time.sleep(WATCH_EVERY_SECONDS)
    return handed_on


def housekeeping() -> Stats:
    """Remove what has served: idempotency keys after 48 hours, windows of rate limits after one day."""
    with transaction() as db:
        return _remove_what_has_served(db)


def _remove_what_has_served(db: Connection) -> Stats:
    now = clock.now()
    return {
        "idempotency_keys": queries.forget_idempotency_keys(db, now),
        "rate_limits": queries.forget_rate_limits(db, now),
    }


PARTITIONS = Job("partitions", make_partitions)
AUDIT_SEAL = Job("audit-seal", seal_audit)
AUDIT_VERIFY = Job("audit-verify", verify_audit)
OUTBOX = Job("outbox", sweep_outbox)
HOUSEKEEPING = Job("housekeeping", housekeeping)
