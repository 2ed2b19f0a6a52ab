"""What happens to products."""

from typing import ClassVar

from chalicelib.kit.events import Event, event


@event
class ProductEvent(Event):
    """Something happened to a product."""

    resource: ClassVar[str] = "product"
    published: ClassVar[bool] = True
    name: str


@event
class ProductCreated(ProductEvent):
    """A product was written."""

    action: ClassVar[str] = "product.created"


@event
class ProductUpdated(ProductEvent):
    """A product changed."""

    action: ClassVar[str] = "product.updated"


@event
class ProductDeleted(ProductEvent):
    """A product was deleted."""

    action: ClassVar[str] = "product.deleted"
