"""What happened between two reads of one machine (telemetry.md §6)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from chalicelib.telemetry.intervals.comparison import change_of, days_between, has_history, is_same_board
from chalicelib.telemetry.intervals.doubts import estimated, is_in_doubt
from chalicelib.telemetry.intervals.models import (
    Cash,
    Count,
    Counters,
    Flag,
    Interval,
    Outcome,
    Reading,
    Sold,
    Standing,
    SumCheck,
)
from chalicelib.telemetry.intervals.selection import Machine, sold_between

# A board that was read only a few times was put in lately, so all that it counts was sold since.
EARLY_READS: Final = 10
_CENTS: Final = {0: 100, 1: 10, 2: 1}


def between(
    previous: Reading | None, current: Reading, *, standing: Standing = Standing.FOLLOWS, tolerance_cents: int = 0
) -> Interval:
    """The sales from one read to the next. The first read, a duplicate, a strange board and a held read book nothing.

    `standing` is how the read stands among the others, which two reads alone do not tell; see `placed`.
    """
    if previous is None:
        return _plain(Outcome.BASELINE, None, current, [_first(name) for name in current.selections])
    if is_duplicate(previous, current):
        return replace(_plain(Outcome.DUPLICATE, previous, current, []), baseline=previous)
    if standing is Standing.HELD:
        held = _plain(Outcome.SUSPECT, previous, current, [])
        return replace(held, baseline=previous, flags=frozenset({Flag.ORDER_UNSURE}))
    is_anew = standing is Standing.BEGINS or _is_initialised_anew(previous, current)
    was_reset = change_of(previous, current).began_again or (is_anew and change_of(previous, current).fell > 0)
    if is_swapped(previous, current, was_reset=was_reset):
        return _after_swap(previous, current)
    machine = _machine(previous, current, was_reset=was_reset)
    names = [*current.selections, *(name for name in previous.selections if name not in current.selections)]
    sold = [sold_between(name, previous.selections.get(name), current.selections.get(name), machine) for name in names]
    is_doubtful = standing is Standing.DOUBTFUL or (is_anew and not has_history(current, machine.days))
    is_doubtful = is_doubtful or is_in_doubt(previous, current, sold, machine)
    if not was_reset:
        sold = estimated(previous, current, sold, machine, every=is_doubtful)
    is_estimate = was_reset or is_doubtful
    interval = _plain(Outcome.RESET_BASELINE if is_estimate else Outcome.NORMAL, previous, current, sold)
    checks = tuple(_sum_checks(previous, current, sold, tolerance_cents))
    return replace(
        interval,
        baseline=current if is_estimate else _carried(previous, current, sold),
        sum_checks=checks,
        cash_to_box_cents=_cash_to_box(previous.cash, current.cash),
        tubes_cents=_change(previous.cash.tubes, current.cash.tubes),
        missing_reads=_missing_reads(previous, current),
        flags=_flags(previous, current, checks, standing),
    )


def is_duplicate(previous: Reading, current: Reading) -> bool:
    """The same content again, or the same read of the same board by its own count."""
    if previous.content_hash == current.content_hash:
        return True
    is_same_count = previous.read_count is not None and previous.read_count == current.read_count
    return is_same_count and is_same_board(previous, current) and not change_of(previous, current).began_again


def is_swapped(previous: Reading, current: Reading, *, was_reset: bool) -> bool:
    """Another board: by its serial, or by counters that cannot be those of the board before.

    They cannot when they leapt to another board's history, when they fell to a history instead of to a beginning, or
    when most of them began again and nothing says that it is the same board still. Totals since initialisation are not
    meant to be reset [EVA-DTS, telemetry.md 4], so without a witness another board is the likelier reason.
    """
    change = change_of(previous, current)
    if not is_same_board(previous, current) or change.is_beyond_belief:
        return True
    if was_reset and not _is_beginning(previous, current):
        return True
    return change.began_again and not _is_known_board(previous, current)


def _is_known_board(previous: Reading, current: Reading) -> bool:
    """The board names itself, or it has gone on counting its reads."""
    if current.serials[1] is not None and previous.serials[1] == current.serials[1]:
        return True
    before, after = previous.read_count, current.read_count
    return before is not None and after is not None and after > before


def _is_beginning(previous: Reading, current: Reading) -> bool:
    """The counters show no more than can have been sold since the read before."""
    return not has_history(current, days_between(previous, current))


def _plain(outcome: Outcome, previous: Reading | None, current: Reading, sold: list[Sold]) -> Interval:
    return Interval(
        outcome=outcome,
        started_at=previous.at if previous else None,
        ended_at=current.at,
        previous_hash=previous.content_hash if previous else None,
        current_hash=current.content_hash,
        baseline=current,
        sold=tuple(sold),
    )


def _first(name: str) -> Sold:
    return Sold(selection=name, outcome=Outcome.BASELINE)


def _after_swap(previous: Reading, current: Reading) -> Interval:
    """Nothing is booked from the old counters; those of a fresh board are all sales since, at most.

    What was sold between the last read of the old board and the swap nobody has counted: the forecast estimates it.
    """
    is_fresh = _is_fresh(previous, current)
    sold = [
        Sold(
            selection=name,
            outcome=Outcome.SWAP_BASELINE,
            units=(counters.cumulative.units or 0) if is_fresh else 0,
            value_cents=counters.cumulative.value_cents if is_fresh else 0,
            flags=frozenset({Flag.AT_MOST, Flag.GAP_ESTIMATED} if is_fresh else {Flag.GAP_ESTIMATED}),
        )
        for name, counters in current.selections.items()
    ]
    interval = _plain(Outcome.SWAP_BASELINE, previous, current, sold)
    return replace(interval, flags=frozenset({Flag.GAP_ESTIMATED}))


def _is_fresh(previous: Reading, current: Reading) -> bool:
    """Whether all that the board counts was sold since the read before; never when it may have gone on as it was."""
    if not _is_beginning(previous, current):
        return False
    is_same = is_same_board(previous, current)
    if current.read_count is None:
        return is_same
    is_other_changer = not is_same and previous.serials[:2] == current.serials[:2]
    return current.read_count <= EARLY_READS and not (is_other_changer and change_of(previous, current).is_clean)


def _machine(previous: Reading, current: Reading, *, was_reset: bool) -> Machine:
    before, after = previous.totals.get("VA1"), current.totals.get("VA1")
    change = change_of(previous, current)
    resets = _change(previous.reset_count, current.reset_count)
    return Machine(
        days=days_between(previous, current),
        resets_between=resets,
        siblings_rose=change.rose >= 1 and change.fell == 1,
        was_reset=was_reset,
        vends=_rise(before.units, after.units) if before and after else None,
        is_proven=current.is_proven,
        money_scale=_CENTS.get(current.decimal_places, 1),
    )


def _is_initialised_anew(previous: Reading, current: Reading) -> bool:
    before, after = previous.initialised_at, current.initialised_at
    return before is not None and after is not None and after != before


def _carried(previous: Reading, current: Reading, sold: list[Sold]) -> Reading:
    """The current read, with the earlier counters of every selection that is missing or in doubt.

    After a new beginning nothing is carried: what was counted before is nothing to count from.
    """
    kept = {
        one.selection: _kept(one, previous.selections[one.selection], current.selections.get(one.selection))
        for one in sold
        if one.outcome in (Outcome.UNKNOWN, Outcome.SUSPECT) and one.selection in previous.selections
    }
    return replace(current, selections={**current.selections, **kept}) if kept else current


def _kept(sold: Sold, before: Counters, after: Counters | None) -> Counters:
    kept = replace(before, is_doubted=True) if Flag.UNPROVEN in sold.flags else before
    shown, known = after.cumulative.units if after else None, before.cumulative.units
    if sold.outcome is Outcome.UNKNOWN or before.fell_to is not None or shown is None or known is None:
        return kept
    return replace(kept, fell_to=shown) if shown < known else kept


def _sum_checks(previous: Reading, current: Reading, sold: list[Sold], tolerance: int) -> Iterator[SumCheck]:
    """Step 5: what the selections sold against VA1, and what the devices took against VA1."""
    rises = {name: _count_rise(previous.totals.get(name), current.totals.get(name)) for name in current.totals}
    vends = rises.get("VA1", Count())
    if vends.units is not None:
        yield SumCheck("units = VA1", vends.units, sum(one.units for one in sold), 0)
    if vends.value_cents is not None:
        yield SumCheck("value = VA1", vends.value_cents, sum(one.value_cents or 0 for one in sold), tolerance)
        taken = [rises[device].value_cents for device in ("CA2", "DA2", "DB2", "TA2") if device in rises]
        if taken and None not in taken:
            yield SumCheck("devices = VA1", vends.value_cents, sum(value or 0 for value in taken), tolerance)


def _count_rise(before: Count | None, after: Count | None) -> Count:
    if before is None or after is None:
        return Count()
    return Count(_rise(before.units, after.units), _rise(before.value_cents, after.value_cents))


def _cash_to_box(before: Cash, after: Cash) -> int | None:
    """Coins that fell into the box, and bills less those paid out. Tubes are float, never collected."""
    box, bills = _change(before.box, after.box), _change(before.bills, after.bills)
    if box is None or bills is None:
        return None
    return box + bills - (_change(before.bills_paid_out, after.bills_paid_out) or 0)


def _missing_reads(previous: Reading, current: Reading) -> int:
    more = _change(previous.read_count, current.read_count)
    return max(0, more - 1) if more is not None else 0


def _flags(previous: Reading, current: Reading, checks: tuple[SumCheck, ...], standing: Standing) -> frozenset[Flag]:
    flags = {
        Flag.RESCALED: previous.decimal_places != current.decimal_places,
        Flag.READS_MISSING: _missing_reads(previous, current) > 0,
        Flag.SUMS_DIFFER: not all(check.holds for check in checks),
        Flag.ORDER_UNSURE: standing is Standing.DOUBTFUL,
    }
    return frozenset(flag for flag, is_set in flags.items() if is_set)


def _change(before: int | None, after: int | None) -> int | None:
    return after - before if before is not None and after is not None else None


def _rise(before: int | None, after: int | None) -> int | None:
    change = _change(before, after)
    return change if change is not None and change >= 0 else None
