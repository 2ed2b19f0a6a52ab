"""Locations and devices that come in bulk: found, written and changed by one statement each for many rows."""

from collections.abc import Sequence
from datetime import datetime

from pydantic_core import to_json

from chalicelib.fleet.models.locations import GeocodeStatus
from chalicelib.fleet.queries.device_writes import DeviceFacts, DeviceRow, TypeLimits
from chalicelib.kit.db import Connection
from chalicelib.kit.values import value


@value
class LocationFacts:
    """What can be edited of a location."""

    name: str
    address: str | None
    latitude: float | None
    longitude: float | None
    geocode_status: GeocodeStatus


@value
class KnownLocation(LocationFacts):
    """A locked live location."""

    id: int


def lock_locations(db: Connection, names: Sequence[str]) -> list[KnownLocation]:
    """Lock the live locations with these names, given in lower case, in the order of their ids."""
    return db.fetch(
        KnownLocation,
        """
        SELECT id, name, address, latitude::double precision, longitude::double precision, geocode_status
          FROM locations
         WHERE deleted_at IS NULL
           AND lower(name) = ANY(%(names)s)
         ORDER BY id
           FOR UPDATE
        """,
        names=list(names),
    )


def insert_locations(db: Connection, locations: Sequence[LocationFacts], now: datetime) -> list[int]:
    """Write locations; their ids, in the order given."""
    return [
        int(location_id)
        for location_id in db.values(
            """
            INSERT INTO locations (name, address, latitude, longitude, geocode_status, created_at, updated_at)
            SELECT name, address, latitude, longitude, geocode_status, %(now)s, %(now)s
              FROM jsonb_to_recordset(%(rows)s::jsonb)
                   AS new (place integer, name text, address text, latitude numeric, longitude numeric,
                           geocode_status text)
             ORDER BY place
            RETURNING id
            """,
            rows=_placed(locations),
            now=now,
        )
    ]


def update_locations(db: Connection, locations: Sequence[KnownLocation], now: datetime) -> None:
    """Write what locations are now."""
    db.execute(
        """
        UPDATE locations location
           SET name = new.name, address = new.address, latitude = new.latitude, longitude = new.longitude,
               geocode_status = new.geocode_status, version = location.version + 1, updated_at = %(now)s
          FROM jsonb_to_recordset(%(rows)s::jsonb)
               AS new (id bigint, name text, address text, latitude numeric, longitude numeric, geocode_status text)
         WHERE location.id = new.id
        """,
        rows=to_json([vars(location) for location in locations]).decode(),
        now=now,
    )


def location_ids(db: Connection, names: Sequence[str]) -> dict[str, int]:
    """The live locations with these names, given in lower case; the default one stands under an empty name."""
    return db.pairs(
        """
        SELECT lower(name) AS name, id
          FROM locations
         WHERE deleted_at IS NULL
           AND lower(name) = ANY(%(names)s)
         UNION ALL
        SELECT '', id
          FROM locations
         WHERE is_default
        """,
        names=list(names),
    )


def route_ids(db: Connection, names: Sequence[str]) -> dict[str, int]:
    """The live routes with these names, given in lower case."""
    return db.pairs(
        """
        SELECT lower(name) AS name, id
          FROM routes
         WHERE deleted_at IS NULL
           AND lower(name) = ANY(%(names)s)
        """,
        names=list(names),
    )


def device_types(db: Connection, names: Sequence[str]) -> dict[str, TypeLimits]:
    """The device types with these names, given in lower case, kept from changing meanwhile."""
    found = db.fetch(
        TypeLimits,
        """
        SELECT id, name, allows_additional_cabinets,
               coalesce(fixed_cabinet_count, min_cabinets) AS min_cabinets,
               coalesce(fixed_cabinet_count, max_cabinets) AS max_cabinets
          FROM device_types
         WHERE lower(name) = ANY(%(names)s)
         ORDER BY id
           FOR SHARE
        """,
        names=list(names),
    )
    return {one.name.lower(): one for one in found}


def lock_devices(db: Connection, assets: Sequence[str]) -> list[DeviceRow]:
    """Lock the live devices with these assets, given in lower case, in the order of their ids."""
    return db.fetch(
        DeviceRow,
        """
        SELECT id, asset, nickname, model, serial_number, device_type_id, location_id, route_id, version, deleted_at
          FROM devices
         WHERE deleted_at IS NULL
           AND lower(asset) = ANY(%(assets)s)
         ORDER BY id
           FOR UPDATE
        """,
        assets=list(assets),
    )


@value
class Cabinets:
    """The names of a device's cabinet types, the parent's first."""

    device_id: int
    types: list[str]


def cabinets_of(db: Connection, device_ids: Sequence[int]) -> dict[int, list[str]]:
    """The cabinet types of devices, the parent's first."""
    found = db.fetch(
        Cabinets,
        """
        SELECT cabinet.device_id, array_agg(type.name ORDER BY cabinet.cabinet_index) AS types
          FROM device_cabinets cabinet
          JOIN cabinet_types type ON type.id = cabinet.cabinet_type_id
         WHERE cabinet.device_id = ANY(%(device_ids)s)
           AND cabinet.removed_at IS NULL
         GROUP BY cabinet.device_id
        """,
        device_ids=list(device_ids),
    )
    return {one.device_id: one.types for one in found}


def insert_devices(db: Connection, devices: Sequence[DeviceFacts], now: datetime) -> list[int]:
    """Write devices; their ids, in the order given."""
    return [
        int(device_id)
        for device_id in db.values(
            """
            INSERT INTO devices (asset, nickname, model, serial_number, device_type_id, location_id, route_id,
                                 created_at, updated_at)
            SELECT asset, nickname, model, serial_number, device_type_id, location_id, route_id, %(now)s, %(now)s
              FROM jsonb_to_recordset(%(rows)s::jsonb)
                   AS new (place integer, asset text, nickname text, model text, serial_number text,
                           device_type_id bigint, location_id bigint, route_id bigint)
             ORDER BY place
            RETURNING id
            """,
            rows=_placed(devices),
            now=now,
        )
    ]


def insert_cabinets(db: Connection, cabinets: Sequence[tuple[int, Sequence[str]]]) -> list[int]:
    """Write the cabinets of new devices with the grids that their types have now; their ids."""
    rows = [
        {"device_id": device_id, "cabinet_index": index, "type_name": name}
        for device_id, names in cabinets
        for index, name in enumerate(names)
    ]
    return [
        int(cabinet_id)
        for cabinet_id in db.values(
            """
            INSERT INTO device_cabinets (device_id, cabinet_type_id, cabinet_index, model_name, rows, cols)
            SELECT new.device_id, type.id, new.cabinet_index, type.name, type.rows, type.cols
              FROM jsonb_to_recordset(%(rows)s::jsonb)
                   AS new (device_id bigint, cabinet_index smallint, type_name text)
              JOIN cabinet_types type ON type.name = new.type_name
             ORDER BY new.device_id, new.cabinet_index
            RETURNING id
            """,
            rows=to_json(rows).decode(),
        )
    ]


def update_devices(db: Connection, devices: Sequence[tuple[int, DeviceFacts]], now: datetime) -> None:
    """Write what devices are now."""
    db.execute(
        """
        UPDATE devices device
           SET asset = new.asset, nickname = new.nickname, model = new.model, serial_number = new.serial_number,
               device_type_id = new.device_type_id, location_id = new.location_id, route_id = new.route_id,
               version = device.version + 1, updated_at = %(now)s
          FROM jsonb_to_recordset(%(rows)s::jsonb)
               AS new (id bigint, asset text, nickname text, model text, serial_number text, device_type_id bigint,
                       location_id bigint, route_id bigint)
         WHERE device.id = new.id
        """,
        rows=to_json([{"id": device_id, **vars(facts)} for device_id, facts in devices]).decode(),
        now=now,
    )


def _placed(rows: Sequence[LocationFacts] | Sequence[DeviceFacts]) -> str:
    return to_json([{"place": place, **vars(row)} for place, row in enumerate(rows)]).decode()
