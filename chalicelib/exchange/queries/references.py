"""What rows refer to, found for many rows by one statement."""

from collections.abc import Sequence

from pydantic_core import to_json

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value


def devices(db: Connection, assets: Sequence[str]) -> dict[str, int]:
    """The live devices with these assets, given in lower case."""
    return db.pairs(
        """
        SELECT lower(asset) AS name, id
          FROM devices
         WHERE deleted_at IS NULL
           AND lower(asset) = ANY(%(assets)s)
         ORDER BY id
           FOR KEY SHARE
        """,
        assets=list(assets),
    )


def products(db: Connection, names: Sequence[str]) -> dict[str, int]:
    """The live products with these names, given in lower case, kept from being deleted meanwhile."""
    return db.pairs(
        """
        SELECT lower(name) AS name, id
          FROM products
         WHERE deleted_at IS NULL
           AND lower(name) = ANY(%(names)s)
         ORDER BY id
           FOR SHARE
        """,
        names=list(names),
    )


@value
class Place:
    """A slot by where it is: the asset in lower case, the index of the cabinet, the position."""

    asset: str
    cabinet: int
    position: str


@value
class PlacedSlot(Place):
    """A slot that is there."""

    slot_id: int


def slots(db: Connection, places: Sequence[Place]) -> dict[Place, int]:
    """The slots at these places.

    Each step finds one row by a unique index, and is kept from being joined otherwise: in tables that have just been
    filled the planner knows nothing and would walk through them.
    """
    found = db.fetch(
        PlacedSlot,
        """
        SELECT wanted.asset, wanted.cabinet, wanted.position, slot.id AS slot_id
          FROM jsonb_to_recordset(%(places)s::jsonb) AS wanted (asset text, cabinet smallint, position text)
         CROSS JOIN LATERAL (SELECT id
                               FROM devices
                              WHERE lower(asset) = wanted.asset
                                AND deleted_at IS NULL
                              LIMIT 1) device
         CROSS JOIN LATERAL (SELECT planogram.id
                               FROM device_cabinets cabinet
                               JOIN planograms planogram ON planogram.cabinet_id = cabinet.id
                              WHERE cabinet.device_id = device.id
                                AND cabinet.cabinet_index = wanted.cabinet
                                AND cabinet.removed_at IS NULL
                              LIMIT 1) planogram
         CROSS JOIN LATERAL (SELECT id
                               FROM planogram_slots
                              WHERE planogram_id = planogram.id
                                AND position = wanted.position
                                AND retired_at IS NULL
                              LIMIT 1) slot
        """,
        places=to_json([vars(place) for place in places]).decode(),
    )
    return {Place(one.asset, one.cabinet, one.position): one.slot_id for one in found}
