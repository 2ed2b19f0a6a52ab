"""The fleet as rows of files: live things only, by their names, in an order that depends on nothing but the content.

Each entity is one statement whose columns are the fields of its row, so that what goes out can come in again.
"""

from collections.abc import Iterator
from typing import Any

from chalicelib.exchange.models.rows import Entity
from chalicelib.kit.db import Connection

ROWS_OF: dict[Entity, str] = {
    "cabinet_types": """
        SELECT name, description, rows, cols, icon, temperature_class
          FROM cabinet_types
         ORDER BY name COLLATE "C"
        """,
    "device_types": """
        SELECT name, description, allows_additional_cabinets, fixed_cabinet_count, min_cabinets, max_cabinets
          FROM device_types
         ORDER BY name COLLATE "C"
        """,
    "locations": """
        SELECT name, address, latitude::double precision AS latitude, longitude::double precision AS longitude
          FROM locations
         WHERE deleted_at IS NULL
         ORDER BY name COLLATE "C"
        """,
    "routes": """
        SELECT name, route_number AS number
          FROM routes
         WHERE deleted_at IS NULL
         ORDER BY name COLLATE "C"
        """,
    "products": """
        SELECT product.name, product.sku, category.name AS category,
               product.price_cents / 100.0::double precision AS price,
               product.cost_cents / 100.0::double precision AS cost, product.image_url AS image
          FROM products product
          JOIN product_categories category ON category.id = product.category_id
         WHERE product.deleted_at IS NULL
         ORDER BY product.name COLLATE "C"
        """,
    "devices": """
        SELECT device.asset, device.nickname AS name, device.model, type.name AS device_type,
               (SELECT jsonb_agg(cabinet_type.name ORDER BY cabinet.cabinet_index)
                  FROM device_cabinets cabinet
                  JOIN cabinet_types cabinet_type ON cabinet_type.id = cabinet.cabinet_type_id
                 WHERE cabinet.device_id = device.id
                   AND cabinet.removed_at IS NULL) AS cabinets,
               location.name AS location, route.name AS route, device.serial_number
          FROM devices device
          JOIN device_types type ON type.id = device.device_type_id
          JOIN locations location ON location.id = device.location_id
          LEFT JOIN routes route ON route.id = device.route_id AND route.deleted_at IS NULL
         WHERE device.deleted_at IS NULL
         ORDER BY device.asset COLLATE "C"
        """,
    "planograms": """
        SELECT device.asset, cabinet.cabinet_index AS cabinet, slot.position, product.name AS product, slot.capacity,
               slot.par_level, slot.price_cents / 100.0::double precision AS price
          FROM planogram_slots slot
          JOIN planograms planogram ON planogram.id = slot.planogram_id
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id AND cabinet.removed_at IS NULL
          JOIN devices device ON device.id = cabinet.device_id AND device.deleted_at IS NULL
          JOIN products product ON product.id = slot.product_id AND product.deleted_at IS NULL
         WHERE slot.retired_at IS NULL
         ORDER BY device.asset COLLATE "C", cabinet.cabinet_index, slot.row_no, slot.col_no
        """,
    "sales": """
        SELECT coalesce(sale.import_key, 'sale-' || sale.id) AS sale, device.asset, product.name AS product,
               sale.units + coalesce(correction.units, 0) AS units,
               (sale.revenue_cents + coalesce(correction.revenue_cents, 0)) / 100.0::double precision AS cash,
               to_char(sale.sold_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS sold_at, sale.payment_kind,
               CASE WHEN slot.id IS NOT NULL THEN cabinet.cabinet_index END AS cabinet, slot.position
          FROM sales sale
          JOIN devices device ON device.id = sale.device_id AND device.deleted_at IS NULL
          JOIN products product ON product.id = sale.product_id AND product.deleted_at IS NULL
          LEFT JOIN (SELECT sale_id, sale_sold_at, sum(units)::integer AS units, sum(revenue_cents) AS revenue_cents
                       FROM sale_corrections
                      GROUP BY sale_id, sale_sold_at) correction
            ON correction.sale_id = sale.id AND correction.sale_sold_at = sale.sold_at
          LEFT JOIN planogram_slots slot ON slot.id = sale.slot_id AND slot.retired_at IS NULL
          LEFT JOIN planograms planogram ON planogram.id = slot.planogram_id
          LEFT JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
         WHERE sale.units + coalesce(correction.units, 0) > 0
           AND (cabinet.id IS NULL OR cabinet.removed_at IS NULL)
         ORDER BY sale.sold_at, coalesce(sale.import_key, 'sale-' || sale.id) COLLATE "C"
        """,
    "stock_counts": """
        SELECT device.asset, cabinet.cabinet_index AS cabinet, slot.position, slot.quantity
          FROM planogram_slots slot
          JOIN planograms planogram ON planogram.id = slot.planogram_id
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id AND cabinet.removed_at IS NULL
          JOIN devices device ON device.id = cabinet.device_id AND device.deleted_at IS NULL
          JOIN products product ON product.id = slot.product_id AND product.deleted_at IS NULL
         WHERE slot.retired_at IS NULL
         ORDER BY device.asset COLLATE "C", cabinet.cabinet_index, slot.row_no, slot.col_no
        """,
}


def settle(db: Connection, *, longest: str) -> None:
    """Let the whole transaction see one moment, and take its time; the first statement of the transaction."""
    db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
    db.execute("SELECT set_config('statement_timeout', %(longest)s, true)", longest=longest)


def rows(db: Connection, entity: Entity) -> Iterator[dict[str, Any]]:  # Any: JSON
    """The rows of an entity; what is nothing is left out of a row."""
    for row in db.stream(ROWS_OF[entity]):
        yield {name: value for name, value in row.items() if value is not None}


def sales_left_behind(db: Connection) -> int:
    """How many sales belong to devices or products that have been deleted, and so do not leave."""
    return int(
        db.value(
            """
            SELECT count(*)
              FROM sales sale
              JOIN devices device ON device.id = sale.device_id
              JOIN products product ON product.id = sale.product_id
             WHERE device.deleted_at IS NOT NULL
                OR product.deleted_at IS NOT NULL
            """
        )
    )


def sales_archived(db: Connection) -> int:
    """How many sales are in the archive, and so do not leave."""
    return int(db.value("SELECT coalesce(sum(sales), 0) FROM sales_archives WHERE restored_at IS NULL"))
