"""Months of sales that have left for the archive."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from chalicelib.kit.values import value


@value
class Sums:
    """What proves a file of sales: how many there are, and what they sum up to."""

    sales: int
    units: int
    revenue_cents: int


@value
class MonthHeld:
    """A month as the database holds it; `ids` are the ids of its sales, as PostgreSQL writes ranges."""

    sales: int
    units: int
    revenue_cents: int
    ids: str
    first_sold_at: datetime
    last_sold_at: datetime

    @property
    def sums(self) -> Sums:
        """What its file has to sum up to."""
        return Sums(self.sales, self.units, self.revenue_cents)


@value
class Part:
    """One file of the archive. A month has a second one when sales came after the first had been written."""

    month: date
    part: int
    file_key: str
    sha256: bytes
    size_bytes: int
    sales: int
    units: int
    revenue_cents: int
    archived_at: datetime
    restored_at: datetime | None

    @property
    def sums(self) -> Sums:
        """What the file sums up to."""
        return Sums(self.sales, self.units, self.revenue_cents)


@value
class Archived:
    """The months, by UTC, whose sales are in the archive and not in the database."""

    months: Sequence[date]

    def holds(self, moment: datetime) -> bool:
        """Whether sales of this moment were archived; some that came later may be here all the same."""
        return moment.astimezone(UTC).date().replace(day=1) in self.months
