"""The policy "rebuild": undo what the legacy application did on delivery, and deliver again as BR-114 says.

It added the whole delivered amount of a product to every slot of it. So each such slot loses that amount, and the
amount is spread over the slots once: in the order of their positions, first up to par, then up to capacity.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tools.legacy.run import Run
from tools.legacy.steps.slots import Slot

Delivered = dict[tuple[int, int], int]  # Units by cabinet and product.


def allocate(units: int, slots: Sequence[tuple[int, int, int]]) -> tuple[list[int], int]:
    """Units for each slot of (quantity, par, capacity), and what finds no place."""
    given = [0] * len(slots)
    for limit in (1, 2):
        for index, slot in enumerate(slots):
            room = max(0, slot[limit] - slot[0] - given[index])
            share = min(units, room)
            given[index] += share
            units -= share
    return given, units


def delivered(run: Run) -> Delivered:
    """What the visits of the file brought, by cabinet and product."""
    cabinet_of_stop = {row.id: row.whole("cabinet_configuration_id") for row in run.rows("service_order_cabinets")}
    cabinet_of_visit = {
        row.id: cabinet_of_stop.get(row.whole("service_order_cabinet_id") or 0) for row in run.rows("service_visits")
    }
    units: Delivered = defaultdict(int)
    for row in run.rows("service_visit_items"):
        cabinet, product = cabinet_of_visit.get(row.whole("service_visit_id") or 0), row.whole("product_id")
        if cabinet is not None and product is not None:
            units[cabinet, product] += row.count("quantity_filled")
    return units


def rebuild(run: Run, slots: Iterable[Slot], cabinets: dict[int, int]) -> None:
    """Correct the slots that visits filled; `cabinets` leads from a planogram to its cabinet."""
    brought = delivered(run)
    filled: dict[tuple[int, int], list[Slot]] = defaultdict(list)
    for slot in slots:
        key = (cabinets[slot.planogram_id], slot.product_id or 0)
        if key in brought:
            filled[key].append(slot)
    for key, group in filled.items():
        _correct(sorted(group, key=lambda slot: slot.cell), brought[key])


def _correct(group: list[Slot], units: int) -> None:
    before = [max(0, slot.quantity - units) for slot in group]
    shares, left = allocate(
        units, [(old, slot.par_level, slot.capacity) for old, slot in zip(before, group, strict=True)]
    )
    for slot, old, share in zip(group, before, shares, strict=True):
        if slot.quantity != old + share:
            slot.quantity = old + share
            if slot.source:
                slot.source.repaired("STOCK_REBUILT", "quantity", slot.quantity)
    if left and group[0].source:
        group[0].source.noticed("DELIVERY_WITHOUT_ROOM", "product_id", left)
