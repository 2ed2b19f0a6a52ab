"""Signing in: by name and password, where asked for by a code as well; the tokens; the session."""

from chalicelib.identity import cognito, legacy_hash, rules
from chalicelib.identity.cognito import Challenge, PoolTokens
from chalicelib.identity.errors import InvalidCredentials, SecondFactorNeeded
from chalicelib.identity.events import SecondFactorAsked, SignedIn
from chalicelib.identity.models import Credentials, SecondFactor, SignedInAnswer, Tokens
from chalicelib.identity.queries import accounts, changes, sessions
from chalicelib.identity.queries.accounts import User
from chalicelib.identity.service import attempts, own_account
from chalicelib.identity.service.attempts import Attempt
from chalicelib.kit import tokens
from chalicelib.kit.answer import Answer, cookie
from chalicelib.kit.audit import Actor
from chalicelib.kit.call import Call
from chalicelib.kit.errors import Refusal
from chalicelib.kit.principal import SESSION_COOKIE
from chalicelib.kit.settings import settings
from chalicelib.kit.values import value


@value
class _Proven:
    """Somebody who has shown who they are."""

    attempt: Attempt
    user: User
    tokens: PoolTokens
    has_weak_password: bool = False


def sign_in(call: Call, given: Credentials) -> Answer[SignedInAnswer]:
    """Check the password and begin a session; or ask for the second factor first."""
    attempt = attempts.admit(call, given.username)
    try:
        verdict = _password_verdict(attempt, given.password)
    except Refusal:
        attempts.take_back(call, attempt)
        raise
    if verdict is None or attempt.user is None:
        raise attempts.refuse(call, attempt)
    if isinstance(verdict, Challenge):
        _ask_for_code(call, attempt)
        raise SecondFactorNeeded(session=verdict.session)
    is_weak = not rules.fits_pool(given.password)
    return _begin_session(call, _Proven(attempt, attempt.user, verdict, is_weak))


def finish(call: Call, given: SecondFactor) -> Answer[SignedInAnswer]:
    """Check the code of a sign-in whose password was right, and begin a session."""
    attempt = attempts.admit(call, given.username)
    if attempt.user is None:
        raise attempts.refuse(call, attempt)
    try:
        verdict = cognito.answer_challenge(attempt.user.username, given.session, given.code)
    except Refusal:
        attempts.take_back(call, attempt)
        raise
    if verdict is None:
        raise attempts.refuse(call, attempt)
    return _begin_session(call, _Proven(attempt, attempt.user, verdict))


def _password_verdict(attempt: Attempt, password: str) -> PoolTokens | Challenge | None:
    """Whether the password is right; who cannot sign in is asked for all the same, so that it takes as long."""
    user = attempt.user
    if len(password) > rules.LONGEST_TYPED:
        return None
    if user is None:
        return cognito.check_password(cognito.NOBODY, password)
    if user.identity_sub is None:
        if not legacy_hash.is_right(password, user.legacy_password_hash or ""):
            return None
        _move_to_pool(user, password)
    return cognito.check_password(user.username, password)


def _move_to_pool(user: User, password: str) -> None:
    """Take the password that fits the legacy hash over into the pool; the hash is erased once the session begins.

    This may be done twice, as when the database was lost in between: the pool then knows the password already.
    """
    cognito.ensure_user(user.username, user.email)
    if cognito.check_password(user.username, password) is None:
        cognito.set_password(user.username, password)


def _ask_for_code(call: Call, attempt: Attempt) -> None:
    """The password was right, so it counts for nothing; the counter itself restarts with the right code only."""
    attempts.take_back(call, attempt)
    with call.transaction():
        call.record(SecondFactorAsked(resource_id=attempt.user_id), actor=_actor(call, attempt.user))


def _begin_session(call: Call, proven: _Proven) -> Answer[SignedInAnswer]:
    token = tokens.verify(proven.tokens.access)
    with call.transaction() as db:
        user = _still_welcome(call, proven)
        changes.signed_in(db, user.id, token.subject, must_change=proven.has_weak_password, now=call.now)
        session_id = sessions.open_session(
            db,
            user_id=user.id,
            family=token.family,
            ip=call.ip,
            user_agent=call.user_agent,
            device_type=rules.device_type(call.user_agent),
            now=call.now,
        )
        attempts.note_success(call, proven.attempt, user)
        call.record(SignedIn(resource_id=user.id, session=session_id), actor=_actor(call, user))
        account = own_account.account_of(accounts.by_id(db, user.id))
    body = SignedInAnswer(user=account, session_id=session_id, tokens=tokens_of(proven.tokens))
    return Answer(body, cookies=[session_cookie(proven.tokens.access, proven.tokens.expires_in)])


def _still_welcome(call: Call, proven: _Proven) -> User:
    """The user, locked; refused when they were sent away or got another password while we were asking the pool."""
    user = accounts.lock(call.db, proven.user.id)
    if user is None or not user.may_sign_in or user.password_changed_at != proven.user.password_changed_at:
        raise InvalidCredentials
    return user


def _actor(call: Call, user: User | None) -> Actor:
    assert user is not None  # noqa: S101 - narrows the type: only proven users act
    return Actor(user.id, user.username, user.role, call.ip, call.user_agent or None, call.request_id)


def session_cookie(token: str, seconds: int) -> str:
    """The cookie of a browser's session; an empty token takes it away."""
    return cookie(SESSION_COOKIE, token, max_age=seconds, secure=not settings().is_local)


def tokens_of(given: PoolTokens) -> Tokens:
    """The tokens as clients get them."""
    return Tokens(access_token=given.access, refresh_token=given.refresh, expires_in=given.expires_in)
