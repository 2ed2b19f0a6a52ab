"""Devices and cabinets on the wire: snake_case with a few camelCase names, as the pages have always read them."""

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints

from chalicelib.fleet.models.types import DeviceTypeSummary
from chalicelib.kit.models import Id, Instant, Model, Text

MOST_IN_A_BULK = 1000


def _asset(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9-]{1,20}", text):
        raise ValueError("use 1 to 20 letters, digits and hyphens")
    return text


Asset = Annotated[str, StringConstraints(strip_whitespace=True), AfterValidator(_asset)]
"""The number painted on the machine (BR-041)."""

MaybeId = Annotated[Id | None, BeforeValidator(lambda value: None if value in ("", "0", 0) else value)]
"""An id of a form, where nothing chosen arrives as null, an empty text or 0."""

Nickname = Annotated[Text, StringConstraints(max_length=60)]
ModelName = Annotated[Text, StringConstraints(max_length=120)]
TypeName = Annotated[Text, StringConstraints(max_length=60)]
Reason = Annotated[Text, StringConstraints(max_length=500)]
MaybeText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]


class Cabinet(Model):
    """One cabinet of a device, most facts under both of the names that pages read.

    The planogram page finds a cabinet by its place in the list, so that place is always its index.
    """

    id: int
    type_id: int = Field(alias="typeId")
    type_name: str = Field(alias="cabinetType")
    model_name: str = Field(alias="modelName")
    index: int = Field(alias="cabinetIndex")
    parent: bool = Field(alias="isParent")
    cabinet_type: str
    cabinet_index: int
    is_parent: bool
    rows: int
    columns: int
    planogram_key: str = Field(alias="planogramKey")


class Device(Model):
    """A device with its type and its cabinets."""

    id: int
    asset: str
    cooler: str
    model: str
    serial_number: str | None
    location_id: int
    location: str
    route_id: int | None
    route: str | None
    device_type_id: int
    device_type: str
    device_type_details: DeviceTypeSummary = Field(alias="deviceTypeDetails")
    cabinet_configuration: list[Cabinet] = Field(alias="cabinetConfiguration")
    version: int
    created_at: Instant
    updated_at: Instant
    deleted_at: Instant | None = None


class CabinetWish(Model):
    """A cabinet that a new device is to have. The type is found by its name, which old clients send as modelName."""

    cabinet_type: str | None = Field(alias="cabinetType", default=None)
    model_name: str | None = Field(alias="modelName", default=None)

    @property
    def type_name(self) -> str:
        """The name of the wanted type."""
        return (self.cabinet_type or self.model_name or "").strip()


class NewDevice(Model):
    """A device to register. Without cabinets it gets one, of the type that `model` names."""

    sentences: ClassVar[Mapping[str, str]] = {"device_type_id": "device_type_id is required"}

    asset: Asset
    cooler: Nickname
    model: ModelName
    device_type_id: int
    location_id: MaybeId = None
    location: str | None = None
    route_id: MaybeId = None
    serial_number: MaybeText | None = None
    cabinet_configuration: list[CabinetWish] = Field(alias="cabinetConfiguration", default=[], max_length=20)

    @property
    def cabinet_types(self) -> list[str]:
        """The names of the wanted cabinet types, the parent's first."""
        return [wish.type_name for wish in self.cabinet_configuration] or [self.model]


class DeviceCreated(Model):
    """A registered device."""

    id: int
    asset: str
    cooler: str
    location_id: int
    model: str
    device_type_id: int
    cabinet_configuration: list[Cabinet] = Field(alias="cabinetConfiguration")
    version: int


class DeviceEdit(Model):
    """What a device is to be. What is absent stays; `route_id: null` takes it off its route."""

    cooler: Nickname
    model: ModelName
    asset: Asset | None = None
    device_type_id: MaybeId = None
    location_id: MaybeId = None
    location: str | None = None
    route_id: MaybeId = None
    serial_number: MaybeText | None = None
    version: int | None = None
    force: bool = False

    def says(self, field: str) -> bool:
        """Whether the client sent this field at all."""
        return field in self.model_fields_set


class Done(Model):
    """It is done."""

    success: Literal[True] = True


class DeviceEdited(Done):
    """It is done; `version` is the one to send with the next edit."""

    version: int


class BulkDelete(Model):
    """Devices to delete."""

    device_ids: list[Id] = Field(alias="deviceIds", default=[], max_length=MOST_IN_A_BULK)


class BulkDeleted(Done):
    """How many were deleted, and which were not there to delete."""

    deleted_count: int = Field(alias="deletedCount")
    skipped: list[int]


class DeletedDevice(Model):
    """A deleted device."""

    id: int
    asset: str
    cooler: str
    location_id: int
    location: str
    model: str
    device_type_id: int
    device_type_name: str
    deleted_at: Instant
    deleted_by: int | None
    deleted_by_username: str | None


class Recovery(Model):
    """Why a device is brought back; needed when it was deleted more than 90 days ago."""

    justification: Reason | None = None


class RecoveredDevice(Model):
    """A device that is back."""

    id: int
    asset: str
    cooler: str
    location_id: int
    location: str
    route_id: int | None
    model: str
    device_type_id: int
    device_type_name: str
    created_at: Instant
    updated_at: Instant


AnyId = Annotated[int, Field(ge=-(2**63), le=2**63 - 1)]
"""What may be asked for as an id, be it nobody's."""


class DeviceFilter(Model):
    """Which page of which devices."""

    page: int = Field(default=1, ge=1, le=1_000_000)
    per_page: int = Field(default=50, ge=1, le=200)
    search: Annotated[str, StringConstraints(strip_whitespace=True, max_length=100)] | None = None
    device_type_id: AnyId | None = None
    location_id: AnyId | None = None
    route_id: AnyId | None = None
    has_route: bool | None = None
    sort: Literal["asset", "cooler", "location", "created_at"] = "asset"


class Pagination(Model):
    """Where in the list this page is."""

    page: int
    per_page: int
    total: int
    pages: int


class DevicePage(Model):
    """One page of devices."""

    devices: list[Device]
    pagination: Pagination


class NewCabinet(CabinetWish):
    """A cabinet to add."""


class CabinetChange(CabinetWish):
    """The type that a cabinet is to have; `force` clears occupied slots that the new grid has no place for."""

    force: bool = False


class CabinetRemoval(Model):
    """Whether a cabinet that still holds units may go, and why."""

    force: bool = False
    reason: Reason | None = None


class CabinetRemoved(Done):
    """It is done; cabinets with a higher index have moved up, so that there is no gap."""

    removed_at: Instant
    cabinet_configuration: list[Cabinet] = Field(alias="cabinetConfiguration")
