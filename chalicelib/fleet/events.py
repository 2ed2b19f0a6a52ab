"""What happens to the fleet."""

from collections.abc import Sequence
from typing import ClassVar

from chalicelib.kit.events import Event, event


@event
class OnDevice(Event):
    """Something that happened on a device: numbered among all that happens on it, whatever its own resource is."""

    device_id: int

    @property
    def stream(self) -> str:
        """The stream of the device."""
        return f"device/{self.device_id}"


@event
class DeviceEvent(Event):
    """Something happened to a device."""

    resource: ClassVar[str] = "device"
    published: ClassVar[bool] = True
    asset: str


@event
class DeviceCreated(DeviceEvent):
    """A device was registered with its cabinets."""

    action: ClassVar[str] = "device.created"
    cabinet_types: Sequence[str]


@event
class DeviceUpdated(DeviceEvent):
    """Facts of a device changed."""

    action: ClassVar[str] = "device.updated"
    forced: bool


@event
class DeviceDeleted(DeviceEvent):
    """A device was taken out of service."""

    action: ClassVar[str] = "device.deleted"


@event
class DeviceRecovered(DeviceEvent):
    """A deleted device was brought back."""

    action: ClassVar[str] = "device.recovered"
    justification: str | None


@event
class CabinetEvent(OnDevice):
    """Something happened to a cabinet."""

    resource: ClassVar[str] = "cabinet"
    published: ClassVar[bool] = True
    asset: str
    cabinet_index: int


@event
class CabinetAdded(CabinetEvent):
    """A device got a further cabinet."""

    action: ClassVar[str] = "cabinet.added"
    cabinet_type: str


@event
class CabinetChanged(CabinetEvent):
    """A cabinet got another type, and with it another grid."""

    action: ClassVar[str] = "cabinet.changed"
    forced: bool
    cleared: Sequence[str]


@event
class CabinetRemoved(CabinetEvent):
    """A cabinet was taken off its device."""

    action: ClassVar[str] = "cabinet.removed"
    units_held: int
    reason: str | None


@event
class LocationEvent(Event):
    """Something happened to a location."""

    resource: ClassVar[str] = "location"
    published: ClassVar[bool] = True
    name: str


@event
class LocationCreated(LocationEvent):
    """A location was written; with `geocode` its address waits to be looked up."""

    action: ClassVar[str] = "location.created"
    geocode: bool


@event
class LocationUpdated(LocationEvent):
    """A location changed; with `geocode` its address waits to be looked up."""

    action: ClassVar[str] = "location.updated"
    geocode: bool


@event
class LocationDeleted(LocationEvent):
    """A location was deleted."""

    action: ClassVar[str] = "location.deleted"


@event
class DeviceTypeEvent(Event):
    """Something happened to a device type."""

    resource: ClassVar[str] = "device_type"
    name: str


@event
class DeviceTypeCreated(DeviceTypeEvent):
    """A device type was written."""

    action: ClassVar[str] = "device_type.created"


@event
class DeviceTypeUpdated(DeviceTypeEvent):
    """A device type changed."""

    action: ClassVar[str] = "device_type.updated"


@event
class DeviceTypeDeleted(DeviceTypeEvent):
    """A device type was deleted."""

    action: ClassVar[str] = "device_type.deleted"


@event
class CabinetTypeEvent(Event):
    """Something happened to a cabinet type."""

    resource: ClassVar[str] = "cabinet_type"
    name: str


@event
class CabinetTypeCreated(CabinetTypeEvent):
    """A cabinet type was written."""

    action: ClassVar[str] = "cabinet_type.created"


@event
class CabinetTypeUpdated(CabinetTypeEvent):
    """A cabinet type changed."""

    action: ClassVar[str] = "cabinet_type.updated"


@event
class CabinetTypeDeleted(CabinetTypeEvent):
    """A cabinet type was deleted."""

    action: ClassVar[str] = "cabinet_type.deleted"
