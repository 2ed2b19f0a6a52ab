"""Preferences, push subscriptions and the places of drivers."""

import json
from datetime import timedelta

from chalicelib.kit import rate_limit
from chalicelib.kit.call import Call
from chalicelib.preferences.errors import PreferencesTooLarge
from chalicelib.preferences.models.kept import (
    Done,
    DriverPlace,
    Place,
    Preferences,
    PreferencesBody,
    SubscriptionBody,
    Unsubscription,
)
from chalicelib.preferences.queries import kept

MOST_BYTES = 64 * 1024
MOST_SUBSCRIPTIONS = 20
PLACES_A_MINUTE = 60
PLACES_KEPT = timedelta(days=1)
"""Where somebody was is nobody's business for longer than the working day that it is needed for."""


def preferences(call: Call) -> Preferences:
    """The caller's preferences."""
    return Preferences(preferences=kept.preferences(call.db, call.principal.user_id))


def keep_preferences(call: Call, body: PreferencesBody) -> Done:
    """Put the caller's preferences in the place of the earlier ones."""
    if len(json.dumps(body.preferences)) > MOST_BYTES:
        raise PreferencesTooLarge
    kept.keep_preferences(call.db, call.principal.user_id, body.preferences)
    return Done()


def subscribe(call: Call, body: SubscriptionBody) -> Done:
    """Note a browser of the caller's that wants to be pushed to."""
    user_id = call.principal.user_id
    kept.subscribe(call.db, user_id, body.subscription, call.user_agent)
    kept.drop_oldest_subscriptions(call.db, user_id, most=MOST_SUBSCRIPTIONS)
    return Done()


def unsubscribe(call: Call, body: Unsubscription) -> Done:
    """Forget a browser of the caller's; one that is not known is as good as forgotten."""
    kept.unsubscribe(call.db, call.principal.user_id, body.endpoint)
    return Done()


def note_place(call: Call, place: Place) -> Done:
    """Keep where the driver is now, in the place of where they were."""
    driver = call.principal.user_id
    rate_limit.spend(call.db, "driver-location", str(driver), PLACES_A_MINUTE, 60, call.now)
    # A phone whose clock is ahead would otherwise keep every later place out.
    kept.note_place(call.db, driver, place, min(place.timestamp or call.now, call.now))
    return Done()


def places(call: Call) -> list[DriverPlace]:
    """Where the drivers were last."""
    return [DriverPlace(**vars(row)) for row in kept.places(call.db, call.now - PLACES_KEPT)]
