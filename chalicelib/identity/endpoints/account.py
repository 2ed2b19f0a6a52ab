"""The own account: who am I, my address, my password, my second factor, my last sign-ins."""

from chalicelib.identity.endpoints.blueprint import SMALL_BODY, blueprint
from chalicelib.identity.errors import (
    CurrentPasswordWrong,
    EmailTaken,
    PasswordLocked,
    PasswordNotAllowed,
    PasswordUsedBefore,
    ResetCodeWrong,
    SecondFactorCodeWrong,
    SecondFactorOff,
)
from chalicelib.identity.models import (
    CurrentUser,
    ForgottenPassword,
    ForgottenPasswordConfirmation,
    Message,
    OwnActivities,
    OwnPassword,
    PasswordChange,
    ProfileChange,
    ProfileChanged,
    SecondFactorCode,
    SecondFactorSecret,
)
from chalicelib.identity.service import own_account, passwords, second_factor
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import RateLimited
from chalicelib.kit.roles import ADMIN, EVERYONE, MANAGER, PUBLIC
from chalicelib.kit.sheet import Sheet


@endpoint(blueprint, "GET", "/api/auth/current-user", roles=EVERYONE)
def current_user(call: Call) -> CurrentUser:
    """Tell who is signed in."""
    return own_account.current_user(call)


@endpoint(
    blueprint,
    "PUT",
    "/api/auth/update-profile",
    roles=EVERYONE,
    refusals=[EmailTaken],
    grants=["cognito-idp:AdminUpdateUserAttributes"],
    own_transactions=True,
)
def update_profile(call: Call, body: ProfileChange) -> ProfileChanged:
    """Change the own e-mail address."""
    return own_account.update_profile(call, body)


@endpoint(blueprint, "GET", "/api/auth/activity", roles=EVERYONE, sheet=Sheet("activities"))
def own_activity(call: Call) -> OwnActivities:
    """List the own last ten sign-ins, refused sign-ins and sign-outs."""
    return own_account.activity(call)


@endpoint(
    blueprint,
    "POST",
    "/api/auth/change-password",
    roles=EVERYONE,
    refusals=[CurrentPasswordWrong, PasswordLocked, PasswordNotAllowed, PasswordUsedBefore],
    grants=["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminSetUserPassword"],
    largest_body=SMALL_BODY,
    own_transactions=True,
)
def change_password(call: Call, body: PasswordChange) -> Message:
    """Change the own password; all other sessions of the user end."""
    return passwords.change(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/auth/forgot-password",
    roles=PUBLIC,
    refusals=[RateLimited],
    grants=["cognito-idp:AdminCreateUser", "cognito-idp:AdminGetUser", "cognito-idp:AdminSetUserPassword"],
    largest_body=SMALL_BODY,
    own_transactions=True,
)
def forgot_password(call: Call, body: ForgottenPassword) -> Message:
    """Ask for a code by mail to set a new password. The answer does not tell whether there is such a user."""
    return passwords.forgot(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/auth/forgot-password/confirm",
    roles=PUBLIC,
    refusals=[ResetCodeWrong, PasswordNotAllowed, PasswordUsedBefore, RateLimited],
    grants=["cognito-idp:AdminCreateUser", "cognito-idp:AdminGetUser"],
    largest_body=SMALL_BODY,
    own_transactions=True,
)
def set_forgotten_password(call: Call, body: ForgottenPasswordConfirmation) -> Message:
    """Set a new password by the mailed code; all sessions of the user end."""
    return passwords.set_forgotten(call, body)


@endpoint(blueprint, "POST", "/api/auth/mfa/setup", roles=[ADMIN, MANAGER], own_transactions=True, keeps_answer=False)
def begin_second_factor(call: Call) -> SecondFactorSecret:
    """Get a secret for an authenticator app. It takes effect once a code is confirmed."""
    return second_factor.begin(call)


@endpoint(
    blueprint,
    "POST",
    "/api/auth/mfa/confirm",
    roles=[ADMIN, MANAGER],
    refusals=[SecondFactorCodeWrong],
    grants=["cognito-idp:AdminSetUserMFAPreference"],
    own_transactions=True,
)
def confirm_second_factor(call: Call, body: SecondFactorCode) -> Message:
    """Switch the second factor on with a code that the app shows."""
    return second_factor.confirm(call, body)


@endpoint(
    blueprint,
    "DELETE",
    "/api/auth/mfa",
    roles=EVERYONE,
    refusals=[CurrentPasswordWrong, PasswordLocked, SecondFactorOff],
    grants=["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminSetUserMFAPreference"],
    own_transactions=True,
)
def remove_second_factor(call: Call, body: OwnPassword) -> Message:
    """Switch the own second factor off; takes the password."""
    return second_factor.remove(call, body)
