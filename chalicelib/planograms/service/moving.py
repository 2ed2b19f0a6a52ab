"""Moving a product to another slot, and copying a layout to another cabinet (BR-086, BR-088)."""

from chalicelib.kit.call import Call
from chalicelib.planograms import rules
from chalicelib.planograms.errors import (
    GridMismatch,
    SameCabinet,
    SlotEmpty,
    SlotNotFound,
    SlotTaken,
    UnfitSlots,
)
from chalicelib.planograms.events import PlanogramCopied, PlanogramSaved
from chalicelib.planograms.models import LayoutCopy, Saved, SlotMove
from chalicelib.planograms.queries import writing as queries
from chalicelib.planograms.queries.reading import KeyedPlanogram
from chalicelib.planograms.queries.writing import SlotRow
from chalicelib.planograms.rules import Content, Wish
from chalicelib.planograms.service import changing, finding


def move(call: Call, key: str, wish: SlotMove) -> Saved:
    """Move a product with its units, par level and price; an occupied target changes places if asked."""
    planogram = finding.locked(call, [key])[key]
    finding.refuse_stale(call, planogram, wish.version)
    grid = {slot.position: slot for slot in queries.lock_slots(call.db, [planogram.id])}
    if wish.source not in grid or wish.target not in grid:
        raise SlotNotFound
    source, target = grid[wish.source], grid[wish.target]
    changes = changing.differences(_moved(source, target, swap=wish.swap))
    changing.carry_out(call, changes)
    before, after = changing.before_and_after(changes)
    call.record(
        PlanogramSaved(
            resource_id=planogram.id,
            device_id=planogram.device_id,
            planogram_key=key,
            version=planogram.version + 1,
            slots_changed=len(changes),
            before=before,
            after=after,
        )
    )
    return _saved(planogram, len(changes))


def _moved(source: SlotRow, target: SlotRow, *, swap: bool) -> list[tuple[SlotRow, Content]]:
    if source.product_id is None:
        raise SlotEmpty
    if target.product_id is not None and not swap:
        raise SlotTaken
    back = rules.emptied(source.content)
    if target.product_id is not None:
        back = rules.carried(target.content, source.content)
    moved = [(target, rules.carried(source.content, target.content)), (source, back)]
    problems = [
        {"slot": slot.position, "problem": problem}
        for slot, content in moved
        if (problem := rules.problem(Wish(), content))
    ]
    if problems:
        raise UnfitSlots(f"{problems[0]['slot']}: {problems[0]['problem']}", problems=problems)
    return moved


def copy(call: Call, key: str, wish: LayoutCopy) -> Saved:
    """Copy products, capacities, par levels and prices to another cabinet; units stay where they are."""
    if wish.target_key == key:
        raise SameCabinet
    planograms = finding.locked(call, [key, wish.target_key])
    source, target = planograms[key], planograms[wish.target_key]
    finding.refuse_stale(call, target, wish.version)
    if (source.rows, source.cols) != (target.rows, target.cols) and not wish.truncate:
        raise GridMismatch(source=[source.rows, source.cols], target=[target.rows, target.cols])
    slots = queries.lock_slots(call.db, [source.id, target.id])
    layout = {slot.position: slot.content for slot in slots if slot.planogram_id == source.id}
    changes = changing.differences(
        (slot, rules.copied(layout[slot.position], slot.content))
        for slot in slots
        if slot.planogram_id == target.id and slot.position in layout
    )
    changing.carry_out(call, changes)
    if changes:
        before, after = changing.before_and_after(changes)
        call.record(
            PlanogramCopied(
                resource_id=target.id,
                device_id=target.device_id,
                planogram_key=target.key,
                copied_from=key,
                version=target.version + 1,
                slots_changed=len(changes),
                before=before,
                after=after,
            )
        )
    return _saved(target, len(changes))


def _saved(planogram: KeyedPlanogram, updates: int) -> Saved:
    version = planogram.version + bool(updates)
    return Saved(updates=updates, version=version, versions={planogram.key: version})
