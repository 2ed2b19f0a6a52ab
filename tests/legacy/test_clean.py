"""The conversions of single values never raise, and say when they had to repair."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.legacy import clean
from tools.legacy.clean import Clock, Damaged

DETROIT = ZoneInfo("America/Detroit")
RAW = st.one_of(
    st.none(), st.text(), st.integers(), st.floats(), st.binary(), st.text(alphabet="0123456789-: T.Z+,e$", max_size=30)
)
MOMENTS = st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1))  # noqa: DTZ001


@given(RAW)
def test_no_value_makes_a_conversion_raise(raw: clean.Raw) -> None:
    assert 0 <= clean.count(raw).value <= clean.INT4_MAX
    assert abs(clean.cents(raw).value or 0) <= clean.INT4_MAX
    assert abs(clean.whole(raw).value or 0) <= clean.INT8_MAX
    assert clean.flag(raw, default=True).value in (True, False)
    assert abs(clean.degrees(raw, most=90).value or 0) <= 90
    assert clean.choice(raw, {"a"}, "b", "X").value in ("a", "b")
    for clock in Clock:
        moment = clean.instant(raw, clock, DETROIT).value
        assert moment is None or moment.tzinfo is UTC


@given(RAW, st.integers(1, 20))
def test_text_is_what_postgresql_takes(raw: clean.Raw, limit: int) -> None:
    value = clean.text(raw, limit).value
    assert value is None or (0 < len(value) <= limit and "\0" not in value and value == value.strip())


@given(MOMENTS)
def test_a_utc_moment_survives_in_both_spellings(moment: datetime) -> None:
    for written in (moment.isoformat(" "), moment.isoformat("T"), f"{moment.isoformat()}Z"):
        assert clean.instant(written, Clock.UTC, DETROIT) == (moment.replace(tzinfo=UTC), None)


@given(MOMENTS)
def test_a_local_moment_reads_back_as_the_same_wall_clock(moment: datetime) -> None:
    value = clean.instant(moment.isoformat(" "), Clock.LOCAL, DETROIT).value
    assert value is not None
    skipped_hour = value.astimezone(DETROIT).replace(tzinfo=None) != moment
    assert not skipped_hour or (moment.month in (1, 2, 3, 4, 5, 6) and 0 <= moment.hour <= 3)


@given(st.integers(-(10**9), 10**9))
def test_money_written_as_a_float_gives_its_exact_cents(cents: int) -> None:
    assert clean.cents(cents / 100) == (cents, None)
    assert clean.cents(str(Decimal(cents) / 100)) == (cents, None)


@pytest.mark.parametrize(
    ("written", "clock", "expected"),
    [
        ("2025-08-06 20:43:10", Clock.UTC, "2025-08-06T20:43:10+00:00"),
        ("2025-07-09T10:25:35.426300", Clock.UTC, "2025-07-09T10:25:35.426300+00:00"),
        ("2025-08-04 16:54:19.358543", Clock.LOCAL_WITH_FRACTION, "2025-08-04T20:54:19.358543+00:00"),
        ("2025-08-01 17:29:30", Clock.LOCAL_WITH_FRACTION, "2025-08-01T17:29:30+00:00"),
        ("2024-12-24 22:15:00", Clock.LOCAL, "2024-12-25T03:15:00+00:00"),
        ("2025-08-06 20:43:10+02:00", Clock.LOCAL, "2025-08-06T18:43:10+00:00"),
        ("2025-08-06", Clock.UTC, "2025-08-06T00:00:00+00:00"),
        ("2025-08-06 20:43:10.1234567", Clock.UTC, "2025-08-06T20:43:10.123456+00:00"),
    ],
)
def test_each_of_the_three_conventions_of_time_is_read(written: str, clock: Clock, expected: str) -> None:
    assert clean.instant(written, clock, DETROIT) == (datetime.fromisoformat(expected), None)


@pytest.mark.parametrize(
    "written", ["yesterday", "2025-13-01", "2025-02-30 10:00:00", "0001-01-01 00:00:00", "20250806"]
)
def test_what_is_no_time_is_none_and_named(written: str) -> None:
    assert clean.instant(written, Clock.LOCAL, DETROIT) == (None, "TIME_INVALID")


def test_an_empty_time_is_null_and_not_worth_an_issue() -> None:
    assert clean.instant("", Clock.UTC, DETROIT) == (None, None)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (0.005, (1, "MONEY_ROUNDED")),
        (1.999, (200, "MONEY_ROUNDED")),
        ("$3.50", (350, None)),
        ("three", (None, "MONEY_INVALID")),
        ("3,50", (None, "MONEY_INVALID")),
        (float("nan"), (None, "MONEY_INVALID")),
        (float("inf"), (None, "MONEY_INVALID")),
        (1e300, (None, "MONEY_INVALID")),
        (None, (None, None)),
    ],
)
def test_money_is_rounded_half_up_and_odd_money_named(
    written: clean.Raw, expected: tuple[int | None, str | None]
) -> None:
    assert clean.cents(written) == expected


@pytest.mark.parametrize(("written", "expected"), [(1, True), (0, False), ("TRUE", True), ("False", False), ("", True)])
def test_booleans_are_numbers_or_words(written: clean.Raw, *, expected: bool) -> None:
    assert clean.flag(written, default=True) == (expected, None)


def test_bytes_that_are_not_utf8_are_kept_as_far_as_they_can_be_read() -> None:
    damaged = clean.decode(b"Lay\xe2\x80\x99s \xed\xa0\x80 chip")
    assert isinstance(damaged, Damaged)
    value, code = clean.text(damaged)
    assert value is not None
    assert value.startswith("Lay’s ")
    assert code == "TEXT_DAMAGED"


def test_a_nul_is_taken_out() -> None:
    assert clean.text("Pep\0si") == ("Pepsi", "NUL_REMOVED")
