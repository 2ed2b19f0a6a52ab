"""The credentials of API clients in the user pool: app clients that may do nothing but ask for tokens of their scopes.

The pool alone knows their secrets; ours is the list of which credential is whose. Never called in a transaction.
"""

from collections.abc import Iterable
from typing import Any

from chalicelib.kit import aws, scopes
from chalicelib.kit.errors import Unavailable
from chalicelib.kit.settings import settings
from chalicelib.kit.values import value

TOKEN_MINUTES = 60
GONE = "ResourceNotFoundException"


@value
class Made:
    """A credential as it was made; the secret is told this once."""

    pool_client_id: str
    secret: str


def _ask(operation: str, **given: Any) -> dict[str, Any]:  # Any: boto3 takes and gives JSON of any shape
    from botocore.exceptions import BotoCoreError, ClientError  # Dear to import; only admins' writes need it.

    try:
        return dict(getattr(aws.client("cognito-idp"), operation)(UserPoolId=settings().user_pool_id, **given) or {})
    except ClientError as error:
        if aws.error_code(error) == GONE:
            return {}
        raise Unavailable from error
    except BotoCoreError as error:
        raise aws.unreachable(error) from error


def _flow(allowed: Iterable[str]) -> dict[str, Any]:  # Any: as above
    return {
        "AllowedOAuthFlows": ["client_credentials"],
        "AllowedOAuthFlowsUserPoolClient": True,
        "AllowedOAuthScopes": [scopes.PREFIX + scope for scope in sorted(allowed)],
        "AccessTokenValidity": TOKEN_MINUTES,
        "TokenValidityUnits": {"AccessToken": "minutes"},
    }


def create(name: str, allowed: Iterable[str]) -> Made:
    """Make a credential with these scopes. Raises `Unavailable`."""
    made = _ask("create_user_pool_client", ClientName=name, GenerateSecret=True, **_flow(allowed))["UserPoolClient"]
    return Made(made["ClientId"], made["ClientSecret"])


def allow(pool_client_id: str, name: str, allowed: Iterable[str]) -> None:
    """Let a credential ask for these scopes from now on; one that is gone stays gone. Raises `Unavailable`."""
    _ask("update_user_pool_client", ClientId=pool_client_id, ClientName=name, **_flow(allowed))


def delete(pool_client_id: str) -> None:
    """Delete a credential; again changes nothing. Raises `Unavailable`."""
    _ask("delete_user_pool_client", ClientId=pool_client_id)
