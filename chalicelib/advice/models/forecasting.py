"""What a layout would bring in. Amounts are currency."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from chalicelib.advice.models.layouts import Layout
from chalicelib.kit.models import Id, Instant, Model, Money


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
