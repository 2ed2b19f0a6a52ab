"""The figures of slots, computed from what is on hand and what was sold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from chalicelib.kit.db import Connection
from chalicelib.planning import rules
from chalicelib.planning.models import PlannedSlot, ProductSales, SlotStock
from chalicelib.planning.queries import sales, slots


def of_devices(db: Connection, device_ids: Sequence[int], now: datetime) -> Mapping[int, list[PlannedSlot]]:
    """The occupied slots of each device with their figures; two statements, however many devices."""
    if not device_ids:
        return {}
    sold = {(row.device_id, row.product_id): row for row in sales.sales_of_products(db, device_ids, now)}
    planned: defaultdict[int, list[PlannedSlot]] = defaultdict(list)
    for stock in slots.occupied(db, device_ids):
        planned[stock.device_id].append(_planned(stock, sold[stock.device_id, stock.product_id], now))
    return planned


def _planned(stock: SlotStock, sold: ProductSales, now: datetime) -> PlannedSlot:
    whole = rules.velocity(sold.units_28d, sold.units_all_time, sold.first_sold_at, now)
    share = rules.share_of_slot(whole, stock.capacity, stock.product_capacity)
    return PlannedSlot(stock, sold, rules.slot_figures(stock.quantity, stock.capacity, stock.par_level, share))


def totals(planned: Iterable[PlannedSlot]) -> rules.Totals:
    """The figures of a cabinet or a device from those of its slots."""
    return rules.totals([slot.figures for slot in planned])
