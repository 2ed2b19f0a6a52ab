"""What monitoring refuses."""

from typing import ClassVar

from chalicelib.kit.errors import BadRequest, Conflict, InvalidTransition, NotFound


class AlertNotFound(NotFound):
    """404: there is no such alert."""

    message = "Alert not found"


class AlertNotPending(NotFound):
    """404: the alert is unknown or is pending no more; in the words that the page shows."""

    message = "Alert not found or already acknowledged"


class AlertMoved(InvalidTransition):
    """409: the alert's state does not allow the step (domain.md 4.6)."""

    message = "The alert is not in a state that allows this."


class SessionNotFound(NotFound):
    """404: the session was never there, or is over."""

    message = "Session not found"


class OwnSession(BadRequest):
    """400: an admin ends other sessions than the one in use (BR-166)."""

    message = "This is your own current session: sign out instead."


class BlockNotFound(NotFound):
    """404: the address is not blocked."""

    message = "This address is not blocked."


class WatchedUserNotFound(NotFound):
    """404: there is no such user."""

    message = "User not found"


class BadRange(BadRequest):
    """400: the days asked for make no range that can be told about."""

    message = "Invalid date range"
    beside: ClassVar = {"success": False}


class NothingToChange(BadRequest):
    """400: a change of settings names none that there is."""

    message = "Name at least one setting to change."


class ZoneIsUsed(Conflict):
    """409: days of booked sales are days of the company's zone."""

    message = "There are too many sales to count them by the days of another time zone while somebody waits."


class SalesAreArchived(Conflict):
    """409: archived sales cannot be counted by other days."""

    code = "SALES_ARCHIVED"
    message = "Archived sales are counted by the days of this time zone. Have their months restored first."


class UnknownZone(BadRequest):
    """400: the time zone is none of the region names."""

    message = "There is no such time zone; name one as America/Detroit."
    constraints = ("company_settings_time_zone_valid",)
