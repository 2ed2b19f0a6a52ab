"""Health of the system, and the description of its API."""

from chalice.app import Blueprint

from chalicelib.kit.answer import Answer, Raw
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import PUBLIC
from chalicelib.operations import service, viewer
from chalicelib.operations.models import Health, Readiness
from chalicelib.operations.viewer import AssetNotFound

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/health", roles=PUBLIC, own_transactions=True)
def health(_call: Call) -> Health:
    """Tell that the service answers. It asks nothing of the database, so that it tells of this process alone."""
    return Health(status="healthy")


@endpoint(blueprint, "GET", "/api/health/ready", roles=PUBLIC, own_transactions=True)
def ready(call: Call) -> Answer[Readiness]:
    """Tell whether requests can be served: the database answers and its schema is the one that this code needs."""
    return service.readiness(call)


@endpoint(blueprint, "GET", "/api/openapi.json", roles=PUBLIC, own_transactions=True, ships=["docs/openapi.json"])
def openapi(_call: Call) -> Raw:
    """Describe every endpoint as OpenAPI 3.1."""
    return service.openapi_document()


@endpoint(blueprint, "GET", "/api/docs", roles=PUBLIC, own_transactions=True, media="text/html")
def docs(_call: Call) -> Answer[Raw]:
    """Show the description as a page."""
    return viewer.page()


@endpoint(
    blueprint,
    "GET",
    "/api/docs/{asset}",
    roles=PUBLIC,
    refusals=[AssetNotFound],
    own_transactions=True,
    layers=["viewer"],
    media="text/javascript",
)
def docs_asset(_call: Call, asset: str) -> Answer[Raw]:
    """Serve a file of the page."""
    return viewer.asset(asset)
