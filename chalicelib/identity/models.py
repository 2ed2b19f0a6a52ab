"""What crosses the border of identity: sign-in, the own account, second factors. Users are in `user_models`."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from chalicelib.kit.models import Camel, Instant, Model, Text
from chalicelib.kit.roles import Role

Typed = Annotated[str, StringConstraints(min_length=1)]
"""A password as it was typed: never trimmed (BR-002)."""

Code = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[0-9]{6}$")]
"""What an authenticator app shows."""


class Message(Model):
    """A sentence about what was done."""

    message: str


class Credentials(Model):
    """A login name (username or e-mail) and a password."""

    sentences: ClassVar[Mapping[str, str]] = {"*": "Username and password required"}

    username: Text
    password: Typed


class SecondFactor(Model):
    """The second step of a sign-in: what the first one answered, and the code that the app shows now."""

    sentences: ClassVar[Mapping[str, str]] = {"code": "Enter the six digits that your app shows."}

    username: Text
    session: Typed
    code: Code


class Tokens(Camel):
    """For clients that send `Authorization: Bearer`; browsers have their cookie."""

    access_token: str
    refresh_token: str | None = None
    expires_in: int = Field(description="Seconds")
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - the kind of the token


class Account(Model):
    """A user as they see themselves."""

    id: int
    username: str
    email: str
    role: Role
    permissions: Sequence[str]
    must_change_password: bool
    mfa_enabled: bool


class SignedInAnswer(Model):
    """Signed in. `session_id` names the session and opens nothing."""

    user: Account
    session_id: str
    tokens: Tokens


class CurrentAccount(Account):
    """With the dates that the profile shows."""

    created_at: Instant
    last_login: Instant | None


class CurrentUser(Model):
    """Who is signed in."""

    user: CurrentAccount


class Refresh(Camel):
    """The refresh token of a sign-in."""

    refresh_token: Typed


class Refreshed(Camel):
    """New tokens of the same session."""

    tokens: Tokens


class PasswordChange(Camel):
    """The own password, old and new."""

    sentences: ClassVar[Mapping[str, str]] = {"*": "Current and new password required"}

    current_password: Typed
    new_password: Typed


class ForgottenPassword(Model):
    """Whose password was forgotten: username or e-mail."""

    username: Text


class ForgottenPasswordConfirmation(Camel):
    """The mailed code and the new password."""

    username: Text
    code: Text
    new_password: Typed


class ProfileChange(Model):
    """The own e-mail address."""

    sentences: ClassVar[Mapping[str, str]] = {"*": "Email is required"}

    email: Text


class ProfileChanged(Model):
    """The account after the change."""

    message: str
    user: Account


class OwnActivity(Model):
    """One sign-in, refused sign-in or sign-out."""

    action: str
    ip_address: str | None
    created_at: Instant
    details: str | None
    device_type: str


class OwnActivities(Model):
    """The newest ten, newest first."""

    activities: Sequence[OwnActivity]


class SecondFactorSecret(Camel):
    """What to put into an authenticator app, as text and as the address behind its QR code."""

    secret_code: str
    uri: str


class SecondFactorCode(Model):
    """A code that the app shows."""

    sentences: ClassVar[Mapping[str, str]] = {"code": "Enter the six digits that your app shows."}

    code: Code


class OwnPassword(Model):
    """The own password, to show that it is really the owner who asks."""

    sentences: ClassVar[Mapping[str, str]] = {"*": "Current password required"}

    password: Typed
