"""Taking down what browsers report about themselves, and forgetting it in time.

Anybody may report: a 401 would send a driver from the middle of the work to the login page. So nothing that is
reported is believed, and every address gets only so much room.
"""

from datetime import timedelta
from ipaddress import ip_address

from chalicelib.kit import clock, rate_limit
from chalicelib.kit.call import Call
from chalicelib.kit.db import transaction
from chalicelib.kit.job import Job, Stats
from chalicelib.preferences.models.kept import Done
from chalicelib.preferences.models.reports import ErrorReport, EventReport
from chalicelib.preferences.queries import kept, reports
from chalicelib.preferences.service.keeping import PLACES_KEPT

REPORTS_A_MINUTE = 120
REPORTS_KEPT = timedelta(days=30)
LONGEST_AGENT = 512


def event(call: Call, body: EventReport) -> Done:
    """Take down what happened in the driver app."""
    _spend(call)
    reports.keep(
        call.db,
        kind="event",
        name=body.name,
        content=body.data,
        client_session=body.session,
        page_url=None,
        user_agent=call.user_agent,
        ip=_address(call),
        happened_at=body.timestamp,
    )
    return Done()


def error(call: Call, body: ErrorReport) -> Done:
    """Take down what went wrong in a page."""
    _spend(call)
    reports.keep(
        call.db,
        kind="error",
        name=body.type,
        content=body.data,
        client_session=body.session,
        page_url=body.url,
        user_agent=(body.user_agent or call.user_agent)[:LONGEST_AGENT],
        ip=_address(call),
        happened_at=body.timestamp,
    )
    return Done()


def _spend(call: Call) -> None:
    rate_limit.spend(call.db, "client-report", call.ip, REPORTS_A_MINUTE, 60, call.now)


def _address(call: Call) -> str | None:
    try:
        return str(ip_address(call.ip))
    except ValueError:
        return None


def forget() -> Stats:
    """Remove reports after 30 days, and places of drivers after one."""
    now = clock.now()
    with transaction() as db:
        places = kept.forget_places(db, now - PLACES_KEPT)
    removed, batch = 0, reports.BATCH
    while batch == reports.BATCH:
        with transaction() as db:
            batch = reports.forget(db, now - REPORTS_KEPT)
        removed += batch
    return {"reports": removed, "places": places}


FORGET = Job("browser-retention", forget)
