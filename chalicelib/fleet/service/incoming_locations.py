"""Locations that come in bulk: each is found by its name, and written where it differs."""

from collections.abc import Sequence

from chalicelib.fleet import events, rules
from chalicelib.fleet.queries import incoming as queries
from chalicelib.fleet.queries.incoming import KnownLocation, LocationFacts
from chalicelib.kit.bulk import CREATED, UNCHANGED, UPDATED, Outcome
from chalicelib.kit.call import Call
from chalicelib.kit.events import changes
from chalicelib.kit.values import value


@value(kw_only=True)
class IncomingLocation:
    """A location as a file has it. What it does not say of a known location stays as it is."""

    name: str
    address: str | None = None
    coordinates: tuple[float, float] | None = None


def bring_in(call: Call, locations: Sequence[IncomingLocation]) -> list[Outcome]:
    """Write locations, in a number of statements that does not depend on how many they are; the outcome of each.

    No two of them may have the same name.
    """
    known = queries.lock_locations(call.db, [location.name.lower() for location in locations])
    by_name = {location.name.lower(): location for location in known}
    pairs = [(_facts(location, by_name.get(location.name.lower())), location) for location in locations]
    fresh = [facts for facts, location in pairs if location.name.lower() not in by_name]
    changed = [
        (facts, by_name[location.name.lower()])
        for facts, location in pairs
        if location.name.lower() in by_name and facts != _own(by_name[location.name.lower()])
    ]
    _create(call, fresh)
    _update(call, changed)
    different = {old.id for _, old in changed}
    return [_outcome(by_name.get(location.name.lower()), different) for location in locations]


def _facts(location: IncomingLocation, old: KnownLocation | None) -> LocationFacts:
    address = location.address or (old.address if old else None)
    kept = (old.latitude, old.longitude) if old else (None, None)
    latitude, longitude = location.coordinates or kept
    status = rules.geocode_status(
        old.geocode_status if old else "none",
        address=address,
        address_changed=address != (old.address if old else None),
        has_coordinates=location.coordinates is not None and location.coordinates != kept,
    )
    return LocationFacts(location.name, address, latitude, longitude, status)


def _own(known: KnownLocation) -> LocationFacts:
    return LocationFacts(known.name, known.address, known.latitude, known.longitude, known.geocode_status)


def _outcome(old: KnownLocation | None, different: set[int]) -> Outcome:
    if old is None:
        return CREATED
    return UPDATED if old.id in different else UNCHANGED


def _create(call: Call, locations: Sequence[LocationFacts]) -> None:
    if not locations:
        return
    ids = queries.insert_locations(call.db, locations, call.now)
    for location_id, facts in zip(ids, locations, strict=True):
        call.record(
            events.LocationCreated(
                resource_id=location_id,
                name=facts.name,
                geocode=facts.geocode_status == "pending",
                after=vars(facts),
            )
        )


def _update(call: Call, locations: Sequence[tuple[LocationFacts, KnownLocation]]) -> None:
    if not locations:
        return
    queries.update_locations(call.db, [KnownLocation(**vars(facts), id=old.id) for facts, old in locations], call.now)
    for facts, old in locations:
        before, after = changes(vars(_own(old)), vars(facts))
        call.record(
            events.LocationUpdated(
                resource_id=old.id,
                name=facts.name,
                geocode=facts.geocode_status == "pending",
                before=before,
                after=after,
            )
        )
