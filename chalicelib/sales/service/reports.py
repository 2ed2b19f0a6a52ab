"""The sales reports of a period."""

from chalicelib.kit.answer import Json
from chalicelib.kit.call import Call
from chalicelib.sales import rules
from chalicelib.sales.errors import DatesMissing
from chalicelib.sales.models.periods import Days, SummaryAsked
from chalicelib.sales.models.reports import (
    AssetReport,
    DaySummary,
    DeviceSummary,
    ProductReport,
    ProductRow,
    ProductSold,
    ProductSummary,
)
from chalicelib.sales.queries import asset_report, reports
from chalicelib.sales.rules import Period
from chalicelib.sales.service.periods import checked, period


def summary(call: Call, asked: SummaryAsked) -> Json[list[DeviceSummary] | list[ProductSummary] | list[DaySummary]]:
    """The sales summed up by device, by product, or else by day."""
    checked(asked.start_date, asked.end_date)
    if asked.group_by == "device":
        return reports.by_device(call.db, asked.start_date, asked.end_date, asked)
    if asked.group_by == "product":
        return reports.by_product(call.db, asked.start_date, asked.end_date, asked)
    return reports.by_day(call.db, asked.start_date, asked.end_date, asked)


def period_or_week(call: Call, asked: Days) -> Period:
    """The days asked for; an end that is left out is that of the present week."""
    company = reports.company(call.db)
    week = rules.week_of(rules.day_of(call.now, company.time_zone), company.week_start)
    return period(asked.start_date or week.start, asked.end_date or week.end)


def of_assets(call: Call, asked: Days) -> Json[AssetReport]:
    """The sales of every live device; without days, of the present week."""
    return asset_report.of_devices(call.db, period_or_week(call, asked))


def of_products(call: Call, asked: Days) -> ProductReport:
    """The sales of every product that was sold, on all devices, also since deleted ones (BR-151)."""
    if asked.start_date is None or asked.end_date is None:
        raise DatesMissing
    days = period(asked.start_date, asked.end_date)
    return ProductReport(
        products=[_product_row(product, days) for product in reports.of_products(call.db, days)],
        days_in_range=days.days,
    )


def _product_row(product: ProductSold, days: Period) -> ProductRow:
    return ProductRow(
        product_id=product.product_id,
        product_name=product.name,
        category=product.category,
        price=product.price_cents,
        total_sales=product.revenue_cents,
        total_units=product.units,
        daily_average=rules.divided(product.revenue_cents, days.days) or 0,
        deleted=product.is_deleted,
    )
