"""Single counters that cannot be believed, and how long (telemetry.md §6, steps 3, 4 and 6)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.telemetry.intervals import Count, Counters, Interval, Outcome, Reading, Sold, intervals

BEGAN = datetime(2026, 1, 1, 6, tzinfo=UTC)


def read(day: int, first: Count | None, others: int = 0) -> Reading:
    """A1 as given, or left out, beside A2 and A3 that have sold `others` since the beginning."""
    same = {name: Counters(paid=Count(800 + others, (800 + others) * 125)) for name in ("A2", "A3")}
    return Reading(
        content_hash=str((day, first)).encode(),
        received_at=BEGAN + timedelta(days=day),
        read_count=day + 1,
        selections=same | ({} if first is None else {"A1": Counters(paid=first, prices=frozenset({125}))}),
    )


def first_of(found: list[Interval]) -> list[Sold]:
    return [next(one for one in interval.sold if one.selection == "A1") for interval in found]


@pytest.mark.rule("V-6")
def test_a_column_that_began_again_stays_in_doubt_when_it_climbs_past_its_old_total() -> None:
    shown = [Count(6, 750), Count(1, 125), Count(4, 500), Count(8, 1000)]

    found = first_of(intervals(read(day, count, others=day) for day, count in enumerate(shown)))

    assert [one.outcome for one in found[1:]] == [Outcome.SUSPECT] * 3
    assert [one.units for one in found] == [0, 0, 0, 0]


@pytest.mark.rule("V-6")
def test_doubtful_columns_are_no_reason_to_think_that_the_machine_began_again() -> None:
    shown = [Count(5000, 625_000), Count(1, 125), Count(2, 250), Count(3, 375)]

    found = intervals(read(day, count, others=day) for day, count in enumerate(shown))

    assert [interval.outcome for interval in found] == [Outcome.BASELINE, *[Outcome.NORMAL] * 3]
    assert [interval.units for interval in found] == [0, 2, 2, 2]


def test_a_value_that_one_read_does_not_tell_comes_with_the_next() -> None:
    found = first_of(intervals([read(0, Count(6, 750)), read(1, Count(9, None)), read(2, Count(10, 1250))]))

    assert [(one.outcome, one.units, one.value_cents) for one in found[1:]] == [
        (Outcome.UNKNOWN, 0, None), (Outcome.NORMAL, 4, 500),
    ]  # fmt: skip


@pytest.mark.rule("V-14")
def test_a_selection_missing_when_the_machine_began_again_starts_from_its_next_read() -> None:
    before = read(0, Count(5000, 625_000))
    after = Reading(
        content_hash=b"after",
        received_at=BEGAN + timedelta(days=1),
        selections={name: Counters(paid=Count(1, 125)) for name in ("A2", "A3")},
    )
    later = Reading(
        content_hash=b"later",
        received_at=BEGAN + timedelta(days=2),
        selections={name: Counters(paid=Count(2, 250)) for name in ("A1", "A2", "A3")},
    )

    found = intervals([before, after, later])

    assert found[1].outcome is Outcome.SWAP_BASELINE
    assert first_of(found[2:])[0].outcome is Outcome.BASELINE
    assert found[2].units == 2


COUNT = st.one_of(st.none(), st.integers(0, 12), st.integers(0, 600), st.sampled_from([255, 65_535, 99_999_999, 2**32]))
COUNTERS = st.builds(
    lambda units, cents, price: Counters(paid=Count(units, cents), prices=frozenset({price} if price else ())),
    COUNT,
    COUNT,
    st.sampled_from([0, 100, 125]),
)
READINGS = st.builds(
    Reading,
    content_hash=st.binary(min_size=2, max_size=2),
    received_at=st.integers(0, 400).map(lambda hours: BEGAN + timedelta(hours=hours)),
    read_at=st.one_of(st.none(), st.integers(0, 400).map(lambda hours: BEGAN + timedelta(hours=hours))),
    is_accepted=st.booleans(),
    is_proven=st.booleans(),
    serials=st.tuples(*[st.sampled_from([None, "1", "2"])] * 3),
    decimal_places=st.integers(0, 3),
    read_count=st.one_of(st.none(), st.integers(0, 40)),
    reset_count=st.one_of(st.none(), st.integers(0, 3)),
    initialised_at=st.sampled_from([None, datetime(2025, 1, 1), datetime(2026, 1, 1)]),  # noqa: DTZ001 - a machine's own
    selections=st.dictionaries(st.sampled_from(["A1", "A2", "A3", "A4"]), COUNTERS),
    totals=st.dictionaries(st.sampled_from(["VA1", "CA2", "DA2"]), st.builds(Count, COUNT, COUNT, COUNT, COUNT)),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(READINGS, max_size=10))
def test_whatever_reads_come_nothing_is_raised_and_nothing_negative_is_booked(readings: list[Reading]) -> None:
    found = intervals(readings)

    assert len(found) == sum(one.is_accepted for one in readings)
    for interval in found:
        assert all(one.units >= 0 and (one.value_cents or 0) >= 0 for one in interval.sold)
        assert interval.outcome is not Outcome.SUSPECT or not interval.sold


@settings(max_examples=200, deadline=None)
@given(st.lists(READINGS, max_size=8), st.randoms())
def test_the_order_of_the_list_changes_nothing_only_the_moments_of_arrival_do(
    readings: list[Reading], dice: Random
) -> None:
    readings = [replace(one, received_at=BEGAN + timedelta(hours=place)) for place, one in enumerate(readings)]
    shuffled = dice.sample(readings, k=len(readings))

    assert intervals(readings) == intervals(shuffled)
