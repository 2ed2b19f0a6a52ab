"""What an order has to bring, and when: arithmetic."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.orders.errors import ServiceDateRefused
from chalicelib.orders.rules import quantities
from chalicelib.orders.rules.quantities import Calendar, ProductStock


def stock(*slots: tuple[int, int, int], device_capacity: int | None = None) -> ProductStock:
    """A product's stock from its slots, each as (quantity, par, capacity)."""
    capacity = sum(slot[2] for slot in slots)
    short = sum(max(0, par - quantity) for quantity, par, _ in slots)
    return ProductStock(
        1, 1, 7, "Cola", "soda", sum(s[0] for s in slots), sum(s[1] for s in slots), capacity, short,
        device_capacity or capacity,
    )  # fmt: skip


@pytest.mark.rule("US-051", "7.8")
@pytest.mark.parametrize(
    ("slots", "per_day", "days", "expected"),
    [
        ([(2, 8, 10)], "0", 0, 6),
        ([(2, 8, 10)], "1", 0, 6),
        ([(2, 8, 10)], "1", 2, 8),
        ([(2, 8, 10)], "1", 5, 8),  # Never below nothing on hand: the pars are all that is lacking.
        ([(8, 8, 10)], "0.5", 1, 1),  # 0.5 rounds up.
        ([(8, 8, 10)], "0.49", 1, 0),
        ([(10, 8, 10)], "0.5", 4, 0),
        ([(10, 8, 10), (0, 8, 10)], "0", 0, 8),  # An over-full slot does not cancel a short one.
        ([(10, 8, 10), (0, 8, 10)], "1", 1, 8),
        ([(10, 8, 10), (0, 8, 10)], "1", 4, 10),
        ([(0, 0, 10)], "3", 3, 0),  # No par, no need.
        ([], "3", 3, 0),
    ],
)
def test_the_quantity_brings_stock_back_to_par_on_the_day_of_service(
    slots: list[tuple[int, int, int]], per_day: str, days: int, expected: int
) -> None:
    assert quantities.order_quantity(stock(*slots), Fraction(per_day), days) == expected


slot = st.integers(1, 30).flatmap(
    lambda capacity: st.tuples(st.integers(0, capacity), st.integers(0, capacity), st.just(capacity))
)


@pytest.mark.rule("7.8")
@given(st.lists(slot, min_size=1, max_size=6), st.fractions(0, 20), st.integers(0, 4))
def test_the_quantity_grows_with_the_days_and_never_exceeds_what_fits(
    slots: list[tuple[int, int, int]], per_day: Fraction, days: int
) -> None:
    held = stock(*slots)
    today, then, later = (quantities.order_quantity(held, per_day, d) for d in (0, days, days + 1))

    assert today == (held.short if held.par_level else 0)
    assert today <= then <= later <= held.capacity


def test_a_cabinet_sells_its_share_of_the_device() -> None:
    assert quantities.share_of_cabinet(Fraction(3), stock((0, 8, 10), device_capacity=40)) == Fraction(3, 4)


@pytest.mark.parametrize(("value", "rounded"), [("0.5", 1), ("1.5", 2), ("2.4999", 2), ("0", 0), ("2.5", 3)])
def test_halves_are_rounded_up(value: str, rounded: int) -> None:
    assert quantities.half_up(Fraction(value)) == rounded


def calendar(now: datetime, zone: str = "America/Detroit") -> Calendar:
    return Calendar(now, zone, 5)


@pytest.mark.rule("BR-090", "US-051", "7.8")
def test_five_days_ahead_can_be_planned_and_neither_yesterday_nor_the_sixth() -> None:
    noon = calendar(datetime(2026, 3, 4, 17, tzinfo=UTC))

    assert noon.service_day("2026-03-04") == date(2026, 3, 4)
    assert noon.service_day("2026-03-09") == date(2026, 3, 9)
    with pytest.raises(ServiceDateRefused, match="Service date cannot be in the past"):
        noon.service_day("2026-03-03")
    with pytest.raises(ServiceDateRefused, match="Service date cannot be more than 5 days in future"):
        noon.service_day("2026-03-10")


@pytest.mark.rule("BR-090")
def test_around_midnight_the_browsers_day_counts_as_well() -> None:
    evening = calendar(datetime(2026, 3, 5, 2, tzinfo=UTC))  # Nine in the evening of the fourth in Detroit.
    assert evening.today == date(2026, 3, 4)
    assert evening.service_day("2026-03-10") == date(2026, 3, 10)
    assert evening.days_until(date(2026, 3, 4)) == 0
    with pytest.raises(ServiceDateRefused):
        evening.service_day("2026-03-03")

    morning = calendar(datetime(2026, 3, 4, 20, tzinfo=UTC), "Pacific/Auckland")  # The morning of the fifth.
    assert morning.service_day("2026-03-04") == date(2026, 3, 4)
    assert morning.days_until(date(2026, 3, 4)) == 0


@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01"])
def test_a_day_on_which_the_clocks_change_is_one_day(day: str) -> None:
    ahead = calendar(datetime.fromisoformat(day).replace(tzinfo=UTC) - timedelta(hours=7))
    assert ahead.days_until(date.fromisoformat(day)) == 1


@pytest.mark.parametrize("text", ["", "tomorrow", "04.03.2026", "2026-3-4", "2026-02-30", "2026-W10-3", "20260304"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ServiceDateRefused, match="Invalid date format"):
        calendar(datetime(2026, 3, 4, 17, tzinfo=UTC)).service_day(text)


@pytest.mark.rule("BR-127")
def test_a_phones_time_is_believed_from_the_orders_creation_to_five_minutes_ahead() -> None:
    now, created = datetime(2026, 3, 4, 17, tzinfo=UTC), datetime(2026, 3, 4, 9, tzinfo=UTC)

    def taken(moment: datetime | None) -> tuple[datetime, bool]:
        at, warning = quantities.plausible(moment, now=now, created_at=created)
        return at, warning is None

    assert taken(None) == (now, True)
    assert taken(created) == (created, True)
    assert taken(now + timedelta(minutes=5)) == (now + timedelta(minutes=5), True)
    assert taken(now + timedelta(minutes=5, seconds=1)) == (now, False)
    assert taken(created - timedelta(seconds=1)) == (now, False)


@pytest.mark.rule("BR-116")
def test_a_visit_lasts_whole_minutes_and_a_day_at_most() -> None:
    start = datetime(2026, 3, 4, 9, tzinfo=UTC)

    assert quantities.visit_minutes(None, start, 10) == 10
    assert quantities.visit_minutes(start, start + timedelta(minutes=7, seconds=59), 10) == 7
    assert quantities.visit_minutes(start, start + timedelta(days=3), 10) == 1440
    assert quantities.visit_minutes(start, start - timedelta(minutes=4), 10) == 0
