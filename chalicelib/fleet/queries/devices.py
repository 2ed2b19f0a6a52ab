"""Devices as they are read: whole, with their type and cabinets, in one statement however many there are."""

from collections.abc import Sequence

from chalicelib.fleet.models.devices import Cabinet, DeletedDevice, Device, DeviceFilter, RecoveredDevice
from chalicelib.kit import shown
from chalicelib.kit.answer import Json
from chalicelib.kit.db import Connection
from chalicelib.kit.paging import Paged
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value

LONGEST_LIST = 5000
"""Devices in the one list that is not paged; more would not fit into one answer of a Lambda (6 MB)."""

SEEN = "(%(devices)s::bigint[] IS NULL OR device.id = ANY(%(devices)s))"
"""Holds to the devices that an API client may reach; bound by `Principal.sight`."""

LONGEST_DELETED_LIST = 1000

_CABINETS = shown.rows(
    Cabinet,
    """
    SELECT cabinet.id, kind.id AS type_id, kind.name AS type_name, kind.name AS model_name,
           cabinet.cabinet_index AS index, cabinet.is_parent AS parent, kind.name AS cabinet_type,
           cabinet.cabinet_index, cabinet.is_parent, cabinet.rows, cabinet.cols AS columns,
           device.asset || '-' || kind.name || '-' || cabinet.cabinet_index AS planogram_key
      FROM device_cabinets cabinet
      JOIN cabinet_types kind ON kind.id = cabinet.cabinet_type_id
     WHERE cabinet.device_id = device.id
       AND cabinet.removed_at IS NULL
     ORDER BY cabinet.cabinet_index
    """,
)

_DEVICES = f"""
SELECT device.id, device.asset, device.nickname AS cooler, device.model, device.serial_number,
       device.location_id, location.name AS location, device.route_id, route.name AS route,
       device.device_type_id, type.name AS device_type,
       json_build_object('id', type.id, 'name', type.name, 'description', type.description,
                         'allowsAdditionalCabinets', type.allows_additional_cabinets) AS device_type_details,
       {_CABINETS} AS cabinet_configuration,
       device.version, device.created_at, device.updated_at, device.deleted_at
  FROM devices device
  JOIN device_types type ON type.id = device.device_type_id
  JOIN locations location ON location.id = device.location_id
  LEFT JOIN routes route ON route.id = device.route_id
"""  # noqa: S608 - constants

_ORDERS = {
    "asset": "lower(device.asset)",
    "cooler": "lower(device.nickname)",
    "location": "lower(location.name)",
    "created_at": "device.created_at DESC",
}


def all_devices(db: Connection, page: Paged, *, seen_by: Principal) -> Json[list[Device]]:
    """The live devices, newest first, up to the longest list."""
    return db.fetch_json(
        Device,
        _DEVICES
        + f"""
         WHERE device.deleted_at IS NULL AND {SEEN}
         ORDER BY device.created_at DESC, device.id DESC
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        limit=page.limit(LONGEST_LIST),
        offset=page.offset,
        **seen_by.sight,
    )


def device(db: Connection, device_id: int, *, seen_by: Principal, with_deleted: bool = False) -> Device | None:
    """One device."""
    return db.fetch_one(
        Device,
        _DEVICES
        + f"""
         WHERE device.id = %(device_id)s
           AND (device.deleted_at IS NULL OR %(with_deleted)s)
           AND {SEEN}
        """,
        device_id=device_id,
        with_deleted=with_deleted,
        **seen_by.sight,
    )


_COUNT = """
SELECT count(*)
  FROM devices device
  JOIN locations location ON location.id = device.location_id
"""

_MATCHING = f"""
 WHERE device.deleted_at IS NULL
   AND {SEEN}
   AND (%(search)s::text IS NULL
        OR strpos(lower(device.asset), lower(%(search)s)) > 0
        OR strpos(lower(device.nickname), lower(%(search)s)) > 0
        OR strpos(lower(location.name), lower(%(search)s)) > 0)
   AND (%(device_type_id)s::bigint IS NULL OR device.device_type_id = %(device_type_id)s)
   AND (%(location_id)s::bigint IS NULL OR device.location_id = %(location_id)s)
   AND (%(route_id)s::bigint IS NULL OR device.route_id = %(route_id)s)
   AND (%(has_route)s::boolean IS NULL OR (device.route_id IS NOT NULL) = %(has_route)s)
"""


def matching(db: Connection, wanted: DeviceFilter, *, seen_by: Principal) -> list[Device]:
    """One page of the devices that fit the filter (BR-053): which, and then all about these."""
    order = f"ORDER BY {_ORDERS[wanted.sort]}, device.id"
    return db.fetch(
        Device,
        f"""
        {_DEVICES}
         WHERE device.id IN (SELECT device.id
                               FROM devices device
                               JOIN locations location ON location.id = device.location_id
                              {_MATCHING} {order}
                              LIMIT %(per_page)s OFFSET %(skip)s)
         {order}
        """,  # noqa: S608 - constants
        **wanted.model_dump(),
        skip=(wanted.page - 1) * wanted.per_page,
        **seen_by.sight,
    )


def count_matching(db: Connection, wanted: DeviceFilter, *, seen_by: Principal) -> int:
    """How many devices fit the filter."""
    return int(db.value(_COUNT + _MATCHING, **wanted.model_dump(), **seen_by.sight))


def deleted_devices(db: Connection, page: Paged) -> list[DeletedDevice]:
    """The deleted devices, the latest deletion first."""
    return db.fetch(
        DeletedDevice,
        """
        SELECT device.id, device.asset, device.nickname AS cooler, device.location_id, location.name AS location,
               device.model, device.device_type_id, type.name AS device_type_name,
               device.deleted_at, device.deleted_by, usr.username AS deleted_by_username
          FROM devices device
          JOIN device_types type ON type.id = device.device_type_id
          JOIN locations location ON location.id = device.location_id
          LEFT JOIN users usr ON usr.id = device.deleted_by
         WHERE device.deleted_at IS NOT NULL
         ORDER BY device.deleted_at DESC, device.id DESC
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        limit=page.limit(LONGEST_DELETED_LIST),
        offset=page.offset,
    )


def recovered_device(db: Connection, device_id: int) -> RecoveredDevice | None:
    """A device as its recovery answers it."""
    return db.fetch_one(
        RecoveredDevice,
        """
        SELECT device.id, device.asset, device.nickname AS cooler, device.location_id, location.name AS location,
               device.route_id, device.model, device.device_type_id, type.name AS device_type_name,
               device.created_at, device.updated_at
          FROM devices device
          JOIN device_types type ON type.id = device.device_type_id
          JOIN locations location ON location.id = device.location_id
         WHERE device.id = %(device_id)s
        """,
        device_id=device_id,
    )


@value
class OrderOnDevice:
    """An open service order that counts on a device."""

    device_id: int
    asset: str
    order_id: int
    route_id: int


def open_orders(db: Connection, device_ids: Sequence[int]) -> list[OrderOnDevice]:
    """The pending and running service orders with a cabinet of these devices."""
    return db.fetch(
        OrderOnDevice,
        """
        SELECT DISTINCT cabinet.device_id, device.asset, ord.id AS order_id, ord.route_id
          FROM service_orders ord
          JOIN service_order_cabinets stop ON stop.service_order_id = ord.id
          JOIN device_cabinets cabinet ON cabinet.id = stop.cabinet_id
          JOIN devices device ON device.id = cabinet.device_id
         WHERE cabinet.device_id = ANY(%(device_ids)s)
           AND ord.status IN ('pending', 'in_progress')
         ORDER BY order_id, cabinet.device_id
        """,
        device_ids=list(device_ids),
    )
