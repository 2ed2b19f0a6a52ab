"""What becomes of slots that hold more than they can: the legacy application filled each with the whole delivery."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.legacy.conftest import Target
from tools.legacy.refusal import Refused
from tools.legacy.steps.rebuild import allocate

Legacy = Callable[..., Path]
SERVED = "SELECT id, quantity FROM planogram_slots WHERE id IN (1449, 1450, 1451) ORDER BY id"
SLOT = st.tuples(st.integers(0, 30), st.integers(0, 20), st.integers(0, 20)).map(
    lambda slot: (slot[0], min(slot[1:]), max(slot[1:]))
)


def test_clamp_leaves_what_fits(target: Target, legacy: Legacy) -> None:
    target.bring(legacy(), policy="clamp")

    assert target.rows(SERVED) == [(1449, 10), (1450, 10), (1451, 9)]
    issues = target.rows(
        "SELECT legacy_id, old_value, new_value FROM import_issues WHERE code = 'OVER_CAPACITY' ORDER BY 1"
    )
    assert issues == [("1449", "12", "10"), ("1450", "11", "10")]


@pytest.mark.rule("BR-114")
def test_rebuild_undoes_the_delivery_and_delivers_it_once(target: Target, legacy: Legacy) -> None:
    """Before the visit the slots held 3, 2 and 0; 9 units go to the first up to par (5), then to the second (4)."""
    target.bring(legacy(), policy="rebuild")

    assert target.rows(SERVED) == [(1449, 8), (1450, 6), (1451, 0)]
    assert target.issues()["STOCK_REBUILT"] == 3
    assert "OVER_CAPACITY" not in target.issues()
    assert target.value("SELECT sum(delta) FROM inventory_movements WHERE slot_id = 1451") == 0


def test_strict_refuses_the_file(target: Target, legacy: Legacy) -> None:
    with pytest.raises(Refused, match=r"2 slots hold more than their capacity \(first: slot 1449 with 12 of 10\)"):
        target.bring(legacy(), policy="strict")
    assert target.value("SELECT count(*) FROM devices") == 0


def test_strict_takes_a_file_in_which_all_fits(target: Target, legacy: Legacy) -> None:
    target.bring(legacy(dirt=["UPDATE planogram_slots SET quantity = 8 WHERE quantity > 10"]), policy="strict")

    assert target.value("SELECT count(*) FROM devices") == 3


@pytest.mark.rule("BR-114")
@given(st.integers(0, 200), st.lists(SLOT, max_size=8))
def test_a_delivery_is_spread_in_order_and_never_above_capacity(units: int, slots: list[tuple[int, int, int]]) -> None:
    given_units, left = allocate(units, slots)

    assert sum(given_units) + left == units
    for share, (quantity, _, capacity) in zip(given_units, slots, strict=True):
        assert share >= 0
        assert share == 0 or quantity + share <= capacity
    if left:
        assert all(
            quantity + share >= capacity for share, (quantity, _, capacity) in zip(given_units, slots, strict=True)
        )
    above_par = [q + share > par for share, (q, par, _) in zip(given_units, slots, strict=True) if share]
    if any(above_par):
        assert all(q + share >= par for share, (q, par, _) in zip(given_units, slots, strict=True))
