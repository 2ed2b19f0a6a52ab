"""One legacy row: its columns converted on demand, each repair noted where it is made."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Final, TypeVar

from tools.legacy import clean
from tools.legacy.clean import Cleaned, Clock
from tools.legacy.report import Issues, Severity
from tools.legacy.source import Source

T = TypeVar("T")
_HIGHEST_ID: Final = 2**53


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a legacy table. A column that this generation lacks reads as NULL."""

    table: str
    id: int
    values: Mapping[str, clean.Raw]
    issues: Issues
    zone: tzinfo

    def raw(self, column: str) -> clean.Raw:
        return self.values.get(column)

    def has(self, column: str) -> bool:
        return column in self.values

    def text(self, column: str, limit: int | None = None) -> str | None:
        return self._noted(column, clean.text(self.raw(column), limit))

    def whole(self, column: str) -> int | None:
        return self._noted(column, clean.whole(self.raw(column)))

    def count(self, column: str, *, default: int = 0, most: int = clean.INT4_MAX) -> int:
        return self._noted(column, clean.count(self.raw(column), default=default, most=most))

    def cents(self, column: str) -> int | None:
        return self._noted(column, clean.cents(self.raw(column)))

    def degrees(self, column: str, *, most: int) -> Decimal | None:
        return self._noted(column, clean.degrees(self.raw(column), most=most))

    def flag(self, column: str, *, default: bool) -> bool:
        return self._noted(column, clean.flag(self.raw(column), default=default))

    def choice(self, column: str, allowed: Collection[str], default: str, code: str) -> str:
        return self._noted(column, clean.choice(self.raw(column), allowed, default, code))

    def instant(self, column: str, clock: Clock = Clock.UTC) -> datetime | None:
        return self._noted(column, clean.instant(self.raw(column), clock, self.zone))

    def repaired(self, code: str, column: str, new: object = None) -> None:
        self.issues.add(Severity.WARNING, code, self.table, self.id, column=column, old=self.raw(column), new=new)

    def rejected(self, code: str, column: str | None = None) -> None:
        """The row is left out."""
        old = self.raw(column) if column else None
        self.issues.add(Severity.ERROR, code, self.table, self.id, column=column, old=old)

    def noticed(self, code: str, column: str | None = None, new: object = None) -> None:
        old = self.raw(column) if column else None
        self.issues.add(Severity.INFO, code, self.table, self.id, column=column, old=old, new=new)

    def _noted(self, column: str, cleaned: Cleaned[T]) -> T:
        if cleaned.code:
            self.repaired(cleaned.code, column, cleaned.value)
        return cleaned.value


def rows_of(source: Source, table: str, issues: Issues, zone: tzinfo) -> Iterator[Row]:
    """The rows of a table that have an id of their own; a row without one is rejected."""
    seen: set[int] = set()
    for values in source.rows(table):
        number = clean.whole(values.get("id")).value
        row = Row(table, number or 0, values, issues, zone)
        if number is None or not 1 <= number < _HIGHEST_ID:
            row.rejected("ID_INVALID", "id")
        elif number in seen:
            row.rejected("ID_DUPLICATE", "id")
        else:
            seen.add(number)
            yield row
