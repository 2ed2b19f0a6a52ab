"""Cabinets of devices."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value


@value
class CabinetRow:
    """A locked cabinet of a live device."""

    id: int
    device_id: int
    cabinet_index: int
    type_name: str
    rows: int
    cols: int


def insert_cabinets(db: Connection, device_id: int, type_names: Sequence[str], *, first_index: int) -> list[int]:
    """Write cabinets with the grids that their types have now; their ids, in the order given."""
    return [
        int(cabinet_id)
        for cabinet_id in db.values(
            """
            INSERT INTO device_cabinets (device_id, cabinet_type_id, cabinet_index, model_name, rows, cols)
            SELECT %(device_id)s, type.id, %(first_index)s + wanted.place - 1, type.name, type.rows, type.cols
              FROM unnest(%(type_names)s::text[]) WITH ORDINALITY AS wanted (name, place)
              JOIN cabinet_types type ON type.name = wanted.name
             ORDER BY wanted.place
            RETURNING id
            """,
            device_id=device_id,
            first_index=first_index,
            type_names=list(type_names),
        )
    ]


def lock_cabinets(db: Connection, device_id: int) -> list[CabinetRow]:
    """Lock the cabinets of a device; in the order of their index."""
    return db.fetch(
        CabinetRow,
        """
        SELECT cabinet.id, cabinet.device_id, cabinet.cabinet_index, type.name AS type_name, cabinet.rows, cabinet.cols
          FROM device_cabinets cabinet
          JOIN cabinet_types type ON type.id = cabinet.cabinet_type_id
         WHERE cabinet.device_id = %(device_id)s
           AND cabinet.removed_at IS NULL
         ORDER BY cabinet.cabinet_index
           FOR UPDATE OF cabinet
        """,
        device_id=device_id,
    )


def orders_with(db: Connection, cabinet_id: int) -> list[int]:
    """The ids of the pending and running service orders that contain a cabinet."""
    return db.values(
        """
        SELECT ord.id
          FROM service_orders ord
          JOIN service_order_cabinets stop ON stop.service_order_id = ord.id
         WHERE stop.cabinet_id = %(cabinet_id)s
           AND ord.status IN ('pending', 'in_progress')
         ORDER BY ord.id
        """,
        cabinet_id=cabinet_id,
    )


def change_type(db: Connection, cabinet_id: int, type_name: str) -> None:
    """Give a cabinet another type and that type's grid; a device named after its first cabinet's type follows."""
    db.execute(
        """
        WITH old AS (
            SELECT cabinet.id, cabinet.device_id, cabinet.is_parent, type.name
              FROM device_cabinets cabinet
              JOIN cabinet_types type ON type.id = cabinet.cabinet_type_id
             WHERE cabinet.id = %(cabinet_id)s),
        changed AS (
            UPDATE device_cabinets cabinet
               SET cabinet_type_id = type.id, model_name = type.name, rows = type.rows, cols = type.cols
              FROM cabinet_types type
             WHERE cabinet.id = %(cabinet_id)s
               AND type.name = %(type_name)s)
        UPDATE devices device
           SET model = %(type_name)s
          FROM old
         WHERE device.id = old.device_id
           AND old.is_parent
           AND device.model = old.name
        """,
        cabinet_id=cabinet_id,
        type_name=type_name,
    )


def remove(db: Connection, cabinet: CabinetRow, *, by: int, now: datetime) -> None:
    """Take a cabinet off its device."""
    db.execute(
        "UPDATE device_cabinets SET removed_at = %(now)s, removed_by = %(by)s WHERE id = %(cabinet_id)s",
        cabinet_id=cabinet.id,
        by=by,
        now=now,
    )


def close_gap(db: Connection, cabinet: CabinetRow) -> None:
    """Move the cabinets behind a removed one up by one, since a cabinet's place in the list is its index."""
    # The first cabinet is never removed, so at most one cabinet moves and no two can clash on the way.
    db.execute(
        """
        UPDATE device_cabinets
           SET cabinet_index = cabinet_index - 1
         WHERE device_id = %(device_id)s
           AND removed_at IS NULL
           AND cabinet_index > %(index)s
        """,
        device_id=cabinet.device_id,
        index=cabinet.cabinet_index,
    )


def touch_device(db: Connection, device_id: int, now: datetime) -> None:
    """A change of a cabinet is a change of its device."""
    db.execute(
        "UPDATE devices SET version = version + 1, updated_at = %(now)s WHERE id = %(device_id)s",
        device_id=device_id,
        now=now,
    )
