"""The SQL that turns events of the outbox into what partners are told, and finds who is told."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic_core import to_json

from chalicelib.kit.db import Connection
from chalicelib.kit.values import value

MATCHES = """
       (event.name = ANY(endpoint.event_types)
        OR split_part(event.name, '.', 1) || '.*' = ANY(endpoint.event_types)
        OR ('*' = ANY(endpoint.event_types) AND NOT event.admins_only))
   AND ((endpoint.device_ids = '{}' AND endpoint.route_ids = '{}')
        OR endpoint.device_ids && event.device_ids
        OR endpoint.route_ids && event.route_ids)
   AND (endpoint.client_id IS NULL
        OR EXISTS (SELECT
                     FROM api_clients client
                    WHERE client.id = endpoint.client_id
                      AND client.revoked_at IS NULL
                      AND (client.expires_at IS NULL OR client.expires_at > %(at)s)
                      AND event.scope = ANY(client.scopes)
                      AND (NOT client.is_filtered
                           OR (event.device_ids <> '{}'
                               AND NOT EXISTS (
                                   SELECT
                                     FROM unnest(event.device_ids) AS about (id)
                                    WHERE NOT EXISTS (
                                          SELECT
                                            FROM devices device
                                            JOIN api_client_rows allowed
                                              ON allowed.client_id = client.id
                                             AND (allowed.device_id = device.id
                                                  OR allowed.route_id = device.route_id
                                                  OR allowed.location_id = device.location_id)
                                           WHERE device.id = about.id))))))
"""
"""Whether an `endpoint` is to hear of an `event`; binds `at`.

A webhook with a filter hears only of its devices and routes. One of an API client hears only of what the client may
read now, and, where its rows are filtered, only of what is about its devices and no other.
"""


@value
class Happened:
    """An event of the outbox, with the devices and routes that it is about."""

    event_id: str
    topic: str
    resource_id: str | None
    payload: Mapping[str, Any]  # Any: facts of any JSON kind
    stream: str | None
    stream_number: int | None
    created_at: datetime
    devices: Sequence[Mapping[str, Any]]
    route_ids: Sequence[int]


@value
class Told:
    """An event in its public form."""

    id: str
    name: str
    stream: str | None
    stream_number: int | None
    device_ids: Sequence[int]
    route_ids: Sequence[int]
    admins_only: bool
    scope: str | None
    body: str
    occurred_at: datetime


def happened(db: Connection, event_ids: Sequence[str]) -> list[Happened]:
    """Those events of the outbox, in the order in which they were written."""
    return db.fetch(
        Happened,
        """
        SELECT event.event_id::text, event.topic, event.resource_id, event.payload, event.stream, event.stream_number,
               event.created_at, coalesce(device.devices, '[]') AS devices,
               ARRAY(SELECT DISTINCT id
                       FROM unnest(ARRAY[(event.payload->>'route_id')::bigint,
                                         (event.payload->>'previous_route_id')::bigint,
                                         CASE event.resource_type WHEN 'route' THEN event.resource_id::bigint END,
                                         orders.route_id] || device.route_ids) AS route (id)
                      WHERE id IS NOT NULL
                      ORDER BY id) AS route_ids
          FROM outbox event
          LEFT JOIN service_orders orders
            ON orders.id = coalesce((event.payload->>'order_id')::bigint,
                                    CASE event.resource_type WHEN 'order' THEN event.resource_id::bigint END)
         CROSS JOIN LATERAL (
               SELECT jsonb_agg(jsonb_build_object('id', id, 'asset', asset) ORDER BY id) AS devices,
                      array_agg(route_id) AS route_ids
                 FROM devices
                WHERE id = ANY (ARRAY(
                      SELECT (event.payload->>'device_id')::bigint
                       UNION
                      SELECT event.resource_id::bigint WHERE event.resource_type = 'device'
                       UNION
                      SELECT value::bigint FROM jsonb_array_elements_text(event.payload->'device_ids')
                       UNION
                      SELECT cabinet.device_id
                        FROM service_order_cabinets stop
                        JOIN device_cabinets cabinet ON cabinet.id = stop.cabinet_id
                       WHERE stop.service_order_id = orders.id
                         AND NOT event.payload ? 'device_id'))) device
         WHERE event.event_id = ANY(%(event_ids)s::uuid[])
         ORDER BY event.id
        """,
        event_ids=list(event_ids),
    )


def write(db: Connection, events: Sequence[Told]) -> None:
    """Store events in their public form; those that are stored already stay as they are."""
    db.execute(
        """
        INSERT INTO webhook_events (id, name, stream, stream_number, device_ids, route_ids, admins_only, scope,
                                    body, occurred_at)
        SELECT id, name, stream, stream_number, ARRAY(SELECT value::bigint FROM jsonb_array_elements_text(device_ids)),
               ARRAY(SELECT value::bigint FROM jsonb_array_elements_text(route_ids)), admins_only, scope, body,
               occurred_at
          FROM ROWS FROM (jsonb_to_recordset(%(rows)s::jsonb)
                          AS (id uuid, name text, stream text, stream_number bigint, device_ids jsonb, route_ids jsonb,
                              admins_only boolean, scope text, body text, occurred_at timestamptz))
               WITH ORDINALITY
               AS new (id, name, stream, stream_number, device_ids, route_ids, admins_only, scope, body, occurred_at,
                       place)
         ORDER BY place
            ON CONFLICT ON CONSTRAINT webhook_events_id_pk DO NOTHING
        """,
        rows=to_json(list(events)).decode(),
    )


def fan_out(db: Connection, ids: Sequence[str], at: datetime) -> list[int]:
    """Make the deliveries of events to all who are subscribed, each once; the webhooks that have something new."""
    return sorted(
        set(
            db.values(
                f"""
                INSERT INTO webhook_deliveries (endpoint_id, event_id, next_attempt_at)
                SELECT endpoint.id, event.id, %(at)s
                  FROM webhook_events event
                  JOIN webhook_endpoints endpoint ON endpoint.disabled_at IS NULL AND {MATCHES}
                 WHERE event.id = ANY(%(ids)s::uuid[])
                 ORDER BY event.place, endpoint.id
                    ON CONFLICT ON CONSTRAINT webhook_deliveries_event_unique DO NOTHING
                RETURNING endpoint_id
                """,  # noqa: S608 - a constant
                ids=list(ids),
                at=at,
            )
        )
    )


def deliver_to(db: Connection, event_id: str, webhook_id: int, at: datetime) -> int:
    """Make the delivery of one event to one webhook, whatever it is subscribed to; its id."""
    return int(
        db.value(
            """
            INSERT INTO webhook_deliveries (endpoint_id, event_id, next_attempt_at)
            VALUES (%(webhook_id)s, %(event_id)s, %(at)s)
            RETURNING id
            """,
            webhook_id=webhook_id,
            event_id=event_id,
            at=at,
        )
    )
