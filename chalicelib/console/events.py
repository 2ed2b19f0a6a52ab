"""What the console tells the audit trail."""

from typing import ClassVar

from chalicelib.kit.events import Event, event


@event
class QueryRun(Event):
    """An admin ran a statement of their own."""

    action: ClassVar[str] = "query.run"
    resource: ClassVar[str] = "query"
    statement: str
    rows: int
    problem: str | None = None


@event
class MovedIn(Event):
    """An admin brought in what a browser had stored."""

    action: ClassVar[str] = "storage.migrated"
    resource: ClassVar[str] = "storage"
    devices: int
    planograms: int
    problems: int
