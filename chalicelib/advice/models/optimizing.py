"""Moves that would bring in more. Amounts are currency."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from chalicelib.advice.models.layouts import MOST_SLOTS, Layout, Line, Place
from chalicelib.kit.models import Id, Instant, Model


class Constraints(Model):
    """What a better layout must keep to: what stays, how many moves, and the rows that a category may lie in."""

    locked_positions: Annotated[list[Place], Field(max_length=MOST_SLOTS, default_factory=list)]
    max_moves: Annotated[int, Field(ge=1, le=50)] = 5
    category_blocks: Annotated[dict[str, list[Line]], Field(max_length=50, default_factory=dict)]


class OptimizeQuestion(Model):
    """Which layout to better. A heat map that a page sends along is not believed: it is counted anew."""

    sentences: ClassVar = {"device_id": "Device ID required"}

    device_id: Id
    planogram: Annotated[Layout, Field(default_factory=Layout)]
    constraints: Annotated[Constraints, Field(default_factory=Constraints)]


class MoveAdvice(Model):
    """A product that should lie elsewhere; the increase is per day, and a loss where it makes room."""

    action: Literal["move"] = "move"
    product_id: int
    product_name: str
    from_position: Place
    to_position: Place
    reason: str
    expected_revenue_increase: float


class Improvement(Model):
    """What all moves promise per day."""

    revenue_increase: float
    confidence: Literal["low", "medium"]
    recommendations_count: int


class ProposedSlot(Model):
    """A position of the proposed layout."""

    row: int
    column: int
    product_id: int
    product_name: str


class ProposedLayout(Model):
    """The proposed layout; nothing is changed until it is saved."""

    slots: Sequence[ProposedSlot]


class OptimizeAnswer(Model):
    """A better layout. Scores are the mean heat of the occupied positions."""

    optimized_planogram: ProposedLayout
    recommendations: Sequence[MoveAdvice]
    expected_improvement: Improvement
    moves_required: int
    optimization_score: float
    current_score: float
    constraints_applied: Constraints
    timestamp: Instant
