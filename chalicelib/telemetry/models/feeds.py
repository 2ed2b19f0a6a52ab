"""Reads that partners and tools send."""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from chalicelib.kit.models import Camel, Id, Instant, Moment
from chalicelib.kit.values import value

MOST_READS = 200
MOST_HAPPENINGS = 1000

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class SentRead(Camel):
    """One DEX file: its text, or its bytes as base64.

    `collectedAt` is when it was taken from the machine, by the clock of whoever took it. It tells where the read
    belongs among the machine's reads, and its day, where the machine itself does not; without it the arrival has to.
    """

    content: Annotated[str, StringConstraints(min_length=1)]
    encoding: Literal["text", "base64"] = "text"
    filename: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)] = "read.dex"
    device_id: Id | None = None
    collected_at: Annotated[Moment, Field(ge=datetime(2000, 1, 1, tzinfo=UTC))] | None = None

    @model_validator(mode="after")
    def _is_base64_when_it_says_so(self) -> "SentRead":
        if self.encoding == "base64":
            try:
                base64.b64decode(self.content, validate=True)
            except binascii.Error as error:
                raise ValueError("content is not base64") from error
        return self

    @property
    def data(self) -> bytes:
        """The file as bytes."""
        return base64.b64decode(self.content) if self.encoding == "base64" else self.content.encode()


class SentReads(Camel):
    """One read, or many under `reads`."""

    sentences: ClassVar = {"reads": "Send {content} or {reads: [{content}, ...]} with 1 to 200 DEX files."}

    reads: Annotated[list[SentRead], Field(min_length=1, max_length=MOST_READS)]

    @model_validator(mode="before")
    @classmethod
    def _one_or_many(cls, given: Any) -> Any:  # Any: whatever JSON came
        if isinstance(given, dict) and "reads" not in given and "content" in given:
            return {"reads": [given]}
        return given


class SaidMachine(Camel):
    """What a feed calls a machine by; at least one of the three."""

    serial: Name | None = None
    asset: Name | None = None
    comm_id: Name | None = None

    @model_validator(mode="after")
    def _is_called_something(self) -> Self:
        if not (self.serial or self.asset or self.comm_id):
            raise ValueError("a machine needs a serial, an asset or a commId")
        return self


class Happening(Camel):
    """Something that a machine told at once. Its `id` is the sender's own: the same one again changes nothing."""

    id: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    machine: SaidMachine
    device_id: Id | None = None
    at: Annotated[Moment, Field(ge=datetime(2000, 1, 1, tzinfo=UTC))]


class SentVend(Happening):
    """A vend as it happens: one unit of a selection, what was paid for it and with which device of the machine."""

    type: Literal["vend"]
    selection: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=10)]
    device: Literal["CA", "DA", "DB", "TA"]
    cents: Annotated[int, Field(ge=0, le=10_000_000)]


class SentEvent(Happening):
    """An event as EA1 and EA2 name them: `EGS` for an open door; `active` tells whether it begins or ends."""

    type: Literal["event"]
    code: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    active: bool | None = None


SentHappening = Annotated[SentVend | SentEvent, Field(discriminator="type")]


class SentHappenings(Camel):
    """Vends and events, in any order."""

    sentences: ClassVar = {
        "events": "Send {events: [{type, id, machine, at, ...}, ...]} with 1 to 1000 vends and events."
    }

    events: Annotated[list[SentHappening], Field(min_length=1, max_length=MOST_HAPPENINGS)]


@value
class Delivery:
    """What a partner's delivery holds, whatever form it came in."""

    reads: Sequence[SentRead] = ()
    happenings: Sequence[SentVend | SentEvent] = ()


class TakenFile(Camel):
    """A file that was stored. A duplicate had been stored before."""

    file_id: int
    filename: str
    sha256: str
    duplicate: bool


class Taken(Camel):
    """Everything was stored and will be applied; ask for each file how it went."""

    success: Literal[True] = True
    files: Sequence[TakenFile]


class FileRead(Camel):
    """A read that was found in a file."""

    dex_read_id: int
    status: str
    quarantined: bool
    device_id: int | None


class FileStatus(Camel):
    """How far a file has come."""

    success: Literal[True] = True
    file_id: int
    filename: str
    sha256: str
    status: Literal["stored", "applied"]
    received_at: Instant
    applied_at: Instant | None
    attempts: int
    reads: Sequence[FileRead]
