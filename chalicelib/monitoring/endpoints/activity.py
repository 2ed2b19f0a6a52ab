"""Who is on the system, and what they do."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN, EVERYONE, MANAGER
from chalicelib.kit.sheet import Sheet
from chalicelib.monitoring.errors import AlertNotPending, OwnSession, SessionNotFound, WatchedUserNotFound
from chalicelib.monitoring.models.activity import (
    CurrentAnswer,
    CurrentQuery,
    HistoryAnswer,
    HistoryQuery,
    SummaryAnswer,
    SummaryQuery,
    Track,
    Tracked,
)
from chalicelib.monitoring.models.security import AlertsAnswer, AlertsQuery
from chalicelib.monitoring.models.trends import Said
from chalicelib.monitoring.service import activity, alerts

blueprint = Blueprint(__name__)


@endpoint(
    blueprint,
    "GET",
    "/api/admin/activity/current",
    roles=[ADMIN],
    own_transactions=True,
    observed=False,
    sheet=Sheet("data.sessions"),
)
def current_activity(call: Call, query: CurrentQuery) -> CurrentAnswer:
    """List the open sessions. `session_id` is a handle for ending a session; it opens nothing.

    The look is recorded in the audit trail, once in a quarter of an hour.
    """
    return activity.current(call, query)


@endpoint(blueprint, "POST", "/api/activity/track", roles=EVERYONE, status=201, observed=False)
def track_activity(call: Call, body: Track) -> Tracked:
    """Tell that a page was used. The page's own time counts where it is within five minutes of ours."""
    return activity.track(call, body)


@endpoint(
    blueprint,
    "GET",
    "/api/admin/activity/history/{user_id}",
    roles=[ADMIN],
    refusals=[WatchedUserNotFound],
    own_transactions=True,
    sheet=Sheet("data.activities"),
)
def activity_history(call: Call, user_id: int, query: HistoryQuery) -> HistoryAnswer:
    """List what a user did in the last days, newest first, with the figures of it. The look is recorded."""
    return activity.history(call, user_id, query)


@endpoint(blueprint, "GET", "/api/admin/activity/summary", roles=[ADMIN, MANAGER], sheet=Sheet("data"))
def activity_summary(call: Call, query: SummaryQuery) -> SummaryAnswer:
    """Tell how much the system is used on a day, or in the week or month that holds it."""
    return activity.summary(call, query)


@endpoint(blueprint, "GET", "/api/admin/activity/alerts", roles=[ADMIN], sheet=Sheet("data.alerts"))
def activity_alerts(call: Call, query: AlertsQuery) -> AlertsAnswer:
    """List the newest 100 security alerts."""
    return alerts.alerts(call, query)


@endpoint(
    blueprint,
    "POST",
    "/api/admin/activity/alerts/{alert_id}/acknowledge",
    roles=[ADMIN],
    refusals=[AlertNotPending],
)
def acknowledge_activity_alert(call: Call, alert_id: int) -> Said:
    """Say that a pending alert has been seen."""
    return alerts.acknowledge_pending(call, alert_id)


@endpoint(
    blueprint,
    "POST",
    "/api/admin/sessions/{session_id}/terminate",
    roles=[ADMIN],
    refusals=[SessionNotFound, OwnSession],
)
def terminate_session(call: Call, session_id: str) -> Said:
    """End somebody's session: its next request is refused. One's own ends by signing out."""
    return activity.terminate(call, session_id)
