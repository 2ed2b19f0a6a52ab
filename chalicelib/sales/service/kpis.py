"""The state of the business at a glance."""

from chalicelib.kit.call import Call
from chalicelib.sales.models.kpis import HealthCount, Kpis, OpenOrders
from chalicelib.sales.models.periods import Days
from chalicelib.sales.queries import kpis as queries
from chalicelib.sales.service.reports import period_or_week


def kpis(call: Call, asked: Days) -> Kpis:
    """Sales of a period, without days of the present week; and the fleet and its orders as they are now."""
    days = period_or_week(call, asked)
    found = queries.glance(call.db, days)
    if found is None:
        raise LookupError("The row of route_planning_settings is missing: the seed migration writes it.")
    return Kpis(
        start_date=days.start,
        end_date=days.end,
        revenue=found.revenue_cents,
        units=found.units,
        active_devices=found.devices,
        devices_by_health=HealthCount.model_validate(found),
        open_orders=OpenOrders(pending=found.orders_pending, in_progress=found.orders_in_progress),
        average_fill_rate=found.average_fill_rate,
        sold_out_slots=found.sold_out_slots,
    )
