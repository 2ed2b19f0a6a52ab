"""Puts the reads of a machine in order and walks them (telemetry.md §6, steps 1 and 8)."""

from collections.abc import Iterable

from chalicelib.telemetry.intervals.between import between, is_duplicate, is_swapped
from chalicelib.telemetry.intervals.models import Interval, Outcome, Reading


def ordered(readings: Iterable[Reading]) -> list[Reading]:
    """The machine's own order: board after board as they came into use, within one by its read count.

    Where a read has no count, the device's time stands in, and after it the arrival. A late read therefore finds its
    place between two earlier ones, and the intervals on both sides are computed anew.
    """
    chains: list[list[Reading]] = []
    for reading in sorted(readings, key=lambda one: one.received_at):
        chain = next((chain for chain in reversed(chains) if _belongs(reading, chain)), None)
        if chain is None:
            chains.append([reading])
        else:
            chain.append(reading)
    return [reading for chain in chains for reading in _in_chain(chain)]


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


def _belongs(reading: Reading, chain: list[Reading]) -> bool:
    """Whether a read is of this board: the same serials, and not what a fresh start looks like."""
    last = max(chain, key=_place)
    if is_duplicate(last, reading) or not is_swapped(last, reading):
        return True
    # A lower count with lower counters is either an earlier read that came late or a board that began again. The
    # device's clock tells them apart; without it, a read that came later is taken as the later one.
    if last.serials != reading.serials or last.read_at is None or reading.read_at is None:
        return False
    return reading.read_at < last.read_at


def _in_chain(chain: list[Reading]) -> list[Reading]:
    if all(reading.read_count is not None for reading in chain):
        return sorted(chain, key=_place)
    return sorted(chain, key=lambda one: (one.at, one.received_at))


def _place(reading: Reading) -> tuple[int, object, object]:
    return reading.read_count if reading.read_count is not None else -1, reading.at, reading.received_at
