"""Products."""

from chalice.app import Blueprint

from chalicelib.catalog.errors import ProductInUse, ProductNameTaken, ProductNotFound, ProductSkuTaken
from chalicelib.catalog.models import Product, ProductContent, ProductDeleted, ProductFilter
from chalicelib.catalog.service import products as service
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import VersionConflict
from chalicelib.kit.roles import ADMIN, EVERYONE, MANAGER
from chalicelib.kit.sheet import Sheet

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/products", roles=EVERYONE, sheet=Sheet(), scope="products:read", rows="shared")
def list_products(call: Call, query: ProductFilter) -> list[Product]:
    """List the products by name, of one category or of all."""
    return service.products(call, query)


@endpoint(
    blueprint, "GET", "/api/products/categories", roles=EVERYONE, sheet=Sheet(), scope="products:read", rows="shared"
)
def list_categories(call: Call) -> list[str]:
    """List the categories that products have."""
    return service.categories(call)


@endpoint(
    blueprint,
    "GET",
    "/api/products/{product_id}",
    roles=EVERYONE,
    refusals=[ProductNotFound],
    scope="products:read",
    rows="shared",
)
def get_product(call: Call, product_id: int) -> Product:
    """Show one product."""
    return service.product(call, product_id)


@endpoint(
    blueprint,
    "POST",
    "/api/products",
    roles=[ADMIN, MANAGER],
    refusals=[ProductNameTaken, ProductSkuTaken],
    status=201,
    scope="products:write",
)
def create_product(call: Call, body: ProductContent) -> Product:
    """Write a product."""
    return service.create(call, body)


@endpoint(
    blueprint,
    "PUT",
    "/api/products/{product_id}",
    roles=[ADMIN, MANAGER],
    refusals=[ProductNotFound, ProductNameTaken, ProductSkuTaken, VersionConflict],
    scope="products:write",
)
def edit_product(call: Call, product_id: int, body: ProductContent) -> Product:
    """Change a product. A new price does not touch slots that have a price of their own."""
    return service.edit(call, product_id, body)


@endpoint(
    blueprint,
    "DELETE",
    "/api/products/{product_id}",
    roles=[ADMIN, MANAGER],
    refusals=[ProductNotFound, ProductInUse],
)
def delete_product(call: Call, product_id: int) -> ProductDeleted:
    """Delete a product that no slot holds. Sales and orders keep its name."""
    return service.delete(call, product_id)
