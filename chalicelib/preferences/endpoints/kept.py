"""Preferences, avatars, push subscriptions and the places of drivers."""

from chalice.app import Blueprint

from chalicelib.identity.errors import UserNotFound
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import RateLimited
from chalicelib.kit.roles import ADMIN, DRIVER, EVERYONE, MANAGER
from chalicelib.kit.sheet import Sheet
from chalicelib.preferences.errors import AvatarNotFound, NoPicture, PictureTooLarge, PreferencesTooLarge
from chalicelib.preferences.models.kept import (
    Avatar,
    Done,
    DriverPlace,
    Place,
    Preferences,
    PreferencesBody,
    SubscriptionBody,
    Unsubscription,
)
from chalicelib.preferences.service import avatars, keeping

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/user/preferences", roles=EVERYONE)
def show_preferences(call: Call) -> Preferences:
    """Show one's own preferences."""
    return keeping.preferences(call)


@endpoint(blueprint, "PUT", "/api/user/preferences", roles=EVERYONE, refusals=[PreferencesTooLarge])
def keep_preferences(call: Call, body: PreferencesBody) -> Done:
    """Put one's preferences in the place of the earlier ones. What is in them is the browser's own affair."""
    return keeping.keep_preferences(call, body)


@endpoint(
    blueprint,
    "GET",
    "/api/user/{user_id}/avatar",
    roles=EVERYONE,
    refusals=[UserNotFound, AvatarNotFound],
    own_transactions=True,
    grants=["s3:GetObject", "s3:ListBucket", "kms:Decrypt"],
)
def show_avatar(call: Call, user_id: int) -> Avatar:
    """Show one's own avatar, or as an admin anybody's, as a data URL."""
    return avatars.show(call, user_id)


@endpoint(
    blueprint,
    "POST",
    "/api/user/{user_id}/avatar",
    roles=EVERYONE,
    refusals=[UserNotFound, NoPicture, PictureTooLarge, RateLimited],
    own_transactions=True,
    grants=["s3:PutObject", "s3:DeleteObject", "kms:GenerateDataKey"],
)
def change_avatar(call: Call, user_id: int) -> Avatar:
    """Upload an avatar as multipart/form-data, field `avatar`: JPEG, PNG or WebP by its content, 512 KiB at most.

    One's own, or as an admin anybody's. The answer holds the picture as a data URL.
    """
    return avatars.change(call, user_id)


@endpoint(
    blueprint,
    "DELETE",
    "/api/user/{user_id}/avatar",
    roles=EVERYONE,
    refusals=[UserNotFound],
    own_transactions=True,
    grants=["s3:DeleteObject"],
)
def remove_avatar(call: Call, user_id: int) -> Done:
    """Remove one's own avatar, or as an admin anybody's."""
    return avatars.remove(call, user_id)


@endpoint(blueprint, "POST", "/api/push/subscribe", roles=EVERYONE)
def subscribe_to_push(call: Call, body: SubscriptionBody) -> Done:
    """Keep a browser's push subscription; the same endpoint again takes the place of the earlier one."""
    return keeping.subscribe(call, body)


@endpoint(blueprint, "POST", "/api/push/unsubscribe", roles=EVERYONE)
def unsubscribe_from_push(call: Call, body: Unsubscription) -> Done:
    """Forget a push subscription of one's own."""
    return keeping.unsubscribe(call, body)


@endpoint(blueprint, "POST", "/api/driver/location", roles=[DRIVER], refusals=[RateLimited])
def note_driver_location(call: Call, body: Place) -> Done:
    """Tell where one is. Only the latest place is kept, for a day; who it is comes from the session."""
    return keeping.note_place(call, body)


@endpoint(blueprint, "GET", "/api/driver/locations", roles=[ADMIN, MANAGER], sheet=Sheet())
def list_driver_locations(call: Call) -> list[DriverPlace]:
    """List where the drivers were last, of those who told within a day."""
    return keeping.places(call)
