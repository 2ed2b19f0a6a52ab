"""Sales: asked for, recorded, listed, corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from chalicelib.kit.models import Camel, Id, Instant, Moment, Money, PriceIn
from chalicelib.kit.paging import Paged
from chalicelib.kit.values import value
from chalicelib.sales.models.periods import Days

Source = Literal["manual", "dex", "live", "import", "demo"]
PaymentKind = Literal["cash", "cashless", "other"]

MOST_UNITS = 100
LARGEST_PAGE = 5000


@value(kw_only=True)
class NewSale:
    """A sale to be recorded. The same `import_key` a second time is a duplicate."""

    device_id: int
    product_id: int
    units: int
    revenue_cents: int
    sold_at: datetime
    source: Source
    slot_id: int | None = None
    period_start: datetime | None = None
    dex_read_id: int | None = None
    payment_kind: PaymentKind | None = None
    import_key: str | None = None


@value
class Recorded:
    """What became of a sale: written, or known already. Warnings are for a person."""

    sale_id: int
    sold_at: datetime
    is_duplicate: bool
    warnings: Sequence[str] = field(default=())


class SaleBody(Camel):
    """A sale as somebody enters it; without a time it happened now."""

    device_id: Id
    product_id: Id
    sale_units: Annotated[int, Field(ge=1, le=MOST_UNITS)]
    sale_cash: Annotated[PriceIn, Field(ge=0, le=2**31 - 1)]
    slot_id: Id | None = None
    sold_at: Annotated[Moment, Field(ge=datetime(2000, 1, 1, tzinfo=UTC))] | None = None
    payment_kind: PaymentKind | None = None
    import_key: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _nothing_missing(cls, given: Any) -> Any:  # Any: whatever JSON came
        for name in ("deviceId", "productId", "saleUnits", "saleCash"):
            if isinstance(given, dict) and given.get(name) is None:
                raise ValueError(f"Missing required field: {name}")
        return given


class SalesAsked(Days, Paged):
    """Which sales: of a device, of a product, of days; newest first, page by page."""

    device_id: Id | None = None
    product_id: Id | None = None
    per_page: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 100


class Sale(Camel):
    """A sale. `created_at` is the time of the sale; corrections are told beside it."""

    id: int
    device_id: int
    device_asset: str
    device_cooler: str
    product_id: int
    product_name: str
    product_category: str
    sale_units: int
    sale_cash: Money
    slot_id: int | None
    source: Source
    corrected_units: int
    corrected_cash: Money
    created_at: Instant
    updated_at: Instant


class SaleRecorded(Sale):
    """A sale that was just entered, or that had been entered before."""

    duplicate: bool
    warnings: Sequence[str]


class CorrectionBody(Camel):
    """What to take off a sale, and why."""

    sentences: ClassVar[Mapping[str, str]] = {"reason": "reason must be a text of 1 to 500 characters"}

    units: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    cash: Annotated[PriceIn, Field(ge=0, le=2**31 - 1)] = 0
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]

    @model_validator(mode="after")
    def _takes_something_off(self) -> "CorrectionBody":
        if not self.units and not self.cash:
            raise ValueError("A correction must take off units or cash.")
        return self
