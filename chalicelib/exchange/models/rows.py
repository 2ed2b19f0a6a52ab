"""The rows of the files, by entity: the same names in CSV and in JSON lines, everything referred to by its name.

A cell that is empty, or a field that is missing, says nothing: of something that is there already it changes nothing.
"""

from datetime import UTC, datetime
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from chalicelib.catalog.models import ImageUrl, Price
from chalicelib.fleet.models.devices import Asset, ModelName, Nickname
from chalicelib.fleet.models.locations import Address, Latitude, Longitude
from chalicelib.fleet.models.types import Cabinets, Description, Side, TemperatureClass, TypeName
from chalicelib.kit.models import Count, Model, Moment, PriceIn, Text
from chalicelib.sales.models.facts import PaymentKind

Entity = Literal[
    "cabinet_types",
    "device_types",
    "locations",
    "routes",
    "products",
    "devices",
    "planograms",
    "sales",
    "stock_counts",
]
"""What a file may hold, in the order in which a whole fleet comes in: each refers only to what stands before it."""


def _split(value: object) -> object:
    return [name.strip() for name in value.split("|")] if isinstance(value, str) else value


ProductName = Annotated[Text, StringConstraints(max_length=120)]
Position = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z][0-9]{1,2}$")]
CabinetIndex = Annotated[int, Field(ge=0, le=2)]


class Row(Model):
    """A row of a file; `key` tells two rows of one file apart."""

    named_by: ClassVar[tuple[str, ...]] = ("name",)

    @property
    def key(self) -> tuple[object, ...]:
        """What the row is about."""
        values = (getattr(self, name) for name in self.named_by)
        return tuple(value.lower() if isinstance(value, str) else value for value in values)


class CabinetTypeRow(Row):
    """A template of cabinets."""

    name: TypeName
    description: Description
    rows: Side
    cols: Side
    icon: Annotated[Text, StringConstraints(max_length=4)]
    temperature_class: TemperatureClass = "ambient"


class DeviceTypeRow(Row):
    """A type of device."""

    name: TypeName
    description: Description
    allows_additional_cabinets: bool = False
    fixed_cabinet_count: Cabinets | None = None
    min_cabinets: Cabinets | None = None
    max_cabinets: Cabinets | None = None


class LocationRow(Row):
    """A place; coordinates count when both are there."""

    name: Annotated[Text, StringConstraints(max_length=120)]
    address: Address | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> "LocationRow":
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude come together")
        return self


class RouteRow(Row):
    """A route, without its driver: people are kept elsewhere."""

    name: Annotated[Text, StringConstraints(max_length=80)]
    number: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class ProductRow(Row):
    """A product, found by its SKU, else by its name."""

    name: ProductName
    sku: Annotated[Text, StringConstraints(max_length=60)] | None = None
    category: Annotated[Text, StringConstraints(max_length=60)]
    price: Price
    cost: Price | None = None
    image: ImageUrl | None = None


class DeviceRow(Row):
    """A machine; the types of its cabinets stand in their order, in CSV separated by `|`."""

    named_by: ClassVar = ("asset",)

    asset: Asset
    name: Nickname
    model: ModelName
    device_type: TypeName
    cabinets: Annotated[list[TypeName], Field(min_length=1, max_length=3), BeforeValidator(_split)]
    location: Text | None = None
    route: Text | None = None
    serial_number: Annotated[Text, StringConstraints(max_length=120)] | None = None


class SlotRow(Row):
    """A slot of a machine."""

    named_by: ClassVar = ("asset", "cabinet", "position")

    asset: Asset
    cabinet: CabinetIndex = 0
    position: Position


class PlanogramRow(SlotRow):
    """What a slot is to hold; without a product it is to be empty. Without a price it sells for the product's."""

    product: ProductName | None = None
    capacity: Annotated[int, Field(ge=1, le=999)] | None = None
    par_level: Annotated[int, Field(ge=1, le=999)] | None = None
    price: Price | None = None


class StockCountRow(SlotRow):
    """What was counted in a slot."""

    quantity: Count


class SaleRow(Row):
    """A sale; `sale` is the sender's own name for it, by which a second one is known."""

    named_by: ClassVar = ("sale",)

    sale: Annotated[Text, StringConstraints(max_length=200)]
    asset: Asset
    product: ProductName
    units: Annotated[int, Field(ge=1, le=2**31 - 1)]
    cash: Annotated[PriceIn, Field(ge=0, le=2**31 - 1)]
    sold_at: Annotated[Moment, Field(ge=datetime(2000, 1, 1, tzinfo=UTC))]
    payment_kind: PaymentKind | None = None
    cabinet: CabinetIndex | None = None
    position: Position | None = None


ROWS: dict[Entity, type[Row]] = {
    "cabinet_types": CabinetTypeRow,
    "device_types": DeviceTypeRow,
    "locations": LocationRow,
    "routes": RouteRow,
    "products": ProductRow,
    "devices": DeviceRow,
    "planograms": PlanogramRow,
    "sales": SaleRow,
    "stock_counts": StockCountRow,
}
"""The rows of each entity, in the order in which a whole fleet comes in."""
