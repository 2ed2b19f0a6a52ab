"""Passwords: changed by their owner, forgotten and set anew by a mailed code, reset by an admin."""

from chalicelib.identity import cognito, rules
from chalicelib.identity.errors import PasswordNotAllowed, PasswordUsedBefore, ResetCodeWrong, UserNotFound
from chalicelib.identity.events import PasswordChanged, PasswordForgotten, PasswordReset
from chalicelib.identity.models import ForgottenPassword, ForgottenPasswordConfirmation, Message, PasswordChange
from chalicelib.identity.queries import accounts, changes, sessions
from chalicelib.identity.queries.accounts import User
from chalicelib.identity.service import own_password
from chalicelib.identity.service.follow_up import tell_pool
from chalicelib.identity.service.visibility import seen
from chalicelib.identity.user_models import NewPassword
from chalicelib.kit import logs, rate_limit
from chalicelib.kit.audit import Actor
from chalicelib.kit.call import Call
from chalicelib.kit.errors import RateLimited, SessionOver

CODES_PER_HOUR = 5
CODES_PER_MINUTE = 20
SENT = "If the account exists, a code to set a new password is on its way to its e-mail address."


def change(call: Call, given: PasswordChange) -> Message:
    """Change the own password; every other session of the user ends, this one goes on (BR-018, BR-026, BR-027)."""
    with call.transaction(read_only=True) as db:
        user = accounts.by_id(db, call.principal.user_id)
    if user is None:
        raise SessionOver
    check_rules(given.new_password, username=user.username, email=user.email)
    own_password.prove(call, given.current_password)
    if given.new_password == given.current_password:
        raise PasswordUsedBefore(rules=[PasswordUsedBefore.message])
    cognito.set_password(user.username, given.new_password)
    with call.transaction() as db:
        _store(call, user, user.identity_sub or "", must_change=False)
        sessions.end_all(db, [user.id], "password_change", by=user.id, now=call.now, but=call.principal.session_id)
        call.record(PasswordChanged(resource_id=user.id))
    return Message(message="Password changed successfully")


def check_rules(password: str, *, username: str, email: str) -> None:
    """Refuse a password that breaks a rule, naming each one that it breaks."""
    broken = rules.password_failures(password, username=username, email=email)
    if broken:
        raise PasswordNotAllowed(broken[0] if len(broken) == 1 else ". ".join(broken), rules=broken)


def forgot(call: Call, given: ForgottenPassword) -> Message:
    """Mail a code, if there is such a user; the answer is the same if there is none, and so is what it takes."""
    with call.transaction() as db:
        rate_limit.spend(db, "forgot-password", call.ip, CODES_PER_MINUTE, 60, call.now)
        rate_limit.spend(db, "forgot-password-of", given.username.lower()[:254], CODES_PER_HOUR, 3600, call.now)
        user = accounts.by_login(db, given.username)
        user = user if user is not None and user.may_sign_in else None
        if user is not None:
            call.record(PasswordForgotten(resource_id=user.id))
    try:
        if user is not None and user.identity_sub is None:
            _make_known(user)
        sent = cognito.send_reset_code(user.username if user is not None else cognito.NOBODY)
        if user is not None and not sent:
            logs.logger().warning("no code could be mailed", user_id=user.id)
    except RateLimited:
        pass  # The pool counts only for users whom it has: to tell would tell that there is one.
    return Message(message=SENT)


def _make_known(user: User) -> None:
    """Let the pool mail to a user of the legacy application; until they use the code, the old password stays good."""
    cognito.ensure_user(user.username, user.email)
    cognito.set_password(user.username, rules.generated_password())


def set_forgotten(call: Call, given: ForgottenPasswordConfirmation) -> Message:
    """Set a new password by a mailed code; every session ends, the lock is cleared."""
    with call.transaction() as db:
        rate_limit.spend(db, "forgot-password-code", call.ip, CODES_PER_MINUTE, 60, call.now)
        user = accounts.by_login(db, given.username)
    check_rules(given.new_password, username=given.username, email=user.email if user else given.username)
    known = user if user is not None and user.may_sign_in else None
    name = known.username if known is not None else cognito.NOBODY
    if not cognito.confirm_reset(name, given.code, given.new_password) or known is None:
        raise ResetCodeWrong
    subject = known.identity_sub or cognito.ensure_user(known.username, known.email)
    with call.transaction() as db:
        _store(call, known, subject, must_change=False)
        sessions.end_all(db, [known.id], "password_change", by=known.id, now=call.now)
        owner = Actor(known.id, known.username, known.role, call.ip, call.user_agent or None, call.request_id)
        call.record(PasswordChanged(resource_id=known.id, way="forgotten"), actor=owner)
    return Message(message="Password changed successfully")


def reset(call: Call, user_id: int) -> NewPassword:
    """Give a user a made-up password that they have to change; their sessions end (BR-018, BR-028)."""
    with call.transaction(read_only=True) as db:
        user = seen(call, accounts.by_id(db, user_id))
    password = rules.generated_password()
    subject = user.identity_sub or cognito.ensure_user(user.username, user.email)
    cognito.set_password(user.username, password)
    with call.transaction() as db:
        _store(call, user, subject, must_change=True)
        sessions.end_all(db, [user.id], "password_change", by=call.principal.user_id, now=call.now)
        call.record(PasswordReset(resource_id=user.id, username=user.username))
    tell_pool(cognito.sign_out_everywhere, user)
    return NewPassword(message="Password reset successfully", username=user.username, new_password=password)


def _store(call: Call, user: User, subject: str, *, must_change: bool) -> None:
    """Note the new password with the user's row locked, so that a sign-in of this moment sees it."""
    locked = accounts.lock(call.db, user.id)
    if locked is None or locked.deleted_at is not None:
        raise UserNotFound
    changes.password_set(call.db, user.id, subject, must_change=must_change, now=call.now)
