"""What happens to sales."""

from datetime import date, datetime
from typing import ClassVar

from chalicelib.fleet.events import OnDevice
from chalicelib.kit.events import Event, event


@event
class SaleCreated(OnDevice):
    """Something was sold. `missing_units` were not on record in the slots."""

    action: ClassVar[str] = "sale.created"
    topic: ClassVar[str] = "sale.recorded"
    resource: ClassVar[str] = "sale"
    published: ClassVar[bool] = True
    product_id: int
    units: int
    revenue_cents: int
    sold_at: datetime
    source: str
    missing_units: int
    in_planogram: bool


@event
class SaleCorrected(OnDevice):
    """Part of a sale, or all of it, turned out not to have been."""

    action: ClassVar[str] = "sale.corrected"
    resource: ClassVar[str] = "sale"
    published: ClassVar[bool] = True
    correction_id: int
    units: int
    revenue_cents: int
    reason: str


@event
class DemoSalesMade(Event):
    """Sales were made up, and perhaps earlier made-up ones taken away."""

    action: ClassVar[str] = "sale.demo_generated"
    resource: ClassVar[str] = "sale"
    first_day: date
    last_day: date
    created: int
    removed: int
