"""The second factor: a code of an authenticator app, which the user pool checks."""

from urllib.parse import quote

from chalicelib.identity import cognito
from chalicelib.identity.errors import SecondFactorCodeWrong, SecondFactorOff
from chalicelib.identity.events import SecondFactorChanged
from chalicelib.identity.models import Message, OwnPassword, SecondFactorCode, SecondFactorSecret
from chalicelib.identity.queries import accounts, changes
from chalicelib.identity.service import own_password
from chalicelib.identity.service.visibility import seen
from chalicelib.identity.user_models import UserMoved
from chalicelib.kit import principal
from chalicelib.kit.call import Call

ISSUER = "CVD"


def begin(call: Call) -> SecondFactorSecret:
    """A new secret for the app. Nothing is asked for until a code has shown that the app has it."""
    secret = cognito.begin_second_factor(_own_token(call))
    label = quote(f"{ISSUER}:{call.principal.username}")
    return SecondFactorSecret(secret_code=secret, uri=f"otpauth://totp/{label}?secret={secret}&issuer={ISSUER}")


def confirm(call: Call, given: SecondFactorCode) -> Message:
    """Ask for a code at each sign-in from now on."""
    if not cognito.confirm_second_factor(_own_token(call), given.code):
        raise SecondFactorCodeWrong
    cognito.switch_second_factor(call.principal.username, on=True)
    with call.transaction():
        _store(call, call.principal.user_id, on=True)
    return Message(message="The second factor is on. Each sign-in asks for a code from now on.")


def remove(call: Call, given: OwnPassword) -> Message:
    """Ask for codes no more; the password shows that it is the owner who wants that, not a found session."""
    user = own_password.prove(call, given.password)
    if not user.mfa_enabled:
        raise SecondFactorOff
    cognito.switch_second_factor(user.username, on=False)
    with call.transaction():
        _store(call, user.id, on=False)
    return Message(message="The second factor is off.")


def take_away(call: Call, user_id: int) -> UserMoved:
    """Take the second factor from somebody who has lost their phone."""
    with call.transaction(read_only=True) as db:
        user = seen(call, accounts.by_id(db, user_id))
    if not user.mfa_enabled:
        raise SecondFactorOff
    cognito.switch_second_factor(user.username, on=False)
    with call.transaction():
        _store(call, user.id, on=False)
    return UserMoved(message="Second factor taken away", user_id=user.id, username=user.username)


def _store(call: Call, user_id: int, *, on: bool) -> None:
    changes.set_second_factor(call.db, user_id, on=on)
    call.record(SecondFactorChanged(resource_id=user_id, before={"on": not on}, after={"on": on}))


def _own_token(call: Call) -> str:
    return principal.required(principal.credential(call.headers)).token
