"""API clients, for admins."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import VersionConflict
from chalicelib.kit.roles import ADMIN
from chalicelib.partners.errors import ClientNameTaken, ClientNotFound, ClientRevoked, ExpiryInThePast, UnknownRows
from chalicelib.partners.models.clients import (
    Client,
    ClientChange,
    ClientDeleted,
    ClientMade,
    ClientsQuery,
    NewClient,
    Rotation,
    ScopeShown,
)
from chalicelib.partners.service import clients

blueprint = Blueprint(__name__)

CREATES = ("cognito-idp:CreateUserPoolClient", "cognito-idp:DeleteUserPoolClient")


@endpoint(blueprint, "GET", "/api/partners/scopes", roles=[ADMIN])
def list_scopes(_call: Call) -> list[ScopeShown]:
    """List the scopes that API clients can be given; the description of each operation names the one that opens it."""
    return clients.vocabulary()


@endpoint(blueprint, "GET", "/api/partners/clients", roles=[ADMIN])
def list_clients(call: Call, query: ClientsQuery) -> list[Client]:
    """List the API clients by name, with their last use; revoked and expired ones too."""
    return clients.listed(call, query)


@endpoint(
    blueprint,
    "POST",
    "/api/partners/clients",
    roles=[ADMIN],
    refusals=[ClientNameTaken, UnknownRows, ExpiryInThePast],
    status=201,
    grants=CREATES,
    own_transactions=True,
    keeps_answer=False,
)
def create_client(call: Call, body: NewClient) -> ClientMade:
    """Make an API client.

    The secret is answered this once. With `rows` the client reaches only those devices, and what belongs to them.
    """
    return clients.create(call, body)


@endpoint(blueprint, "GET", "/api/partners/clients/{client_id}", roles=[ADMIN], refusals=[ClientNotFound])
def get_client(call: Call, client_id: int) -> Client:
    """Show one API client."""
    return clients.one(call, client_id)


@endpoint(
    blueprint,
    "PUT",
    "/api/partners/clients/{client_id}",
    roles=[ADMIN],
    refusals=[ClientNotFound, ClientRevoked, ClientNameTaken, UnknownRows, ExpiryInThePast, VersionConflict],
    grants=["cognito-idp:UpdateUserPoolClient"],
    own_transactions=True,
)
def change_client(call: Call, client_id: int, body: ClientChange) -> Client:
    """Change an API client; what is not sent stays. It holds from the client's next request on."""
    return clients.change(call, client_id, body)


@endpoint(
    blueprint,
    "POST",
    "/api/partners/clients/{client_id}/rotate",
    roles=[ADMIN],
    refusals=[ClientNotFound, ClientRevoked],
    grants=CREATES,
    own_transactions=True,
    keeps_answer=False,
)
def rotate_client(call: Call, client_id: int, body: Rotation) -> ClientMade:
    """Make a new secret; the one before stays good for the overlap.

    A credential is an id with its secret, so that the client changes both. Any credential older than these two ends at
    once.
    """
    return clients.rotate(call, client_id, body)


@endpoint(
    blueprint,
    "POST",
    "/api/partners/clients/{client_id}/revoke",
    roles=[ADMIN],
    refusals=[ClientNotFound],
    own_transactions=True,
)
def revoke_client(call: Call, client_id: int) -> Client:
    """Revoke an API client for good: tokens that are out open nothing from this moment on."""
    return clients.revoke(call, client_id)


@endpoint(
    blueprint,
    "DELETE",
    "/api/partners/clients/{client_id}",
    roles=[ADMIN],
    refusals=[ClientNotFound],
    own_transactions=True,
)
def delete_client(call: Call, client_id: int) -> ClientDeleted:
    """Revoke an API client and take it out of the lists; what it did stays in the audit trail."""
    return clients.delete(call, client_id)
