"""Rows to begin a test with, written by SQL past the API. Names that do not matter are made up and unique."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.kit.db import Connection

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Fill:
    """What a slot holds: `Fill(product_id, quantity=3)`. Capacity 10 and par 8 are what the trade uses most."""

    product_id: int
    quantity: int = 0
    capacity: int = 10
    par_level: int = 8
    price_cents: int | None = None


@dataclass(frozen=True)
class Cabinet:
    """A cabinet with its planogram; `slots` holds the ids by position."""

    id: int
    index: int
    type_name: str
    planogram_id: int
    key: str
    slots: Mapping[str, int]


@dataclass(frozen=True)
class Device:
    """A device with its cabinets, by index."""

    id: int
    asset: str
    cabinets: Sequence[Cabinet]


def user(db: Connection, username: str | None = None, *, role: str = "driver", active: bool = True) -> int:
    """Write a user who cannot sign in; the signed-in ones are the fixtures `admin`, `driver` and so on."""
    username = username or f"person{next(_numbers)}"
    return int(
        db.value(
            """
            INSERT INTO users (username, email, role, is_active)
            VALUES (%(username)s, %(username)s || '@cvd.example', %(role)s, %(active)s)
            RETURNING id
            """,
            username=username,
            role=role,
            active=active,
        )
    )


def location(db: Connection, name: str | None = None, *, address: str | None = None) -> int:
    """Write a location."""
    return int(
        db.value(
            "INSERT INTO locations (name, address) VALUES (%(name)s, %(address)s) RETURNING id",
            name=name or f"Location {next(_numbers)}",
            address=address,
        )
    )


def product(
    db: Connection,
    name: str | None = None,
    *,
    category: str = "snacks",
    price_cents: int = 150,
    deleted_at: datetime | None = None,
) -> int:
    """Write a product, and its category where it is missing."""
    return int(
        db.value(
            """
            WITH category AS (
                INSERT INTO product_categories (name)
                VALUES (%(category)s)
                    ON CONFLICT (lower(name)) DO UPDATE SET name = product_categories.name
                RETURNING id)
            INSERT INTO products (name, category_id, price_cents, deleted_at)
            SELECT %(name)s, id, %(price_cents)s, %(deleted_at)s
              FROM category
            RETURNING id
            """,
            name=name or f"Product {next(_numbers)}",
            category=category,
            price_cents=price_cents,
            deleted_at=deleted_at,
        )
    )


def route(db: Connection, name: str | None = None, *, number: int | None = None, driver_id: int | None = None) -> int:
    """Write a route, with the open row of its driver's history."""
    return int(
        db.value(
            """
            WITH fresh AS (
                INSERT INTO routes (name, route_number, driver_id)
                VALUES (%(name)s, %(number)s, %(driver_id)s)
                RETURNING id, driver_id),
            history AS (
                INSERT INTO route_driver_history (route_id, driver_id)
                SELECT id, driver_id FROM fresh WHERE driver_id IS NOT NULL)
            SELECT id FROM fresh
            """,
            name=name or f"Route {next(_numbers)}",
            number=number,
            driver_id=driver_id,
        )
    )


def device(
    db: Connection,
    asset: str | None = None,
    *,
    cabinets: Sequence[str] = ("Ambient+",),
    device_type: str = "PicoVision",
    nickname: str = "Near the gate",
    location_id: int | None = None,
    route_id: int | None = None,
) -> Device:
    """Write a device with empty cabinets of the named types; no location means the default one."""
    asset = asset or f"A{next(_numbers)}"
    device_id = int(
        db.value(
            """
            INSERT INTO devices (asset, nickname, device_type_id, location_id, route_id, model)
            SELECT %(asset)s, %(nickname)s, type.id,
                   coalesce(%(location_id)s, (SELECT id FROM locations WHERE is_default)), %(route_id)s, %(model)s
              FROM device_types type
             WHERE type.name = %(device_type)s
            RETURNING id
            """,
            asset=asset,
            nickname=nickname,
            device_type=device_type,
            location_id=location_id,
            route_id=route_id,
            model=cabinets[0],
        )
    )
    return Device(device_id, asset, [_cabinet(db, device_id, asset, i, name) for i, name in enumerate(cabinets)])


def _cabinet(db: Connection, device_id: int, asset: str, index: int, type_name: str) -> Cabinet:
    cabinet_id = int(
        db.value(
            """
            INSERT INTO device_cabinets (device_id, cabinet_type_id, cabinet_index, model_name, rows, cols)
            SELECT %(device_id)s, id, %(index)s, name, rows, cols
              FROM cabinet_types
             WHERE name = %(type_name)s
            RETURNING id
            """,
            device_id=device_id,
            index=index,
            type_name=type_name,
        )
    )
    planogram_id = int(db.value("INSERT INTO planograms (cabinet_id) VALUES (%(id)s) RETURNING id", id=cabinet_id))
    db.execute(
        """
        INSERT INTO planogram_slots (planogram_id, row_no, col_no)
        SELECT %(planogram_id)s, row_no, col_no
          FROM device_cabinets cabinet, generate_series(1, cabinet.rows) row_no, generate_series(1, cabinet.cols) col_no
         WHERE cabinet.id = %(cabinet_id)s
         ORDER BY row_no, col_no
        """,
        planogram_id=planogram_id,
        cabinet_id=cabinet_id,
    )
    ids = db.values(
        "SELECT id FROM planogram_slots WHERE planogram_id = %(id)s ORDER BY row_no, col_no", id=planogram_id
    )
    positions = db.values(
        "SELECT position FROM planogram_slots WHERE planogram_id = %(id)s ORDER BY row_no, col_no", id=planogram_id
    )
    slots = dict(zip(positions, ids, strict=True))
    return Cabinet(cabinet_id, index, type_name, planogram_id, f"{asset}-{type_name}-{index}", slots)


def fill(db: Connection, cabinet: Cabinet, slots: Mapping[str, Fill]) -> None:
    """Put products into empty slots: `fill(db, cabinet, {"A1": Fill(cola, quantity=3)})`; the ledger is kept."""
    for position, content in slots.items():
        # One statement, so that the proof at commit finds the quantity and its movement together.
        db.execute(
            """
            WITH filled AS (
                UPDATE planogram_slots
                   SET product_id = %(product_id)s, quantity = %(quantity)s, capacity = %(capacity)s,
                       par_level = %(par_level)s, price_cents = %(price_cents)s, assigned_at = now()
                 WHERE id = %(slot_id)s
                RETURNING id)
            INSERT INTO inventory_movements (slot_id, product_id, delta, kind, quantity_after)
            SELECT id, %(product_id)s, %(quantity)s, 'import', %(quantity)s
              FROM filled
             WHERE %(quantity)s > 0
            """,
            slot_id=cabinet.slots[position],
            product_id=content.product_id,
            quantity=content.quantity,
            capacity=content.capacity,
            par_level=content.par_level,
            price_cents=content.price_cents,
        )


def stock_of(db: Connection, cabinet: Cabinet) -> dict[str, int]:
    """Return the quantity of every occupied slot, by position."""
    positions = db.values(
        """
        SELECT position
          FROM planogram_slots
         WHERE planogram_id = %(id)s AND product_id IS NOT NULL AND retired_at IS NULL
         ORDER BY row_no, col_no
        """,
        id=cabinet.planogram_id,
    )
    quantities = db.values(
        """
        SELECT quantity
          FROM planogram_slots
         WHERE planogram_id = %(id)s AND product_id IS NOT NULL AND retired_at IS NULL
         ORDER BY row_no, col_no
        """,
        id=cabinet.planogram_id,
    )
    return dict(zip(positions, quantities, strict=True))


def delete_device(db: Connection, device_id: int, *, at: datetime | None = None) -> None:
    """Mark a device as deleted."""
    db.execute("UPDATE devices SET deleted_at = coalesce(%(at)s, now()) WHERE id = %(id)s", id=device_id, at=at)


def order(db: Connection, route_id: int, *cabinets: Cabinet, status: str = "pending") -> int:
    """Write a service order with these cabinets and no items; it is created, and driven, by the first user."""
    order_id = int(
        db.value(
            """
            INSERT INTO service_orders (route_id, service_date, status, total_units, estimated_minutes, created_by,
                                        driver_id, started_at, completed_at, cancelled_at, cancel_reason)
            SELECT %(route_id)s, current_date, %(status)s, 0, 10, id, id,
                   CASE WHEN %(status)s IN ('in_progress', 'completed') THEN now() END,
                   CASE WHEN %(status)s = 'completed' THEN now() END,
                   CASE WHEN %(status)s = 'cancelled' THEN now() END,
                   CASE WHEN %(status)s = 'cancelled' THEN 'not needed' END
              FROM users
             ORDER BY id
             LIMIT 1
            RETURNING id
            """,
            route_id=route_id,
            status=status,
        )
    )
    db.execute(
        """
        INSERT INTO service_order_cabinets (service_order_id, cabinet_id, estimated_minutes)
        SELECT %(order_id)s, cabinet_id, 10
          FROM unnest(%(cabinet_ids)s::bigint[]) cabinet_id
        """,
        order_id=order_id,
        cabinet_ids=[cabinet.id for cabinet in cabinets],
    )
    return order_id
