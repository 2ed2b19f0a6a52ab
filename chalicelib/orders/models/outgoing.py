"""What clients read about orders and visits: the contract's fields, and what the domain adds."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, PlainSerializer

from chalicelib.kit.models import Camel, Instant, Model

Number = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
"""An exact decimal here; a JSON number on the wire."""


class PreviewProduct(Camel):
    """What one product of a cabinet needs by the day of service."""

    product_id: int
    product_name: str
    order_quantity: int
    current_quantity: int
    par_level: int
    daily_velocity: Number


class PreviewCabinet(Camel):
    """A cabinet with something to bring."""

    cabinet_index: int
    cabinet_type: str
    total_units: int
    products: list[PreviewProduct]


class PreviewDevice(Camel):
    """A device with something to bring."""

    device_id: int
    asset: str
    location: str
    total_units: int
    cabinets: list[PreviewCabinet]


class IdleCabinet(Camel):
    """A cabinet that needs nothing."""

    device_id: int
    asset: str
    cabinet_index: int
    cabinet_type: str


class PreviewSelection(Camel):
    """A selected cabinet that does not exist."""

    device_id: int
    cabinet_index: int


class Preview(Camel):
    """What an order would hold."""

    route_id: int | str
    service_date: date
    days_until_service: int
    total_units: int
    total_products: int
    estimated_minutes: int
    travel_minutes: int | None
    devices: list[PreviewDevice]
    nothing_to_do: list[IdleCabinet]
    not_found: list[PreviewSelection]


class PickLine(Camel):
    """Units of a product to load for an order."""

    product_id: int
    product_name: str
    category: str
    quantity: int


class OrderCreated(Camel):
    """An order that was created; `id` is `orderId` again, for clients that look there."""

    order_id: int
    id: int
    total_units: int
    estimated_minutes: int
    service_date: date
    driver_id: int | None
    pick_list: list[PickLine]


class ListedOrder(Camel):
    """An order in the list."""

    id: int
    route_id: int | None
    route_name: str | None
    created_at: Instant
    created_by: str | None
    status: str
    priority: str
    service_date: date
    total_units: int
    delivered_units: int
    missing_units: int
    estimated_duration_minutes: int
    driver_id: int | None
    driver_name: str | None
    driver_email: str | None
    notes: str | None
    started_at: Instant | None
    completed_at: Instant | None
    cancelled_at: Instant | None
    cancel_reason: str | None
    last_modified: Instant
    sync_version: int
    version: int
    device_count: int
    device_id: int | None
    device_ids: list[int]
    item_count: int
    cabinet_count: int
    closed_cabinet_count: int
    percent_done: int
    photo_count: int
    location: str


class Pagination(Camel):
    """Where a page lies."""

    page: int
    per_page: int
    total: int
    pages: int


class OrderList(Camel):
    """Orders, newest first. `serverTime` is the next `since` of a phone."""

    orders: list[ListedOrder]
    avg_fill_rate: Number
    pagination: Pagination
    server_time: Instant


class OrderProduct(Camel):
    """What an order asks for in a cabinet, and what it got."""

    product_id: int
    product_name: str
    category: str
    quantity_needed: int
    quantity_filled: int | None
    shortfall: int | None


class OrderCabinet(Camel):
    """A cabinet of an order."""

    cabinet_order_id: int
    cabinet_id: int
    device_id: int
    asset: str
    cooler: str
    location: str | None
    address: str | None
    latitude: Number | None
    longitude: Number | None
    cabinet_index: int
    cabinet_type: str
    sequence_no: int | None
    status: str
    is_executed: bool
    started_at: Instant | None
    executed_at: Instant | None
    executed_by: str | None
    skip_reason: str | None
    service_visit_id: int | None
    delivered_units: int | None
    estimated_minutes: int
    fill_rate: Number
    products: list[OrderProduct]


class DeviceSummary(Camel):
    """A device of an order."""

    device_id: int
    asset: str
    cooler: str
    location: str | None
    address: str | None
    cabinet_count: int


class OrderDetail(ListedOrder):
    """An order with its cabinets and items, for the desktop and for a phone that goes offline."""

    cabinets: list[OrderCabinet]
    device_summary: list[DeviceSummary]


class Message(Camel):
    """A word of success."""

    success: bool = True
    message: str
    warnings: list[str] = Field(default_factory=list)


class OrderUpdated(Message):
    """An order that was changed, and where it stands now."""

    order_id: int
    status: str
    sync_version: int
    version: int


class StopUpdated(OrderUpdated):
    """A cabinet that was changed, and where its order stands now."""

    cabinet_order_id: int
    cabinet_status: str


class RolledBack(StopUpdated):
    """A delivery that was taken back."""

    service_visit_id: int
    units_returned: int


class Shortfall(Camel):
    """What a cabinet got less than it was to get (BR-118)."""

    product_id: int
    product_name: str
    quantity_needed: int
    quantity_filled: int
    missing: int


class DeliveryRecorded(Message):
    """A delivery that was recorded, in the words of both endpoints."""

    service_visit_id: int
    total_units: int
    order_id: int
    order_status: str
    cabinet_order_id: int
    all_cabinets_completed: bool
    shortfall: list[Shortfall]


class RawOrder(Model):
    """An order in the names of the database, as the phone's sync answers."""

    id: int
    route_id: int
    created_at: Instant
    created_by: str | None
    status: str
    total_units: int
    estimated_duration_minutes: int
    driver_id: int | None
    sync_version: int
    last_modified: Instant
    started_at: Instant | None
    completed_at: Instant | None
    notes: str | None


class Synced(Camel):
    """The outcome of a sync: applied, or in conflict with what the server has."""

    success: bool
    conflict: bool = False
    order: RawOrder | None = None
    server_version: OrderDetail | None = None
    message: str | None = None
    warnings: list[str] = Field(default_factory=list)


class PastVisit(Camel):
    """A visit in a device's history."""

    id: int
    route_id: int | None
    route_name: str | None
    service_date: Instant
    units_restocked: int
    service_type: str
    technician_id: int | None
    technician_name: str | None
    duration_minutes: int | None
    notes: str | None
    order_id: int | None


class VisitRecorded(Camel):
    """A visit that was recorded."""

    id: int
    message: str = "Service visit recorded successfully"


class Notification(Camel):
    """One line of a badge."""

    id: int
    type: str
    title: str
    message: str
    timestamp: int
    data: Mapping[str, int]
    read: bool


class PendingOrders(Camel):
    """How many orders wait, and the newest of them."""

    count: int
    notifications: list[Notification]
