"""What becomes of users: deactivated, activated, deleted, unlocked (domain.md 4.3)."""

from collections.abc import Sequence
from typing import Literal

from chalicelib.identity import cognito
from chalicelib.identity.errors import (
    AlreadyActive,
    AlreadyInactive,
    HasOpenOrders,
    HasRoutes,
    LastAdmin,
    OwnAccount,
)
from chalicelib.identity.events import UserActivated, UserDeactivated, UserDeleted, UserUnlocked
from chalicelib.identity.models import Message
from chalicelib.identity.queries import accounts, changes, sessions
from chalicelib.identity.queries.accounts import Duty, User
from chalicelib.identity.rules import Counter
from chalicelib.identity.service.follow_up import tell_pool
from chalicelib.identity.service.visibility import seen
from chalicelib.identity.user_models import UserMoved
from chalicelib.kit.call import Call
from chalicelib.kit.errors import Refusal
from chalicelib.kit.roles import ADMIN
from chalicelib.kit.values import value

Verb = Literal["deactivate", "delete", "demote"]


@value
class Circle:
    """Locked users, all active admins among them, and what is still theirs to do."""

    users: Sequence[User]
    duties: Sequence[Duty]

    def find(self, user_id: int) -> User | None:
        """One of them."""
        return next((user for user in self.users if user.id == user_id), None)

    def has_admin_beside(self, user: User, gone: frozenset[int] = frozenset()) -> bool:
        """Whether an active admin is left without this user and those who are gone already (BR-031)."""
        return any(
            other.role == ADMIN and other.is_active and other.deleted_at is None
            for other in self.users
            if other.id != user.id and other.id not in gone
        )

    def of(self, user: User, kind: str) -> list[Duty]:
        """The duties of one kind of one user."""
        return [duty for duty in self.duties if duty.user_id == user.id and duty.kind == kind]


def lock_circle(call: Call, user_ids: list[int]) -> Circle:
    """Lock these users and all active admins, then look what is still theirs to do."""
    users = accounts.lock_with_admins(call.db, user_ids)
    return Circle(users, accounts.duties(call.db, user_ids))


def objection(call: Call, circle: Circle, user: User, verb: Verb, gone: frozenset[int] = frozenset()) -> Refusal | None:
    """Why a user cannot go, if there is a reason (BR-030, BR-031, BR-033, BR-034)."""
    if user.id == call.principal.user_id:
        return OwnAccount(f"Cannot {verb} your own account")
    if orders := circle.of(user, "order"):
        listed = [{"id": order.id, "status": order.name} for order in orders]
        return HasOpenOrders(f"Cannot {verb} user with pending or in-progress service orders", orders=listed)
    if routes := circle.of(user, "route"):
        listed = [{"id": route.id, "name": route.name} for route in routes]
        return HasRoutes(f"Cannot {verb} user who is still the driver of a route", routes=listed)
    return last_admin(circle, user, verb, gone)


def last_admin(circle: Circle, user: User, verb: Verb, gone: frozenset[int] = frozenset()) -> Refusal | None:
    """The refusal to lose the last one who can let others in (BR-031)."""
    is_admin = user.role == ADMIN and user.is_active
    if is_admin and not circle.has_admin_beside(user, gone):
        return LastAdmin(f"Cannot {verb} the last active admin")
    return None


def deactivate(call: Call, user_id: int) -> UserMoved:
    """Keep a user out, from this moment (BR-033..035)."""
    with call.transaction():
        circle = lock_circle(call, [user_id])
        user = seen(call, circle.find(user_id))
        if not user.is_active:
            raise AlreadyInactive
        if refusal := objection(call, circle, user, "deactivate"):
            raise refusal
        send_away(call, [user])
    tell_pool(cognito.disable, user)
    return UserMoved(message="User deactivated successfully", user_id=user.id, username=user.username)


def deactivate_once(call: Call, user_id: int) -> Message:
    """Keep a user out, with the same guards; one who is out already stays out, so that it may be repeated."""
    with call.transaction():
        circle = lock_circle(call, [user_id])
        user = seen(call, circle.find(user_id))
        if user.is_active:
            if refusal := objection(call, circle, user, "delete"):
                raise refusal
            send_away(call, [user])
    tell_pool(cognito.disable, user)
    return Message(message="User deactivated successfully")


def send_away(call: Call, users: Sequence[User]) -> None:
    """Deactivate users, end their sessions, tell the audit trail; within a transaction, after the guards."""
    ids = [user.id for user in users]
    changes.deactivate(call.db, ids)
    sessions.end_all(call.db, ids, "deactivated", by=call.principal.user_id, now=call.now)
    before, after = {"is_active": True}, {"is_active": False}
    for user in users:
        call.record(UserDeactivated(resource_id=user.id, username=user.username, before=before, after=after))


def activate(call: Call, user_id: int) -> UserMoved:
    """Let a deactivated user in again, with the old password and no lock.

    The pool goes first: as long as the database says inactive, nobody gets in by that.
    """
    with call.transaction(read_only=True) as db:
        user = seen(call, accounts.by_id(db, user_id))
    if user.is_active:
        raise AlreadyActive
    if user.identity_sub is not None:
        cognito.enable(user.username)
    with call.transaction() as db:
        user = seen(call, accounts.lock(db, user_id))
        if user.is_active:
            raise AlreadyActive
        let_in(call, user)
    return UserMoved(message="User activated successfully", user_id=user.id, username=user.username)


def let_in(call: Call, user: User) -> None:
    """Activate a user and tell the audit trail; within a transaction."""
    changes.activate(call.db, user.id)
    before, after = {"is_active": False}, {"is_active": True}
    call.record(UserActivated(resource_id=user.id, username=user.username, before=before, after=after))


def delete(call: Call, user_id: int) -> UserMoved:
    """Mark a user as deleted: out of the lists, name and history stay (BR-036)."""
    with call.transaction() as db:
        circle = lock_circle(call, [user_id])
        user = seen(call, circle.find(user_id))
        if refusal := objection(call, circle, user, "delete"):
            raise refusal
        changes.delete(db, user.id, by=call.principal.user_id, now=call.now)
        sessions.end_all(db, [user.id], "deleted", by=call.principal.user_id, now=call.now)
        call.record(UserDeleted(resource_id=user.id, username=user.username))
    tell_pool(cognito.disable, user)
    return UserMoved(message="User soft deleted successfully", user_id=user.id, username=user.username)


def unlock(call: Call, user_id: int) -> UserMoved:
    """Clear a lock and the count of wrong passwords."""
    user = seen(call, accounts.lock(call.db, user_id))
    changes.set_counter(call.db, user.id, Counter(0, None))
    before = {"failed_login_attempts": user.failed_login_attempts, "locked_until": user.locked_until}
    call.record(UserUnlocked(resource_id=user.id, username=user.username, before=before))
    return UserMoved(message="User unlocked successfully", user_id=user.id, username=user.username)
