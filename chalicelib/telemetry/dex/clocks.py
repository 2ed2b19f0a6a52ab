"""Machine dates and times, and when to believe them."""

from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

_CENTURY_PIVOT: Final = 80
_AHEAD: Final = timedelta(days=1)
_BEHIND: Final = timedelta(days=2 * 365)


def parse_date(text: str) -> date | None:
    """A date as yymmdd (80..99 are the last century) or yyyymmdd; None when it is no day of the calendar."""
    if len(text) not in (6, 8) or not (text.isascii() and text.isdigit()):
        return None
    year, month, day = int(text[:-4]), int(text[-4:-2]), int(text[-2:])
    if len(text) == 6:
        year += 1900 if year >= _CENTURY_PIVOT else 2000
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """A time as hhmm or hhmmss; None when no clock shows it."""
    if len(text) not in (4, 6) or not (text.isascii() and text.isdigit()):
        return None
    try:
        return time(int(text[:2]), int(text[2:4]), int(text[4:] or 0))
    except ValueError:
        return None


def in_zone(clock: datetime, zone: tzinfo) -> datetime | None:
    """The machine's wall clock as an instant; None at the very ends of the calendar, where no instant exists."""
    try:
        instant = clock.replace(tzinfo=zone)
        instant.utctimetuple()
    except (OverflowError, ValueError):
        return None
    return instant


def is_ahead(instant: datetime, uploaded_at: datetime) -> bool:
    return instant > uploaded_at + _AHEAD


def is_suspect(instant: datetime, uploaded_at: datetime) -> bool:
    """DX-018: later than the upload by more than a day, or older than two years."""
    return is_ahead(instant, uploaded_at) or instant < uploaded_at - _BEHIND
