"""The arithmetic of slots."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.planograms import rules
from chalicelib.planograms.rules import Content, Wish

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine must not fail a test of arithmetic."""

capacities = st.integers(1, 999)
product_ids = st.integers(2, 5)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Draw what a slot may hold."""
    capacity = draw(st.integers(0, 999))
    if capacity == 0 or draw(st.booleans()):
        return Content(None, 0, capacity, 0, None)
    return Content(
        draw(product_ids),
        draw(st.integers(0, capacity)),
        capacity,
        draw(st.integers(1, capacity)),
        draw(st.none() | st.integers(0, 500)),
    )


numbers = st.none() | st.integers(-5, 1005)
wishes = st.builds(
    Wish,
    product_id=st.none() | product_ids,
    quantity=numbers,
    capacity=numbers,
    par_level=numbers,
    price_cents=st.none() | st.integers(-5, 500),
)


@pytest.mark.rule("BR-082", "US-047")
@pytest.mark.parametrize(
    ("capacity", "percent", "par"),
    [(10, 85, 9), (10, 84, 8), (10, 80, 8), (1, 1, 1), (30, 85, 26), (2, 25, 1), (6, 25, 2), (999, 100, 999)],
)
def test_the_default_par_is_a_percentage_of_the_capacity_rounded_half_up(capacity: int, percent: int, par: int) -> None:
    assert rules.default_par(capacity, percent) == par


@pytest.mark.rule("BR-082")
@patient
@given(capacities, st.integers(1, 100))
def test_the_default_par_agrees_with_decimals_and_fits(capacity: int, percent: int) -> None:
    exact = (Decimal(capacity) * percent / 100).quantize(Decimal(1), ROUND_HALF_UP)

    assert rules.default_par(capacity, percent) == max(1, exact) <= capacity


@patient
@given(
    st.from_regex(r"[A-Za-z0-9-]{1,20}", fullmatch=True),
    st.from_regex(r"[A-Za-z+ -]{1,30}", fullmatch=True),
    st.integers(0, 2),
)
def test_the_asset_is_among_the_possible_ones_whatever_hyphens_there_are(asset: str, kind: str, index: int) -> None:
    assert asset.lower() in rules.possible_assets(f"{asset}-{kind}-{index}")


def test_a_text_without_hyphens_has_no_possible_asset() -> None:
    assert rules.possible_assets("999") == rules.possible_assets("") == rules.possible_assets("-") == []


@pytest.mark.rule("BR-081", "BR-082", "BR-083")
@patient
@given(contents(), wishes)
def test_what_is_not_refused_fits_the_constraints_of_the_database(held: Content, wish: Wish) -> None:
    content = rules.settled(held, wish, list_price_cents=150, default_par_percent=85)
    if rules.problem(wish, content):
        return

    assert 0 <= content.quantity <= content.capacity <= 999
    assert content.par_level <= content.capacity
    if content.product_id is None:
        assert (content.quantity, content.par_level, content.price_cents) == (0, 0, None)
        assert content.capacity == held.capacity
    else:
        assert content.par_level >= 1
        assert content.price_cents is None or content.price_cents >= 0


@pytest.mark.rule("BR-085")
@patient
@given(contents())
def test_sending_back_what_is_there_changes_nothing(held: Content) -> None:
    price = None if held.product_id is None else 150 if held.price_cents is None else held.price_cents
    wish = Wish(held.product_id, held.quantity, held.capacity, held.par_level, price)

    settled = rules.settled(held, wish, list_price_cents=150, default_par_percent=85)

    assert settled == held or (held.price_cents == 150 and settled.price_cents is None)


def _balance(before: Content, after: Content) -> int:
    quantity = before.quantity
    for movement in rules.movements(before, after):
        quantity += movement.delta
        assert movement.quantity_after == quantity >= 0
        assert movement.delta
    return quantity


@patient
@given(contents(), contents())
def test_the_ledger_always_arrives_at_the_new_quantity(before: Content, after: Content) -> None:
    assert _balance(before, after) == after.quantity


@patient
@given(contents(), contents())
def test_a_replaced_product_goes_out_whole(before: Content, after: Content) -> None:
    net: dict[int, int] = {}
    for movement in rules.movements(before, after):
        net[movement.product_id] = net.get(movement.product_id, 0) + movement.delta

    for product_id in {before.product_id, after.product_id} - {None}:
        had = before.quantity if before.product_id == product_id else 0
        has = after.quantity if after.product_id == product_id else 0
        assert net.get(product_id, 0) == has - had


COLA = Content(2, 5, 10, 8, None)


@pytest.mark.rule("PT-3", "PT-4", "PT-5")
@pytest.mark.parametrize(
    ("after", "reason"),
    [
        (Content(None, 0, 10, 0, None), "clear"),
        (Content(2, 3, 10, 8, None), "count"),
        (Content(2, 3, 10, 9, None), "edit"),
        (Content(3, 5, 10, 8, None), "edit"),
        (Content(2, 5, 12, 8, None), "edit"),
    ],
)
def test_the_history_tells_clearing_counting_and_editing_apart(after: Content, reason: str) -> None:
    assert rules.reason(COLA, after) == reason


@pytest.mark.rule("BR-088")
def test_a_copy_brings_the_layout_and_no_units() -> None:
    assert rules.copied(COLA, Content(3, 4, 6, 2, 100)) == Content(2, 0, 10, 8, None)
    assert rules.copied(Content(None, 0, 7, 0, None), COLA) == Content(None, 0, 10, 0, None)


@pytest.mark.rule("BR-086")
def test_a_moved_product_takes_the_capacity_of_its_new_place_if_that_has_one() -> None:
    assert rules.carried(COLA, Content(None, 0, 6, 0, None)) == Content(2, 5, 6, 8, None)
    assert rules.carried(COLA, Content(None, 0, 0, 0, None)) == COLA
