"""The devices of routes."""

from collections.abc import Sequence

from chalicelib.kit.db import Connection
from chalicelib.kit.principal import Principal
from chalicelib.tours.models import CabinetRow, DeviceRow

MOST_DEVICES = 2000


def devices(db: Connection, tour_id: int, *, seen_by: Principal) -> list[DeviceRow]:
    """The live devices of a route, by location and asset."""
    return db.fetch(
        DeviceRow,
        """
        SELECT device.id, device.asset, device.nickname, device.location_id, device.model, device.device_type_id,
               device.created_at, device.updated_at, location.name AS location, location.address,
               location.latitude::float8 AS latitude, location.longitude::float8 AS longitude,
               type.name AS type_name, type.description AS type_description, type.allows_additional_cabinets
          FROM devices device
          JOIN locations location ON location.id = device.location_id
          JOIN device_types type ON type.id = device.device_type_id
         WHERE device.route_id = %(id)s
           AND device.deleted_at IS NULL
           AND (%(devices)s::bigint[] IS NULL OR device.id = ANY(%(devices)s))
         ORDER BY lower(location.name), lower(device.asset), device.id
         LIMIT %(most)s
        """,
        id=tour_id,
        most=MOST_DEVICES,
        **seen_by.sight,
    )


def cabinets(db: Connection, device_ids: Sequence[int]) -> list[CabinetRow]:
    """The live cabinets of devices, by index."""
    return db.fetch(
        CabinetRow,
        """
        SELECT cabinet.id, cabinet.device_id, type.name AS type_name, cabinet.model_name, cabinet.is_parent,
               cabinet.cabinet_index, cabinet.rows, cabinet.cols
          FROM device_cabinets cabinet
          JOIN cabinet_types type ON type.id = cabinet.cabinet_type_id
         WHERE cabinet.device_id = ANY(%(device_ids)s)
           AND cabinet.removed_at IS NULL
         ORDER BY cabinet.device_id, cabinet.cabinet_index
        """,
        device_ids=list(device_ids),
    )


def tour_of(db: Connection, device_id: int) -> tuple[bool, int | None]:
    """Whether a live device has this id, and the route that it is on."""
    found = db.values(
        "SELECT coalesce(route_id, 0) FROM devices WHERE id = %(id)s AND deleted_at IS NULL", id=device_id
    )
    return bool(found), (found[0] or None) if found else None


def lock_tours(db: Connection, tour_ids: Sequence[int]) -> set[int]:
    """Lock live routes in the order of their ids; those that there are."""
    return set(
        db.values(
            """
            SELECT id
              FROM routes
             WHERE id = ANY(%(ids)s) AND deleted_at IS NULL
             ORDER BY id
               FOR UPDATE
            """,
            ids=list(tour_ids),
        )
    )


def open_order_ids(db: Connection, device_id: int, tour_id: int) -> list[int]:
    """The orders of a route that are not done and have a cabinet of the device."""
    return db.values(
        """
        SELECT DISTINCT visit.id
          FROM service_orders visit
          JOIN service_order_cabinets stop ON stop.service_order_id = visit.id
          JOIN device_cabinets cabinet ON cabinet.id = stop.cabinet_id
         WHERE visit.route_id = %(tour_id)s
           AND visit.status IN ('pending', 'in_progress')
           AND cabinet.device_id = %(device_id)s
         ORDER BY visit.id
         LIMIT 100
        """,
        device_id=device_id,
        tour_id=tour_id,
    )


def put_on(db: Connection, device_id: int, tour_id: int | None, *, off: int | None) -> bool:
    """Move a live device from one route to another; false when it is not on the first any more."""
    return bool(
        db.execute(
            """
            UPDATE devices
               SET route_id = %(tour_id)s, version = version + 1
             WHERE id = %(device_id)s
               AND deleted_at IS NULL
               AND route_id IS NOT DISTINCT FROM %(off)s::bigint
            """,
            device_id=device_id,
            tour_id=tour_id,
            off=off,
        )
    )
