"""What the catalogue refuses."""

from chalicelib.kit.errors import ConstraintViolation, Duplicate, NotFound


class ProductNotFound(NotFound):
    """404: no such product, or a deleted one; 1 stands for an empty slot and is no product."""

    message = "Product not found"


class ProductNameTaken(Duplicate):
    """409: a live product has this name."""

    message = "Product with this name already exists"
    constraints = ("products_name_unique",)


class ProductSkuTaken(Duplicate):
    """409: a live product has this article number."""

    message = "Product with this SKU already exists"
    constraints = ("products_sku_unique",)


class ProductInUse(ConstraintViolation):
    """409: slots hold it; `details.slots` says how many."""

    message = "Cannot delete product. It is used in planogram slots"
