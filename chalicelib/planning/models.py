"""What planning knows and what its endpoints say."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ProductSales:
    """What a device sold of a product that it holds now."""

    device_id: int
    product_id: int
    units_28d: int
    units_all_time: int
    days_with_sales: int
    first_sold_at: datetime | None
