"""Velocity and days of inventory, as arithmetic."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.planning import rules

NOW = datetime(2024, 2, 29, 22, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("units_28d", "all_time", "first_sold", "per_day", "source"),
    [
        (28, 90, timedelta(days=200), Fraction(1), "28d"),
        (1, 1, timedelta(hours=1), Fraction(1, 28), "28d"),
        (0, 90, timedelta(days=60), Fraction(3, 2), "history"),
        (0, 9, timedelta(days=30, hours=12), Fraction(18, 61), "history"),
        (0, 24, timedelta(hours=1), Fraction(24), "history"),
        (0, 0, None, Fraction(1, 10), "default"),
        (-2, 0, timedelta(days=3), Fraction(1, 10), "default"),
        (0, 5, timedelta(0), Fraction(1, 10), "default"),
    ],
)
def test_velocity_is_of_28_days_else_of_all_time_else_a_guess(units_28d, all_time, first_sold, per_day, source):
    first_sold_at = None if first_sold is None else NOW - first_sold

    assert rules.velocity(units_28d, all_time, first_sold_at, NOW) == rules.Velocity(per_day, source)


def test_a_guess_is_not_observed():
    assert not rules.velocity(0, 0, None, NOW).is_observed
    assert rules.velocity(7, 7, NOW, NOW).units_per_day == Decimal("0.25")


@given(st.lists(st.integers(1, 999), min_size=1, max_size=40), st.integers(1, 10_000))
def test_the_slots_of_a_product_share_its_velocity_without_loss(capacities, units):
    whole = rules.Velocity(Fraction(units, 28), "28d")

    parts = [rules.share_of_slot(whole, capacity, sum(capacities)).per_day for capacity in capacities]

    assert sum(parts) == whole.per_day


def test_a_slot_without_capacity_has_no_share():
    assert rules.share_of_slot(rules.Velocity(Fraction(1), "28d"), 0, 0).per_day == 0


@pytest.mark.parametrize(
    ("quantity", "per_day", "days"),
    [
        (0, Fraction(1), 0),
        (3, Fraction(3, 28), 28),
        (45, Fraction(1), 45),
        (1, Fraction(2), 0),
        (5, Fraction(0), 999),
        (5, Fraction(1, 1000), 999),
        (-1, Fraction(1), 0),
    ],
)
def test_days_remaining_are_whole_days(quantity, per_day, days):
    assert rules.days_remaining(quantity, per_day) == days


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (Fraction(6225, 100), 1, "62.3"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(-345, 100), 1, "-3.5"),
        (Fraction(0), 2, "0.00"),
        (Fraction(1, 3), 4, "0.3333"),
        (Fraction(49999, 100000), 0, "0"),
    ],
)
def test_halves_are_rounded_up(value, decimals, rounded):
    assert str(rules.half_up(value, decimals)) == rounded
