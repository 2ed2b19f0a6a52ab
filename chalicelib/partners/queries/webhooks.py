"""The SQL of webhooks themselves."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from chalicelib.kit.db import Connection
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value

MOST = 200
MOST_WAITING = 1000


@value(kw_only=True)
class Webhook:
    """A webhook with how its endpoint answers; never with its secrets."""

    id: int
    url: str
    description: str
    event_types: list[str]
    device_ids: list[int]
    route_ids: list[int]
    enabled: bool
    disabled_at: datetime | None
    disabled_reason: Literal["by hand", "gone", "dead"] | None
    old_secret_until: datetime | None
    failing_since: datetime | None
    rest_until: datetime | None
    last_attempt_at: datetime | None
    last_success_at: datetime | None
    waiting: int
    created_at: datetime
    updated_at: datetime


@value(kw_only=True)
class Wanted:
    """What a webhook is to deliver, and where to."""

    url: str
    description: str
    event_types: Sequence[str]
    device_ids: Sequence[int]
    route_ids: Sequence[int]


_SHOWN = """
SELECT endpoint.id, endpoint.url, endpoint.description, endpoint.event_types, endpoint.device_ids, endpoint.route_ids,
       endpoint.disabled_at IS NULL AS enabled, endpoint.disabled_at, endpoint.disabled_reason,
       CASE WHEN endpoint.old_secret_until > %(now)s THEN endpoint.old_secret_until END AS old_secret_until,
       lane.failing_since, CASE WHEN lane.rest_until > %(now)s THEN lane.rest_until END AS rest_until,
       lane.last_attempt_at, lane.last_success_at,
       (SELECT count(*)
          FROM (SELECT FROM webhook_deliveries
                 WHERE endpoint_id = endpoint.id AND status = 'pending'
                 LIMIT %(most_waiting)s) waiting) AS waiting,
       endpoint.created_at, endpoint.updated_at
  FROM webhook_endpoints endpoint
  JOIN webhook_lanes lane ON lane.endpoint_id = endpoint.id
 WHERE endpoint.deleted_at IS NULL
   AND (%(client_id)s::bigint IS NULL OR endpoint.client_id = %(client_id)s)
"""


def all_of_them(db: Connection, now: datetime, *, seen_by: Principal) -> list[Webhook]:
    """Every webhook, by id; an API client's own only."""
    return db.fetch(
        Webhook,
        _SHOWN + " ORDER BY endpoint.id LIMIT %(most)s",
        now=now,
        client_id=seen_by.client_id,
        most_waiting=MOST_WAITING,
        most=MOST,
    )


def one(db: Connection, webhook_id: int, now: datetime, *, seen_by: Principal) -> Webhook | None:
    """A webhook; an API client's own only."""
    return db.fetch_one(
        Webhook,
        _SHOWN + " AND endpoint.id = %(id)s",
        id=webhook_id,
        now=now,
        client_id=seen_by.client_id,
        most_waiting=MOST_WAITING,
    )


def lock(db: Connection, webhook_id: int, *, seen_by: Principal) -> bool:
    """Lock a webhook for a change; False when there is none, or none of this API client."""
    found: int | None = db.value(
        """
        SELECT id
          FROM webhook_endpoints
         WHERE id = %(id)s
           AND deleted_at IS NULL
           AND (%(client_id)s::bigint IS NULL OR client_id = %(client_id)s)
           FOR NO KEY UPDATE
        """,
        id=webhook_id,
        client_id=seen_by.client_id,
    )
    return found is not None


def next_id(db: Connection) -> int:
    """The id of a webhook to be: its secret is sealed for it before it is written."""
    return int(db.value("SELECT nextval(pg_get_serial_sequence('webhook_endpoints', 'id'))"))


def count(db: Connection) -> int:
    """How many webhooks there are; further ones wait until this transaction is over."""
    db.execute("SELECT pg_advisory_xact_lock(hashtext('webhooks'))")
    return int(db.value("SELECT count(*) FROM webhook_endpoints WHERE deleted_at IS NULL"))


def insert(db: Connection, webhook_id: int, wanted: Wanted, sealed: bytes, *, by: Principal, at: datetime) -> None:
    """Write a webhook and the lane of its deliveries."""
    db.execute(
        """
        WITH endpoint AS (
            INSERT INTO webhook_endpoints (id, url, description, event_types, device_ids, route_ids, secret_sealed,
                                           client_id, created_by, created_at, updated_at)
            VALUES (%(id)s, %(url)s, %(description)s, %(event_types)s, %(device_ids)s, %(route_ids)s, %(sealed)s,
                    %(client_id)s, %(by)s, %(at)s, %(at)s)
            RETURNING id)
        INSERT INTO webhook_lanes (endpoint_id) SELECT id FROM endpoint
        """,
        id=webhook_id,
        url=wanted.url,
        description=wanted.description,
        event_types=list(wanted.event_types),
        device_ids=list(wanted.device_ids),
        route_ids=list(wanted.route_ids),
        sealed=sealed,
        client_id=by.client_id,
        by=by.user_id,
        at=at,
    )


def change(db: Connection, webhook_id: int, wanted: Wanted) -> None:
    """Write what a webhook is to deliver, and where to."""
    db.execute(
        """
        UPDATE webhook_endpoints
           SET url = %(url)s, description = %(description)s, event_types = %(event_types)s,
               device_ids = %(device_ids)s, route_ids = %(route_ids)s
         WHERE id = %(id)s
        """,
        id=webhook_id,
        url=wanted.url,
        description=wanted.description,
        event_types=list(wanted.event_types),
        device_ids=list(wanted.device_ids),
        route_ids=list(wanted.route_ids),
    )


def switch_on(db: Connection, webhook_id: int) -> None:
    """Switch a webhook on, and take its endpoint for a good one again."""
    db.execute(
        "UPDATE webhook_endpoints SET disabled_at = NULL, disabled_reason = NULL WHERE id = %(id)s", id=webhook_id
    )
    db.execute(
        """
        UPDATE webhook_lanes
           SET failed_waves = 0, failing_since = NULL, rest_until = NULL
         WHERE endpoint_id = %(id)s
        """,
        id=webhook_id,
    )


def switch_off(db: Connection, webhook_id: int, at: datetime) -> None:
    """Switch a webhook off by hand; one that is off already stays as it is."""
    db.execute(
        """
        UPDATE webhook_endpoints
           SET disabled_at = %(at)s, disabled_reason = 'by hand'
         WHERE id = %(id)s
           AND disabled_at IS NULL
        """,
        id=webhook_id,
        at=at,
    )


def rotate(db: Connection, webhook_id: int, sealed: bytes, old_until: datetime) -> None:
    """Put a new secret in the place of the one in use, which signs beside it until then."""
    db.execute(
        """
        UPDATE webhook_endpoints
           SET secret_sealed = %(sealed)s, old_secret_sealed = secret_sealed, old_secret_until = %(until)s
         WHERE id = %(id)s
        """,
        id=webhook_id,
        sealed=sealed,
        until=old_until,
    )


def delete(db: Connection, webhook_id: int, at: datetime) -> None:
    """End a webhook: its secrets are erased, its log is kept for its time."""
    db.execute(
        """
        UPDATE webhook_endpoints
           SET deleted_at = %(at)s, disabled_at = coalesce(disabled_at, %(at)s),
               disabled_reason = coalesce(disabled_reason, 'by hand'), secret_sealed = '', old_secret_sealed = NULL,
               old_secret_until = NULL
         WHERE id = %(id)s
        """,
        id=webhook_id,
        at=at,
    )


def unknown_devices(db: Connection, ids: Sequence[int], *, seen_by: Principal) -> list[int]:
    """Those ids that no live device has that the caller may reach."""
    return db.values(
        """
        SELECT id
          FROM unnest(%(ids)s::bigint[]) AS asked (id)
         WHERE NOT EXISTS (SELECT
                             FROM devices
                            WHERE devices.id = asked.id
                              AND deleted_at IS NULL
                              AND (%(devices)s::bigint[] IS NULL OR devices.id = ANY(%(devices)s)))
         ORDER BY id
        """,
        ids=list(ids),
        devices=seen_by.sight["devices"],
    )


def unknown_routes(db: Connection, ids: Sequence[int]) -> list[int]:
    """Those ids that no live route has."""
    return db.values(
        """
        SELECT id
          FROM unnest(%(ids)s::bigint[]) AS asked (id)
         WHERE NOT EXISTS (SELECT FROM routes WHERE routes.id = asked.id AND deleted_at IS NULL)
         ORDER BY id
        """,
        ids=list(ids),
    )
