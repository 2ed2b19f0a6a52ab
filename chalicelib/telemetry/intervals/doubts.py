"""Where the totals of the machine contradict its selections, what was sold is an estimate and says so.

Counters that began again and have climbed past their old totals look like any others. Only the machine's own total
(VA1) and its interval counter tell, and they do not say of which selection. What can have begun again is then booked
as what it shows for sure, at least: never more than was sold, whichever way it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from chalicelib.telemetry.intervals.comparison import has_history
from chalicelib.telemetry.intervals.models import Count, Counters, Flag, Outcome, Reading, Sold
from chalicelib.telemetry.intervals.selection import Machine

_CERTAIN = (Outcome.NORMAL, Outcome.ROLLOVER)


def is_in_doubt(previous: Reading, current: Reading, sold: Iterable[Sold], machine: Machine) -> bool:
    """The whole machine may have begun again: a young board whose total, or whose interval, tells another story.

    One that has gone on counting its reads has gone on as a whole.
    """
    has_counted = previous.read_count is not None and current.read_count is not None
    if has_counted or has_history(current, machine.days) or machine.vends is None:
        return False
    has_fallen = any(_has_fallen(one, previous, current) for one in sold)
    is_short = machine.vends < sum(one.units for one in sold if one.outcome in _CERTAIN)
    return (has_fallen and is_short) or _is_interval_too_large(previous, current, machine.vends)


def estimated(
    previous: Reading, current: Reading, sold: Iterable[Sold], machine: Machine, *, every: bool
) -> list[Sold]:
    """The same sales, with those marked as estimates that may be more than they seem; with `every`, all of them."""
    told = list(sold)
    hidden = (machine.vends or 0) - sum(one.units for one in told if one.outcome in _CERTAIN)
    return [
        _at_least(one, previous, current) if every or _may_have_begun_again(one, previous.selections, hidden) else one
        for one in told
    ]


def _may_have_begun_again(sold: Sold, previous: Mapping[str, Counters], hidden: int) -> bool:
    """A column that began again hides what it had counted before, so it had counted no more than is hidden."""
    counters = previous.get(sold.selection)
    counted = counters.cumulative.units if counters else None
    return sold.outcome in _CERTAIN and counted is not None and 0 < counted <= hidden


def _at_least(sold: Sold, previous: Reading, current: Reading) -> Sold:
    flags = sold.flags | {Flag.AT_LEAST}
    if sold.outcome in _CERTAIN:
        return replace(sold, outcome=Outcome.RESET_BASELINE, flags=flags)
    if not _has_fallen(sold, previous, current):
        return sold
    shown = current.selections[sold.selection].cumulative
    return Sold(
        selection=sold.selection,
        outcome=Outcome.RESET_BASELINE,
        units=shown.units or 0,
        value_cents=shown.value_cents,
        flags=flags,
    )


def _has_fallen(sold: Sold, previous: Reading, current: Reading) -> bool:
    before, after = previous.selections.get(sold.selection), current.selections.get(sold.selection)
    if sold.outcome is not Outcome.SUSPECT or before is None or after is None:
        return False
    return (after.cumulative.units or 0) < (before.cumulative.units or 0)


def _is_interval_too_large(previous: Reading, current: Reading, vends: int) -> bool:
    """VA1 counts more since the last reset than since the read before, although it was reset in between."""
    before, after = previous.totals.get("VA1", Count()).interval_units, current.totals["VA1"].interval_units
    if before is None or after is None:
        return False
    return vends < after != before + vends
