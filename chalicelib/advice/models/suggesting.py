"""What to put where, from what was sold. Amounts are currency."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from chalicelib.advice.models.heating import HeatQuery
from chalicelib.advice.models.layouts import Index
from chalicelib.kit.models import Id, Instant, Model, Money


class Available(Model):
    """Whether a language model may put the proposals into another order."""

    available: bool


class SuggestionsQuestion(Model):
    """Which cabinet to look at."""

    sentences: ClassVar = {"device_id": "device_id is required"}

    device_id: Id
    cabinet_index: Index = 0
    optimization_type: Annotated[str, Field(max_length=40)] = "full"


class Suggested(Model):
    """What to put there; the improvement is per day."""

    product: str
    product_id: int
    reason: str
    expected_improvement: float


class Suggestion(Model):
    """What to do with a position."""

    slot: str
    current_product: str | None
    current_performance: str
    recommendation: Suggested
    confidence: float


class EmptySlot(Model):
    """A position without a product."""

    position: str
    row: int
    column: int


class SlotPerformance(Model):
    """What a position sells in a day, and how long its stock lasts."""

    daily_units: float
    daily_revenue: float
    days_until_empty: float | None


class TopSeller(Model):
    """A product with its revenue of 30 days in the device."""

    product_id: int
    product: str
    revenue: Money


class Performance(Model):
    """What the last 30 days say about a cabinet, by position."""

    slot_performance: Mapping[str, SlotPerformance]
    product_velocity: Mapping[str, float]
    revenue_by_position: Mapping[str, float]
    stockout_risk: Mapping[str, str]
    category_distribution: Mapping[str, int]
    empty_slots: Sequence[EmptySlot]
    top_performers: Sequence[TopSeller]
    category_gaps: Sequence[str]


class SuggestionsAnswer(Model):
    """What to put into the empty positions, then into the weak ones. `ordered_by` says whether a model had a say."""

    success: bool = True
    device_id: int
    cabinet_index: int
    recommendations: Sequence[Suggestion]
    performance_metrics: Performance
    ordered_by: Literal["figures", "model"]
    generated_at: Instant


class StreamQuery(HeatQuery):
    """Of which cabinet."""
