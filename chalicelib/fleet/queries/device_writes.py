"""Devices as they are written. Rows that a decision rests on are locked before it is made."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value


@value
class DeviceFacts:
    """What can be edited of a device."""

    asset: str
    nickname: str
    model: str
    serial_number: str | None
    device_type_id: int
    location_id: int
    route_id: int | None


@value
class DeviceRow(DeviceFacts):
    """A locked device."""

    id: int
    version: int
    deleted_at: datetime | None

    @property
    def facts(self) -> DeviceFacts:
        """What can be edited of it."""
        return DeviceFacts(
            self.asset,
            self.nickname,
            self.model,
            self.serial_number,
            self.device_type_id,
            self.location_id,
            self.route_id,
        )


def lock_devices(db: Connection, device_ids: Sequence[int], *, seen_by: Principal) -> list[DeviceRow]:
    """Lock those of the devices that the caller may reach, in the order of their ids."""
    return db.fetch(
        DeviceRow,
        """
        SELECT id, asset, nickname, model, serial_number, device_type_id, location_id, route_id, version, deleted_at
          FROM devices
         WHERE id = ANY(%(device_ids)s)
           AND (%(devices)s::bigint[] IS NULL OR id = ANY(%(devices)s))
         ORDER BY id
           FOR UPDATE
        """,
        device_ids=list(device_ids),
        **seen_by.sight,
    )


def lock_cabinets(db: Connection, device_ids: Sequence[int]) -> None:
    """Keep service orders from taking up cabinets of these devices until this transaction is over."""
    db.execute(
        "SELECT id FROM device_cabinets WHERE device_id = ANY(%(device_ids)s) ORDER BY id FOR UPDATE",
        device_ids=list(device_ids),
    )


@value
class TypeLimits:
    """How many cabinets a device type has."""

    id: int
    name: str
    allows_additional_cabinets: bool
    min_cabinets: int
    max_cabinets: int


def type_limits(db: Connection, device_type_id: int) -> TypeLimits | None:
    """The limits of a device type, kept from changing meanwhile."""
    return db.fetch_one(
        TypeLimits,
        """
        SELECT id, name, allows_additional_cabinets,
               coalesce(fixed_cabinet_count, min_cabinets) AS min_cabinets,
               coalesce(fixed_cabinet_count, max_cabinets) AS max_cabinets
          FROM device_types
         WHERE id = %(device_type_id)s
           FOR SHARE
        """,
        device_type_id=device_type_id,
    )


def live_location(db: Connection, *, location_id: int | None, name: str | None) -> int | None:
    """The id of a live location, by id, else by name, else the default one; kept from being deleted meanwhile."""
    found: int | None = db.value(
        """
        SELECT id
          FROM locations
         WHERE deleted_at IS NULL
           AND CASE WHEN %(location_id)s::bigint IS NOT NULL THEN id = %(location_id)s
                    WHEN %(name)s::text IS NOT NULL THEN lower(name) = lower(%(name)s)
                    ELSE is_default END
           FOR SHARE
        """,
        location_id=location_id,
        name=name,
    )
    return found


def live_route(db: Connection, route_id: int) -> int | None:
    """The id of a live route, kept from being deleted meanwhile."""
    found: int | None = db.value(
        "SELECT id FROM routes WHERE id = %(route_id)s AND deleted_at IS NULL FOR SHARE", route_id=route_id
    )
    return found


def known_cabinet_types(db: Connection, names: Sequence[str]) -> set[str]:
    """Which of these names are cabinet types; their grids are kept from changing meanwhile."""
    return set(
        db.values("SELECT name FROM cabinet_types WHERE name = ANY(%(names)s) ORDER BY id FOR SHARE", names=list(names))
    )


def insert_device(db: Connection, facts: DeviceFacts, now: datetime) -> int:
    """Write a device; its id."""
    return int(
        db.value(
            """
            INSERT INTO devices (asset, nickname, model, serial_number, device_type_id, location_id, route_id,
                                 created_at, updated_at)
            VALUES (%(asset)s, %(nickname)s, %(model)s, %(serial_number)s, %(device_type_id)s, %(location_id)s,
                    %(route_id)s, %(now)s, %(now)s)
            RETURNING id
            """,
            **vars(facts),
            now=now,
        )
    )


def update_device(db: Connection, device_id: int, facts: DeviceFacts, now: datetime) -> int:
    """Write what a device is now; its new version."""
    return int(
        db.value(
            """
            UPDATE devices
               SET asset = %(asset)s, nickname = %(nickname)s, model = %(model)s, serial_number = %(serial_number)s,
                   device_type_id = %(device_type_id)s, location_id = %(location_id)s, route_id = %(route_id)s,
                   version = version + 1, updated_at = %(now)s
             WHERE id = %(device_id)s
            RETURNING version
            """,
            **vars(facts),
            device_id=device_id,
            now=now,
        )
    )


def mark_deleted(db: Connection, device_ids: Sequence[int], *, by: int, now: datetime) -> None:
    """Take devices out of service."""
    db.execute(
        """
        UPDATE devices
           SET deleted_at = %(now)s, deleted_by = %(by)s, version = version + 1, updated_at = %(now)s
         WHERE id = ANY(%(device_ids)s)
        """,
        device_ids=list(device_ids),
        by=by,
        now=now,
    )


def mark_recovered(db: Connection, device_id: int, now: datetime) -> None:
    """Bring a device back; what it stood at or belonged to and is gone is replaced or left (BR-047)."""
    db.execute(
        """
        UPDATE devices device
           SET deleted_at = NULL, deleted_by = NULL, version = version + 1, updated_at = %(now)s,
               location_id = coalesce(
                   (SELECT id FROM locations WHERE id = device.location_id AND deleted_at IS NULL),
                   (SELECT id FROM locations WHERE is_default)),
               route_id = (SELECT id FROM routes WHERE id = device.route_id AND deleted_at IS NULL)
         WHERE id = %(device_id)s
        """,
        device_id=device_id,
        now=now,
    )
