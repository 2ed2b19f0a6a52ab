"""Books that are closed: what was sold in months whose sales are archived is not stated anew."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from chalicelib.kit.values import value
from chalicelib.telemetry.rules.walking import Step

Archived = Callable[[datetime], bool]
"""Whether sales of a moment are archived."""


@value
class ClosedBooks:
    """What an archived month still takes: `open_reads` may book in it, all others stay as they were booked."""

    is_archived: Archived
    open_reads: frozenset[int]
    last_known: dict[int, datetime]

    def takes(self, sold_at: datetime, read_id: int | None) -> bool:
        """Whether a sale of a read may be booked, or compared with what is."""
        return not self.is_archived(sold_at) or read_id in self.open_reads

    def takes_vend(self, device_id: int, at: datetime, sale_id: int | None) -> bool:
        """Whether a vend that a feed told may be looked at: none that a closed read or an archived sale covers."""
        if not self.is_archived(at):
            return True
        known = self.last_known.get(device_id)
        return sale_id is None and (known is None or known < at)


def closed_books(steps: Sequence[Step], looked_at: Collection[int], is_archived: Archived) -> ClosedBooks:
    """Which reads may still book in archived months: those that nobody had looked at before, and after which no read
    was looked at that lies in an archived month itself.

    The later one's counters hold all that was sold before it, so that its sale has that of the late read in it.
    """
    closed_after: dict[int, datetime] = {}
    open_reads: set[int] = set()
    for step in reversed(steps):
        was_looked_at = step.read_id in looked_at
        if was_looked_at and is_archived(step.interval.ended_at):
            closed_after.setdefault(step.device_id, step.interval.ended_at)
        if not was_looked_at and step.device_id not in closed_after:
            open_reads.add(step.read_id)
    return ClosedBooks(is_archived, frozenset(open_reads), closed_after)
