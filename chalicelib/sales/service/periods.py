"""The periods of reports (BR-150)."""

from datetime import date

from chalicelib.sales.errors import DatesOutOfOrder, PeriodTooLong
from chalicelib.sales.rules import Period

MOST_DAYS = 400


def checked(start: date | None, end: date | None) -> None:
    """Refuse days out of order and more than 400 of them, where both are given."""
    if start is not None and end is not None:
        period(start, end)


def period(start: date, end: date) -> Period:
    """A period that reports are made for. Raises `DatesOutOfOrder`, `PeriodTooLong`."""
    if start > end:
        raise DatesOutOfOrder
    found = Period(start, end)
    if found.days > MOST_DAYS:
        raise PeriodTooLong(days=found.days)
    return found
