"""What happens to users and their sessions, as the audit trail tells it."""

from typing import ClassVar

from chalicelib.kit.events import Event, event


@event
class UserEvent(Event):
    """Something that happened to a user; `resource_id` is theirs."""

    resource: ClassVar[str] = "user"


@event
class SignedIn(UserEvent):
    action: ClassVar[str] = "auth.login"
    session: str


@event
class SignInFailed(UserEvent):
    """A sign-in that was turned away; `tried` is the name as it was typed."""

    action: ClassVar[str] = "auth.login_failed"
    tried: str
    reason: str


@event
class SecondFactorAsked(UserEvent):
    """The password was right; a code was asked for."""

    action: ClassVar[str] = "auth.second_factor_asked"


@event
class AccountWasLocked(UserEvent):
    action: ClassVar[str] = "auth.locked"
    attempts: int
    until: str


@event
class SignedOut(UserEvent):
    action: ClassVar[str] = "auth.logout"
    session: str


@event
class PasswordChanged(UserEvent):
    """By its owner; `way` is "own" or "forgotten"."""

    action: ClassVar[str] = "auth.password_changed"
    way: str = "own"
    reason: str | None = None


@event
class PasswordReset(UserEvent):
    """By an admin. The password itself is nowhere in here."""

    action: ClassVar[str] = "auth.password_reset"
    username: str


@event
class PasswordForgotten(UserEvent):
    """A code was asked for by mail."""

    action: ClassVar[str] = "auth.password_reset_requested"


@event
class SecondFactorChanged(UserEvent):
    action: ClassVar[str] = "auth.second_factor_changed"


@event
class SessionTerminated(Event):
    """An admin ended a session; its public id, never its token."""

    action: ClassVar[str] = "session.terminated"
    resource: ClassVar[str] = "session"
    user_id: int
    username: str


@event
class UserCreated(UserEvent):
    action: ClassVar[str] = "user.created"
    published: ClassVar[bool] = True
    username: str
    role: str


@event
class UserUpdated(UserEvent):
    action: ClassVar[str] = "user.updated"


@event
class UserRoleChanged(UserEvent):
    action: ClassVar[str] = "user.role_changed"
    published: ClassVar[bool] = True
    username: str


@event
class UserActivated(UserEvent):
    action: ClassVar[str] = "user.activated"
    published: ClassVar[bool] = True
    username: str


@event
class UserDeactivated(UserEvent):
    action: ClassVar[str] = "user.deactivated"
    published: ClassVar[bool] = True
    username: str


@event
class UserDeleted(UserEvent):
    action: ClassVar[str] = "user.deleted"
    published: ClassVar[bool] = True
    username: str


@event
class UserUnlocked(UserEvent):
    action: ClassVar[str] = "user.unlocked"
    username: str
