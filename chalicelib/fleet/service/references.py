"""What a device refers to: each looked up and locked before it is relied on, in the order that all writers lock in."""

from collections.abc import Sequence
from typing import Protocol

from chalicelib.fleet.errors import UnknownReference, WrongCabinetCount
from chalicelib.fleet.queries import device_writes as queries
from chalicelib.fleet.queries.device_writes import TypeLimits
from chalicelib.kit.db import Connection


class NamesLocation(Protocol):
    """A request that names a location by id or, as old clients do, by name."""

    @property
    def location_id(self) -> int | None:
        """The id, if one is given."""

    @property
    def location(self) -> str | None:
        """The name."""


def route(db: Connection, route_id: int | None) -> int | None:
    """A live route."""
    if route_id is not None and queries.live_route(db, route_id) is None:
        raise UnknownReference(f"Invalid route ID: {route_id}", field="route_id")
    return route_id


def location(db: Connection, wish: NamesLocation) -> int:
    """The wanted live location, or the default one when none is named (BR-042)."""
    wanted, name = wish.location_id, (wish.location or "").strip() or None
    found = queries.live_location(db, location_id=wanted, name=name)
    if found is None:
        field, value = ("location_id", str(wanted)) if wanted else ("location", name)
        raise UnknownReference(f"Invalid location: {value}", field=field)
    return found


def names_location(wish: NamesLocation) -> bool:
    """Whether a location is named at all."""
    return wish.location_id is not None or bool((wish.location or "").strip())


def device_type(db: Connection, device_type_id: int, *, cabinets: int) -> TypeLimits:
    """A device type that can have this many cabinets (BR-042, BR-043)."""
    limits = queries.type_limits(db, device_type_id)
    if limits is None:
        raise UnknownReference(f"Invalid device type ID: {device_type_id}", field="device_type_id")
    if not limits.min_cabinets <= cabinets <= limits.max_cabinets:
        raise WrongCabinetCount(
            f"{limits.name} has {_between(limits)}, not {cabinets}.",
            field="cabinetConfiguration",
            minimum=limits.min_cabinets,
            maximum=limits.max_cabinets,
        )
    return limits


def _between(limits: TypeLimits) -> str:
    least, most = limits.min_cabinets, limits.max_cabinets
    return f"{least} to {most} cabinets" if least != most else f"exactly {least} cabinet{'s' if least > 1 else ''}"


def cabinet_types(db: Connection, names: Sequence[str]) -> None:
    """Cabinet types that are all there."""
    known = queries.known_cabinet_types(db, names)
    for name in names:
        if name not in known:
            raise UnknownReference(f"Invalid cabinet type: {name}", field="cabinetConfiguration")
