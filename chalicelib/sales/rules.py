"""Days, weeks and months of the company, and the arithmetic of reports (domain.md 7.10)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from chalicelib.kit.values import value

Tier = Literal["champion", "nearly", "great progress", "building"]

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@value
class Period:
    """Days, both ends included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days."""
        return (self.end - self.start).days + 1


def day_of(moment: datetime, zone: str) -> date:
    """The company's day on which a moment lies."""
    return moment.astimezone(ZoneInfo(zone)).date()


def start_of(day: date, zone: str) -> datetime:
    """The moment at which a day of the company begins."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def week_of(day: date, week_start: int) -> Period:
    """The week of a day; weeks begin on `week_start`, 0 for Sunday to 6 for Saturday."""
    start = day - timedelta(days=(day.isoweekday() - week_start) % 7)
    return Period(start, start + timedelta(days=6))


def week_before(week: Period) -> Period:
    """The week before a week."""
    return Period(week.start - timedelta(days=7), week.end - timedelta(days=7))


def last_months(day: date, count: int) -> list[date]:
    """The first days of the last months, the present one included, oldest first."""
    present = day.year * 12 + day.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(present - count + 1, present + 1)]


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Rounded half up."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def divided(cents: int, by: int) -> int | None:
    """Whole cents, rounded half up (away from zero); nothing when divided by nothing."""
    if not by:
        return None
    whole = (2 * abs(cents) + abs(by)) // (2 * abs(by))
    return whole if (cents < 0) == (by < 0) else -whole


def growth_percent(current: int, previous: int) -> Decimal:
    """By how many percent something grew, to one decimal; from nothing to something is 100."""
    if previous == 0:
        return Decimal("100.0") if current > 0 else Decimal("0.0")
    return rounded(Decimal(current - previous) / previous * 100, 1)


@value
class Achievement:
    """How far the month has come."""

    progress: Decimal
    remaining_cents: int
    tier: Tier


def achievement(revenue_cents: int, target_cents: int) -> Achievement:
    """The month's revenue against its target: at most 100 percent, never less than nothing remaining."""
    exact = Decimal(revenue_cents) / target_cents * 100
    tier: Tier = "building"
    if exact >= 100:
        tier = "champion"
    elif exact >= 75:
        tier = "nearly"
    elif exact >= 50:
        tier = "great progress"
    return Achievement(min(Decimal("100.0"), rounded(exact, 1)), max(0, target_cents - revenue_cents), tier)


@value
class Shelf:
    """A slot that may have held what was sold."""

    slot_id: int
    quantity: int


@value
class Draw:
    """Units that a sale takes from a slot, and how many of them the slot did not have on record."""

    slot_id: int
    units: int
    missing: int


def draw(units: int, shelves: Sequence[Shelf]) -> list[Draw]:
    """Take a sale from slots, the fullest first (BR-103); what none has on record is missing from the fullest.

    `shelves` come in the order of their positions, which decides between equals.
    """
    fullest_first = sorted(shelves, key=lambda shelf: -shelf.quantity)
    draws: list[Draw] = []
    left = units
    for shelf in fullest_first:
        if taken := min(left, shelf.quantity):
            draws.append(Draw(shelf.slot_id, taken, 0))
            left -= taken
    if left and fullest_first:
        slot_id = fullest_first[0].slot_id
        first = draws.pop(0) if draws else Draw(slot_id, 0, 0)
        draws.insert(0, Draw(slot_id, first.units + left, left))
    return draws


def money(cents: int, currency: str) -> str:
    """An amount for a person, as `$12.00`."""
    sign, whole = ("-", -cents) if cents < 0 else ("", cents)
    symbol = "$" if currency == "USD" else f"{currency} "
    return f"{sign}{symbol}{whole // 100}.{whole % 100:02d}"
