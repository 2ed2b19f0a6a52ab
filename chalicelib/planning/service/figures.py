"""The figures of slots, computed from what is on hand and what was sold."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from chalicelib.kit.db import Connection
from chalicelib.planning import rules
from chalicelib.planning.models import PlannedSlot, ProductSales, SlotStock
from chalicelib.planning.queries import sales, slots
from chalicelib.planning.rules import Velocity


def of_devices(db: Connection, device_ids: Sequence[int], now: datetime) -> Mapping[int, list[PlannedSlot]]:
    """The occupied slots of each device with their figures; two statements, however many devices."""
    if not device_ids:
        return {}
    sold = {(row.device_id, row.product_id): row for row in sales.sales_of_products(db, device_ids, now)}
    pace = {key: rules.velocity(it.units_28d, it.units_all_time, it.first_sold_at, now) for key, it in sold.items()}
    shares: dict[tuple[int, int, int], Velocity] = {}
    planned: defaultdict[int, list[PlannedSlot]] = defaultdict(list)
    for stock in slots.occupied(db, device_ids):
        key = stock.device_id, stock.product_id
        # Slots of a product are mostly of one size, and dividing fractions is dear.
        share = shares.get((*key, stock.capacity))
        if share is None:
            share = rules.share_of_slot(pace[key], stock.capacity, stock.product_capacity)
            shares[*key, stock.capacity] = share
        planned[stock.device_id].append(_planned(stock, sold[key], share))
    return planned


def _planned(stock: SlotStock, sold: ProductSales, share: Velocity) -> PlannedSlot:
    return PlannedSlot(stock, sold, rules.slot_figures(stock.quantity, stock.capacity, stock.par_level, share))


def totals(planned: Iterable[PlannedSlot]) -> rules.Totals:
    """The figures of a cabinet or a device from those of its slots."""
    return rules.totals([slot.figures for slot in planned])


def fill_rate(planned: Iterable[PlannedSlot]) -> Decimal:
    """How full the slots of a cabinet or a device are on the average, in percent."""
    return rules.fill_rate([(slot.stock.quantity, slot.stock.capacity) for slot in planned])
