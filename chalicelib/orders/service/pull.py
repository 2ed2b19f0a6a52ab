"""What a phone takes along before it goes offline (US-081)."""

from datetime import timedelta

from chalicelib.kit.call import Call
from chalicelib.orders.models.incoming import OrderQuery
from chalicelib.orders.models.phone import Pulled, PullQuery
from chalicelib.orders.queries import phone as queries
from chalicelib.orders.queries import reading
from chalicelib.orders.rules import machine
from chalicelib.orders.service import read

OVERLAP = timedelta(minutes=1)
"""A change carries the moment when its request began; this is longer than any request takes to commit it."""

REMEMBERED = timedelta(days=30)
"""A phone that was away for longer gets everything anew."""

MOST_ORDERS = 1000


def orders(call: Call, query: PullQuery) -> Pulled:
    """The caller's orders: all that are open, or what has changed since with the orders to drop."""
    me = call.principal.user_id
    since = query.since - OVERLAP if query.since and call.now - query.since <= REMEMBERED else None
    found = reading.listed(
        call.db,
        OrderQuery(driver_id=me, since=since),
        seen_by=call.principal,
        statuses=sorted(machine.OPEN if since is None else {*machine.OPEN, "completed"}),
        limit=MOST_ORDERS,
        offset=0,
    )
    return Pulled(
        orders=read.details(call, found),
        tombstones=[] if since is None else queries.tombstones(call.db, me, since),
        full=since is None,
        server_time=call.now,
    )
