"""Judges the difference of one cumulative counter between two reads (telemetry.md §5 and §6, step 3)."""

from dataclasses import dataclass
from typing import Final

from chalicelib.telemetry.intervals.models import Outcome

# Eight digits, as the standard says, then the binary limits at which machines overflow earlier.
MODULI: Final = (10**8, 2**32, 2**16, 2**8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for a rollover of a counter that fell.

    `interval` is the interval counter when no reset lies between the reads, `bounds` what the other counters of the
    selection and the machine allow, `only_this_fell` whether the siblings rose, `plausible` the most that can be.
    """

    interval: int | None = None
    bounds: tuple[int, int] | None = None
    only_this_fell: bool = False
    plausible: int = 0


@dataclass(frozen=True, slots=True)
class Difference:
    outcome: Outcome
    amount: int
    modulus: int | None = None


def difference(previous: int, current: int, evidence: Evidence, scale: int = 1) -> Difference:
    """Current minus previous, with a fall explained as rollover or reset, or held as suspect.

    `scale` is how many cents a unit of the counter is worth: a money counter of two decimals wraps at 10^8 cents.
    """
    rise = current - previous
    if rise >= 0:
        return Difference(Outcome.NORMAL, rise)
    for modulus in MODULI:
        wrapped = rise + modulus * scale
        if previous < modulus * scale and _is_rollover(wrapped, evidence):
            return Difference(Outcome.ROLLOVER, wrapped, modulus)
    return Difference(Outcome.SUSPECT, rise)


def _is_rollover(wrapped: int, evidence: Evidence) -> bool:
    if evidence.interval is not None and wrapped == evidence.interval:
        return True
    if evidence.bounds is not None and evidence.bounds[0] <= wrapped <= evidence.bounds[1]:
        return True
    return evidence.only_this_fell and evidence.bounds is None and wrapped <= evidence.plausible
