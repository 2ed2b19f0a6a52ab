"""Users, for admins: listed, looked at, made, changed; what they did and what was done to them."""

from chalicelib.identity.endpoints.blueprint import SMALL_BODY, blueprint
from chalicelib.identity.errors import (
    EmailTaken,
    HasOpenOrders,
    HasRoutes,
    LastAdmin,
    OwnAccount,
    PasswordNotAllowed,
    UserNotFound,
    UserTaken,
)
from chalicelib.identity.models import Message
from chalicelib.identity.service import histories, users
from chalicelib.identity.user_models import (
    AuditTrail,
    LifecycleMetrics,
    NewUser,
    Paging,
    UserActions,
    UserChange,
    UserCreated,
    UserCreatedWithPassword,
    UserList,
    UserOrders,
    UserRow,
    UserSearch,
)
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import VersionConflict
from chalicelib.kit.paging import Paged
from chalicelib.kit.roles import ADMIN, MANAGER
from chalicelib.kit.sheet import Sheet


@endpoint(blueprint, "GET", "/api/users", roles=[ADMIN], sheet=Sheet("users"))
def list_users(call: Call, query: UserSearch) -> UserList:
    """List users, newest first, by role, status and text."""
    return users.find(call, query)


@endpoint(
    blueprint,
    "POST",
    "/api/users",
    roles=[ADMIN],
    refusals=[UserTaken, PasswordNotAllowed],
    status=201,
    grants=["cognito-idp:AdminCreateUser", "cognito-idp:AdminGetUser", "cognito-idp:AdminSetUserPassword"],
    largest_body=SMALL_BODY,
    own_transactions=True,
    keeps_answer=False,
)
def create_user(call: Call, body: NewUser) -> UserCreatedWithPassword | UserCreated:
    """Make a user.

    Without a password one is made up, answered this once, and has to be changed at the first sign-in.
    """
    return users.create(call, body)


@endpoint(blueprint, "GET", "/api/users/{user_id}", roles=[ADMIN], refusals=[UserNotFound])
def get_user(call: Call, user_id: int) -> UserRow:
    """Look at one user, deleted or not."""
    return users.get(call, user_id)


@endpoint(
    blueprint,
    "PUT",
    "/api/users/{user_id}",
    roles=[ADMIN],
    refusals=[UserNotFound, EmailTaken, OwnAccount, LastAdmin, HasOpenOrders, HasRoutes, VersionConflict],
    grants=[
        "cognito-idp:AdminUpdateUserAttributes",
        "cognito-idp:AdminDisableUser",
        "cognito-idp:AdminEnableUser",
        "cognito-idp:AdminUserGlobalSignOut",
    ],
    own_transactions=True,
)
def update_user(call: Call, user_id: int, body: UserChange) -> Message:
    """Change address, role or status. A changed role or status ends the sessions of the user."""
    return users.update(call, user_id, body)


@endpoint(
    blueprint, "GET", "/api/users/{user_id}/activity", roles=[ADMIN], refusals=[UserNotFound], sheet=Sheet("activities")
)
def user_activity(call: Call, user_id: int, query: Paging) -> UserActions:
    """List what a user did, newest first."""
    return histories.actions(call, user_id, query)


@endpoint(
    blueprint,
    "GET",
    "/api/users/{user_id}/audit-trail",
    roles=[ADMIN],
    refusals=[UserNotFound],
    sheet=Sheet("audit_events"),
)
def user_audit_trail(call: Call, user_id: int, query: Paged) -> AuditTrail:
    """List what was done to a user, newest first: the latest 500, or a page."""
    return histories.audit_trail(call, user_id, query)


@endpoint(
    blueprint,
    "GET",
    "/api/users/{user_id}/service-orders",
    roles=[ADMIN, MANAGER],
    refusals=[UserNotFound],
    sheet=Sheet("orders"),
)
def user_service_orders(call: Call, user_id: int, query: Paged) -> UserOrders:
    """List the newest 100 service orders that a user drives, or a page of them."""
    return histories.orders(call, user_id, query)


@endpoint(blueprint, "GET", "/api/metrics/user-lifecycle", roles=[ADMIN], sheet=Sheet())
def user_lifecycle_metrics(call: Call) -> LifecycleMetrics:
    """Count users now, and what became of them in the last 30 days."""
    return histories.metrics(call)
