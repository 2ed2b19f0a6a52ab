"""How fast things sell and how long they last (domain.md 7.1 to 7.6): exact, and rounded at the last step only."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Source = Literal["28d", "history", "default"]
Health = Literal["critical", "warning", "ok", "good"]
Priority = Literal["critical", "high", "medium", "low", "none"]

WINDOW_DAYS = 28
WINDOW = timedelta(days=WINDOW_DAYS)
LONGEST_DRI = 999
DEFAULT_PER_DAY = Fraction(1, 10)
"""Stands in for a product that never sold; good for days of inventory, never for consumption."""


@dataclass(frozen=True)
class Velocity:
    """Units of a product that a device sells in a day, and what that is known from."""

    per_day: Fraction
    source: Source

    @property
    def units_per_day(self) -> Decimal:
        """The same as a decimal number."""
        return Decimal(self.per_day.numerator) / Decimal(self.per_day.denominator)

    @property
    def is_observed(self) -> bool:
        """Whether it comes from sales, and so may be summed up and planned with."""
        return self.source != "default"


def velocity(units_28d: int, units_all_time: int, first_sold_at: datetime | None, now: datetime) -> Velocity:
    """Daily velocity of a product in a device (7.1): of the last 28 calendar days, else of all time, else a guess."""
    if units_28d > 0:
        return Velocity(Fraction(units_28d, WINDOW_DAYS), "28d")
    if units_all_time > 0 and first_sold_at is not None and first_sold_at < now:
        microseconds = (now - first_sold_at) // timedelta(microseconds=1)
        days = max(Fraction(microseconds, 86_400_000_000), Fraction(1))
        return Velocity(units_all_time / days, "history")
    return Velocity(DEFAULT_PER_DAY, "default")


def share_of_slot(whole: Velocity, capacity: int, product_capacity: int) -> Velocity:
    """A slot's part of its product's velocity, by capacity (7.1): all parts together are the whole."""
    if product_capacity <= 0:
        return Velocity(Fraction(0), whole.source)
    return Velocity(whole.per_day * Fraction(capacity, product_capacity), whole.source)


def half_up(value: Fraction, decimals: int = 0) -> Decimal:
    """Rounded half up, exactly: a float would make 62.2 of 62.25."""
    scale = 10**decimals
    doubled = abs(value) * scale * 2
    whole = (doubled.numerator // doubled.denominator + 1) // 2
    return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)


def days_remaining(quantity: int, per_day: Fraction) -> int:
    """Whole days that a quantity lasts (7.2): 0 of nothing, 999 where nothing sells."""
    if quantity <= 0:
        return 0
    if per_day <= 0:
        return LONGEST_DRI
    return min(LONGEST_DRI, int(quantity // per_day))
