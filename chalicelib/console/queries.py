"""What moving in needs to know."""

from collections.abc import Sequence

from chalicelib.kit.db import Connection


def device_types(db: Connection) -> dict[str, int]:
    """The ids of the device types by their names in lower case."""
    found: dict[str, int] = db.value("SELECT coalesce(jsonb_object_agg(lower(name), id), '{}') FROM device_types")
    return found


def taken_assets(db: Connection, assets: Sequence[str]) -> set[str]:
    """Those of these asset numbers that a live device has, in lower case."""
    return set(
        db.values(
            "SELECT lower(asset) FROM devices WHERE lower(asset) = ANY(%(assets)s) AND deleted_at IS NULL",
            assets=[asset.lower() for asset in assets],
        )
    )
