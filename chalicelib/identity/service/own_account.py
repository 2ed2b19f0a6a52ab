"""The own account: who am I, my e-mail address, my last sign-ins."""

from chalicelib.identity import cognito, rules
from chalicelib.identity.errors import EmailTaken
from chalicelib.identity.events import UserUpdated
from chalicelib.identity.models import (
    Account,
    CurrentAccount,
    CurrentUser,
    OwnActivities,
    OwnActivity,
    ProfileChange,
    ProfileChanged,
)
from chalicelib.identity.permissions import permissions_of
from chalicelib.identity.queries import accounts, changes, users
from chalicelib.identity.queries.accounts import User
from chalicelib.identity.queries.users import SignInEvent
from chalicelib.kit.call import Call
from chalicelib.kit.errors import BadRequest, SessionOver

NEWEST = 10

_WORDS = {"auth.login": "LOGIN_SUCCESS", "auth.login_failed": "LOGIN_FAILED", "auth.logout": "LOGOUT"}
"""The profile page's words for what the audit trail names."""

_REASONS = {
    "bad_password": "Wrong password",
    "locked": "The account was locked",
    "inactive": "The account was deactivated",
}


def account_of(user: User | None) -> Account:
    """The account as its owner sees it."""
    if user is None:
        raise SessionOver
    return Account(
        id=user.id,
        username=user.username,
        email=user.email,
        role=user.role,
        permissions=permissions_of(user.role),
        must_change_password=user.must_change_password,
        mfa_enabled=user.mfa_enabled,
    )


def current_user(call: Call) -> CurrentUser:
    """Who is signed in."""
    user = accounts.by_id(call.db, call.principal.user_id)
    if user is None:
        raise SessionOver
    account = account_of(user)
    return CurrentUser(
        user=CurrentAccount(**account.model_dump(), created_at=user.created_at, last_login=user.last_login_at)
    )


def update_profile(call: Call, change: ProfileChange) -> ProfileChanged:
    """Tell the pool a new address, then store it; a repetition after a failure in between does the rest.

    Nobody has shown yet that the address is the user's own. So the pool mails no code there until an admin has stored
    it: else a found session would be enough to get a new password.
    """
    if not rules.is_email(change.email):
        raise BadRequest("Invalid email format", field="email")
    with call.transaction(read_only=True) as db:
        user = accounts.by_id(db, call.principal.user_id)
        if accounts.is_email_taken(db, change.email, but=call.principal.user_id):
            raise EmailTaken
    if user is not None and user.email != change.email:
        cognito.set_email(user.username, change.email, is_verified=False)
    with call.transaction() as db:
        account = _store_email(call, accounts.lock(db, call.principal.user_id), change.email)
    return ProfileChanged(message="Profile updated successfully", user=account)


def _store_email(call: Call, user: User | None, email: str) -> Account:
    if user is not None and user.email != email:
        changes.set_email(call.db, user.id, email)
        call.record(UserUpdated(resource_id=user.id, before={"email": user.email}, after={"email": email}))
    return account_of(accounts.by_id(call.db, call.principal.user_id))


def activity(call: Call) -> OwnActivities:
    """The newest sign-ins, refused sign-ins and sign-outs (US-006)."""
    found = users.sign_ins(call.db, call.principal.user_id, list(_WORDS), NEWEST)
    return OwnActivities(activities=[_activity(event) for event in found])


def _activity(event: SignInEvent) -> OwnActivity:
    return OwnActivity(
        action=_WORDS[event.action],
        ip_address=event.ip,
        created_at=event.at,
        details=_REASONS.get(event.reason or "", event.reason),
        device_type=rules.device_type(event.user_agent or ""),
    )
