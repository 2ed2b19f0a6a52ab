"""Security alerts and blocked addresses."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.paging import Paged
from chalicelib.kit.roles import ADMIN
from chalicelib.kit.sheet import Sheet
from chalicelib.monitoring.errors import AlertMoved, AlertNotFound, BlockNotFound
from chalicelib.monitoring.models.security import Dashboard, Done, IpBlock
from chalicelib.monitoring.service import alerts

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/security/dashboard", roles=[ADMIN], own_transactions=True)
def security_dashboard(call: Call) -> Dashboard:
    """Show pending alerts, users at risk, blocked addresses and what was refused. The look is recorded."""
    return alerts.dashboard(call)


@endpoint(
    blueprint,
    "POST",
    "/api/security/alerts/{alert_id}/acknowledge",
    roles=[ADMIN],
    refusals=[AlertNotFound, AlertMoved],
)
def acknowledge_alert(call: Call, alert_id: int) -> Done:
    """Say that a pending alert has been seen."""
    return alerts.acknowledge(call, alert_id)


@endpoint(
    blueprint, "POST", "/api/security/alerts/{alert_id}/resolve", roles=[ADMIN], refusals=[AlertNotFound, AlertMoved]
)
def resolve_alert(call: Call, alert_id: int) -> Done:
    """Say that what an acknowledged alert was about is settled."""
    return alerts.resolve(call, alert_id)


@endpoint(
    blueprint, "POST", "/api/security/alerts/{alert_id}/dismiss", roles=[ADMIN], refusals=[AlertNotFound, AlertMoved]
)
def dismiss_alert(call: Call, alert_id: int) -> Done:
    """Say that a pending or acknowledged alert was about nothing."""
    return alerts.dismiss(call, alert_id)


@endpoint(blueprint, "GET", "/api/security/ip-blocks", roles=[ADMIN], sheet=Sheet())
def list_ip_blocks(call: Call, query: Paged) -> list[IpBlock]:
    """List the addresses that cannot sign in for now, newest first."""
    return alerts.ip_blocks(call, query)


@endpoint(blueprint, "POST", "/api/security/ip-blocks/{ip_address}/unblock", roles=[ADMIN], refusals=[BlockNotFound])
def unblock_address(call: Call, ip_address: str) -> Done:
    """Let an address sign in again; its failures are counted from zero."""
    return alerts.unblock(call, ip_address)
