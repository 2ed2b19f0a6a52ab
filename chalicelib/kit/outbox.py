"""The outbox: events that others may want to know, stored in the transaction that caused them, sent on later."""

import uuid
from collections.abc import Sequence

from pydantic_core import to_json

from chalicelib.kit import aws
from chalicelib.kit.audit import Record
from chalicelib.kit.db import Connection, transaction
from chalicelib.kit.settings import settings
from chalicelib.kit.values import value

BATCH = 10
"""What SQS takes in one call."""


def write(db: Connection, records: Sequence[Record]) -> None:
    """Store the published ones among `records` in one statement, each with its number in its stream.

    This is the last statement of a transaction: the row of a stream is locked from here to the commit, and no longer.
    So the numbers of a stream are in the order of the commits, and a rollback leaves no gap.
    """
    rows = [_row(record) for record in records if record.event.published]
    if rows:
        db.execute(
            """
            WITH new AS (
                SELECT *
                  FROM ROWS FROM (jsonb_to_recordset(%(rows)s::jsonb)
                                  AS (event_id uuid, topic text, resource_type text, resource_id text, payload jsonb,
                                      request_id text, stream text))
                       WITH ORDINALITY
                       AS new (event_id, topic, resource_type, resource_id, payload, request_id, stream, place)),
            counted AS (
                SELECT stream, count(*) AS events
                  FROM new
                 WHERE stream IS NOT NULL
                 GROUP BY stream),
            numbered AS (
                INSERT INTO outbox_streams (stream, last_number)
                SELECT stream, events FROM counted ORDER BY stream
                    ON CONFLICT (stream)
                    DO UPDATE SET last_number = outbox_streams.last_number + excluded.last_number
                RETURNING stream, last_number)
            INSERT INTO outbox (event_id, topic, resource_type, resource_id, payload, request_id, stream, stream_number)
            SELECT new.event_id, new.topic, new.resource_type, new.resource_id, new.payload, new.request_id, new.stream,
                   numbered.last_number - counted.events
                   + row_number() OVER (PARTITION BY new.stream ORDER BY new.place)
              FROM new
              LEFT JOIN counted ON counted.stream = new.stream
              LEFT JOIN numbered ON numbered.stream = new.stream
             ORDER BY new.place
            """,
            rows=to_json(rows).decode(),
        )


def _row(record: Record) -> dict[str, object]:
    event = record.event
    return {
        "event_id": str(uuid.uuid4()),
        "topic": event.topic or event.action,
        "resource_type": event.resource,
        "resource_id": None if event.resource_id is None else str(event.resource_id),
        "payload": {**event.details, **({"changed": event.after} if event.after else {})},
        "request_id": record.actor.request_id,
        "stream": event.stream,
    }


@value
class _Pending:
    """What goes into the queue: a ticket. The event itself stays in its row, however large it is."""

    id: int
    event_id: str
    topic: str


def relay() -> int:
    """Hand one batch of waiting events to the queue; how many went.

    Several relays may run at once: each leases rows that no other holds. A row is marked only after the queue has
    taken it, so that a crash between the two sends it twice, never loses it; consumers go by the event's id.
    """
    queue = settings().outbox_queue_url
    if queue is None:
        return 0
    with transaction() as db:
        leased = _lease(db)
    taken = _send(queue, leased) if leased else []
    if taken:
        with transaction() as db:
            db.execute("UPDATE outbox SET published_at = now() WHERE id = ANY(%(ids)s)", ids=taken)
    return len(taken)


def _lease(db: Connection) -> list[_Pending]:
    return db.fetch(
        _Pending,
        """
        UPDATE outbox
           SET attempts = attempts + 1, leased_until = now() + interval '1 minute'
         WHERE id IN (SELECT id
                        FROM outbox
                       WHERE published_at IS NULL
                         AND (leased_until IS NULL OR leased_until < now())
                       ORDER BY id
                       LIMIT %(batch)s
                         FOR UPDATE SKIP LOCKED)
        RETURNING id, event_id::text, topic
        """,
        batch=BATCH,
    )


def _send(queue: str, events: Sequence[_Pending]) -> list[int]:
    entries = [{"Id": str(event.id), "MessageBody": to_json(event).decode()} for event in events]
    answer = aws.client("sqs").send_message_batch(QueueUrl=queue, Entries=entries)
    return [int(done["Id"]) for done in answer.get("Successful", [])]
