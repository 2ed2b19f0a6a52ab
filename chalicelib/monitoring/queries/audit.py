"""The audit trail, read."""

from datetime import UTC, datetime, timedelta

from chalicelib.kit.db import Connection
from chalicelib.monitoring.models.audit import AuditQuery, AuditRow

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def place_of(row: AuditRow) -> str:
    """Where a row stands in the trail, as one word: microseconds since 1970, and its id."""
    return f"{(row.at - EPOCH) // timedelta(microseconds=1)}-{row.id}"


def _parts(place: str) -> tuple[datetime, int]:
    microseconds, row_id = place.split("-")
    return EPOCH + timedelta(microseconds=int(microseconds)), int(row_id)


def page(db: Connection, query: AuditQuery) -> list[AuditRow]:
    """Rows newest first, one more than the limit where there are more."""
    at, row_id = _parts(query.before) if query.before else (None, None)
    return db.fetch(
        AuditRow,
        """
        SELECT id, at, actor_id, actor_username, actor_role, action, resource_type, resource_id, outcome, before, after,
               details, host(ip) AS ip_address, user_agent, request_id
          FROM audit_events
         WHERE (%(actor)s = '' OR lower(actor_username) = lower(%(actor)s))
           AND (%(action)s = '' OR action = %(action)s OR starts_with(action, %(action)s || '.'))
           AND (%(resource)s = '' OR resource_type = %(resource)s)
           AND (%(resource_id)s = '' OR resource_id = %(resource_id)s)
           AND (%(outcome)s = '' OR outcome = %(outcome)s)
           AND (%(since)s::timestamptz IS NULL OR at >= %(since)s)
           AND (%(until)s::timestamptz IS NULL OR at < %(until)s)
           AND (%(at)s::timestamptz IS NULL OR (at, id) < (%(at)s, %(row_id)s::bigint))
         ORDER BY at DESC, id DESC
         LIMIT %(limit)s
        """,
        **query.model_dump(exclude={"before", "limit"}),
        at=at,
        row_id=row_id,
        limit=query.limit + 1,
    )


def looked_lately(db: Connection, *, by: int, what: str, whom: str | None, within: timedelta) -> bool:
    """Whether somebody's look at the monitor has been noted within a time; by the database's clock, as the trail is."""
    return bool(
        db.value(
            """
            SELECT EXISTS (SELECT
                             FROM audit_events
                            WHERE actor_id = %(by)s
                              AND at > now() - %(within)s::interval
                              AND action = 'monitor.viewed'
                              AND details ->> 'what' = %(what)s
                              AND resource_id IS NOT DISTINCT FROM %(whom)s)
            """,
            by=by,
            within=within,
            what=what,
            whom=whom,
        )
    )
