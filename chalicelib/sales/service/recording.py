"""Recording sales: the fact, the daily rollup and the stock, in one transaction (BR-101 to BR-103, BR-105)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chalicelib.kit.call import Call
from chalicelib.planning.service import recalculation
from chalicelib.sales import rules
from chalicelib.sales.events import SaleCreated
from chalicelib.sales.models.facts import NewSale, Recorded
from chalicelib.sales.queries import facts
from chalicelib.sales.queries.facts import Written
from chalicelib.sales.rules import Shelf
from chalicelib.stock import service as stock
from chalicelib.stock.models import Move


def record(call: Call, sales: Sequence[NewSale], *, refresh_metrics: bool = True) -> list[Recorded]:
    """Record sales in the order given, take them out of the slots, and refresh the devices' metrics.

    The number of statements does not depend on the number of sales. Duplicates by import key are told, not written.
    Devices and products must exist; whoever calls has seen to that. Whoever records many of all devices leaves their
    metrics to the hourly schedule.
    """
    if not sales:
        return []
    written = facts.write(call.db, sales)
    fresh = [(sales[row.place - 1], row) for row in written if not row.is_duplicate]
    outcomes = _take_from_slots(call, fresh)
    for sale, row in fresh:
        call.record(_event(sale, row, outcomes[row.sale_id]))
    if refresh_metrics:
        recalculation.recalculate(call, {sale.device_id for sale, _ in fresh})
    known = _earlier(call, sales, written)
    return [
        known[row.place] if row.is_duplicate else Recorded(row.sale_id, row.sold_at, False, outcomes[row.sale_id].told)
        for row in written
    ]


@dataclass
class _Outcome:
    """What a sale met in the slots."""

    missing: int = 0
    in_planogram: bool = True
    moves: list[Move] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """Warnings for a person."""
        if not self.in_planogram:
            return ["The product is in no slot of the device: the sale is kept, no stock was moved."]
        if self.missing:
            return [f"{self.missing} of the units were not on record in the slots: their count was adjusted."]
        return []


def _take_from_slots(call: Call, fresh: Sequence[tuple[NewSale, Written]]) -> dict[int, _Outcome]:
    if not fresh:
        return {}
    shelves: defaultdict[tuple[int, int], dict[int, Shelf]] = defaultdict(dict)
    pairs = sorted({(sale.device_id, sale.product_id) for sale, _ in fresh})
    for slot in facts.lock_slots(call.db, pairs):
        shelves[slot.device_id, slot.product_id][slot.slot_id] = Shelf(slot.slot_id, slot.quantity)
    outcomes = {row.sale_id: _sell(sale, row, shelves[sale.device_id, sale.product_id]) for sale, row in fresh}
    stock.apply(call, [move for outcome in outcomes.values() for move in outcome.moves])
    return outcomes


def _sell(sale: NewSale, row: Written, shelves: dict[int, Shelf]) -> _Outcome:
    """Draw a sale from its slot, or else from all of its product's, and leave less for the next sale."""
    known = shelves.get(sale.slot_id) if sale.slot_id is not None else None
    draws = rules.draw(sale.units, [known] if known else list(shelves.values()))
    outcome = _Outcome(missing=sum(draw.missing for draw in draws), in_planogram=bool(draws))
    for draw in draws:
        shelf = shelves[draw.slot_id]
        shelves[draw.slot_id] = replace(shelf, quantity=shelf.quantity + draw.missing - draw.units)
        found = Move(
            slot_id=draw.slot_id,
            delta=draw.missing,
            kind="count_adjustment",
            sale_id=row.sale_id,
            sale_sold_at=row.sold_at,
            dex_read_id=sale.dex_read_id,
        )
        # What was sold was there: what the record lacked is found first, so that the ledger never goes below zero.
        outcome.moves += [found, replace(found, delta=-draw.units, kind="sale")]
    return outcome


def _event(sale: NewSale, row: Written, outcome: _Outcome) -> SaleCreated:
    return SaleCreated(
        resource_id=row.sale_id,
        device_id=sale.device_id,
        product_id=sale.product_id,
        units=sale.units,
        revenue_cents=sale.revenue_cents,
        sold_at=sale.sold_at,
        source=sale.source,
        missing_units=outcome.missing,
        in_planogram=outcome.in_planogram,
    )


def _earlier(call: Call, sales: Sequence[NewSale], written: Sequence[Written]) -> dict[int, Recorded]:
    """The sales that duplicates repeat, by place."""
    keys = {row.place: sales[row.place - 1].import_key or "" for row in written if row.is_duplicate}
    if not keys:
        return {}
    owners = {owner.import_key: owner for owner in facts.owners(call.db, sorted(set(keys.values())))}
    return {
        place: Recorded(owners[key].sale_id, owners[key].sold_at, True, ["This sale had been recorded before."])
        for place, key in keys.items()
    }
