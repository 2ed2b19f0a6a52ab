"""Looking up addresses: for a person who asks, and for locations that were written without coordinates."""

import time

from chalicelib.fleet.errors import AddressNotFound, NoGeocoder
from chalicelib.fleet.events import LocationUpdated
from chalicelib.fleet.models.locations import AddressFound, AddressQuery
from chalicelib.fleet.queries import locations as queries
from chalicelib.fleet.queries.locations import PendingAddress
from chalicelib.fleet.service import geocoder
from chalicelib.fleet.service.geocoder import Coordinates
from chalicelib.kit import audit, outbox, rate_limit
from chalicelib.kit.audit import Actor, Record
from chalicelib.kit.call import Call
from chalicelib.kit.db import Connection, transaction
from chalicelib.kit.job import Job, Stats

PER_MINUTE = 20
MOST_IN_A_RUN = 30
PAUSE_SECONDS = 1.0
"""Between two questions of one run: public geocoders ask for no more than one a second."""

SYSTEM = Actor(None, "system", None, None, None, "job:geocode")


def look_up(call: Call, query: AddressQuery) -> AddressFound:
    """Look up one address for a person; no transaction is open while the geocoder is asked."""
    with call.transaction() as db:
        rate_limit.spend(db, "geocode", str(call.principal.user_id), PER_MINUTE, 60, call.now)
    found = geocoder.coordinates_of(query.address)
    if found is None:
        raise AddressNotFound
    return AddressFound(address=query.address, latitude=found[0], longitude=found[1])


def look_up_pending() -> Stats:
    """Look up the addresses that wait (BR-060, BR-061); those that the geocoder cannot be asked for wait on."""
    with transaction(read_only=True) as db:
        waiting = queries.pending_addresses(db, MOST_IN_A_RUN)
    found = failed = 0
    for number, pending in enumerate(waiting):
        time.sleep(PAUSE_SECONDS if number else 0)
        try:
            coordinates = geocoder.coordinates_of(pending.address)
        except NoGeocoder:
            return {"found": found, "failed": failed, "waiting": len(waiting) - number}
        with transaction() as db:
            _settle(db, pending, coordinates)
        found, failed = found + (coordinates is not None), failed + (coordinates is None)
    return {"found": found, "failed": failed, "waiting": 0}


def _settle(db: Connection, pending: PendingAddress, coordinates: Coordinates | None) -> None:
    if not queries.settle_address(db, pending, coordinates):
        return
    after: dict[str, object] = {"geocode_status": "failed"}
    if coordinates is not None:
        after = {"geocode_status": "ok", "latitude": coordinates[0], "longitude": coordinates[1]}
    happened = LocationUpdated(
        resource_id=pending.id, name=pending.name, geocode=False, before={"geocode_status": "pending"}, after=after
    )
    audit.write(db, [Record(SYSTEM, happened)])
    outbox.write(db, [Record(SYSTEM, happened)])


GEOCODE = Job("geocode", look_up_pending)
