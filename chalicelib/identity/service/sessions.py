"""Sessions after the sign-in: kept up by a refresh, ended by a sign-out or by an admin."""

from uuid import UUID

from chalicelib.identity import cognito
from chalicelib.identity.events import SessionTerminated, SignedOut
from chalicelib.identity.models import Message, Refresh, Refreshed
from chalicelib.identity.queries import sessions as queries
from chalicelib.identity.queries.sessions import Session
from chalicelib.identity.service.sign_in import session_cookie, tokens_of
from chalicelib.kit import principal, rate_limit, tokens
from chalicelib.kit.answer import Answer
from chalicelib.kit.audit import Actor
from chalicelib.kit.call import Call
from chalicelib.kit.errors import SessionOver

REFRESHES_PER_MINUTE = 60


def sign_out(call: Call) -> Answer[Message]:
    """End the session of the token that came along; the same answer when there is none (BR-017)."""
    token = _token(call)
    if token is not None:
        with call.transaction() as db:
            ended = queries.end_family(db, token.family, "logout", call.now)
            if ended is not None:
                owner = Actor(
                    ended.user_id, ended.username, ended.role, call.ip, call.user_agent or None, call.request_id
                )
                call.record(SignedOut(resource_id=ended.user_id, session=ended.id), actor=owner)
    return Answer(Message(message="Logged out successfully"), cookies=[session_cookie("", 0)])


def _token(call: Call) -> tokens.AccessToken | None:
    presented = principal.credential(call.headers)
    if presented is None:
        return None
    try:
        return tokens.verify(presented.token)
    except SessionOver:
        return None  # What is over already needs no ending.


def refresh(call: Call, given: Refresh) -> Refreshed:
    """New tokens of the same session, as long as that lives."""
    with call.transaction() as db:
        rate_limit.spend(db, "refresh", call.ip, REFRESHES_PER_MINUTE, 60, call.now)
    renewed = cognito.refresh(given.refresh_token)
    if renewed is None:
        raise SessionOver
    token = tokens.verify(renewed.access)
    with call.transaction() as db:
        if not queries.keep_alive(db, token.family, token.subject, call.now):
            raise SessionOver
    return Refreshed(tokens=tokens_of(renewed))


def terminate(call: Call, session_id: UUID) -> Session | None:
    """End somebody's session as an admin; None when it was over or never there. For the activity monitor (BR-166)."""
    ended = queries.end_one(call.db, session_id, "admin", by=call.principal.user_id, now=call.now)
    if ended is not None:
        call.record(SessionTerminated(resource_id=ended.id, user_id=ended.user_id, username=ended.username))
    return ended
