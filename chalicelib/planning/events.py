"""What happens in planning."""

from typing import ClassVar

from chalicelib.kit.events import Event, event


@event
class PlanningSettingsChanged(Event):
    """The settings of route planning were changed."""

    action: ClassVar[str] = "settings.changed"
    resource: ClassVar[str] = "route_planning_settings"


@event
class MetricsRecalculated(Event):
    """Somebody had all metrics recalculated."""

    action: ClassVar[str] = "job.run"
    resource: ClassVar[str] = "job"
    job: str
    slots: int
    devices: int
