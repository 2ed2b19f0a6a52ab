"""Too many wrong passwords: the account is locked, the address blocked, an alert raised."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.identity.conftest import SignIn
from tests.support.people import PASSWORD, SignedIn

WRONG = "Wrong1Password"


def _fail(sign_in: SignIn, username: str, times: int, *, addresses: str = "192.0.2.{}") -> list[int]:
    """Fail from a different address each time, so that only the account is counted."""
    return [sign_in(username, WRONG, at=addresses.format(number)).status for number in range(1, times + 1)]


@pytest.mark.rule("BR-004", "BR-005", "US-001", "UT-2")
def test_the_fifth_wrong_password_locks_even_for_the_right_one(
    sign_in: SignIn, driver: SignedIn, db: Connection, audited: Callable[[str], list[Any]]
) -> None:
    assert _fail(sign_in, driver.username, 5) == [401] * 5

    answer = sign_in(driver.username, PASSWORD, at="192.0.2.77")

    assert answer.status == 401
    assert answer.json["error"] == "Account temporarily locked"
    assert answer.json["code"] == "ACCOUNT_LOCKED"
    [locked] = audited("auth.locked")
    assert locked["resource_id"] == str(driver.user_id)
    assert locked["details"]["attempts"] == 5
    alert = db.value("SELECT severity FROM security_alerts WHERE user_id = %(id)s", id=driver.user_id)
    assert alert == "warning"
    assert db.values("SELECT outcome FROM login_attempts ORDER BY id")[-1] == "locked"


@pytest.mark.rule("BR-004", "BR-006", "US-001", "UT-3")
def test_after_fifteen_minutes_it_opens_and_counts_anew(
    sign_in: SignIn, driver: SignedIn, advance: Callable[..., None], db: Connection
) -> None:
    advance()
    _fail(sign_in, driver.username, 5)
    advance(minutes=14, seconds=59)
    assert sign_in(driver.username, PASSWORD, at="192.0.2.77").json["code"] == "ACCOUNT_LOCKED"
    advance(seconds=1)

    assert sign_in(driver.username, WRONG, at="192.0.2.78").json["code"] == "INVALID_CREDENTIALS"
    assert db.value("SELECT failed_login_attempts FROM users WHERE id = %(id)s", id=driver.user_id) == 1
    assert sign_in(driver.username, PASSWORD, at="192.0.2.79").status == 200
    assert db.value("SELECT failed_login_attempts FROM users WHERE id = %(id)s", id=driver.user_id) == 0


@pytest.mark.rule("BR-005")
def test_trying_while_locked_does_not_extend_the_lock(
    sign_in: SignIn, driver: SignedIn, advance: Callable[..., None], db: Connection
) -> None:
    advance()
    _fail(sign_in, driver.username, 5)
    before = db.value("SELECT locked_until FROM users WHERE id = %(id)s", id=driver.user_id)
    advance(minutes=5)

    sign_in(driver.username, WRONG, at="192.0.2.77")

    assert db.value("SELECT locked_until FROM users WHERE id = %(id)s", id=driver.user_id) == before


@pytest.mark.rule("BR-004")
def test_a_right_password_in_between_restarts_the_count(sign_in: SignIn, driver: SignedIn) -> None:
    _fail(sign_in, driver.username, 4)
    assert sign_in(driver.username, PASSWORD, at="192.0.2.50").status == 200

    assert _fail(sign_in, driver.username, 4, addresses="198.51.100.{}") == [401] * 4
    assert sign_in(driver.username, PASSWORD, at="192.0.2.51").status == 200


@pytest.mark.rule("BR-004")
def test_guesses_at_the_same_moment_are_counted_one_by_one(sign_in: SignIn, driver: SignedIn, db: Connection) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: sign_in(driver.username, WRONG, at=f"192.0.2.{number}"), range(1, 9)))

    outcomes = db.values("SELECT outcome FROM login_attempts")
    assert outcomes.count("bad_password") == 5
    assert outcomes.count("locked") == 3


@pytest.mark.rule("BR-009", "BR-010")
def test_the_fifth_failure_from_an_address_blocks_it(sign_in: SignIn, driver: SignedIn, db: Connection) -> None:
    statuses = [sign_in(f"nobody{number}", WRONG).status for number in range(5)]

    assert statuses == [401, 401, 401, 401, 429]
    answer = sign_in(driver.username, PASSWORD)
    assert answer.status == 429
    assert answer.json["error"] == "Too many failed attempts. Please try again later."
    assert answer.json["code"] == "IP_BLOCKED"
    assert 0 < int(answer.headers["retry-after"]) <= 1800
    assert sign_in(driver.username, PASSWORD, at="192.0.2.2").status == 200
    assert db.values("SELECT severity FROM security_alerts ORDER BY id") == ["warning", "critical"]
    assert db.value("SELECT reason FROM ip_blocks") == "Brute force attack"
    assert db.values("SELECT outcome FROM login_attempts ORDER BY id")[5] == "ip_blocked"


@pytest.mark.rule("BR-009", "US-023")
def test_a_block_ends_after_thirty_minutes_or_when_it_is_lifted(
    sign_in: SignIn, driver: SignedIn, advance: Callable[..., None], db: Connection
) -> None:
    advance()
    for address in ("192.0.2.1", "192.0.2.2"):
        for number in range(5):
            sign_in(f"nobody{number}", WRONG, at=address)
    db.execute("UPDATE ip_blocks SET lifted_at = now() WHERE ip = '192.0.2.2'")

    assert sign_in(driver.username, PASSWORD, at="192.0.2.1").status == 429
    assert sign_in(driver.username, PASSWORD, at="192.0.2.2").status == 200
    # What had been counted is forgotten with the block: it takes five new failures to be blocked again.
    assert [sign_in(f"nobody{number}", WRONG, at="192.0.2.2").status for number in range(4)] == [401] * 4
    assert sign_in(driver.username, PASSWORD, at="192.0.2.2").status == 200
    advance(minutes=30)
    assert sign_in(driver.username, PASSWORD, at="192.0.2.1").status == 200


@pytest.mark.rule("BR-009")
def test_failures_older_than_ten_minutes_do_not_count(
    sign_in: SignIn, client: Any, advance: Callable[..., None]
) -> None:
    advance()
    for number in range(4):
        sign_in(f"nobody{number}", WRONG)
    advance(minutes=10, seconds=1)

    assert sign_in("nobody", WRONG).status == 401


@pytest.mark.rule("BR-011")
def test_a_success_clears_the_failures_of_its_address(sign_in: SignIn, driver: SignedIn) -> None:
    for number in range(4):
        sign_in(f"nobody{number}", WRONG)
    assert sign_in(driver.username, PASSWORD).status == 200

    assert sign_in("nobody", WRONG).status == 401


@pytest.mark.rule("BR-010")
def test_ten_failures_over_all_addresses_are_a_distributed_attack(sign_in: SignIn, db: Connection) -> None:
    for number in range(10):
        sign_in(f"nobody{number}", WRONG, at=f"192.0.2.{number}")

    [alert] = db.values("SELECT jsonb_build_object('severity', severity, 'facts', metadata) FROM security_alerts")
    assert alert["severity"] == "critical"
    assert alert["facts"]["distributed"] is True


@pytest.mark.rule("BR-004", "BR-009")
def test_operators_set_the_limits_within_bounds(sign_in: SignIn, driver: SignedIn, db: Connection) -> None:
    db.execute("UPDATE system_settings SET value = '3' WHERE key = 'brute_force_max_attempts'")
    db.execute("UPDATE system_settings SET value = '100000' WHERE key = 'account_lock_minutes'")

    _fail(sign_in, driver.username, 3)

    assert sign_in(driver.username, PASSWORD, at="192.0.2.77").json["code"] == "ACCOUNT_LOCKED"
    minutes = db.value(
        "SELECT extract(epoch FROM locked_until - now()) / 60 FROM users WHERE id = %(id)s", id=driver.user_id
    )
    assert 118 < minutes <= 120


def test_more_than_twenty_sign_ins_a_minute_from_an_address_are_refused(
    sign_in: SignIn, driver: SignedIn, advance: Callable[..., None]
) -> None:
    advance()
    statuses = [sign_in(driver.username, PASSWORD).status for _ in range(21)]

    assert statuses == [200] * 20 + [429]
    answer = sign_in(driver.username, PASSWORD)
    assert answer.json["code"] == "RATE_LIMITED"
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert sign_in(driver.username, PASSWORD, at="192.0.2.2").status == 200
    advance(minutes=1)
    assert sign_in(driver.username, PASSWORD).status == 200
