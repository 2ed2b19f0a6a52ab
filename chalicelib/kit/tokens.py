"""Cognito access tokens: verified here, with the pool's published keys, on every request."""

import json
import time
import urllib.request
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from chalicelib.kit import scopes, signed
from chalicelib.kit.errors import SessionOver, Unavailable
from chalicelib.kit.settings import settings
from chalicelib.kit.values import value

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

KEY_REFRESH_SECONDS = 60.0
"""An unknown key id makes us ask the pool again, but not more often than this: anybody can invent key ids."""


@value
class AccessToken:
    """What a verified token says: who, and which family of tokens (one sign-in and its refreshes) it is of."""

    subject: str
    username: str
    family: str


@value
class ClientToken:
    """What a verified token of an API client says: which of its credentials, and the scopes that it asked for."""

    credential: str
    scopes: frozenset[str]


class _Keys:
    def __init__(self) -> None:
        self.by_id: dict[str, RSAPublicKey] = {}
        self.url = ""
        self.asked_at = float("-inf")

    def get(self, key_id: str) -> "RSAPublicKey | None":
        url = settings().token_keys_url
        stale = time.monotonic() - self.asked_at > KEY_REFRESH_SECONDS
        if url != self.url or (key_id not in self.by_id and stale):
            self.by_id = _published_keys(url)
            self.url, self.asked_at = url, time.monotonic()
        return self.by_id.get(key_id)


_keys = _Keys()


def _published_keys(url: str) -> dict[str, "RSAPublicKey"]:
    if not url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise ValueError("The token keys must come over https.")
    try:
        with urllib.request.urlopen(url, timeout=3) as answer:  # noqa: S310 - the scheme is checked above
            published = json.load(answer)
    except OSError as error:
        raise Unavailable from error
    return signed.keys(published["keys"])


def published_key_ids() -> list[str]:
    """The ids of the keys that the pool publishes now; for readiness. Raises `Unavailable`."""
    return list(_published_keys(settings().token_keys_url))


def verify(token: str) -> AccessToken:
    """The verified content of a user's access token.

    Raises `SessionOver` for anything that is not a live access token of our pool and client: expired, of another
    pool or client, of another kind, unsigned, or signed with another key or method.
    """
    return _access_token(_claims(token))


def verify_any(token: str) -> AccessToken | ClientToken:
    """The verified content of an access token, a user's or an API client's. Raises `SessionOver` as `verify` does."""
    claims = _claims(token)
    return _client_token(claims) if claims["sub"] == claims.get("client_id") else _access_token(claims)


def _claims(token: str) -> Mapping[str, Any]:  # Any: JSON
    try:
        key = _keys.get(signed.key_id(token))
        if key is None:
            raise SessionOver
        claims = signed.claims(token, key)
    except signed.NotSigned as error:
        raise SessionOver from error
    if claims.get("iss") != settings().token_issuer or claims.get("token_use") != "access":
        raise SessionOver
    if not isinstance(claims.get("sub"), str) or not _is_of_now(claims):
        raise SessionOver
    return claims


def _is_of_now(claims: Mapping[str, Any]) -> bool:  # Any: JSON
    """Whether a token has been issued and is not over, by this machine's own clock, not the one that tests move."""
    issued, over, now = claims.get("iat"), claims.get("exp"), time.time()
    return isinstance(issued, int) and isinstance(over, int) and issued <= now < over


def _access_token(claims: Mapping[str, Any]) -> AccessToken:
    family = claims.get("origin_jti")
    ours = claims.get("client_id") == settings().user_pool_client_id
    if not ours or not isinstance(family, str):
        raise SessionOver
    return AccessToken(subject=claims["sub"], username=str(claims.get("username", "")), family=family)


def _client_token(claims: Mapping[str, Any]) -> ClientToken:
    """A token by client credentials: nobody signed in, so it names no user and is of no family."""
    if "username" in claims or "origin_jti" in claims or not isinstance(claims.get("scope"), str):
        raise SessionOver
    asked = (scope.removeprefix(scopes.PREFIX) for scope in claims["scope"].split() if scope.startswith(scopes.PREFIX))
    return ClientToken(credential=claims["sub"], scopes=frozenset(asked))
