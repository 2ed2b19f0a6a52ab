"""Four ways in which moto's Cognito is brought nearer to the real one; applied before the local cloud starts.

Each is a thing that the real service does, that the application relies on, and that moto 5.2 leaves out:
the client's access-token lifetime (moto: always an hour), passwords of up to 256 characters (moto: 98), the
pool's password history (moto: none), and the refusal of a refresh token that nobody was given (moto: a crash). The
time-based second factor is switched on as well (moto: any code passes).
"""

import os
from typing import Any

from moto.cognitoidp.exceptions import InvalidPasswordException, NotAuthorizedError
from moto.cognitoidp.models import CognitoIdpUser, CognitoIdpUserPool, cognitoidp_backends
from moto.core.exceptions import JsonRESTError

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
_LONGEST_PASSWORD = 256


def bring_nearer_to_the_real_one() -> None:
    """Apply all of it; a second call changes nothing more."""
    os.environ["MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP"] = "true"
    if isinstance(vars(CognitoIdpUser).get("password"), property):
        return
    _honour_the_token_lifetime()
    _remember_passwords()
    _take_long_passwords()
    _refuse_unknown_refresh_tokens()


def _honour_the_token_lifetime() -> None:
    pool_class: Any = CognitoIdpUserPool  # Any: a method is replaced, which mypy rightly dislikes.
    create_jwt = pool_class.create_jwt

    def with_lifetime(pool: CognitoIdpUserPool, client_id: str, username: str, token_use: str, **rest: Any) -> Any:
        client = pool.clients[client_id].extended_config
        validity = client.get(f"{token_use.capitalize()}TokenValidity", 1)
        unit = client.get("TokenValidityUnits", {}).get(f"{token_use.capitalize()}Token", "hours")
        rest["expires_in"] = validity * _SECONDS[unit]
        return create_jwt(pool, client_id, username, token_use, **rest)

    pool_class.create_jwt = with_lifetime


def _take_long_passwords() -> None:
    pool_class: Any = CognitoIdpUserPool  # Any: as above.
    update = pool_class.update_extended_config

    def with_length(pool: CognitoIdpUserPool, extended_config: dict[str, Any]) -> None:
        update(pool, extended_config)
        policy = pool.extended_config.setdefault("Policies", {}).setdefault("PasswordPolicy", {})
        policy["MaximumLength"] = _LONGEST_PASSWORD + 1  # moto's bound is exclusive.

    pool_class.update_extended_config = with_length


def _refuse_unknown_refresh_tokens() -> None:
    pool_class: Any = CognitoIdpUserPool  # Any: as above.
    create_tokens = pool_class.create_tokens_from_refresh_token

    def with_refusal(pool: CognitoIdpUserPool, refresh_token: str) -> Any:
        if refresh_token not in pool.refresh_tokens:
            raise NotAuthorizedError("Invalid Refresh Token")
        return create_tokens(pool, refresh_token)

    pool_class.create_tokens_from_refresh_token = with_refusal


def _remember_passwords() -> None:
    def read(user: Any) -> str | None:
        password: str | None = user.__dict__.get("current_password")
        return password

    def write(user: Any, password: str | None) -> None:
        known = user.__dict__.setdefault("known_passwords", [])
        size = _history_size(user.user_pool_id)
        if size and password in known[-size:]:
            raise JsonRESTError("PasswordHistoryPolicyViolationException", "Password has previously been used.")
        known.append(password)
        user.__dict__["current_password"] = password

    user_class: Any = CognitoIdpUser  # Any: as above.
    user_class.password = property(read, write)


def _history_size(user_pool_id: str) -> int:
    for regions in cognitoidp_backends.values():
        for backend in regions.values():
            if pool := backend.user_pools.get(user_pool_id):
                policy = pool.extended_config.get("Policies", {}).get("PasswordPolicy", {})
                return int(policy.get("PasswordHistorySize", 0))
    raise InvalidPasswordException
