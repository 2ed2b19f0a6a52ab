"""What machines tell beside their reads."""

from collections.abc import Sequence
from typing import Literal

from chalicelib.kit.models import Camel, Instant, Money


class LiveVend(Camel):
    """A vend that a feed told. `provisional` until the read `readId` covers it; a `superseded` one is no sale.

    `kept` ones stand where the read itself knows nothing of the time, as before a board was exchanged.
    """

    selection: str
    payment_kind: str
    cash: Money
    at: Instant
    status: Literal["provisional", "confirmed", "kept", "superseded"]
    read_id: int | None


class MachineEvent(Camel):
    """An event by its EVA-DTS code; `source` says whether a feed told it or a read lists it."""

    code: str
    is_active: bool | None
    occurred_at: Instant
    source: Literal["feed", "read"]


class EventCounter(Camel):
    """What the newest read counts of one kind of event; `told` of those since the read before are known singly."""

    code: str
    is_active: bool | None
    total: int | None
    since_last_read: int | None
    told: int


class Unread(Camel):
    """Sold by live vends since the reads that cover the rest."""

    units: int
    cash: Money


class MachineTold(Camel):
    """What a machine has told, the newest first."""

    success: Literal[True] = True
    device_id: int
    last_read_at: Instant | None
    usual_gap_seconds: int | None
    silent_since: Instant | None
    provisional: Unread
    vends: Sequence[LiveVend]
    events: Sequence[MachineEvent]
    counters: Sequence[EventCounter]


class SilentMachine(Camel):
    """A machine that has not been heard of for three times as long as usual."""

    device_id: int
    asset: str
    last_read_at: Instant
    usual_gap_seconds: int
    silent_since: Instant


class SilentMachines(Camel):
    """The machines that have fallen silent, at most 500."""

    success: Literal[True] = True
    machines: Sequence[SilentMachine]
