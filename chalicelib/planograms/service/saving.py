"""Saving planograms: all slots or none (BR-080..085)."""

from collections.abc import Iterable, Mapping

from chalicelib.kit.call import Call
from chalicelib.kit.values import value
from chalicelib.planograms import rules
from chalicelib.planograms.errors import UnfitSlots, UnknownPositions
from chalicelib.planograms.events import PlanogramSaved
from chalicelib.planograms.models import PlanogramSave, Saved, Slots
from chalicelib.planograms.queries import writing as queries
from chalicelib.planograms.queries.reading import KeyedPlanogram
from chalicelib.planograms.queries.writing import Change, ListedProduct, SlotRow
from chalicelib.planograms.rules import Content, Wish
from chalicelib.planograms.service import changing, finding


@value
class _Wanted:
    """A slot, and the wish for it."""

    key: str
    slot: SlotRow
    wish: Wish


def save(call: Call, body: PlanogramSave) -> Saved:
    """Write what slots are to hold; slots that are not named stay as they are."""
    planograms = finding.locked(call, body.planograms.keys())
    for planogram in planograms.values():
        finding.refuse_stale(call, planogram, body.version)
    wanted = _wanted(call, body.planograms, planograms)
    changes = changing.differences(_contents(call, wanted))
    changing.carry_out(call, changes)
    versions = {key: _record(call, planogram, changes) for key, planogram in planograms.items()}
    only = next(iter(versions.values())) if len(versions) == 1 else None
    return Saved(updates=len(changes), version=only, versions=versions)


def _wanted(call: Call, given: Mapping[str, Slots], planograms: Mapping[str, KeyedPlanogram]) -> list[_Wanted]:
    grids: dict[int, dict[str, SlotRow]] = {planogram.id: {} for planogram in planograms.values()}
    for slot in queries.lock_slots(call.db, sorted(grids)):
        grids[slot.planogram_id][slot.position] = slot
    wanted, unknown = [], []
    for key, slots in given.items():
        grid = grids[planograms[key].id]
        unknown += [position for position in slots if position not in grid]
        wanted += [
            _Wanted(key, grid[position], slot.wish if slot else Wish())
            for position, slot in slots.items()
            if position in grid
        ]
    if unknown:
        raise UnknownPositions(f"Positions outside of the grid: {', '.join(sorted(unknown))}", positions=unknown)
    return wanted


def _contents(call: Call, wanted: Iterable[_Wanted]) -> list[tuple[SlotRow, Content]]:
    wanted = list(wanted)
    percent = queries.default_par_percent(call.db)
    ids = {one.wish.product_id for one in wanted if one.wish.product_id is not None}
    products = {product.id: product for product in queries.products(call.db, sorted(ids))}
    contents, problems = [], []
    for one in wanted:
        product = products.get(one.wish.product_id or 0)
        content = rules.settled(
            one.slot.content,
            one.wish,
            list_price_cents=product.price_cents if product else None,
            default_par_percent=percent,
        )
        if problem := _unknown_product(one, product) or rules.problem(one.wish, content):
            problems.append({"planogramKey": one.key, "slot": one.slot.position, "problem": problem})
        contents.append((one.slot, content))
    if problems:
        raise UnfitSlots(_sentence(problems), problems=problems)
    return contents


def _unknown_product(one: _Wanted, product: ListedProduct | None) -> str | None:
    """A product must be there and live; one that the slot holds already may stay even if it was deleted."""
    product_id = one.wish.product_id
    if product_id is None or product_id == one.slot.product_id:
        return None
    return None if product is not None and product.is_live else f"there is no product {product_id}"


def _sentence(problems: list[dict[str, str]]) -> str:
    first, more = problems[0], len(problems) - 1
    told = f"{first['slot']}: {first['problem']}"
    return f"{told}, and {more} more" if more else told


def _record(call: Call, planogram: KeyedPlanogram, changes: list[Change]) -> int:
    own = [change for change in changes if change.slot.planogram_id == planogram.id]
    if not own:
        return planogram.version
    before, after = changing.before_and_after(own)
    call.record(
        PlanogramSaved(
            resource_id=planogram.id,
            device_id=planogram.device_id,
            planogram_key=planogram.key,
            version=planogram.version + 1,
            slots_changed=len(own),
            before=before,
            after=after,
        )
    )
    return planogram.version + 1
