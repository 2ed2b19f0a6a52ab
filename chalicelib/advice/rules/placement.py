"""The score of putting a product into a position: 0 to 100 (domain.md 7.12, without a model)."""

from collections.abc import Sequence
from statistics import fmean
from typing import Final, Literal

from chalicelib.advice.rules.grid import Good, Grid, Position
from chalicelib.kit.values import value

ZONE_WEIGHT: Final = 0.30
AFFINITY_WEIGHT: Final = 0.25
CATEGORY_WEIGHT: Final = 0.20
WEIGHTS: Final = ZONE_WEIGHT + AFFINITY_WEIGHT + CATEGORY_WEIGHT

SAME_CATEGORY: Final = 80.0
OTHER_CATEGORY: Final = 40.0
NO_NEIGHBOUR: Final = 50.0

FIT: Final = 90.0
BEARABLE: Final = 60.0
MISFIT: Final = 20.0
UNKNOWN: Final = 75.0

COLD: Final = ("dairy", "fresh", "frozen", "ice cream", "sandwich", "salad", "yogurt", "yoghurt", "milk", "meal")
HEAVY: Final = ("beverage", "drink", "soda", "water", "juice", "energy", "tea", "coffee", "beer")
SNACKS: Final = ("snack", "chip", "candy", "chocolate", "cookie", "cracker", "nut", "gum", "bar", "pastry")

Kind = Literal["cold", "heavy", "snack", "other"]
Grade = Literal["excellent", "good", "fair", "poor"]
MOST_SUGGESTIONS: Final = 3


@value
class Score:
    """A score with its parts, each 0 to 100."""

    total: float
    zone: float
    affinity: float
    category: float


def score(good: Good, position: Position, grid: Grid) -> Score:
    """The score of a product in a position, whatever may be there now."""
    zone = zone_score(position[0], grid.rows)
    affinity = affinity_score(good, grid.neighbours(position))
    category = category_score(kind_of(good.category), position[0], grid)
    weighted = ZONE_WEIGHT * zone + AFFINITY_WEIGHT * affinity + CATEGORY_WEIGHT * category
    return Score(round(min(100.0, weighted / WEIGHTS), 1), zone, affinity, category)


def zone_score(row: int, rows: int) -> float:
    """How well a row is seen and reached: eye level, reach, stoop, floor."""
    depth = (row - 0.5) / rows
    if depth < 1 / 3:
        return 100.0
    if depth < 2 / 3:
        return 85.0
    return 65.0 if depth < 5 / 6 else 50.0


def affinity_score(good: Good, neighbours: Sequence[Good]) -> float:
    """How many of the neighbours are of the product's own category."""
    if not neighbours:
        return NO_NEIGHBOUR
    return fmean(SAME_CATEGORY if one.category == good.category else OTHER_CATEGORY for one in neighbours)


def kind_of(category: str) -> Kind:
    """What a category's name says about how its products want to be kept."""
    name = category.lower()
    kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (("cold", COLD), ("heavy", HEAVY), ("snack", SNACKS))
    return next((kind for kind, words in kinds if any(word in name for word in words)), "other")


def category_score(kind: Kind, row: int, grid: Grid) -> float:
    """How well a row of the cabinet suits a kind of product."""
    depth = (row - 0.5) / grid.rows
    match kind:
        case "cold":
            return MISFIT if grid.temperature == "ambient" else FIT
        case "heavy":
            return FIT if depth > 1 / 2 else BEARABLE
        case "snack":
            return FIT if depth < 2 / 3 else BEARABLE
        case "other":
            return UNKNOWN


def is_too_warm(good: Good, grid: Grid) -> bool:
    """Whether the product wants cold and the cabinet has none."""
    return kind_of(good.category) == "cold" and grid.temperature == "ambient"


def grade_of(total: float) -> Grade:
    """A score in a word."""
    if total >= 80:
        return "excellent"
    if total >= 60:
        return "good"
    return "fair" if total >= 40 else "poor"


def feedback(of: Score) -> str:
    """A score in a sentence, with what holds it down."""
    weak = [
        hint
        for part, hint in (
            (of.zone, "the row is hard to see"),
            (of.affinity, "the neighbours are of other categories"),
            (of.category, "the place does not suit the category"),
        )
        if part < 60
    ]
    grade = grade_of(of.total).capitalize()
    return f"{grade} placement: {', '.join(weak)}." if weak else f"{grade} placement."


def suggestions(of: Score) -> list[str]:
    """What could be done better, at most three things."""
    found = []
    if of.total < 80 and of.zone < 100:
        found.append("Move it to eye level, into the upper third.")
    if of.affinity < 60:
        found.append("Put it beside products of its own category.")
    if of.category < 40:
        found.append("This cabinet is not cold enough for this product.")
    if of.total < 40:
        found.append("Consider another product for this position.")
    return found[:MOST_SUGGESTIONS]
