"""The audit trail: one row an event, written in the transaction of what it tells."""

from collections.abc import Sequence

from pydantic_core import to_json

from chalicelib.kit.db import Connection
from chalicelib.kit.events import Event
from chalicelib.kit.values import value


@value
class Actor:
    """Who did it, from where, in which request."""

    user_id: int | None
    username: str
    role: str | None
    ip: str | None
    user_agent: str | None
    request_id: str


@value
class Record:
    """An event with its actor."""

    actor: Actor
    event: Event


def write(db: Connection, records: Sequence[Record]) -> None:
    """Append the audited ones among `records` in one statement."""
    rows = [_row(record) for record in records if record.event.audited]
    if rows:
        db.execute(
            """
            INSERT INTO audit_events
                   (actor_id, actor_username, actor_role, action, resource_type, resource_id, outcome,
                    before, after, details, ip, user_agent, request_id)
            SELECT actor_id, actor_username, actor_role, action, resource_type, resource_id, outcome,
                   before, after, details, ip::inet, user_agent, request_id
              FROM jsonb_to_recordset(%(rows)s::jsonb)
                   AS new (actor_id bigint, actor_username text, actor_role text, action text, resource_type text,
                           resource_id text, outcome text, before jsonb, after jsonb, details jsonb, ip text,
                           user_agent text, request_id text)
            """,
            rows=to_json(rows).decode(),
        )


def _row(record: Record) -> dict[str, object]:
    actor, event = record.actor, record.event
    return {
        "actor_id": actor.user_id,
        "actor_username": actor.username,
        "actor_role": actor.role,
        "action": event.action,
        "resource_type": event.resource,
        "resource_id": None if event.resource_id is None else str(event.resource_id),
        "outcome": event.outcome,
        "before": event.before,
        "after": event.after,
        "details": event.details or None,
        "ip": actor.ip,
        "user_agent": actor.user_agent,
        "request_id": actor.request_id,
    }
