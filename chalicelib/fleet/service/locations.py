"""Locations. Coordinates are looked up after the write, never in it (BR-060..062)."""

from chalicelib.fleet import events, rules
from chalicelib.fleet.errors import DefaultLocationStays, LocationInUse, LocationNotFound
from chalicelib.fleet.models.locations import Location, LocationContent, LocationDeleted
from chalicelib.fleet.queries import locations as queries
from chalicelib.kit.answer import Json
from chalicelib.kit.call import Call
from chalicelib.kit.errors import VersionConflict
from chalicelib.kit.events import changes
from chalicelib.kit.paging import Paged

FACTS = {"name", "address", "latitude", "longitude", "geocode_status"}
DECIMALS = 6
"""Of a degree: about 11 cm, and what the database keeps."""


def all_locations(call: Call, page: Paged) -> Json[list[Location]]:
    """The live locations, by name."""
    return queries.all_locations(call.db, page, seen_by=call.principal)


def create(call: Call, content: LocationContent) -> Location:
    """Write a location."""
    address, coordinates = content.address or None, _coordinates(content)
    status = rules.geocode_status(
        "none", address=address, address_changed=address is not None, has_coordinates=coordinates is not None
    )
    created = queries.insert_location(
        call.db, name=content.name, address=address, coordinates=coordinates, status=status, now=call.now
    )
    location = _there(created)
    call.record(
        events.LocationCreated(
            resource_id=location.id,
            name=location.name,
            geocode=status == "pending",
            after=location.model_dump(include=FACTS),
        )
    )
    return location


def edit(call: Call, location_id: int, content: LocationContent) -> Location:
    """Change a location; what the client does not send stays."""
    old = _there(queries.lock_location(call.db, location_id))
    if content.version is not None and content.version != old.version:
        raise VersionConflict(version=old.version, current=old.model_dump(mode="json"))
    address = (content.address or None) if content.says_address else old.address
    coordinates = _coordinates(content)
    moved = coordinates is not None and coordinates != (old.latitude, old.longitude)
    readdressed = address != old.address
    status = rules.geocode_status(
        old.geocode_status,
        address=address,
        address_changed=readdressed,
        has_coordinates=moved or (readdressed and coordinates is not None),
    )
    if moved or readdressed or content.name != old.name:
        new = queries.update_location(
            call.db,
            location_id,
            name=content.name,
            address=address,
            coordinates=coordinates,
            status=status,
            now=call.now,
        )
        return _changed(call, old, _there(new))
    return old


def _changed(call: Call, old: Location, new: Location) -> Location:
    before, after = changes(old.model_dump(include=FACTS), new.model_dump(include=FACTS))
    call.record(
        events.LocationUpdated(
            resource_id=new.id,
            name=new.name,
            geocode=new.geocode_status == "pending",
            before=before,
            after=after,
        )
    )
    return new


def delete(call: Call, location_id: int) -> LocationDeleted:
    """Delete a location that nothing needs."""
    location = _there(queries.lock_location(call.db, location_id))
    if location.is_default:
        raise DefaultLocationStays
    if devices := queries.devices_at(call.db, location_id):
        raise LocationInUse(f"Cannot delete location. It is used by {devices} device(s)", devices=devices)
    queries.mark_deleted(call.db, location_id, by=call.principal.user_id, now=call.now)
    call.record(events.LocationDeleted(resource_id=location_id, name=location.name))
    return LocationDeleted(message=f'Location "{location.name}" deleted successfully')


def _coordinates(content: LocationContent) -> tuple[float, float] | None:
    if content.latitude is None or content.longitude is None:
        return None
    return round(content.latitude, DECIMALS), round(content.longitude, DECIMALS)


def _there(found: Location | None) -> Location:
    if found is None:
        raise LocationNotFound
    return found
