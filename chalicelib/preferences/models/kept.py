"""Preferences, avatar, push subscriptions and the place of a driver."""

import json
from collections.abc import Mapping
from datetime import datetime
from ipaddress import ip_address
from typing import Annotated, Any, ClassVar
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from chalicelib.kit.models import Camel, Instant, Model, Moment
from chalicelib.kit.values import value
from chalicelib.preferences.rules import PictureType


def storable(value: Any) -> Any:  # Any: JSON as it came
    """The value, unless it holds what JSON cannot: NaN, infinity, a number beyond all measure."""
    try:
        json.dumps(value, allow_nan=False)
    except (ValueError, RecursionError) as error:
        raise ValueError("must be plain JSON") from error
    return value


JsonObject = Annotated[dict[str, Any], AfterValidator(storable)]  # Any: the browser's own, free in form


def _push_service(address: str) -> str:
    """The address of a push service on the open internet, never one inside our own network."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme != "https" or "." not in host or host.endswith((".local", ".internal")) or _is_ip(host):
        raise ValueError("must be the https:// address of a push service")
    return address


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _unless_negative(value: object) -> object:
    """Some phones say -1 where they do not know."""
    return None if isinstance(value, int | float) and value < 0 else value


Endpoint = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_push_service)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_+/-]{16,200}={0,2}$")]
Known = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Degrees = Annotated[float, Field(allow_inf_nan=False)]


class Done(Model):
    """It is done."""

    success: bool = True


class PreferencesBody(Model):
    """All preferences of the user, as the browser orders them."""

    preferences: JsonObject


class Preferences(Model):
    """The preferences as they were sent last; empty when none were."""

    preferences: dict[str, Any]  # Any: the browser's own, free in form


class Avatar(Model):
    """A picture as a data URL, fit for the `src` of an image."""

    avatar: str


@value
class StoredAvatar:
    """Where a picture lies."""

    s3_key: str
    content_type: PictureType


class PushKeys(Model):
    """The keys of a push subscription, base64url."""

    p256dh: Key
    auth: Key


class Subscription(Model):
    """A PushSubscription, as the browser makes it."""

    endpoint: Endpoint
    keys: PushKeys


class SubscriptionBody(Model):
    """A browser that wants to be pushed to."""

    subscription: Subscription


class Unsubscription(Model):
    """A browser that does not want to be pushed to any more."""

    endpoint: Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Place(Model):
    """Where a driver is. Who it is comes from the session; speed in metres a second, heading in degrees from north."""

    sentences: ClassVar[Mapping[str, str]] = {
        "latitude": "latitude must be -90 to 90",
        "longitude": "longitude must be -180 to 180",
    }

    latitude: Annotated[Degrees, Field(ge=-90, le=90)]
    longitude: Annotated[Degrees, Field(ge=-180, le=180)]
    accuracy: Known = 0
    speed: Annotated[Known | None, BeforeValidator(_unless_negative, json_schema_input_type=float | None)] = None
    heading: Annotated[
        Annotated[float, Field(ge=0, le=360, allow_inf_nan=False)] | None,
        BeforeValidator(_unless_negative, json_schema_input_type=Annotated[float, Field(le=360)] | None),
    ] = None
    timestamp: Moment | None = None


@value
class PlaceRow:
    """Where a driver was last."""

    driver_id: int
    driver_name: str
    latitude: float
    longitude: float
    accuracy: float
    speed: float | None
    heading: float | None
    timestamp: datetime


class DriverPlace(Camel):
    """Where a driver was last, and when."""

    driver_id: int
    driver_name: str
    latitude: float
    longitude: float
    accuracy: float
    speed: float | None
    heading: float | None
    timestamp: Instant
