"""How good a product would be in a position, and whether it may lie there."""

from collections.abc import Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from chalicelib.advice.models.layouts import MOST_SLOTS, Index, Layout, Place
from chalicelib.kit.models import Id, Instant, Model


class ScoreQuestion(Model):
    """How good is it to put a product into a position."""

    sentences: ClassVar = {
        "product_id": "Product ID and position required",
        "position": "Product ID and position required",
    }

    device_id: Id
    planogram: Annotated[Layout, Field(default_factory=Layout)]
    product_id: Id
    position: Place


class Components(Model):
    """The parts of a score, each 0 to 100; there is no model that scores placements, so `ai_score` is null."""

    zone_score: float
    affinity_score: float
    category_score: float
    ai_score: None = None


class ScoreAnswer(Model):
    """A score from 0 to 100."""

    score: float
    components: Components
    feedback: str
    suggestions: Sequence[str]
    confidence: Literal["high", "medium", "low"]
    timestamp: Instant


class NamedProduct(Model):
    """A product as a page hands it around."""

    id: Id


class AnalysisQuestion(Model):
    """What if this product were put into this slot."""

    device_id: Id
    cabinet_index: Index = 0
    product: NamedProduct
    slot: Annotated[str, Field(pattern=r"^[A-Za-z][0-9]{1,2}$")]
    action: Annotated[str, Field(max_length=40)] = ""


class Analysis(Model):
    """The score of it."""

    score: float
    reasoning: str
    improvement: str | None


class AnalysisAnswer(Model):
    """In the page's envelope; `context` holds the parts of the score."""

    success: bool = True
    analysis: Analysis
    context: Components


class OptimalQuestion(Model):
    """Where should this product lie."""

    device_id: Id
    cabinet_index: Index = 0
    product: NamedProduct


class OptimalSlot(Model):
    """A position with its score."""

    position: str
    score: float
    reason: str
    is_empty: bool


class OptimalAnswer(Model):
    """The five best positions, empty ones first."""

    success: bool = True
    optimal_slots: Sequence[OptimalSlot]


class WantedChange(Model):
    """A change that a page thinks of."""

    slot: Annotated[str, Field(max_length=8)]
    product: NamedProduct
    action: Literal["add", "replace", "remove"] = "add"


class ConstraintsQuestion(Model):
    """Would these changes be possible."""

    device_id: Id
    cabinet_index: Index = 0
    changes: Annotated[list[WantedChange], Field(min_length=1, max_length=MOST_SLOTS)]


class Validation(Model):
    """Whether one change is possible; if not, why."""

    slot: str
    valid: bool
    reason: str | None


class ConstraintsAnswer(Model):
    """Whether all of them are."""

    success: bool = True
    overall_valid: bool
    validations: Sequence[Validation]
