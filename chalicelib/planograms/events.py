"""What happens to planograms."""

from typing import ClassVar

from chalicelib.fleet.events import OnDevice
from chalicelib.kit.events import Event, event


@event
class PlanogramEvent(OnDevice):
    """Slots of a planogram changed; `before` and `after` hold the changed facts by position."""

    resource: ClassVar[str] = "planogram"
    published: ClassVar[bool] = True
    planogram_key: str
    version: int
    slots_changed: int


@event
class PlanogramSaved(PlanogramEvent):
    """A person laid out slots."""

    action: ClassVar[str] = "planogram.saved"


@event
class PlanogramCopied(PlanogramEvent):
    """A layout was copied here from another cabinet."""

    action: ClassVar[str] = "planogram.copied"
    copied_from: str


@event
class PlanogramsExported(Event):
    """The list of planograms was exported."""

    action: ClassVar[str] = "export.run"
    resource: ClassVar[str] = "planogram"
    rows: int
