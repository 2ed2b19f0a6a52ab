"""When a delivery is tried again, and how long an endpoint rests."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.partners.rules import retries
from chalicelib.partners.rules.retries import Attempt, Verdict

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOURS = [delay.total_seconds() / 3600 for delay in retries.RETRIES]


def attempt(status: int | None = None, retry_after: str | None = None) -> Attempt:
    return Attempt(NOON, 10, status, None, None if status else "timed out", retry_after)


def test_the_schedule_is_the_one_that_was_promised() -> None:
    seconds, minutes = HOURS[0] * 3600, [hours * 60 for hours in HOURS[1:3]]

    assert (seconds, minutes, HOURS[3:]) == (5, [5, 30], [2, 5, 10, 14, 20, 24])


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_any_2xx_is_success(status: int) -> None:
    assert retries.verdict(attempt(status), made_before=3, chance=0.5) == Verdict("delivered", None)


@given(
    st.one_of(st.none(), st.integers(100, 199), st.integers(300, 599)),
    st.integers(0, 30),
    st.floats(0, 1),
)
def test_everything_else_is_tried_again_no_sooner_than_planned_until_it_has_failed(
    status: int | None, made_before: int, chance: float
) -> None:
    judged = retries.verdict(attempt(status), made_before=made_before, chance=chance)

    if made_before >= len(retries.RETRIES):
        assert judged == Verdict("failed", None)
    else:
        planned = retries.RETRIES[made_before]
        assert judged.next_attempt_at is not None
        assert planned <= judged.next_attempt_at - NOON <= planned * (1 + retries.JITTER)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("999999999999999999999", 86400),
        ("Mon, 02 Mar 2026 12:02:00 GMT", 120),
        ("Mon, 02 Mar 2026 11:00:00 GMT", 0),
        ("Mon, 02 Mar 2036 11:00:00 GMT", 86400),
        ("soon", None),
        ("-5", None),
        ("١٢", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_in_seconds_or_as_a_date_for_a_day_at_most(told: str | None, seconds: int | None) -> None:
    wait = retries.asked_to_wait(attempt(503, told))

    assert wait == (None if seconds is None else timedelta(seconds=seconds))


def test_rests_double_up_to_five_minutes() -> None:
    rests = [retries.rest(waves, chance=0).total_seconds() for waves in range(1, 9)]

    assert rests == [5, 10, 20, 40, 80, 160, 300, 300]


@pytest.mark.parametrize(("days", "dead"), [(0, False), (4.99, False), (5, True), (9, True)])
def test_an_endpoint_is_dead_after_five_days(days: float, dead: bool) -> None:
    assert retries.is_given_up(NOON, NOON + timedelta(days=days)) is dead
    assert not retries.is_given_up(None, NOON)
