"""Reading orders (BR-095 to BR-097)."""

from collections import Counter
from collections.abc import Sequence

from chalicelib.kit.call import Call
from chalicelib.orders.errors import OrderNotFound
from chalicelib.orders.models.incoming import OrderQuery
from chalicelib.orders.models.outgoing import (
    DeviceSummary,
    ListedOrder,
    OrderCabinet,
    OrderDetail,
    OrderList,
    OrderProduct,
    Pagination,
    PendingOrders,
    PickLine,
)
from chalicelib.orders.queries import planning
from chalicelib.orders.queries import reading as queries
from chalicelib.orders.queries.reading import ItemRow, StopRow

MOST_ORDERS = 100
"""What a list without pages holds (contract)."""

MOST_NOTIFICATIONS = 10


def orders(call: Call, query: OrderQuery) -> OrderList:
    """The orders that match, newest first: a page, or the newest hundred when no page is asked for."""
    size = query.per_page if query.page else MOST_ORDERS
    page = query.page or 1
    shown = queries.listed(call.db, query, seen_by=call.principal, limit=size, offset=(page - 1) * size)
    summary = queries.summary(call.db, query, seen_by=call.principal)
    return OrderList(
        orders=shown,
        avg_fill_rate=summary.avg_fill_rate,
        pagination=Pagination(page=page, per_page=size, total=summary.total, pages=-(-summary.total // size)),
        server_time=call.now,
    )


def detail(call: Call, order_id: int) -> OrderDetail:
    """An order with its cabinets and items; another driver's is not there (BR-095)."""
    order = queries.one(call.db, order_id, seen_by=call.principal)
    if order is None:
        raise OrderNotFound
    return details(call, [order])[0]


def details(call: Call, orders: Sequence[ListedOrder]) -> list[OrderDetail]:
    """Orders with their cabinets and items, in a number of statements that does not grow with them."""
    ids = [order.id for order in orders]
    items: dict[int, list[OrderProduct]] = {}
    for item in queries.items(call.db, ids):
        items.setdefault(item.stop_id, []).append(_product(item))
    stops: dict[int, list[StopRow]] = {}
    for stop in queries.stops(call.db, ids):
        stops.setdefault(stop.order_id, []).append(stop)
    return [
        OrderDetail(
            **dict(order),
            cabinets=[_cabinet(stop, items.get(stop.cabinet_order_id, [])) for stop in stops.get(order.id, [])],
            device_summary=_devices(stops.get(order.id, [])),
        )
        for order in orders
    ]


def _product(item: ItemRow) -> OrderProduct:
    filled = item.quantity_filled
    return OrderProduct(
        product_id=item.product_id,
        product_name=item.product_name,
        category=item.category,
        quantity_needed=item.quantity_needed,
        quantity_filled=filled,
        shortfall=None if filled is None else max(0, item.quantity_needed - filled),
    )


def _cabinet(stop: StopRow, products: list[OrderProduct]) -> OrderCabinet:
    return OrderCabinet(**vars(stop), is_executed=stop.status == "completed", products=products)


def _devices(stops: Sequence[StopRow]) -> list[DeviceSummary]:
    cabinets = Counter(stop.device_id for stop in stops)
    first = {stop.device_id: stop for stop in reversed(stops)}
    return [
        DeviceSummary(
            device_id=device_id,
            asset=first[device_id].asset,
            cooler=first[device_id].cooler,
            location=first[device_id].location,
            address=first[device_id].address,
            cabinet_count=count,
        )
        for device_id, count in cabinets.items()
    ]


def pick_list(call: Call, order_id: int) -> list[PickLine]:
    """What to load for an order: its snapshot (BR-098)."""
    if not queries.is_seen(call.db, order_id, seen_by=call.principal):
        raise OrderNotFound
    return planning.pick_list(call.db, order_id)


def pending(call: Call) -> PendingOrders:
    """How many orders wait, and the newest of them."""
    return PendingOrders(
        count=queries.pending_count(call.db, seen_by=call.principal),
        notifications=queries.pending_notifications(call.db, seen_by=call.principal, most=MOST_NOTIFICATIONS),
    )
