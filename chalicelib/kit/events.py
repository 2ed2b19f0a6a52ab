"""What happened: each event becomes an audit row and, where others may want to know, an outbox row."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal, TypeVar, dataclass_transform

Outcome = Literal["success", "denied", "failed"]

Declared = TypeVar("Declared")

_FRAME = {"resource_id", "before", "after", "outcome"}


@dataclass_transform(kw_only_default=True, frozen_default=True)
def event(declared: type[Declared]) -> type[Declared]:
    """Make a class an event: a value (`kit.values`) that is made by keywords, and neither compared nor shown."""
    return dataclass(kw_only=True, eq=False, repr=False)(declared)


@event
class Event:
    """Something that happened to one resource. Subclasses add facts as fields; never secrets, hashes or tokens."""

    action: ClassVar[str]
    """The verb of the audit trail, as `device.deleted`."""
    resource: ClassVar[str]
    """The kind of the resource, as `device`."""
    published: ClassVar[bool] = False
    """Whether it goes to the outbox too, for consumers inside and partners outside."""
    topic: ClassVar[str] = ""
    """What the outbox calls it, where that is not the verb of the audit trail."""
    audited: ClassVar[bool] = True
    """Whether it leaves an audit row; not where another event of the same deed does already."""

    resource_id: int | str | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    outcome: Outcome = "success"

    @property
    def stream(self) -> str | None:
        """What it is a chapter of, as `device/12`: the published events of one stream are numbered without gaps."""
        return None if self.resource_id is None else f"{self.resource}/{self.resource_id}"

    @property
    def details(self) -> dict[str, Any]:
        """The facts that the subclass adds."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _FRAME}


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields that differ, as they were and as they are."""
    changed = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in changed}, {name: after[name] for name in changed}
