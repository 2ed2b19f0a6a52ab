"""Keeping the catalogue (US-046, BR-070..074)."""

from chalicelib.catalog import events, queries
from chalicelib.catalog.errors import ProductInUse, ProductNotFound
from chalicelib.catalog.models import Product, ProductContent, ProductDeleted, ProductFilter
from chalicelib.catalog.queries import ProductFacts
from chalicelib.kit.call import Call
from chalicelib.kit.errors import VersionConflict
from chalicelib.kit.events import changes

FACTS = {"name", "category", "price", "cost", "image", "sku"}


def products(call: Call, wanted: ProductFilter) -> list[Product]:
    """The products of one category, or of all, by name."""
    return queries.products(call.db, wanted.wanted, wanted)


def categories(call: Call) -> list[str]:
    """The categories that products have."""
    return queries.categories(call.db)


def product(call: Call, product_id: int) -> Product:
    """One product."""
    return _there(queries.product(call.db, product_id))


def create(call: Call, content: ProductContent) -> Product:
    """Write a product, and its category when it is new."""
    product_id = queries.insert_product(call.db, _facts(call, content), call.now)
    created = product(call, product_id)
    call.record(
        events.ProductCreated(resource_id=product_id, name=created.name, after=created.model_dump(include=FACTS))
    )
    return created


def edit(call: Call, product_id: int, content: ProductContent) -> Product:
    """Change a product; what stays the same leaves no trace, and slots keep prices of their own (BR-074)."""
    old = _there(queries.lock_product(call.db, product_id))
    if content.version is not None and content.version != old.version:
        raise VersionConflict(version=old.version, current=old.model_dump(mode="json"))
    queries.update_product(call.db, product_id, _facts(call, content, old), call.now)
    new = product(call, product_id)
    before, after = changes(old.model_dump(include=FACTS), new.model_dump(include=FACTS))
    if after:
        call.record(events.ProductUpdated(resource_id=product_id, name=new.name, before=before, after=after))
    return new


def delete(call: Call, product_id: int) -> ProductDeleted:
    """Delete a product that no slot holds (BR-072)."""
    old = _there(queries.lock_product(call.db, product_id))
    if slots := queries.slots_with(call.db, product_id):
        raise ProductInUse(f"Cannot delete product. It is used in {slots} planogram slot(s)", slots=slots)
    queries.mark_deleted(call.db, product_id, by=call.principal.user_id, now=call.now)
    call.record(events.ProductDeleted(resource_id=product_id, name=old.name))
    return ProductDeleted(message=f'Product "{old.name}" deleted successfully')


def _facts(call: Call, content: ProductContent, old: Product | None = None) -> ProductFacts:
    """What is to be written. The additions, cost and SKU, stay as they are when a client does not know them."""
    told = content.model_fields_set
    return ProductFacts(
        name=content.name,
        category_id=queries.category_id(call.db, content.category),
        price_cents=content.price,
        cost_cents=content.cost if "cost" in told or old is None else old.cost,
        image_url=content.image or None,
        sku=(content.sku or None) if "sku" in told or old is None else old.sku,
    )


def _there(found: Product | None) -> Product:
    if found is None:
        raise ProductNotFound
    return found
