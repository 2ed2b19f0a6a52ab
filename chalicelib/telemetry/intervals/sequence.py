"""Puts the reads of a machine in order and walks them (telemetry.md §6, steps 1 and 8)."""

from collections.abc import Iterable

from chalicelib.telemetry.intervals.between import between
from chalicelib.telemetry.intervals.lives import Lives
from chalicelib.telemetry.intervals.models import Interval, Outcome, Placed, Reading


def placed(readings: Iterable[Reading]) -> list[Placed]:
    """The machine's own order: life after life of its boards as they came into use, each in the order of its reads.

    A late read therefore finds its place between two earlier ones, and the intervals on both sides are computed anew.
    """
    lives = Lives()
    for reading in sorted(readings, key=lambda one: one.received_at):
        lives.put(reading)
    return list(lives.placed())


def ordered(readings: Iterable[Reading]) -> list[Reading]:
    """The readings alone, in the order of the machine."""
    return [one.reading for one in placed(readings)]


def intervals(readings: Iterable[Reading], *, tolerance_cents: int = 0) -> list[Interval]:
    """Every interval of a machine, in order. A read that is not accepted is left out; the next good one covers it."""
    found: list[Interval] = []
    baseline: Reading | None = None
    for one in placed(reading for reading in readings if reading.is_accepted):
        interval = between(baseline, one.reading, standing=one.standing, tolerance_cents=tolerance_cents)
        baseline = interval.baseline
        found.append(interval)
    return found


def booked(found: Iterable[Interval]) -> tuple[int, int]:
    """Units and cents of all intervals together. It does not depend on the order in which the reads arrived."""
    real = [interval for interval in found if interval.outcome is not Outcome.DUPLICATE]
    return sum(interval.units for interval in real), sum(interval.value_cents for interval in real)
