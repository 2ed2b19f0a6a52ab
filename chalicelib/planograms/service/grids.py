"""Grids: the empty planogram of a new cabinet, and the planogram of a cabinet whose type has changed."""

from collections.abc import Sequence

from chalicelib.kit.call import Call
from chalicelib.planograms import rules
from chalicelib.planograms.errors import PlanogramNotFound, SlotsOccupied
from chalicelib.planograms.queries import writing as queries
from chalicelib.planograms.queries.writing import CabinetGrid, SlotRow
from chalicelib.planograms.service import changing


def lay_out(call: Call, cabinet_ids: Sequence[int]) -> None:
    """Give new cabinets planograms with an empty slot for each cell of their grids (BR-044)."""
    queries.insert_planograms(call.db, cabinet_ids, by=call.principal.user_id)
    queries.insert_missing_slots(call.db, cabinet_ids)


def units_in(call: Call, cabinet_id: int) -> int:
    """How many units a cabinet holds; its planogram is locked, so that it stays so."""
    _lock(call, cabinet_id)
    return queries.units_in(call.db, cabinet_id)


def fit_to_grid(call: Call, cabinet_id: int, *, force: bool) -> list[str]:
    """Fit a planogram to the grid that its cabinet has now (BR-051); the positions that were cleared.

    Slots in both grids stay as they are. Slots that vanish must be empty, or `force` clears them with history and
    ledger; they are retired, since ledger and history keep pointing at them.
    """
    grid = _lock(call, cabinet_id)
    vanishing = [slot for slot in queries.lock_slots(call.db, [grid.id]) if not _has_place(slot, grid)]
    occupied = [slot for slot in vanishing if slot.product_id is not None]
    positions = [slot.position for slot in sorted(occupied, key=lambda slot: (slot.row_no, slot.col_no))]
    if occupied and not force:
        raise SlotsOccupied(positions=positions)
    changing.carry_out(call, changing.differences((slot, rules.emptied(slot.content)) for slot in occupied))
    queries.retire(call.db, [slot.id for slot in vanishing], call.now)
    queries.insert_missing_slots(call.db, [cabinet_id])
    if not occupied:
        queries.bump_versions(call.db, [grid.id], by=call.principal.user_id, now=call.now)
    return positions


def _lock(call: Call, cabinet_id: int) -> CabinetGrid:
    grid = queries.lock_grid(call.db, cabinet_id)
    if grid is None:
        raise PlanogramNotFound
    return grid


def _has_place(slot: SlotRow, grid: CabinetGrid) -> bool:
    return slot.row_no <= grid.rows and slot.col_no <= grid.cols
