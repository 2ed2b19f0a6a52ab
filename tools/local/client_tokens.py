"""The token endpoint of the user pool's domain, which moto lacks: POST /oauth2/token by client credentials (RFC 6749).

A stand-in that holds to what Cognito does: the credential in the Authorization header or in the form, only clients that
allow the flow, only scopes that the client is allowed, all of them where none is asked for. It signs with the same key
as moto's other tokens, so that the application verifies both by the same code.
"""

import base64
import binascii
import hmac
import json
import time
import uuid
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import parse_qs, unquote

from joserfc import jwt
from moto.cognitoidp.models import CognitoIdpUserPool, CognitoIdpUserPoolClient, cognitoidp_backends

PATH = "/oauth2/token"
SECONDS = 3600
_LARGEST_FORM = 8192

# Any: the environment and the callables of a WSGI application, which no type of the standard library describes.
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Refused(Exception):
    """The request is turned down, with the word of RFC 6749 for why."""


class TokenEndpoint:
    """Answers the one path, and hands everything else on."""

    def __init__(self, inner: Wsgi) -> None:
        self._inner = inner

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:  # Any: as above.
        if environ.get("PATH_INFO") != PATH or environ.get("REQUEST_METHOD") != "POST":
            return self._inner(environ, start)
        try:
            status, answer = "200 OK", granted(environ.get("HTTP_AUTHORIZATION", ""), _form(environ))
        except Refused as refused:
            status, answer = "400 Bad Request", {"error": str(refused)}
        body = json.dumps(answer).encode()
        start(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]


def _form(environ: Mapping[str, Any]) -> dict[str, str]:  # Any: as above.
    size = min(int(environ.get("CONTENT_LENGTH") or 0), _LARGEST_FORM)
    return {name: values[-1] for name, values in parse_qs(environ["wsgi.input"].read(size).decode()).items()}


def granted(authorization: str, form: Mapping[str, str]) -> dict[str, str | int]:
    """The token response for one request. Raises `Refused`."""
    if form.get("grant_type") != "client_credentials":
        raise Refused("unsupported_grant_type")
    client_id, secret = _credential(authorization, form)
    pool, client = _found(client_id)
    if client.secret is None or not hmac.compare_digest(client.secret, secret):
        raise Refused("invalid_client")
    config: dict[str, Any] = client.extended_config
    if "client_credentials" not in config.get("AllowedOAuthFlows", []):
        raise Refused("unauthorized_client")
    allowed = config.get("AllowedOAuthScopes", [])
    asked = form.get("scope", "").split() or allowed
    if not set(asked) <= set(allowed):
        raise Refused("invalid_scope")
    return {"access_token": _signed(pool, client_id, asked), "expires_in": SECONDS, "token_type": "Bearer"}


def _credential(authorization: str, form: Mapping[str, str]) -> tuple[str, str]:
    kind, _, packed = authorization.partition(" ")
    if kind.lower() != "basic":
        return form.get("client_id", ""), form.get("client_secret", "")
    try:
        name, _, secret = base64.b64decode(packed, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Refused("invalid_client") from error
    return unquote(name), unquote(secret)


def _found(client_id: str) -> tuple[CognitoIdpUserPool, CognitoIdpUserPoolClient]:
    for regions in cognitoidp_backends.values():
        for backend in regions.values():
            for pool in backend.user_pools.values():
                if client_id in pool.clients:
                    return pool, pool.clients[client_id]
    raise Refused("invalid_client")


def _signed(pool: CognitoIdpUserPool, client_id: str, scopes: Iterable[str]) -> str:
    """An access token with the claims that Cognito writes for client credentials: no user, no family."""
    now = int(time.time())
    claims = {
        "sub": client_id,
        "token_use": "access",
        "scope": " ".join(scopes),
        "auth_time": now,
        "iss": f"https://cognito-idp.{pool.region}.amazonaws.com/{pool.id}",
        "exp": now + SECONDS,
        "iat": now,
        "version": 2,
        "jti": str(uuid.uuid4()),
        "client_id": client_id,
    }
    return str(jwt.encode({"kid": "dummy", "alg": "RS256"}, claims, pool.json_web_key))
