"""What happens to orders, their cabinets and visits."""

from datetime import date
from typing import ClassVar

from chalicelib.fleet.events import OnDevice
from chalicelib.kit.events import Event, event


@event
class OrderEvent(Event):
    """Something that happened to an order."""

    resource: ClassVar[str] = "order"
    published: ClassVar[bool] = True


@event
class OrderCreated(OrderEvent):
    """Somebody planned an order."""

    action: ClassVar[str] = "order.created"
    route_id: int
    driver_id: int | None
    service_date: date
    cabinets: int
    total_units: int


@event
class OrderStarted(OrderEvent):
    """The driver set off, or somebody began the first cabinet."""

    action: ClassVar[str] = "order.started"
    driver_id: int | None


@event
class OrderCompleted(OrderEvent):
    """The last open cabinet was closed."""

    action: ClassVar[str] = "order.completed"
    delivered_units: int
    missing_units: int


@event
class OrderCancelled(OrderEvent):
    """Somebody called the order off."""

    action: ClassVar[str] = "order.cancelled"
    reason: str


@event
class OrderEdited(OrderEvent):
    """Somebody changed the order; `before` and `after` hold what differs."""

    action: ClassVar[str] = "order.edited"


@event
class StopEvent(OnDevice):
    """Something that happened to one cabinet of an order."""

    resource: ClassVar[str] = "order_cabinet"
    published: ClassVar[bool] = True
    order_id: int
    cabinet_id: int


@event
class StopStarted(StopEvent):
    """The driver opened the cabinet."""

    action: ClassVar[str] = "order_cabinet.started"


@event
class StopBackedOut(StopEvent):
    """The driver closed the cabinet again without delivering."""

    action: ClassVar[str] = "order_cabinet.backed_out"


@event
class StopExecuted(StopEvent):
    """Units were delivered."""

    action: ClassVar[str] = "order_cabinet.executed"
    visit_id: int
    units: int


@event
class StopSkipped(StopEvent):
    """The cabinet could not be serviced."""

    action: ClassVar[str] = "order_cabinet.skipped"
    reason: str


@event
class StopRolledBack(StopEvent):
    """A delivery was taken back."""

    action: ClassVar[str] = "order_cabinet.rolled_back"
    visit_id: int
    units: int
    reason: str


@event
class VisitRecorded(OnDevice):
    """A device was serviced without an order."""

    action: ClassVar[str] = "visit.recorded"
    resource: ClassVar[str] = "visit"
    published: ClassVar[bool] = True
    service_type: str
    units: int


@event
class PhotoEvent(Event):
    """Something that happened to a photo of an order."""

    resource: ClassVar[str] = "photo"
    published: ClassVar[bool] = True
    order_id: int


@event
class PhotoUploaded(PhotoEvent):
    """Somebody added a photo."""

    action: ClassVar[str] = "photo.uploaded"
    order_cabinet_id: int | None
    photo_type: str
    content_type: str
    size_bytes: int


@event
class PhotoWithdrawn(PhotoEvent):
    """An administrator took a photo out of sight, bytes and all."""

    action: ClassVar[str] = "photo.redacted"
    reason: str | None
