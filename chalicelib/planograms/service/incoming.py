"""What slots are to hold, in bulk: what fits is written, what does not is told slot by slot."""

from collections.abc import Mapping

from chalicelib.kit.bulk import UNCHANGED, UPDATED, Outcome, refused
from chalicelib.kit.call import Call
from chalicelib.kit.values import value
from chalicelib.planograms import rules
from chalicelib.planograms.events import PlanogramSaved
from chalicelib.planograms.queries import reading
from chalicelib.planograms.queries import writing as queries
from chalicelib.planograms.queries.reading import KeyedPlanogram
from chalicelib.planograms.queries.writing import Change, SlotRow
from chalicelib.planograms.rules import Content, Wish
from chalicelib.planograms.service import changing


def bring_in(call: Call, wishes: Mapping[int, Wish]) -> dict[int, Outcome]:
    """Write what slots are to hold, by the ids of slots that are there, and what became of each.

    The number of statements does not depend on how many slots or planograms these are. Products that are wished for
    must be live; whoever calls has seen to that.
    """
    planograms = {one.id: one for one in reading.lock_with_slots(call.db, sorted(wishes))}
    slots = {slot.id: slot for slot in queries.lock_slots(call.db, sorted(planograms)) if slot.id in wishes}
    settled = _settled(call, slots, wishes)
    changes = changing.differences((one.slot, one.content) for one in settled.values() if not one.problem)
    changing.carry_out(call, changes)
    _record(call, planograms, changes)
    changed = {change.slot.id for change in changes}
    return {slot_id: _outcome(settled.get(slot_id), changed) for slot_id in wishes}


@value
class _Settled:
    """What a slot would hold, and why it may not."""

    slot: SlotRow
    content: Content
    problem: str | None


def _settled(call: Call, slots: Mapping[int, SlotRow], wishes: Mapping[int, Wish]) -> dict[int, _Settled]:
    percent = queries.default_par_percent(call.db)
    ids = {wish.product_id for wish in wishes.values() if wish.product_id is not None}
    prices = {product.id: product.price_cents for product in queries.products(call.db, sorted(ids))}
    settled = {}
    for slot_id, slot in slots.items():
        wish = wishes[slot_id]
        price = prices.get(wish.product_id or 0)
        content = rules.settled(slot.content, wish, list_price_cents=price, default_par_percent=percent)
        settled[slot_id] = _Settled(slot, content, rules.problem(wish, content))
    return settled


def _outcome(settled: _Settled | None, changed: set[int]) -> Outcome:
    if settled is None:
        return refused("the slot is no longer there", "position")
    if settled.problem:
        return refused(settled.problem)
    return UPDATED if settled.slot.id in changed else UNCHANGED


def _record(call: Call, planograms: Mapping[int, KeyedPlanogram], changes: list[Change]) -> None:
    by_planogram: dict[int, list[Change]] = {}
    for change in changes:
        by_planogram.setdefault(change.slot.planogram_id, []).append(change)
    for planogram_id, own in by_planogram.items():
        before, after = changing.before_and_after(own)
        call.record(
            PlanogramSaved(
                resource_id=planogram_id,
                device_id=planograms[planogram_id].device_id,
                planogram_key=planograms[planogram_id].key,
                version=planograms[planogram_id].version + 1,
                slots_changed=len(own),
                before=before,
                after=after,
            )
        )
