"""What happens to planograms."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.fleet.events import OnDevice
from chalicelib.kit.events import Event


@dataclass(frozen=True, kw_only=True)
class PlanogramEvent(OnDevice):
    """Slots of a planogram changed; `before` and `after` hold the changed facts by position."""

    resource: ClassVar[str] = "planogram"
    published: ClassVar[bool] = True
    planogram_key: str
    version: int
    slots_changed: int


@dataclass(frozen=True, kw_only=True)
class PlanogramSaved(PlanogramEvent):
    """A person laid out slots."""

    action: ClassVar[str] = "planogram.saved"


@dataclass(frozen=True, kw_only=True)
class PlanogramCopied(PlanogramEvent):
    """A layout was copied here from another cabinet."""

    action: ClassVar[str] = "planogram.copied"
    copied_from: str


@dataclass(frozen=True, kw_only=True)
class PlanogramsExported(Event):
    """The list of planograms was exported."""

    action: ClassVar[str] = "export.run"
    resource: ClassVar[str] = "planogram"
    rows: int
