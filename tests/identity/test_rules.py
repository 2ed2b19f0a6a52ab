"""Rules of identity, straight."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.identity import rules
from chalicelib.identity.permissions import permissions_of
from chalicelib.identity.rules import Counter, Limits

NOON = datetime(2025, 8, 6, 12, tzinfo=UTC)


@pytest.mark.rule("BR-019")
@pytest.mark.parametrize(
    ("agent", "kind"),
    [
        ("Mozilla/5.0 (iPad; CPU OS 17_0) Mobile/15E148", "tablet"),
        ("SomeTablet Android", "tablet"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Mobile", "mobile"),
        ("Mozilla/5.0 (Linux; Android 14)", "mobile"),
        ("Googlebot/2.1", "bot"),
        ("curl/8.4", "bot"),
        ("python-requests/2.31", "bot"),
        ("Mozilla/5.0 (X11; Linux x86_64)", "desktop"),
        ("", "unknown"),
    ],
)
def test_the_kind_of_device_is_told_by_the_user_agent(agent: str, kind: str) -> None:
    assert rules.device_type(agent) == kind


@pytest.mark.rule("BR-024", "BR-028")
def test_made_up_passwords_fit_every_rule_and_differ() -> None:
    made = {rules.generated_password() for _ in range(200)}

    assert len(made) == 200
    assert all(len(password) >= 16 for password in made)
    assert all(rules.password_failures(password, username="user", email="u@x.example") == [] for password in made)


@pytest.mark.rule("BR-026")
@given(st.text(min_size=1, max_size=rules.LONGEST_TYPED))
def test_what_the_pool_keeps_always_fits_it_and_tells_passwords_apart(password: str) -> None:
    kept = rules.as_kept(password)

    assert 8 <= len(kept) <= 256
    assert kept == kept.strip()
    assert any(c.isupper() for c in kept)
    assert any(c.islower() for c in kept)
    assert any(c in "0123456789" for c in kept)
    assert (kept == password) == rules.fits_pool(password)


@pytest.mark.rule("BR-026")
@given(st.text(max_size=140))
def test_a_password_that_fits_the_rules_fits_the_pool(password: str) -> None:
    if rules.password_failures(password, username="someuser", email="s@x.example") == []:
        assert rules.fits_pool(password)


LIMITS = Limits.of({})


@pytest.mark.rule("BR-004", "BR-006")
@given(st.integers(1, 12), st.integers(3, 10))
def test_the_counter_locks_at_the_limit_and_not_before(attempts: int, most: int) -> None:
    limits = Limits.of({"brute_force_max_attempts": most})
    counter = Counter(0, None)
    for _ in range(attempts):
        if not counter.is_locked(NOON):
            counter = counter.counted(limits, NOON)

    assert counter.is_locked(NOON) == (attempts >= most)
    assert counter.failed == min(attempts, most)


@pytest.mark.rule("BR-006")
def test_an_expired_lock_starts_the_count_at_one() -> None:
    locked = Counter(5, NOON)

    assert not locked.is_locked(NOON)
    assert locked.counted(LIMITS, NOON) == Counter(1, None)


@given(st.dictionaries(st.sampled_from(rules.LIMIT_KEYS), st.integers() | st.booleans() | st.none() | st.text()))
def test_limits_stay_within_their_bounds(stored: dict[str, object]) -> None:
    limits = Limits.of(stored)

    assert 3 <= limits.most_attempts <= 10
    assert timedelta(minutes=15) <= limits.account_lock <= timedelta(minutes=120)
    assert timedelta(minutes=15) <= limits.address_block <= timedelta(minutes=120)
    assert timedelta(minutes=1) <= limits.window <= timedelta(minutes=60)


@pytest.mark.rule("BR-010")
@pytest.mark.parametrize(
    ("here", "everywhere", "blocked", "severity"),
    [
        (1, 2, False, None),
        (2, 9, False, None),
        (3, 3, False, "warning"),
        (4, 9, False, "warning"),
        (5, 5, True, "critical"),
        (1, 10, False, "critical"),
    ],
)
def test_how_loud_an_alert_is(here: int, everywhere: int, blocked: bool, severity: str | None) -> None:
    assert rules.alert_severity(here, everywhere, blocked=blocked) == severity


@pytest.mark.rule("BR-022")
@pytest.mark.parametrize("email", ["a@b.co", "first.last+tag@sub.example.com", "o'neil@x-y.example"])
def test_addresses_that_are_taken(email: str) -> None:
    assert rules.is_email(email)


def test_roles_have_the_permissions_of_the_table() -> None:
    assert "users.manage" in permissions_of("admin")
    assert "users.manage" not in permissions_of("manager")
    assert "reports.view" in permissions_of("viewer")
    assert "reports.view" not in permissions_of("driver")
    assert "orders.execute" not in permissions_of("viewer")
