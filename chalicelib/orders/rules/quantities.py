"""What an order has to bring, on which days, and how long it takes (§7.7 to 7.9, BR-090, BR-127)."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from chalicelib.kit.values import value
from chalicelib.orders.errors import ServiceDateRefused

CLOCK_SKEW = timedelta(minutes=5)
"""How far a phone's clock may run ahead."""

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

REPEATED_WITHIN = timedelta(minutes=1)
"""A client that lost an answer asks again within this time (contract)."""

LONGEST_VISIT_MINUTES = 24 * 60


@value
class ProductStock:
    """One product in one cabinet. `short` is what its slots lack to their pars, each slot by itself."""

    cabinet_id: int
    device_id: int
    product_id: int
    product_name: str
    category: str
    quantity: int
    par_level: int
    capacity: int
    short: int
    device_capacity: int
    """Capacity of all the device's slots of this product."""


def order_quantity(stock: ProductStock, per_day: Fraction, days: int) -> int:
    """Units to bring to a cabinet in `days` days, when it sells `per_day` of the product (§7.8).

    `round(P - max(0, Q - V*h))` of the whole product, but never less than what its slots lack today (§7.7): an
    over-full slot does not cancel a short one. Never more than the slots can hold.
    """
    if stock.par_level <= 0:
        return 0
    expected = max(Fraction(0), stock.quantity - per_day * days)
    needed = half_up(max(Fraction(0), stock.par_level - expected))
    return min(stock.capacity, max(stock.short, needed))


def share_of_cabinet(device_per_day: Fraction, stock: ProductStock) -> Fraction:
    """The cabinet's part of what the device sells of a product, by capacity (§7.1)."""
    return device_per_day * stock.capacity / stock.device_capacity if stock.device_capacity else Fraction(0)


def half_up(value: Fraction) -> int:
    """Rounded half up; for values of zero and more."""
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


@value
class Calendar:
    """The days that can be planned, as seen at one moment."""

    now: datetime
    zone: str
    horizon_days: int

    @property
    def today(self) -> date:
        """The present day of the company."""
        return self.now.astimezone(ZoneInfo(self.zone)).date()

    def service_day(self, text: str) -> date:
        """The day that a planner asks for.

        Browsers reckon in UTC: around midnight their day is the company's neighbour, so both count as today.
        """
        try:
            day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
        except ValueError:
            day = None
        if day is None:
            raise ServiceDateRefused
        browsers_today = self.now.astimezone(UTC).date()
        if day < min(self.today, browsers_today):
            raise ServiceDateRefused("Service date cannot be in the past")
        if day > max(self.today, browsers_today) + timedelta(days=self.horizon_days):
            raise ServiceDateRefused(f"Service date cannot be more than {self.horizon_days} days in future")
        return day

    def days_until(self, day: date) -> int:
        """Days of sales until then; none when the day has come."""
        return max(0, (day - self.today).days)


def plausible(client_time: datetime | None, *, now: datetime, created_at: datetime) -> tuple[datetime, str | None]:
    """The phone's time if it can be true, else ours with a warning (BR-127)."""
    if client_time is None:
        return now, None
    if created_at <= client_time <= now + CLOCK_SKEW:
        return client_time, None
    return now, f"The time {client_time.isoformat()} cannot be right; the server's time was taken."


def visit_minutes(started_at: datetime | None, ended_at: datetime, otherwise: int) -> int:
    """Whole minutes of a visit; the usual ones when nobody noted its start (BR-116)."""
    if started_at is None:
        return otherwise
    minutes = (ended_at - started_at) // timedelta(minutes=1)
    return min(LONGEST_VISIT_MINUTES, max(0, minutes))


def decimal(value: Fraction) -> Decimal:
    """A value of zero and more with four decimals, rounded half up, for showing."""
    return Decimal(half_up(value * 10_000)).scaleb(-4)
