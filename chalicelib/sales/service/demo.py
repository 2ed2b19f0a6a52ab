"""Made-up sales, for trying the system out; never in production, and never instead of real ones."""

from datetime import timedelta

from chalicelib.kit.call import Call
from chalicelib.kit.settings import settings
from chalicelib.sales import rules
from chalicelib.sales.errors import (
    DemoDaysOutOfOrder,
    DemoInProduction,
    DemoTooLong,
    DemoTooMuch,
    NoDevices,
    NoProducts,
)
from chalicelib.sales.events import DemoSalesMade
from chalicelib.sales.models.demo import LONGEST_DAYS, DemoAsked, DemoMade
from chalicelib.sales.queries import demo, reports
from chalicelib.sales.rules import Period

MOST_DEVICE_DAYS = 50_000


def make_demo_sales(call: Call, asked: DemoAsked) -> DemoMade:
    """Make up sales for the devices there are; with `clear_existing`, take earlier made-up ones away first."""
    if settings().stage == "prod":
        raise DemoInProduction
    days = _days(call, asked)
    _check_amount(call, asked, days)
    removed = demo.remove(call.db) if asked.clear_existing else 0
    created = demo.make(call.db, days, asked.devices_per_day, call.now)
    call.record(DemoSalesMade(first_day=days.start, last_day=days.end, created=created, removed=removed))
    return DemoMade(
        success=True,
        count=created,
        sales_created=created,
        sales_removed=removed,
        days_of_data=days.days,
        date_from=days.start,
        date_to=days.end,
        start_date=days.start,
        end_date=days.end,
    )


def _days(call: Call, asked: DemoAsked) -> Period:
    today = rules.day_of(call.now, reports.company(call.db).time_zone)
    last = asked.date_to or today
    days = Period(asked.date_from or last - timedelta(days=asked.days - 1), last)
    if days.start > days.end:
        raise DemoDaysOutOfOrder
    if days.days > LONGEST_DAYS:
        raise DemoTooLong
    return days


def _check_amount(call: Call, asked: DemoAsked, days: Period) -> None:
    devices = demo.live_devices(call.db)
    if not devices:
        raise NoDevices
    if not demo.live_products(call.db):
        raise NoProducts
    if devices * days.days * asked.devices_per_day > MOST_DEVICE_DAYS:
        raise DemoTooMuch(most_device_days=MOST_DEVICE_DAYS)
