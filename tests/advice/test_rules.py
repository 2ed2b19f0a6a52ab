"""The arithmetic of advice against numbers worked out by hand (domain.md 7.12 to 7.15)."""

import pytest

from chalicelib.advice.rules import filling, forecast, heat, moves, placement
from chalicelib.advice.rules.filling import Candidate
from chalicelib.advice.rules.grid import Good, Grid, Position, Temperature, label
from chalicelib.advice.rules.moves import Limits


def good(number: int, category: str = "toys", *, price: int = 100, cost: int | None = None) -> Good:
    return Good(number, f"Product {number}", category, price, cost)


def grid(
    goods: dict[Position, Good], *, rows: int = 6, cols: int = 4, temperature: Temperature = "refrigerated"
) -> Grid:
    return Grid(rows, cols, temperature, goods)


@pytest.mark.rule("US-049", "7.12")
def test_the_check_value_of_an_unknown_product_at_the_top_without_neighbours() -> None:
    found = placement.score(good(1), (1, 1), grid({}))

    assert (found.zone, found.affinity, found.category, found.total) == (100, 50, 75, 76.7)


@pytest.mark.rule("7.12")
@pytest.mark.parametrize(
    ("row", "rows", "points"),
    [
        (1, 6, 100),
        (2, 6, 100),
        (3, 6, 85),
        (4, 6, 85),
        (5, 6, 65),
        (6, 6, 50),
        (1, 3, 100),
        (2, 3, 85),
        (3, 3, 50),
        (1, 1, 85),
    ],
)
def test_a_row_counts_by_how_well_it_is_seen(row: int, rows: int, points: float) -> None:
    assert placement.zone_score(row, rows) == points


@pytest.mark.rule("7.12")
def test_neighbours_of_the_own_category_count_double_and_empty_ones_not_at_all() -> None:
    around = grid({(1, 1): good(2, "candy"), (3, 3): good(3), (1, 4): good(4, "candy")})

    assert placement.score(good(1, "candy"), (2, 2), around).affinity == 60
    assert placement.affinity_score(good(1), []) == 50


@pytest.mark.rule("7.12")
@pytest.mark.parametrize(
    ("category", "row", "temperature", "points"),
    [
        ("Dairy", 1, "refrigerated", 90),
        ("Dairy", 1, "frozen", 90),
        ("Fresh food", 1, "ambient", 20),
        ("Soda", 4, "ambient", 90),
        ("Soda", 3, "ambient", 60),
        ("Chips", 4, "ambient", 90),
        ("Chips", 5, "ambient", 60),
        ("Toys", 5, "ambient", 75),
    ],
)
def test_a_category_suits_a_place_or_not(category: str, row: int, temperature: Temperature, points: float) -> None:
    kind = placement.kind_of(category)

    assert placement.category_score(kind, row, grid({}, temperature=temperature)) == points


@pytest.mark.rule("7.12")
@pytest.mark.parametrize(
    ("total", "grade"), [(80, "excellent"), (79.9, "good"), (60, "good"), (40, "fair"), (39.9, "poor")]
)
def test_grades_have_their_limits(total: float, grade: str) -> None:
    assert placement.grade_of(total) == grade


def test_a_poor_placement_says_what_would_be_better_in_at_most_three_sentences() -> None:
    poor = placement.score(good(1, "dairy"), (6, 1), grid({(5, 1): good(2)}, temperature="ambient"))

    assert poor.total == round((0.3 * 50 + 0.25 * 40 + 0.2 * 20) / 0.75, 1)
    assert len(placement.suggestions(poor)) == 3
    assert placement.feedback(poor).startswith("Poor placement: the row is hard to see, the neighbours")


@pytest.mark.rule("US-049", "7.13")
def test_heat_is_revenue_against_the_best_position() -> None:
    assert heat.heat_of({(1, 1): 50, (1, 2): 200, (2, 1): 0}) == {(1, 1): 25, (1, 2): 100, (2, 1): 0}
    assert heat.heat_of({(1, 1): 0, (1, 2): 0}) == {(1, 1): 0, (1, 2): 0}


@pytest.mark.rule("7.13")
def test_zones_have_totals_and_means() -> None:
    zones = {
        one.zone: (one.total, one.mean, one.positions)
        for one in heat.zones_of({(1, 1): 30, (2, 1): 10, (3, 1): 5, (6, 1): 2})
    }

    assert zones == {"premium": (40, 20, 2), "standard": (5, 5, 1), "discount": (2, 2, 1)}


@pytest.mark.rule("7.13")
@pytest.mark.parametrize(
    ("values", "gini"), [([], 0), ([0, 0], 0), ([5, 5, 5], 0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25)]
)
def test_concentration_is_the_gini_coefficient(values: list[float], gini: float) -> None:
    assert heat.concentration(values) == gini


@pytest.mark.rule("7.13")
def test_weak_premium_and_strong_economy_positions_are_opportunities() -> None:
    found = heat.opportunities({(1, 1): 100, (1, 2): 20, (4, 1): 90, (4, 2): 10, (5, 1): 20})

    assert [(one.position, round(one.potential)) for one in found] == [("D1", 50), ("A2", 40)]


@pytest.mark.rule("US-049", "7.14")
def test_a_seller_moves_into_the_empty_hot_position() -> None:
    laid = grid({(6, 1): good(1, price=200), (5, 1): good(2)})

    better, steps = moves.propose(laid, {(1, 1): 100.0, (6, 1): 10.0, (5, 1): 5.0}, {1: 3.0, 2: 1.0}, Limits())

    assert [(step.good.id, step.origin, step.to) for step in steps] == [(1, (6, 1), (1, 1))]
    assert steps[0].gain == pytest.approx(3 * 200 * (1.5 / 0.7 - 1))
    assert set(better.goods) == {(1, 1), (5, 1)}
    assert set(laid.goods) == {(6, 1), (5, 1)}


@pytest.mark.rule("7.14")
def test_a_better_seller_swaps_with_what_lies_in_a_hot_position() -> None:
    laid = grid({(1, 1): good(1), (6, 1): good(2)})

    better, steps = moves.propose(laid, {(1, 1): 90.0}, {1: 1.0, 2: 4.0}, Limits())

    assert {position: one.id for position, one in better.goods.items()} == {(1, 1): 2, (6, 1): 1}
    assert [step.gain > 0 for step in steps] == [True, False]
    assert sum(step.gain for step in steps) > 0


@pytest.mark.rule("7.14")
@pytest.mark.parametrize(
    "limits",
    [
        Limits(locked=frozenset({(1, 1)})),
        Limits(locked=frozenset({(6, 1)})),
        Limits(most_moves=1),
        Limits(blocks={"toys": frozenset({6})}),
    ],
)
def test_limits_are_kept(limits: Limits) -> None:
    laid = grid({(1, 1): good(1), (6, 1): good(2)})

    assert moves.propose(laid, {(1, 1): 90.0}, {1: 1.0, 2: 4.0}, limits) == (laid, [])


@pytest.mark.rule("7.15")
def test_the_impact_of_a_layout_is_worked_out_by_hand() -> None:
    laid = grid({(1, 1): good(1, "a"), (1, 2): good(2, "a"), (6, 4): good(3, "b")})
    revenue = {1: 100.0, 2: 10.0, 3: 5.0}

    assert forecast.visibility(laid, revenue) == 1.0
    assert forecast.visibility(laid, {}) == 0.5
    assert forecast.diversity(laid) == pytest.approx(0, abs=1e-9)
    assert forecast.clustering(laid) == pytest.approx((0.9 + 1) / 2)
    assert forecast.impact(laid, revenue) == pytest.approx((1.2 + 0.9 + 0.85 + 0.3 * 0.95) / 3)


@pytest.mark.rule("7.15")
def test_diversity_is_best_at_seven_of_ten() -> None:
    ten = {(1, col): good(min(col, 7)) for col in range(1, 11)}

    assert forecast.diversity(grid(ten, cols=10)) == pytest.approx(1)
    assert forecast.diversity(grid({place: good(1) for place in ten}, cols=10)) == pytest.approx(1 / 7)


@pytest.mark.rule("7.15")
@pytest.mark.parametrize(
    ("months", "current", "factor"),
    [
        ([], None, 1),
        ([100], 100, 1),
        ([100, 120], 120, 120 / 110),
        ([10, 100], 100, 1.2),
        ([100, 10], 10, 0.8),
        ([0, 0], 0, 1),
    ],
)
def test_the_season_needs_two_months_and_stays_in_its_bounds(
    months: list[float], current: float | None, factor: float
) -> None:
    assert forecast.season(months, current) == pytest.approx(factor)


@pytest.mark.rule("US-049", "7.15")
def test_a_prediction_grows_with_its_days_and_its_interval_with_their_root() -> None:
    daily = [100.0, 300.0] * 45

    week = forecast.predict(daily, 7, layout_impact=1.1, seasonal=1.0)
    month = forecast.predict(daily, 28, layout_impact=1.1, seasonal=1.0)

    assert week.predicted == pytest.approx(200 * 7 * 1.1)
    assert week.likely.upper - week.predicted == pytest.approx(100 * 7**0.5)
    assert month.nearly_certain.upper - month.predicted == pytest.approx(1.96 * 100 * 28**0.5)
    assert forecast.predict([0.0, 100.0], 1, layout_impact=0.1, seasonal=1.0).nearly_certain.lower == 0


@pytest.mark.rule("7.14")
def test_empty_positions_are_filled_first_with_the_best_at_most_twice() -> None:
    best, second = Candidate(good(1), 50.0, "device"), Candidate(good(2), 20.0, "fleet")

    found = filling.propose(grid({}, rows=1, cols=3), {}, [best, second])

    assert [(label(one.position), one.proposed.good.id, one.confidence) for one in found] == [
        ("A1", 1, 0.85),
        ("A2", 1, 0.85),
        ("A3", 2, 0.85),
    ]


@pytest.mark.rule("7.14")
def test_weak_positions_are_replaced_by_what_earns_more() -> None:
    laid = grid({(1, 1): good(1), (1, 2): good(2), (1, 3): good(3)}, rows=1, cols=3)
    daily = {(1, 1): 100.0, (1, 2): 80.0, (1, 3): 16.0}

    (found,) = filling.propose(laid, daily, [Candidate(good(9), 60.0, "fleet")])

    assert (label(found.position), found.current, found.confidence) == ("A3", good(3), 0.8)
    assert filling.propose(laid, daily, [Candidate(good(9), 16.0, "fleet")]) == []


def test_what_wants_cold_is_not_proposed_for_a_warm_cabinet() -> None:
    milk = Candidate(good(1, "dairy"), 50.0, "fleet")

    assert filling.propose(grid({}, rows=1, cols=1, temperature="ambient"), {}, [milk]) == []
    assert filling.propose(grid({}, rows=1, cols=1), {}, []) == []


@pytest.mark.rule("7.14")
@pytest.mark.parametrize(("days", "risk"), [(2.9, "high"), (3, "medium"), (6.9, "medium"), (7, "low"), (None, "low")])
def test_the_risk_of_running_out_has_its_limits(days: float | None, risk: str) -> None:
    assert filling.risk_of(days) == risk
