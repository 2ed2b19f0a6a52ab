"""The one-off function that makes the first admin after the first deploy."""

from typing import Any

from chalice.app import Blueprint

from chalicelib.identity.service import bootstrap
from chalicelib.kit.worker import worker

blueprint = Blueprint(__name__)

JOBS = ()
"""Nothing of it is a job: it is run once, and leaves a user instead of a row."""


@worker(
    blueprint,
    "bootstrap",
    grants=[
        "secretsmanager:GetSecretValue@bootstrap-admin",
        "cognito-idp:AdminCreateUser",
        "cognito-idp:AdminGetUser",
        "cognito-idp:AdminInitiateAuth",
        "cognito-idp:AdminSetUserPassword",
    ],
    concurrency=1,
)
def bootstrap_admin(_event: dict[str, Any], _context: object) -> dict[str, str]:  # Any: the JSON that Lambda hands over
    """Make the protected first admin from the secret of this stage; may be repeated."""
    first = bootstrap.first_admin()
    return {"username": first.username, "outcome": bootstrap.bootstrap_admin(first)}
