"""What happens to stock."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.fleet.events import OnDevice


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True, kw_only=True)
class StockLow(StockEvent):
    """A slot has a quarter of its par or less, and had more before."""

    action: ClassVar[str] = "stock.low"


@dataclass(frozen=True, kw_only=True)
class StockSoldOut(StockEvent):
    """A slot is empty, and was not before."""

    action: ClassVar[str] = "stock.sold_out"
