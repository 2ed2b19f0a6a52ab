"""Reading orders: the list, one order, and the badge."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from chalicelib.kit.db import Connection
from chalicelib.kit.principal import Principal
from chalicelib.kit.values import value
from chalicelib.orders.models.incoming import OrderQuery
from chalicelib.orders.models.outgoing import ListedOrder, Notification, RawOrder
from chalicelib.orders.queries.seeing import SEEN


@value
class Summary:
    """What holds for all orders that match, whatever page is shown."""

    total: int
    avg_fill_rate: Decimal


@value
class StopRow:
    """A cabinet of an order, with its place and its present fill rate."""

    order_id: int
    cabinet_order_id: int
    cabinet_id: int
    device_id: int
    asset: str
    cooler: str
    location: str | None
    address: str | None
    latitude: Decimal | None
    longitude: Decimal | None
    cabinet_index: int
    cabinet_type: str
    sequence_no: int | None
    status: str
    started_at: datetime | None
    executed_at: datetime | None
    executed_by: str | None
    skip_reason: str | None
    service_visit_id: int | None
    delivered_units: int | None
    estimated_minutes: int
    fill_rate: Decimal


@value
class ItemRow:
    """What an order asks for in a cabinet, and what it got."""

    stop_id: int
    product_id: int
    product_name: str
    category: str
    quantity_needed: int
    quantity_filled: int | None


_MATCHING = f"""
          FROM service_orders orders
         WHERE {SEEN}
           AND (%(order_id)s::bigint IS NULL OR orders.id = %(order_id)s)
           AND (%(route_id)s::bigint IS NULL OR orders.route_id = %(route_id)s)
           AND (%(driver_id)s::bigint IS NULL OR orders.driver_id = %(driver_id)s)
           AND (%(status)s::text IS NULL OR orders.status = %(status)s)
           AND (%(statuses)s::text[] IS NULL OR orders.status = ANY(%(statuses)s))
           AND (%(date)s::date IS NULL OR orders.service_date = %(date)s
                OR (orders.created_at >= %(date)s::date::timestamp AT TIME ZONE 'UTC'
                    AND orders.created_at < (%(date)s::date + 1)::timestamp AT TIME ZONE 'UTC'))
           AND (%(date_from)s::date IS NULL OR orders.service_date >= %(date_from)s)
           AND (%(date_to)s::date IS NULL OR orders.service_date <= %(date_to)s)
           AND (%(since)s::timestamptz IS NULL OR orders.updated_at > %(since)s)
"""

_LISTED = """
        SELECT orders.id, orders.route_id, route.name AS route_name, orders.created_at, creator.username AS created_by,
               orders.status, orders.priority, orders.service_date, orders.total_units,
               stops.delivered_units, items.missing_units,
               orders.estimated_minutes AS estimated_duration_minutes, orders.driver_id,
               driver.username AS driver_name, driver.email AS driver_email, orders.notes, orders.started_at,
               orders.completed_at, orders.cancelled_at, orders.cancel_reason, orders.updated_at AS last_modified,
               orders.sync_version, orders.version, stops.device_count, stops.device_ids[1] AS device_id,
               coalesce(stops.device_ids, '{}') AS device_ids, items.item_count, stops.cabinet_count,
               stops.closed_cabinet_count,
               CASE stops.cabinet_count WHEN 0 THEN 0
                    ELSE floor(100.0 * stops.closed_cabinet_count / stops.cabinet_count)::integer END AS percent_done,
               (SELECT count(*) FROM service_order_photos photo
                 WHERE photo.service_order_id = orders.id AND photo.redacted_at IS NULL) AS photo_count,
               coalesce(stops.location, 'Unknown Location') AS location
          FROM matching orders
          LEFT JOIN routes route ON route.id = orders.route_id
          LEFT JOIN users creator ON creator.id = orders.created_by
          LEFT JOIN users driver ON driver.id = orders.driver_id
          LEFT JOIN LATERAL (
               SELECT count(DISTINCT device.id) AS device_count, count(*) AS cabinet_count,
                      count(*) FILTER (WHERE stop.status IN ('completed', 'skipped')) AS closed_cabinet_count,
                      coalesce(sum(visit.units_restocked), 0)::integer AS delivered_units,
                      array_agg(DISTINCT device.id) AS device_ids,
                      string_agg(DISTINCT location.name, ',' ORDER BY location.name) AS location
                 FROM service_order_cabinets stop
                 JOIN device_cabinets cabinet ON cabinet.id = stop.cabinet_id
                 JOIN devices device ON device.id = cabinet.device_id
                 LEFT JOIN locations location ON location.id = device.location_id
                 LEFT JOIN service_visits visit ON visit.order_cabinet_id = stop.id AND visit.voided_at IS NULL
                WHERE stop.service_order_id = orders.id) stops ON true
          LEFT JOIN LATERAL (
               SELECT count(*) AS item_count,
                      coalesce(sum(greatest(0, item.quantity_needed - item.quantity_filled)), 0)::integer
                          AS missing_units
                 FROM service_order_items item
                 JOIN service_order_cabinets stop ON stop.id = item.order_cabinet_id
                WHERE stop.service_order_id = orders.id) items ON true
         ORDER BY orders.created_at DESC, orders.id DESC
"""


def _filters(
    query: OrderQuery, seen_by: Principal, order_id: int | None = None, statuses: Sequence[str] | None = None
) -> dict[str, Any]:
    """The bound values of `_MATCHING`."""  # Any: values of all the columns' types
    asked: dict[str, int | str | date | datetime | list[str] | list[int] | None] = {
        **seen_by.sight,
        "statuses": None if statuses is None else list(statuses),
        "order_id": order_id,
        "route_id": query.route_id,
        "driver_id": query.driver_id,
        "status": query.status,
        "date": query.date,
        "date_from": query.date_from,
        "date_to": query.date_to,
        "since": query.since,
    }
    return asked


def listed(
    db: Connection,
    query: OrderQuery,
    *,
    seen_by: Principal,
    limit: int,
    offset: int,
    statuses: Sequence[str] | None = None,
) -> list[ListedOrder]:
    """A page of the orders that match, newest first; a driver's own only (BR-095, BR-096)."""
    return db.fetch(
        ListedOrder,
        f"""
        WITH matching AS (
            SELECT * {_MATCHING}
             ORDER BY orders.created_at DESC, orders.id DESC
             LIMIT %(limit)s OFFSET %(offset)s)
        {_LISTED}
        """,
        limit=limit,
        offset=offset,
        **_filters(query, seen_by, statuses=statuses),
    )


def one(db: Connection, order_id: int, *, seen_by: Principal) -> ListedOrder | None:
    """One order; another driver's is not there (BR-095)."""
    return db.fetch_one(
        ListedOrder,
        f"WITH matching AS (SELECT * {_MATCHING}) {_LISTED}",
        **_filters(OrderQuery(), seen_by, order_id),
    )


def is_seen(db: Connection, order_id: int, *, seen_by: Principal) -> bool:
    """Whether the order is there for the caller."""
    found = db.value(f"SELECT true {_MATCHING}", **_filters(OrderQuery(), seen_by, order_id))
    return bool(found)


_FILL_RATE = """
               (SELECT 100 * avg(slot.quantity::numeric / slot.capacity)
                  FROM planograms planogram
                  JOIN planogram_slots slot ON slot.planogram_id = planogram.id
                 WHERE planogram.cabinet_id = stop.cabinet_id
                   AND slot.retired_at IS NULL
                   AND slot.product_id IS NOT NULL
                   AND slot.capacity > 0)
"""


def summary(db: Connection, query: OrderQuery, *, seen_by: Principal) -> Summary:
    """How many orders match, and how full the cabinets are that the open ones among them still wait at (§7.5)."""
    found = db.fetch_one(
        Summary,
        f"""
        WITH matching AS (SELECT orders.id, orders.status {_MATCHING})
        SELECT (SELECT count(*) FROM matching) AS total,
               coalesce((SELECT round(avg(coalesce({_FILL_RATE}, 0)), 1)
                           FROM matching orders
                           JOIN service_order_cabinets stop ON stop.service_order_id = orders.id
                          WHERE orders.status IN ('pending', 'in_progress')
                            AND stop.status IN ('pending', 'in_progress')), 0) AS avg_fill_rate
        """,  # noqa: S608 - constants
        **_filters(query, seen_by),
    )
    assert found is not None  # noqa: S101 - narrows the type: a selection of two values is one row
    return found


def stops(db: Connection, order_ids: Sequence[int]) -> list[StopRow]:
    """The cabinets of orders, by asset and index (BR-097), each once."""
    return db.fetch(
        StopRow,
        f"""
        SELECT stop.service_order_id AS order_id, stop.id AS cabinet_order_id, stop.cabinet_id,
               device.id AS device_id, device.asset,
               device.nickname AS cooler, location.name AS location, location.address, location.latitude,
               location.longitude, cabinet.cabinet_index, type.name AS cabinet_type, stop.sequence_no, stop.status,
               stop.started_at, stop.executed_at, executor.username AS executed_by, stop.skip_reason,
               visit.id AS service_visit_id, visit.units_restocked AS delivered_units, stop.estimated_minutes,
               coalesce(round({_FILL_RATE}, 1), 0.0) AS fill_rate
          FROM service_order_cabinets stop
          JOIN device_cabinets cabinet ON cabinet.id = stop.cabinet_id
          JOIN cabinet_types type ON type.id = cabinet.cabinet_type_id
          JOIN devices device ON device.id = cabinet.device_id
          LEFT JOIN locations location ON location.id = device.location_id
          LEFT JOIN users executor ON executor.id = stop.executed_by
          LEFT JOIN service_visits visit ON visit.order_cabinet_id = stop.id AND visit.voided_at IS NULL
         WHERE stop.service_order_id = ANY(%(order_ids)s)
         ORDER BY device.asset, cabinet.cabinet_index, stop.id
        """,  # noqa: S608 - constants
        order_ids=list(order_ids),
    )


def items(db: Connection, order_ids: Sequence[int]) -> list[ItemRow]:
    """What orders ask for, by cabinet, category and name (BR-097)."""
    return db.fetch(
        ItemRow,
        """
        SELECT item.order_cabinet_id AS stop_id, product.id AS product_id, product.name AS product_name,
               category.name AS category, item.quantity_needed, item.quantity_filled
          FROM service_order_cabinets stop
          JOIN service_order_items item ON item.order_cabinet_id = stop.id
          JOIN products product ON product.id = item.product_id
          JOIN product_categories category ON category.id = product.category_id
         WHERE stop.service_order_id = ANY(%(order_ids)s)
         ORDER BY item.order_cabinet_id, lower(category.name), lower(product.name), product.id
        """,
        order_ids=list(order_ids),
    )


def raw(db: Connection, order_id: int) -> RawOrder:
    """An order in the names of the database."""
    found = db.fetch_one(
        RawOrder,
        """
        SELECT orders.id, orders.route_id, orders.created_at, creator.username AS created_by, orders.status,
               orders.total_units, orders.estimated_minutes AS estimated_duration_minutes, orders.driver_id,
               orders.sync_version, orders.updated_at AS last_modified, orders.started_at, orders.completed_at,
               orders.notes
          FROM service_orders orders
          LEFT JOIN users creator ON creator.id = orders.created_by
         WHERE orders.id = %(order_id)s
        """,
        order_id=order_id,
    )
    assert found is not None  # noqa: S101 - narrows the type: the caller holds the row locked
    return found


def pending_count(db: Connection, *, seen_by: Principal) -> int:
    """How many orders wait to be started."""
    return int(
        db.value(
            f"SELECT count(*) FROM service_orders orders WHERE orders.status = 'pending' AND {SEEN}",  # noqa: S608
            **seen_by.sight,
        )
    )


def pending_notifications(db: Connection, *, seen_by: Principal, most: int) -> list[Notification]:
    """The newest orders that wait to be started, as lines of a badge."""
    return db.fetch(
        Notification,
        f"""
        SELECT orders.id, 'service_order' AS type, 'Service order ' || orders.id AS title,
               format('%%s on %%s, %%s units', coalesce(route.name, 'No route'), orders.service_date,
                      orders.total_units) AS message,
               (extract(epoch FROM orders.created_at) * 1000)::bigint AS timestamp,
               jsonb_build_object('orderId', orders.id) AS data, false AS read
          FROM service_orders orders
          LEFT JOIN routes route ON route.id = orders.route_id
         WHERE orders.status = 'pending'
           AND {SEEN}
         ORDER BY orders.created_at DESC, orders.id DESC
         LIMIT %(most)s
        """,  # noqa: S608 - a constant condition
        **seen_by.sight,
        most=most,
    )
