"""One legacy slot → one slot of the target, with its bounds restored."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tools.legacy.rows import Row
from tools.legacy.run import Product, Run
from tools.legacy.steps.catalog import EMPTY_SLOT

_POSITION: Final = re.compile(r"([A-Z])(\d{1,2})")
_MOST: Final = 999


@dataclass(slots=True)
class Slot:
    """A slot on its way. `recorded` is what the legacy application believed to be in it."""

    id: int
    planogram_id: int
    row_no: int
    col_no: int
    product_id: int | None = None
    quantity: int = 0
    recorded: int = 0
    capacity: int = 0
    par_level: int = 0
    price_cents: int | None = None
    assigned_at: datetime | None = None
    previous_product_id: int | None = None
    source: Row | None = None

    @property
    def cell(self) -> tuple[int, int, int]:
        return self.planogram_id, self.row_no, self.col_no


def position_of(row: Row) -> tuple[int, int] | None:
    """A1 → (1, 1); None for anything else."""
    match = _POSITION.fullmatch((row.text("slot_position") or "").upper())
    if match is None or int(match[2]) == 0:
        return None
    return ord(match[1]) - ord("A") + 1, int(match[2])


def convert(run: Run, row: Row, planogram_id: int, position: tuple[int, int]) -> Slot:
    slot = Slot(row.id, planogram_id, *position, capacity=row.count("capacity", most=_MOST), source=row)
    slot.assigned_at = row.instant("cleared_at")
    slot.previous_product_id = _previous(run, row)
    slot.product_id = _product(run, row)
    if slot.product_id is None:
        _leave_empty(row)
        return slot
    slot.quantity = slot.recorded = row.count("quantity")
    slot.par_level = row.count("par_level")
    _bound(row, slot)
    slot.price_cents = _own_price(row, run.known.products[slot.product_id])
    return slot


def _product(run: Run, row: Row) -> int | None:
    written = row.whole("product_id")
    if written is None or written == EMPTY_SLOT:
        return None
    product = run.known.products.get(written)
    if product is None:
        # What the declared key would have done, had it been enforced: ON DELETE SET NULL.
        row.repaired("SLOT_PRODUCT_MISSING", "product_id")
        return None
    copied = row.text("product_name")
    if copied is not None and copied[:120] != product.name:
        row.noticed("PRODUCT_NAME_MISMATCH", "product_name", product.name)
    return written


def _previous(run: Run, row: Row) -> int | None:
    written = row.whole("previous_product_id")
    return written if written in run.known.products else None


def _leave_empty(row: Row) -> None:
    if row.count("quantity"):
        row.repaired("EMPTY_SLOT_WITH_STOCK", "quantity", 0)
    if row.count("par_level"):
        row.repaired("EMPTY_SLOT_WITH_PAR", "par_level", 0)


def _bound(row: Row, slot: Slot) -> None:
    if slot.capacity == 0:
        slot.capacity = min(max(slot.quantity, slot.par_level, 1), _MOST)
        row.repaired("CAPACITY_MISSING", "capacity", slot.capacity)
    if slot.par_level > slot.capacity:
        slot.par_level = slot.capacity
        row.repaired("PAR_OVER_CAPACITY", "par_level", slot.capacity)


def _own_price(row: Row, product: Product) -> int | None:
    """A price of the slot's own, kept only where it differs from the product's."""
    price = row.cents("price")
    if price is not None and price < 0:
        row.repaired("PRICE_OUT_OF_RANGE", "price")
        return None
    return None if price == product.price_cents else price
