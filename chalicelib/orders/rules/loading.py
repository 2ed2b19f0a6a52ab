"""Which slots take the delivered units (BR-112, BR-114, BR-115)."""

from collections import Counter
from collections.abc import Collection, Sequence

from chalicelib.kit.values import value
from chalicelib.orders.errors import UnknownItem
from chalicelib.stock.errors import OverCapacity


@value
class Slot:
    """A slot of a cabinet that is being serviced."""

    id: int
    cabinet_id: int
    position: str
    row_no: int
    col_no: int
    product_id: int | None
    quantity: int
    par_level: int
    capacity: int


@value
class Line:
    """Units of a product that were delivered; into one certain slot when it is named."""

    product_id: int
    units: int
    slot_id: int | None = None


@value
class Load:
    """Units that go into a slot."""

    slot_id: int
    product_id: int
    units: int


def lines(
    items: Sequence[tuple[int | None, int | None, int]], slots: Sequence[Slot], ordered: Collection[int]
) -> list[Line]:
    """The delivered items (product, slot, units) as lines.

    Raises `UnknownItem` for a product that is neither ordered nor in the cabinet, for a slot that is not in the
    cabinet or is empty, and for a slot that holds another product than the item says (BR-112).
    """
    by_id = {slot.id: slot for slot in slots}
    known = {slot.product_id for slot in slots} | set(ordered)
    found = []
    for product_id, slot_id, units in items:
        if slot_id is not None:
            slot = by_id.get(slot_id)
            if slot is None or slot.product_id is None or product_id not in (None, slot.product_id):
                raise UnknownItem(f"Slot {slot_id} of this cabinet does not hold that product.", slotId=slot_id)
            found.append(Line(slot.product_id, units, slot_id))
        elif product_id is None or product_id not in known:
            raise UnknownItem(productId=product_id)
        else:
            found.append(Line(product_id, units))
    return found


def totals(delivered: Sequence[Line]) -> dict[int, int]:
    """Units by product."""
    units: Counter[int] = Counter()
    for line in delivered:
        units[line.product_id] += line.units
    return dict(units)


def allocate(delivered: Sequence[Line], slots: Sequence[Slot]) -> list[Load]:
    """Spread the delivered units over the slots (BR-114).

    Units for a named slot go there first. The rest of a product goes to its slots in the order of their positions:
    up to par in a first pass, up to capacity in a second. Raises `OverCapacity`, telling the most that fits, when
    units are left over; then nothing is to be moved at all.
    """
    held = {slot.id: slot.quantity for slot in slots}
    in_order = sorted(slots, key=lambda slot: (slot.row_no, slot.col_no))
    too_many = [_put_into_slot(line, slots, held) for line in delivered if line.slot_id is not None]
    spread = totals([line for line in delivered if line.slot_id is None])
    too_many += [_spread(product, units, in_order, held) for product, units in spread.items()]
    if excess := [problem for problem in too_many if problem]:
        told = "; ".join(
            f"{'slot' if 'slotId' in e else 'product'} {e.get('slotId', e.get('productId'))} takes at most "
            f"{e['maximum']}"
            for e in excess
        )
        raise OverCapacity(f"More units than fit: {told}.", items=excess)
    return [
        Load(slot.id, slot.product_id, held[slot.id] - slot.quantity)
        for slot in in_order
        if slot.product_id is not None and held[slot.id] > slot.quantity
    ]


def _put_into_slot(line: Line, slots: Sequence[Slot], held: dict[int, int]) -> dict[str, int] | None:
    slot = next(slot for slot in slots if slot.id == line.slot_id)
    room = max(0, slot.capacity - held[slot.id])
    held[slot.id] += min(line.units, room)
    return {"slotId": slot.id, "requested": line.units, "maximum": room} if line.units > room else None


def _spread(product_id: int, units: int, in_order: Sequence[Slot], held: dict[int, int]) -> dict[str, int] | None:
    mine = [slot for slot in in_order if slot.product_id == product_id]
    room = sum(max(0, slot.capacity - held[slot.id]) for slot in mine)
    left = units
    for limit in ("par_level", "capacity"):
        for slot in mine:
            taken = min(left, max(0, getattr(slot, limit) - held[slot.id]))
            held[slot.id] += taken
            left -= taken
    return {"productId": product_id, "requested": units, "maximum": room} if left else None


def what_fits(ordered: Sequence[tuple[int, int]], slots: Sequence[Slot]) -> list[Line]:
    """The ordered (product, units) as far as they fit, for an order that is completed in one go."""
    fitting = []
    for product_id, needed in ordered:
        room = sum(max(0, slot.capacity - slot.quantity) for slot in slots if slot.product_id == product_id)
        fitting.append(Line(product_id, min(needed, room)))
    return fitting
