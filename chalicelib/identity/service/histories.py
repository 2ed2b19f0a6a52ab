"""What users did, what was done to them, what they have to do, and how their number moves."""

from chalicelib.identity.errors import UserNotFound
from chalicelib.identity.queries import users as queries
from chalicelib.identity.service.users import pages
from chalicelib.identity.user_models import (
    AuditTrail,
    LifecycleMetrics,
    Paging,
    UserActions,
    UserOrders,
    UserRow,
)
from chalicelib.kit.call import Call
from chalicelib.kit.paging import Paged


def _row(call: Call, user_id: int) -> UserRow:
    row = queries.row(call.db, user_id, seen_by=call.principal.user_id, now=call.now)
    if row is None:
        raise UserNotFound
    return row


def actions(call: Call, user_id: int, paging: Paging) -> UserActions:
    """A page of what a user did."""
    user, size = _row(call, user_id), paging.size
    total = queries.count_actions(call.db, user_id)
    return UserActions(
        activities=queries.actions(call.db, user_id, limit=size, offset=(paging.page - 1) * size),
        total=total,
        page=paging.page,
        per_page=size,
        pages=pages(total, size),
        username=user.username,
    )


def audit_trail(call: Call, user_id: int, page: Paged) -> AuditTrail:
    """The newest of what was done to a user."""
    user = _row(call, user_id)
    return AuditTrail(
        user_id=user.id,
        username=user.username,
        is_deleted=user.is_deleted,
        audit_events=queries.audit_trail(call.db, user_id, page),
    )


def orders(call: Call, user_id: int, page: Paged) -> UserOrders:
    """The service orders that a user drives."""
    _row(call, user_id)
    return UserOrders(orders=queries.orders(call.db, user_id, page), total=queries.count_orders(call.db, user_id))


def metrics(call: Call) -> LifecycleMetrics:
    """How many users there are, and what became of them in the last 30 days."""
    return LifecycleMetrics(
        user_counts=queries.counts(call.db), recent_activity=queries.recent_activity(call.db, call.now)
    )
