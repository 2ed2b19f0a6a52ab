"""What happens to orders, their cabinets and visits."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from chalicelib.fleet.events import OnDevice
from chalicelib.kit.events import Event


@dataclass(frozen=True, kw_only=True)
class OrderEvent(Event):
    """Something that happened to an order."""

    resource: ClassVar[str] = "order"
    published: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class OrderCreated(OrderEvent):
    """Somebody planned an order."""

    action: ClassVar[str] = "order.created"
    route_id: int
    driver_id: int | None
    service_date: date
    cabinets: int
    total_units: int


@dataclass(frozen=True, kw_only=True)
class OrderStarted(OrderEvent):
    """The driver set off, or somebody began the first cabinet."""

    action: ClassVar[str] = "order.started"
    driver_id: int | None


@dataclass(frozen=True, kw_only=True)
class OrderCompleted(OrderEvent):
    """The last open cabinet was closed."""

    action: ClassVar[str] = "order.completed"
    delivered_units: int
    missing_units: int


@dataclass(frozen=True, kw_only=True)
class OrderCancelled(OrderEvent):
    """Somebody called the order off."""

    action: ClassVar[str] = "order.cancelled"
    reason: str


@dataclass(frozen=True, kw_only=True)
class OrderEdited(OrderEvent):
    """Somebody changed the order; `before` and `after` hold what differs."""

    action: ClassVar[str] = "order.edited"


@dataclass(frozen=True, kw_only=True)
class StopEvent(OnDevice):
    """Something that happened to one cabinet of an order."""

    resource: ClassVar[str] = "order_cabinet"
    published: ClassVar[bool] = True
    order_id: int
    cabinet_id: int


@dataclass(frozen=True, kw_only=True)
class StopStarted(StopEvent):
    """The driver opened the cabinet."""

    action: ClassVar[str] = "order_cabinet.started"


@dataclass(frozen=True, kw_only=True)
class StopBackedOut(StopEvent):
    """The driver closed the cabinet again without delivering."""

    action: ClassVar[str] = "order_cabinet.backed_out"


@dataclass(frozen=True, kw_only=True)
class StopExecuted(StopEvent):
    """Units were delivered."""

    action: ClassVar[str] = "order_cabinet.executed"
    visit_id: int
    units: int


@dataclass(frozen=True, kw_only=True)
class StopSkipped(StopEvent):
    """The cabinet could not be serviced."""

    action: ClassVar[str] = "order_cabinet.skipped"
    reason: str


@dataclass(frozen=True, kw_only=True)
class StopRolledBack(StopEvent):
    """A delivery was taken back."""

    action: ClassVar[str] = "order_cabinet.rolled_back"
    visit_id: int
    units: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class VisitRecorded(OnDevice):
    """A device was serviced without an order."""

    action: ClassVar[str] = "visit.recorded"
    resource: ClassVar[str] = "visit"
    published: ClassVar[bool] = True
    service_type: str
    units: int


@dataclass(frozen=True, kw_only=True)
class PhotoEvent(Event):
    """Something that happened to a photo of an order."""

    resource: ClassVar[str] = "photo"
    published: ClassVar[bool] = True
    order_id: int


@dataclass(frozen=True, kw_only=True)
class PhotoUploaded(PhotoEvent):
    """Somebody added a photo."""

    action: ClassVar[str] = "photo.uploaded"
    order_cabinet_id: int | None
    photo_type: str
    content_type: str
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class PhotoWithdrawn(PhotoEvent):
    """An administrator took a photo out of sight, bytes and all."""

    action: ClassVar[str] = "photo.redacted"
    reason: str | None
