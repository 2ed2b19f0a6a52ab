"""What the lines of a ledger say about a slot."""

from collections.abc import Sequence

from chalicelib.kit.values import value
from chalicelib.stock.models import Line


@value
class Fall:
    """The units of a slot before the first of some lines and after the last."""

    slot_id: int
    before: int
    after: int


def falls(lines: Sequence[Line]) -> list[Fall]:
    """What lines, in the order in which they were written, did to each slot; by the slots' ids."""
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    for line in lines:
        first.setdefault(line.slot_id, line.quantity_after - line.delta)
        last[line.slot_id] = line.quantity_after
    return [Fall(slot_id, first[slot_id], last[slot_id]) for slot_id in sorted(first)]
