"""What an order is planned from, and writing it."""

from collections.abc import Sequence
from datetime import date, datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value
from chalicelib.orders.models.outgoing import OrderCreated, PickLine
from chalicelib.orders.models.rows import Cabinet, OrderedItem, Priority, Terms
from chalicelib.orders.rules.quantities import ProductStock


@value
class Route:
    """A live route, locked."""

    id: int
    driver_id: int | None


def terms(db: Connection) -> Terms:
    """The settings that orders go by."""
    found = db.fetch_one(
        Terms,
        """
        SELECT company.time_zone, company.minutes_per_cabinet, planning.preview_horizon_days AS horizon_days,
               coalesce((SELECT value = 'true'::jsonb FROM system_settings WHERE key = 'photos_required'), false)
                   AS photos_required
          FROM company_settings company
         CROSS JOIN route_planning_settings planning
        """,
    )
    assert found is not None  # noqa: S101 - narrows the type: both tables hold exactly one row
    return found


def lock_route(db: Connection, route_id: int) -> Route | None:
    """A live route, locked, so that the same order is not created twice at once."""
    return db.fetch_one(
        Route,
        "SELECT id, driver_id FROM routes WHERE id = %(id)s AND deleted_at IS NULL FOR NO KEY UPDATE",
        id=route_id,
    )


def lock_route_of(db: Connection, order_id: int) -> None:
    """Lock the route of an order before the order itself (§12.3), while its cabinets are chosen anew."""
    db.execute(
        """
        SELECT id
          FROM routes
         WHERE id = (SELECT route_id FROM service_orders WHERE id = %(order_id)s)
           FOR NO KEY UPDATE
        """,
        order_id=order_id,
    )


def hold_devices(db: Connection, device_ids: Sequence[int]) -> None:
    """Keep devices from being moved to another route or deleted while they are put into an order."""
    db.execute("SELECT id FROM devices WHERE id = ANY(%(ids)s) ORDER BY id FOR SHARE", ids=sorted(device_ids))


def cabinets_selected(
    db: Connection, selections: Sequence[tuple[int, int]], *, besides_order: int | None = None
) -> list[Cabinet]:
    """The live cabinets of live devices among the selections of (device, index), in their order."""
    return db.fetch(
        Cabinet,
        """
        SELECT cabinet.id AS cabinet_id, device.id AS device_id, cabinet.cabinet_index, type.name AS type_name,
               device.asset, location.name AS location, location.address, device.route_id,
               (SELECT min(orders.id)
                  FROM service_order_cabinets stop
                  JOIN service_orders orders ON orders.id = stop.service_order_id
                 WHERE stop.cabinet_id = cabinet.id
                   AND orders.status IN ('pending', 'in_progress')
                   AND orders.id IS DISTINCT FROM %(besides)s) AS open_order_id
          FROM unnest(%(device_ids)s::bigint[], %(indexes)s::integer[])
               WITH ORDINALITY AS chosen (device_id, cabinet_index, place)
          JOIN devices device ON device.id = chosen.device_id AND device.deleted_at IS NULL
          JOIN device_cabinets cabinet
            ON cabinet.device_id = device.id AND cabinet.cabinet_index = chosen.cabinet_index
               AND cabinet.removed_at IS NULL
          JOIN cabinet_types type ON type.id = cabinet.cabinet_type_id
          JOIN locations location ON location.id = device.location_id
         ORDER BY chosen.place
        """,
        device_ids=[device_id for device_id, _ in selections],
        indexes=[index for _, index in selections],
        besides=besides_order,
    )


def cabinets_to_refresh(db: Connection, order_id: int) -> list[tuple[int, int]]:
    """The (device, index) of the order's cabinets that are still to be serviced."""
    rows = db.values(
        """
        SELECT ARRAY[cabinet.device_id, cabinet.cabinet_index]
          FROM service_order_cabinets stop
          JOIN device_cabinets cabinet ON cabinet.id = stop.cabinet_id
         WHERE stop.service_order_id = %(order_id)s
           AND stop.status = 'pending'
         ORDER BY stop.sequence_no, stop.id
        """,
        order_id=order_id,
    )
    return [(device_id, index) for device_id, index in rows]


def stock_of_cabinets(db: Connection, cabinet_ids: Sequence[int]) -> list[ProductStock]:
    """The stock of every product in the cabinets, by category and name (§7.7)."""
    return db.fetch(
        ProductStock,
        """
        WITH held AS (
            SELECT cabinet.id AS cabinet_id, cabinet.device_id, slot.product_id, sum(slot.quantity) AS quantity,
                   sum(slot.par_level) AS par_level, sum(slot.capacity) AS capacity,
                   sum(greatest(0, slot.par_level - slot.quantity)) AS short
              FROM device_cabinets cabinet
              JOIN planograms planogram ON planogram.cabinet_id = cabinet.id
              JOIN planogram_slots slot ON slot.planogram_id = planogram.id
             WHERE cabinet.device_id IN (SELECT device_id FROM device_cabinets WHERE id = ANY(%(cabinet_ids)s))
               AND cabinet.removed_at IS NULL
               AND slot.retired_at IS NULL
               AND slot.product_id IS NOT NULL
               AND slot.capacity > 0
             GROUP BY cabinet.id, cabinet.device_id, slot.product_id),
        whole AS (
            SELECT held.*, sum(capacity) OVER (PARTITION BY device_id, product_id) AS device_capacity
              FROM held)
        SELECT whole.cabinet_id, whole.device_id, whole.product_id, product.name AS product_name,
               category.name AS category, whole.quantity::integer, whole.par_level::integer,
               whole.capacity::integer, whole.short::integer, whole.device_capacity::integer
          FROM whole
          JOIN products product ON product.id = whole.product_id
          JOIN product_categories category ON category.id = product.category_id
         WHERE whole.cabinet_id = ANY(%(cabinet_ids)s)
         ORDER BY whole.cabinet_id, lower(category.name), lower(product.name), product.id
        """,
        cabinet_ids=list(cabinet_ids),
    )


def same_order(
    db: Connection, *, route_id: int, service_date: date, cabinet_ids: Sequence[int], created_by: int, since: datetime
) -> int | None:
    """An order for the same by the same user since then: a repeat of a request whose answer was lost."""
    found: int | None = db.value(
        """
        SELECT orders.id
          FROM service_orders orders
         WHERE orders.route_id = %(route_id)s
           AND orders.service_date = %(service_date)s
           AND orders.created_by = %(created_by)s
           AND orders.created_at >= %(since)s
           AND orders.status <> 'cancelled'
           AND ARRAY(SELECT cabinet_id FROM service_order_cabinets WHERE service_order_id = orders.id ORDER BY 1)
               = %(cabinet_ids)s::bigint[]
         ORDER BY orders.id DESC
         LIMIT 1
        """,
        route_id=route_id,
        service_date=service_date,
        created_by=created_by,
        since=since,
        cabinet_ids=sorted(cabinet_ids),
    )
    return found


def insert_order(
    db: Connection,
    *,
    route: Route,
    service_date: date,
    priority: Priority,
    notes: str | None,
    total_units: int,
    minutes: int,
    created_by: int,
    at: datetime,
) -> int:
    """Write a pending order; its id."""
    return int(
        db.value(
            """
            INSERT INTO service_orders (route_id, driver_id, service_date, priority, notes, total_units,
                                        estimated_minutes, created_by, created_at, updated_at)
            VALUES (%(route_id)s, %(driver_id)s, %(service_date)s, %(priority)s, %(notes)s, %(total_units)s,
                    %(minutes)s, %(created_by)s, %(at)s, %(at)s)
            RETURNING id
            """,
            route_id=route.id,
            driver_id=route.driver_id,
            service_date=service_date,
            priority=priority,
            notes=notes,
            total_units=total_units,
            minutes=minutes,
            created_by=created_by,
            at=at,
        )
    )


@value
class NewStop:
    """A cabinet that was put into an order."""

    id: int
    cabinet_id: int


def insert_stops(db: Connection, order_id: int, cabinet_ids: Sequence[int], *, minutes: int) -> dict[int, int]:
    """Put cabinets into an order, in this sequence; those that are in it get their new place. Stops by cabinet."""
    rows = db.fetch(
        NewStop,
        """
        INSERT INTO service_order_cabinets (service_order_id, cabinet_id, sequence_no, estimated_minutes)
        SELECT %(order_id)s, cabinet_id, place, %(minutes)s
          FROM unnest(%(cabinet_ids)s::bigint[]) WITH ORDINALITY AS chosen (cabinet_id, place)
            ON CONFLICT (service_order_id, cabinet_id) DO UPDATE SET sequence_no = excluded.sequence_no
        RETURNING id, cabinet_id
        """,
        order_id=order_id,
        cabinet_ids=list(cabinet_ids),
        minutes=minutes,
    )
    return {row.cabinet_id: row.id for row in rows}


def drop_other_stops(db: Connection, order_id: int, kept_cabinet_ids: Sequence[int]) -> None:
    """Take all other cabinets out of an order, with their items."""
    db.execute(
        """
        DELETE FROM service_order_cabinets
         WHERE service_order_id = %(order_id)s
           AND cabinet_id <> ALL(%(kept)s::bigint[])
        """,
        order_id=order_id,
        kept=list(kept_cabinet_ids),
    )


def replace_items(db: Connection, stop_ids: Sequence[int], items: Sequence[OrderedItem]) -> None:
    """Make these the items of the stops."""
    db.execute("DELETE FROM service_order_items WHERE order_cabinet_id = ANY(%(ids)s)", ids=list(stop_ids))
    insert_items(db, items)


def insert_items(db: Connection, items: Sequence[OrderedItem]) -> None:
    """Write what is to be brought."""
    db.execute(
        """
        INSERT INTO service_order_items (order_cabinet_id, product_id, quantity_needed)
        SELECT *
          FROM unnest(%(stop_ids)s::bigint[], %(product_ids)s::bigint[], %(quantities)s::integer[])
        """,
        stop_ids=[item.stop_id for item in items],
        product_ids=[item.product_id for item in items],
        quantities=[item.quantity_needed for item in items],
    )


def units_and_cabinets(db: Connection, order_id: int) -> tuple[int, int]:
    """The units of all items of an order, and the number of its cabinets."""
    units, cabinets = db.value(
        """
        SELECT ARRAY[coalesce(sum(item.quantity_needed), 0), count(DISTINCT stop.id)]
          FROM service_order_cabinets stop
          LEFT JOIN service_order_items item ON item.order_cabinet_id = stop.id
         WHERE stop.service_order_id = %(order_id)s
        """,
        order_id=order_id,
    )
    return int(units), int(cabinets)


@value
class _CreatedRow:
    id: int
    total_units: int
    estimated_minutes: int
    service_date: date
    driver_id: int | None


def created(db: Connection, order_id: int) -> OrderCreated:
    """What the creator of an order is told, now or when asking again."""
    row = db.fetch_one(
        _CreatedRow,
        "SELECT id, total_units, estimated_minutes, service_date, driver_id FROM service_orders WHERE id = %(id)s",
        id=order_id,
    )
    assert row is not None  # noqa: S101 - narrows the type: the order was just written or found
    return OrderCreated(
        order_id=row.id,
        id=row.id,
        total_units=row.total_units,
        estimated_minutes=row.estimated_minutes,
        service_date=row.service_date,
        driver_id=row.driver_id,
        pick_list=pick_list(db, order_id),
    )


def pick_list(db: Connection, order_id: int) -> list[PickLine]:
    """Units to load by product, by category and name in any case (§7.7)."""
    return db.fetch(
        PickLine,
        """
        SELECT product.id AS product_id, product.name AS product_name, category.name AS category,
               sum(item.quantity_needed)::integer AS quantity
          FROM service_order_cabinets stop
          JOIN service_order_items item ON item.order_cabinet_id = stop.id
          JOIN products product ON product.id = item.product_id
          JOIN product_categories category ON category.id = product.category_id
         WHERE stop.service_order_id = %(order_id)s
         GROUP BY product.id, product.name, category.name
         ORDER BY lower(category.name), lower(product.name), product.id
        """,
        order_id=order_id,
    )


def is_active_driver(db: Connection, user_id: int) -> bool:
    """Whether the user may be given an order."""
    return bool(
        db.value(
            """
            SELECT true
              FROM users
             WHERE id = %(id)s AND role = 'driver' AND is_active AND deleted_at IS NULL
               FOR KEY SHARE
            """,
            id=user_id,
        )
    )
