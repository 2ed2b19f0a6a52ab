"""How fast things sell and how long they last (domain.md 7.1 to 7.6): exact, and rounded at the last step only."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from chalicelib.kit.values import value

Source = Literal["28d", "history", "default"]
Health = Literal["critical", "warning", "ok", "good"]
Priority = Literal["critical", "high", "medium", "low", "none"]

WINDOW_DAYS = 28
WINDOW = timedelta(days=WINDOW_DAYS)
LONGEST_DRI = 999
DEFAULT_PER_DAY = Fraction(1, 10)
"""Stands in for a product that never sold; good for days of inventory, never for consumption."""


@value
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
    if capacity == product_capacity:
        return whole
    per_day = Fraction(whole.per_day.numerator * capacity, whole.per_day.denominator * product_capacity)
    return Velocity(per_day, whole.source)


def added(parts: Iterable[tuple[int, int]]) -> Fraction:
    """The sum of fractions given as numerator and denominator; what has the same denominator is added as it stands.

    Thousands of slots have few denominators, and adding two fractions finds a greatest common divisor each time.
    """
    numerators: defaultdict[int, int] = defaultdict(int)
    for numerator, denominator in parts:
        numerators[denominator] += numerator
    return sum((Fraction(numerator, denominator) for denominator, numerator in numerators.items()), Fraction(0))


def half_up(value: Fraction, decimals: int = 0) -> Decimal:
    """Rounded half up, exactly: a float would make 62.2 of 62.25."""
    numerator, denominator = 2 * abs(value.numerator) * 10**decimals, value.denominator
    whole = (numerator // denominator + 1) // 2
    return Decimal(whole if value.numerator >= 0 else -whole).scaleb(-decimals)


def days_remaining(quantity: int, per_day: Fraction) -> int:
    """Whole days that a quantity lasts (7.2): 0 of nothing, 999 where nothing sells."""
    if quantity <= 0:
        return 0
    if per_day.numerator <= 0:
        return LONGEST_DRI
    return min(LONGEST_DRI, quantity * per_day.denominator // per_day.numerator)


@value
class SlotFigures:
    """The figures of an occupied slot (7.2)."""

    quantity: int
    capacity: int
    is_sold_out: bool
    dri_days: int
    product_level_percent: int
    units_to_par: int
    units_to_capacity: int
    velocity: Velocity


def slot_figures(quantity: int, capacity: int, par_level: int, velocity: Velocity) -> SlotFigures:
    """The figures of an occupied slot with its own share of the velocity; an over-full slot counts as full."""
    level = (200 * quantity + capacity) // (2 * capacity) if capacity > 0 else 0
    return SlotFigures(
        quantity=quantity,
        capacity=capacity,
        is_sold_out=quantity == 0,
        dri_days=days_remaining(quantity, velocity.per_day),
        product_level_percent=max(0, min(100, level)),
        units_to_par=max(0, par_level - quantity),
        units_to_capacity=capacity - quantity,
        velocity=velocity,
    )


@value
class Totals:
    """The figures of a cabinet or a device (7.3)."""

    slots: int
    sold_out_count: int
    dri_days: int
    product_level_percent: Decimal | None
    units_to_par: int
    per_day: Fraction

    @property
    def daily_consumption(self) -> Decimal:
        """Units a day, to two decimals."""
        return half_up(self.per_day, 2)


def totals(slots: Collection[SlotFigures]) -> Totals:
    """Sums over the slots; sold-out ones never pull the days down to 0, and guessed velocities are not consumption."""
    counted = [slot for slot in slots if slot.capacity > 0]
    capacity = sum(slot.capacity for slot in counted)
    level = Fraction(100 * sum(slot.quantity for slot in counted), capacity) if capacity else None
    return Totals(
        slots=len(counted),
        sold_out_count=sum(slot.is_sold_out for slot in counted),
        dri_days=min((slot.dri_days for slot in counted if slot.quantity > 0), default=LONGEST_DRI),
        product_level_percent=None if level is None else min(Decimal("100.0"), half_up(level, 1)),
        units_to_par=sum(slot.units_to_par for slot in counted),
        per_day=added(slot.velocity.per_day.as_integer_ratio() for slot in counted if slot.velocity.is_observed),
    )


def fill_rate(stocks: Collection[tuple[int, int]]) -> Decimal:
    """The mean of quantity by capacity over slots that can hold something, in percent (7.5); 0 without any."""
    ratios = [stock for stock in stocks if stock[1] > 0]
    return half_up(100 * added(ratios) / len(ratios), 1) if ratios else Decimal("0.0")


def days_since(moment: datetime | None, now: datetime) -> Decimal | None:
    """Days from a moment until now, to one decimal (7.3)."""
    if moment is None:
        return None
    return half_up(Fraction((now - moment) // timedelta(microseconds=1), 86_400_000_000), 1)


@value
class Thresholds:
    """Up to how many days of inventory a machine is critical, in warning, or all right."""

    critical: int = 1
    warning: int = 3
    ok: int = 7


def health(dri_days: int, thresholds: Thresholds) -> Health:
    """The class of a machine for route planning (7.4)."""
    if dri_days <= thresholds.critical:
        return "critical"
    if dri_days <= thresholds.warning:
        return "warning"
    return "ok" if dri_days <= thresholds.ok else "good"


_URGENCY: dict[Health, int] = {"critical": 0, "warning": 1, "ok": 2, "good": 3}


def stop_order(figures: Totals, thresholds: Thresholds, asset: str) -> tuple[int, int, int, str]:
    """The key that sorts the stops of a route (7.4): class, most sold out, fewest days, asset."""
    return _URGENCY[health(figures.dri_days, thresholds)], -figures.sold_out_count, figures.dri_days, asset


def priority(quantity: int, par_level: int) -> Priority:
    """How urgently a slot wants filling (7.6); nothing is urgent where nothing is wanted."""
    if par_level <= 0:
        return "none"
    ratio = Fraction(quantity, par_level)
    if ratio <= Fraction(1, 4):
        return "critical"
    if ratio <= Fraction(1, 2):
        return "high"
    return "medium" if ratio <= Fraction(3, 4) else "low"


def suggested_par(capacity: int, observed_per_day: Fraction, *, season_percent: int = 0) -> int:
    """A par for a slot by what it sold in the last 28 days (7.6), raised or lowered by the season."""
    if observed_per_day > 1:
        percent = Fraction(185, 2)
    elif observed_per_day >= Fraction(3, 10):
        percent = Fraction(165, 2)
    else:
        percent = Fraction(75) if observed_per_day > 0 else Fraction(50)
    wanted = half_up(capacity * percent / 100 * Fraction(100 + season_percent, 100))
    return max(1, min(capacity, int(wanted)))
