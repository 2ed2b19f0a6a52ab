"""What each position of a cabinet brings in. Amounts are currency."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from chalicelib.advice.models.layouts import Index
from chalicelib.kit.models import Id, Instant, Model


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
