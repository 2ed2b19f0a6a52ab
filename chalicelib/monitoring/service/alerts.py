"""Security alerts and blocked addresses, as an admin sees and settles them."""

from datetime import timedelta
from ipaddress import ip_address

from chalicelib.kit.call import Call
from chalicelib.kit.paging import Paged
from chalicelib.monitoring.errors import AlertMoved, AlertNotFound, AlertNotPending, BlockNotFound
from chalicelib.monitoring.events import AlertAcknowledged, AlertDismissed, AlertResolved, BlockLifted
from chalicelib.monitoring.models.security import Alerts, AlertsAnswer, AlertsQuery, Dashboard, Done, IpBlock
from chalicelib.monitoring.models.trends import Said
from chalicelib.monitoring.queries import security as queries
from chalicelib.monitoring.queries.security import AlertState
from chalicelib.monitoring.rules import SENSITIVE_PATHS, may_follow
from chalicelib.monitoring.service import looking, settings


def alerts(call: Call, query: AlertsQuery) -> AlertsAnswer:
    """The newest alerts."""
    found = queries.alerts(call.db, query, since=call.now - timedelta(days=query.days))
    return AlertsAnswer(data=Alerts(alerts=found))


def acknowledge_pending(call: Call, alert_id: int) -> Said:
    """Say that an alert has been seen, in the words of the monitor's page."""
    alert = queries.lock(call.db, alert_id)
    if alert is None or alert.status != "pending":
        raise AlertNotPending
    _acknowledge(call, alert)
    return Said(message="Alert acknowledged")


def acknowledge(call: Call, alert_id: int) -> Done:
    """Say that an alert has been seen."""
    _acknowledge(call, _held(call, alert_id, "acknowledged"))
    return Done()


def _acknowledge(call: Call, alert: AlertState) -> None:
    queries.move(call.db, alert.id, "acknowledged", by=call.principal.user_id, now=call.now)
    call.record(AlertAcknowledged(resource_id=alert.id, alert_type=alert.alert_type))


def resolve(call: Call, alert_id: int) -> Done:
    """Say that what an acknowledged alert was about is settled."""
    alert = _held(call, alert_id, "resolved")
    queries.move(call.db, alert.id, "resolved", by=call.principal.user_id, now=call.now)
    call.record(AlertResolved(resource_id=alert.id, alert_type=alert.alert_type))
    return Done()


def dismiss(call: Call, alert_id: int) -> Done:
    """Say that an alert was about nothing."""
    alert = _held(call, alert_id, "dismissed")
    queries.move(call.db, alert.id, "dismissed", by=call.principal.user_id, now=call.now)
    call.record(AlertDismissed(resource_id=alert.id, alert_type=alert.alert_type))
    return Done()


def _held(call: Call, alert_id: int, wanted: str) -> AlertState:
    alert = queries.lock(call.db, alert_id)
    if alert is None:
        raise AlertNotFound
    if not may_follow(alert.status, wanted):
        raise AlertMoved(status=alert.status, wanted=wanted)
    return alert


def dashboard(call: Call) -> Dashboard:
    """What an admin looks at first."""
    with call.transaction() as db:
        looking.note(call, "security dashboard")
        chosen = settings.current(db)
        return Dashboard(
            overview=queries.overview(db, call.now, counts_incidents=chosen.incident_auto_create),
            recent_alerts=queries.recent_alerts(db),
            high_risk_users=queries.risky_users(db, call.now, SENSITIVE_PATHS),
            blocked_ips=queries.blocked_addresses(db, call.now),
            suspicious_activities=queries.suspicious_acts(db, call.now),
        )


def ip_blocks(call: Call, page: Paged) -> list[IpBlock]:
    """The addresses that cannot sign in for now."""
    return queries.ip_blocks(call.db, page, call.now)


def unblock(call: Call, address: str) -> Done:
    """Let an address sign in again; its failures are counted from zero."""
    try:
        wanted = str(ip_address(address))
    except ValueError as error:
        raise BlockNotFound from error
    if not queries.lift(call.db, wanted, by=call.principal.user_id, now=call.now):
        raise BlockNotFound
    call.record(BlockLifted(resource_id=wanted))
    return Done()
