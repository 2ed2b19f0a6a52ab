"""Pure rules of monitoring: how a session looks, and what a row of days says (domain.md 7.11)."""

import math
from collections.abc import Mapping, Sequence
from datetime import date
from statistics import fmean, median, pstdev
from typing import Final, Literal

from chalicelib.kit.values import value

SessionStatus = Literal["active", "idle", "warning", "expired"]
Trend = Literal["increasing", "decreasing", "stable"]

FEWEST_POINTS_OF_A_TREND: Final = 7
STABLE_BELOW: Final = 0.01
FORECAST_DAYS: Final = 7


def session_status(idle_minutes: float, limits: Sequence[int]) -> SessionStatus:
    """How a session is shown after so many minutes without a request; `limits` as 5, 15 and 25 (BR-161)."""
    idle_from, warning_from, expired_from = limits
    if idle_minutes < idle_from:
        return "active"
    if idle_minutes < warning_from:
        return "idle"
    return "warning" if idle_minutes < expired_from else "expired"


@value
class Line:
    """The least-squares line through points at 0, 1, 2 …; `fit` is R²."""

    slope: float
    start: float
    fit: float

    def at(self, index: int) -> float:
        """The line's value, which no count can be below zero."""
        return max(0.0, self.start + self.slope * index)


def line_through(values: Sequence[float]) -> Line:
    """The least-squares line through two or more values."""
    middle, mean = (len(values) - 1) / 2, fmean(values)
    spread = sum((index - middle) ** 2 for index in range(len(values)))
    joint = sum((index - middle) * (value - mean) for index, value in enumerate(values))
    total = sum((value - mean) ** 2 for value in values)
    slope = joint / spread
    return Line(slope, mean - slope * middle, joint**2 / (spread * total) if total else 1.0)


def trend_of(line: Line, mean: float) -> Trend:
    """Stable when the slope is below 1 % of the mean, else its sign."""
    if not mean or abs(line.slope) / abs(mean) < STABLE_BELOW:
        return "stable"
    return "increasing" if line.slope > 0 else "decreasing"


def strength_of(line: Line, mean: float) -> float:
    """How steep the line is against the mean: 0 to 1."""
    return min(1.0, 10 * abs(line.slope) / abs(mean)) if mean else 0.0


def change_percent(values: Sequence[float]) -> float:
    """From the first to the last value; from nothing to something is 100."""
    first, last = values[0], values[-1]
    if not first:
        return 100.0 if last else 0.0
    return (last - first) / first * 100


def trailing_means(values: Sequence[float], width: int) -> list[float]:
    """The mean of each value with those before it, at most `width` of them."""
    return [fmean(values[max(0, end - width) : end]) for end in range(1, len(values) + 1)]


@value
class Figures:
    """What a row of daily values says by itself."""

    average: float
    median: float
    std_dev: float
    min: float
    max: float
    peak_date: date
    total: float


def figures_of(days: Sequence[date], values: Sequence[float]) -> Figures:
    """The figures of one or more days; the peak is the first day with the largest value."""
    top = max(values)
    return Figures(
        average=round(fmean(values), 2),
        median=round(median(values), 2),
        std_dev=round(pstdev(values), 2),
        min=min(values),
        max=top,
        peak_date=days[list(values).index(top)],
        total=math.fsum(values),
    )


NEXT_STATES: Final[Mapping[str, frozenset[str]]] = {
    "pending": frozenset({"acknowledged", "dismissed"}),
    "acknowledged": frozenset({"resolved", "dismissed"}),
    "resolved": frozenset(),
    "dismissed": frozenset(),
}
"""The states of an alert (domain.md 4.6)."""


def may_follow(status: str, wanted: str) -> bool:
    """Whether an alert in `status` may become `wanted`."""
    return wanted in NEXT_STATES[status]


SENSITIVE_PATHS: Final = (
    "/api/sales",
    "/api/sales/summary",
    "/api/sales/asset-report",
    "/api/sales/product-report",
    "/api/metrics/weekly",
    "/api/metrics/timeline",
    "/api/metrics/top-performers",
    "/api/metrics/dashboard",
    "/api/users",
    "/api/audit-log",
    "/api/admin/activity/export",
)
"""Sales reports, financial figures, the list of users and the audit trail (BR-165)."""
