"""What happens to what a browser keeps with us, as far as others should know."""

from typing import ClassVar

from chalicelib.kit.events import Event, event


@event
class AvatarChanged(Event):
    """A user has a new avatar."""

    action: ClassVar[str] = "avatar.changed"
    resource: ClassVar[str] = "user"
    content_type: str
    size_bytes: int


@event
class AvatarRemoved(Event):
    """A user has no avatar any more."""

    action: ClassVar[str] = "avatar.removed"
    resource: ClassVar[str] = "user"
