"""What happens to reads."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from chalicelib.kit.events import Event, event


@event
class DexUploaded(Event):
    """A file of reads came in and was taken apart."""

    action: ClassVar[str] = "dex.uploaded"
    resource: ClassVar[str] = "dex_file"
    filename: str
    source: str
    partner: str | None
    read_ids: Sequence[int]
    duplicates: int
    quarantined: int
    rejected: int


@event
class ReadEvent(Event):
    """Something that happened to a read; numbered among all that happens on its device, once that is known."""

    resource: ClassVar[str] = "read"
    published: ClassVar[bool] = True
    device_id: int | None

    @property
    def stream(self) -> str | None:
        """The stream of the device, else of the read itself."""
        return super().stream if self.device_id is None else f"device/{self.device_id}"


@event
class ReadReceived(ReadEvent):
    """A read came in for the first time. `dex.uploaded` tells the audit trail; this tells others, read by read."""

    action: ClassVar[str] = "read.received"
    audited: ClassVar[bool] = False
    machine_serial: str | None
    comm_id: str | None
    asset_reported: str | None
    read_at: datetime | None
    received_at: datetime
    status: str
    selections: int
    sha256: str


@event
class ReadQuarantined(ReadEvent):
    """A read does not fit its own checks: it is kept, and nothing is booked from it."""

    action: ClassVar[str] = "read.quarantined"
    machine_serial: str | None
    crc_expected: str | None
    crc_actual: str | None
    received_at: datetime


@event
class DexLinked(Event):
    """Reads of a machine were linked to a device, by a person or by what the machine says of itself."""

    action: ClassVar[str] = "dex.linked"
    resource: ClassVar[str] = "device"
    published: ClassVar[bool] = True
    read_ids: Sequence[int]
    basis: str


@event
class DexMapped(Event):
    """The selections of a device were mapped to slots."""

    action: ClassVar[str] = "dex.mapped"
    resource: ClassVar[str] = "device"
    published: ClassVar[bool] = True


@event
class DexBooked(Event):
    """What a device sold by its reads was brought onto the books; `reversed_sales` had been booked otherwise."""

    action: ClassVar[str] = "dex.booked"
    resource: ClassVar[str] = "device"
    published: ClassVar[bool] = True
    read_ids: Sequence[int]
    sales: int
    units: int
    revenue_cents: int
    reversed_sales: int


@event
class DexHeld(Event):
    """Counters of a read cannot be explained; nothing is booked for these selections until a read settles them."""

    action: ClassVar[str] = "dex.held"
    resource: ClassVar[str] = "device"
    published: ClassVar[bool] = True
    read_id: int
    selections: Sequence[str]


@event
class DeviceSilent(Event):
    """A machine has not been heard of for three times as long as usual."""

    action: ClassVar[str] = "device.silent"
    resource: ClassVar[str] = "device"
    published: ClassVar[bool] = True
    asset: str
    last_read_at: datetime
    usual_gap_seconds: int
