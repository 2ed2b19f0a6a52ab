"""Puts the reads of a machine in order and walks them (telemetry.md §6, steps 1 and 8)."""

from collections.abc import Iterable

from chalicelib.telemetry.intervals.between import between
from chalicelib.telemetry.intervals.lives import Lives
from chalicelib.telemetry.intervals.models import Interval, Outcome, Reading


def ordered(readings: Iterable[Reading]) -> list[Reading]:
    """The machine's own order: life after life of its boards as they came into use, each in the order of its reads.

    A late read therefore finds its place between two earlier ones, and the intervals on both sides are computed anew.
    """
    lives = Lives()
    for reading in sorted(readings, key=lambda one: one.received_at):
        lives.put(reading)
    return lives.ordered()


def intervals(readings: Iterable[Reading], *, tolerance_cents: int = 0) -> list[Interval]:
    """Every interval of a machine, in order. A read that is not accepted is left out; the next good one covers it."""
    found: list[Interval] = []
    baseline: Reading | None = None
    for reading in ordered(one for one in readings if one.is_accepted):
        interval = between(baseline, reading, tolerance_cents=tolerance_cents)
        baseline = interval.baseline
        found.append(interval)
    return found


def booked(found: Iterable[Interval]) -> tuple[int, int]:
    """Units and cents of all intervals together. It does not depend on the order in which the reads arrived."""
    real = [interval for interval in found if interval.outcome is not Outcome.DUPLICATE]
    return sum(interval.units for interval in real), sum(interval.value_cents for interval in real)
