"""The stock ledger's opening balance, and the history of slots that the file still remembers."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from tools.legacy.run import Run
from tools.legacy.steps.slots import Slot

Balances = dict[int, tuple[int | None, int]]  # Product and quantity by slot.
_MOVEMENT: Final = ("slot_id", "product_id", "delta", "kind", "quantity_after", "at")
_CHANGE: Final = ("slot_id", "at", "reason", "old_product_id", "new_product_id", "new_quantity")


def balances(run: Run, slots: Iterable[Slot]) -> Balances:
    """What the target's slots hold before the import touches them."""
    found = run.target.fetch(
        "SELECT id, product_id, quantity FROM planogram_slots WHERE id = ANY(%(ids)s::bigint[])",
        ids=[slot.id for slot in slots],
    )
    return {slot: (product, quantity) for slot, product, quantity in found}


def post(run: Run, slots: Iterable[Slot], before: Balances) -> None:
    """Bring the ledger to the slots' quantities: an opening balance for a new slot, a correction for a known one."""
    rows = (
        (slot.id, product, delta, "import", after, run.now)
        for slot in slots
        for product, delta, after in _movements(slot, before.get(slot.id))
    )
    run.target.insert("inventory_movements", _MOVEMENT, rows)


def _movements(slot: Slot, before: tuple[int | None, int] | None) -> Iterator[tuple[int, int, int]]:
    """(product, delta, quantity afterwards). What was recorded comes first, then what the repair took off it."""
    product, on_hand = before or (None, 0)
    if before is None and slot.product_id and slot.recorded and slot.recorded != slot.quantity:
        yield slot.product_id, slot.recorded, slot.recorded
        product, on_hand = slot.product_id, slot.recorded
    if on_hand and product and product != slot.product_id:
        yield product, -on_hand, 0
        on_hand = 0
    if slot.product_id and slot.quantity != on_hand:
        yield slot.product_id, slot.quantity - on_hand, slot.quantity


def remember_changes(run: Run, slots: Iterable[Slot], before: Balances) -> None:
    """`cleared_at` was set on every change of product: one row of history for each slot that has it."""
    rows: Iterator[tuple[Any, ...]] = (
        (slot.id, slot.assigned_at, "import", slot.previous_product_id, slot.product_id, slot.quantity)
        for slot in slots
        if slot.assigned_at and slot.id not in before and slot.previous_product_id != slot.product_id
    )
    run.target.insert("planogram_slot_changes", _CHANGE, rows)
