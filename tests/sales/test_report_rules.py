"""Days, weeks, months and the arithmetic of reports."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.sales import rules
from chalicelib.sales.rules import Draw, Period, Shelf

DETROIT = "America/Detroit"
SUNDAY, MONDAY, SATURDAY = 0, 1, 6


@pytest.mark.rule("7.10", "BR-150")
@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2025, 8, 1, 3, 59, 59, tzinfo=UTC), date(2025, 7, 31)),
        (datetime(2025, 8, 1, 4, 0, tzinfo=UTC), date(2025, 8, 1)),
        (datetime(2025, 1, 1, 4, 59, tzinfo=UTC), date(2024, 12, 31)),
        (datetime(2024, 3, 1, 4, 59, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_the_day_is_the_companys(moment, day):
    assert rules.day_of(moment, DETROIT) == day


@pytest.mark.rule("7.10")
@pytest.mark.parametrize(("day", "hours"), [(date(2025, 3, 9), 23), (date(2025, 11, 2), 25), (date(2025, 8, 6), 24)])
def test_a_day_on_which_the_clocks_change_is_as_long_as_it_is(day, hours):
    length = rules.start_of(day + timedelta(days=1), DETROIT) - rules.start_of(day, DETROIT)

    assert length == timedelta(hours=hours)


@pytest.mark.rule("7.10", "C-20")
@pytest.mark.parametrize(
    ("day", "week_start", "start"),
    [
        (date(2025, 8, 6), MONDAY, date(2025, 8, 4)),
        (date(2025, 8, 4), MONDAY, date(2025, 8, 4)),
        (date(2025, 8, 10), MONDAY, date(2025, 8, 4)),
        (date(2025, 8, 10), SUNDAY, date(2025, 8, 10)),
        (date(2025, 8, 9), SUNDAY, date(2025, 8, 3)),
        (date(2025, 8, 8), SATURDAY, date(2025, 8, 2)),
        (date(2025, 1, 1), MONDAY, date(2024, 12, 30)),
    ],
)
def test_the_week_begins_as_the_company_has_set(day, week_start, start):
    week = rules.week_of(day, week_start)

    assert week == Period(start, start + timedelta(days=6))
    assert rules.week_before(week) == Period(start - timedelta(days=7), start - timedelta(days=1))


@pytest.mark.rule("7.10")
@given(st.dates(date(1, 1, 8), date(9999, 12, 24)), st.integers(0, 6))
def test_every_day_is_in_its_week(day, week_start):
    week = rules.week_of(day, week_start)

    assert week.start <= day <= week.end
    assert week.start.isoweekday() % 7 == week_start


@pytest.mark.rule("7.10")
@pytest.mark.parametrize(
    ("day", "months"),
    [
        (date(2025, 8, 31), ["2025-03", "2025-04", "2025-05", "2025-06", "2025-07", "2025-08"]),
        (date(2025, 3, 31), ["2024-10", "2024-11", "2024-12", "2025-01", "2025-02", "2025-03"]),
        (date(2024, 2, 29), ["2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02"]),
    ],
)
def test_the_last_months_neither_repeat_nor_skip(day, months):
    assert [month.isoformat()[:7] for month in rules.last_months(day, 6)] == months


@pytest.mark.rule("7.10")
@pytest.mark.parametrize(
    ("current", "previous", "percent"),
    [
        (176912, 183225, "-3.4"),
        (25947, 18161, "42.9"),
        (100, 0, "100.0"),
        (0, 0, "0.0"),
        (0, 5, "-100.0"),
        (10005, 10000, "0.1"),
        (5, 5, "0.0"),
    ],
)
def test_growth(current, previous, percent):
    assert rules.growth_percent(current, previous) == Decimal(percent)


@pytest.mark.rule("7.10")
@pytest.mark.parametrize(
    ("revenue", "progress", "remaining", "tier"),
    [
        (360137, "90.0", 39863, "nearly"),
        (400000, "100.0", 0, "champion"),
        (512345, "100.0", 0, "champion"),
        (399999, "100.0", 1, "nearly"),
        (300000, "75.0", 100000, "nearly"),
        (299999, "75.0", 100001, "great progress"),
        (200000, "50.0", 200000, "great progress"),
        (199999, "50.0", 200001, "building"),
        (0, "0.0", 400000, "building"),
    ],
)
def test_achievements(revenue, progress, remaining, tier):
    assert rules.achievement(revenue, 400000) == rules.Achievement(Decimal(progress), remaining, tier)


@pytest.mark.rule("7.10")
@pytest.mark.parametrize(("cents", "by", "expected"), [(69831, 31, 2253), (1, 2, 1), (5, 0, None), (0, 7, 0)])
def test_averages_are_whole_cents_rounded_half_up(cents, by, expected):
    assert rules.divided(cents, by) == expected


@pytest.mark.rule("7.10")
@pytest.mark.parametrize(
    ("cents", "currency", "text"),
    [(1200, "USD", "$12.00"), (5, "USD", "$0.05"), (-105, "USD", "-$1.05"), (123456, "EUR", "EUR 1234.56")],
)
def test_money_for_a_person(cents, currency, text):
    assert rules.money(cents, currency) == text


@pytest.mark.rule("BR-102", "BR-103")
@pytest.mark.parametrize(
    ("units", "quantities", "draws"),
    [
        (3, [2, 5], [Draw(1, 3, 0)]),
        (6, [2, 5], [Draw(1, 5, 0), Draw(0, 1, 0)]),
        (3, [4, 4], [Draw(0, 3, 0)]),
        (9, [2, 5], [Draw(1, 7, 2), Draw(0, 2, 0)]),
        (2, [0, 0], [Draw(0, 2, 2)]),
        (5, [3], [Draw(0, 5, 2)]),
        (5, [], []),
    ],
    ids=["fullest", "next fullest", "tie", "not enough", "nothing on record", "one slot", "in no slot"],
)
def test_a_sale_is_drawn_from_the_fullest_slots(units, quantities, draws):
    assert rules.draw(units, [Shelf(slot_id, quantity) for slot_id, quantity in enumerate(quantities)]) == draws


@pytest.mark.rule("BR-102", "BR-103")
@given(st.integers(1, 500), st.lists(st.integers(0, 99), min_size=1, max_size=20))
def test_no_slot_goes_below_zero_and_all_units_are_accounted_for(units, quantities):
    draws = rules.draw(units, [Shelf(slot_id, quantity) for slot_id, quantity in enumerate(quantities)])

    assert sum(draw.units for draw in draws) == units
    assert sum(draw.missing for draw in draws) == max(0, units - sum(quantities))
    assert len({draw.slot_id for draw in draws}) == len(draws)
    assert all(quantities[draw.slot_id] + draw.missing >= draw.units for draw in draws)
