"""Routes and their drivers."""

from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.paging import Paged
from chalicelib.kit.principal import Principal
from chalicelib.tours.models import Driver, LockedTour, OwnTour, Tour

MOST_TOURS = 1000
MOST_DRIVERS = 1000

_COLUMNS = """
    route.id, route.name, route.route_number, route.created_at, route.updated_at, route.driver_id, route.version,
    driver.username AS driver_name, driver.email AS driver_email
"""
_SEEN = """
               (%(devices)s::bigint[] IS NULL
                OR EXISTS (SELECT
                             FROM devices device
                            WHERE device.route_id = route.id
                              AND device.deleted_at IS NULL
                              AND device.id = ANY(%(devices)s)))
"""
_DRIVER = (
    "LEFT JOIN users driver ON driver.id = route.driver_id AND driver.role = 'driver' AND driver.deleted_at IS NULL"
)


def live(db: Connection, page: Paged, *, seen_by: Principal) -> list[Tour]:
    """All live routes, by number and name; for an API client with a filter, those with devices of its own only."""
    return db.fetch(
        Tour,
        f"""
        SELECT {_COLUMNS}
          FROM routes route
          {_DRIVER}
         WHERE route.deleted_at IS NULL
           AND {_SEEN}
         ORDER BY route.route_number NULLS LAST, lower(route.name), route.id
         LIMIT %(limit)s OFFSET %(offset)s
        """,  # noqa: S608 - constants are put in, no values
        limit=page.limit(MOST_TOURS),
        offset=page.offset,
        **seen_by.sight,
    )


def one(db: Connection, tour_id: int, *, seen_by: Principal) -> Tour | None:
    """A live route; for an API client with a filter, one with devices of its own."""
    return db.fetch_one(
        Tour,
        f"""
        SELECT {_COLUMNS}
          FROM routes route
          {_DRIVER}
         WHERE route.id = %(id)s
           AND route.deleted_at IS NULL
           AND {_SEEN}
        """,  # noqa: S608 - constants are put in, no values
        id=tour_id,
        **seen_by.sight,
    )


def of_driver(db: Connection, driver_id: int) -> list[OwnTour]:
    """The live routes of a driver, with how many devices and open orders of the driver they have."""
    return db.fetch(
        OwnTour,
        f"""
        SELECT {_COLUMNS}, route.route_number AS app_route_number,
               (SELECT count(*) FROM devices WHERE route_id = route.id AND deleted_at IS NULL) AS device_count,
               (SELECT count(*)
                  FROM service_orders
                 WHERE route_id = route.id AND driver_id = %(driver_id)s
                   AND status IN ('pending', 'in_progress')) AS order_count
          FROM routes route
          {_DRIVER}
         WHERE route.driver_id = %(driver_id)s
           AND route.deleted_at IS NULL
         ORDER BY route.route_number NULLS LAST, lower(route.name), route.id
         LIMIT %(most)s
        """,  # noqa: S608 - constants are put in, no values
        driver_id=driver_id,
        most=MOST_TOURS,
    )


def drivers(db: Connection, page: Paged) -> list[Driver]:
    """The users who can be given a route, by name."""
    return db.fetch(
        Driver,
        """
        SELECT id, username, email, created_at, is_active
          FROM users
         WHERE role = 'driver' AND is_active AND deleted_at IS NULL
         ORDER BY lower(username), id
         LIMIT %(limit)s OFFSET %(offset)s
        """,
        limit=page.limit(MOST_DRIVERS),
        offset=page.offset,
    )


def hold_driver(db: Connection, user_id: int) -> bool:
    """Whether a user can be given a route; the user stays so until the transaction ends."""
    return bool(
        db.values(
            """
            SELECT id
              FROM users
             WHERE id = %(id)s AND role = 'driver' AND is_active AND deleted_at IS NULL
               FOR SHARE
            """,
            id=user_id,
        )
    )


def lock(db: Connection, tour_id: int) -> LockedTour | None:
    """A live route, locked."""
    return db.fetch_one(
        LockedTour,
        """
        SELECT id, name, route_number, driver_id, version
          FROM routes
         WHERE id = %(id)s AND deleted_at IS NULL
           FOR UPDATE
        """,
        id=tour_id,
    )


def insert(db: Connection, name: str, number: int | None, driver_id: int | None) -> int:
    """Write a new route; its id."""
    return int(
        db.value(
            """
            INSERT INTO routes (name, route_number, driver_id)
            VALUES (%(name)s, %(number)s, %(driver_id)s)
            RETURNING id
            """,
            name=name,
            number=number,
            driver_id=driver_id,
        )
    )


def update(db: Connection, tour_id: int, name: str, number: int | None, driver_id: int | None) -> None:
    """Change a route."""
    db.execute(
        """
        UPDATE routes
           SET name = %(name)s, route_number = %(number)s, driver_id = %(driver_id)s, version = version + 1
         WHERE id = %(id)s
        """,
        id=tour_id,
        name=name,
        number=number,
        driver_id=driver_id,
    )


def delete(db: Connection, tour_id: int, *, by: int, at: datetime) -> list[int]:
    """Mark a route as deleted and take its devices off it; their ids."""
    return db.values(
        """
        WITH gone AS (
            UPDATE routes
               SET deleted_at = %(at)s, deleted_by = %(by)s, driver_id = NULL, version = version + 1
             WHERE id = %(id)s),
        freed AS (
            UPDATE devices
               SET route_id = NULL, version = version + 1
             WHERE route_id = %(id)s
            RETURNING id)
        SELECT id FROM freed ORDER BY id
        """,
        id=tour_id,
        by=by,
        at=at,
    )


def end_driving(db: Connection, tour_id: int, at: datetime) -> None:
    """Close the open row of a route's driver history."""
    db.execute(
        """
        UPDATE route_driver_history
           SET unassigned_at = greatest(%(at)s, assigned_at)
         WHERE route_id = %(id)s AND unassigned_at IS NULL
        """,
        id=tour_id,
        at=at,
    )


def begin_driving(db: Connection, tour_id: int, driver_id: int, *, by: int, at: datetime) -> None:
    """Open a row of a route's driver history."""
    db.execute(
        """
        INSERT INTO route_driver_history (route_id, driver_id, assigned_at, assigned_by)
        VALUES (%(id)s, %(driver_id)s, %(at)s, %(by)s)
        """,
        id=tour_id,
        driver_id=driver_id,
        by=by,
        at=at,
    )


def open_order_ids(db: Connection, tour_id: int) -> list[int]:
    """The orders of a route that are not done."""
    return db.values(
        """
        SELECT id
          FROM service_orders
         WHERE route_id = %(id)s AND status IN ('pending', 'in_progress')
         ORDER BY id
         LIMIT 100
        """,
        id=tour_id,
    )


def move_pending_orders(db: Connection, tour_id: int, driver_id: int | None) -> list[int]:
    """Give the pending orders of a route to its new driver; their ids. Those under way stay with whom they are."""
    return db.values(
        """
        WITH waiting AS (
            SELECT id
              FROM service_orders
             WHERE route_id = %(id)s AND status = 'pending' AND driver_id IS DISTINCT FROM %(driver_id)s::bigint
             ORDER BY id
               FOR UPDATE),
        moved AS (
            UPDATE service_orders
               SET driver_id = %(driver_id)s, version = version + 1, sync_version = sync_version + 1
             WHERE id IN (SELECT id FROM waiting)
            RETURNING id)
        SELECT id FROM moved ORDER BY id
        """,
        id=tour_id,
        driver_id=driver_id,
    )
