"""Small legacy databases, made anew for each test: seeded, of any generation, with any of the known dirt in them.

The fleet: device 5 (route 1) with two cabinets of 2x3 slots, device 6 (route 3) with one, device 7 deleted. Products 2
to 6, and 1 for "empty". Cabinet 46 was served the legacy way: the delivered 9 units of product 2 went into each of its
three slots, so these hold 12, 11 and 9 of 10.
"""

# ruff: noqa: E501, S608 - tables and statements made for a test; a row reads better unbroken.

import random
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.legacy.schema import SCHEMAS

LONGEST_DAY = 28
READ = """DXS*TST0000001*VA*V0/6*1
ST*001*0001
ID1*SER-1*MODEL X*0001
ID4*2*001*USD
PA1*10*150
PA2*5*750*5*750
PA1*11*200
PA2*3*600*3*600
G85*0000
SE*9*0001
DXE*1*1
"""


def make(path: Path, *, generation: int = 2, seed: int = 1, dirt: Iterable[str] = ()) -> Path:
    """Write a legacy database and return its path."""
    with sqlite3.connect(path) as db:
        db.executescript(SCHEMAS[generation])
        _fill(db, generation, random.Random(seed))
        for statement in dirt:
            db.execute(statement)
    db.close()
    return path


def _put(db: sqlite3.Connection, table: str, *rows: dict[str, Any]) -> None:
    for row in rows:
        columns, marks = ", ".join(row), ", ".join("?" * len(row))
        db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))


def _fill(db: sqlite3.Connection, generation: int, chance: random.Random) -> None:
    if generation > 1:
        _people(db, generation)
        _knowledge(db)
    _reference(db, generation)
    _fleet(db)
    _slots(db)
    _sales(db, chance)
    _reads(db)
    if generation == 1:
        _orders_of_generation_1(db)
    else:
        _orders(db, generation)


def _people(db: sqlite3.Connection, generation: int) -> None:
    names = ((1, "admin", "admin"), (2, "manager1", "manager"), (3, "viewer1", "viewer"), (4, "driver1", "driver"))
    for number, username, role in names:
        created = "2025-08-01 17:29:30" if number == 1 else "2025-08-04 16:54:19.358543"
        user = {
            "id": number,
            "username": username,
            "email": f"{username}@example.test",
            "role": role,
            "created_at": created,
        }
        user |= {"password_hash": f"scrypt:32768:8:1$salt${number:0128x}", "is_active": int(number != 3)}
        user |= {"updated_at": "2025-08-05 10:00:00.5", "last_login": "2025-08-06 17:58:22.560661"}
        _put(db, "users", user)
    if generation == 3:
        gone = {"id": 5, "username": "leaver", "email": "leaver@example.test", "role": "driver", "is_active": 1}
        gone |= {"is_deleted": 1, "deleted_by": "1", "password_hash": "scrypt:1", "updated_at": "2025-08-20 12:00:00"}
        _put(db, "users", gone)
        _put(
            db,
            "user_activity_log",
            {"session_id": "s", "user_id": 1, "page_url": "/"},
            {"user_id": 2, "page_url": "/a"},
        )
    _put(db, "sessions", {"id": "bare-token", "user_id": 1}, {"id": "another-token", "user_id": 2})
    entries = (
        {"user_id": 1, "action": "LOGIN", "resource_type": "user", "resource_id": 1, "details": "Successful login"},
        {
            "user_id": 1,
            "action": "USER_CREATE",
            "resource_type": "user",
            "resource_id": 4,
            "details": '{"role": "driver"}',
        },
        {"user_id": 2, "action": "EXPORT_RUN", "resource_type": "report", "details": None},
    )
    for entry in entries:
        _put(db, "audit_log", entry | {"ip_address": "192.0.2.10", "created_at": "2025-08-01 17:43:33"})


def _knowledge(db: sqlite3.Connection) -> None:
    _put(db, "knowledge_base_categories", {"name": "Getting Started", "description": "First steps", "sort_order": 1})
    for name in ("first-login", "planograms"):
        article = {
            "id": name,
            "title": name.title(),
            "author": "Team",
            "category": "Getting Started",
            "tags": "a, b,,c",
        }
        article |= {
            "difficulty": "Beginner",
            "word_count": 3,
            "read_time_minutes": 1,
            "search_content": f"Text of {name}",
        }
        _put(db, "knowledge_base_articles", article | {"file_modified_time": "2025-08-06T12:47:26.719294"})


def _reference(db: sqlite3.Connection, generation: int) -> None:
    for number, (name, more) in enumerate((("PicoVision", 1), ("PicoVision Express", 0), ("Stockwell", 0)), 1):
        _put(db, "device_types", {"id": number, "name": name, "description": name, "allows_additional_cabinets": more})
    for number, name in enumerate(("Cooler", "Freezer", "Ambient"), 1):
        _put(
            db,
            "cabinet_types",
            {"id": number, "name": name, "description": name, "rows": 2, "cols": 3, "icon": name[0]},
        )
    moments = {"created_at": "2025-07-06 01:36:06", "updated_at": "2025-07-06 01:36:06"}
    for number, name in ((3, "Terminal B"), (4, "Gym")):
        place = {"id": number, "name": name, "address": "1 Main St", "latitude": 42.1935762, "longitude": -83.3838527}
        _put(db, "locations", place | moments)
    for number in (1, 3):
        route: dict[str, Any] = {"id": number, "name": f"Route {number}"} | moments
        if generation > 1:
            route["driver_id" if generation == 2 else "assigned_driver_id"] = 4
        _put(db, "routes", route)
    _put(
        db,
        "products",
        {"id": 1, "name": "EMPTY_SLOT", "category": "system", "price": 0, "is_system": 1}
        | {"created_at": moments["created_at"]},
    )
    for number, (name, category, price) in enumerate(
        (
            ("Hershey’s", "Candy", 1.5),
            ("Pepsi", "soda", 2.5),
            ("Water", "water", 2),
            ("Chips", "Chips", 1.75),
            ("Wrap", "Foods", 5),
        ),
        2,
    ):
        product = {"id": number, "name": name, "category": category, "price": price, "is_system": 0}
        _put(
            db,
            "products",
            product | {"image": f"https://images.example.test/{number}.png", "created_at": moments["created_at"]},
        )
    config = {
        "critical_dri_threshold": 1,
        "warning_dri_threshold": 4,
        "ok_dri_threshold": 9,
        "metrics_cache_ttl_minutes": 20,
    }
    _put(db, "route_planning_config", config | {"auto_select_critical": 0})


def _fleet(db: sqlite3.Connection) -> None:
    made = {"created_at": "2025-07-06 02:21:49", "updated_at": "2025-07-06 02:21:49"}
    devices = (
        {"id": 5, "asset": "999", "cooler": "Cafe", "location_id": 3, "route_id": 1},
        {"id": 6, "asset": "666", "cooler": "Sam's Corner", "location_id": 4, "route_id": 3},
        {"id": 7, "asset": "546t4", "cooler": "Old", "location_id": 4, "deleted_at": "2025-07-09T10:25:35.426300"},
    )
    for device in devices:
        _put(db, "devices", device | made | {"model": "Cooler", "device_type_id": 1})
    _put(db, "device_routes", {"device_id": 5, "route_id": 1}, {"device_id": 6, "route_id": 1})
    for cabinet, planogram, device, index, kind in (
        (46, 49, 5, 0, 1),
        (47, 50, 5, 1, 3),
        (48, 51, 6, 0, 1),
        (49, 52, 7, 0, 1),
    ):
        grid = {"model_name": "M", "is_parent": int(index == 0), "cabinet_index": index, "rows": 2, "columns": 3}
        _put(db, "cabinet_configurations", {"id": cabinet, "device_id": device, "cabinet_type_id": kind} | grid)
        asset, name = {5: "999", 6: "666", 7: "546t4"}[device], {1: "Cooler", 3: "Ambient"}[kind]
        key = {"planogram_key": f"{asset}-{name}-{index}", "updated_at": made["created_at"]}
        _put(db, "planograms", {"id": planogram, "cabinet_id": cabinet} | key)


_LAYOUT = {
    49: ((2, 12), (2, 11), (2, 9), (3, 4), (1, 0), (1, 0)),
    50: ((4, 3), (5, 8), (5, 0), (1, 0), (6, 2), (None, 0)),
    51: ((2, 5), (3, 6), (4, 7), (5, 8), (6, 9), (1, 0)),
    52: ((2, 1), (1, 0), (1, 0), (1, 0), (1, 0), (1, 0)),
}
_PRICES = {2: 1.5, 3: 2.5, 4: 2, 5: 1.75, 6: 5}
_NAMES = {1: "EMPTY_SLOT", 2: "Hershey’s", 3: "Pepsi", 4: "Water", 5: "Chips", 6: "Wrap"}


def _slots(db: sqlite3.Connection) -> None:
    number = 1449
    for planogram, cells in _LAYOUT.items():
        for place, (product, quantity) in enumerate(cells):
            slot: dict[str, Any] = {
                "id": number,
                "planogram_id": planogram,
                "slot_position": f"{'AB'[place // 3]}{place % 3 + 1}",
            }
            slot |= {"product_id": product, "product_name": _NAMES.get(product or 0), "quantity": quantity}
            if product not in (1, None):
                slot |= {"capacity": 10, "par_level": 8, "price": _PRICES[product]}
            _put(db, "planogram_slots", slot)
            number += 1
    # Slot 1452 (Pepsi) is dearer than the product; 1453 was cleared of Pepsi; 1450 had Water before.
    db.execute("UPDATE planogram_slots SET price = 3 WHERE id = 1452")
    db.execute("UPDATE planogram_slots SET cleared_at = '2025-07-09 12:48:22', previous_product_id = 3 WHERE id = 1453")
    db.execute("UPDATE planogram_slots SET cleared_at = '2025-07-08 12:00:00', previous_product_id = 4 WHERE id = 1450")
    db.execute("UPDATE planogram_slots SET cleared_at = '2025-07-07 12:00:00' WHERE id = 1449")
    _put(db, "slot_metrics", {"planogram_slot_id": 1449}, {"planogram_slot_id": 1453})
    _put(db, "device_metrics", {"device_id": 5, "units_to_par": 3})


def _sales(db: sqlite3.Connection, chance: random.Random) -> None:
    for number in range(100, 160):
        product, units = chance.choice((2, 3, 4, 5)), chance.randint(1, 9)
        moment = f"2025-0{chance.randint(7, 8)}-{chance.randint(8, LONGEST_DAY):02} {chance.randint(6, 22):02}:{chance.randint(0, 59):02}:00"
        sale = {"id": number, "device_id": chance.choice((5, 6)), "product_id": product, "sale_units": units}
        _put(
            db,
            "sales",
            sale | {"sale_cash": round(units * _PRICES[product], 2), "created_at": moment, "updated_at": moment},
        )
    db.execute("UPDATE sqlite_sequence SET seq = 7623 WHERE name = 'sales'")


def _reads(db: sqlite3.Connection) -> None:
    other = READ.replace("SER-1", "SER-2")
    for number, (content, day) in enumerate(((READ, 11), (other, 12), (READ, 13)), 7):
        _put(
            db,
            "dex_reads",
            {
                "id": number,
                "filename": f"read {number}.txt",
                "upload_timestamp": f"2025-07-{day} 15:36:12",
                "raw_content": content,
            },
        )
    _put(db, "dex_records", {"dex_read_id": 7, "raw_record": "ST*001*0001"})


def _orders_of_generation_1(db: sqlite3.Connection) -> None:
    order = {"id": 1, "route_id": 1, "created_at": "2025-07-24 22:27:53", "created_by": "route-schedule-user"}
    _put(db, "service_orders", order | {"status": "pending", "total_units": 12, "estimated_duration_minutes": 15})
    lines = ((5, 0, 2, 5), (5, 0, 3, 4), (5, 1, 4, 3), (5, None, 5, 2), (5, 1, None, 1))
    for number, (device, index, product, needed) in enumerate(lines, 1):
        line = {"id": number, "service_order_id": 1, "device_id": device, "cabinet_index": index}
        _put(db, "service_order_items", line | {"product_id": product, "quantity_needed": needed})


def _orders(db: sqlite3.Connection, generation: int) -> None:
    """4 pending without a driver, 8 half done, 9 "completed" without a visit, 10 pending, 11 created by user 2."""
    orders = (
        (4, "pending", None, "route-schedule-user", (48,)),
        (8, "in_progress", 4, "route-schedule-user", (46, 47)),
        (9, "completed", 4, "test-driver-capture", (48,)),
        (10, "pending", 4, "route-schedule-user", (46,)),
        (11, "pending", 4, "2", (47,)),
    )
    stop = 14
    for number, status, driver, creator, cabinets in orders:
        order = {"id": number, "route_id": 1, "created_at": f"2025-08-04 1{number % 10}:02:02", "created_by": creator}
        order |= {"status": status, "driver_id": driver, "last_modified": "2025-08-05 16:26:21"}
        _put(
            db,
            "service_orders",
            order | {"total_units": 18 * len(cabinets), "estimated_duration_minutes": 10 * len(cabinets)},
        )
        for cabinet in cabinets:
            stop += 1
            place = {"id": stop, "service_order_id": number, "cabinet_configuration_id": cabinet}
            _put(db, "service_order_cabinets", place | {"created_at": order["created_at"], "status": "pending"})
            for product, needed in ((2, 10), (3, 8)):
                item = {"service_order_cabinet_id": stop, "product_id": product, "quantity_needed": needed}
                _put(db, "service_order_cabinet_items", item | {"created_at": order["created_at"]})
    visit = {"id": 1, "device_id": 5, "service_date": "2025-08-05 17:53:08", "units_restocked": 0, "technician_id": 1}
    visit |= {
        "service_type": "routine",
        "duration_minutes": 10,
        "notes": "Service order execution",
        "service_order_cabinet_id": 16,
    }
    _put(db, "service_visits", visit)
    _put(
        db,
        "service_visit_items",
        {"service_visit_id": 1, "product_id": 2, "quantity_filled": 9, "created_at": visit["service_date"]},
    )
    if generation == 3:
        db.execute("UPDATE service_orders SET started_at = '2025-08-05 17:00:00', notes = 'Ring twice' WHERE id = 8")
        db.execute("UPDATE service_order_cabinet_items SET quantity_filled = 7 WHERE service_order_cabinet_id = 17")
        db.execute("UPDATE routes SET route_number = '12A' WHERE id = 1")
        db.execute("UPDATE routes SET route_number = '7' WHERE id = 3")
