"""The SQL of slots' stock and of its ledger."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value
from chalicelib.stock.models import Discrepancy, Entry, Line, Move
from chalicelib.stock.rules import Fall


@value
class CountableSlot:
    """A slot as a count finds it."""

    id: int
    position: str
    product_id: int | None
    quantity: int
    capacity: int
    device_id: int


@value
class Crossing:
    """A slot whose units went down past a threshold, and which thresholds these were."""

    slot_id: int
    device_id: int
    cabinet_id: int
    position: str
    product_id: int
    quantity: int
    par_level: int
    capacity: int
    is_low: bool
    is_sold_out: bool


def crossings(db: Connection, fallen: Sequence[Fall]) -> list[Crossing]:
    """Those slots that now have a quarter of their par or less, or nothing, and had more before; by their ids."""
    return db.fetch(
        Crossing,
        """
        SELECT *
          FROM (SELECT slot.id AS slot_id, cabinet.device_id, cabinet.id AS cabinet_id, slot.position, slot.product_id,
                       slot.quantity, slot.par_level, slot.capacity,
                       fall.after * 4 <= slot.par_level AND fall.before * 4 > slot.par_level AND slot.par_level > 0
                       AS is_low,
                       fall.after = 0 AND fall.before > 0 AS is_sold_out
                  FROM unnest(%(slot_ids)s::bigint[], %(befores)s::integer[], %(afters)s::integer[])
                       AS fall (slot_id, before, after)
                  JOIN planogram_slots slot ON slot.id = fall.slot_id AND slot.product_id IS NOT NULL
                  JOIN planograms planogram ON planogram.id = slot.planogram_id
                  JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id) seen
         WHERE is_low OR is_sold_out
         ORDER BY slot_id
        """,
        slot_ids=[fall.slot_id for fall in fallen],
        befores=[fall.before for fall in fallen],
        afters=[fall.after for fall in fallen],
    )


def lock_slots(db: Connection, slot_ids: Sequence[int]) -> None:
    """Lock the slots' planograms, then the slots, each in the order of their ids (§12.3)."""
    db.execute(
        """
        SELECT id
          FROM planograms
         WHERE id IN (SELECT planogram_id FROM planogram_slots WHERE id = ANY(%(slot_ids)s))
         ORDER BY id
           FOR NO KEY UPDATE
        """,
        slot_ids=slot_ids,
    )
    db.execute(
        "SELECT id FROM planogram_slots WHERE id = ANY(%(slot_ids)s) ORDER BY id FOR NO KEY UPDATE",
        slot_ids=slot_ids,
    )


def move(db: Connection, moves: Sequence[Move], *, actor_id: int | None, at: datetime) -> list[Line]:
    """Change the quantities and append the ledger; the lines that were written, in the order given.

    A slot may come several times: its lines carry the running balance in the order given. The planograms' versions
    go up, so that whoever saves a layout with older quantities is told.
    """
    return db.fetch(
        Line,
        """
        WITH move AS (
            SELECT *
              FROM unnest(%(slot_ids)s::bigint[], %(deltas)s::integer[], %(kinds)s::text[],
                          %(visit_item_ids)s::bigint[], %(sale_ids)s::bigint[], %(sale_times)s::timestamptz[],
                          %(dex_read_ids)s::bigint[])
                   WITH ORDINALITY
                   AS move (slot_id, delta, kind, visit_item_id, sale_id, sale_sold_at, dex_read_id, place)),
        total AS (
            SELECT slot_id, sum(delta)::integer AS delta
              FROM move
             GROUP BY slot_id),
        changed AS (
            UPDATE planogram_slots slot
               SET quantity = slot.quantity + total.delta, version = slot.version + 1
              FROM total
             WHERE slot.id = total.slot_id
            RETURNING slot.id, slot.planogram_id, slot.product_id, slot.quantity - total.delta AS quantity_before),
        outdated AS (
            UPDATE planograms
               SET version = version + 1
             WHERE id IN (SELECT planogram_id FROM changed))
        INSERT INTO inventory_movements (slot_id, product_id, delta, kind, quantity_after, visit_item_id, sale_id,
                                         sale_sold_at, dex_read_id, actor_id, at)
        SELECT move.slot_id, changed.product_id, move.delta, move.kind,
               changed.quantity_before + sum(move.delta) OVER (PARTITION BY move.slot_id ORDER BY move.place),
               move.visit_item_id, move.sale_id, move.sale_sold_at, move.dex_read_id, %(actor_id)s, %(at)s
          FROM move
          JOIN changed ON changed.id = move.slot_id
         ORDER BY move.place
        RETURNING slot_id, delta, quantity_after
        """,
        slot_ids=[move.slot_id for move in moves],
        deltas=[move.delta for move in moves],
        kinds=[move.kind for move in moves],
        visit_item_ids=[move.visit_item_id for move in moves],
        sale_ids=[move.sale_id for move in moves],
        sale_times=[move.sale_sold_at for move in moves],
        dex_read_ids=[move.dex_read_id for move in moves],
        actor_id=actor_id,
        at=at,
    )


def append(db: Connection, entries: Sequence[Entry], *, actor_id: int | None, at: datetime) -> None:
    """Append lines to the ledger in the order given."""
    db.execute(
        """
        INSERT INTO inventory_movements (slot_id, product_id, delta, kind, quantity_after, actor_id, at)
        SELECT slot_id, product_id, delta, kind, quantity_after, %(actor_id)s, %(at)s
          FROM unnest(%(slot_ids)s::bigint[], %(product_ids)s::bigint[], %(deltas)s::integer[], %(kinds)s::text[],
                      %(quantities)s::integer[])
               WITH ORDINALITY AS entry (slot_id, product_id, delta, kind, quantity_after, place)
         ORDER BY place
        """,
        slot_ids=[entry.slot_id for entry in entries],
        product_ids=[entry.product_id for entry in entries],
        deltas=[entry.delta for entry in entries],
        kinds=[entry.kind for entry in entries],
        quantities=[entry.quantity_after for entry in entries],
        actor_id=actor_id,
        at=at,
    )


_SEEN = """
          JOIN planograms planogram ON planogram.id = slot.planogram_id
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id AND cabinet.removed_at IS NULL
          JOIN cabinet_types type ON type.id = cabinet.cabinet_type_id
          JOIN devices device ON device.id = cabinet.device_id AND device.deleted_at IS NULL
          LEFT JOIN routes route ON route.id = device.route_id
         WHERE slot.retired_at IS NULL
           AND (%(role)s <> 'driver' OR route.driver_id = %(user_id)s)
           AND (%(devices)s::bigint[] IS NULL OR device.id = ANY(%(devices)s))
"""


def slot_of_planogram_of(db: Connection, slot_id: int, *, seen_by: Principal) -> int | None:
    """The planogram of a slot of a live device; a driver's only when the device is on a route of theirs."""
    found: int | None = db.value(
        f"SELECT slot.planogram_id FROM planogram_slots slot {_SEEN} AND slot.id = %(slot_id)s",  # noqa: S608 - constant
        slot_id=slot_id,
        **seen_by.sight,
    )
    return found


def planogram_with_key(db: Connection, key: str, *, seen_by: Principal) -> int | None:
    """The planogram `<asset>-<cabinet type>-<index>` of a live device; a driver's only on a route of theirs.

    Devices are found by the index on their asset: the key begins with it, and an asset has 20 characters at most.
    """
    found: int | None = db.value(
        f"""
        SELECT slot.planogram_id
          FROM planogram_slots slot {_SEEN}
           AND lower(device.asset) = ANY(ARRAY(SELECT lower(left(%(key)s, length)) FROM generate_series(1, 20) length))
           AND device.asset || '-' || type.name || '-' || cabinet.cabinet_index = %(key)s
         LIMIT 1
        """,  # noqa: S608 - constant
        key=key,
        **seen_by.sight,
    )
    return found


def lock_grid(db: Connection, planogram_id: int) -> list[CountableSlot]:
    """The slots of a planogram, locked after the planogram itself."""
    db.execute("SELECT id FROM planograms WHERE id = %(id)s FOR NO KEY UPDATE", id=planogram_id)
    return db.fetch(
        CountableSlot,
        """
        SELECT slot.id, slot.position, slot.product_id, slot.quantity, slot.capacity, cabinet.device_id
          FROM planogram_slots slot
          JOIN planograms planogram ON planogram.id = slot.planogram_id
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
         WHERE slot.planogram_id = %(planogram_id)s
           AND slot.retired_at IS NULL
         ORDER BY slot.id
           FOR NO KEY UPDATE OF slot
        """,
        planogram_id=planogram_id,
    )


def lock_countable(db: Connection, slot_ids: Sequence[int]) -> list[CountableSlot]:
    """Lock slots that are still in their grids, after their planograms."""
    lock_slots(db, slot_ids)
    return db.fetch(
        CountableSlot,
        """
        SELECT slot.id, slot.position, slot.product_id, slot.quantity, slot.capacity, cabinet.device_id
          FROM planogram_slots slot
          JOIN planograms planogram ON planogram.id = slot.planogram_id
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
         WHERE slot.id = ANY(%(slot_ids)s)
           AND slot.retired_at IS NULL
         ORDER BY slot.id
        """,
        slot_ids=list(slot_ids),
    )


MOST_FINDINGS = 100
"""What one invariant reports at most; a broken ledger shows itself in the first hundred lines."""

_INVARIANTS = (
    """
    SELECT 1 AS invariant, 'slot' AS resource, slot.id AS resource_id,
           format('holds %%s units, its movements add up to %%s', slot.quantity, coalesce(ledger.total, 0)) AS problem
      FROM planogram_slots slot
      LEFT JOIN (SELECT slot_id, sum(delta) AS total FROM inventory_movements GROUP BY slot_id) ledger
        ON ledger.slot_id = slot.id
     WHERE slot.quantity <> coalesce(ledger.total, 0)
    """,
    """
    SELECT 2 AS invariant, 'slot' AS resource, id AS resource_id,
           format('quantity %%s, par %%s, capacity %%s', quantity, par_level, capacity) AS problem
      FROM planogram_slots
     WHERE quantity < 0 OR quantity > capacity OR par_level > capacity
    """,
    """
    SELECT 3 AS invariant, 'order' AS resource, orders.id AS resource_id,
           format('is %%s with %%s open and %%s completed cabinets', orders.status, stops.open, stops.done) AS problem
      FROM service_orders orders
      JOIN (SELECT service_order_id, count(*) FILTER (WHERE status IN ('pending', 'in_progress')) AS open,
                   count(*) FILTER (WHERE status = 'completed') AS done
              FROM service_order_cabinets
             GROUP BY service_order_id) stops
        ON stops.service_order_id = orders.id
     WHERE NOT orders.imported
       AND orders.status <> 'cancelled'
       AND (orders.status = 'completed') <> (stops.open = 0 AND stops.done > 0)
    """,
    """
    SELECT 4 AS invariant, 'order_cabinet' AS resource, stop.id AS resource_id,
           coalesce(format('its visit says %%s units, the visit''s items say %%s', visit.units_restocked,
                           items.units), 'is completed without a visit') AS problem
      FROM service_order_cabinets stop
      JOIN service_orders orders ON orders.id = stop.service_order_id AND NOT orders.imported
      LEFT JOIN service_visits visit ON visit.order_cabinet_id = stop.id AND visit.voided_at IS NULL
      LEFT JOIN LATERAL (SELECT coalesce(sum(quantity_filled), 0) AS units
                           FROM service_visit_items
                          WHERE visit_id = visit.id) items ON visit.id IS NOT NULL
     WHERE stop.status = 'completed'
       AND (visit.id IS NULL OR visit.units_restocked <> items.units)
    """,
    """
    SELECT 5 AS invariant, 'order' AS resource, orders.id AS resource_id,
           format('says %%s units, its items add up to %%s', orders.total_units, coalesce(items.units, 0)) AS problem
      FROM service_orders orders
      LEFT JOIN (SELECT stop.service_order_id, sum(item.quantity_needed) AS units
                   FROM service_order_items item
                   JOIN service_order_cabinets stop ON stop.id = item.order_cabinet_id
                  GROUP BY stop.service_order_id) items
        ON items.service_order_id = orders.id
     WHERE NOT orders.imported
       AND orders.total_units <> coalesce(items.units, 0)
    """,
)


def discrepancies(db: Connection) -> list[Discrepancy]:
    """What breaks the invariants 1 to 5 of §12.4; imported orders keep the state that the old system left them in."""
    found = []
    for invariant in _INVARIANTS:
        found += db.fetch(Discrepancy, f"{invariant} ORDER BY resource_id LIMIT %(most)s", most=MOST_FINDINGS)
    return found
