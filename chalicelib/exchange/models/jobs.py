"""Imports and exports on the wire."""

from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from chalicelib.exchange.models.rows import Entity
from chalicelib.kit.models import Camel, Count, Id, Instant

LARGEST_FILE = 64 * 1024 * 1024
LONGEST_CONTENT = 512 * 1024
LARGEST_PAGE = 500

What = Entity | Literal["fleet"]
Status = Literal["waiting", "queued", "running", "done", "failed"]


class ImportWish(Camel):
    """A file to bring in: its text under `content`, or its size and SHA-256, to be sent to the address in the answer.

    A whole fleet comes as the zip that an export made. With `dryRun` nothing is kept, and all else is the same.
    """

    entity: What
    format: Literal["csv", "jsonl", "zip"] = "csv"
    dry_run: bool = False
    content: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_CONTENT)] | None = None
    size: Annotated[int, Field(ge=1, le=LARGEST_FILE)] | None = None
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None

    @model_validator(mode="after")
    def _says_what_comes(self) -> Self:
        if (self.format == "zip") != (self.entity == "fleet"):
            raise ValueError("a whole fleet comes as a zip, and only a whole fleet does")
        if self.content is not None and self.format == "zip":
            raise ValueError("a zip is sent to the address in the answer: give its size and sha256")
        if (self.content is None) != (self.size is not None and self.sha256 is not None):
            raise ValueError("give either the content, or the size and sha256 of the file")
        return self


class Upload(Camel):
    """Where a file is to be sent by PUT, and with which headers, within an hour."""

    url: str
    headers: dict[str, str]


class Rows(Camel):
    """What became of the rows so far; `total` is known once the file has been read."""

    total: int | None
    created: int
    updated: int
    unchanged: int
    refused: int


class Import(Camel):
    """An import. Its rows were brought in as far as they fit; `refused` ones are listed with their reasons."""

    id: Id
    entity: What
    format: Literal["csv", "jsonl", "zip"]
    dry_run: bool
    status: Status
    rows: Rows
    error: str | None
    upload: Upload | None = None
    created_at: Instant
    finished_at: Instant | None


class ImportPage(Camel):
    """Imports, the newest first; `next` goes into `before` for those that are older."""

    imports: list[Import]
    next: int | None


class PageAsked(Camel):
    """Which ones: from before one of them."""

    before: Id | None = None
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class RefusalsAsked(Camel):
    """Which rows that were left out: from after so many."""

    after: Count = 0
    limit: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 100


class RefusedRow(Camel):
    """A row that was left out; rows are counted from 1, without the header."""

    entity: str
    row: int
    field: str | None
    problem: str


class RefusedRows(Camel):
    """Rows that were left out, in the order of the file; `next` goes into `after`."""

    refused: list[RefusedRow]
    next: int | None


class ExportWish(Camel):
    """What form the files in the zip are to have; both can come in again."""

    sentences: ClassVar = {"format": "format must be jsonl or csv"}

    format: Literal["jsonl", "csv"] = "jsonl"


class ExportedFile(Camel):
    """A file in the zip."""

    rows: int
    sha256: str


class Export(Camel):
    """An export. The address of the zip is there once it is done, and works for some minutes.

    `sales_left_behind` counts sales of deleted devices and products, `sales_archived` those in the archive:
    neither leave.
    """

    id: Id
    format: Literal["jsonl", "csv"]
    status: Status
    files: dict[str, ExportedFile]
    sales_left_behind: int | None
    sales_archived: int | None
    url: str | None
    error: str | None
    created_at: Instant
    finished_at: Instant | None


class ExportPage(Camel):
    """Exports, the newest first; `next` goes into `before` for those that are older."""

    exports: list[Export]
    next: int | None


def told_files(manifest: dict[str, Any] | None) -> dict[str, ExportedFile]:  # Any: JSON
    """The files of a manifest."""
    return {name: ExportedFile(**told) for name, told in (manifest or {}).get("files", {}).items()}
