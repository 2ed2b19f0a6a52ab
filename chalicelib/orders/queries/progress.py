"""Locking an order with its cabinets, and writing how it goes on."""

from collections.abc import Collection, Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.principal import Principal
from chalicelib.orders.models.rows import Order, OrderedItem, Step, Stop
from chalicelib.orders.queries.seeing import SEEN
from chalicelib.orders.rules.loading import Slot

_ORDER = """
        SELECT id, route_id, driver_id, service_date, status, priority, total_units, estimated_minutes, notes,
               created_at, started_at, completed_at, cancelled_at, cancelled_by, cancel_reason, sync_version, version,
               updated_at
          FROM service_orders orders
"""
_SEEN = f"AND {SEEN} FOR UPDATE"


def lock_order(db: Connection, order_id: int, *, seen_by: Principal) -> Order | None:
    """An order, locked; another driver's is not there (BR-095)."""
    return db.fetch_one(Order, f"{_ORDER} WHERE id = %(id)s {_SEEN}", id=order_id, **seen_by.sight)


def lock_order_of_stop(db: Connection, stop_id: int, *, seen_by: Principal) -> Order | None:
    """The order of a cabinet, locked; another driver's is not there (BR-095)."""
    return db.fetch_one(
        Order,
        f"{_ORDER} WHERE id = (SELECT service_order_id FROM service_order_cabinets WHERE id = %(stop_id)s) {_SEEN}",  # noqa: S608
        stop_id=stop_id,
        **seen_by.sight,
    )


def lock_stops(db: Connection, order_id: int) -> list[Stop]:
    """The cabinets of an order that is locked already, locked too."""
    return db.fetch(
        Stop,
        """
        SELECT stop.id, stop.cabinet_id, device.id AS device_id, device.asset, cabinet.cabinet_index, stop.status,
               stop.started_at, stop.executed_at, stop.executed_by, stop.skip_reason
          FROM service_order_cabinets stop
          JOIN device_cabinets cabinet ON cabinet.id = stop.cabinet_id
          JOIN devices device ON device.id = cabinet.device_id
         WHERE stop.service_order_id = %(order_id)s
         ORDER BY stop.id
           FOR UPDATE OF stop
        """,
        order_id=order_id,
    )


def lock_slots(db: Connection, cabinet_ids: Collection[int]) -> list[Slot]:
    """The live slots of the cabinets, locked after their planograms, each in the order of their ids (§12.3)."""
    db.execute(
        "SELECT id FROM planograms WHERE cabinet_id = ANY(%(ids)s) ORDER BY id FOR NO KEY UPDATE", ids=list(cabinet_ids)
    )
    return db.fetch(
        Slot,
        """
        SELECT slot.id, planogram.cabinet_id, slot.position, slot.row_no, slot.col_no, slot.product_id, slot.quantity,
               slot.par_level, slot.capacity
          FROM planogram_slots slot
          JOIN planograms planogram ON planogram.id = slot.planogram_id
         WHERE planogram.cabinet_id = ANY(%(ids)s)
           AND slot.retired_at IS NULL
         ORDER BY slot.id
           FOR NO KEY UPDATE OF slot
        """,
        ids=list(cabinet_ids),
    )


def items_of(db: Connection, stop_ids: Collection[int]) -> list[OrderedItem]:
    """What the order asks for in these cabinets."""
    return db.fetch(
        OrderedItem,
        """
        SELECT order_cabinet_id AS stop_id, product_id, quantity_needed
          FROM service_order_items
         WHERE order_cabinet_id = ANY(%(ids)s)
         ORDER BY order_cabinet_id, product_id
        """,
        ids=list(stop_ids),
    )


def stops_without_photo(db: Connection, stop_ids: Collection[int]) -> list[int]:
    """Those of the cabinets that nobody has taken a photo of."""
    return db.values(
        """
        SELECT stop_id
          FROM unnest(%(ids)s::bigint[]) AS asked (stop_id)
         WHERE NOT EXISTS (SELECT
                             FROM service_order_photos photo
                            WHERE photo.order_cabinet_id = asked.stop_id
                              AND photo.redacted_at IS NULL)
        """,
        ids=list(stop_ids),
    )


def save_order(db: Connection, order: Order, *, at: datetime) -> Order:
    """Write an order back; its versions go up by one."""
    saved = db.fetch_one(
        Order,
        """
        UPDATE service_orders
           SET driver_id = %(driver_id)s, service_date = %(service_date)s, status = %(status)s,
               priority = %(priority)s, total_units = %(total_units)s, estimated_minutes = %(estimated_minutes)s,
               notes = %(notes)s, started_at = %(started_at)s, completed_at = %(completed_at)s,
               cancelled_at = %(cancelled_at)s, cancelled_by = %(cancelled_by)s, cancel_reason = %(cancel_reason)s,
               sync_version = sync_version + 1, version = version + 1, updated_at = %(at)s
         WHERE id = %(id)s
        RETURNING id, route_id, driver_id, service_date, status, priority, total_units, estimated_minutes, notes,
                  created_at, started_at, completed_at, cancelled_at, cancelled_by, cancel_reason, sync_version,
                  version, updated_at
        """,
        id=order.id,
        driver_id=order.driver_id,
        service_date=order.service_date,
        status=order.status,
        priority=order.priority,
        total_units=order.total_units,
        estimated_minutes=order.estimated_minutes,
        notes=order.notes,
        started_at=order.started_at,
        completed_at=order.completed_at,
        cancelled_at=order.cancelled_at,
        cancelled_by=order.cancelled_by,
        cancel_reason=order.cancel_reason,
        at=at,
    )
    assert saved is not None  # noqa: S101 - narrows the type: the row is locked by this transaction
    return saved


def save_stops(db: Connection, stops: Sequence[Stop]) -> None:
    """Write the cabinets' states back."""
    db.execute(
        """
        UPDATE service_order_cabinets stop
           SET status = changed.status, started_at = changed.started_at, executed_at = changed.executed_at,
               executed_by = changed.executed_by, skip_reason = changed.skip_reason, version = stop.version + 1
          FROM unnest(%(ids)s::bigint[], %(statuses)s::text[], %(starts)s::timestamptz[], %(ends)s::timestamptz[],
                      %(executors)s::bigint[], %(reasons)s::text[])
               AS changed (id, status, started_at, executed_at, executed_by, skip_reason)
         WHERE stop.id = changed.id
        """,
        ids=[stop.id for stop in stops],
        statuses=[stop.status for stop in stops],
        starts=[stop.started_at for stop in stops],
        ends=[stop.executed_at for stop in stops],
        executors=[stop.executed_by for stop in stops],
        reasons=[stop.skip_reason for stop in stops],
    )


def insert_steps(db: Connection, order_id: int, steps: Sequence[Step], *, actor_id: int, at: datetime) -> None:
    """Append the steps that an order and its cabinets have taken, in their order."""
    db.execute(
        """
        INSERT INTO service_order_transitions (service_order_id, order_cabinet_id, from_status, to_status, reason,
                                               actor_id, at)
        SELECT %(order_id)s, stop_id, from_status, to_status, reason, %(actor_id)s, %(at)s
          FROM unnest(%(stop_ids)s::bigint[], %(starts)s::text[], %(ends)s::text[], %(reasons)s::text[])
               WITH ORDINALITY AS step (stop_id, from_status, to_status, reason, place)
         ORDER BY place
        """,
        order_id=order_id,
        stop_ids=[step.stop_id for step in steps],
        starts=[step.from_status for step in steps],
        ends=[step.to_status for step in steps],
        reasons=[step.reason for step in steps],
        actor_id=actor_id,
        at=at,
    )
