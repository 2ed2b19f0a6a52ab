"""What a layout promises to earn (domain.md 7.15). Amounts in cents."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from statistics import fmean, pstdev
from typing import Final

from chalicelib.advice.rules.grid import Grid, Position
from chalicelib.kit.values import value

FEWEST_DAYS: Final = 30
WINDOW_DAYS: Final = 90
ONE_SIGMA: Final = 1.0
TWO_SIGMA: Final = 1.96
TOP_SHARE: Final = 0.2
BEST_DIVERSITY: Final = 0.7
FARTHEST: Final = 10


def impact(grid: Grid, revenue: Mapping[int, float]) -> float:
    """How much a layout helps to sell, 0.85 to 1.15; `revenue` of each product says which ones matter most."""
    return fmean((0.8 + 0.4 * visibility(grid, revenue), 0.9 + 0.2 * diversity(grid), 0.85 + 0.3 * clustering(grid)))


def visibility(grid: Grid, revenue: Mapping[int, float]) -> float:
    """How well the products that earn most are seen: the mean weight of their rows."""
    ranked = sorted((cents, product) for product, cents in revenue.items() if cents > 0)
    top = {product for _, product in ranked[-math.ceil(len(ranked) * TOP_SHARE) :]} if ranked else set()
    weights = [_row_weight(position[0]) for position, good in grid.goods.items() if good.id in top]
    return fmean(weights) if weights else 0.5


def _row_weight(row: int) -> float:
    if row <= 2:
        return 1.0
    return {3: 0.8, 4: 0.6}.get(row, 0.4)


def diversity(grid: Grid) -> float:
    """How varied the products are: best where seven of ten positions hold different ones."""
    if not grid.goods:
        return 0.0
    share = len({good.id for good in grid.goods.values()}) / len(grid.goods)
    if share <= BEST_DIVERSITY:
        return share / BEST_DIVERSITY
    return max(0.0, 1 - (share - BEST_DIVERSITY) / (1 - BEST_DIVERSITY))


def clustering(grid: Grid) -> float:
    """How close together the products of each category lie."""
    by_category: dict[str, list[Position]] = defaultdict(list)
    for position, good in grid.goods.items():
        by_category[good.category].append(position)
    closeness = [_closeness(positions) for positions in by_category.values()]
    return fmean(closeness) if closeness else 0.0


def _closeness(positions: Sequence[Position]) -> float:
    distances = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in combinations(positions, 2)]
    return max(0.0, 1 - fmean(distances) / FARTHEST) if distances else 1.0


def season(month_means: Sequence[float], current: float | None) -> float:
    """How this month compares with the mean of the months: 0.8 to 1.2; 1 with fewer than two months."""
    if len(month_means) < 2 or current is None or not fmean(month_means):
        return 1.0
    return min(1.2, max(0.8, current / fmean(month_means)))


@value
class Interval:
    """Between what and what the prediction lies."""

    lower: float
    upper: float


@value
class Prediction:
    """What some days promise to earn."""

    predicted: float
    likely: Interval
    nearly_certain: Interval


def predict(daily: Sequence[float], days: int, *, layout_impact: float, seasonal: float) -> Prediction:
    """What `days` days promise, from the revenue of each calendar day of the window, those without sales too."""
    predicted = fmean(daily) * days * layout_impact * seasonal
    spread = pstdev(daily) * math.sqrt(days)
    return Prediction(predicted, _interval(predicted, ONE_SIGMA * spread), _interval(predicted, TWO_SIGMA * spread))


def _interval(middle: float, width: float) -> Interval:
    return Interval(max(0.0, middle - width), middle + width)


def position_factor(row: int | None) -> float:
    """What a product's row does to it; a product that is not placed keeps what it has."""
    if row is None:
        return 1.0
    if row <= 2:
        return 1.2
    return 1.0 if row == 3 else 0.8
