"""Noting that somebody looked at what others do (US-020)."""

from datetime import timedelta

from chalicelib.kit.call import Call
from chalicelib.monitoring.events import Viewed
from chalicelib.monitoring.queries import audit as queries

NOTED_EVERY = timedelta(minutes=15)
"""The page asks every 30 seconds; one row for each quarter of an hour tells as much as thirty."""


def note(call: Call, what: str, *, whom: int | None = None) -> None:
    """Record the caller's look, unless the same look has been recorded a moment ago. Needs a writing transaction."""
    named = None if whom is None else str(whom)
    if not queries.looked_lately(call.db, by=call.principal.user_id, what=what, whom=named, within=NOTED_EVERY):
        call.record(Viewed(resource_id=named, what=what))
