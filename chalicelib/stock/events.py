"""What happens to stock."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.kit.events import Event


@dataclass(frozen=True, kw_only=True)
class SlotCounted(Event):
    """Somebody counted a slot."""

    action: ClassVar[str] = "slot.counted"
    resource: ClassVar[str] = "slot"
    published: ClassVar[bool] = True

    position: str
    product_id: int
    counted: int
    delta: int
    note: str | None = None
