"""Locations."""

from datetime import datetime

from chalicelib.fleet.models.locations import GeocodeStatus, Location
from chalicelib.kit.answer import Json
from chalicelib.kit.db import Connection
from chalicelib.kit.paging import Paged
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value

LONGEST_LIST = 10_000

_LOCATIONS = """
SELECT id, name, address, latitude::float8 AS latitude, longitude::float8 AS longitude, geocode_status, is_default,
       version, created_at, updated_at
  FROM locations
"""


def all_locations(db: Connection, page: Paged, *, seen_by: Principal) -> Json[list[Location]]:
    """The live locations, by name; for an API client with a filter, where its devices stand."""
    return db.fetch_json(
        Location,
        _LOCATIONS
        + """
         WHERE deleted_at IS NULL
           AND (%(devices)s::bigint[] IS NULL
                OR EXISTS (SELECT
                             FROM devices device
                            WHERE device.location_id = locations.id
                              AND device.deleted_at IS NULL
                              AND device.id = ANY(%(devices)s)))
         ORDER BY lower(name), id
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        limit=page.limit(LONGEST_LIST),
        offset=page.offset,
        **seen_by.sight,
    )


def lock_location(db: Connection, location_id: int) -> Location | None:
    """Lock a live location; devices cannot be put there meanwhile."""
    return db.fetch_one(
        Location,
        _LOCATIONS + " WHERE id = %(location_id)s AND deleted_at IS NULL FOR UPDATE",
        location_id=location_id,
    )


def insert_location(
    db: Connection,
    *,
    name: str,
    address: str | None,
    coordinates: tuple[float, float] | None,
    status: GeocodeStatus,
    now: datetime,
) -> Location | None:
    """Write a location."""
    latitude, longitude = coordinates or (None, None)
    return db.fetch_one(
        Location,
        """
        INSERT INTO locations (name, address, latitude, longitude, geocode_status, created_at, updated_at)
        VALUES (%(name)s, %(address)s, %(latitude)s::numeric, %(longitude)s::numeric, %(status)s, %(now)s, %(now)s)
        RETURNING id, name, address, latitude::float8 AS latitude, longitude::float8 AS longitude, geocode_status,
                  is_default, version, created_at, updated_at
        """,
        name=name,
        address=address,
        latitude=latitude,
        longitude=longitude,
        status=status,
        now=now,
    )


def update_location(
    db: Connection,
    location_id: int,
    *,
    name: str,
    address: str | None,
    coordinates: tuple[float, float] | None,
    status: GeocodeStatus,
    now: datetime,
) -> Location | None:
    """Write what a location is now; without coordinates the old ones stay."""
    latitude, longitude = coordinates or (None, None)
    return db.fetch_one(
        Location,
        """
        UPDATE locations
           SET name = %(name)s, address = %(address)s, latitude = coalesce(%(latitude)s::numeric, latitude),
               longitude = coalesce(%(longitude)s::numeric, longitude), geocode_status = %(status)s,
               version = version + 1, updated_at = %(now)s
         WHERE id = %(location_id)s
        RETURNING id, name, address, latitude::float8 AS latitude, longitude::float8 AS longitude, geocode_status,
                  is_default, version, created_at, updated_at
        """,
        location_id=location_id,
        name=name,
        address=address,
        latitude=latitude,
        longitude=longitude,
        status=status,
        now=now,
    )


def devices_at(db: Connection, location_id: int) -> int:
    """How many devices stand at a location, deleted ones included (BR-062)."""
    return int(db.value("SELECT count(*) FROM devices WHERE location_id = %(location_id)s", location_id=location_id))


def mark_deleted(db: Connection, location_id: int, *, by: int, now: datetime) -> None:
    """Delete a location."""
    db.execute(
        """
        UPDATE locations
           SET deleted_at = %(now)s, deleted_by = %(by)s, version = version + 1, updated_at = %(now)s
         WHERE id = %(location_id)s
        """,
        location_id=location_id,
        by=by,
        now=now,
    )


@value
class PendingAddress:
    """An address that waits to be looked up."""

    id: int
    name: str
    address: str


def pending_addresses(db: Connection, most: int) -> list[PendingAddress]:
    """The addresses that wait to be looked up, the longest waiting first."""
    return db.fetch(
        PendingAddress,
        """
        SELECT id, name, address
          FROM locations
         WHERE geocode_status = 'pending'
           AND address IS NOT NULL
           AND deleted_at IS NULL
         ORDER BY updated_at, id
         LIMIT %(most)s
        """,
        most=most,
    )


def settle_address(db: Connection, pending: PendingAddress, coordinates: tuple[float, float] | None) -> bool:
    """Write down what a look-up found, unless a person has changed the location meanwhile; whether it was written.

    Without coordinates the old ones stay (BR-061). The version stays too: nobody's edit becomes stale by this.
    """
    latitude, longitude = coordinates or (None, None)
    return bool(
        db.execute(
            """
            UPDATE locations
               SET latitude = coalesce(%(latitude)s::numeric, latitude),
                   longitude = coalesce(%(longitude)s::numeric, longitude),
                   geocode_status = CASE WHEN %(latitude)s::numeric IS NULL THEN 'failed' ELSE 'ok' END
             WHERE id = %(location_id)s
               AND address = %(address)s
               AND geocode_status = 'pending'
               AND deleted_at IS NULL
            """,
            latitude=latitude,
            longitude=longitude,
            location_id=pending.id,
            address=pending.address,
        )
    )
