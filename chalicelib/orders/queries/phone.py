"""What a phone has to hear about orders."""

from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.orders.models.phone import Tombstone


def tombstones(db: Connection, driver_id: int, since: datetime) -> list[Tombstone]:
    """The driver's orders that were cancelled since, and those that went to somebody else.

    An order knows its present driver only; whose it was is on the audit trail, one by one or with a whole route.
    """
    return db.fetch(
        Tombstone,
        """
        WITH given_away AS (
            SELECT resource_id::bigint AS order_id
              FROM audit_events
             WHERE action = 'order.edited'
               AND at > %(since)s
               AND (before ->> 'driver_id')::bigint = %(driver_id)s
             UNION
            SELECT moved.order_id::bigint
              FROM audit_events
             CROSS JOIN LATERAL jsonb_array_elements_text(details -> 'moved_order_ids') AS moved (order_id)
             WHERE action = 'route.driver_changed'
               AND at > %(since)s
               AND (details ->> 'old_driver_id')::bigint = %(driver_id)s)
        SELECT id, CASE WHEN driver_id = %(driver_id)s THEN 'cancelled' ELSE 'reassigned' END AS reason,
               CASE WHEN driver_id = %(driver_id)s THEN cancel_reason END AS cancel_reason, updated_at AS at
          FROM service_orders
         WHERE updated_at > %(since)s
           AND ((driver_id = %(driver_id)s AND status = 'cancelled')
                OR (driver_id IS DISTINCT FROM %(driver_id)s AND id IN (SELECT order_id FROM given_away)))
         ORDER BY id
        """,
        driver_id=driver_id,
        since=since,
    )


def sync_version(db: Connection, order_id: int) -> int:
    """The present version of an order."""
    return int(db.value("SELECT sync_version FROM service_orders WHERE id = %(id)s", id=order_id))
