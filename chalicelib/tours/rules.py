"""Arithmetic of how routes and drivers did."""

from decimal import ROUND_HALF_UP, Decimal

_TENTH = Decimal("0.1")


def percent(part: int, whole: int) -> Decimal | None:
    """A part in percent, to one decimal, rounded half up; of nothing, nothing."""
    return mean(100 * part, whole)


def mean(total: int, count: int) -> Decimal | None:
    """The mean, to one decimal, rounded half up; of nothing, nothing."""
    return (Decimal(total) / count).quantize(_TENTH, ROUND_HALF_UP) if count else None
