"""How fast products sell."""

from collections.abc import Collection

from chalicelib.kit.call import Call
from chalicelib.planning import rules
from chalicelib.planning.queries import sales
from chalicelib.planning.rules import Velocity


def velocities(call: Call, device_ids: Collection[int]) -> dict[tuple[int, int], Velocity]:
    """The daily velocity of every product that the devices hold now, by (device, product); one statement."""
    if not device_ids:
        return {}
    return {
        (sold.device_id, sold.product_id): rules.velocity(
            sold.units_28d, sold.units_all_time, sold.first_sold_at, call.now
        )
        for sold in sales.sales_of_products(call.db, sorted(device_ids), call.now)
    }
