"""What happens to users and their sessions, as the audit trail tells it."""

from dataclasses import dataclass
from typing import ClassVar

from chalicelib.kit.events import Event


@dataclass(frozen=True, kw_only=True)
class UserEvent(Event):
    """Something that happened to a user; `resource_id` is theirs."""

    resource: ClassVar[str] = "user"


@dataclass(frozen=True, kw_only=True)
class SignedIn(UserEvent):
    action: ClassVar[str] = "auth.login"
    session: str


@dataclass(frozen=True, kw_only=True)
class SignInFailed(UserEvent):
    """A sign-in that was turned away; `tried` is the name as it was typed."""

    action: ClassVar[str] = "auth.login_failed"
    tried: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class SecondFactorAsked(UserEvent):
    """The password was right; a code was asked for."""

    action: ClassVar[str] = "auth.second_factor_asked"


@dataclass(frozen=True, kw_only=True)
class AccountWasLocked(UserEvent):
    action: ClassVar[str] = "auth.locked"
    attempts: int
    until: str


@dataclass(frozen=True, kw_only=True)
class SignedOut(UserEvent):
    action: ClassVar[str] = "auth.logout"
    session: str


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(UserEvent):
    """By its owner; `way` is "own" or "forgotten"."""

    action: ClassVar[str] = "auth.password_changed"
    way: str = "own"
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class PasswordReset(UserEvent):
    """By an admin. The password itself is nowhere in here."""

    action: ClassVar[str] = "auth.password_reset"
    username: str


@dataclass(frozen=True, kw_only=True)
class PasswordForgotten(UserEvent):
    """A code was asked for by mail."""

    action: ClassVar[str] = "auth.password_reset_requested"


@dataclass(frozen=True, kw_only=True)
class SecondFactorChanged(UserEvent):
    action: ClassVar[str] = "auth.second_factor_changed"


@dataclass(frozen=True, kw_only=True)
class SessionTerminated(Event):
    """An admin ended a session; its public id, never its token."""

    action: ClassVar[str] = "session.terminated"
    resource: ClassVar[str] = "session"
    user_id: int
    username: str


@dataclass(frozen=True, kw_only=True)
class UserCreated(UserEvent):
    action: ClassVar[str] = "user.created"
    published: ClassVar[bool] = True
    username: str
    role: str


@dataclass(frozen=True, kw_only=True)
class UserUpdated(UserEvent):
    action: ClassVar[str] = "user.updated"


@dataclass(frozen=True, kw_only=True)
class UserRoleChanged(UserEvent):
    action: ClassVar[str] = "user.role_changed"
    published: ClassVar[bool] = True
    username: str


@dataclass(frozen=True, kw_only=True)
class UserActivated(UserEvent):
    action: ClassVar[str] = "user.activated"
    published: ClassVar[bool] = True
    username: str


@dataclass(frozen=True, kw_only=True)
class UserDeactivated(UserEvent):
    action: ClassVar[str] = "user.deactivated"
    published: ClassVar[bool] = True
    username: str


@dataclass(frozen=True, kw_only=True)
class UserDeleted(UserEvent):
    action: ClassVar[str] = "user.deleted"
    published: ClassVar[bool] = True
    username: str


@dataclass(frozen=True, kw_only=True)
class UserUnlocked(UserEvent):
    action: ClassVar[str] = "user.unlocked"
    username: str
