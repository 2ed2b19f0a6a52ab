"""What to put into empty and weak positions (domain.md 7.14, the baseline without a model). Amounts in cents."""

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Final, Literal

from chalicelib.advice.rules.grid import Good, Grid, Position, label
from chalicelib.advice.rules.placement import is_too_warm
from chalicelib.kit.values import value

CONFIDENCE: Final = 0.85
MOST_OF_A_PRODUCT: Final = 2
WEAK_SHARE: Final = 0.25
HIGH_RISK_DAYS: Final = 3
MEDIUM_RISK_DAYS: Final = 7

Risk = Literal["high", "medium", "low"]


@value
class Candidate:
    """A product that could be placed, with what a position of it earns in a day, and where that was seen."""

    good: Good
    daily_cents: float
    seen: Literal["device", "fleet"]


@value
class Proposal:
    """What to put where, and why."""

    position: Position
    current: Good | None
    current_daily_cents: float
    proposed: Candidate
    confidence: float
    reason: str


def risk_of(days_until_empty: float | None) -> Risk:
    """How soon a position runs out; one that sells nothing does not."""
    if days_until_empty is None or days_until_empty >= MEDIUM_RISK_DAYS:
        return "low"
    return "high" if days_until_empty < HIGH_RISK_DAYS else "medium"


def propose(grid: Grid, daily: Mapping[Position, float], candidates: Sequence[Candidate]) -> Sequence[Proposal]:
    """Proposals for empty positions first, then for those that earn less than a quarter of the median.

    `candidates` best first, those of the device before those of the fleet; `daily` is what each position earns a day.
    """
    placed = Counter(good.id for good in grid.goods.values())
    fitting = [one for one in candidates if not is_too_warm(one.good, grid)]
    found = list[Proposal]()
    for position in [*grid.empty(), *_weak(grid, daily)]:
        best = next((one for one in fitting if placed[one.good.id] < MOST_OF_A_PRODUCT), None)
        if best is None:
            break
        current, earned = grid.goods.get(position), daily.get(position, 0.0)
        if current is not None and (current.id == best.good.id or best.daily_cents <= earned):
            continue
        placed[best.good.id] += 1
        found.append(_proposal(position, current, earned, best, daily, grid))
    return sorted(found, key=lambda one: (one.current is not None, -one.confidence))


def _weak(grid: Grid, daily: Mapping[Position, float]) -> Sequence[Position]:
    if not grid.goods:
        return []
    limit = WEAK_SHARE * median(daily.get(position, 0.0) for position in grid.goods)
    return sorted((one for one in grid.goods if daily.get(one, 0.0) < limit), key=lambda one: daily.get(one, 0.0))


def _proposal(
    position: Position,
    current: Good | None,
    earned: float,
    best: Candidate,
    daily: Mapping[Position, float],
    grid: Grid,
) -> Proposal:
    where = "in this machine" if best.seen == "device" else "in the fleet"
    why = f"{best.good.name} earns {best.daily_cents / 100:.2f} a day per slot {where}"
    if current is None:
        return Proposal(position, None, 0.0, best, CONFIDENCE, f"{label(position)} is empty; {why}.")
    middle = median(daily.get(one, 0.0) for one in grid.goods)
    confidence = round(min(CONFIDENCE, 1 - earned / middle), 2)
    reason = f"{current.name} earns {earned / 100:.2f} a day, under a quarter of the median; {why}."
    return Proposal(position, current, earned, best, confidence, reason)
