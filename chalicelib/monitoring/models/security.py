"""What the security monitor shows."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from chalicelib.kit.models import Instant, Model
from chalicelib.kit.paging import Paged
from chalicelib.kit.roles import Role

AlertStatus = Literal["pending", "acknowledged", "resolved", "dismissed"]
Severity = Literal["info", "warning", "critical"]
Shown = Literal["high", "medium", "low"]


class AlertsQuery(Paged):
    """Which alerts."""

    status: AlertStatus | Literal["all"] = "pending"
    severity: Severity | None = None
    days: Annotated[int, Field(ge=1, le=365)] = 7


class Alert(Model):
    """An alert in the words of the page: `severity` is high for critical and warning, `message` the description."""

    id: int
    alert_type: str
    severity: Shown
    stored_severity: Severity
    user_id: int | None
    username: str | None
    session_id: str | None
    description: str
    message: str
    metadata: str | None
    details: Mapping[str, Any]  # Any: facts by kind of alert
    status: AlertStatus
    acknowledged: bool
    created_at: Instant
    acknowledged_at: Instant | None
    acknowledged_by: int | None
    resolved_at: Instant | None
    resolved_by: int | None
    ip_address: str | None
    endpoint: str | None
    method: None = None
    data_rows: int | None


class Alerts(Model):
    """Alerts, newest first, at most 100."""

    alerts: list[Alert]


class AlertsAnswer(Model):
    """In the envelope that the page reads."""

    success: bool = True
    data: Alerts


class Done(Model):
    """It is done."""

    success: bool = True


class Overview(Model):
    """The state of things in figures; an open incident is a critical alert that is not settled."""

    active_ip_blocks: int
    pending_alerts: int
    open_incidents: int
    hourly_activity: int
    active_users: int
    daily_failed_actions: int


class RecentAlert(Model):
    """A pending alert."""

    alert_type: str
    severity: Severity
    description: str
    created_at: Instant
    username: str | None


class RiskyUser(Model):
    """A user with failed sign-ins, alerts or looks at sensitive figures in the last week."""

    id: int
    username: str
    role: Role
    failed_login_attempts: int
    recent_alerts: int
    sensitive_accesses: int
    last_alert: Instant | None


class BlockedAddress(Model):
    """An address that cannot sign in for now."""

    ip_address: str
    reason: str
    blocked_at: Instant
    expires_at: Instant


class SuspiciousAct(Model):
    """Something that was denied or failed."""

    action: str
    ip_address: str | None
    created_at: Instant
    username: str


class Dashboard(Model):
    """What an admin looks at first."""

    overview: Overview
    recent_alerts: list[RecentAlert]
    high_risk_users: list[RiskyUser]
    blocked_ips: list[BlockedAddress]
    suspicious_activities: list[SuspiciousAct]


class IpBlock(Model):
    """A block with its row's own facts; only the system blocks."""

    id: int
    ip_address: str
    blocked_at: Instant
    expires_at: Instant
    reason: str
    blocked_by: str
    created_at: Instant
