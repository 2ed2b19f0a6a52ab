"""The vectors of telemetry.md §6 and its golden pair, from files to what may be booked."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.telemetry.dex import Verdict, compose, parse
from chalicelib.telemetry.intervals import (
    Counters,
    Flag,
    Interval,
    Outcome,
    Reading,
    Sold,
    between,
    booked,
    intervals,
    ordered,
    reading_of,
    split_at,
)

BEGAN = datetime(2026, 1, 1, 6, tzinfo=UTC)
GOLDEN = Path(__file__).parents[1] / "conformance" / "dex" / "integrity.json"

Row = Sequence[str]


def reading(
    *rows: Row, day: int = 0, sequence: int | None = None, resets: int | None = None, decimals: int = 2
) -> Reading:
    """A reading of a machine whose file holds these rows, with EA309 and EA310 where the test gives them."""
    at = BEGAN + timedelta(days=day)
    ea3 = ("EA3", "", at.strftime("%y%m%d"), at.strftime("%H%M"), "", "", "", "", "", _text(sequence), _text(resets))
    content = compose(("DXS", "TST0000001", "VA", "V0/6", "1"), [[("ID4", str(decimals), "840"), *rows, ea3]])
    return received(content, day)


def received(content: bytes, day: int) -> Reading:
    at = BEGAN + timedelta(days=day, hours=1)
    (read,) = parse(content, uploaded_at=at)
    return reading_of(read, content_hash=hashlib.sha256(content).digest(), received_at=at)


def product(
    name: str, units: int, value: int, *, price: int = 125, interval: tuple[int, int] | None = None
) -> list[Row]:
    counters = [str(units), str(value), *(map(str, interval) if interval else ())]
    return [("PA1", name, str(price)), ("PA2", *counters)]


def sold_of(interval: Interval, name: str = "A1") -> Sold:
    return next(sold for sold in interval.sold if sold.selection == name)


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


@pytest.mark.rule("V-1")
def test_a_rise_is_sold() -> None:
    sold = sold_of(between(reading(*product("A1", 60, 7500)), reading(*product("A1", 64, 8000), day=1)))

    assert (sold.outcome, sold.units, sold.value_cents) == (Outcome.NORMAL, 4, 500)
    assert sold.flags == frozenset()


@pytest.mark.rule("V-2")
def test_no_rise_is_no_sale() -> None:
    sold = sold_of(between(reading(*product("A1", 60, 7500)), reading(*product("A1", 60, 7500), day=1)))

    assert (sold.outcome, sold.units, sold.value_cents) == (Outcome.NORMAL, 0, 0)


@pytest.mark.rule("V-3")
def test_an_eight_digit_counter_wraps_and_the_interval_counter_proves_it() -> None:
    before = reading(*product("A1", 99_999_900, 7500, interval=(0, 0)), sequence=1, resets=1)
    after = reading(*product("A1", 327, 60875, interval=(427, 53375)), day=1, sequence=2, resets=1)

    sold = sold_of(between(before, after))

    assert (sold.outcome, sold.units, sold.value_cents, sold.modulus) == (Outcome.ROLLOVER, 427, 53375, 10**8)


@pytest.mark.parametrize(
    ("shown", "resets", "outcome", "units"),
    [
        ((100, 527), (1, 1), Outcome.ROLLOVER, 427),
        ((100, 427), (1, 3), Outcome.SUSPECT, 0),
        ((0, 427), (None, None), Outcome.SUSPECT, 0),
    ],
    ids=["counted from the earlier read on", "a reset lies between", "nobody knows of resets"],
)
def test_the_interval_counter_is_a_witness_only_when_nobody_reset_it(
    shown: tuple[int, int], resets: tuple[int | None, int | None], outcome: Outcome, units: int
) -> None:
    before = reading(("PA1", "A1"), ("PA2", "99999900", "", str(shown[0])), sequence=1, resets=resets[0])
    after = reading(("PA1", "A1"), ("PA2", "327", "", str(shown[1])), day=1, sequence=2, resets=resets[1])

    sold = sold_of(between(before, after))

    assert (sold.outcome, sold.units) == (outcome, units)


def test_two_counters_of_five_that_fell_are_no_reset_of_the_machine() -> None:
    before = reading(*(row for n in range(1, 6) for row in product(f"A{n}", 1000, 125_000)))
    after = reading(
        *(row for n in range(1, 6) for row in product(f"A{n}", *((990, 123_750) if n < 3 else (1001, 125_125)))), day=1
    )

    interval = between(before, after)

    assert interval.outcome is Outcome.NORMAL
    assert [sold.units for sold in interval.sold] == [0, 0, 1, 1, 1]


@pytest.mark.rule("V-4")
def test_a_sixteen_bit_counter_wraps_and_the_value_proves_it() -> None:
    before = reading(*product("A1", 65_500, 100_000), *product("A2", 10, 1250))
    after = reading(*product("A1", 20, 107_000), *product("A2", 12, 1500), day=1)

    sold = sold_of(between(before, after))

    assert (sold.outcome, sold.units, sold.value_cents, sold.modulus) == (Outcome.ROLLOVER, 56, 7000, 2**16)


def test_an_eight_bit_counter_wraps_while_its_siblings_rise() -> None:
    before = reading(("PA1", "A1"), ("PA2", "250"), *product("A2", 10, 1250))
    after = reading(("PA1", "A1"), ("PA2", "4"), *product("A2", 12, 1500), day=1)

    sold = sold_of(between(before, after))

    assert (sold.outcome, sold.units, sold.value_cents, sold.modulus) == (Outcome.ROLLOVER, 10, None, 2**8)
    assert sold.flags == {Flag.VALUE_UNKNOWN}


def test_a_money_counter_wraps_at_eight_digits_of_its_own_unit() -> None:
    before = reading(*product("A1", 10, 99_999_900, price=5), decimals=0)
    after = reading(*product("A1", 60, 150, price=5), day=1, decimals=0)

    sold = sold_of(between(before, after))

    assert (sold.outcome, sold.units, sold.value_cents) == (Outcome.ROLLOVER, 50, 25_000)


@pytest.mark.rule("V-5")
def test_a_new_board_books_only_what_it_has_counted_itself() -> None:
    before = reading(("CB1", "B1"), ("VA1", "625000", "5000"), *product("A1", 5000, 625_000), sequence=88)
    after = reading(("CB1", "B2"), ("VA1", "375", "3"), *product("A1", 3, 375), day=1, sequence=2)

    interval = between(before, after)

    assert interval.outcome is Outcome.SWAP_BASELINE
    assert Flag.GAP_ESTIMATED in interval.flags
    assert (sold_of(interval).units, sold_of(interval).value_cents) == (3, 375)
    assert sold_of(interval).flags == {Flag.AT_MOST, Flag.GAP_ESTIMATED}


def test_a_used_board_is_a_baseline_only() -> None:
    before = reading(("CB1", "B1"), *product("A1", 5000, 625_000), sequence=88)
    after = reading(("CB1", "B2"), *product("A1", 7000, 875_000), day=1, sequence=900)

    interval = between(before, after)

    assert (interval.outcome, interval.units) == (Outcome.SWAP_BASELINE, 0)
    assert (
        between(interval.baseline, reading(("CB1", "B2"), *product("A1", 7001, 875_125), day=2, sequence=901)).units
        == 1
    )


def test_a_read_count_that_fell_with_most_counters_is_a_swap_too() -> None:
    before = reading(*product("A1", 50, 6250), *product("A2", 40, 5000), sequence=88)
    after = reading(*product("A1", 2, 250), *product("A2", 1, 125), day=1, sequence=1)

    assert between(before, after).outcome is Outcome.SWAP_BASELINE


@pytest.mark.rule("V-6")
def test_one_counter_that_fell_alone_is_suspect_and_books_nothing() -> None:
    before = reading(*product("A1", 5000, 625_000), *product("A2", 10, 1250))
    after = reading(*product("A1", 4990, 623_750), *product("A2", 10, 1250), day=1)

    interval = between(before, after)

    assert (sold_of(interval).outcome, sold_of(interval).units, interval.value_cents) == (Outcome.SUSPECT, 0, 0)
    assert sold_of(interval).proposed_units == -10
    later = between(interval.baseline, reading(*product("A1", 5004, 625_500), *product("A2", 10, 1250), day=2))
    assert sold_of(later).units == 4


def test_counters_that_all_fell_on_a_board_that_names_itself_began_again() -> None:
    before = reading(("CB1", "B1"), *product("A1", 5000, 625_000), *product("A2", 400, 50_000))
    after = reading(("CB1", "B1"), *product("A1", 3, 375), *product("A2", 1, 125), day=1)

    interval = between(before, after)

    assert interval.outcome is Outcome.RESET_BASELINE
    assert (interval.units, interval.value_cents) == (4, 500)
    assert sold_of(interval).flags == {Flag.AT_MOST}


def test_counters_that_all_fell_without_a_witness_are_taken_for_another_boards_and_book_the_same() -> None:
    before = reading(*product("A1", 5000, 625_000), *product("A2", 400, 50_000))
    after = reading(*product("A1", 3, 375), *product("A2", 1, 125), day=1)

    interval = between(before, after)

    assert interval.outcome is Outcome.SWAP_BASELINE
    assert (interval.units, interval.value_cents) == (4, 500)
    assert sold_of(interval).flags == {Flag.AT_MOST, Flag.GAP_ESTIMATED}


@pytest.mark.rule("BR-144")
def test_a_fall_after_a_new_initialisation_is_a_reset() -> None:
    before = reading(("EA4", "250101", "0600"), *product("A1", 5000, 625_000), *product("A2", 10, 1250))
    after = reading(("EA4", "260101", "1200"), *product("A1", 3, 375), *product("A2", 12, 1500), day=1)

    sold = sold_of(between(before, after))

    assert (sold.outcome, sold.units, sold.value_cents) == (Outcome.RESET_BASELINE, 3, 375)


@pytest.mark.rule("V-7")
def test_the_same_read_again_books_nothing() -> None:
    first = reading(*product("A1", 60, 7500), sequence=12)
    again = reading(*product("A1", 64, 8000), day=1, sequence=12)

    assert between(first, first).outcome is Outcome.DUPLICATE
    assert (between(first, again).outcome, between(first, again).units) == (Outcome.DUPLICATE, 0)
    assert between(first, again).baseline is first


@pytest.mark.rule("V-8", "BR-145")
def test_a_late_read_splits_the_interval_and_the_total_stays() -> None:
    first = reading(*product("A1", 60, 7500), day=0, sequence=1)
    last = reading(*product("A1", 70, 8750), day=2, sequence=3)
    middle = reading(*product("A1", 65, 8125), day=1, sequence=2)
    late = received_later(middle, days=5)

    assert [interval.units for interval in intervals([first, last])] == [0, 10]
    assert [interval.units for interval in intervals([first, last, late])] == [0, 5, 5]
    assert booked(intervals([last, late, first])) == booked(intervals([first, last])) == (10, 1250)


@pytest.mark.rule("V-9", "V-10")
@pytest.mark.parametrize(
    ("before", "after", "units"),
    [((999_990, 0), (5, 0), 15), ((3, 375), (0, 0), 7)],
    ids=["the interval counter wraps", "another reader has cleared it"],
)
def test_interval_counters_never_change_what_was_sold(
    before: tuple[int, int], after: tuple[int, int], units: int
) -> None:
    (first,) = parse(compose(("DXS", "T", "VA", "V0/6", "1"), [[*product("A1", 1_000_000, 0, interval=before)]]))
    (second,) = parse(
        compose(("DXS", "T", "VA", "V0/6", "1"), [[*product("A1", 1_000_000 + units, units * 125, interval=after)]])
    )

    sold = sold_of(
        between(
            reading_of(first, content_hash=b"1", received_at=BEGAN),
            reading_of(second, content_hash=b"2", received_at=BEGAN + timedelta(days=1)),
        )
    )

    assert (sold.outcome, sold.units, sold.value_cents) == (Outcome.NORMAL, units, units * 125)


@pytest.mark.rule("V-11")
def test_a_change_of_decimals_rescales_and_is_flagged() -> None:
    interval = between(
        reading(*product("A1", 60, 7500, price=100), decimals=2),
        reading(*product("A1", 61, 76, price=1), day=1, decimals=0),
    )

    assert (interval.units, interval.value_cents) == (1, 100)
    assert Flag.RESCALED in interval.flags


@pytest.mark.rule("V-12")
def test_pa2_and_pa7_are_counted_once() -> None:
    def rows(units: int) -> list[Row]:
        return [*product("A1", units, units * 125), ("PA7", "A1", "CA", "0", "125", str(units), str(units * 125))]

    sold = sold_of(between(reading(*rows(60)), reading(*rows(64), day=1)))

    assert (sold.units, sold.value_cents) == (4, 500)
    assert {key: count.units for key, count in sold.payments.items()} == {("CA", "0"): 4}


def test_pa7_alone_is_enough() -> None:
    def rows(cash: int, card: int) -> list[Row]:
        return [
            ("PA1", "A1", "125"),
            ("PA7", "A1", "CA", "0", "125", str(cash), str(cash * 125)),
            ("PA7", "A1", "DA", "0", "125", str(card), str(card * 125)),
        ]

    sold = sold_of(between(reading(*rows(60, 5)), reading(*rows(63, 6), day=1)))

    assert (sold.units, sold.value_cents) == (4, 500)


@pytest.mark.rule("V-13")
def test_value_is_read_and_never_computed() -> None:
    before = reading(*product("A1", 60, 7500, price=125))
    after = reading(*product("A1", 62, 7775, price=150), day=1)

    sold = sold_of(between(before, after))

    assert (sold.units, sold.value_cents, sold.flags) == (2, 275, frozenset())
    split = split_at(2, 275, price_before=125, price_after=150, share_before=0.9)
    assert (split.before, split.after, split.is_estimate) == ((1, 125), (1, 150), False)


@pytest.mark.rule("V-14")
def test_a_selection_without_pa2_is_unknown_and_shifts_no_other() -> None:
    before = reading(*product("A1", 60, 7500), *product("A2", 40, 5000), *product("A3", 20, 2500))
    middle = reading(*product("A1", 61, 7625), ("PA1", "A2", "125"), *product("A3", 23, 2875), day=1)
    after = reading(*product("A1", 61, 7625), *product("A2", 45, 5625), *product("A3", 23, 2875), day=2)

    first = between(before, middle)
    second = between(first.baseline, after)

    assert [(sold.selection, sold.outcome, sold.units) for sold in first.sold] == [
        ("A1", Outcome.NORMAL, 1), ("A2", Outcome.UNKNOWN, 0), ("A3", Outcome.NORMAL, 3),
    ]  # fmt: skip
    assert [sold.units for sold in second.sold] == [0, 5, 0]


def test_a_missing_selection_is_carried_forward_and_a_new_one_is_a_baseline() -> None:
    before = reading(*product("A1", 60, 7500), *product("A2", 40, 5000))
    middle = reading(*product("A1", 60, 7500), *product("B1", 900, 90_000), day=1)
    after = reading(*product("A1", 60, 7500), *product("A2", 42, 5250), *product("B1", 901, 90_125), day=2)

    first = between(before, middle)

    assert {sold.selection: sold.outcome for sold in first.sold} == {
        "A1": Outcome.NORMAL, "B1": Outcome.BASELINE, "A2": Outcome.UNKNOWN,
    }  # fmt: skip
    assert first.units == 0
    assert {sold.selection: sold.units for sold in between(first.baseline, after).sold} == {"A1": 0, "A2": 2, "B1": 1}


@pytest.mark.rule("V-15")
def test_a_damaged_read_books_nothing_and_the_next_good_one_covers_its_gap() -> None:
    first = reading(*product("A1", 60, 7500), sequence=1)
    damaged = compose(("DXS", "T", "VA", "V0/6", "1"), [[*product("A1", 64, 8000)]]).replace(b"PA2*64", b"PA2*65")
    last = reading(*product("A1", 67, 8375), day=2, sequence=3)

    assert parse(damaged)[0].verdict is Verdict.QUARANTINED
    found = intervals([first, received(damaged, 1), last])
    assert [(interval.units, interval.value_cents) for interval in found] == [(0, 0), (7, 875)]
    assert found[1].missing_reads == 1


@pytest.mark.rule("V-16")
@pytest.mark.parametrize(("test_vends_drop", "gone"), [(True, 6), (False, 3)])
def test_test_and_free_vends_are_no_sales_but_empty_the_slot(test_vends_drop: bool, gone: int) -> None:
    before = reading(*product("A1", 60, 7500), ("PA3", "10", "1250"), ("PA4", "5", "625"))
    after = reading(*product("A1", 61, 7625), ("PA3", "13", "1625"), ("PA4", "7", "875"), day=1)

    sold = sold_of(between(before, after))

    assert (sold.units, sold.value_cents) == (1, 125)
    assert sold.units_gone(test_vends_drop=test_vends_drop) == gone


@pytest.mark.rule("V-17")
def test_the_total_of_la1_is_its_fifth_field() -> None:
    (read,) = parse(
        compose(("DXS", "T", "VA", "V0/6", "1"), [[*product("A1", 1, 125), ("LA1", "2", "A1", "1250", "3", "40")]])
    )

    assert (read.number("LA1", "units_reset"), read.number("LA1", "units_init")) == (3, 40)


@pytest.mark.rule("V-18")
def test_ca3_of_four_elements_says_nothing_about_totals() -> None:
    short = reading(("CA3", "400", "100", "300", "0"), *product("A1", 60, 7500))
    later = reading(("CA3", "900", "300", "600", "0"), *product("A1", 64, 8000), day=1)

    interval = between(short, later)

    assert (interval.cash_to_box_cents, interval.tubes_cents) == (None, None)


def golden(name: str, day: int) -> Reading:
    vectors = json.loads(GOLDEN.read_text("utf-8"))["vectors"]
    lines = next(vector["lines"] for vector in vectors if vector["name"] == name)
    return received("".join(f"{line}\r\n" for line in lines).encode(), day)


def test_the_golden_pair_sells_what_telemetry_says() -> None:
    interval = between(golden("golden read A", 0), golden("golden read B", 1))

    assert {sold.selection: (sold.units, sold.value_cents) for sold in interval.sold} == {
        "A1": (4, 500),
        "A2": (3, 375),
    }
    assert (interval.units, interval.value_cents) == (7, 875)
    assert {check.name: (check.expected, check.actual, check.holds) for check in interval.sum_checks} == {
        "units = VA1": (7, 7, True), "value = VA1": (875, 875, True), "devices = VA1": (875, 875, True),
    }  # fmt: skip
    assert (interval.cash_to_box_cents, interval.tubes_cents) == (150, 500)
    assert interval.missing_reads == 0


def test_the_first_read_is_a_baseline() -> None:
    interval = between(None, reading(*product("A1", 60, 7500)))

    assert (interval.outcome, interval.units, sold_of(interval).outcome) == (Outcome.BASELINE, 0, Outcome.BASELINE)


@pytest.mark.parametrize(
    ("units", "value", "flag"),
    [(600, 75_000, Flag.IMPLAUSIBLE_RATE), (4, 10_000, Flag.IMPLAUSIBLE_PRICE), (4, 0, Flag.IMPLAUSIBLE_PRICE),
     (0, 125, Flag.VALUE_WITHOUT_UNITS)],
)  # fmt: skip
def test_what_cannot_be_is_held_for_somebody_to_look_at(units: int, value: int, flag: Flag) -> None:
    sold = sold_of(between(reading(*product("A1", 60, 7500)), reading(*product("A1", 60 + units, 7500 + value), day=1)))

    assert (sold.outcome, sold.units, sold.value_cents) == (Outcome.SUSPECT, 0, 0)
    assert (sold.proposed_units, sold.proposed_value_cents) == (units, value)
    assert flag in sold.flags


def test_a_price_outside_the_list_is_flagged_and_booked() -> None:
    sold = sold_of(between(reading(*product("A1", 60, 7500)), reading(*product("A1", 64, 8040), day=1)))

    assert (sold.units, sold.value_cents, sold.flags) == (4, 540, {Flag.PRICE_OUT_OF_RANGE})


def test_a_month_may_sell_more_than_a_day() -> None:
    interval = between(reading(*product("A1", 60, 7500)), reading(*product("A1", 1060, 132_500), day=30))

    assert interval.units == 1000


def two_columns(units: int, *, day: int, sequence: int) -> Reading:
    return reading(*product("A1", units, units * 125), *product("A2", units, units * 125), day=day, sequence=sequence)


def test_a_clock_that_jumped_by_months_does_not_make_sales_of_another_boards_counters() -> None:
    before, after = two_columns(100, day=0, sequence=1), two_columns(40_000, day=150, sequence=2)

    interval = between(before, after)

    assert (interval.outcome, interval.units) == (Outcome.SWAP_BASELINE, 0)


def test_who_took_the_reads_knows_better_than_the_machine_how_much_time_lay_between() -> None:
    before, after = two_columns(100, day=0, sequence=1), two_columns(2_000, day=150, sequence=2)
    taken = [
        replace(one, received_at=BEGAN + timedelta(days=day), is_dated=True) for day, one in enumerate((before, after))
    ]

    assert between(before, after).units == 3_800
    assert between(*taken).outcome is Outcome.SWAP_BASELINE


def test_a_difference_to_the_total_is_recorded_with_its_tolerance() -> None:
    before = reading(("VA1", "7500", "60"), *product("A1", 60, 7500))
    after = reading(("VA1", "8010", "64"), *product("A1", 64, 8000), day=1)

    strict, loose = between(before, after), between(before, after, tolerance_cents=10)

    assert [check.holds for check in strict.sum_checks] == [True, False]
    assert [check.holds for check in loose.sum_checks] == [True, True]


def test_bills_paid_out_are_not_expected_in_the_box() -> None:
    def rows(box: int, bills: int, paid_out: int) -> list[Row]:
        return [
            ("CA3", "0", "0", "0", "0", "0", str(box), "0", "0", "0", str(bills)),
            ("CA4", "0", "0", "0", "0", "0", "0", "0", str(paid_out)),
            *product("A1", 1, 125),
        ]

    assert between(reading(*rows(100, 2000, 0)), reading(*rows(350, 4000, 500), day=1)).cash_to_box_cents == 1750


@pytest.mark.parametrize(
    ("bills", "came", "cents"), [(3, 300, 300), (300, 300, 300)], ids=["whole units", "minor units"]
)
def test_bills_are_scaled_by_the_cash_identity(bills: int, came: int, cents: int) -> None:
    read = reading(("CA3", "0", "0", "0", "0", str(came), "0", "0", str(bills)), *product("A1", 1, 125))

    assert read.cash.bills == cents


def test_reads_are_ordered_by_board_then_by_their_own_count() -> None:
    old = [reading(("CB1", "B1"), *product("A1", n, n * 125), day=n, sequence=80 + n) for n in range(3)]
    new = [reading(("CB1", "B2"), *product("A1", n, n * 125), day=3 + n, sequence=1 + n) for n in range(3)]

    assert ordered([new[2], old[1], new[0], old[2], old[0], new[1]]) == [*old, *new]


def test_a_board_that_began_again_comes_after_its_old_reads() -> None:
    old = [reading(*product("A1", 50 + n, 0), *product("A2", 50 + n, 0), day=n, sequence=80 + n) for n in range(2)]
    new = [reading(*product("A1", n, 0), *product("A2", n, 0), day=2 + n, sequence=1 + n) for n in range(2)]

    assert ordered([*old, *new]) == [*old, *new]


def test_a_split_without_two_prices_follows_the_time() -> None:
    split = split_at(4, 500, price_before=125, price_after=125, share_before=0.25)

    assert (split.before, split.after, split.is_estimate) == ((1, 125), (3, 375), True)
    assert split_at(0, 0, price_before=125, price_after=150, share_before=0.5).before == (0, 0)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=8),
    st.sets(st.integers(1, 7)),
    st.randoms(),
)
def test_whatever_reads_are_lost_or_late_the_total_of_the_period_stays(
    sales: list[tuple[int, int]], lost: set[int], dice: Random
) -> None:
    totals = [(100, 100)]
    for first, second in sales:
        totals.append((totals[-1][0] + first, totals[-1][1] + second))
    readings = [
        reading(*product("A1", a, a * 125), *product("A2", b, b * 150, price=150), day=day, sequence=10 + day)
        for day, (a, b) in enumerate(totals)
    ]
    kept = [one for day, one in enumerate(readings) if day not in lost or day in (0, len(readings) - 1)]
    dice.shuffle(kept)

    units = sum(a + b for a, b in sales)
    assert booked(intervals(kept)) == (units, sum(a * 125 + b * 150 for a, b in sales))
    assert sum(interval.units for interval in intervals([*kept, *kept])) == units


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 500), st.integers(0, 100_000), st.integers(1, 500), st.integers(1, 500), st.floats(0, 1))
def test_the_parts_of_a_split_add_up(units: int, value: int, before: int, after: int, share: float) -> None:
    split = split_at(units, value if units else 0, price_before=before, price_after=after, share_before=share)

    assert split.before[0] + split.after[0] == units
    assert split.before[1] + split.after[1] == (value if units else 0)


def received_later(one: Reading, *, days: int) -> Reading:
    return Reading(
        content_hash=one.content_hash,
        received_at=one.received_at + timedelta(days=days),
        read_at=one.read_at,
        read_count=one.read_count,
        selections=one.selections,
        totals=one.totals,
    )


def test_a_read_without_anything_in_common_changes_nothing() -> None:
    empty = Reading(content_hash=b"x", received_at=BEGAN, selections={"A1": Counters()})

    assert between(empty, reading(*product("A1", 5, 625), day=1)).units == 0
