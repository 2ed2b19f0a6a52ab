"""Moving stock, counting it, and proving that ledger and slots agree."""

from collections.abc import Mapping, Sequence

from chalicelib.kit.bulk import UNCHANGED, UPDATED, Outcome, refused
from chalicelib.kit.call import Call
from chalicelib.kit.db import Connection, transaction
from chalicelib.kit.job import Job, Stats
from chalicelib.planograms.errors import PlanogramNotFound, SlotNotFound
from chalicelib.stock import queries, rules
from chalicelib.stock.errors import LedgerBroken, NotCountable
from chalicelib.stock.events import SlotCounted, StockLow, StockSoldOut
from chalicelib.stock.models import Counted, CountedSlot, Discrepancy, Entry, Line, Move, PlanogramCount, SlotCount
from chalicelib.stock.queries import CountableSlot


def apply(call: Call, moves: Sequence[Move]) -> None:
    """Change the quantities of slots and write the ledger, in a number of statements that does not grow.

    The slots are locked in the locking order, which the caller may have done already. A move of nothing leaves no
    trace. The database refuses quantities below zero or above capacity: declare `NegativeStock` and `OverCapacity`
    among the endpoint's refusals where that can happen.
    """
    real = [move for move in moves if move.delta]
    if not real:
        return
    queries.lock_slots(call.db, sorted({move.slot_id for move in real}))
    lines = queries.move(call.db, real, actor_id=_actor(call), at=call.now)
    if len(lines) != len(real):
        raise SlotNotFound("A slot to be restocked does not exist.")
    _tell_of_crossings(call, lines)


def _tell_of_crossings(call: Call, lines: Sequence[Line]) -> None:
    """Publish each threshold that the lines of one slot, taken together, went down past; filling up is no news."""
    fallen = [fall for fall in rules.falls(lines) if fall.after < fall.before]
    for crossed in queries.crossings(call.db, fallen) if fallen else ():
        for kind in (StockLow,) * crossed.is_low + (StockSoldOut,) * crossed.is_sold_out:
            call.record(
                kind(
                    resource_id=crossed.slot_id,
                    device_id=crossed.device_id,
                    cabinet_id=crossed.cabinet_id,
                    position=crossed.position,
                    product_id=crossed.product_id,
                    quantity=crossed.quantity,
                    par_level=crossed.par_level,
                    capacity=crossed.capacity,
                )
            )


def post(call: Call, entries: Sequence[Entry]) -> None:
    """Write ledger lines only, for a planogram edit that has written the quantities itself.

    The caller holds the locks of the slots. Entries that move nothing are left out; several entries of one slot
    are written in the order given.
    """
    real = [entry for entry in entries if entry.delta]
    if real:
        queries.append(call.db, real, actor_id=_actor(call), at=call.now)


def _actor(call: Call) -> int | None:
    return call.caller.user_id if call.caller else None


def count_slot(call: Call, slot_id: int, body: SlotCount) -> Counted:
    """Correct the quantity of one slot to what was counted (US-063)."""
    planogram_id = queries.slot_of_planogram_of(call.db, slot_id, seen_by=call.principal)
    if planogram_id is None:
        raise SlotNotFound
    grid = {slot.id: slot for slot in queries.lock_grid(call.db, planogram_id)}
    if slot_id not in grid:
        raise SlotNotFound
    return _count(call, {slot_id: body.quantity}, grid, body.note)


def count_planogram(call: Call, key: str, body: PlanogramCount) -> Counted:
    """Correct the quantities of a cabinet's slots to what was counted; all of them, or none (US-063)."""
    planogram_id = queries.planogram_with_key(call.db, key, seen_by=call.principal)
    if planogram_id is None:
        raise PlanogramNotFound
    grid = {slot.id: slot for slot in queries.lock_grid(call.db, planogram_id)}
    by_position = {slot.position: slot.id for slot in grid.values()}
    counts = {count.position: count.quantity for count in body.counts}
    if unknown := sorted(counts.keys() - by_position.keys()):
        raise NotCountable("These positions are not in the grid: " + ", ".join(unknown), positions=unknown)
    return _count(call, {by_position[position]: units for position, units in counts.items()}, grid, body.note)


def bring_in(call: Call, counts: Mapping[int, int]) -> dict[int, Outcome]:
    """Correct many slots, of any number of cabinets, to what was counted; what cannot be is told slot by slot.

    The number of statements does not depend on how many slots these are.
    """
    slots = {slot.id: slot for slot in queries.lock_countable(call.db, sorted(counts))}
    outcomes = {slot_id: _countable(slots.get(slot_id), units) for slot_id, units in counts.items()}
    fit = {slot_id: units for slot_id, units in counts.items() if outcomes[slot_id].change == "updated"}
    _count(call, fit, slots, None)
    return outcomes


def _countable(slot: CountableSlot | None, units: int) -> Outcome:
    if slot is None:
        return refused("the slot is no longer there", "position")
    if problem := _problem(slot, units):
        return refused(problem, "quantity")
    return UNCHANGED if slot.quantity == units else UPDATED


def _count(call: Call, counts: Mapping[int, int], grid: Mapping[int, CountableSlot], note: str | None) -> Counted:
    _refuse_impossible(counts, grid)
    slots = [_counted(grid[slot_id], units) for slot_id, units in counts.items()]
    apply(call, [Move(slot_id=slot.slot_id, delta=slot.delta, kind="count_adjustment") for slot in slots])
    for slot in slots:
        call.record(
            SlotCounted(
                resource_id=slot.slot_id,
                device_id=grid[slot.slot_id].device_id,
                position=slot.position,
                product_id=slot.product_id,
                counted=slot.quantity,
                delta=slot.delta,
                note=note,
            )
        )
    return Counted(counted=len(slots), changed=sum(slot.delta != 0 for slot in slots), slots=slots)


def _refuse_impossible(counts: Mapping[int, int], grid: Mapping[int, CountableSlot]) -> None:
    problems = {
        grid[slot_id].position: _problem(grid[slot_id], units)
        for slot_id, units in counts.items()
        if _problem(grid[slot_id], units)
    }
    if problems:
        told = "; ".join(f"{position} {problem}" for position, problem in problems.items())
        raise NotCountable(f"Nothing was changed: {told}.", slots=problems)


def _problem(slot: CountableSlot, units: int) -> str | None:
    if slot.product_id is None:
        return "holds no product"
    if units > slot.capacity:
        return f"holds at most {slot.capacity} units"
    return None


def _counted(slot: CountableSlot, units: int) -> CountedSlot:
    assert slot.product_id is not None  # noqa: S101 - narrows the type: slots without a product have been refused
    return CountedSlot(
        slot_id=slot.id,
        position=slot.position,
        product_id=slot.product_id,
        quantity_before=slot.quantity,
        quantity=units,
        delta=units - slot.quantity,
    )


def check_ledger(db: Connection) -> list[Discrepancy]:
    """What breaks the invariants 1 to 5 of §12.4; nothing, when all is well. For the nightly job and the tests."""
    return queries.discrepancies(db)


def _nightly_check() -> Stats:
    with transaction(read_only=True) as db:
        found = check_ledger(db)
    if found:
        raise LedgerBroken(count=len(found), findings=[repr(one) for one in found[:20]])
    return {"findings": 0}


LEDGER_CHECK = Job("ledger-check", _nightly_check)
