"""The stock side of booking: what reversed sales give back, and what test and free vends take."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from chalicelib.kit.call import Call
from chalicelib.kit.values import value
from chalicelib.stock import service as stock
from chalicelib.stock.models import Move
from chalicelib.telemetry.queries import booking
from chalicelib.telemetry.queries.booking import BookedVends, Level, Moved
from chalicelib.telemetry.rules.lines import Vends


@value
class Correction:
    """Test and free vends as the reads tell them, beside what has been moved for them."""

    told: Mapping[Vends, int]
    moved: Sequence[BookedVends]

    @property
    def differences(self) -> dict[Vends, int]:
        """Units that are still to be taken out, or, below zero, to be given back."""
        left: defaultdict[Vends, int] = defaultdict(int, self.told)
        for one in self.moved:
            if one.kind != "count_adjustment":
                left[Vends(one.read_id, one.slot_id, one.kind)] -= one.units
        return {vend: units for vend, units in left.items() if units}

    @property
    def counted_in(self) -> dict[tuple[int, int], int]:
        """Units that vends found missing, by read and slot."""
        return {(one.read_id, one.slot_id): one.units for one in self.moved if one.kind == "count_adjustment"}

    @property
    def is_needed(self) -> bool:
        """Whether stock has to be moved at all."""
        return bool(self.differences)


@dataclass
class _Ledger:
    """Moves in the making, with the running quantity of each slot, which never leaves 0 to capacity."""

    levels: Mapping[int, Level]
    quantities: dict[int, int] = field(default_factory=dict)
    moves: list[Move] = field(default_factory=list)

    def move(self, move: Move) -> None:
        if move.delta and move.slot_id in self.levels:
            before = self.quantities.get(move.slot_id, self.levels[move.slot_id].quantity)
            self.quantities[move.slot_id] = before + move.delta
            self.moves.append(move)

    def quantity(self, slot_id: int) -> int:
        return self.quantities.get(slot_id, self.levels[slot_id].quantity)

    def fit(self) -> None:
        """Count off what a slot cannot hold, as when it was filled after a sale that is now taken back."""
        for slot_id, quantity in sorted(self.quantities.items()):
            excess = quantity - self.levels[slot_id].capacity
            if excess > 0:
                self.move(Move(slot_id=slot_id, delta=-excess, kind="count_adjustment"))


def put_right(
    call: Call,
    correction: Correction,
    *,
    reversed_sales: Sequence[int],
    new_sales: Sequence[int],
    past_sales: Sequence[int],
) -> None:
    """Give back what reversed sales took, and move what test and free vends want, in one go.

    The new sales have been drawn already, some perhaps from slots that were empty only because the reversed ones had
    emptied them: what was counted in for that is counted out again. `past_sales` are new ones of a product that their
    slot held before it was filled anew: what they sold went with it, so what they drew elsewhere is given back.
    """
    differences = correction.differences
    undone = {*reversed_sales, *past_sales}
    moved = booking.moved_by(call.db, [*reversed_sales, *new_sales]) if undone else []
    slot_ids = {one.slot_id for one in moved} | {vend.slot_id for vend in differences}
    if not slot_ids:
        return
    ledger = _Ledger({level.slot_id: level for level in booking.levels(call.db, sorted(slot_ids))})
    drawn = [one for one in moved if one.sale_id not in undone]
    _give_back(ledger, [one for one in moved if one.sale_id in undone], drawn)
    _vend(ledger, differences, correction.counted_in)
    ledger.fit()
    stock.apply(call, ledger.moves)


def _give_back(ledger: _Ledger, reversed_sales: Sequence[Moved], new_sales: Sequence[Moved]) -> None:
    counted_in: defaultdict[int, int] = defaultdict(int)
    for one in new_sales:
        counted_in[one.slot_id] += one.found
    given: defaultdict[int, int] = defaultdict(int)
    for one in reversed_sales:
        back = Move(slot_id=one.slot_id, delta=one.taken, kind="sale", sale_id=one.sale_id, sale_sold_at=one.sold_at)
        ledger.move(back)
        ledger.move(replace(back, delta=-one.found, kind="count_adjustment"))
        given[one.slot_id] += one.taken - one.found
    for slot_id, units in given.items():
        ledger.move(Move(slot_id=slot_id, delta=-min(units, counted_in[slot_id]), kind="count_adjustment"))


def _vend(ledger: _Ledger, differences: Mapping[Vends, int], counted_in: Mapping[tuple[int, int], int]) -> None:
    for vend, units in sorted(differences.items(), key=lambda item: (item[0].slot_id, item[0].read_id, item[0].kind)):
        if vend.slot_id not in ledger.levels:
            continue
        taken = Move(slot_id=vend.slot_id, delta=-units, kind=vend.kind, dex_read_id=vend.read_id)
        if units > 0:
            missing = max(0, units - ledger.quantity(vend.slot_id))
            ledger.move(replace(taken, delta=missing, kind="count_adjustment"))
            ledger.move(taken)
        else:
            ledger.move(taken)
            found = min(-units, counted_in.get((vend.read_id, vend.slot_id), 0))
            ledger.move(replace(taken, delta=-found, kind="count_adjustment"))
