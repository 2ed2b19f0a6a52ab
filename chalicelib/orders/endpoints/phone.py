"""The driver's phone, before and after a dead zone."""

from chalice.app import Blueprint

from chalicelib.kit.call import Call
from chalicelib.kit.endpoint import endpoint
from chalicelib.kit.roles import ADMIN, DRIVER, MANAGER
from chalicelib.orders.models.phone import Pulled, PullQuery, Push, Pushed
from chalicelib.orders.service import pull, push

blueprint = Blueprint(__name__)

DRIVES = (ADMIN, MANAGER, DRIVER)
PHOTO_GRANTS = ("s3:GetObject", "s3:ListBucket", "kms:Decrypt")


@endpoint(blueprint, "GET", "/api/driver/sync", roles=DRIVES)
def pull_orders(call: Call, query: PullQuery) -> Pulled:
    """Give a phone the caller's orders for use offline, with cabinets, items, addresses and coordinates.

    Without `since`, or after a month, all open ones with `full: true`. With the last answer's `serverTime` as
    `since`, what has changed, and as `tombstones` the orders that were cancelled or went to somebody else. An order
    may come again that changed within the last minute before `since`.
    """
    return pull.orders(call, query)


@endpoint(
    blueprint,
    "POST",
    "/api/driver/sync",
    roles=DRIVES,
    own_transactions=True,
    grants=PHOTO_GRANTS,
    memory=512,
    timeout=29,
)
def push_actions(call: Call, body: Push) -> Pushed:
    """Carry out what a phone queued up, in its order: each action by itself, and once however often its key comes.

    An action: `{key, type, orderId, orderCabinetId, clientTime, baseVersion, payload}`. Its outcome is `applied`,
    `duplicate` (with the first result), `conflict` (the order has changed since `baseVersion`; `serverVersion` is what
    it is now) or `rejected` (with `code`). What fails stops the later actions of the same order only.
    """
    return push.queue(call, body)


@endpoint(
    blueprint,
    "POST",
    "/api/offline-sync",
    roles=DRIVES,
    own_transactions=True,
    grants=PHOTO_GRANTS,
    memory=512,
    timeout=29,
)
def push_offline_actions(call: Call, body: Push) -> Pushed:
    """Carry out what a phone queued up, under the name that the service worker knows; the same as above."""
    return push.queue(call, body)
