"""Visits: deliveries to the cabinets of orders, their rollback, and visits without an order."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value
from chalicelib.orders.models.incoming import NewVisit
from chalicelib.orders.models.outgoing import PastVisit, Shortfall
from chalicelib.orders.models.rows import Delivery, Visit, VisitItem, VisitSite


@value
class _Written:
    id: int
    about: int


def insert_visits(
    db: Connection, deliveries: Sequence[Delivery], *, route_id: int, technician_id: int, at: datetime
) -> dict[int, int]:
    """Write the visits; their ids by the cabinet of the order."""
    rows = db.fetch(
        _Written,
        """
        INSERT INTO service_visits (device_id, order_cabinet_id, route_id, visited_at, service_type, technician_id,
                                    units_restocked, duration_minutes, notes, created_at, updated_at)
        SELECT device_id, stop_id, %(route_id)s, visited_at, service_type, %(technician_id)s, units, minutes, notes,
               %(at)s, %(at)s
          FROM unnest(%(device_ids)s::bigint[], %(stop_ids)s::bigint[], %(times)s::timestamptz[], %(types)s::text[],
                      %(units)s::integer[], %(minutes)s::integer[], %(notes)s::text[])
               AS visit (device_id, stop_id, visited_at, service_type, units, minutes, notes)
        RETURNING id, order_cabinet_id AS about
        """,
        route_id=route_id,
        technician_id=technician_id,
        at=at,
        device_ids=[delivery.device_id for delivery in deliveries],
        stop_ids=[delivery.stop_id for delivery in deliveries],
        times=[delivery.at for delivery in deliveries],
        types=[delivery.service_type for delivery in deliveries],
        units=[delivery.units for delivery in deliveries],
        minutes=[delivery.minutes for delivery in deliveries],
        notes=[delivery.notes for delivery in deliveries],
    )
    return {row.about: row.id for row in rows}


def insert_visit_items(db: Connection, deliveries: Sequence[Delivery], visit_of: dict[int, int]) -> dict[int, int]:
    """Write what went into which slot; the lines' ids by slot."""
    loads = [(visit_of[delivery.stop_id], load) for delivery in deliveries for load in delivery.loads]
    rows = db.fetch(
        _Written,
        """
        INSERT INTO service_visit_items (visit_id, slot_id, product_id, quantity_filled)
        SELECT *
          FROM unnest(%(visit_ids)s::bigint[], %(slot_ids)s::bigint[], %(product_ids)s::bigint[], %(units)s::integer[])
        RETURNING id, slot_id AS about
        """,
        visit_ids=[visit_id for visit_id, _ in loads],
        slot_ids=[load.slot_id for _, load in loads],
        product_ids=[load.product_id for _, load in loads],
        units=[load.units for _, load in loads],
    )
    return {row.about: row.id for row in rows}


def fill_items(db: Connection, deliveries: Sequence[Delivery]) -> None:
    """Write what was delivered of what the order asked for; what is not mentioned was not delivered."""
    filled = [
        (delivery.stop_id, product_id, units)
        for delivery in deliveries
        for product_id, units in delivery.units_of.items()
    ]
    db.execute(
        """
        UPDATE service_order_items item
           SET quantity_filled = coalesce(
                   (SELECT filled.units
                      FROM unnest(%(filled_stops)s::bigint[], %(products)s::bigint[], %(units)s::integer[])
                           AS filled (stop_id, product_id, units)
                     WHERE filled.stop_id = item.order_cabinet_id AND filled.product_id = item.product_id), 0)
         WHERE item.order_cabinet_id = ANY(%(stop_ids)s)
        """,
        stop_ids=[delivery.stop_id for delivery in deliveries],
        filled_stops=[stop_id for stop_id, _, _ in filled],
        products=[product_id for _, product_id, _ in filled],
        units=[units for _, _, units in filled],
    )


def unfill_items(db: Connection, stop_id: int) -> None:
    """Forget what was delivered of what the order asked for."""
    db.execute("UPDATE service_order_items SET quantity_filled = NULL WHERE order_cabinet_id = %(id)s", id=stop_id)


def live_visit(db: Connection, stop_id: int) -> Visit | None:
    """The visit of a cabinet that has not been voided."""
    return db.fetch_one(
        Visit,
        """
        SELECT id, order_cabinet_id AS stop_id, technician_id, created_at, units_restocked AS units
          FROM service_visits
         WHERE order_cabinet_id = %(stop_id)s
           AND voided_at IS NULL
        """,
        stop_id=stop_id,
    )


def items_of_visit(db: Connection, visit_id: int) -> list[VisitItem]:
    """What a visit put into which slot, and what the slot holds now."""
    return db.fetch(
        VisitItem,
        """
        SELECT item.id, item.slot_id, item.product_id, item.quantity_filled AS units, slot.position,
               slot.product_id AS product_now, slot.quantity AS quantity_now
          FROM service_visit_items item
          LEFT JOIN planogram_slots slot ON slot.id = item.slot_id
         WHERE item.visit_id = %(visit_id)s
           AND item.quantity_filled > 0
         ORDER BY item.id
        """,
        visit_id=visit_id,
    )


def void_visit(db: Connection, visit_id: int, *, by: int, reason: str, at: datetime) -> None:
    """Mark a visit as taken back; it stays in the books."""
    db.execute(
        """
        UPDATE service_visits
           SET voided_at = %(at)s, voided_by = %(by)s, void_reason = %(reason)s
         WHERE id = %(visit_id)s
        """,
        visit_id=visit_id,
        by=by,
        reason=reason,
        at=at,
    )


def shortfalls(db: Connection, stop_id: int) -> list[Shortfall]:
    """What a cabinet got less than it was to get (BR-118)."""
    return db.fetch(
        Shortfall,
        """
        SELECT item.product_id, product.name AS product_name, item.quantity_needed, item.quantity_filled,
               item.quantity_needed - item.quantity_filled AS missing
          FROM service_order_items item
          JOIN products product ON product.id = item.product_id
          JOIN product_categories category ON category.id = product.category_id
         WHERE item.order_cabinet_id = %(stop_id)s
           AND item.quantity_filled < item.quantity_needed
         ORDER BY lower(category.name), lower(product.name), product.id
        """,
        stop_id=stop_id,
    )


def above_par(db: Connection, visit_id: int) -> list[str]:
    """A sentence for each slot that a visit filled above its par (BR-115)."""
    return db.values(
        """
        SELECT format('%%s holds %%s units now, its par is %%s.', slot.position, movement.quantity_after,
                      slot.par_level)
          FROM service_visit_items item
          JOIN inventory_movements movement ON movement.visit_item_id = item.id AND movement.kind = 'restock'
          JOIN planogram_slots slot ON slot.id = item.slot_id
         WHERE item.visit_id = %(visit_id)s
           AND movement.quantity_after > slot.par_level
         ORDER BY slot.row_no, slot.col_no
        """,
        visit_id=visit_id,
    )


def delivered_and_missing(db: Connection, order_id: int) -> tuple[int, int]:
    """The units that an order's live visits delivered, and those that its serviced cabinets lack."""
    delivered, missing = db.value(
        """
        SELECT ARRAY[
                   (SELECT coalesce(sum(visit.units_restocked), 0)
                      FROM service_order_cabinets stop
                      JOIN service_visits visit ON visit.order_cabinet_id = stop.id AND visit.voided_at IS NULL
                     WHERE stop.service_order_id = %(order_id)s),
                   (SELECT coalesce(sum(greatest(0, item.quantity_needed - coalesce(item.quantity_filled, 0))), 0)
                      FROM service_order_cabinets stop
                      JOIN service_order_items item ON item.order_cabinet_id = stop.id
                     WHERE stop.service_order_id = %(order_id)s)]
        """,
        order_id=order_id,
    )
    return int(delivered), int(missing)


def visit_site(db: Connection, device_id: int) -> VisitSite | None:
    """A live device."""
    return db.fetch_one(
        VisitSite, "SELECT route_id FROM devices WHERE id = %(id)s AND deleted_at IS NULL FOR KEY SHARE", id=device_id
    )


def route_exists(db: Connection, route_id: int) -> bool:
    """Whether there is such a route, be it deleted."""
    return bool(db.value("SELECT true FROM routes WHERE id = %(id)s", id=route_id))


def insert_visit(db: Connection, visit: NewVisit, *, route_id: int | None, technician_id: int, at: datetime) -> int:
    """Write a visit without an order; its id."""
    return int(
        db.value(
            """
            INSERT INTO service_visits (device_id, route_id, visited_at, service_type, technician_id, units_restocked,
                                        duration_minutes, notes, created_at, updated_at)
            VALUES (%(device_id)s, %(route_id)s, %(at)s, %(service_type)s, %(technician_id)s, %(units)s, %(minutes)s,
                    %(notes)s, %(at)s, %(at)s)
            RETURNING id
            """,
            device_id=visit.device_id,
            route_id=route_id,
            service_type=visit.service_type,
            technician_id=technician_id,
            units=visit.units_restocked,
            minutes=visit.duration_minutes,
            notes=visit.notes or None,
            at=at,
        )
    )


def device_is_seen(db: Connection, device_id: int, *, seen_by: Principal) -> bool:
    """Whether the device is there for the caller; deleted ones are for admins (BR-052)."""
    return bool(
        db.value(
            """
            SELECT true
              FROM devices
             WHERE id = %(id)s
               AND (deleted_at IS NULL OR %(role)s = 'admin')
               AND (%(devices)s::bigint[] IS NULL OR id = ANY(%(devices)s))
            """,
            id=device_id,
            **seen_by.sight,
        )
    )


def history(db: Connection, device_id: int, *, limit: int, offset: int) -> list[PastVisit]:
    """The latest visits of a device, without those that were taken back."""
    return db.fetch(
        PastVisit,
        """
        SELECT visit.id, visit.route_id, route.name AS route_name, visit.visited_at AS service_date,
               visit.units_restocked, visit.service_type, visit.technician_id, usr.username AS technician_name,
               visit.duration_minutes, visit.notes, stop.service_order_id AS order_id
          FROM service_visits visit
          LEFT JOIN routes route ON route.id = visit.route_id
          LEFT JOIN users usr ON usr.id = visit.technician_id
          LEFT JOIN service_order_cabinets stop ON stop.id = visit.order_cabinet_id
         WHERE visit.device_id = %(device_id)s
           AND visit.voided_at IS NULL
         ORDER BY visit.visited_at DESC, visit.id DESC
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        device_id=device_id,
        limit=limit,
        offset=offset,
    )
