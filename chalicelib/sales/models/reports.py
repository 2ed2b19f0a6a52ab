"""What reports and dashboards say."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import PlainSerializer

from chalicelib.kit.models import Camel, Instant, Model, Money
from chalicelib.kit.values import value
from chalicelib.sales.rules import Tier

Number = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
"""An exact decimal here; a JSON number on the wire."""


@value
class Company:
    """How the company counts its days and what it aims for."""

    time_zone: str
    currency: str
    week_start: int
    monthly_revenue_target_cents: int
    milestone_month_cents: int


@value
class ProductSold:
    """What was sold of a product in a period."""

    product_id: int
    name: str
    category: str
    price_cents: int
    is_deleted: bool
    units: int
    revenue_cents: int


@value
class WeekSold:
    """What live devices took in this week and the week before, and where most of it this week."""

    devices: int
    current_cents: int
    previous_cents: int
    top_place: str | None
    top_cents: int


@value
class Leader:
    """The best device or place of a week, or the device that grew most, with what it took in in two weeks."""

    of: Literal["device", "place", "growth"]
    name: str
    current_cents: int
    previous_cents: int


@value
class MonthSold:
    """What was taken in in a month."""

    month: date
    revenue_cents: int


class DeviceSummary(Camel):
    """The sales of a device."""

    device_id: int
    asset: str
    cooler: str
    total_transactions: int
    total_units: int
    total_cash: Money


class ProductSummary(Camel):
    """The sales of a product."""

    product_id: int
    name: str
    category: str
    total_transactions: int
    total_units: int
    total_cash: Money


class DaySummary(Camel):
    """The sales of a day."""

    date: date
    total_transactions: int
    unique_devices: int
    unique_products: int
    total_units: int
    total_cash: Money


class AssetRow(Camel):
    """A device in the asset report."""

    device_id: int
    asset: str
    cooler: str
    location: str
    route_name: str
    route_number: int | None
    total_transactions: int
    total_units: int
    total_sales: Money
    daily_average: Money
    revenue_per_unit: Money | None
    average_ticket: Money | None
    active_days: int
    first_sale_date: date | None
    last_sale_date: date | None
    share_percent: Number
    quartile: int | None


class AssetTotals(Camel):
    """All devices of the asset report together."""

    total_transactions: int
    total_units: int
    total_sales: Money
    daily_average: Money


class AssetReport(Camel):
    """The sales of every live device in a period."""

    start_date: date
    end_date: date
    days_in_range: int
    devices: Sequence[AssetRow]
    totals: AssetTotals


class ProductRow(Camel):
    """A product in the product report."""

    product_id: int
    product_name: str
    category: str
    price: Money
    total_sales: Money
    total_units: int
    daily_average: Money
    deleted: bool


class ProductReport(Camel):
    """The sales of every product that was sold in a period, on all devices."""

    products: Sequence[ProductRow]
    days_in_range: int


class Weekly(Camel):
    """The present week; growth against the whole week before, and against the same part of it."""

    weekly_revenue: Money
    weekly_growth: Number
    previous_week_revenue: Money
    growth_to_date: Number
    previous_week_revenue_to_date: Money
    device_count: int
    avg_revenue_per_device: Money
    top_location: str
    top_location_revenue: Money
    week_start: Instant
    week_end: Instant


class TimelineMonth(Model):
    """A month on the way."""

    period: str
    revenue: Money
    milestone: bool
    month: int
    year: int


class MonthAchievement(Model):
    """How far the month has come towards its target."""

    title: str
    description: str
    progress: Number
    target: Money
    current: Money
    remaining: Money
    tier: Tier


class Performer(Model):
    """Somebody at the top."""

    title: str
    name: str
    value: str
