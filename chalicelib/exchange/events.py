"""What happens in the exchange."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.kit.events import Event


@dataclass(frozen=True, kw_only=True)
class ImportAsked(Event):
    """Somebody wants to bring a file in."""

    action: ClassVar[str] = "import.asked"
    resource: ClassVar[str] = "import"
    entity: str
    dry_run: bool


@dataclass(frozen=True, kw_only=True)
class ImportDone(Event):
    """A file was brought in, as far as its rows allowed."""

    action: ClassVar[str] = "import.done"
    resource: ClassVar[str] = "import"
    entity: str
    dry_run: bool
    created: int
    updated: int
    unchanged: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class ExportAsked(Event):
    """Somebody wants the fleet as files."""

    action: ClassVar[str] = "export.asked"
    resource: ClassVar[str] = "export"
    form: str
