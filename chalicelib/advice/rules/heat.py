"""What each position of a cabinet earns, against the best of them (domain.md 7.13)."""

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Final, Literal

from chalicelib.advice.rules.grid import Grid, Position, label
from chalicelib.kit.values import value

Zone = Literal["premium", "standard", "economy", "discount"]
MULTIPLIERS: Final[Mapping[Zone, float]] = {"premium": 1.5, "standard": 1.2, "economy": 0.9, "discount": 0.7}
HOT: Final = 70.0
WEAK_PREMIUM: Final = 0.8
STRONG_ECONOMY: Final = 1.5
MOST_OPPORTUNITIES: Final = 10

Revenue = Mapping[Position, float]
"""Cents of 30 days by position."""


def zone_of(row: int) -> Zone:
    """The zone of a row."""
    if row <= 2:
        return "premium"
    if row == 3:
        return "standard"
    return "economy" if row <= 5 else "discount"


def heat_of(revenue: Revenue) -> Mapping[Position, float]:
    """Each position's revenue against the largest: 0 to 100; all zero where nothing was sold."""
    top = max(revenue.values(), default=0)
    return {position: round(100 * cents / top, 1) if top > 0 else 0.0 for position, cents in revenue.items()}


@value
class ZoneFigures:
    """What the positions of a zone earn together, in cents."""

    zone: Zone
    total: float
    mean: float
    positions: int


def zones_of(revenue: Revenue) -> Sequence[ZoneFigures]:
    """The figures of each zone that the cabinet has, from the top."""
    by_zone: dict[Zone, list[float]] = {}
    for position, cents in sorted(revenue.items()):
        by_zone.setdefault(zone_of(position[0]), []).append(cents)
    return [ZoneFigures(zone, sum(earned), fmean(earned), len(earned)) for zone, earned in by_zone.items()]


def concentration(values: Sequence[float]) -> float:
    """The Gini coefficient of the positions' revenues: 0 where all earn the same, near 1 where one earns all."""
    total, count = sum(values), len(values)
    if total <= 0:
        return 0.0
    weighted = sum((count - index) * value for index, value in enumerate(sorted(values)))
    return round(min(1.0, max(0.0, (count + 1 - 2 * weighted / total) / count)), 3)


@value
class Opportunity:
    """A position that earns other than its place would let expect; `potential` in cents of 30 days."""

    position: str
    row: int
    column: int
    zone: Zone
    revenue: float
    potential: float
    advice: str


def opportunities(revenue: Revenue) -> Sequence[Opportunity]:
    """Weak positions at the top and strong ones at the bottom, at most ten, by what they promise."""
    means = {figures.zone: figures.mean for figures in zones_of(revenue)}
    found = [one for position, cents in sorted(revenue.items()) if (one := _opportunity(position, cents, means))]
    return sorted(found, key=lambda one: -one.potential)[:MOST_OPPORTUNITIES]


def _opportunity(position: Position, cents: float, means: Mapping[Zone, float]) -> Opportunity | None:
    zone = zone_of(position[0])
    row, column = position
    if zone == "premium" and cents < WEAK_PREMIUM * means[zone]:
        lacking = means[zone] - cents
        return Opportunity(label(position), row, column, zone, cents, lacking, "Put a product here that sells better.")
    if zone == "economy" and cents > STRONG_ECONOMY * means[zone]:
        surplus = cents - means[zone]
        return Opportunity(label(position), row, column, zone, cents, surplus, "Move this product up.")
    return None


def planogram_score(grid: Grid, heat: Mapping[Position, float]) -> float:
    """The mean heat of the occupied positions."""
    return round(fmean([heat.get(position, 0.0) for position in grid.goods]), 1) if grid.goods else 0.0
