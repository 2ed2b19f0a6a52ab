"""Reading the audit trail, which is itself recorded."""

from chalicelib.kit.call import Call
from chalicelib.monitoring.events import Viewed
from chalicelib.monitoring.models.audit import AuditPage, AuditQuery
from chalicelib.monitoring.queries import audit as queries


def page(call: Call, query: AuditQuery) -> AuditPage:
    """A page of the trail, newest first."""
    with call.transaction() as db:
        rows = queries.page(db, query)
        call.record(Viewed(what="audit log", after=query.model_dump(mode="json", exclude_defaults=True)))
    shown = rows[: query.limit]
    return AuditPage(events=shown, next=queries.place_of(shown[-1]) if len(rows) > query.limit else None)
