"""What happens to the fleet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from chalicelib.kit.events import Event


@dataclass(frozen=True, kw_only=True)
class OnDevice(Event):
    """Something that happened on a device: numbered among all that happens on it, whatever its own resource is."""

    device_id: int

    @property
    def stream(self) -> str:
        """The stream of the device."""
        return f"device/{self.device_id}"


@dataclass(frozen=True, kw_only=True)
class DeviceEvent(Event):
    """Something happened to a device."""

    resource: ClassVar[str] = "device"
    published: ClassVar[bool] = True
    asset: str


@dataclass(frozen=True, kw_only=True)
class DeviceCreated(DeviceEvent):
    """A device was registered with its cabinets."""

    action: ClassVar[str] = "device.created"
    cabinet_types: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class DeviceUpdated(DeviceEvent):
    """Facts of a device changed."""

    action: ClassVar[str] = "device.updated"
    forced: bool


@dataclass(frozen=True, kw_only=True)
class DeviceDeleted(DeviceEvent):
    """A device was taken out of service."""

    action: ClassVar[str] = "device.deleted"


@dataclass(frozen=True, kw_only=True)
class DeviceRecovered(DeviceEvent):
    """A deleted device was brought back."""

    action: ClassVar[str] = "device.recovered"
    justification: str | None


@dataclass(frozen=True, kw_only=True)
class CabinetEvent(OnDevice):
    """Something happened to a cabinet."""

    resource: ClassVar[str] = "cabinet"
    published: ClassVar[bool] = True
    asset: str
    cabinet_index: int


@dataclass(frozen=True, kw_only=True)
class CabinetAdded(CabinetEvent):
    """A device got a further cabinet."""

    action: ClassVar[str] = "cabinet.added"
    cabinet_type: str


@dataclass(frozen=True, kw_only=True)
class CabinetChanged(CabinetEvent):
    """A cabinet got another type, and with it another grid."""

    action: ClassVar[str] = "cabinet.changed"
    forced: bool
    cleared: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class CabinetRemoved(CabinetEvent):
    """A cabinet was taken off its device."""

    action: ClassVar[str] = "cabinet.removed"
    units_held: int
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class LocationEvent(Event):
    """Something happened to a location."""

    resource: ClassVar[str] = "location"
    published: ClassVar[bool] = True
    name: str


@dataclass(frozen=True, kw_only=True)
class LocationCreated(LocationEvent):
    """A location was written; with `geocode` its address waits to be looked up."""

    action: ClassVar[str] = "location.created"
    geocode: bool


@dataclass(frozen=True, kw_only=True)
class LocationUpdated(LocationEvent):
    """A location changed; with `geocode` its address waits to be looked up."""

    action: ClassVar[str] = "location.updated"
    geocode: bool


@dataclass(frozen=True, kw_only=True)
class LocationDeleted(LocationEvent):
    """A location was deleted."""

    action: ClassVar[str] = "location.deleted"


@dataclass(frozen=True, kw_only=True)
class DeviceTypeEvent(Event):
    """Something happened to a device type."""

    resource: ClassVar[str] = "device_type"
    name: str


@dataclass(frozen=True, kw_only=True)
class DeviceTypeCreated(DeviceTypeEvent):
    """A device type was written."""

    action: ClassVar[str] = "device_type.created"


@dataclass(frozen=True, kw_only=True)
class DeviceTypeUpdated(DeviceTypeEvent):
    """A device type changed."""

    action: ClassVar[str] = "device_type.updated"


@dataclass(frozen=True, kw_only=True)
class DeviceTypeDeleted(DeviceTypeEvent):
    """A device type was deleted."""

    action: ClassVar[str] = "device_type.deleted"


@dataclass(frozen=True, kw_only=True)
class CabinetTypeEvent(Event):
    """Something happened to a cabinet type."""

    resource: ClassVar[str] = "cabinet_type"
    name: str


@dataclass(frozen=True, kw_only=True)
class CabinetTypeCreated(CabinetTypeEvent):
    """A cabinet type was written."""

    action: ClassVar[str] = "cabinet_type.created"


@dataclass(frozen=True, kw_only=True)
class CabinetTypeUpdated(CabinetTypeEvent):
    """A cabinet type changed."""

    action: ClassVar[str] = "cabinet_type.updated"


@dataclass(frozen=True, kw_only=True)
class CabinetTypeDeleted(CabinetTypeEvent):
    """A cabinet type was deleted."""

    action: ClassVar[str] = "cabinet_type.deleted"
