"""The rows of the demo fleet, one class a table; the fields are the columns."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass
class Category:
    id: int
    name: str
    sort_order: int


@dataclass
class Product:
    id: int
    sku: str
    name: str
    category_id: int
    price_cents: int
    cost_cents: int


@dataclass
class Location:
    id: int
    name: str
    address: str
    latitude: float
    longitude: float
    geocode_status: str = "ok"


@dataclass
class Route:
    id: int
    name: str
    route_number: int
    driver_id: int


@dataclass
class DriverHistory:
    id: int
    route_id: int
    driver_id: int
    assigned_at: datetime
    assigned_by: int


@dataclass
class Device:
    id: int
    asset: str
    nickname: str
    device_type_id: int
    location_id: int
    route_id: int | None
    model: str
    serial_number: str
    created_at: datetime


@dataclass
class Cabinet:
    id: int
    device_id: int
    cabinet_type_id: int
    cabinet_index: int
    rows: int
    cols: int
    created_at: datetime


@dataclass
class Planogram:
    id: int
    cabinet_id: int
    published_at: datetime
    updated_by: int
    created_at: datetime


@dataclass
class Slot:
    id: int
    planogram_id: int
    row_no: int
    col_no: int
    product_id: int | None
    quantity: int
    capacity: int
    par_level: int
    price_cents: int | None
    assigned_at: datetime | None
    created_at: datetime

    @property
    def need(self) -> int:
        return max(0, self.par_level - self.quantity)


@dataclass
class Sale:
    id: int
    device_id: int
    product_id: int
    slot_id: int
    units: int
    revenue_cents: int
    sold_at: datetime
    payment_kind: str
    source: str = "demo"


@dataclass
class Movement:
    id: int
    slot_id: int
    product_id: int
    delta: int
    kind: str
    quantity_after: int
    visit_item_id: int | None
    actor_id: int | None
    at: datetime


@dataclass
class Order:
    id: int
    route_id: int
    driver_id: int
    service_date: date
    status: str
    priority: str
    total_units: int
    estimated_minutes: int
    notes: str | None
    created_by: int
    created_at: datetime
    started_at: datetime | None = None
    completed_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancelled_by: int | None = None
    cancel_reason: str | None = None


@dataclass
class Stop:
    id: int
    service_order_id: int
    cabinet_id: int
    sequence_no: int
    status: str
    estimated_minutes: int
    created_at: datetime
    started_at: datetime | None = None
    executed_at: datetime | None = None
    executed_by: int | None = None
    skip_reason: str | None = None


@dataclass
class Item:
    id: int
    order_cabinet_id: int
    product_id: int
    quantity_needed: int
    quantity_filled: int | None = None


@dataclass
class Visit:
    id: int
    device_id: int
    order_cabinet_id: int
    route_id: int
    visited_at: datetime
    service_type: str
    technician_id: int
    units_restocked: int
    duration_minutes: int


@dataclass
class VisitItem:
    id: int
    visit_id: int
    slot_id: int
    product_id: int
    quantity_filled: int


@dataclass
class Transition:
    id: int
    service_order_id: int
    order_cabinet_id: int | None
    from_status: str | None
    to_status: str
    reason: str | None
    actor_id: int
    at: datetime
