"""Scores of placements, and where a product should lie."""

from chalicelib.advice import queries
from chalicelib.advice.models.scoring import (
    Analysis,
    AnalysisAnswer,
    AnalysisQuestion,
    Components,
    ConstraintsAnswer,
    ConstraintsQuestion,
    OptimalAnswer,
    OptimalQuestion,
    OptimalSlot,
    ScoreAnswer,
    ScoreQuestion,
    Validation,
    WantedChange,
)
from chalicelib.advice.rules import placement
from chalicelib.advice.rules.grid import Good, Grid, Position, label
from chalicelib.advice.rules.placement import Score
from chalicelib.advice.service import cabinets
from chalicelib.kit.call import Call

BEST = 5


def score(call: Call, asked: ScoreQuestion) -> ScoreAnswer:
    """The score of a product in a position of the layout at hand."""
    stored = cabinets.cabinet(call, asked.device_id, asked.planogram.cabinet_id).grid
    grid = cabinets.laid_out(call, stored, asked.planogram)
    position = cabinets.inside(grid, (asked.position.row, asked.position.column))
    found = placement.score(cabinets.product(call, asked.product_id), position, grid)
    return ScoreAnswer(
        score=found.total,
        components=_components(found),
        feedback=placement.feedback(found),
        suggestions=placement.suggestions(found),
        confidence="medium",
        timestamp=call.now,
    )


def _components(found: Score) -> Components:
    return Components(zone_score=found.zone, affinity_score=round(found.affinity, 1), category_score=found.category)


def analyse(call: Call, asked: AnalysisQuestion) -> AnalysisAnswer:
    """The score of a product in a slot of the stored planogram."""
    grid = cabinets.cabinet(call, asked.device_id, asked.cabinet_index).grid
    found = placement.score(cabinets.product(call, asked.product.id), cabinets.inside(grid, _place(asked.slot)), grid)
    better = placement.suggestions(found)
    return AnalysisAnswer(
        analysis=Analysis(
            score=found.total, reasoning=placement.feedback(found), improvement=better[0] if better else None
        ),
        context=_components(found),
    )


def _place(slot: str) -> Position:
    return ord(slot[0].upper()) - 64, int(slot[1:])


def optimal(call: Call, asked: OptimalQuestion) -> OptimalAnswer:
    """The five best positions for a product: empty ones first, then the others."""
    grid = cabinets.cabinet(call, asked.device_id, asked.cabinet_index).grid
    good = cabinets.product(call, asked.product.id)
    scored = [(position, placement.score(good, position, grid)) for position in grid.positions()]
    scored.sort(key=lambda one: (one[0] in grid.goods, -one[1].total, one[0]))
    return OptimalAnswer(optimal_slots=[_optimal(grid, *one) for one in scored[:BEST]])


def _optimal(grid: Grid, position: Position, found: Score) -> OptimalSlot:
    is_empty = position not in grid.goods
    present = "The position is empty." if is_empty else f"It would take the place of {grid.goods[position].name}."
    return OptimalSlot(
        position=label(position),
        score=found.total,
        reason=f"{placement.feedback(found)} {present}",
        is_empty=is_empty,
    )


def validate(call: Call, asked: ConstraintsQuestion) -> ConstraintsAnswer:
    """Whether changes that a page thinks of are possible."""
    grid = cabinets.cabinet(call, asked.device_id, asked.cabinet_index).grid
    known = {good.id: good for good in queries.goods(call.db, sorted({one.product.id for one in asked.changes}))}
    checked = [_checked(change, grid, known.get(change.product.id)) for change in asked.changes]
    return ConstraintsAnswer(overall_valid=all(one.valid for one in checked), validations=checked)


def _checked(change: WantedChange, grid: Grid, good: Good | None) -> Validation:
    reason = _objection(change, grid, good)
    return Validation(slot=change.slot, valid=reason is None, reason=reason)


def _objection(change: WantedChange, grid: Grid, good: Good | None) -> str | None:
    slot = change.slot
    if not (len(slot) >= 2 and slot[0].isalpha() and slot[1:].isdecimal() and grid.holds(_place(slot))):
        return f"The cabinet has no position {slot}."
    present = grid.goods.get(_place(slot))
    if change.action == "remove":
        return None if present is not None else f"{slot} is empty."
    if good is None:
        return "There is no such product."
    if placement.is_too_warm(good, grid):
        return f"{good.name} wants a cold cabinet."
    if change.action == "add" and present is not None:
        return f"{slot} holds {present.name}: replace it, or choose another position."
    return None
