"""The audit trail."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN
from chalicelib.kit.sheet import Sheet
from chalicelib.monitoring.models.audit import AuditPage, AuditQuery
from chalicelib.monitoring.service import audit

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/api/audit-log", roles=[ADMIN], own_transactions=True, sheet=Sheet("events"))
def read_audit_log(call: Call, query: AuditQuery) -> AuditPage:
    """Read the audit trail, newest first. `action` is a whole action or its first part; reading is itself recorded."""
    return audit.page(call, query)
