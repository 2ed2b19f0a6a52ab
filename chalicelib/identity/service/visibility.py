"""Whom an admin gets to see: not the deleted where something is to be done to them, not the protected one (BR-032)."""

from chalicelib.identity.errors import UserNotFound
from chalicelib.identity.queries.accounts import User
from chalicelib.kit.call import Call


def seen(call: Call, user: User | None) -> User:
    """The user if the caller may do anything to them; 404 otherwise."""
    if user is None or user.deleted_at is not None:
        raise UserNotFound
    if user.is_protected and user.id != call.principal.user_id:
        raise UserNotFound
    return user
