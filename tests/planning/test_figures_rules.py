"""Figures of slots, cabinets and devices, as arithmetic."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.planning import rules
from chalicelib.planning.rules import Thresholds, Velocity

NOW = datetime(2025, 3, 9, 12, tzinfo=UTC)


def slot(quantity, capacity=10, par=8, per_day=Fraction(1), source="28d"):
    return rules.slot_figures(quantity, capacity, par, Velocity(per_day, source))


@pytest.mark.rule("7.2")
@pytest.mark.parametrize(
    ("quantity", "capacity", "par", "expected"),
    [
        (0, 10, 8, (True, 0, 0, 8, 10)),
        (10, 10, 8, (False, 10, 100, 0, 0)),
        (29, 10, 8, (False, 29, 100, 0, -19)),
        (1, 8, 8, (False, 1, 13, 7, 7)),
        (1, 200, 1, (False, 1, 1, 0, 199)),
        (3, 0, 0, (False, 3, 0, 0, -3)),
    ],
    ids=["sold out", "full", "over-full", "12.5 is rounded up", "half a percent is rounded up", "zero capacity"],
)
def test_figures_of_a_slot(quantity, capacity, par, expected):
    found = slot(quantity, capacity, par)

    assert (
        found.is_sold_out,
        found.dri_days,
        found.product_level_percent,
        found.units_to_par,
        found.units_to_capacity,
    ) == expected


@pytest.mark.rule("7.3")
def test_a_cabinet_is_the_sum_of_its_slots_and_sold_out_ones_do_not_pull_the_days_down():
    found = rules.totals([slot(0), slot(3, per_day=Fraction(1, 2)), slot(8, capacity=20, par=16)])

    assert (found.slots, found.sold_out_count, found.dri_days, found.units_to_par) == (3, 1, 6, 8 + 5 + 8)
    assert found.product_level_percent == Decimal("27.5")
    assert found.daily_consumption == Decimal("2.50")


@pytest.mark.rule("7.3")
def test_the_level_is_a_ratio_of_sums_rounded_half_up():
    assert rules.totals([slot(249, capacity=400)]).product_level_percent == Decimal("62.3")


@pytest.mark.rule("7.1", "7.3")
def test_a_guessed_velocity_gives_days_but_no_consumption():
    found = rules.totals([slot(1, per_day=Fraction(1, 10), source="default")])

    assert (found.dri_days, found.daily_consumption) == (10, Decimal("0.00"))


@pytest.mark.rule("7.3")
def test_without_slots_there_is_nothing_to_say():
    found = rules.totals([])

    assert (found.sold_out_count, found.dri_days, found.product_level_percent, found.units_to_par) == (0, 999, None, 0)
    assert rules.totals([slot(0), slot(0)]).dri_days == 999
    assert rules.totals([slot(5, capacity=0)]).product_level_percent is None


@pytest.mark.rule("7.3")
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20)), min_size=1))
def test_the_level_stays_between_0_and_100(stocks):
    level = rules.totals([slot(quantity, capacity) for quantity, capacity in stocks]).product_level_percent

    assert level is not None
    assert 0 <= level <= 100


@pytest.mark.rule("7.5")
@pytest.mark.parametrize(
    ("stocks", "expected"),
    [
        ([], "0.0"),
        ([(5, 0)], "0.0"),
        ([(5, 10), (10, 10)], "75.0"),
        ([(1, 3), (5, 0)], "33.3"),
        ([(1, 8), (0, 1)], "6.3"),
    ],
)
def test_the_fill_rate_is_the_mean_of_ratios(stocks, expected):
    assert rules.fill_rate(stocks) == Decimal(expected)


@pytest.mark.rule("7.3")
@pytest.mark.parametrize(
    ("ago", "expected"),
    [(None, None), (timedelta(0), "0.0"), (timedelta(hours=30), "1.3"), (timedelta(days=2), "2.0")],
)
def test_days_since_service(ago, expected):
    found = rules.days_since(None if ago is None else NOW - ago, NOW)

    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.rule("7.4")
@pytest.mark.parametrize(
    ("dri", "expected"),
    [
        (0, "critical"),
        (1, "critical"),
        (2, "warning"),
        (3, "warning"),
        (4, "ok"),
        (7, "ok"),
        (8, "good"),
        (999, "good"),
    ],
)
def test_health_classes(dri, expected):
    assert rules.health(dri, Thresholds()) == expected


@pytest.mark.rule("7.4")
def test_stops_are_ordered_by_class_then_sold_out_then_days_then_asset():
    critical = rules.totals([slot(1)])
    warning = rules.totals([slot(2)])
    emptier = rules.totals([slot(3), slot(0)])
    stops = {"D": critical, "C": warning, "B": warning, "A": emptier}

    ordered = sorted(stops, key=lambda asset: rules.stop_order(stops[asset], Thresholds(), asset))

    assert ordered == ["D", "A", "B", "C"]


@pytest.mark.rule("7.6")
@pytest.mark.parametrize(
    ("quantity", "par", "expected"),
    [(0, 8, "critical"), (2, 8, "critical"), (3, 8, "high"), (4, 8, "high"), (6, 8, "medium"), (7, 8, "low"),
     (9, 8, "low"), (0, 0, "none"), (3, 0, "none")],
)  # fmt: skip
def test_priority_of_a_slot(quantity, par, expected):
    assert rules.priority(quantity, par) == expected


@pytest.mark.rule("7.6")
@pytest.mark.parametrize(
    ("capacity", "per_day", "season", "expected"),
    [
        (10, Fraction(11, 10), 0, 9),
        (20, Fraction(2), 0, 19),
        (10, Fraction(1), 0, 8),
        (20, Fraction(3, 10), 0, 17),
        (10, Fraction(29, 100), 0, 8),
        (10, Fraction(0), 0, 5),
        (1, Fraction(0), 0, 1),
        (10, Fraction(2), 20, 10),
        (10, Fraction(0), -15, 4),
    ],
)
def test_suggested_par(capacity, per_day, season, expected):
    assert rules.suggested_par(capacity, per_day, season_percent=season) == expected
