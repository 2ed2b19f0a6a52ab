"""Reads that partners and tools send."""

import base64
import binascii
from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, StringConstraints, model_validator

from chalicelib.kit.models import Camel, Id, Instant

MOST_READS = 200


class SentRead(Camel):
    """One DEX file: its text, or its bytes as base64."""

    content: Annotated[str, StringConstraints(min_length=1)]
    encoding: Literal["text", "base64"] = "text"
    filename: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)] = "read.dex"
    device_id: Id | None = None

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
