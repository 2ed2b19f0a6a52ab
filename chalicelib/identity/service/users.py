"""Users as admins keep them: listed, looked at, made, changed."""

from typing import get_args

from chalicelib.identity import cognito, rules
from chalicelib.identity.errors import EmailTaken, OwnAccount, UserNotFound, UserTaken
from chalicelib.identity.events import UserCreated, UserRoleChanged, UserUpdated
from chalicelib.identity.models import Message
from chalicelib.identity.queries import accounts, changes, sessions
from chalicelib.identity.queries import users as queries
from chalicelib.identity.queries.accounts import User
from chalicelib.identity.service import lifecycle
from chalicelib.identity.service.follow_up import tell_pool
from chalicelib.identity.service.lifecycle import Circle
from chalicelib.identity.service.passwords import check_rules
from chalicelib.identity.service.visibility import seen
from chalicelib.identity.user_models import (
    NewUser,
    Pagination,
    UserChange,
    UserList,
    UserRow,
    UserSearch,
)
from chalicelib.identity.user_models import UserCreated as Created
from chalicelib.identity.user_models import UserCreatedWithPassword as CreatedWithPassword
from chalicelib.kit.call import Call
from chalicelib.kit.errors import BadRequest, VersionConflict
from chalicelib.kit.roles import VIEWER, Role

RESERVED = "admin"


def pages(total: int, size: int) -> int:
    """How many pages hold so many rows."""
    return -(-total // size)


def find(call: Call, search: UserSearch) -> UserList:
    """A page of users (BR-038)."""
    total = queries.count(call.db, search, call.now)
    return UserList(
        users=queries.page(call.db, search, call.now),
        pagination=Pagination(page=search.page, per_page=search.size, total=total, pages=pages(total, search.size)),
    )


def get(call: Call, user_id: int) -> UserRow:
    """One user, deleted or not."""
    row = queries.row(call.db, user_id, seen_by=call.principal.user_id, now=call.now)
    if row is None:
        raise UserNotFound
    return row


def create(call: Call, new: NewUser) -> Created | CreatedWithPassword:
    """Make a user (BR-020..026).

    The database decides between two requests for the same name, and only the one that won sets the password.
    """
    role = _role_of(new)
    _check(new)
    password = new.password or rules.generated_password()
    check_rules(password, username=new.username, email=new.email)
    with call.transaction(read_only=True) as db:
        if accounts.is_taken(db, new.username, new.email):
            raise UserTaken
    subject = cognito.ensure_user(new.username, new.email)
    user_id = _insert(call, new, role, subject)
    cognito.set_password(new.username, password)
    made = Created(id=user_id, username=new.username, email=new.email, role=role, is_active=new.is_active)
    return made if new.password else CreatedWithPassword(**made.model_dump(), generated_password=password)


def _role_of(new: NewUser) -> Role:
    if new.role is None:
        return VIEWER
    if not new.role.strip():
        raise BadRequest("role is required", field="role")
    for role in get_args(Role):
        if role == new.role:
            return role  # type: ignore[no-any-return]  # get_args forgets that these are roles.
    raise BadRequest("Invalid role", field="role")


def _check(new: NewUser) -> None:
    if new.username.lower() == RESERVED:
        raise BadRequest("Username not available", field="username")
    if not rules.is_username(new.username):
        raise BadRequest("Username must have 3 to 50 letters and digits and nothing else", field="username")
    if not rules.is_email(new.email):
        raise BadRequest("Invalid email format", field="email")


def _insert(call: Call, new: NewUser, role: Role, subject: str) -> int:
    with call.transaction() as db:
        user_id = accounts.insert(
            db,
            username=new.username,
            email=new.email,
            role=role,
            identity_sub=subject,
            is_active=new.is_active,
            must_change_password=not new.password,
            now=call.now,
        )
        call.record(UserCreated(resource_id=user_id, username=new.username, role=role))
    return user_id


def update(call: Call, user_id: int, change: UserChange) -> Message:
    """Change address, role or status (BR-029..034); only what really changes is judged."""
    if change.email is None and change.role is None and change.is_active is None:
        raise BadRequest("No valid fields to update")
    if change.email is not None and not rules.is_email(change.email):
        raise BadRequest("Invalid email format", field="email")
    _open_pool_for(call, user_id, change)
    with call.transaction():
        circle = lifecycle.lock_circle(call, [user_id])
        before = seen(call, circle.find(user_id))
        _apply(call, circle, before, change)
    _tell_pool(before, change)
    return Message(message="User updated successfully")


def _open_pool_for(call: Call, user_id: int, change: UserChange) -> None:
    """Let the pool take a user who is about to be activated; it goes first, since the database still says no."""
    if not change.is_active:
        return
    with call.transaction(read_only=True) as db:
        user = seen(call, accounts.by_id(db, user_id))
    if not user.is_active and user.identity_sub is not None:
        cognito.enable(user.username)


def _apply(call: Call, circle: Circle, user: User, change: UserChange) -> None:
    if change.version is not None and change.version != user.version:
        raise VersionConflict(version=user.version)
    moves_role = change.role is not None and change.role != user.role
    moves_status = change.is_active is not None and change.is_active != user.is_active
    if (moves_role or moves_status) and user.id == call.principal.user_id:
        raise OwnAccount
    if change.email is not None and change.email != user.email:
        _move_email(call, user, change.email)
    if moves_status and not change.is_active:
        if refusal := lifecycle.objection(call, circle, user, "deactivate"):
            raise refusal
        lifecycle.send_away(call, [user])
    elif moves_status:
        lifecycle.let_in(call, user)
    if change.role is not None and moves_role:
        _move_role(call, circle, user, change.role)


def _move_email(call: Call, user: User, email: str) -> None:
    if accounts.is_email_taken(call.db, email, but=user.id):
        raise EmailTaken
    changes.set_email(call.db, user.id, email)
    call.record(UserUpdated(resource_id=user.id, before={"email": user.email}, after={"email": email}))


def _move_role(call: Call, circle: Circle, user: User, role: Role) -> None:
    if refusal := lifecycle.last_admin(circle, user, "demote"):
        raise refusal
    changes.set_role(call.db, user.id, role)
    sessions.end_all(call.db, [user.id], "role_change", by=call.principal.user_id, now=call.now)
    before, after = {"role": user.role}, {"role": role}
    call.record(UserRoleChanged(resource_id=user.id, username=user.username, before=before, after=after))


def _tell_pool(before: User, change: UserChange) -> None:
    """Tell the pool what changed. A new address has to arrive there: codes are mailed to it."""
    if change.email is not None and before.identity_sub is not None:
        cognito.set_email(before.username, change.email, is_verified=True)
    if change.is_active is False and before.is_active:
        tell_pool(cognito.disable, before)
    elif change.role is not None and change.role != before.role:
        tell_pool(cognito.sign_out_everywhere, before)
