"""Planograms: one for each cabinet, one slot for each cell of its grid, and no slot fuller than it can be."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from tools.legacy.refusal import Refused
from tools.legacy.rows import Row
from tools.legacy.run import Cabinet, Run
from tools.legacy.steps import ledger, rebuild, slots
from tools.legacy.steps.slots import Slot
from tools.legacy.target import INVENTED_IDS

_PLANOGRAM: Final = ("id", "cabinet_id", "created_at", "updated_at")
_MOST_CELLS: Final = 400
_SLOT: Final = (
    "id", "planogram_id", "row_no", "col_no", "product_id", "quantity", "capacity", "par_level", "price_cents",
    "assigned_at", "created_at", "updated_at",
)  # fmt: skip


def bring(run: Run) -> None:
    updated = _bring_planograms(run)
    cabinets = {planogram: cabinet for planogram, (cabinet, _) in updated.items()}
    found = _fill_grids(run, list(_slots(run, cabinets)), cabinets)
    if run.options.policy == "rebuild":
        rebuild.rebuild(run, found, cabinets)
    _hold_capacity(run, found)
    before = ledger.balances(run, found)
    rows = (
        (slot.id, *slot.cell, slot.product_id, slot.quantity, slot.capacity, slot.par_level, slot.price_cents,
         slot.assigned_at if slot.product_id else None, *[updated[slot.planogram_id][1]] * 2)
        for slot in found
    )  # fmt: skip
    run.target.upsert("planogram_slots", _SLOT, rows, same=("planogram_id", "row_no", "col_no"))
    ledger.post(run, found, before)
    ledger.remember_changes(run, found, before)
    run.converted("planogram_slots", sum(slot.source is not None for slot in found))
    _remember_what_is_planned(run, found, cabinets)


def _bring_planograms(run: Run) -> dict[int, tuple[int, datetime]]:
    """One planogram for each cabinet: (cabinet, when it was last changed) by id. A cabinet without one gets one."""
    candidates: dict[int, list[Row]] = defaultdict(list)
    for row in run.rows("planograms"):
        cabinet_id = row.whole("cabinet_id")
        if cabinet_id in run.known.cabinets:
            candidates[cabinet_id].append(row)
        else:
            row.rejected("ORPHAN", "cabinet_id")
    chosen: dict[int, tuple[int, datetime]] = {}
    for cabinet_id, cabinet in run.known.cabinets.items():
        number, changed_at = _planogram(run, cabinet_id, cabinet, candidates[cabinet_id])
        chosen[number] = (cabinet_id, changed_at)
    rows = [(number, cabinet, changed_at, changed_at) for number, (cabinet, changed_at) in chosen.items()]
    run.target.upsert("planograms", _PLANOGRAM, rows, same=("cabinet_id",))
    run.converted("planograms", len(candidates.keys() & run.known.cabinets.keys()))
    return chosen


def _planogram(run: Run, cabinet_id: int, cabinet: Cabinet, rows: list[Row]) -> tuple[int, datetime]:
    if not rows:
        run.issues.add("warning", "PLANOGRAM_MISSING", "cabinet_configurations", cabinet_id)
        return INVENTED_IDS + cabinet_id, run.source.moment
    *others, latest = sorted(rows, key=lambda row: (run.time(row, "updated_at"), row.id))
    for row in others:
        row.rejected("PLANOGRAM_DUPLICATE", "cabinet_id")
    key = f"{run.known.devices[cabinet.device_id].asset}-{cabinet.type_name}-{cabinet.index}"
    if latest.text("planogram_key") != key:
        latest.noticed("PLANOGRAM_KEY_MISMATCH", "planogram_key", key)
    return latest.id, run.time(latest, "updated_at")


def _slots(run: Run, cabinets: dict[int, int]) -> Iterable[Slot]:
    """The slots of known planograms that lie inside their grid."""
    for row in run.rows("planogram_slots"):
        planogram_id = row.whole("planogram_id") or 0
        position = slots.position_of(row)
        if planogram_id not in cabinets:
            row.rejected("ORPHAN", "planogram_id")
        elif position is None or not _is_inside(position, run.known.cabinets[cabinets[planogram_id]]):
            if row.whole("product_id") in run.known.products:
                row.rejected("SLOT_OUTSIDE_GRID", "slot_position")
            else:
                row.noticed("EMPTY_SLOT_OUTSIDE_GRID", "slot_position")
        else:
            yield slots.convert(run, row, planogram_id, position)


def _is_inside(position: tuple[int, int], cabinet: Cabinet) -> bool:
    return position[0] <= cabinet.rows and position[1] <= cabinet.cols


def _fill_grids(run: Run, found: list[Slot], cabinets: dict[int, int]) -> list[Slot]:
    """Exactly one slot in every cell: a double gives way to an occupied one, a missing one is made, empty."""
    by_cell: dict[tuple[int, int, int], Slot] = {}
    for slot in sorted(found, key=lambda slot: (slot.product_id is None, slot.id)):
        if slot.cell in by_cell and slot.source:
            slot.source.rejected("SLOT_DUPLICATE", "slot_position")
        by_cell.setdefault(slot.cell, slot)
    for planogram_id, cabinet_id in cabinets.items():
        cabinet = run.known.cabinets[cabinet_id]
        cells = [(planogram_id, row, col) for row in range(1, cabinet.rows + 1) for col in range(1, cabinet.cols + 1)]
        missing = [cell for cell in cells if cell not in by_cell]
        for cell in missing:
            number = INVENTED_IDS + (planogram_id % INVENTED_IDS) * _MOST_CELLS + (cell[1] - 1) * 20 + cell[2]
            by_cell[cell] = Slot(number, *cell)
            run.issues.add("warning", "SLOT_MISSING", "planograms", planogram_id, column="slot_position",
                           new=f"{chr(64 + cell[1])}{cell[2]}")  # fmt: skip
    return sorted(by_cell.values(), key=lambda slot: slot.id)


def _hold_capacity(run: Run, found: list[Slot]) -> None:
    over = [slot for slot in found if slot.quantity > slot.capacity]
    if over and run.options.policy == "strict":
        raise Refused(
            f"{len(over)} slots hold more than their capacity (first: slot {over[0].id} with {over[0].quantity} of "
            f"{over[0].capacity}); the policies clamp and rebuild repair them."
        )
    for slot in over:
        slot.quantity = slot.capacity
        if slot.source:
            slot.source.repaired("OVER_CAPACITY", "quantity", slot.capacity)


def _remember_what_is_planned(run: Run, found: list[Slot], cabinets: dict[int, int]) -> None:
    run.known.planned = {
        (run.known.cabinets[cabinets[slot.planogram_id]].device_id, slot.product_id)
        for slot in found
        if slot.product_id
    }
