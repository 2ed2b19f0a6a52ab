"""Refusals of identity. Pages match on some of these sentences, so their words stay."""

from chalicelib.kit.errors import (
    BadRequest,
    Conflict,
    ConstraintViolation,
    Duplicate,
    NotFound,
    RateLimited,
    Refusal,
)


class InvalidCredentials(Refusal):
    """401: the same for an unknown, deactivated or deleted user and for a wrong password (BR-003)."""

    status = 401
    code = "INVALID_CREDENTIALS"
    message = "Invalid credentials"


class AccountLocked(Refusal):
    """401: too many wrong passwords; the right one is not looked at either (BR-005)."""

    status = 401
    code = "ACCOUNT_LOCKED"
    message = "Account temporarily locked"


class AddressBlocked(RateLimited):
    """429: too many failed sign-ins from this address (BR-009)."""

    code = "IP_BLOCKED"
    message = "Too many failed attempts. Please try again later."


class SecondFactorNeeded(Refusal):
    """401: the password is right; `details.session` and a code go to POST /api/auth/login/mfa."""

    status = 401
    code = "MFA_REQUIRED"
    message = "Enter the code of your authenticator app to finish signing in."


class CurrentPasswordWrong(BadRequest):
    """400, not 401: a 401 outside of sign-in makes the pages forget the session, which is alive."""

    code = "INVALID_CREDENTIALS"
    message = "Current password incorrect"


class PasswordLocked(BadRequest):
    """400: too many wrong passwords by somebody signed in; not 401, for the same reason."""

    code = "ACCOUNT_LOCKED"
    message = "Account temporarily locked"


class PasswordNotAllowed(BadRequest):
    """400: the new password breaks a rule; `details.rules` lists every one (BR-026)."""

    message = "This password is not allowed."


class PasswordUsedBefore(PasswordNotAllowed):
    """400: the new password is one of the last five."""

    message = "Password must not be one of your last 5 passwords"


class ResetCodeWrong(BadRequest):
    """400: the code is not the one that was mailed, or too old; the same for unknown users."""

    message = "The code is wrong or has expired. Ask for a new one."


class SecondFactorCodeWrong(BadRequest):
    """400: a code that the authenticator app would not show now."""

    message = "The code is wrong or has expired. Enter the one that your app shows now."


class SecondFactorOff(Conflict):
    """409: there is no second factor to take away."""

    message = "The second factor is not switched on."


class EmailTaken(Duplicate):
    """409: another user has the address."""

    message = "Email already in use"
    constraints = ("users_email_unique",)


class UserTaken(Duplicate):
    """409: the name (for ever) or the address (of a live user) is taken (BR-020, BR-022)."""

    message = "Username or email already exists"
    constraints = ("users_username_unique", "users_email_unique", "users_identity_sub_unique")


class UserNotFound(NotFound):
    """404: unknown, or not for this caller's eyes (BR-032)."""

    message = "User not found"


class OwnAccount(BadRequest):
    """400: nobody takes rights from themselves, or themselves away (BR-030)."""

    message = "Cannot modify your own role or status"


class LastAdmin(ConstraintViolation):
    """409: somebody has to be left who can let others in (BR-031)."""

    message = "Cannot deactivate the last active admin"


class HasOpenOrders(ConstraintViolation):
    """409: pending or in-progress service orders; `details.orders` lists them (BR-033)."""

    message = "Cannot deactivate user with pending or in-progress service orders"


class HasRoutes(ConstraintViolation):
    """409: still the driver of routes; `details.routes` lists them (BR-034)."""

    message = "Cannot deactivate user who is still the driver of a route"


class AlreadyInactive(Conflict):
    """409 (BR-035)."""

    message = "User is already deactivated"


class AlreadyActive(Conflict):
    """409 (BR-035)."""

    message = "User is already active"
