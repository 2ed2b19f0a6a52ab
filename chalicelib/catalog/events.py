"""What happens to products."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.kit.events import Event


@dataclass(frozen=True, kw_only=True)
class ProductEvent(Event):
    """Something happened to a product."""

    resource: ClassVar[str] = "product"
    published: ClassVar[bool] = True
    name: str


@dataclass(frozen=True, kw_only=True)
class ProductCreated(ProductEvent):
    """A product was written."""

    action: ClassVar[str] = "product.created"


@dataclass(frozen=True, kw_only=True)
class ProductUpdated(ProductEvent):
    """A product changed."""

    action: ClassVar[str] = "product.updated"


@dataclass(frozen=True, kw_only=True)
class ProductDeleted(ProductEvent):
    """A product was deleted."""

    action: ClassVar[str] = "product.deleted"
