"""Pure conversions from what SQLite may hold in a column to what the target takes.

Each returns the value and, when something had to be repaired, the code of the issue. Nothing raises on content:
SQLite columns hold any type, whatever their declaration says.
"""

import math
import re
from collections.abc import Collection
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum
from typing import Final, Generic, NamedTuple, TypeVar

T = TypeVar("T")
Raw = str | int | float | bytes | None

INT4_MAX: Final = 2**31 - 1
INT8_MAX: Final = 2**63 - 1
_MOMENT: Final = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?"
    r"\s*(Z|[+-]\d{2}:?\d{2})?"
)
_YEARS: Final = range(1900, 2200)
_TRUE: Final = frozenset({"1", "true", "t", "yes", "y", "on"})
_FALSE: Final = frozenset({"0", "false", "f", "no", "n", "off"})
_CENT_TOLERANCE: Final = Decimal("0.000001")


class Cleaned(NamedTuple, Generic[T]):
    """A converted value, and the code of the issue when it had to be repaired."""

    value: T
    code: str | None = None


class Damaged(str):
    """Text that was not valid UTF-8: what could not be read stands as U+FFFD."""

    __slots__ = ()


class Clock(Enum):
    """What a time column was written in: UTC, the server's own zone, or told apart by a fraction of a second."""

    UTC = "utc"
    LOCAL = "local"
    LOCAL_WITH_FRACTION = "local with fraction"


def decode(content: bytes) -> str:
    """SQLite's bytes as text; `Damaged` when they are not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return Damaged(content.decode("utf-8", "replace"))


def text(raw: Raw, limit: int | None = None) -> Cleaned[str | None]:
    """Text without NUL (PostgreSQL refuses it) and outer blanks; blank text is None."""
    if raw is None:
        return Cleaned(None)
    whole_text = decode(raw) if isinstance(raw, bytes) else raw if isinstance(raw, str) else _plain(raw)
    code = "TEXT_DAMAGED" if isinstance(whole_text, Damaged) else None
    if "\0" in whole_text:
        whole_text, code = whole_text.replace("\0", ""), "NUL_REMOVED"
    stripped = str(whole_text.strip())
    if limit is not None and len(stripped) > limit:
        return Cleaned(stripped[:limit].strip(), "TEXT_TRUNCATED")
    return Cleaned(stripped or None, code)


def _plain(number: float) -> str:
    return str(int(number)) if math.isfinite(number) and number == int(number) else str(number)


def whole(raw: Raw) -> Cleaned[int | None]:
    """A whole number; text of digits counts, a fraction does not."""
    if isinstance(raw, int) and abs(raw) <= INT8_MAX:
        return Cleaned(raw)  # SQLite's own whole numbers, by far the most, fit as they are.
    if raw is None or (isinstance(raw, str | bytes) and not text(raw).value):
        return Cleaned(None)
    number = _decimal(raw)
    if number is None or number != number.to_integral_value() or abs(number) > INT8_MAX:
        return Cleaned(None, "NUMBER_INVALID")
    return Cleaned(int(number))


def count(raw: Raw, *, default: int = 0, most: int = INT4_MAX) -> Cleaned[int]:
    """A number of things: never negative, never above `most`."""
    number, code = whole(raw)
    if number is None:
        return Cleaned(default, code)
    if number < 0:
        return Cleaned(0, "NUMBER_NEGATIVE")
    return Cleaned(most, "NUMBER_TOO_LARGE") if number > most else Cleaned(number)


def cents(raw: Raw) -> Cleaned[int | None]:
    """Money in currency units as cents, half up; an amount that is no whole number of cents is told."""
    if raw is None or (isinstance(raw, str | bytes) and not text(raw).value):
        return Cleaned(None)
    amount = _decimal(raw, ignoring="$ ")
    exact = None if amount is None else amount * 100
    if exact is None or abs(exact) > INT4_MAX:
        return Cleaned(None, "MONEY_INVALID")
    rounded = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    return Cleaned(rounded, None if abs(exact - rounded) <= _CENT_TOLERANCE else "MONEY_ROUNDED")


def _decimal(raw: str | int | float | bytes, ignoring: str = "") -> Decimal | None:
    written = decode(raw) if isinstance(raw, bytes) else str(raw)
    try:
        number = Decimal(written.strip().strip(ignoring) if ignoring else written.strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < 30 else None


def degrees(raw: Raw, *, most: int) -> Cleaned[Decimal | None]:
    """A coordinate with six decimals; None outside of -most..most."""
    if raw is None or (isinstance(raw, str | bytes) and not text(raw).value):
        return Cleaned(None)
    number = _decimal(raw)
    if number is None or abs(number) > most:
        return Cleaned(None, "COORDINATE_INVALID")
    return Cleaned(number.quantize(Decimal("0.000001"), ROUND_HALF_UP))


def flag(raw: Raw, *, default: bool) -> Cleaned[bool]:
    """0 and 1, TRUE and FALSE in words, or the default for nothing."""
    written = (text(raw).value or "").lower()
    if written in _TRUE or written in _FALSE:
        return Cleaned(written in _TRUE)
    return Cleaned(default, "FLAG_INVALID" if written else None)


def choice(raw: Raw, allowed: Collection[str], default: str, code: str) -> Cleaned[str]:
    """One of the allowed words, whatever its case; anything else is the default, with this code."""
    written = text(raw).value
    if written is None:
        return Cleaned(default)
    return Cleaned(written.lower()) if written.lower() in allowed else Cleaned(default, code)


def instant(raw: Raw, clock: Clock, zone: tzinfo) -> Cleaned[datetime | None]:
    """A moment in UTC. Both separators and any number of decimals are read; an offset in the text wins."""
    written = text(raw).value
    if written is None:
        return Cleaned(None)
    match = _MOMENT.fullmatch(written)
    if match is None:
        return Cleaned(None, "TIME_INVALID")
    year, month, day, hour, minute, second, fraction, offset = match.groups()
    is_local = clock is Clock.LOCAL or (clock is Clock.LOCAL_WITH_FRACTION and fraction is not None)
    try:
        naive = datetime(  # noqa: DTZ001 - its zone follows.
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), _micros(fraction)
        )
        written_in = _offset(offset) if offset else zone if is_local else UTC
        moment = naive.replace(tzinfo=written_in).astimezone(UTC)
    except (ValueError, OverflowError):
        return Cleaned(None, "TIME_INVALID")
    return Cleaned(moment) if moment.year in _YEARS else Cleaned(None, "TIME_INVALID")


def _micros(fraction: str | None) -> int:
    return int(fraction[:6].ljust(6, "0")) if fraction else 0


def _offset(written: str) -> tzinfo:
    if written == "Z":
        return UTC
    size = timedelta(hours=int(written[1:3]), minutes=int(written[-2:]))
    return timezone(-size if written[0] == "-" else size)
