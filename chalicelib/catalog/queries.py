"""Products and their categories."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.catalog.models import Product
from chalicelib.kit.db import Connection
from chalicelib.kit.paging import Paged

LONGEST_LIST = 10_000

_PRODUCTS = """
SELECT product.id, product.name, category.name AS category, product.price_cents AS price, product.cost_cents AS cost,
       product.image_url AS image, product.sku, product.version, product.created_at, product.updated_at
  FROM products product
  JOIN product_categories category ON category.id = product.category_id
 WHERE product.deleted_at IS NULL
"""


@dataclass(frozen=True)
class ProductFacts:
    """What can be edited of a product."""

    name: str
    category_id: int
    price_cents: int
    cost_cents: int | None
    image_url: str | None
    sku: str | None


def products(db: Connection, category: str | None, page: Paged) -> list[Product]:
    """The live products of one category, or of all, by name."""
    return db.fetch(
        Product,
        _PRODUCTS
        + """
           AND (%(category)s::text IS NULL OR category.name = %(category)s)
         ORDER BY lower(product.name), product.id
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        category=category,
        limit=page.limit(LONGEST_LIST),
        offset=page.offset,
    )


def product(db: Connection, product_id: int) -> Product | None:
    """A live product."""
    return db.fetch_one(Product, _PRODUCTS + " AND product.id = %(product_id)s", product_id=product_id)


def lock_product(db: Connection, product_id: int) -> Product | None:
    """Lock a live product; slots cannot be given it meanwhile."""
    return db.fetch_one(
        Product, _PRODUCTS + " AND product.id = %(product_id)s FOR UPDATE OF product", product_id=product_id
    )


def categories(db: Connection) -> list[str]:
    """The names of the categories that live products have, in the order of their bytes."""
    return db.values(
        """
        SELECT category.name
          FROM product_categories category
         WHERE EXISTS (SELECT FROM products WHERE category_id = category.id AND deleted_at IS NULL)
         ORDER BY category.name COLLATE "C"
        """
    )


def category_id(db: Connection, name: str) -> int:
    """The id of a category, whatever its case; a new one is written."""
    found = db.value("SELECT id FROM product_categories WHERE lower(name) = lower(%(name)s)", name=name)
    if found is not None:
        return int(found)
    return int(
        db.value(
            """
            INSERT INTO product_categories (name)
            VALUES (%(name)s)
                ON CONFLICT (lower(name)) DO UPDATE SET name = product_categories.name
            RETURNING id
            """,
            name=name,
        )
    )


def insert_product(db: Connection, facts: ProductFacts, now: datetime) -> int:
    """Write a product; its id."""
    return int(
        db.value(
            """
            INSERT INTO products (name, category_id, price_cents, cost_cents, image_url, sku, created_at, updated_at)
            VALUES (%(name)s, %(category_id)s, %(price_cents)s, %(cost_cents)s, %(image_url)s, %(sku)s,
                    %(now)s, %(now)s)
            RETURNING id
            """,
            **vars(facts),
            now=now,
        )
    )


def update_product(db: Connection, product_id: int, facts: ProductFacts, now: datetime) -> None:
    """Write what a product is now, if that is anything new; slots with a price of their own keep it."""
    db.execute(
        """
        UPDATE products
           SET name = %(name)s, category_id = %(category_id)s, price_cents = %(price_cents)s,
               cost_cents = %(cost_cents)s, image_url = %(image_url)s, sku = %(sku)s,
               version = version + 1, updated_at = %(now)s
         WHERE id = %(product_id)s
           AND (name, category_id, price_cents, cost_cents, image_url, sku) IS DISTINCT FROM
               (%(name)s, %(category_id)s, %(price_cents)s, %(cost_cents)s, %(image_url)s, %(sku)s)
        """,
        **vars(facts),
        product_id=product_id,
        now=now,
    )


def slots_with(db: Connection, product_id: int) -> int:
    """How many slots hold a product, also those of deleted devices, which may be recovered."""
    return int(
        db.value("SELECT count(*) FROM planogram_slots WHERE product_id = %(product_id)s", product_id=product_id)
    )


def mark_deleted(db: Connection, product_id: int, *, by: int, now: datetime) -> None:
    """Delete a product; its sales and orders keep it."""
    db.execute(
        """
        UPDATE products
           SET deleted_at = %(now)s, deleted_by = %(by)s, is_active = false, version = version + 1, updated_at = %(now)s
         WHERE id = %(product_id)s
        """,
        product_id=product_id,
        by=by,
        now=now,
    )
