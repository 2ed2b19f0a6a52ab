"""Single counters that cannot be believed, and how long (telemetry.md §6, steps 3, 4 and 6)."""

from datetime import UTC, datetime, timedelta

import pytest

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
