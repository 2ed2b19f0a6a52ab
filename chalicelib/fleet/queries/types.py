"""Types of devices and cabinets."""

from chalicelib.fleet.models.types import CabinetType, CabinetTypeContent, DeviceType, DeviceTypeContent
from chalicelib.kit.db import Connection


def device_types(db: Connection) -> list[DeviceType]:
    """All device types, by name."""
    return db.fetch(
        DeviceType,
        """
        SELECT id, name, description, allows_additional_cabinets, fixed_cabinet_count, min_cabinets, max_cabinets
          FROM device_types
         ORDER BY name, id
        """,
    )


def lock_device_type(db: Connection, device_type_id: int) -> DeviceType | None:
    """Lock a device type."""
    return db.fetch_one(
        DeviceType,
        """
        SELECT id, name, description, allows_additional_cabinets, fixed_cabinet_count, min_cabinets, max_cabinets
          FROM device_types
         WHERE id = %(device_type_id)s
           FOR UPDATE
        """,
        device_type_id=device_type_id,
    )


def insert_device_type(db: Connection, content: DeviceTypeContent) -> DeviceType | None:
    """Write a device type."""
    return db.fetch_one(
        DeviceType,
        """
        INSERT INTO device_types (name, description, allows_additional_cabinets, fixed_cabinet_count,
                                  min_cabinets, max_cabinets)
        VALUES (%(name)s, %(description)s, %(allows)s, %(fixed)s, %(least)s, %(most)s)
        RETURNING id, name, description, allows_additional_cabinets, fixed_cabinet_count, min_cabinets, max_cabinets
        """,
        **_of(content),
    )


def update_device_type(db: Connection, device_type_id: int, content: DeviceTypeContent) -> DeviceType | None:
    """Write what a device type is now."""
    return db.fetch_one(
        DeviceType,
        """
        UPDATE device_types
           SET name = %(name)s, description = %(description)s, allows_additional_cabinets = %(allows)s,
               fixed_cabinet_count = %(fixed)s, min_cabinets = %(least)s, max_cabinets = %(most)s
         WHERE id = %(device_type_id)s
        RETURNING id, name, description, allows_additional_cabinets, fixed_cabinet_count, min_cabinets, max_cabinets
        """,
        device_type_id=device_type_id,
        **_of(content),
    )


def _of(content: DeviceTypeContent) -> dict[str, object]:
    least, most = content.cabinet_range
    fixed = least if least == most else None
    return {
        "name": content.name,
        "description": content.description,
        "allows": content.allows_additional_cabinets,
        "fixed": content.fixed_cabinet_count or fixed,
        "least": least,
        "most": most,
    }


def devices_outside(db: Connection, device_type_id: int, *, least: int, most: int) -> int:
    """How many live devices of a type have fewer or more cabinets than these limits."""
    return int(
        db.value(
            """
            SELECT count(*)
              FROM devices device
             WHERE device.device_type_id = %(device_type_id)s
               AND device.deleted_at IS NULL
               AND (SELECT count(*)
                      FROM device_cabinets cabinet
                     WHERE cabinet.device_id = device.id
                       AND cabinet.removed_at IS NULL) NOT BETWEEN %(least)s AND %(most)s
            """,
            device_type_id=device_type_id,
            least=least,
            most=most,
        )
    )


def delete_device_type(db: Connection, device_type_id: int) -> str | None:
    """Delete a device type; its name, or None when there was none."""
    name: str | None = db.value(
        "DELETE FROM device_types WHERE id = %(device_type_id)s RETURNING name", device_type_id=device_type_id
    )
    return name


def cabinet_types(db: Connection) -> list[CabinetType]:
    """All cabinet types, by name."""
    return db.fetch(
        CabinetType,
        """
        SELECT id, name, description, rows, cols, icon, temperature_class
          FROM cabinet_types
         ORDER BY name, id
        """,
    )


def lock_cabinet_type(db: Connection, cabinet_type_id: int) -> CabinetType | None:
    """Lock a cabinet type."""
    return db.fetch_one(
        CabinetType,
        """
        SELECT id, name, description, rows, cols, icon, temperature_class
          FROM cabinet_types
         WHERE id = %(cabinet_type_id)s
           FOR UPDATE
        """,
        cabinet_type_id=cabinet_type_id,
    )


def insert_cabinet_type(db: Connection, content: CabinetTypeContent) -> CabinetType | None:
    """Write a cabinet type."""
    return db.fetch_one(
        CabinetType,
        """
        INSERT INTO cabinet_types (name, description, rows, cols, icon, temperature_class)
        VALUES (%(name)s, %(description)s, %(rows)s, %(cols)s, %(icon)s, %(temperature_class)s)
        RETURNING id, name, description, rows, cols, icon, temperature_class
        """,
        **content.model_dump(),
    )


def update_cabinet_type(db: Connection, cabinet_type_id: int, content: CabinetTypeContent) -> CabinetType | None:
    """Write what a cabinet type is now."""
    return db.fetch_one(
        CabinetType,
        """
        UPDATE cabinet_types
           SET name = %(name)s, description = %(description)s, rows = %(rows)s, cols = %(cols)s, icon = %(icon)s,
               temperature_class = %(temperature_class)s
         WHERE id = %(cabinet_type_id)s
        RETURNING id, name, description, rows, cols, icon, temperature_class
        """,
        cabinet_type_id=cabinet_type_id,
        **content.model_dump(),
    )


def rename_in_cabinets(db: Connection, cabinet_type_id: int, *, old: str, new: str) -> None:
    """Let cabinets and devices that are called after a cabinet type follow its new name."""
    db.execute(
        """
        WITH renamed AS (
            UPDATE device_cabinets
               SET model_name = %(new)s
             WHERE cabinet_type_id = %(cabinet_type_id)s
               AND model_name = %(old)s
            RETURNING device_id, is_parent)
        UPDATE devices device
           SET model = %(new)s
          FROM renamed
         WHERE device.id = renamed.device_id
           AND renamed.is_parent
           AND device.model = %(old)s
        """,
        cabinet_type_id=cabinet_type_id,
        old=old,
        new=new,
    )


def delete_cabinet_type(db: Connection, cabinet_type_id: int) -> str | None:
    """Delete a cabinet type; its name, or None when there was none."""
    name: str | None = db.value(
        "DELETE FROM cabinet_types WHERE id = %(cabinet_type_id)s RETURNING name", cabinet_type_id=cabinet_type_id
    )
    return name
