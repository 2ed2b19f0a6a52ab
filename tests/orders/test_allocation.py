"""Spreading delivered units over slots: arithmetic, for any cabinet and any delivery."""

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.orders.errors import UnknownItem
from chalicelib.orders.rules import loading
from chalicelib.orders.rules.loading import Line, Slot
from chalicelib.stock.errors import OverCapacity

PRODUCTS = (7, 8, 9)


def slot(number: int, product: int | None = 7, *, quantity: int = 0, par: int = 8, capacity: int = 10) -> Slot:
    """A slot; its number is its id and its place in the first row."""
    return Slot(number, 1, f"A{number}", 1, number, product, quantity, par, capacity)


@st.composite
def cabinets(draw: st.DrawFn) -> list[Slot]:
    """A cabinet with slots of three products, some of them empty, some above par, in any order."""
    found = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        capacity = draw(st.integers(1, 15))
        product = draw(st.sampled_from((*PRODUCTS, None)))
        quantity = draw(st.integers(0, capacity)) if product else 0
        par = draw(st.integers(0, capacity)) if product else 0
        row, column = divmod(number, 4)
        found.append(Slot(number, 1, f"{row}/{column}", row, column, product, quantity, par, capacity))
    return draw(st.permutations(found))


deliveries = st.lists(st.builds(Line, st.sampled_from(PRODUCTS), st.integers(0, 60)), max_size=5)


@pytest.mark.rule("BR-114")
@given(cabinets(), deliveries)
def test_units_are_conserved_and_never_exceed_capacity(slots: list[Slot], delivered: list[Line]) -> None:
    asked = loading.totals(delivered)
    room = {p: sum(s.capacity - s.quantity for s in slots if s.product_id == p) for p in PRODUCTS}
    if any(units > room[product] for product, units in asked.items()):
        with pytest.raises(OverCapacity) as caught:
            loading.allocate(delivered, slots)
        told = {item["productId"]: item["maximum"] for item in caught.value.details["items"]}
        assert told == {product: room[product] for product, units in asked.items() if units > room[product]}
        return

    loads = loading.allocate(delivered, slots)

    placed: Counter[int] = Counter()
    by_id = {s.id: s for s in slots}
    for load in loads:
        assert load.units > 0
        assert by_id[load.slot_id].product_id == load.product_id
        assert by_id[load.slot_id].quantity + load.units <= by_id[load.slot_id].capacity
        placed[load.product_id] += load.units
    assert placed == Counter({product: units for product, units in asked.items() if units})


@pytest.mark.rule("BR-114")
@given(cabinets(), st.sampled_from(PRODUCTS), st.integers(0, 60))
def test_par_is_reached_everywhere_before_any_slot_goes_beyond(slots: list[Slot], product: int, units: int) -> None:
    mine = [s for s in slots if s.product_id == product]
    if units > sum(s.capacity - s.quantity for s in mine):
        return
    put = {load.slot_id: load.units for load in loading.allocate([Line(product, units)], slots)}

    after = {s.id: s.quantity + put.get(s.id, 0) for s in mine}
    if any(after[s.id] > max(s.par_level, s.quantity) for s in mine):
        assert all(after[s.id] >= s.par_level for s in mine)
    # Within a pass the earlier position is served first: a slot gets something only when those before it are full.
    in_order = sorted(mine, key=lambda s: (s.row_no, s.col_no))
    for earlier, later in itertools.pairwise(in_order):
        if after[later.id] > max(later.par_level, later.quantity):
            assert after[earlier.id] == earlier.capacity
        elif put.get(later.id):
            assert after[earlier.id] >= earlier.par_level


@pytest.mark.rule("BR-114")
@given(cabinets(), deliveries, st.randoms())
def test_the_order_in_which_slots_and_items_arrive_does_not_matter(
    slots: list[Slot], delivered: list[Line], random
) -> None:  # type: ignore[no-untyped-def]
    def outcome(slots: list[Slot], delivered: list[Line]) -> object:
        try:
            return loading.allocate(delivered, slots)
        except OverCapacity as refusal:
            return sorted(refusal.details["items"], key=str)

    again = list(slots)
    random.shuffle(again)
    assert outcome(slots, delivered) == outcome(again, list(reversed(delivered)))


@pytest.mark.rule("BR-114")
def test_two_units_over_eight_slots_are_two_units() -> None:
    loads = loading.allocate([Line(7, 2)], [slot(number) for number in range(1, 9)])

    assert [(load.slot_id, load.units) for load in loads] == [(1, 2)]


def test_a_named_slot_takes_its_units_before_the_rest_is_spread() -> None:
    loads = loading.allocate([Line(7, 9), Line(7, 4, slot_id=1)], [slot(1), slot(2)])

    assert [(load.slot_id, load.units) for load in loads] == [(1, 8), (2, 5)]


def test_a_named_slot_takes_no_more_than_it_holds() -> None:
    with pytest.raises(OverCapacity) as caught:
        loading.allocate([Line(7, 8, slot_id=1)], [slot(1, quantity=3)])

    assert caught.value.details["items"] == [{"slotId": 1, "requested": 8, "maximum": 7}]


@pytest.mark.rule("BR-112")
def test_items_become_lines_of_what_the_cabinet_holds_or_the_order_asks_for() -> None:
    slots = [slot(1), slot(2, None)]

    assert loading.lines([(7, None, 2), (9, None, 0), (None, 1, 3)], slots, {9}) == [
        Line(7, 2),
        Line(9, 0),
        Line(7, 3, slot_id=1),
    ]
    for product, slot_id in ((8, None), (None, 2), (None, 3), (8, 1), (None, None)):
        with pytest.raises(UnknownItem):
            loading.lines([(product, slot_id, 1)], slots, {9})


def test_what_was_ordered_is_cut_to_what_fits() -> None:
    slots = [slot(1, quantity=6), slot(2, 8, quantity=10)]

    assert loading.what_fits([(7, 3), (8, 2), (9, 1)], slots) == [Line(7, 3), Line(8, 0), Line(9, 0)]
    assert loading.what_fits([(7, 30)], slots) == [Line(7, 4)]
