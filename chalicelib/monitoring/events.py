"""What monitoring tells the audit trail."""

from typing import ClassVar

from chalicelib.kit.events import Event, event


@event
class Viewed(Event):
    """Somebody looked at what the monitor knows; `resource_id` is whom they looked at, if one."""

    action: ClassVar[str] = "monitor.viewed"
    resource: ClassVar[str] = "monitor"
    what: str


@event
class ActivityExported(Event):
    """Somebody took activity figures away."""

    action: ClassVar[str] = "export.run"
    resource: ClassVar[str] = "activity"
    rows: int
    of_user: str | None


@event
class AlertAcknowledged(Event):
    """Somebody has seen an alert."""

    action: ClassVar[str] = "alert.acknowledged"
    resource: ClassVar[str] = "alert"
    published: ClassVar[bool] = True
    alert_type: str


@event
class AlertResolved(AlertAcknowledged):
    """What an alert was about is settled."""

    action: ClassVar[str] = "alert.resolved"


@event
class AlertDismissed(AlertAcknowledged):
    """An alert was about nothing."""

    action: ClassVar[str] = "alert.dismissed"


@event
class BlockLifted(Event):
    """A blocked address may sign in again."""

    action: ClassVar[str] = "ip_block.lifted"
    resource: ClassVar[str] = "ip_block"


@event
class SettingsChanged(Event):
    """Settings were changed; before and after hold those that differ."""

    action: ClassVar[str] = "settings.changed"
    resource: ClassVar[str] = "settings"


@event
class ActivityCacheCleared(Event):
    """Somebody asked for fresh figures; there is no cache that could hold old ones."""

    action: ClassVar[str] = "monitor.cache_cleared"
    resource: ClassVar[str] = "monitor"
