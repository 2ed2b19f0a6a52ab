"""What happens to stock."""

from typing import ClassVar

from chalicelib.fleet.events import OnDevice
from chalicelib.kit.events import event


@event
class SlotCounted(OnDevice):
    """Somebody counted a slot."""

    action: ClassVar[str] = "slot.counted"
    resource: ClassVar[str] = "slot"
    published: ClassVar[bool] = True

    position: str
    product_id: int
    counted: int
    delta: int
    note: str | None = None


@event
class StockEvent(OnDevice):
    """The units of a slot went down past a threshold. It follows from a movement, which has its own audit line."""

    resource: ClassVar[str] = "slot"
    published: ClassVar[bool] = True
    audited: ClassVar[bool] = False

    cabinet_id: int
    position: str
    product_id: int
    quantity: int
    par_level: int
    capacity: int


@event
class StockLow(StockEvent):
    """A slot has a quarter of its par or less, and had more before."""

    action: ClassVar[str] = "stock.low"


@event
class StockSoldOut(StockEvent):
    """A slot is empty, and was not before."""

    action: ClassVar[str] = "stock.sold_out"
