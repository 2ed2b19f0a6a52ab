"""The rules of the fleet that need no database."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.fleet import rules
from chalicelib.fleet.models.types import DeviceTypeContent

NOW = datetime(2026, 5, 1, tzinfo=UTC)
STATUSES: Any = ["none", "pending", "ok", "failed", "manual"]
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""A busy machine must not fail a test of arithmetic."""


@pytest.mark.rule("BR-048")
@patient
@given(st.timedeltas(min_value=timedelta(), max_value=timedelta(days=4000)))
def test_a_justification_is_needed_exactly_from_ninety_days_on(age: timedelta) -> None:
    assert rules.needs_justification(NOW - age, NOW) == (age > timedelta(days=90))


@pytest.mark.rule("BR-061")
@patient
@given(st.sampled_from(STATUSES), st.text() | st.none(), st.booleans(), st.booleans())
def test_only_a_changed_address_without_coordinates_is_looked_up(
    before: Any, address: str | None, changed: bool, sent: bool
) -> None:
    after = rules.geocode_status(before, address=address, address_changed=changed, has_coordinates=sent)

    assert (after == "manual") == (sent or (not changed and before == "manual"))
    assert (after == "pending") == (not sent and ((changed and bool(address)) or (not changed and before == "pending")))


@pytest.mark.rule("US-027")
@patient
@given(st.booleans(), *[st.none() | st.integers(1, 3)] * 3)
def test_the_range_of_cabinets_is_sound_or_refused(
    allows: bool, fixed: int | None, least: int | None, most: int | None
) -> None:
    contradictory = any(
        a is not None and b is not None and a > b for a, b in ((least, most), (least, fixed), (fixed, most))
    )
    told = {"fixed_cabinet_count": fixed, "min_cabinets": least, "max_cabinets": most}

    try:
        content = DeviceTypeContent(name="x", description="x", allows_additional_cabinets=allows, **told)
    except ValueError:
        assert contradictory
        return

    low, high = content.cabinet_range
    assert not contradictory
    assert 1 <= low <= high <= 3
    assert fixed is None or low <= fixed <= high
