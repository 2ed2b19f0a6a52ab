"""Locations."""

from chalice.app import Blueprint

from chalicelib.fleet import errors
from chalicelib.fleet.models.locations import AddressFound, AddressQuery, Location, LocationContent, LocationDeleted
from chalicelib.fleet.service import geocoding, locations
from chalicelib.kit.answer import Json
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import RateLimited, VersionConflict
from chalicelib.kit.paging import Paged
from chalicelib.kit.roles import ADMIN, EVERYONE, MANAGER
from chalicelib.kit.sheet import Sheet

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/locations", roles=EVERYONE, sheet=Sheet(), scope="locations:read", rows="filtered")
def list_locations(call: Call, query: Paged) -> Json[list[Location]]:
    """List the locations by name."""
    return locations.all_locations(call, query)


@endpoint(
    blueprint,
    "POST",
    "/api/locations",
    roles=[ADMIN, MANAGER],
    refusals=[errors.LocationNameTaken],
    status=201,
    scope="locations:write",
)
def create_location(call: Call, body: LocationContent) -> Location:
    """Write a location. Without coordinates its address is looked up afterwards (`geocode_status: pending`)."""
    return locations.create(call, body)


@endpoint(
    blueprint,
    "PUT",
    "/api/locations/{location_id}",
    roles=[ADMIN, MANAGER],
    refusals=[errors.LocationNotFound, errors.LocationNameTaken, VersionConflict],
    scope="locations:write",
)
def edit_location(call: Call, location_id: int, body: LocationContent) -> Location:
    """Change a location.

    A changed address without coordinates is looked up afterwards; until then the old coordinates stay.
    """
    return locations.edit(call, location_id, body)


@endpoint(
    blueprint,
    "DELETE",
    "/api/locations/{location_id}",
    roles=[ADMIN, MANAGER],
    refusals=[errors.LocationNotFound, errors.DefaultLocationStays, errors.LocationInUse],
)
def delete_location(call: Call, location_id: int) -> LocationDeleted:
    """Delete a location where no device stands, or stood before it was deleted."""
    return locations.delete(call, location_id)


@endpoint(
    blueprint,
    "POST",
    "/api/geocode",
    roles=[ADMIN, MANAGER],
    refusals=[errors.AddressNotFound, errors.NoGeocoder, RateLimited],
    grants=["internet"],
    own_transactions=True,
)
def geocode_address(call: Call, body: AddressQuery) -> AddressFound:
    """Look up the coordinates of an address; at most 20 times a minute."""
    return geocoding.look_up(call, body)
