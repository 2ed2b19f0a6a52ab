"""The daily rollup, made anew."""

from datetime import date, timedelta

from chalicelib.kit import clock
from chalicelib.kit.db import Connection, transaction
from chalicelib.kit.job import Job, Stats
from chalicelib.sales import rules
from chalicelib.sales.queries import reports, rollup

DAYS_MADE_ANEW = 7


def rebuild_daily(db: Connection, since: date | None = None) -> int:
    """Make the daily rollup anew from a day on, or all of it; the number of rows made.

    For the nightly job, and after the company's time zone has changed. Days of which sales have been archived stay.
    """
    return rollup.rebuild(db, since)


def refresh() -> Stats:
    """Make the rollup of the last days anew, should anything have written sales past it; for the schedule."""
    with transaction() as db:
        today = rules.day_of(clock.now(), reports.company(db).time_zone)
        return {"rows": rebuild_daily(db, today - timedelta(days=DAYS_MADE_ANEW))}


ROLLUP = Job("sales-rollup", refresh)
