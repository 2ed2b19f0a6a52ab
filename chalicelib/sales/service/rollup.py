"""The daily rollup, made anew."""

from datetime import date

from chalicelib.kit.db import Connection
from chalicelib.sales.queries import rollup


def rebuild_daily(db: Connection, since: date | None = None) -> int:
    """Make the daily rollup anew from a day on, or all of it; the number of rows made.

    For the importer, for the nightly job, and after the company's time zone has changed. Once sales have been
    archived, give the day from which on all are still there.
    """
    return rollup.rebuild(db, since)
