"""What happens in the exchange."""

from typing import ClassVar

from chalicelib.kit.events import Event, event


@event
class ImportAsked(Event):
    """Somebody wants to bring a file in."""

    action: ClassVar[str] = "import.asked"
    resource: ClassVar[str] = "import"
    entity: str
    dry_run: bool


@event
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


@event
class ExportAsked(Event):
    """Somebody wants the fleet as files."""

    action: ClassVar[str] = "export.asked"
    resource: ClassVar[str] = "export"
    form: str
