"""The state of the business at a glance."""

from datetime import date

from chalicelib.kit.models import Camel, Money
from chalicelib.sales.models.reports import Number


class HealthCount(Camel):
    """How many devices are in each class; unknown ones have no metrics yet."""

    critical: int
    warning: int
    ok: int
    good: int
    unknown: int


class OpenOrders(Camel):
    """How many orders are to be driven, and are being driven."""

    pending: int
    in_progress: int


class Kpis(Camel):
    """What a period brought, and how the fleet stands now."""

    start_date: date
    end_date: date
    revenue: Money
    units: int
    active_devices: int
    devices_by_health: HealthCount
    open_orders: OpenOrders
    average_fill_rate: Number
    sold_out_slots: int
