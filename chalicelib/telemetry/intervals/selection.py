"""What one selection sold between two reads (telemetry.md §6, steps 2 to 6; dex.md §9)."""

from dataclasses import dataclass
from typing import Final

from chalicelib.telemetry.intervals.comparison import plausible_units
from chalicelib.telemetry.intervals.counters import Difference, Evidence, difference
from chalicelib.telemetry.intervals.models import NOTHING, Count, Counters, Flag, Outcome, Sold, total_of

# An average price outside a fifth to five times the list prices is damage, not a promotion.
PRICE_SPREAD: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What the machine as a whole says about this interval; it decides between rollover, reset and doubt."""

    days: float
    resets_between: int | None
    siblings_rose: bool
    was_reset: bool
    vends: int | None
    money_scale: int
    is_proven: bool = True

    @property
    def plausible_units(self) -> int:
        return plausible_units(self.days)


def sold_between(selection: str, previous: Counters | None, current: Counters | None, machine: Machine) -> Sold:
    """A selection that is new or missing sells nothing: its history and its silence are no sales of this interval."""
    if current is None:
        return Sold(selection=selection, outcome=Outcome.UNKNOWN, value_cents=None)
    if previous is None:
        return Sold(selection=selection, outcome=Outcome.BASELINE)
    before, after = paid_counts(previous, current)
    if before.units is None and current.cumulative.units is not None:
        return Sold(selection=selection, outcome=Outcome.BASELINE)
    has_lost_value = before.value_cents is not None and after.value_cents is None
    if before.units is None or after.units is None or has_lost_value:
        return Sold(selection=selection, outcome=Outcome.UNKNOWN, value_cents=None)
    prices = previous.prices | current.prices
    units = _units(before, after, prices, machine)
    value = _value(before, after, units, prices, machine)
    sold = _judged(selection, units, value, prices, machine)
    if _is_still_in_doubt(previous, sold.outcome):
        return _held(selection, units, value, sold.flags)
    if Flag.PRICE_OUT_OF_RANGE in sold.flags and not (machine.is_proven or previous.is_doubted):
        # A digit may have been damaged; when the next read says so too it is how this machine counts.
        return _held(selection, units, value, sold.flags | {Flag.UNPROVEN})
    return _with_extras(sold, previous, current)


def _is_still_in_doubt(previous: Counters, outcome: Outcome) -> bool:
    """A counter that fell to what looks like a beginning is not believed when it has climbed back by itself.

    A wrong figure is gone with the next read; a column that began again climbs from there, and reaches its old total
    with sales that nobody has counted.
    """
    is_beginning = previous.fell_to is not None and previous.fell_to <= plausible_units(1)
    return is_beginning and outcome in (Outcome.NORMAL, Outcome.ROLLOVER)


def paid_counts(previous: Counters, current: Counters) -> tuple[Count, Count]:
    """PA2 of both reads or else PA7 of both, never the two added and never one against the other."""
    if previous.paid.units is not None and current.paid.units is not None:
        return previous.paid, current.paid
    if previous.payments and previous.payments.keys() <= current.payments.keys():
        return total_of(previous.payments), total_of(current.payments)
    return NOTHING, NOTHING


def _units(before: Count, after: Count, prices: frozenset[int], machine: Machine) -> Difference:
    evidence = Evidence(
        interval=_interval(before.interval_units, after.interval_units, machine),
        bounds=_unit_bounds(_rise(before.value_cents, after.value_cents), prices, machine.vends),
        only_this_fell=machine.siblings_rose,
        plausible=machine.plausible_units,
    )
    if machine.was_reset:
        # A counter that was low may already be higher than before; it has begun again with the others.
        return Difference(Outcome.RESET_BASELINE, after.units or 0)
    return difference(before.units or 0, after.units or 0, evidence)


def _value(
    before: Count, after: Count, units: Difference, prices: frozenset[int], machine: Machine
) -> Difference | None:
    if before.value_cents is None or after.value_cents is None:
        return None
    if units.outcome is Outcome.RESET_BASELINE:
        return Difference(Outcome.RESET_BASELINE, after.value_cents)
    bounds = (units.amount * min(prices), units.amount * max(prices)) if prices and units.amount >= 0 else None
    evidence = Evidence(
        interval=_interval(before.interval_value_cents, after.interval_value_cents, machine),
        bounds=bounds,
    )
    return difference(before.value_cents, after.value_cents, evidence, machine.money_scale)


def _interval(before: int | None, after: int | None, machine: Machine) -> int | None:
    """The interval counter as a witness: only when no reset lies between, counted from the earlier read on."""
    if machine.resets_between != 0 or after is None:
        return None
    return after - before if before is not None and before <= after else after


def _rise(before: int | None, after: int | None) -> int | None:
    return after - before if before is not None and after is not None and after >= before else None


def _unit_bounds(value_rise: int | None, prices: frozenset[int], vends: int | None) -> tuple[int, int] | None:
    if value_rise is None or not prices:
        return None
    most = -(-value_rise // min(prices))
    return value_rise // max(prices), most if vends is None else min(most, vends)


def _judged(
    selection: str, units: Difference, value: Difference | None, prices: frozenset[int], machine: Machine
) -> Sold:
    amount = value.amount if value else None
    flags = _flags(units, value, prices, machine)
    is_held = Outcome.SUSPECT in (units.outcome, value.outcome if value else None) or flags & {
        Flag.IMPLAUSIBLE_PRICE,
        Flag.IMPLAUSIBLE_RATE,
        Flag.VALUE_WITHOUT_UNITS,
    }
    if is_held:
        return _held(selection, units, value, flags)
    is_rollover = value is not None and value.outcome is Outcome.ROLLOVER
    return Sold(
        selection=selection,
        outcome=Outcome.ROLLOVER if is_rollover else units.outcome,
        units=units.amount,
        value_cents=amount,
        modulus=units.modulus or (value.modulus if value else None),
        flags=flags,
    )


def _held(selection: str, units: Difference, value: Difference | None, flags: frozenset[Flag]) -> Sold:
    return Sold(
        selection=selection,
        outcome=Outcome.SUSPECT,
        proposed_units=units.amount,
        proposed_value_cents=value.amount if value else None,
        flags=flags,
    )


def _flags(units: Difference, value: Difference | None, prices: frozenset[int], machine: Machine) -> frozenset[Flag]:
    flags = set()
    if value is None:
        flags.add(Flag.VALUE_UNKNOWN)
    if units.outcome is Outcome.RESET_BASELINE:
        flags.add(Flag.AT_MOST)
    if units.amount > machine.plausible_units and units.outcome is not Outcome.RESET_BASELINE:
        flags.add(Flag.IMPLAUSIBLE_RATE)
    if value and units.amount == 0 and value.amount > 0:
        flags.add(Flag.VALUE_WITHOUT_UNITS)
    if value and units.amount > 0 and prices:
        low, high = units.amount * min(prices), units.amount * max(prices)
        if not low <= value.amount <= high:
            flags.add(Flag.PRICE_OUT_OF_RANGE)
        if not low <= value.amount * PRICE_SPREAD or not value.amount <= high * PRICE_SPREAD:
            flags.add(Flag.IMPLAUSIBLE_PRICE)
    return frozenset(flags)


def _with_extras(sold: Sold, previous: Counters, current: Counters) -> Sold:
    """Adds the split by payment and the test and free vends, which are no sales but empty the slot."""
    if sold.outcome is Outcome.SUSPECT:
        return sold
    is_fresh = sold.outcome is Outcome.RESET_BASELINE
    payments = {
        key: Count(_more(before.units, after.units, is_fresh), _more(before.value_cents, after.value_cents, is_fresh))
        for key, after in current.payments.items()
        if (before := previous.payments.get(key)) is not None
    }
    return Sold(
        selection=sold.selection,
        outcome=sold.outcome,
        units=sold.units,
        value_cents=sold.value_cents,
        payments={key: count for key, count in payments.items() if count.units},
        test_units=_more(previous.test_units, current.test_units, is_fresh) or 0,
        free_units=_more(previous.free_units, current.free_units, is_fresh) or 0,
        modulus=sold.modulus,
        flags=sold.flags,
    )


def _more(before: int | None, after: int | None, is_fresh: bool) -> int | None:
    """The rise of a side counter; after a reset all that it shows; None when it fell or is not known."""
    return after if is_fresh else _rise(before, after)
