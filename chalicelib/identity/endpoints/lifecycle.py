"""What admins do to users: keep them out, let them in, delete, unlock, give a new password."""

from chalicelib.identity.endpoints.blueprint import SMALL_BODY, blueprint
from chalicelib.identity.errors import (
    AlreadyActive,
    AlreadyInactive,
    HasOpenOrders,
    HasRoutes,
    LastAdmin,
    OwnAccount,
    SecondFactorOff,
    UserNotFound,
)
from chalicelib.identity.models import Message
from chalicelib.identity.service import batch, lifecycle, passwords, second_factor
from chalicelib.identity.user_models import BatchResult, NewPassword, UserIds, UserMoved
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN

GUARDS = (OwnAccount, HasOpenOrders, HasRoutes, LastAdmin)


@endpoint(
    blueprint,
    "DELETE",
    "/api/users/{user_id}",
    roles=[ADMIN],
    refusals=[UserNotFound, *GUARDS],
    grants=["cognito-idp:AdminDisableUser"],
    own_transactions=True,
)
def remove_user(call: Call, user_id: int) -> Message:
    """Deactivate a user; may be repeated. DELETE …/soft-delete deletes."""
    return lifecycle.deactivate_once(call, user_id)


@endpoint(
    blueprint,
    "PUT",
    "/api/users/{user_id}/deactivate",
    roles=[ADMIN],
    refusals=[UserNotFound, AlreadyInactive, *GUARDS],
    grants=["cognito-idp:AdminDisableUser"],
    own_transactions=True,
)
def deactivate_user(call: Call, user_id: int) -> UserMoved:
    """Keep a user out, from this moment."""
    return lifecycle.deactivate(call, user_id)


@endpoint(
    blueprint,
    "PUT",
    "/api/users/{user_id}/activate",
    roles=[ADMIN],
    refusals=[UserNotFound, AlreadyActive],
    grants=["cognito-idp:AdminEnableUser"],
    own_transactions=True,
)
def activate_user(call: Call, user_id: int) -> UserMoved:
    """Let a deactivated user in again, with the old password and no lock."""
    return lifecycle.activate(call, user_id)


@endpoint(
    blueprint,
    "DELETE",
    "/api/users/{user_id}/soft-delete",
    roles=[ADMIN],
    refusals=[UserNotFound, *GUARDS],
    grants=["cognito-idp:AdminDisableUser"],
    own_transactions=True,
)
def delete_user(call: Call, user_id: int) -> UserMoved:
    """Delete a user: out of the lists; the name stays taken and the history stays readable."""
    return lifecycle.delete(call, user_id)


@endpoint(
    blueprint,
    "POST",
    "/api/users/batch-deactivate",
    roles=[ADMIN],
    grants=["cognito-idp:AdminDisableUser"],
    timeout=29,
    largest_body=SMALL_BODY,
    own_transactions=True,
)
def batch_deactivate_users(call: Call, body: UserIds) -> BatchResult:
    """Deactivate up to 100 users; each is judged alone, and whoever may go goes."""
    return batch.deactivate(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/users/{user_id}/reset-password",
    roles=[ADMIN],
    refusals=[UserNotFound],
    grants=[
        "cognito-idp:AdminCreateUser",
        "cognito-idp:AdminGetUser",
        "cognito-idp:AdminSetUserPassword",
        "cognito-idp:AdminUserGlobalSignOut",
    ],
    own_transactions=True,
    keeps_answer=False,
)
def reset_password(call: Call, user_id: int) -> NewPassword:
    """Give a user a made-up password, answered this once, which they have to change. Clears a lock, ends sessions."""
    return passwords.reset(call, user_id)


@endpoint(blueprint, "POST", "/api/users/{user_id}/unlock", roles=[ADMIN], refusals=[UserNotFound])
def unlock_user(call: Call, user_id: int) -> UserMoved:
    """Clear a lock before its time."""
    return lifecycle.unlock(call, user_id)


@endpoint(
    blueprint,
    "DELETE",
    "/api/users/{user_id}/mfa",
    roles=[ADMIN],
    refusals=[UserNotFound, SecondFactorOff],
    grants=["cognito-idp:AdminSetUserMFAPreference"],
    own_transactions=True,
)
def take_second_factor_away(call: Call, user_id: int) -> UserMoved:
    """Take the second factor from somebody who has lost their phone."""
    return second_factor.take_away(call, user_id)
