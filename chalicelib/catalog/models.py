"""Products on the wire: prices are numbers in currency units."""

from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from chalicelib.kit.models import Instant, Model, Money, PriceIn, Text
from chalicelib.kit.paging import Paged

DEAREST_CENTS = 1_000_000
ALL_CATEGORIES = "all"


def _within_range(cents: int) -> int:
    if not 0 <= cents <= DEAREST_CENTS:
        raise ValueError(f"must be 0 to {DEAREST_CENTS // 100}")
    return cents


def _https(url: str) -> str:
    if url and not url.startswith("https://"):
        raise ValueError("must be an https:// address")
    return url


Price = Annotated[PriceIn, AfterValidator(_within_range)]
ImageUrl = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), AfterValidator(_https)]


class Product(Model):
    """A product."""

    id: int
    name: str
    category: str
    price: Money
    cost: Money | None
    image: str | None
    sku: str | None
    version: int
    created_at: Instant
    updated_at: Instant


class ProductContent(Model):
    """What a product is. A category that is new comes into being with its first product."""

    name: Annotated[Text, StringConstraints(max_length=120)]
    category: Annotated[Text, StringConstraints(max_length=60)]
    price: Price
    cost: Price | None = None
    image: ImageUrl | None = None
    sku: Annotated[str, StringConstraints(strip_whitespace=True, max_length=60)] | None = None
    version: int | None = None

    @model_validator(mode="before")
    @classmethod
    def _says_what_every_product_has(cls, given: Any) -> Any:  # Any: JSON as it came
        if isinstance(given, dict):
            told = [given.get(name) for name in ("name", "category", "price")]
            if any(value is None or (isinstance(value, str) and not value.strip()) for value in told):
                raise ValueError("Name, category, and price are required")
        return given


class ProductFilter(Paged):
    """Which products; `all` means every category."""

    category: str | None = Field(default=None, max_length=60)

    @property
    def wanted(self) -> str | None:
        """The one category that is asked for."""
        return None if self.category == ALL_CATEGORIES else self.category


class ProductDeleted(Model):
    """It is gone."""

    message: str
