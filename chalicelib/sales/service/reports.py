"""The sales reports of a period."""

from collections.abc import Sequence

from chalicelib.kit.call import Call
from chalicelib.sales import rules
from chalicelib.sales.errors import DatesMissing
from chalicelib.sales.models.periods import Days, SummaryAsked
from chalicelib.sales.models.reports import (
    AssetReport,
    AssetRow,
    AssetTotals,
    DaySummary,
    DeviceSold,
    DeviceSummary,
    ProductReport,
    ProductRow,
    ProductSold,
    ProductSummary,
)
from chalicelib.sales.queries import reports
from chalicelib.sales.rules import Period
from chalicelib.sales.service.periods import checked, period


def summary(call: Call, asked: SummaryAsked) -> list[DeviceSummary] | list[ProductSummary] | list[DaySummary]:
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


def of_assets(call: Call, asked: Days) -> AssetReport:
    """The sales of every live device; without days, of the present week."""
    days = period_or_week(call, asked)
    sold = reports.of_devices(call.db, days)
    return AssetReport(
        start_date=days.start,
        end_date=days.end,
        days_in_range=days.days,
        devices=_asset_rows(sold, days),
        totals=AssetTotals(
            total_transactions=sum(device.transactions for device in sold),
            total_units=sum(device.units for device in sold),
            total_sales=sum(device.revenue_cents for device in sold),
            daily_average=rules.divided(sum(device.revenue_cents for device in sold), days.days) or 0,
        ),
    )


def _asset_rows(sold: Sequence[DeviceSold], days: Period) -> list[AssetRow]:
    whole = sum(device.revenue_cents for device in sold)
    cuts = rules.quartile_cuts([device.revenue_cents for device in sold])
    return [
        AssetRow(
            device_id=device.device_id,
            asset=device.asset,
            cooler=device.cooler,
            location=device.location,
            route_name=device.route_name,
            route_number=device.route_number,
            total_transactions=device.transactions,
            total_units=device.units,
            total_sales=device.revenue_cents,
            daily_average=rules.divided(device.revenue_cents, days.days) or 0,
            revenue_per_unit=rules.divided(device.revenue_cents, device.units),
            average_ticket=rules.divided(device.revenue_cents, device.transactions),
            active_days=device.active_days,
            first_sale_date=device.first_day,
            last_sale_date=device.last_day,
            share_percent=rules.percent_of(device.revenue_cents, whole),
            quartile=rules.quartile(device.revenue_cents, cuts),
        )
        for device in sold
    ]


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
