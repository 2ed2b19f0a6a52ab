"""What happens to tours."""

from typing import ClassVar

from chalicelib.kit.events import Event, event


@event
class TourCreated(Event):
    """A route was created."""

    action: ClassVar[str] = "route.created"
    resource: ClassVar[str] = "route"
    published: ClassVar[bool] = True


@event
class TourUpdated(Event):
    """A route was changed."""

    action: ClassVar[str] = "route.updated"
    resource: ClassVar[str] = "route"
    published: ClassVar[bool] = True


@event
class TourDriverChanged(Event):
    """A route has another driver, or none; its pending orders went along."""

    action: ClassVar[str] = "route.driver_changed"
    resource: ClassVar[str] = "route"
    published: ClassVar[bool] = True
    old_driver_id: int | None
    new_driver_id: int | None
    moved_order_ids: list[int]


@event
class TourDeleted(Event):
    """A route was deleted; its devices are on none now."""

    action: ClassVar[str] = "route.deleted"
    resource: ClassVar[str] = "route"
    published: ClassVar[bool] = True
    name: str
    device_ids: list[int]


@event
class DeviceAssigned(Event):
    """A device was put on a route."""

    action: ClassVar[str] = "route.device_assigned"
    resource: ClassVar[str] = "route"
    published: ClassVar[bool] = True
    device_id: int
    previous_route_id: int | None
    forced: bool


@event
class DeviceRemoved(Event):
    """A device was taken off a route."""

    action: ClassVar[str] = "route.device_removed"
    resource: ClassVar[str] = "route"
    published: ClassVar[bool] = True
    device_id: int
    forced: bool
