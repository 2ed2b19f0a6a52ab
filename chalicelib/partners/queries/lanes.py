"""The SQL of delivering: who may work on a webhook, what is due, and what became of it."""

from collections.abc import Sequence
from datetime import datetime

from pydantic_core import to_json

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value
from chalicelib.partners.rules.retries import Attempt, Verdict


@value
class Lane:
    """A webhook, leased for delivering."""

    webhook_id: int
    url: str
    secret_sealed: bytes
    old_secret_sealed: bytes | None
    """None, too, when its time is over."""
    failed_waves: int
    failing_since: datetime | None


@value
class Due:
    """A delivery whose time has come."""

    id: int
    event_id: str
    attempts: int
    body: str


@value
class Settled:
    """A delivery with what came of its latest attempt."""

    due: Due
    attempt: Attempt
    verdict: Verdict


@value
class Mood:
    """How an endpoint has been answering."""

    failed_waves: int
    failing_since: datetime | None
    rest_until: datetime | None


_ON = """
       endpoint.disabled_at IS NULL
   AND NOT EXISTS (SELECT
                     FROM api_clients client
                    WHERE client.id = endpoint.client_id
                      AND (client.revoked_at IS NOT NULL OR client.expires_at <= %(now)s))
"""
"""Whether an `endpoint` is delivered to: it is switched on, and its API client, if it has one, is live. Binds `now`."""


def take(db: Connection, webhook_id: int, lease: str, *, now: datetime, until: datetime) -> Lane | None:
    """Lease a webhook; None when somebody else has it, when it rests, or when it is switched off."""
    return db.fetch_one(
        Lane,
        f"""
        UPDATE webhook_lanes lane
           SET lease = %(lease)s, leased_until = %(until)s
          FROM webhook_endpoints endpoint
         WHERE lane.endpoint_id = %(webhook_id)s
           AND endpoint.id = lane.endpoint_id
           AND {_ON}
           AND (lane.leased_until IS NULL OR lane.leased_until < %(now)s)
           AND (lane.rest_until IS NULL OR lane.rest_until <= %(now)s)
        RETURNING endpoint.id AS webhook_id, endpoint.url, endpoint.secret_sealed,
                  CASE WHEN endpoint.old_secret_until > %(now)s THEN endpoint.old_secret_sealed END
                  AS old_secret_sealed,
                  lane.failed_waves, lane.failing_since
        """,  # noqa: S608 - a constant
        webhook_id=webhook_id,
        lease=lease,
        now=now,
        until=until,
    )


def due(db: Connection, webhook_id: int, *, now: datetime, most: int) -> list[Due]:
    """What is to be delivered now, the longest overdue first; nothing once the webhook is switched off."""
    return db.fetch(
        Due,
        f"""
        SELECT delivery.id, delivery.event_id::text, delivery.attempts, event.body
          FROM webhook_deliveries delivery
          JOIN webhook_events event ON event.id = delivery.event_id
         WHERE delivery.endpoint_id = %(webhook_id)s
           AND delivery.status = 'pending'
           AND delivery.next_attempt_at <= %(now)s
           AND EXISTS (SELECT FROM webhook_endpoints endpoint WHERE endpoint.id = %(webhook_id)s AND {_ON})
         ORDER BY delivery.next_attempt_at, delivery.id
         LIMIT %(most)s
        """,  # noqa: S608 - a constant
        webhook_id=webhook_id,
        now=now,
        most=most,
    )


def settle(db: Connection, settled: Sequence[Settled]) -> None:
    """Note attempts and what becomes of their deliveries; the answer of an attempt is kept as it was cut."""
    db.execute(
        """
        WITH settled AS (
            SELECT *
              FROM jsonb_to_recordset(%(rows)s::jsonb)
                   AS settled (id bigint, at timestamptz, milliseconds integer, http_status integer, answer text,
                               problem text, verdict text, next_attempt_at timestamptz)),
        changed AS (
            UPDATE webhook_deliveries delivery
               SET status = settled.verdict, attempts = delivery.attempts + 1,
                   next_attempt_at = settled.next_attempt_at, last_status = settled.http_status,
                   delivered_at = CASE WHEN settled.verdict = 'delivered'
                                       THEN settled.at + settled.milliseconds * interval '1 millisecond'
                                       ELSE delivery.delivered_at END
              FROM settled
             WHERE delivery.id = settled.id
            RETURNING delivery.id, delivery.attempts)
        INSERT INTO webhook_attempts (delivery_id, number, at, milliseconds, status, answer, problem)
        SELECT changed.id, changed.attempts, settled.at, settled.milliseconds, settled.http_status, settled.answer,
               settled.problem
          FROM changed
          JOIN settled ON settled.id = changed.id
        """,
        rows=to_json(
            [
                {
                    "id": one.due.id,
                    "at": one.attempt.at,
                    "milliseconds": one.attempt.milliseconds,
                    "http_status": one.attempt.status,
                    "answer": one.attempt.answer,
                    "problem": one.attempt.problem,
                    "verdict": one.verdict.status,
                    "next_attempt_at": one.verdict.next_attempt_at,
                }
                for one in settled
            ]
        ).decode(),
    )


def keep(db: Connection, webhook_id: int, lease: str, mood: Mood, *, now: datetime, until: datetime) -> bool:
    """Note how the endpoint answers and keep the lease for longer; False when it has become somebody else's."""
    return bool(
        db.execute(
            """
            UPDATE webhook_lanes
               SET leased_until = %(until)s, failed_waves = %(failed_waves)s, failing_since = %(failing_since)s,
                   rest_until = %(rest_until)s, last_attempt_at = %(now)s,
                   last_success_at = CASE WHEN %(failed_waves)s = 0 THEN %(now)s ELSE last_success_at END
             WHERE endpoint_id = %(webhook_id)s
               AND lease = %(lease)s
            """,
            webhook_id=webhook_id,
            lease=lease,
            failed_waves=mood.failed_waves,
            failing_since=mood.failing_since,
            rest_until=mood.rest_until,
            now=now,
            until=until,
        )
    )


def give_back(db: Connection, webhook_id: int, lease: str) -> None:
    """End the lease, if it is still held."""
    db.execute(
        "UPDATE webhook_lanes SET lease = NULL, leased_until = NULL WHERE endpoint_id = %(id)s AND lease = %(lease)s",
        id=webhook_id,
        lease=lease,
    )


def next_due(db: Connection, webhook_id: int, now: datetime) -> datetime | None:
    """When there will be something to do for a webhook that is switched on: something due, and the rest over."""
    found: datetime | None = db.value(
        f"""
        SELECT greatest(min(delivery.next_attempt_at), lane.rest_until)
          FROM webhook_deliveries delivery
          JOIN webhook_lanes lane ON lane.endpoint_id = delivery.endpoint_id
          JOIN webhook_endpoints endpoint ON endpoint.id = lane.endpoint_id AND {_ON}
         WHERE delivery.endpoint_id = %(webhook_id)s
           AND delivery.status = 'pending'
         GROUP BY lane.rest_until
        """,  # noqa: S608 - a constant
        webhook_id=webhook_id,
        now=now,
    )
    return found


def idle(db: Connection, webhook_ids: Sequence[int], now: datetime) -> list[int]:
    """Those of these webhooks that nobody is at work on and that do not rest."""
    return db.values(
        """
        SELECT endpoint_id
          FROM webhook_lanes
         WHERE endpoint_id = ANY(%(ids)s)
           AND (leased_until IS NULL OR leased_until < %(now)s)
           AND (rest_until IS NULL OR rest_until <= %(now)s)
         ORDER BY endpoint_id
        """,
        ids=list(webhook_ids),
        now=now,
    )


def neglected(db: Connection, now: datetime) -> list[int]:
    """The webhooks that are switched on, have something due, do not rest, and that nobody is at work on."""
    return db.values(
        f"""
        SELECT endpoint.id
          FROM webhook_endpoints endpoint
          JOIN webhook_lanes lane ON lane.endpoint_id = endpoint.id
         WHERE {_ON}
           AND (lane.leased_until IS NULL OR lane.leased_until < %(now)s)
           AND (lane.rest_until IS NULL OR lane.rest_until <= %(now)s)
           AND EXISTS (SELECT
                         FROM webhook_deliveries
                        WHERE endpoint_id = endpoint.id
                          AND status = 'pending'
                          AND next_attempt_at <= %(now)s)
         ORDER BY endpoint.id
        """,  # noqa: S608 - a constant
        now=now,
    )


def give_up(db: Connection, webhook_id: int, reason: str, at: datetime) -> bool:
    """Switch an endpoint off; False when it was off already. What waits for it stays, for when it is switched on."""
    return bool(
        db.execute(
            """
            UPDATE webhook_endpoints
               SET disabled_at = %(at)s, disabled_reason = %(reason)s
             WHERE id = %(webhook_id)s
               AND disabled_at IS NULL
            """,
            webhook_id=webhook_id,
            reason=reason,
            at=at,
        )
    )


def alert(db: Connection, description: str, at: datetime) -> None:
    """Raise the alert that an endpoint was given up."""
    db.execute(
        """
        INSERT INTO security_alerts (alert_type, severity, description, created_at)
        VALUES ('webhook_disabled', 'warning', %(description)s, %(at)s)
        """,
        description=description,
        at=at,
    )


def admins_addresses(db: Connection) -> list[str]:
    """Where admins get mail, the protected account left out."""
    return db.values(
        """
        SELECT email
          FROM users
         WHERE role = 'admin' AND is_active AND deleted_at IS NULL
         ORDER BY id
         LIMIT 50
        """
    )
