"""What happens to what a browser keeps with us, as far as others should know."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.kit.events import Event


@dataclass(frozen=True, kw_only=True)
class AvatarChanged(Event):
    """A user has a new avatar."""

    action: ClassVar[str] = "avatar.changed"
    resource: ClassVar[str] = "user"
    content_type: str
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class AvatarRemoved(Event):
    """A user has no avatar any more."""

    action: ClassVar[str] = "avatar.removed"
    resource: ClassVar[str] = "user"
