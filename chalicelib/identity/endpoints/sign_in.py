"""Signing in and out."""

from chalicelib.identity.endpoints.blueprint import SMALL_BODY, blueprint
from chalicelib.identity.errors import AccountLocked, AddressBlocked, InvalidCredentials, SecondFactorNeeded
from chalicelib.identity.models import Credentials, Message, Refresh, Refreshed, SecondFactor, SignedInAnswer
from chalicelib.identity.service import sessions, sign_in
from chalicelib.kit.answer import Answer
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import RateLimited, SessionOver
from chalicelib.kit.roles import PUBLIC


@endpoint(
    blueprint,
    "POST",
    "/api/auth/login",
    roles=PUBLIC,
    refusals=[InvalidCredentials, AccountLocked, AddressBlocked, RateLimited, SecondFactorNeeded],
    grants=[
        "cognito-idp:AdminInitiateAuth",
        "cognito-idp:AdminCreateUser",
        "cognito-idp:AdminGetUser",
        "cognito-idp:AdminSetUserPassword",
    ],
    memory=512,
    largest_body=SMALL_BODY,
    own_transactions=True,
    keeps_answer=False,
)
def login(call: Call, body: Credentials) -> Answer[SignedInAnswer]:
    """Sign in by username or e-mail and password.

    Sets the session cookie for browsers and answers the tokens for other clients. Where the user has a second factor,
    the answer is 401 `MFA_REQUIRED`, and `details.session` goes with a code to POST /api/auth/login/mfa.
    """
    return sign_in.sign_in(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/auth/login/mfa",
    roles=PUBLIC,
    refusals=[InvalidCredentials, AccountLocked, AddressBlocked, RateLimited],
    grants=["cognito-idp:AdminRespondToAuthChallenge"],
    largest_body=SMALL_BODY,
    own_transactions=True,
    keeps_answer=False,
)
def login_second_step(call: Call, body: SecondFactor) -> Answer[SignedInAnswer]:
    """Finish a sign-in with the code that the authenticator app shows."""
    return sign_in.finish(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/auth/refresh",
    roles=PUBLIC,
    refusals=[SessionOver, RateLimited],
    grants=["cognito-idp:AdminInitiateAuth"],
    largest_body=SMALL_BODY,
    own_transactions=True,
    keeps_answer=False,
)
def refresh_tokens(call: Call, body: Refresh) -> Refreshed:
    """Get new tokens of the same session, as long as that lives."""
    return sessions.refresh(call, body)


@endpoint(blueprint, "POST", "/api/auth/logout", roles=PUBLIC, own_transactions=True)
def logout(call: Call) -> Answer[Message]:
    """End the session at once; nothing happens when it has ended already."""
    return sessions.sign_out(call)
