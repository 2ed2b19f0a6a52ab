"""What is asked of advice, and what it answers. Rows and columns count from 1 at the top left; amounts are currency."""

from collections.abc import Mapping, Sequence
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from chalicelib.kit.models import Id, Instant, Model, Money

Index = Annotated[int, Field(ge=0, le=2)]
Line = Annotated[int, Field(ge=1, le=26)]
MOST_SLOTS = 400


class Place(Model):
    """A position of a grid."""

    row: Line
    column: Line


class LaidSlot(Model):
    """A position of a layout that a page is working on; product id 1 is an empty one."""

    row: Line
    column: Line
    product_id: int | None = None


class Layout(Model):
    """A layout that a page is working on; without slots, the stored planogram is meant."""

    device_id: Id | None = None
    cabinet_id: Index = 0
    slots: Annotated[list[LaidSlot], Field(max_length=MOST_SLOTS, default_factory=list)]


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


class HeatQuery(Model):
    """Of which cabinet."""

    sentences: ClassVar = {"device_id": "Device ID required"}

    device_id: Id
    cabinet_index: Index = 0


class ZoneAnalysis(Model):
    """What the positions of a zone earned in 30 days."""

    total_revenue: float
    average_revenue: float
    positions: int
    multiplier: float


class HeatOpportunity(Model):
    """A position that earns other than its place would let expect."""

    position: str
    row: int
    column: int
    zone: str
    current_revenue: float
    potential_revenue: float
    recommendation: str


class HeatStatistics(Model):
    """A cabinet's heat in figures; the concentration is a Gini coefficient."""

    total_positions: int
    high_performance_zones: int
    revenue_concentration: float


class ColorScale(Model):
    """From cold to hot."""

    min: int = 0
    max: int = 100
    gradient: Sequence[str] = ("#2b83ba", "#abdda4", "#ffffbf", "#fdae61", "#d7191c")


class Visualization(Model):
    """How a page may draw it."""

    color_scale: ColorScale = ColorScale()
    opacity: float = 0.7


class HeatAnswer(Model):
    """Heat of each position, 0 to 100, row by row; always counted anew, so there is nothing to keep."""

    device_id: int
    heat_matrix: Sequence[Sequence[float]]
    zone_analysis: Mapping[str, ZoneAnalysis]
    optimization_opportunities: Sequence[HeatOpportunity]
    ai_recommendations: None = None
    statistics: HeatStatistics
    visualization: Visualization = Visualization()
    cache_ttl: int = 0
    generated_at: Instant


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


class PredictQuestion(Model):
    """What a layout promises to earn; without `device_id`, the planogram names the device."""

    device_id: Id | None = None
    planogram: Annotated[Layout, Field(default_factory=Layout)]
    days: Annotated[int, Field(ge=1, le=365)] = 30
    include_seasonality: bool = True


class Band(Model):
    """Between what and what."""

    lower: Money
    upper: Money


class Bands(Model):
    """One and 1.96 standard deviations around the prediction."""

    confidence_68: Band
    confidence_95: Band


class ProductPrediction(Model):
    """What one product promises."""

    product_id: int
    product_name: str
    baseline_revenue: Money
    predicted_revenue: Money
    change_percentage: float


class Factors(Model):
    """What went into the prediction; `ai_confidence` is 0, as no model takes part."""

    planogram_impact: float
    current_impact: float
    seasonal_adjustment: float
    ai_confidence: float = 0.0


class PredictionPeriod(Model):
    """The days that are predicted."""

    days: int
    start_date: str
    end_date: str


class PredictAnswer(Model):
    """What the days promise, against the same days with the present layout."""

    predicted_revenue: Money
    baseline_revenue: Money
    expected_change: Money
    change_percentage: float
    confidence_intervals: Bands
    product_predictions: Sequence[ProductPrediction]
    factors: Factors
    prediction_period: PredictionPeriod
    model_version: str
    timestamp: Instant


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


class StreamQuery(HeatQuery):
    """Of which cabinet."""


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
