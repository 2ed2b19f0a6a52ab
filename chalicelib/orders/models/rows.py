"""Orders, their cabinets and visits as the services handle them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from chalicelib.kit.values import value
from chalicelib.orders.rules.loading import Load
from chalicelib.orders.rules.machine import OrderStatus, StopStatus

Priority = Literal["normal", "high", "urgent"]
ServiceType = Literal["routine", "emergency", "maintenance"]


@value
class Order:
    """A service order, locked."""

    id: int
    route_id: int
    driver_id: int | None
    service_date: date
    status: OrderStatus
    priority: Priority
    total_units: int
    estimated_minutes: int
    notes: str | None
    created_at: datetime
    started_at: datetime | None
    completed_at: datetime | None
    cancelled_at: datetime | None
    cancelled_by: int | None
    cancel_reason: str | None
    sync_version: int
    version: int
    updated_at: datetime


@value
class Stop:
    """A cabinet of a service order, locked."""

    id: int
    cabinet_id: int
    device_id: int
    asset: str
    cabinet_index: int
    status: StopStatus
    started_at: datetime | None
    executed_at: datetime | None
    executed_by: int | None
    skip_reason: str | None


@value
class Step:
    """A step of an order (no `stop_id`) or of one of its cabinets."""

    stop_id: int | None
    from_status: str | None
    to_status: str
    reason: str | None


@value
class Terms:
    """The settings that orders go by."""

    time_zone: str
    minutes_per_cabinet: int
    horizon_days: int
    photos_required: bool


@value
class Cabinet:
    """A cabinet that somebody selected for an order."""

    cabinet_id: int
    device_id: int
    cabinet_index: int
    type_name: str
    asset: str
    location: str | None
    address: str | None
    route_id: int | None
    open_order_id: int | None
    """The open order that it is in, if any; not counting the one that is being edited."""


@value
class OrderedItem:
    """What an order asks for in one cabinet."""

    stop_id: int
    product_id: int
    quantity_needed: int


@value(kw_only=True)
class Delivery:
    """What was delivered to one cabinet, ready to be written."""

    stop_id: int
    device_id: int
    loads: tuple[Load, ...]
    units_of: Mapping[int, int]
    service_type: ServiceType
    at: datetime
    minutes: int
    notes: str | None

    @property
    def units(self) -> int:
        """All units."""
        return sum(load.units for load in self.loads)


@value
class Visit:
    """A live visit to a cabinet of an order."""

    id: int
    stop_id: int
    technician_id: int
    created_at: datetime
    units: int


@value
class VisitItem:
    """Units of a visit in one slot, and what the slot holds now."""

    id: int
    slot_id: int | None
    product_id: int
    units: int
    position: str | None
    product_now: int | None
    quantity_now: int | None


@value
class VisitSite:
    """A live device that is visited without an order."""

    route_id: int | None
