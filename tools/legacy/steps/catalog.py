"""Types of devices and cabinets, product categories and products."""

from typing import Any, Final

from tools.legacy.rows import Row
from tools.legacy.run import Product, Run
from tools.legacy.steps.naming import distinct, numbered

EMPTY_SLOT: Final = 1  # The product id that means "nothing" in the legacy application.
_HIGHEST_PRICE: Final = 1_000_000
_PRODUCT: Final = ("id", "name", "category_id", "price_cents", "image_url", "deleted_at", "created_at", "updated_at")
_FIXED_CABINETS: Final = {"stockwell": 2, "picovision express": 1}
_COLD: Final = {"cooler": "refrigerated", "stockwell cooler": "refrigerated", "freezer": "frozen"}


def bring_types(run: Run) -> None:
    run.known.device_types = _bring_typed(run, "device_types", _device_type)
    run.known.cabinet_types = _bring_typed(run, "cabinet_types", _cabinet_type)


def _bring_typed(run: Run, table: str, convert: Any) -> dict[int, int]:  # Any: one of the two conversions below.
    """Types are found again by their name, because every installation starts with some."""
    present = {name: number for number, name in run.target.fetch(f"SELECT id, lower(name) FROM {table}")}  # noqa: S608
    rows = list(run.rows(table))
    free = max([*present.values(), *(row.id for row in rows)], default=0) + 1
    ids: dict[int, int] = {}
    converted: dict[int, dict[str, Any]] = {}
    for row in rows:
        name = row.text("name", 60) or f"Unnamed {row.id}"
        ids[row.id] = present.get(name.lower(), row.id)
        if name.lower() not in present and row.id in present.values():
            ids[row.id], free = free, free + 1
        if ids[row.id] != row.id:
            row.noticed("ID_CHANGED", "id", ids[row.id])
        present[name.lower()] = ids[row.id]
        converted[ids[row.id]] = {"id": ids[row.id], "name": name, **convert(row, name.lower())}
    if not converted:
        return ids
    columns = tuple(next(iter(converted.values())))
    run.target.upsert(table, columns, [tuple(values.values()) for values in converted.values()])
    run.converted(table, len(rows))
    return ids


def _device_type(row: Row, name: str) -> dict[str, Any]:
    fixed = _FIXED_CABINETS.get(name)
    return {
        "description": row.text("description") or "",
        "allows_additional_cabinets": row.flag("allows_additional_cabinets", default=False),
        "fixed_cabinet_count": fixed,
        "min_cabinets": fixed or 1,
        "max_cabinets": fixed or 3,
    }


def _cabinet_type(row: Row, name: str) -> dict[str, Any]:
    columns = "cols" if row.has("cols") else "columns"
    return {
        "description": row.text("description") or "",
        "rows": grid_side(row, "rows", 5),
        "cols": grid_side(row, columns, 8),
        "icon": row.text("icon", 4) or name[:1].upper(),
        "temperature_class": _COLD.get(name, "ambient"),
    }


def grid_side(row: Row, column: str, default: int) -> int:
    """A number of rows or columns, 1 to 20."""
    side = row.whole(column)
    if side is not None and 1 <= side <= 20:
        return side
    row.repaired("GRID_INVALID", column, default)
    return default


def bring_products(run: Run) -> None:
    rows = [row for row in run.rows("products") if not _is_sentinel(run, row)]
    categories = _bring_categories(run, rows)
    taken: set[str] = set()
    converted = [_product(run, row, categories, taken) for row in rows]
    run.target.upsert("products", _PRODUCT, converted, same=("created_at",))
    run.known.products = {product[0]: Product(product[3], product[1]) for product in converted}
    run.converted("products", len(converted))


def _is_sentinel(run: Run, row: Row) -> bool:
    if row.id != EMPTY_SLOT:
        return False
    run.skipped("products", 1)
    if (row.text("name") or "").upper() != "EMPTY_SLOT":
        # The legacy application takes id 1 for "empty" everywhere, whatever the row says.
        row.noticed("PRODUCT_ONE_DROPPED", "name")
    return True


def _category(row: Row) -> str:
    return row.text("category", 60) or "other"


def _bring_categories(run: Run, rows: list[Row]) -> dict[str, int]:
    """The categories of the file by their first spelling; one that differs in case only is the same."""
    spelled: dict[str, str] = {}
    for row in rows:
        spelled.setdefault(_category(row).lower(), _category(row))
    run.target.execute(
        """
        INSERT INTO product_categories (name)
        SELECT name FROM unnest(%(names)s::text[]) WITH ORDINALITY AS new (name, place)
         WHERE NOT EXISTS (SELECT FROM product_categories present WHERE lower(present.name) = lower(new.name))
         ORDER BY place
        """,
        names=list(spelled.values()),
    )
    return {name: number for number, name in run.target.fetch("SELECT id, lower(name) FROM product_categories")}


def _product(run: Run, row: Row, categories: dict[str, int], taken: set[str]) -> tuple[Any, ...]:
    written = row.text("name", 120)
    if written is None:
        row.repaired("NAME_MISSING", "name", f"Unnamed {row.id}")
    name = distinct(written or f"Unnamed {row.id}", taken, 120, numbered)
    if written is not None and name != written:
        row.repaired("NAME_DUPLICATE", "name", name)
    if row.text("category") is None:
        row.repaired("CATEGORY_MISSING", "category", "other")
    taken.add(name.lower())
    created_at = run.time(row, "created_at")
    updated_at = row.instant("updated_at") or created_at
    return row.id, name, categories[_category(row).lower()], _price(row), _image(row), None, created_at, updated_at


def _price(row: Row) -> int:
    price = row.cents("price")
    if price is None:
        if row.raw("price") is None:
            row.repaired("PRICE_MISSING", "price", 0)
        return 0
    if not 0 <= price <= _HIGHEST_PRICE:
        row.repaired("PRICE_OUT_OF_RANGE", "price", min(max(price, 0), _HIGHEST_PRICE))
    return min(max(price, 0), _HIGHEST_PRICE)


def _image(row: Row) -> str | None:
    address = row.text("image")
    if address is None or (address.startswith("https://") and len(address) <= 2000):
        return address
    row.repaired("IMAGE_NOT_HTTPS", "image")
    return None


def stand_in(run: Run, product_id: int) -> None:
    """A deleted product in the place of one that is gone, so that its sales keep their money."""
    others = run.target.value("SELECT min(id) FROM product_categories WHERE lower(name) = 'other'")
    if others is None:
        others = run.target.value("INSERT INTO product_categories (name) VALUES ('other') RETURNING id")
    moment, name = run.source.moment, f"Deleted product {product_id}"
    run.target.upsert("products", _PRODUCT, [(product_id, name, others, 0, None, moment, moment, moment)])
    run.known.products[product_id] = Product(0, name)
    run.issues.add("warning", "PRODUCT_STAND_IN", "products", product_id, new=name)
