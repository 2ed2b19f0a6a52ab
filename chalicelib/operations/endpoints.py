"""Health of the system."""

from chalice.app import Blueprint

from chalicelib.kit.answer import Answer
from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import PUBLIC
from chalicelib.operations import service
from chalicelib.operations.models import Health, Readiness

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/health", roles=PUBLIC, own_transactions=True)
def health(_call: Call) -> Health:
    """Tell that the service answers. It asks nothing of the database, so that it tells of this process alone."""
    return Health(status="healthy")


@endpoint(blueprint, "GET", "/api/health/ready", roles=PUBLIC, own_transactions=True)
def ready(call: Call) -> Answer[Readiness]:
    """Tell whether requests can be served: the database answers and its schema is the one that this code needs."""
    return service.readiness(call)
