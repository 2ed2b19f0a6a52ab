"""Types of devices and cabinets on the wire."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from chalicelib.kit.models import Camel, Model, Text

TypeName = Annotated[Text, StringConstraints(max_length=60)]
Description = Annotated[Text, StringConstraints(max_length=1000)]
Cabinets = Annotated[int, Field(ge=1, le=3)]
Side = Annotated[int, Field(ge=1, le=20)]
TemperatureClass = Literal["refrigerated", "frozen", "ambient"]


class DeviceTypeSummary(Camel):
    """A type of device as devices show it."""

    id: int
    name: str
    description: str
    allows_additional_cabinets: bool


class DeviceType(DeviceTypeSummary):
    """A type of device, with how many cabinets it has."""

    fixed_cabinet_count: int | None
    min_cabinets: int
    max_cabinets: int


class DeviceTypeContent(Camel):
    """A type of device. One that allows no additional cabinets has one, unless a fixed count says otherwise."""

    sentences: ClassVar[Mapping[str, str]] = dict.fromkeys(("name", "description"), "Name and description are required")

    name: TypeName
    description: Description
    allows_additional_cabinets: bool = False
    fixed_cabinet_count: Cabinets | None = None
    min_cabinets: Cabinets | None = None
    max_cabinets: Cabinets | None = None

    @model_validator(mode="after")
    def _range_holds(self) -> Self:
        least, most = self.cabinet_range
        if least > most:
            raise ValueError("minCabinets must not be above maxCabinets")
        if self.fixed_cabinet_count is not None and not least <= self.fixed_cabinet_count <= most:
            raise ValueError("fixedCabinetCount must lie between minCabinets and maxCabinets")
        return self

    @property
    def cabinet_range(self) -> tuple[int, int]:
        """The least and the most cabinets: as given, else the fixed count, else what the flag means."""
        fixed = self.fixed_cabinet_count
        least = self.min_cabinets or fixed or 1
        most = self.max_cabinets or fixed or (3 if self.allows_additional_cabinets else least)
        return least, most


class CabinetType(Camel):
    """A template of cabinets."""

    id: int
    name: str
    description: str
    rows: int
    cols: int
    icon: str
    temperature_class: TemperatureClass


class CabinetTypeContent(Camel):
    """A template of cabinets: rows and columns of its grid, and a short code as its icon."""

    sentences: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("name", "description", "icon"), "Name, description, rows, cols, and icon are required"
    )

    name: TypeName
    description: Description
    rows: Side
    cols: Side
    icon: Annotated[Text, StringConstraints(max_length=4)]
    temperature_class: TemperatureClass = "ambient"


class Deleted(Model):
    """It is gone."""

    success: Literal[True] = True
    message: str
