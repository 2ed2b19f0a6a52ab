"""Locations on the wire."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from chalicelib.kit.models import Instant, Model, Text

GeocodeStatus = Literal["none", "pending", "ok", "failed", "manual"]
"""Where the coordinates come from: nowhere, being looked up, found, not found, given by a person."""

Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Address = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class Location(Model):
    """A place where devices stand."""

    id: int
    name: str
    address: str | None
    latitude: float | None
    longitude: float | None
    geocode_status: GeocodeStatus
    is_default: bool
    version: int
    created_at: Instant
    updated_at: Instant


class LocationContent(Model):
    """A place. Coordinates count when both are there; otherwise a changed address is looked up after the write."""

    sentences: ClassVar[Mapping[str, str]] = {"name": "Name is required"}

    name: Annotated[Text, StringConstraints(max_length=120)]
    address: Address | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    version: int | None = None

    @property
    def says_address(self) -> bool:
        """Whether the client sent an address at all, be it an empty one."""
        return "address" in self.model_fields_set


class LocationDeleted(Model):
    """It is gone."""

    message: str


class AddressQuery(Model):
    """An address to look up."""

    sentences: ClassVar[Mapping[str, str]] = {"address": "Address is required"}

    address: Annotated[Text, StringConstraints(max_length=500)]


class AddressFound(Model):
    """Where an address is."""

    address: str
    latitude: float
    longitude: float
