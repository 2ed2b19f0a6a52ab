"""Deactivating many users at once: each is judged alone, whoever may go goes (BR-037)."""

from chalicelib.identity import cognito
from chalicelib.identity.errors import HasOpenOrders, HasRoutes
from chalicelib.identity.queries.accounts import User
from chalicelib.identity.service.follow_up import tell_pool
from chalicelib.identity.service.lifecycle import Circle, lock_circle, objection, send_away
from chalicelib.identity.user_models import BatchDone, BatchRefused, BatchResult, UserIds
from chalicelib.kit.call import Call
from chalicelib.kit.errors import Refusal

_REASONS = {HasOpenOrders: "Has pending service orders", HasRoutes: "Is the driver of a route"}


def deactivate(call: Call, given: UserIds) -> BatchResult:
    """Deactivate whoever may go, and tell for each id what became of it; all in one transaction."""
    ids = list(dict.fromkeys(given.user_ids))
    going: list[User] = []
    results: list[BatchDone | BatchRefused] = []
    with call.transaction():
        circle = lock_circle(call, ids)
        for user_id in ids:
            user = circle.find(user_id)
            reason = _reason(call, circle, user, frozenset(gone.id for gone in going))
            if user is None or reason is not None:
                results.append(BatchRefused(user_id=user_id, reason=reason or "User not found"))
            else:
                going.append(user)
                results.append(BatchDone(user_id=user_id, username=user.username))
        if going:
            send_away(call, going)
    for user in going:
        tell_pool(cognito.disable, user)
    return BatchResult(results=results)


def _reason(call: Call, circle: Circle, user: User | None, gone: frozenset[int]) -> str | None:
    if user is None or user.deleted_at is not None:
        return "User not found"
    if user.is_protected and user.id != call.principal.user_id:
        return "User not found"
    if not user.is_active:
        return "User already deactivated"
    refusal = objection(call, circle, user, "deactivate", gone)
    return None if refusal is None else _words(refusal)


def _words(refusal: Refusal) -> str:
    return next((words for kind, words in _REASONS.items() if isinstance(refusal, kind)), refusal.sentence)
