"""Live vends beside reads: what a read covers is not counted twice, what it does not cover stays on the books.

A vend that a feed told at once is provisional until a read of its machine covers it. The read is the authority: of what
it says a selection has sold, the vends that fit are confirmed, the rest is a line of the read, and a vend that does not
fit is superseded. So units and cents of an interval are the read's own, whichever of the two came first.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.kit.values import value
from chalicelib.telemetry.intervals import Outcome
from chalicelib.telemetry.rules.lines import Line, PaymentKind, ProductChange, Target
from chalicelib.telemetry.rules.walking import Step

Status = Literal["provisional", "confirmed", "kept", "superseded"]

CLOCK_STEP = timedelta(minutes=1)
"""Machines tell the time of a read to the minute: what was sold in that minute is in it."""

_EXACT = frozenset({Outcome.NORMAL, Outcome.ROLLOVER})
_NO_MORE_THAN = frozenset({Outcome.BASELINE, Outcome.RESET_BASELINE, Outcome.SWAP_BASELINE})
"""A life's beginning: the read knows nothing of what was sold before it, and there the vend is the better witness."""


@value(kw_only=True)
class Vend:
    """One unit that was sold by a selection, as a feed told it."""

    vend_id: int
    device_id: int
    selection: str
    payment_kind: PaymentKind
    cents: int
    at: datetime


@value(kw_only=True)
class Settled:
    """What became of a vend: by which read, and the slot and product that it stands for on the books, if it does."""

    vend: Vend
    status: Status
    read_id: int | None = None
    slot_id: int | None = None
    product_id: int | None = None

    @property
    def is_booked(self) -> bool:
        """Whether it is a sale of its own."""
        return self.status != "superseded" and self.product_id is not None


@dataclass
class _Left:
    """What of a line no vend has been found for yet."""

    line: Line
    units: int
    cents: int

    def takes(self, vend: Vend) -> bool:
        """One unit off, if what stays is a line that can stand: no cents without units, and none below zero."""
        if self.units < 1 or vend.cents > self.cents or (self.units == 1 and vend.cents != self.cents):
            return False
        self.units -= 1
        self.cents -= vend.cents
        return True


@dataclass
class _Interval:
    """The lines of one selection in one read; `unseen` counts the units of vends that differ only in their cents."""

    lines: list[_Left] = field(default_factory=list)
    unseen: int = 0

    def takes(self, vend: Vend, product_id: int | None) -> bool:
        fitting = [left for left in self.lines if left.line.product_id == product_id]
        own = [left for left in fitting if left.line.payment_kind == vend.payment_kind]
        unsplit = [left for left in fitting if left.line.payment_kind is None]
        return any(left.takes(vend) for left in (*own, *unsplit))

    def has_room(self) -> bool:
        """Whether the read tells of one more unit than the vends that have been looked at."""
        if sum(left.units for left in self.lines) <= self.unseen:
            return False
        self.unseen += 1
        return True


def settle(
    steps: Iterable[Step],
    lines: Iterable[Line],
    vends: Iterable[Vend],
    targets: Iterable[Target],
    changes: Iterable[ProductChange],
) -> tuple[list[Line], list[Settled]]:
    """The lines less what vends are confirmed for, and what becomes of each vend. Pure, and the same in any order."""
    intervals: defaultdict[tuple[int, str], _Interval] = defaultdict(_Interval)
    every = [_Left(line, line.units, line.revenue_cents) for line in lines]
    for left in every:
        intervals[left.line.read_id, left.line.selection].lines.append(left)
    walked = _by_device(steps)
    shelf = _Shelf(targets, changes)
    settled = []
    for vend in sorted(vends, key=lambda vend: (vend.at, vend.vend_id)):
        slot_id, product_id = shelf.at(vend)
        status, read_id = _judge(vend, product_id, walked.get(vend.device_id, ()), intervals)
        settled.append(Settled(vend=vend, status=status, read_id=read_id, slot_id=slot_id, product_id=product_id))
    rest = [replace(left.line, units=left.units, revenue_cents=left.cents) for left in every if left.units]
    return rest, settled


def _by_device(steps: Iterable[Step]) -> Mapping[int, Sequence[Step]]:
    found: defaultdict[int, list[Step]] = defaultdict(list)
    for step in sorted(steps, key=lambda step: step.position):
        if step.interval.outcome is not Outcome.DUPLICATE:
            found[step.device_id].append(step)
    return found


def covered_until(step: Step) -> datetime:
    """The moment up to which a read tells what was sold."""
    return min(step.interval.ended_at + CLOCK_STEP, step.received_at)


def _judge(
    vend: Vend,
    product_id: int | None,
    steps: Sequence[Step],
    intervals: Mapping[tuple[int, str], _Interval],
) -> tuple[Status, int | None]:
    covering = next((found for step in steps if (found := _covers(step, vend)) is not None), None)
    if covering is None:
        return "provisional", None
    read_id, is_exact = covering
    interval = intervals[read_id, vend.selection]
    if interval.takes(vend, product_id):
        return "confirmed", read_id
    if is_exact or interval.has_room():
        return "superseded", read_id
    return "kept", read_id


def _covers(step: Step, vend: Vend) -> tuple[int, bool] | None:
    """The read, and whether all that its interval sold is in it; None where it leaves the question open."""
    if covered_until(step) < vend.at:
        return None
    outcome = next((sold.outcome for sold in step.interval.sold if sold.selection == vend.selection), None)
    if step.interval.outcome in _NO_MORE_THAN:
        return step.read_id, False
    if outcome in _EXACT:
        return step.read_id, True
    return (step.read_id, False) if outcome in _NO_MORE_THAN else None


class _Shelf:
    """What lay in the slot of a selection at a moment."""

    def __init__(self, targets: Iterable[Target], changes: Iterable[ProductChange]) -> None:
        self._targets = {(target.device_id, target.selection): target for target in targets}
        self._changes: defaultdict[int, list[ProductChange]] = defaultdict(list)
        for change in sorted(changes, key=lambda change: change.at):
            self._changes[change.slot_id].append(change)

    def at(self, vend: Vend) -> tuple[int | None, int | None]:
        """Slot and product; None for each where no slot is known or nothing lay in it."""
        target = self._targets.get((vend.device_id, vend.selection))
        if target is None:
            return None, None
        later = next((change for change in self._changes[target.slot_id] if change.at > vend.at), None)
        return target.slot_id, later.old_product_id if later else target.product_id
