"""Reads that come late, by clocks that are wrong, from boards that say nothing about themselves (telemetry.md §6).

The fleet simulator has found each of these; the numbers here are made up.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.telemetry.intervals import (
    Count,
    Counters,
    Flag,
    Interval,
    Outcome,
    Reading,
    between,
    booked,
    intervals,
    ordered,
)

BEGAN = datetime(2026, 1, 1, 6, tzinfo=UTC)


def read(units: Sequence[int], *, day: float, count: int | None = None, clock: float | None = None) -> Reading:
    """A read of three or more selections at 1.25 each, received on a day; `clock` is the day its own clock shows."""
    selections = {
        f"A{number}": Counters(paid=Count(one, one * 125), prices=frozenset({125}))
        for number, one in enumerate(units, start=1)
    }
    return Reading(
        content_hash=repr((tuple(units), count, clock)).encode(),
        received_at=BEGAN + timedelta(days=day),
        read_at=None if clock is None else BEGAN + timedelta(days=clock),
        read_count=count,
        selections=selections,
        totals={"VA1": Count(sum(units), sum(units) * 125)},
    )


def serial(one: Reading, *serials: str | None) -> Reading:
    machine, board, changer = serials
    return replace(one, serials=(machine, board, changer))


def units_of(found: list[Interval]) -> list[int]:
    return [interval.units for interval in found]


def outcomes_of(found: list[Interval]) -> list[Outcome]:
    return [interval.outcome for interval in found]


@pytest.mark.rule("V-8", "BR-145")
def test_a_late_read_without_count_and_clock_finds_its_place_by_its_counters() -> None:
    first, middle, last = (read([5000 + n, 700 + n, 90 + n], day=n) for n in (0, 1, 2))
    late = replace(middle, received_at=BEGAN + timedelta(days=6))
    after = read([5007, 707, 97], day=7)

    found = intervals([first, last, late, after])

    assert units_of(found) == [0, 3, 3, 15]
    assert outcomes_of(found)[1:] == [Outcome.NORMAL] * 3


@pytest.mark.rule("V-8", "BR-145")
def test_a_clock_that_was_set_back_does_not_put_reads_out_of_order() -> None:
    right = [read([5000 + n, 700 + n, 90 + n], day=n, clock=n) for n in (0, 1)]
    back = [read([5000 + n, 700 + n, 90 + n], day=n, clock=n - 2.5) for n in (2, 3)]

    found = intervals([*right, *back])

    assert ordered([*right, *back]) == [*right, *back]
    assert units_of(found) == [0, 3, 3, 3]


def test_a_silent_machine_that_begins_again_is_not_taken_for_a_late_read() -> None:
    before = [read([5000 + n, 700 + n, 90 + n], day=n) for n in (0, 1)]
    after = [read([n, 2 * n, 1], day=1 + n) for n in (1, 2)]

    found = intervals([*before, *after])

    assert outcomes_of(found)[2:] == [Outcome.SWAP_BASELINE, Outcome.NORMAL]
    assert units_of(found) == [0, 3, 4, 3]


def test_the_last_read_of_the_old_board_may_come_after_the_first_of_the_new() -> None:
    old = [read([5000 + n, 700 + n, 90 + n], day=n, count=80 + n) for n in (0, 1, 2)]
    new = [read([n, n, n], day=2 + n, count=n) for n in (1, 2)]
    late = replace(old[2], received_at=BEGAN + timedelta(days=3.5))

    assert ordered([*old[:2], new[0], late, new[1]]) == [*old[:2], late, *new]


def test_a_new_board_with_a_wrong_clock_is_no_late_read() -> None:
    old = [read([5000 + n, 700 + n, 90 + n], day=n, count=80 + n, clock=n) for n in (0, 1)]
    new = [read([n, n, n], day=1 + n, count=n, clock=n - 10) for n in (1, 2)]

    found = intervals([*old, *new])

    assert outcomes_of(found)[2:] == [Outcome.SWAP_BASELINE, Outcome.NORMAL]
    assert units_of(found) == [0, 3, 3, 3]


def test_two_boards_that_were_read_equally_often_are_no_duplicate() -> None:
    old = read([400, 500, 600], day=0, count=3)
    new = read([4, 5, 6], day=1, count=3)

    found = intervals([old, new, read([5, 6, 7], day=2, count=4)])

    assert Outcome.DUPLICATE not in outcomes_of(found)
    assert units_of(found) == [0, 15, 3]


def test_a_first_read_may_come_late_when_the_clock_says_so() -> None:
    first, second, third = (read([50 + n, 60 + n, 70 + n], day=n, count=80 + n, clock=n) for n in (0, 1, 2))
    late = replace(first, received_at=BEGAN + timedelta(days=5))

    assert ordered([second, third, late]) == [late, second, third]
    assert booked(intervals([second, third, late])) == (6, 750)


@pytest.mark.rule("V-5")
def test_a_board_with_another_history_is_a_swap_although_its_counters_rose() -> None:
    before = read([5000, 700, 90], day=0, count=80)
    used = read([9000, 8000, 95], day=1, count=300)

    found = intervals([before, used, read([9001, 8001, 96], day=2, count=301)])

    assert outcomes_of(found) == [Outcome.BASELINE, Outcome.SWAP_BASELINE, Outcome.NORMAL]
    assert units_of(found) == [0, 0, 3]


@pytest.mark.rule("V-5")
def test_counters_that_fell_to_a_history_book_nothing() -> None:
    found = intervals([read([9000, 8000, 7000], day=0), read([5000, 4000, 3000], day=1)])

    assert outcomes_of(found) == [Outcome.BASELINE, Outcome.SWAP_BASELINE]
    assert (found[1].units, Flag.GAP_ESTIMATED in found[1].flags) == (0, True)


@pytest.mark.rule("V-5")
def test_another_changer_in_a_machine_that_was_seldom_read_does_not_sell_its_whole_history() -> None:
    before = serial(read([5000, 700, 900], day=0), "M1", None, "C1")
    after = serial(read([5001, 700, 900], day=1), "M1", None, "C2")

    assert (between(before, after).outcome, between(before, after).units) == (Outcome.SWAP_BASELINE, 0)


@pytest.mark.parametrize(("board", "counts"), [("B1", (None, None)), (None, (4, 5))], ids=["names itself", "counts on"])
def test_another_changer_loses_no_sale_where_the_board_says_that_it_is_the_same(
    board: str | None, counts: tuple[int | None, int | None]
) -> None:
    before = serial(read([5000, 700, 900], day=0, count=counts[0]), "M1", board, "C1")
    after = serial(read([5001, 700, 900], day=1, count=counts[1]), "M1", board, "C2")

    assert (between(before, after).outcome, between(before, after).units) == (Outcome.NORMAL, 1)


def test_another_changer_does_not_sell_again_what_a_young_board_has_sold() -> None:
    before = serial(read([5, 7, 9], day=0, count=None), "M1", None, "C1")
    after = serial(read([6, 7, 9], day=1, count=4), "M1", None, "C2")

    assert (between(before, after).outcome, between(before, after).units) == (Outcome.SWAP_BASELINE, 0)


def test_a_counter_that_was_low_begins_again_with_the_others() -> None:
    before, after = (
        serial(read(units, day=day), None, "B1", None) for day, units in enumerate([[5000, 700, 2], [3, 4, 5]])
    )
    interval = between(before, after)

    assert interval.outcome is Outcome.RESET_BASELINE
    assert [sold.units for sold in interval.sold] == [3, 4, 5]


@pytest.mark.parametrize(
    "again", [[[0, 0, 0], [1, 4, 0], [3, 7, 2]], [[2, 1, 0], [3, 2, 4], [6, 2, 5]]], ids=["empty", "sold"]
)
def test_a_silent_board_that_begins_again_soon_is_no_late_read(again: list[list[int]]) -> None:
    old = serial(read([5000, 700, 900], day=0), "M1", "B1", "C1")
    new = [serial(read([5 * n, 3 * n, 4 * n], day=1 + n), "M1", "B2", "C1") for n in (0, 1, 2)]
    fresh = [serial(read(units, day=4 + n), "M1", "B2", "C1") for n, units in enumerate(again)]
    fresh = [replace(one, content_hash=one.content_hash + b"again") for one in fresh]

    assert ordered([old, *new, *fresh]) == [old, *new, *fresh]


def test_a_silent_young_board_goes_on_after_a_late_read() -> None:
    old = serial(read([5000, 700, 900], day=0), "M1", "B1", "C1")
    new = [serial(read([5 * n, 3 * n, 4 * n], day=1 + n), "M1", "B2", "C1") for n in (0, 1, 2, 3, 4)]
    late = replace(new[1], received_at=BEGAN + timedelta(days=4.5))

    assert ordered([old, new[0], new[2], new[3], late, new[4]]) == [old, new[0], late, *new[2:]]


def test_a_fresh_board_long_after_is_no_late_read_of_the_first_days() -> None:
    old = [read([50 + n, 60 + n, 70 + n], day=n, count=80 + n, clock=n) for n in range(20)]
    new = [read([n, n, n], day=20 + n, count=n, clock=n - 400) for n in (1, 2)]

    assert ordered([*old, *new]) == [*old, *new]


def silent(*units: Sequence[int], days: Sequence[float] | None = None) -> list[Reading]:
    """Reads of a young board that neither counts its reads nor knows the time, a day apart."""
    at = days or range(len(units))
    return [serial(read(one, day=day), "M1", None, "C1") for day, one in zip(at, units, strict=True)]


def test_a_late_read_in_a_silent_life_that_sells_steadily_is_no_new_beginning() -> None:
    life = silent(*([20 * day, 10 * day, 15 * day] for day in range(6)))
    late = replace(life[3], received_at=BEGAN + timedelta(days=4.5))

    found = intervals([*life[:3], life[4], late, life[5]])

    assert units_of(found) == [0, 45, 45, 45, 45, 45]
    assert outcomes_of(found)[1:] == [Outcome.NORMAL] * 5


def test_where_late_read_and_new_beginning_cannot_be_told_apart_the_least_is_booked_as_an_estimate() -> None:
    life = silent([0, 0, 0], [3, 1, 2], [4, 2, 3], [1, 1, 1], [5, 3, 4])

    found = intervals(life)

    assert outcomes_of(found)[3:] == [Outcome.SUSPECT, Outcome.RESET_BASELINE]
    assert units_of(found)[3:] == [0, 3]
    assert {flag for sold in found[4].sold for flag in sold.flags} == {Flag.AT_LEAST}


def test_a_read_that_goes_on_from_a_new_beginning_is_not_taken_for_a_late_one_of_the_old_life() -> None:
    life = silent([0, 0, 0], [4, 5, 6], [0, 7, 0], [1, 9, 1], [2, 11, 5], [9, 12, 9], days=[0, 1, 2, 3, 4, 9])

    found = intervals(life)

    assert outcomes_of(found)[2:] == [Outcome.SWAP_BASELINE, *[Outcome.NORMAL] * 3]
    assert units_of(found)[3:] == [4, 7, 12]


def test_the_same_counters_again_are_the_same_read_wherever_its_life_stands() -> None:
    old = silent([0, 0, 0], [3, 4, 5], [6, 6, 6])
    new = silent([0, 1, 0], [1, 2, 1], days=[3, 4])
    again = replace(old[1], received_at=BEGAN + timedelta(days=3.5))

    found = intervals([*old, new[0], again, new[1]])

    assert booked(found) == booked(intervals([*old, *new]))
