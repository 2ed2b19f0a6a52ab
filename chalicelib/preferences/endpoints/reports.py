"""What browsers report about themselves. Public, because a 401 would send a driver to the login page."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.errors import RateLimited
from chalicelib.kit.roles import PUBLIC
from chalicelib.preferences.models.kept import Done
from chalicelib.preferences.models.reports import ErrorReport, EventReport
from chalicelib.preferences.service import reporting

blueprint = Blueprint(__name__)

LARGEST = 16 * 1024


@endpoint(blueprint, "POST", "/api/analytics/event", roles=PUBLIC, refusals=[RateLimited], largest_body=LARGEST)
def report_event(call: Call, body: EventReport) -> Done:
    """Report what happened in the driver app. So many a minute from one address, 16 KiB each, kept for 30 days."""
    return reporting.event(call, body)


@endpoint(blueprint, "POST", "/api/errors/track", roles=PUBLIC, refusals=[RateLimited], largest_body=LARGEST)
def report_error(call: Call, body: ErrorReport) -> Done:
    """Report what went wrong in a page. So many a minute from one address, 16 KiB each, kept for 30 days."""
    return reporting.error(call, body)
