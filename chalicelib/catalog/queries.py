"""Products and their categories."""

from collections.abc import Sequence
from datetime import datetime

from pydantic_core import to_json

from chalicelib.catalog.models import Product
from chalicelib.kit.db import Connection
from chalicelib.kit.paging import Paged
from chalicelib.kit.values import value

LONGEST_LIST = 10_000

_PRODUCTS = """
SELECT product.id, product.name, category.name AS category, product.price_cents AS price, product.cost_cents AS cost,
       product.image_url AS image, product.sku, product.version, product.created_at, product.updated_at
  FROM products product
  JOIN product_categories category ON category.id = product.category_id
 WHERE product.deleted_at IS NULL
"""


@value
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


@value
class KnownProduct(ProductFacts):
    """A locked live product."""

    id: int


def lock_known(db: Connection, *, skus: Sequence[str], names: Sequence[str]) -> list[KnownProduct]:
    """Lock the live products with one of these SKUs or names, given in lower case, in the order of their ids."""
    return db.fetch(
        KnownProduct,
        """
        SELECT id, name, category_id, price_cents, cost_cents, image_url, sku
          FROM products
         WHERE deleted_at IS NULL
           AND (lower(sku) = ANY(%(skus)s) OR lower(name) = ANY(%(names)s))
         ORDER BY id
           FOR UPDATE
        """,
        skus=list(skus),
        names=list(names),
    )


@value
class CategoryId:
    """A category by its name in lower case."""

    name: str
    id: int


def category_ids(db: Connection, names: Sequence[str]) -> dict[str, int]:
    """The ids of categories by their names in lower case; new ones are written."""
    db.execute(
        """
        INSERT INTO product_categories (name)
        SELECT DISTINCT ON (lower(name)) name
          FROM unnest(%(names)s::text[]) AS name
            ON CONFLICT (lower(name)) DO NOTHING
        """,
        names=list(names),
    )
    found = db.fetch(
        CategoryId,
        "SELECT lower(name) AS name, id FROM product_categories WHERE lower(name) = ANY(%(names)s)",
        names=[name.lower() for name in names],
    )
    return {category.name: category.id for category in found}


def insert_products(db: Connection, products: Sequence[ProductFacts], now: datetime) -> list[int]:
    """Write products; their ids, in the order given."""
    return [
        int(product_id)
        for product_id in db.values(
            """
            INSERT INTO products (name, category_id, price_cents, cost_cents, image_url, sku, created_at, updated_at)
            SELECT name, category_id, price_cents, cost_cents, image_url, sku, %(now)s, %(now)s
              FROM jsonb_to_recordset(%(rows)s::jsonb)
                   AS new (place integer, name text, category_id bigint, price_cents integer, cost_cents integer,
                           image_url text, sku text)
             ORDER BY place
            RETURNING id
            """,
            rows=to_json([{"place": place, **vars(facts)} for place, facts in enumerate(products)]).decode(),
            now=now,
        )
    ]


def update_products(db: Connection, products: Sequence[KnownProduct], now: datetime) -> None:
    """Write what products are now."""
    db.execute(
        """
        UPDATE products product
           SET name = new.name, category_id = new.category_id, price_cents = new.price_cents,
               cost_cents = new.cost_cents, image_url = new.image_url, sku = new.sku,
               version = product.version + 1, updated_at = %(now)s
          FROM jsonb_to_recordset(%(rows)s::jsonb)
               AS new (id bigint, name text, category_id bigint, price_cents integer, cost_cents integer,
                       image_url text, sku text)
         WHERE product.id = new.id
        """,
        rows=to_json([vars(product) for product in products]).decode(),
        now=now,
    )
