"""Showing again, within a session, that it is the owner who asks: by the own password."""

from chalicelib.identity import cognito, rules
from chalicelib.identity.errors import CurrentPasswordWrong, PasswordLocked
from chalicelib.identity.events import PasswordChanged
from chalicelib.identity.queries import accounts, changes
from chalicelib.identity.queries import attempts as attempt_queries
from chalicelib.identity.queries.accounts import User
from chalicelib.identity.rules import Counter
from chalicelib.identity.service import attempts
from chalicelib.kit.call import Call
from chalicelib.kit.errors import Refusal, SessionOver


def prove(call: Call, password: str) -> User:
    """The caller's row, once the password is right; a wrong one counts toward the lock (BR-027).

    Raises `CurrentPasswordWrong` or `PasswordLocked`. As at sign-in, the attempt is counted first.
    """
    user, counter = _count(call)
    try:
        is_right = len(password) <= rules.LONGEST_TYPED and cognito.check_password(user.username, password) is not None
    except Refusal:
        _take_back(call, user)
        raise
    if not is_right:
        raise _refused(call, user, counter)
    _take_back(call, user)
    return user


def _count(call: Call) -> tuple[User, Counter]:
    with call.transaction() as db:
        user = accounts.lock(db, call.principal.user_id)
        if user is None:
            raise SessionOver
        if user.counter.is_locked(call.now):
            raise PasswordLocked
        counter = user.counter.counted(attempt_queries.limits(db), call.now)
        changes.set_counter(db, user.id, counter)
    return user, counter


def _take_back(call: Call, user: User) -> None:
    with call.transaction() as db:
        changes.take_attempt_back(db, user.id)


def _refused(call: Call, user: User, counter: Counter) -> Refusal:
    with call.transaction():
        call.record(PasswordChanged(resource_id=user.id, outcome="failed", reason="bad_password"))
        if counter.locked_until is not None:
            attempts.note_lock(call, user, counter)
    return CurrentPasswordWrong()
