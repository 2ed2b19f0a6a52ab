"""The SQL of the delivery log, of sending again, and of forgetting."""

from datetime import datetime
from typing import Literal

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value
from chalicelib.partners.queries.published import MATCHES

COUNTED = 10_000
A_REPLAY = 10_000
A_SWEEP = 5_000


@value(kw_only=True)
class Delivery:
    """A line of the log."""

    id: int
    event_id: str
    event_type: str
    occurred_at: datetime
    status: Literal["pending", "delivered", "failed"]
    attempts: int
    last_status: int | None
    next_attempt_at: datetime | None
    delivered_at: datetime | None
    created_at: datetime


@value(kw_only=True)
class WholeDelivery(Delivery):
    """A line of the log with what was sent."""

    body: str


@value
class Try:
    """An attempt of a delivery."""

    number: int
    at: datetime
    milliseconds: int
    status: int | None
    answer: str | None
    problem: str | None


@value
class InStream:
    """An event of a stream."""

    number: int
    body: str


@value
class Requeued:
    """How many deliveries will be made again, and when the last of their events happened."""

    deliveries: int
    seen: int
    until: datetime | None


_COLUMNS = """
SELECT delivery.id, delivery.event_id::text, event.name AS event_type, event.occurred_at, delivery.status,
       delivery.attempts, delivery.last_status, delivery.next_attempt_at, delivery.delivered_at, delivery.created_at
"""

_WHICH = """
  FROM webhook_deliveries delivery
  JOIN webhook_events event ON event.id = delivery.event_id
 WHERE delivery.endpoint_id = %(webhook_id)s
   AND (%(status)s::text IS NULL OR delivery.status = %(status)s)
   AND (%(event_type)s::text IS NULL OR event.name = %(event_type)s)
"""


def page(
    db: Connection, webhook_id: int, *, status: str | None, event_type: str | None, limit: int, offset: int
) -> list[Delivery]:
    """A page of the log, newest first."""
    return db.fetch(
        Delivery,
        f"{_COLUMNS} {_WHICH} ORDER BY delivery.id DESC LIMIT %(limit)s OFFSET %(offset)s",
        webhook_id=webhook_id,
        status=status,
        event_type=event_type,
        limit=limit,
        offset=offset,
    )


def count(db: Connection, webhook_id: int, *, status: str | None, event_type: str | None) -> int:
    """How many lines the log has, 10,000 at most."""
    return int(
        db.value(
            f"SELECT count(*) FROM (SELECT {_WHICH} LIMIT %(most)s) counted",  # noqa: S608 - a constant
            webhook_id=webhook_id,
            status=status,
            event_type=event_type,
            most=COUNTED,
        )
    )


def one(db: Connection, webhook_id: int, delivery_id: int) -> WholeDelivery | None:
    """A line of the log of this webhook."""
    return db.fetch_one(
        WholeDelivery,
        f"{_COLUMNS}, event.body {_WHICH} AND delivery.id = %(id)s",
        webhook_id=webhook_id,
        status=None,
        event_type=None,
        id=delivery_id,
    )


def tries(db: Connection, delivery_id: int) -> list[Try]:
    """The attempts of a delivery, in order."""
    return db.fetch(
        Try,
        """
        SELECT number, at, milliseconds, status, answer, problem
          FROM webhook_attempts
         WHERE delivery_id = %(id)s
         ORDER BY number, id
         LIMIT 200
        """,
        id=delivery_id,
    )


def again(db: Connection, webhook_id: int, delivery_id: int, at: datetime) -> str | None:
    """Make a delivery once more, with all its retries before it; the id of its event, None when there is none."""
    found: str | None = db.value(
        """
        UPDATE webhook_deliveries
           SET status = 'pending', next_attempt_at = %(at)s, attempts = 0
         WHERE id = %(id)s
           AND endpoint_id = %(webhook_id)s
        RETURNING event_id::text
        """,
        id=delivery_id,
        webhook_id=webhook_id,
        at=at,
    )
    return found


def replay(
    db: Connection, webhook_id: int, *, since: datetime, until: datetime, only_missing: bool, at: datetime
) -> Requeued:
    """Make deliveries of what happened in a span of time and the webhook is subscribed to, 10,000 events at most."""
    found = db.fetch_one(
        Requeued,
        f"""
        WITH chosen AS (
            SELECT event.id, event.place, event.occurred_at
              FROM webhook_events event
              JOIN webhook_endpoints endpoint ON endpoint.id = %(webhook_id)s AND {MATCHES}
             WHERE event.occurred_at >= %(since)s
               AND event.occurred_at < %(until)s
             ORDER BY event.occurred_at, event.place
             LIMIT %(most)s),
        made AS (
            INSERT INTO webhook_deliveries (endpoint_id, event_id, next_attempt_at)
            SELECT %(webhook_id)s, id, %(at)s
              FROM chosen
             ORDER BY place
                ON CONFLICT ON CONSTRAINT webhook_deliveries_event_unique
                DO UPDATE SET status = 'pending', next_attempt_at = excluded.next_attempt_at, attempts = 0
                WHERE NOT %(only_missing)s OR webhook_deliveries.status <> 'delivered'
            RETURNING id)
        SELECT (SELECT count(*) FROM made) AS deliveries, (SELECT count(*) FROM chosen) AS seen,
               (SELECT max(occurred_at) FROM chosen) AS until
        """,  # noqa: S608 - a constant
        webhook_id=webhook_id,
        since=since,
        until=until,
        only_missing=only_missing,
        at=at,
        most=A_REPLAY,
    )
    assert found is not None  # noqa: S101 - narrows the type: a SELECT without FROM has one row
    return found


def in_stream(db: Connection, webhook_id: int, stream: str, *, after: int, limit: int, at: datetime) -> list[InStream]:
    """The events of a stream after a number that a webhook is subscribed to, in order."""
    return db.fetch(
        InStream,
        f"""
        SELECT event.stream_number AS number, event.body
          FROM webhook_events event
          JOIN webhook_endpoints endpoint ON endpoint.id = %(webhook_id)s AND {MATCHES}
         WHERE event.stream = %(stream)s
           AND event.stream_number > %(after)s
         ORDER BY event.stream_number
         LIMIT %(limit)s
        """,  # noqa: S608 - a constant
        webhook_id=webhook_id,
        stream=stream,
        after=after,
        limit=limit,
        at=at,
    )


def last_number(db: Connection, stream: str) -> int:
    """The newest number of a stream whose event has its public form already; 0 when there is none."""
    return int(
        db.value("SELECT coalesce(max(stream_number), 0) FROM webhook_events WHERE stream = %(stream)s", stream=stream)
    )


def forget_events(db: Connection, before: datetime) -> int:
    """Remove some events that are older, with their deliveries and attempts; how many."""
    return db.execute(
        """
        DELETE FROM webhook_events
         WHERE id IN (SELECT id FROM webhook_events WHERE occurred_at < %(before)s ORDER BY occurred_at LIMIT %(most)s)
        """,
        before=before,
        most=A_SWEEP,
    )


def forget_outbox(db: Connection, before: datetime) -> int:
    """Remove some events of the outbox that were handed on before; how many."""
    return db.execute(
        """
        DELETE FROM outbox
         WHERE id IN (SELECT id FROM outbox WHERE published_at < %(before)s ORDER BY published_at LIMIT %(most)s)
        """,
        before=before,
        most=A_SWEEP,
    )


def forget_webhooks(db: Connection, before: datetime) -> int:
    """Remove webhooks that were deleted before; how many."""
    return db.execute("DELETE FROM webhook_endpoints WHERE deleted_at < %(before)s", before=before)
