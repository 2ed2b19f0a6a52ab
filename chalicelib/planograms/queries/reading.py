"""Planograms as they are read. A key is compared with the computed key of each candidate, never taken apart."""

from collections.abc import Sequence

from chalicelib.kit.db import Connection
from chalicelib.kit.paging import Paged
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value
from chalicelib.planograms.models import ClearedSlot, ExportedPlanogram, SlotChange
from chalicelib.planograms.rules import possible_assets

LONGEST_EXPORT = 20_000
LONGEST_HISTORY = 200


@value
class SeenSlot:
    """A slot with its product's name and the price that it sells for."""

    planogram_id: int
    version: int
    position: str
    slot_id: int
    product_id: int
    product_name: str
    quantity: int
    capacity: int
    par_level: int
    parlevel: int
    price: int
    own_price: bool


_SLOTS = """
SELECT planogram.id AS planogram_id, planogram.version, slot.position, slot.id AS slot_id,
       coalesce(slot.product_id, 1) AS product_id, coalesce(product.name, 'EMPTY_SLOT') AS product_name,
       slot.quantity, slot.capacity, slot.par_level, slot.par_level AS parlevel,
       coalesce(slot.price_cents, product.price_cents, 0) AS price, slot.price_cents IS NOT NULL AS own_price
  FROM planograms planogram
  JOIN planogram_slots slot ON slot.planogram_id = planogram.id AND slot.retired_at IS NULL
  LEFT JOIN products product ON product.id = slot.product_id
"""


def slots_with_key(db: Connection, key: str, *, seen_by: Principal) -> list[SeenSlot]:
    """The slots of the planogram with a key, by row and column; none when there is no such planogram."""
    return db.fetch(
        SeenSlot,
        _SLOTS
        + """
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id AND cabinet.removed_at IS NULL
          JOIN cabinet_types type ON type.id = cabinet.cabinet_type_id
          JOIN devices device ON device.id = cabinet.device_id AND device.deleted_at IS NULL
         WHERE lower(device.asset) = ANY(%(assets)s)
           AND device.asset || '-' || type.name || '-' || cabinet.cabinet_index = %(key)s
           AND (%(devices)s::bigint[] IS NULL OR device.id = ANY(%(devices)s))
         ORDER BY planogram.id, slot.row_no, slot.col_no
        """,
        assets=possible_assets(key),
        key=key,
        **seen_by.sight,
    )


def slots_of(db: Connection, planogram_id: int) -> list[SeenSlot]:
    """The slots of a planogram, by row and column."""
    return db.fetch(
        SeenSlot,
        _SLOTS + " WHERE planogram.id = %(planogram_id)s ORDER BY slot.row_no, slot.col_no",
        planogram_id=planogram_id,
    )


@value
class KeyedPlanogram:
    """A planogram of a live cabinet, with its grid."""

    id: int
    key: str
    version: int
    cabinet_id: int
    device_id: int
    rows: int
    cols: int


_KEYED = """
SELECT planogram.id, device.asset || '-' || type.name || '-' || cabinet.cabinet_index AS key,
       planogram.version, planogram.cabinet_id, cabinet.device_id, cabinet.rows, cabinet.cols
  FROM planograms planogram
  JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id AND cabinet.removed_at IS NULL
  JOIN cabinet_types type ON type.id = cabinet.cabinet_type_id
  JOIN devices device ON device.id = cabinet.device_id AND device.deleted_at IS NULL
 WHERE lower(device.asset) = ANY(%(assets)s)
   AND device.asset || '-' || type.name || '-' || cabinet.cabinet_index = ANY(%(keys)s)
   AND (%(devices)s::bigint[] IS NULL OR device.id = ANY(%(devices)s))
 ORDER BY planogram.id
"""


def with_keys(db: Connection, keys: Sequence[str], *, lock: bool, seen_by: Principal) -> list[KeyedPlanogram]:
    """The planograms with these keys, locked in the order of their ids when asked for."""
    return db.fetch(
        KeyedPlanogram,
        _KEYED + ("FOR UPDATE OF planogram" if lock else ""),
        assets=[asset for key in keys for asset in possible_assets(key)],
        keys=list(keys),
        **seen_by.sight,
    )


def lock_with_slots(db: Connection, slot_ids: Sequence[int]) -> list[KeyedPlanogram]:
    """The planograms of live cabinets that these slots are in, locked in the order of their ids."""
    return db.fetch(
        KeyedPlanogram,
        """
        SELECT planogram.id, device.asset || '-' || type.name || '-' || cabinet.cabinet_index AS key,
               planogram.version, planogram.cabinet_id, cabinet.device_id, cabinet.rows, cabinet.cols
          FROM planograms planogram
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id AND cabinet.removed_at IS NULL
          JOIN cabinet_types type ON type.id = cabinet.cabinet_type_id
          JOIN devices device ON device.id = cabinet.device_id AND device.deleted_at IS NULL
         WHERE planogram.id IN (SELECT planogram_id FROM planogram_slots WHERE id = ANY(%(slot_ids)s))
         ORDER BY planogram.id
           FOR UPDATE OF planogram
        """,
        slot_ids=list(slot_ids),
    )


def export(db: Connection, page: Paged, *, seen_by: Principal) -> list[ExportedPlanogram]:
    """All planograms of live cabinets with their filled slots, by asset and index."""
    return db.fetch(
        ExportedPlanogram,
        """
        SELECT device.asset || '-' || type.name || '-' || cabinet.cabinet_index AS planogram_key,
               device.asset, device.nickname AS cooler, location.name AS location, type.name AS cabinet_type,
               cabinet.cabinet_index, slots.slot_count, slots.filled_slots, planogram.version, planogram.updated_at
          FROM planograms planogram
          JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id AND cabinet.removed_at IS NULL
          JOIN cabinet_types type ON type.id = cabinet.cabinet_type_id
          JOIN devices device ON device.id = cabinet.device_id AND device.deleted_at IS NULL
          JOIN locations location ON location.id = device.location_id
         CROSS JOIN LATERAL (
               SELECT count(*) AS slot_count, count(product_id) AS filled_slots
                 FROM planogram_slots
                WHERE planogram_id = planogram.id
                  AND retired_at IS NULL) slots
         WHERE (%(devices)s::bigint[] IS NULL OR device.id = ANY(%(devices)s))
         ORDER BY lower(device.asset), device.id, cabinet.cabinet_index
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        limit=page.limit(LONGEST_EXPORT),
        offset=page.offset,
        **seen_by.sight,
    )


def cleared_slots(db: Connection, planogram_id: int) -> list[ClearedSlot]:
    """The slots that are empty because somebody cleared them, with what they held last."""
    return db.fetch(
        ClearedSlot,
        """
        SELECT slot.position AS slot_position, change.at AS cleared_at, usr.username AS cleared_by,
               change.old_product_id AS previous_product_id, product.name AS previous_product_name
          FROM planogram_slots slot
         CROSS JOIN LATERAL (
               SELECT at, actor_id, old_product_id
                 FROM planogram_slot_changes
                WHERE slot_id = slot.id
                  AND old_product_id IS NOT NULL
                  AND new_product_id IS NULL
                ORDER BY at DESC, id DESC
                LIMIT 1) change
          JOIN products product ON product.id = change.old_product_id
          LEFT JOIN users usr ON usr.id = change.actor_id
         WHERE slot.planogram_id = %(planogram_id)s
           AND slot.retired_at IS NULL
           AND slot.product_id IS NULL
         ORDER BY slot.row_no, slot.col_no
        """,
        planogram_id=planogram_id,
    )


def history(db: Connection, planogram_id: int, position: str, page: Paged) -> list[SlotChange]:
    """The changes at a position, newest first, also those from before the grid shrank and grew again."""
    return db.fetch(
        SlotChange,
        """
        SELECT change.at, usr.username AS actor, change.reason,
               change.old_product_id, was.name AS old_product_name,
               change.new_product_id, is_now.name AS new_product_name,
               change.old_quantity, change.new_quantity, change.old_capacity, change.new_capacity,
               change.old_par_level, change.new_par_level,
               change.old_price_cents AS old_price, change.new_price_cents AS new_price
          FROM planogram_slot_changes change
          JOIN planogram_slots slot ON slot.id = change.slot_id
          LEFT JOIN products was ON was.id = change.old_product_id
          LEFT JOIN products is_now ON is_now.id = change.new_product_id
          LEFT JOIN users usr ON usr.id = change.actor_id
         WHERE slot.planogram_id = %(planogram_id)s
           AND slot.position = %(position)s
         ORDER BY change.at DESC, change.id DESC
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        planogram_id=planogram_id,
        position=position,
        limit=page.limit(LONGEST_HISTORY),
        offset=page.offset,
    )


def has_position(db: Connection, planogram_id: int, position: str) -> bool:
    """Whether the grid has, or had, a position."""
    return bool(
        db.value(
            "SELECT 1 FROM planogram_slots WHERE planogram_id = %(planogram_id)s AND position = %(position)s LIMIT 1",
            planogram_id=planogram_id,
            position=position,
        )
    )
