"""Every kind of dirt that a legacy database is known or feared to hold, how it is named, and what becomes of it.

Each is put into one and the same database, so that the kinds must also bear one another.
"""

# ruff: noqa: E501, S608 - tables and statements made for a test; a row reads better unbroken.

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Dirt:
    """Statements that make it, the issue as (code, table, legacy id), and a look at what the target then has."""

    name: str
    sql: tuple[str, ...]
    issue: tuple[str, str, str] | None
    look: str
    expected: Any


def _slot(number: int, change: str) -> str:
    return f"UPDATE planogram_slots SET {change} WHERE id = {number}"


def _device(number: int, **columns: object) -> str:
    values = {"asset": str(number), "cooler": "c", "location_id": 3, "model": "m", "device_type_id": 1} | columns
    values |= {"created_at": "2025-07-10 00:00:00"}
    return f"INSERT INTO devices (id, {', '.join(values)}) VALUES ({number}, {', '.join(map(repr, values.values()))})"


def _cabinet(number: int, device: int, index: int, *, has_planogram: bool = True) -> tuple[str, ...]:
    cabinet = (
        "INSERT INTO cabinet_configurations (id, device_id, cabinet_type_id, cabinet_index, rows, columns)"
        f" VALUES ({number}, {device}, 2, {index}, 1, 2)"
    )
    planogram = (
        "INSERT INTO planograms (id, cabinet_id, planogram_key, updated_at)"
        f" VALUES ({number + 100}, {number}, (SELECT asset FROM devices WHERE id = {device}) || '-Freezer-{index}', '2025-07-10')"
    )
    slots = (
        f"INSERT INTO planogram_slots (planogram_id, slot_position, product_id) VALUES ({number + 100}, 'A1', 1)",
        f"INSERT INTO planogram_slots (planogram_id, slot_position, product_id) VALUES ({number + 100}, 'A2', 1)",
    )
    return (cabinet, planogram, *slots) if has_planogram else (cabinet,)


def _sale(number: int, **columns: object) -> str:
    values = {
        "device_id": 5,
        "product_id": 2,
        "sale_units": 1,
        "sale_cash": 1.5,
        "created_at": "2025-08-01 10:00:00",
    } | columns
    return f"INSERT INTO sales (id, {', '.join(values)}) VALUES ({number}, {', '.join(map(repr, values.values()))})"


def _order(number: int, **columns: object) -> str:
    values = {
        "route_id": 1,
        "created_at": "2025-08-03 10:00:00",
        "created_by": "2",
        "status": "pending",
        "driver_id": 4,
    } | columns
    shown = ", ".join("NULL" if value is None else repr(value) for value in values.values())
    return f"INSERT INTO service_orders (id, {', '.join(values)}) VALUES ({number}, {shown})"


def _stop(number: int, order: int, cabinet: int, status: str = "pending") -> str:
    return (
        "INSERT INTO service_order_cabinets (id, service_order_id, cabinet_configuration_id, created_at, status)"
        f" VALUES ({number}, {order}, {cabinet}, '2025-08-03 10:00:00', '{status}')"
    )


def _item(number: int, stop: int, product: object, needed: int) -> str:
    return (
        "INSERT INTO service_order_cabinet_items (id, service_order_cabinet_id, product_id, quantity_needed, created_at)"
        f" VALUES ({number}, {stop}, {product}, {needed}, '2025-08-03 10:00:00')"
    )


def _visit(number: int, **columns: object) -> str:
    values = {
        "device_id": 5,
        "service_date": "2025-08-06 10:00:00",
        "service_type": "routine",
        "technician_id": 2,
    } | columns
    return f"INSERT INTO service_visits (id, {', '.join(values)}) VALUES ({number}, {', '.join(map(repr, values.values()))})"


def _product(number: int, name: str, **columns: object) -> str:
    values = {"name": name, "category": "Chips", "price": 1, "created_at": "2025-07-02 10:00:00"} | columns
    shown = ", ".join("NULL" if value is None else repr(value) for value in values.values())
    return f"INSERT INTO products (id, {', '.join(values)}) VALUES ({number}, {shown})"


SLOTS = "SELECT product_id, quantity, capacity, par_level, price_cents FROM planogram_slots WHERE id = {}"

DIRT = (
    Dirt("a slot of a product that is gone", (_slot(1455, "product_id = 999"),),
         ("SLOT_PRODUCT_MISSING", "planogram_slots", "1455"), SLOTS.format(1455), (None, 0, 10, 0, None)),
    Dirt("a negative quantity", (_slot(1461, "quantity = -4"),),
         ("NUMBER_NEGATIVE", "planogram_slots", "1461"), SLOTS.format(1461), (2, 0, 10, 8, None)),
    Dirt("a par above the capacity", (_slot(1462, "par_level = 30"),),
         ("PAR_OVER_CAPACITY", "planogram_slots", "1462"), SLOTS.format(1462), (3, 6, 10, 10, None)),
    Dirt("a capacity of nothing under a product", (_slot(1463, "capacity = 0, par_level = 3"),),
         ("CAPACITY_MISSING", "planogram_slots", "1463"), SLOTS.format(1463), (4, 7, 7, 3, None)),
    Dirt("a price that is no number", (_slot(1464, "price = 'free'"),),
         ("MONEY_INVALID", "planogram_slots", "1464"), SLOTS.format(1464), (5, 8, 10, 8, None)),
    Dirt("a product id written as text", (_slot(1465, "product_id = ' 6 '"),),
         None, SLOTS.format(1465), (6, 9, 10, 8, None)),
    Dirt("stock in an empty slot", (_slot(1466, "quantity = 4, capacity = 10"),),
         ("EMPTY_SLOT_WITH_STOCK", "planogram_slots", "1466"), SLOTS.format(1466), (None, 0, 10, 0, None)),
    Dirt("an occupied slot outside of the grid",
         ("INSERT INTO planogram_slots (id, planogram_id, slot_position, product_id, quantity, capacity) VALUES (1600, 51, 'C9', 2, 3, 10)",),
         ("SLOT_OUTSIDE_GRID", "planogram_slots", "1600"), "SELECT count(*) FROM planogram_slots WHERE id = 1600", 0),
    Dirt("an empty slot outside of the grid",
         ("INSERT INTO planogram_slots (id, planogram_id, slot_position, product_id) VALUES (1601, 51, 'R1C1', 1)",),
         ("EMPTY_SLOT_OUTSIDE_GRID", "planogram_slots", "1601"), "SELECT count(*) FROM planogram_slots WHERE id = 1601", 0),
    Dirt("two slots in one cell", ("INSERT INTO planogram_slots (id, planogram_id, slot_position, product_id) VALUES (1602, 51, 'a1', 1)",),
         ("SLOT_DUPLICATE", "planogram_slots", "1602"), "SELECT count(*) FROM planogram_slots WHERE planogram_id = 51 AND position = 'A1'", 1),
    Dirt("a cell without a slot", ("DELETE FROM planogram_slots WHERE id = 1472",),
         ("SLOT_MISSING", "planograms", "52"), "SELECT product_id FROM planogram_slots WHERE planogram_id = 52 AND position = 'B3'", None),
    Dirt("a slot of a planogram that is gone", ("INSERT INTO planogram_slots (id, planogram_id, slot_position) VALUES (1603, 900, 'A1')",),
         ("ORPHAN", "planogram_slots", "1603"), "SELECT count(*) FROM planogram_slots WHERE id = 1603", 0),
    Dirt("two planograms of one cabinet",
         ("INSERT INTO planograms (id, cabinet_id, planogram_key, updated_at) VALUES (40, 49, '546t4-Cooler-0', '2025-01-01 00:00:00')",),
         ("PLANOGRAM_DUPLICATE", "planograms", "40"), "SELECT id FROM planograms WHERE cabinet_id = 49", 52),
    Dirt("two cabinets with one index", (_device(20), *_cabinet(120, 20, 0), *_cabinet(121, 20, 0)),
         ("CABINET_INDEX_CHANGED", "cabinet_configurations", "121"), "SELECT cabinet_index FROM device_cabinets WHERE id = 121", 1),
    Dirt("a fourth cabinet", (_device(21), *_cabinet(130, 21, 0), *_cabinet(131, 21, 1), *_cabinet(132, 21, 2), *_cabinet(133, 21, 3)),
         ("CABINET_TOO_MANY", "cabinet_configurations", "133"), "SELECT count(*) FROM device_cabinets WHERE device_id = 21", 3),
    Dirt("a cabinet without a planogram", (_device(22), *_cabinet(140, 22, 0, has_planogram=False)),
         ("PLANOGRAM_MISSING", "cabinet_configurations", "140"),
         "SELECT count(*) FROM planogram_slots slot JOIN planograms plan ON plan.id = planogram_id WHERE cabinet_id = 140", 2),
    Dirt("a cabinet of a device that is gone", _cabinet(150, 900, 0),
         ("ORPHAN", "cabinet_configurations", "150"), "SELECT count(*) FROM device_cabinets WHERE id = 150", 0),
    Dirt("an asset that differs in case only", ("UPDATE devices SET asset = 'AB1' WHERE id = 22", _device(23, asset="ab1")),
         ("ASSET_DUPLICATE", "devices", "23"), "SELECT asset FROM devices WHERE id = 23", "ab1-2"),
    Dirt("an asset with signs that none may have", (_device(24, asset="No. 24/b"),),
         ("ASSET_CHANGED", "devices", "24"), "SELECT asset FROM devices WHERE id = 24", "No24b"),
    Dirt("a device at no location", (_device(25, location_id=1),),
         ("LOCATION_MISSING", "devices", "25"),
         "SELECT location.is_default FROM devices JOIN locations location ON location.id = location_id WHERE devices.id = 25", True),
    Dirt("a device on no route", (_device(26, route_id=77),),
         ("ROUTE_MISSING", "devices", "26"), "SELECT route_id FROM devices WHERE id = 26", None),
    Dirt("a deletion time of nothing", (_device(27, deleted_at=""),), None, "SELECT deleted_at FROM devices WHERE id = 27", None),
    Dirt("a product without a name", (_product(20, "x"), "UPDATE products SET name = NULL, category = '' WHERE id = 20"),
         ("NAME_MISSING", "products", "20"), "SELECT name FROM products WHERE id = 20", "Unnamed 20"),
    Dirt("a product without a category", (_product(21, "Uncategorised", category=None),),
         ("CATEGORY_MISSING", "products", "21"),
         "SELECT category.name FROM products JOIN product_categories category ON category.id = category_id WHERE products.id = 21", "other"),
    Dirt("a product name that another has", (_product(22, "PEPSI"),),
         ("NAME_DUPLICATE", "products", "22"), "SELECT name FROM products WHERE id = 22", "PEPSI (2)"),
    Dirt("a category in another case", (_product(23, "Crisps", category="CHIPS"),), None,
         "SELECT count(*) FROM product_categories WHERE lower(name) = 'chips'", 1),
    Dirt("a product price below nothing", (_product(24, "Gift", price=-2),),
         ("PRICE_OUT_OF_RANGE", "products", "24"), "SELECT price_cents FROM products WHERE id = 24", 0),
    Dirt("an image without TLS", (_product(25, "Seen", image="http://images.example.test/25.png"),),
         ("IMAGE_NOT_HTTPS", "products", "25"), "SELECT image_url FROM products WHERE id = 25", None),
    Dirt("a NUL in a name", (_product(26, "x"), "UPDATE products SET name = CAST(x'4e75006c6c' AS TEXT) WHERE id = 26"),
         ("NUL_REMOVED", "products", "26"), "SELECT name FROM products WHERE id = 26", "Null"),
    Dirt("a name that is no UTF-8", (_product(27, "x"), "UPDATE products SET name = CAST(x'4c6179eda080' AS TEXT) WHERE id = 27"),
         ("TEXT_DAMAGED", "products", "27"), "SELECT name ~ '^Lay.+' FROM products WHERE id = 27", True),
    Dirt("a name that is too long", (_product(28, "long" * 50),),
         ("TEXT_TRUNCATED", "products", "28"), "SELECT length(name) FROM products WHERE id = 28", 120),
    Dirt("a latitude without a longitude",
         ("INSERT INTO locations (id, name, created_at, latitude) VALUES (20, 'Half', '2025-07-06 01:36:06', 42.5)",),
         ("COORDINATE_ALONE", "locations", "20"), "SELECT latitude FROM locations WHERE id = 20", None),
    Dirt("a location name that another has", ("INSERT INTO locations (id, name, created_at) VALUES (21, 'gym', '2025-07-06 01:36:06')",),
         ("NAME_DUPLICATE", "locations", "21"), "SELECT name FROM locations WHERE id = 21", "gym (2)"),
    Dirt("a route number in words", ("INSERT INTO routes (id, name, route_number) VALUES (20, 'Route 20', 'north')",),
         ("ROUTE_NUMBER_INVALID", "routes", "20"), "SELECT route_number FROM routes WHERE id = 20", None),
    Dirt("a route with a driver who is none", ("INSERT INTO routes (id, name, driver_id) VALUES (21, 'Route 21', 2)",),
         ("ROUTE_DRIVER_INVALID", "routes", "21"), "SELECT driver_id FROM routes WHERE id = 21", None),
    Dirt("a second opinion on a route's driver", ("INSERT INTO driver_routes (user_id, route_id) VALUES (2, 1)",),
         ("DRIVER_ROUTE_CONFLICT", "driver_routes", "2:1"), "SELECT driver_id FROM routes WHERE id = 1", 4),
    Dirt("an e-mail that differs in case only",
         ("INSERT INTO users (id, username, email, role) VALUES (20, 'second', 'ADMIN@example.test', 'viewer')",),
         ("EMAIL_DUPLICATE", "users", "20"), "SELECT email FROM users WHERE id = 20", "second.20@invalid.example"),
    Dirt("a role that is none", ("INSERT INTO users (id, username, email, role) VALUES (21, 'third', 'third@example.test', 'boss')",),
         ("ROLE_UNKNOWN", "users", "21"), "SELECT role || is_active FROM users WHERE id = 21", "viewerfalse"),
    Dirt("a user name with a dot", ("INSERT INTO users (id, username, email, role) VALUES (22, 'j.doe', 'j@example.test', 'viewer')",),
         ("USERNAME_CHANGED", "users", "22"), "SELECT username FROM users WHERE id = 22", "jdoe"),
    Dirt("an e-mail that is none", ("INSERT INTO users (id, username, email, role) VALUES (23, 'fifth', 'nowhere', 'viewer')",),
         ("EMAIL_INVALID", "users", "23"), "SELECT email FROM users WHERE id = 23", "fifth@invalid.example"),
    Dirt("a sale of a product that is gone", (_sale(1000, product_id=35),),
         ("PRODUCT_STAND_IN", "products", "35"), "SELECT name FROM products WHERE id = 35 AND deleted_at IS NOT NULL", "Deleted product 35"),
    Dirt("a sale of a device that is gone", (_sale(1001, device_id=90),),
         ("DEVICE_STAND_IN", "devices", "90"), "SELECT asset FROM devices WHERE id = 90 AND deleted_at IS NOT NULL", "deleted-90"),
    Dirt("a sale of nothing", (_sale(1002, sale_units=0),),
         ("SALE_UNITS_INVALID", "sales", "1002"), "SELECT count(*) FROM sales WHERE id = 1002", 0),
    Dirt("a sale for less than nothing", (_sale(1003, sale_cash=-1),),
         ("SALE_CASH_INVALID", "sales", "1003"), "SELECT count(*) FROM sales WHERE id = 1003", 0),
    Dirt("a sale at no time", (_sale(1004, created_at="soon"),),
         ("SALE_TIME_INVALID", "sales", "1004"), "SELECT count(*) FROM sales WHERE id = 1004", 0),
    Dirt("a sale of the empty slot", (_sale(1005, product_id=1),),
         ("SALE_OF_EMPTY_SLOT", "sales", "1005"), "SELECT count(*) FROM sales WHERE id = 1005", 0),
    Dirt("a sale with a fraction of a cent", (_sale(1006, sale_cash=1.499),),
         ("MONEY_ROUNDED", "sales", "1006"), "SELECT revenue_cents FROM sales WHERE id = 1006", 150),
    Dirt("a sale far off the list price", (_sale(1007, sale_cash=9.99),),
         ("SALE_PRICE_OUTLIER", "sales", "1007"), "SELECT revenue_cents FROM sales WHERE id = 1007", 999),
    Dirt("an order on a route that is gone", (_order(20, route_id=88),),
         ("ROUTE_STAND_IN", "service_orders", "20"), "SELECT name FROM routes WHERE id = 88 AND deleted_at IS NOT NULL", "Deleted route 88"),
    Dirt("an order on no route", (_order(21, route_id=None),),
         ("ROUTE_STAND_IN", "service_orders", "21"),
         "SELECT name FROM routes JOIN service_orders ON routes.id = route_id WHERE service_orders.id = 21", "Unknown route"),
    Dirt("an order of a driver who is gone", (_order(22, driver_id=99),),
         ("DRIVER_MISSING", "service_orders", "22"), "SELECT driver_id FROM service_orders WHERE id = 22", None),
    Dirt("an order in a state that is none", (_order(23, status="lost"), _stop(231, 23, 48)),
         ("STATUS_UNKNOWN", "service_orders", "23"), "SELECT status || cancel_reason FROM service_orders WHERE id = 23", "cancelledlegacy: cancelled"),
    Dirt("a pending order that was visited", (_order(24), _stop(240, 24, 48), _visit(240, service_order_cabinet_id=240, units_restocked=3)),
         ("ORDER_STATUS_DERIVED", "service_orders", "24"), "SELECT status FROM service_orders WHERE id = 24", "completed"),
    Dirt("a completed cabinet without a visit", (_order(25), _stop(250, 25, 48, "completed")),
         ("CABINET_WITHOUT_VISIT", "service_order_cabinets", "250"), "SELECT status FROM service_order_cabinets WHERE id = 250", "skipped"),
    Dirt("a cabinet of an order that is gone", (_stop(260, 900, 48),),
         ("ORPHAN", "service_order_cabinets", "260"), "SELECT count(*) FROM service_order_cabinets WHERE id = 260", 0),
    Dirt("a cabinet that is twice in an order", (_order(27), _stop(270, 27, 48), _stop(271, 27, 48)),
         ("ORDER_CABINET_DUPLICATE", "service_order_cabinets", "271"), "SELECT count(*) FROM service_order_cabinets WHERE service_order_id = 27", 1),
    Dirt("an item of the empty slot", (_item(300, 270, 1, 4),),
         ("ITEM_PRODUCT_MISSING", "service_order_cabinet_items", "300"), "SELECT count(*) FROM service_order_items WHERE id = 300", 0),
    Dirt("a product that is twice in a cabinet", (_item(301, 270, 2, 4), _item(302, 270, 2, 5)),
         ("ITEM_DUPLICATE", "service_order_cabinet_items", "302"), "SELECT quantity_needed FROM service_order_items WHERE id = 301", 9),
    Dirt("an item that needs nothing", (_item(303, 270, 3, 0),),
         ("ITEM_WITHOUT_UNITS", "service_order_cabinet_items", "303"), "SELECT count(*) FROM service_order_items WHERE id = 303", 0),
    Dirt("a visit of a cabinet that is gone", (_visit(20, service_order_cabinet_id=999),),
         ("VISIT_CABINET_MISSING", "service_visits", "20"), "SELECT order_cabinet_id FROM service_visits WHERE id = 20", None),
    Dirt("a second visit of one cabinet", (_visit(21, service_order_cabinet_id=16),),
         ("VISIT_DUPLICATE", "service_visits", "21"), "SELECT order_cabinet_id FROM service_visits WHERE id = 21", None),
    Dirt("a visit by nobody", (_visit(22, technician_id=99),),
         ("TECHNICIAN_MISSING", "service_visits", "22"), "SELECT technician_id FROM service_visits WHERE id = 22", 1),
    Dirt("a visit of a kind that is none", (_visit(23, service_type="party"),),
         ("SERVICE_TYPE_UNKNOWN", "service_visits", "23"), "SELECT service_type FROM service_visits WHERE id = 23", "routine"),
    Dirt("a photo, which is a file elsewhere", ("INSERT INTO service_order_photos (id, service_order_id, filename) VALUES (1, 8, 'a.jpg')",),
         ("PHOTO_FILE_NOT_IN_DATABASE", "service_order_photos", "1"), "SELECT count(*) FROM service_order_photos", 0),
    Dirt("audit details that are no JSON", ("UPDATE audit_log SET details = '{broken' WHERE id = 1",), None,
         "SELECT details ->> 'text' FROM audit_events WHERE details ->> 'legacyId' = '1'", "{broken"),
    Dirt("audit details with an escaped NUL", ("""UPDATE audit_log SET details = '{"a": "\\u0000"}' WHERE id = 2""",), None,
         "SELECT details ->> 'text' FROM audit_events WHERE details ->> 'legacyId' = '2'", '{"a": "\\u0000"}'),
    Dirt("an audit entry of nobody at no address", ("UPDATE audit_log SET user_id = 99, ip_address = 'proxy' WHERE id = 3",),
         ("ADDRESS_INVALID", "audit_log", "3"), "SELECT actor_username FROM audit_events WHERE details ->> 'legacyId' = '3'", "legacy user 99"),
    Dirt("a table of which the target knows nothing", ("CREATE TABLE mystery (a)", "INSERT INTO mystery VALUES (1)"),
         None, "SELECT count(*) FROM import_issues WHERE code = 'TABLE_NOT_IMPORTED' AND table_name = 'mystery'", 1),
    Dirt("an article of no known difficulty", ("UPDATE knowledge_base_articles SET difficulty = NULL, category = 'Odd' WHERE id = 'planograms'",),
         None, "SELECT difficulty || category FROM kb_articles WHERE id = 'planograms'", "BeginnerOdd"),
    Dirt("a read that is no read", ("INSERT INTO dex_reads (id, filename, upload_timestamp, raw_content) VALUES (20, NULL, '', 'hello')",),
         None, "SELECT status FROM dex_reads WHERE id = 20", "rejected"),
    Dirt("thresholds that contradict one another", ("UPDATE route_planning_config SET warning_dri_threshold = 0",),
         ("THRESHOLDS_INCONSISTENT", "route_planning_config", "1"), "SELECT warning_dri_days FROM route_planning_settings", 3),
)  # fmt: skip
