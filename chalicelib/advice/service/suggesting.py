"""What to put into empty and weak positions; a model, where one is configured, may put that into another order."""

from collections import Counter
from collections.abc import Sequence

from chalicelib.advice import queries
from chalicelib.advice.models.suggesting import (
    EmptySlot,
    Performance,
    SlotPerformance,
    Suggested,
    Suggestion,
    SuggestionsAnswer,
    SuggestionsQuestion,
    TopSeller,
)
from chalicelib.advice.queries import Seller, Slot
from chalicelib.advice.rules import filling
from chalicelib.advice.rules.filling import Candidate, Proposal
from chalicelib.advice.rules.grid import Grid, label
from chalicelib.advice.service import cabinets, forecasting, ordering
from chalicelib.advice.service.cabinets import WINDOW_DAYS, Cabinet
from chalicelib.kit import rate_limit
from chalicelib.kit.call import Call
from chalicelib.kit.settings import settings

PER_MINUTE = 20
TOP = 5


def available() -> bool:
    """Whether a model is configured."""
    return settings().assistant_model is not None


def suggest(call: Call, asked: SuggestionsQuestion) -> SuggestionsAnswer:
    """Proposals for a cabinet. The model is asked outside of the transaction; what it may not say is dropped."""
    with call.transaction() as db:
        rate_limit.spend(db, "advice", str(call.principal.user_id), PER_MINUTE, 60, call.now)
        cabinet = cabinets.cabinet(call, asked.device_id, asked.cabinet_index)
        sellers = queries.sellers(db, asked.device_id, forecasting.days_ago(call, WINDOW_DAYS))
    found = filling.propose(cabinet.grid, cabinet.daily_cents, _candidates(sellers))
    model = settings().assistant_model
    ordered = ordering.by_model(model, found) if model and len(found) > 1 else None
    return SuggestionsAnswer(
        device_id=asked.device_id,
        cabinet_index=asked.cabinet_index,
        recommendations=[_suggestion(one) for one in ordered or found],
        performance_metrics=_performance(cabinet, sellers),
        ordered_by="model" if ordered else "figures",
        generated_at=call.now,
    )


def _candidates(sellers: Sequence[Seller]) -> list[Candidate]:
    """The device's best sellers by what a slot of them earns a day, then the fleet's."""
    own = [_candidate(one, one.device_cents, one.device_slots, "device") for one in sellers if one.device_cents > 0]
    others = [
        _candidate(one, one.fleet_cents, one.fleet_slots, "fleet")
        for one in sellers
        if one.device_cents == 0 and one.fleet_slots > 0
    ]
    return [*sorted(own, key=lambda one: -one.daily_cents), *sorted(others, key=lambda one: -one.daily_cents)]


def _candidate(seller: Seller, cents: int, slots: int, seen: str) -> Candidate:
    return Candidate(seller.good, cents / WINDOW_DAYS / max(1, slots), "device" if seen == "device" else "fleet")


def _suggestion(one: Proposal) -> Suggestion:
    earned = f"earns {one.current_daily_cents / 100:.2f} a day" if one.current else "empty"
    return Suggestion(
        slot=label(one.position),
        current_product=one.current.name if one.current else None,
        current_performance=earned,
        recommendation=Suggested(
            product=one.proposed.good.name,
            product_id=one.proposed.good.id,
            reason=one.reason,
            expected_improvement=round((one.proposed.daily_cents - one.current_daily_cents) / 100, 2),
        ),
        confidence=one.confidence,
    )


def _performance(cabinet: Cabinet, sellers: Sequence[Seller]) -> Performance:
    filled = [slot for slot in cabinet.slots if slot.good is not None]
    by_label = {label((slot.row_no, slot.col_no)): slot for slot in filled}
    placed = {slot.category for slot in filled}
    units = Counter[str]()
    for slot in filled:
        units[slot.name] += slot.units / WINDOW_DAYS  # type: ignore[assignment]  # a sum of fractions
    return Performance(
        slot_performance={place: _slot(slot) for place, slot in by_label.items()},
        product_velocity={name: round(float(sold), 3) for name, sold in units.items()},
        revenue_by_position={place: round(slot.revenue_cents / 100, 2) for place, slot in by_label.items()},
        stockout_risk={place: filling.risk_of(_lasts(slot)) for place, slot in by_label.items()},
        category_distribution=Counter(slot.category for slot in filled),
        empty_slots=_empty(cabinet.grid),
        top_performers=[
            TopSeller(product_id=one.id, product=one.name, revenue=one.device_cents)
            for one in sellers[:TOP]
            if one.device_cents > 0
        ],
        category_gaps=sorted({one.category for one in sellers if one.device_cents > 0} - placed),
    )


def _empty(grid: Grid) -> list[EmptySlot]:
    return [EmptySlot(position=label(one), row=one[0], column=one[1]) for one in grid.empty()]


def _slot(slot: Slot) -> SlotPerformance:
    lasts = _lasts(slot)
    return SlotPerformance(
        daily_units=round(slot.units / WINDOW_DAYS, 3),
        daily_revenue=round(slot.revenue_cents / WINDOW_DAYS / 100, 2),
        days_until_empty=None if lasts is None else round(lasts, 1),
    )


def _lasts(slot: Slot) -> float | None:
    return slot.quantity / (slot.units / WINDOW_DAYS) if slot.units > 0 else None
