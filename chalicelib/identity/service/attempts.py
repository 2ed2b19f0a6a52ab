"""Attempts to sign in: admitted or turned away, counted, and what follows from the bad ones.

Every attempt is counted in a transaction of its own before its password is looked at, and settled in another one after.
What is refused is committed first, then raised, so that the trace stays.
"""

from datetime import datetime

from chalicelib.identity import rules
from chalicelib.identity.errors import AccountLocked, AddressBlocked, InvalidCredentials
from chalicelib.identity.events import AccountWasLocked, SignInFailed
from chalicelib.identity.queries import accounts, changes
from chalicelib.identity.queries import attempts as queries
from chalicelib.identity.queries.accounts import User
from chalicelib.identity.rules import Counter, Limits
from chalicelib.kit import rate_limit
from chalicelib.kit.audit import Actor
from chalicelib.kit.call import Call
from chalicelib.kit.errors import Refusal
from chalicelib.kit.values import value

PER_MINUTE = 20
LONGEST_NAME = 254


@value
class Attempt:
    """An attempt that may go on. `user` is None where no password can be right, whoever `user_id` is."""

    tried: str
    user_id: int | None
    user: User | None
    counter: Counter
    outcome_if_wrong: str


def admit(call: Call, login: str) -> Attempt:
    """Count an attempt before its password is looked at.

    Raises `RateLimited` (20 a minute from one address), `AddressBlocked` (BR-009) or `AccountLocked` (BR-005).
    """
    tried = login[:LONGEST_NAME]
    with call.transaction() as db:
        rate_limit.spend(db, "login", call.ip, PER_MINUTE, 60, call.now)
        until = queries.blocked_until(db, call.ip, call.now)
        if until is not None:
            refusal: Refusal = AddressBlocked(retry_after_seconds=_seconds_until(call, until))
            _note(call, tried, None, "ip_blocked")
        else:
            user = accounts.by_login(db, login)
            if user is None or not user.may_sign_in:
                return _hopeless(tried, user)
            if not user.counter.is_locked(call.now):
                counter = user.counter.counted(queries.limits(db), call.now)
                changes.set_counter(db, user.id, counter)
                return Attempt(tried, user.id, user, counter, "bad_password")
            refusal = AccountLocked()
            _note(call, tried, user.id, "locked")
    raise refusal


def _hopeless(tried: str, user: User | None) -> Attempt:
    """An attempt that goes on for the sake of its timing only (BR-003)."""
    return Attempt(tried, user.id if user else None, None, Counter(0, None), "inactive" if user else "unknown_user")


def take_back(call: Call, attempt: Attempt) -> None:
    """Uncount an attempt whose password was not wrong, or could not be looked at."""
    if attempt.user is not None:
        with call.transaction() as db:
            changes.take_attempt_back(db, attempt.user.id)


def refuse(call: Call, attempt: Attempt) -> Refusal:
    """Settle a bad attempt: the trace, the lock, the alerts, the block; the refusal to raise (BR-004, BR-008..010)."""
    with call.transaction() as db:
        _note(call, attempt.tried, attempt.user_id, attempt.outcome_if_wrong)
        limits = queries.limits(db)
        if attempt.user is not None and attempt.counter.locked_until is not None:
            note_lock(call, attempt.user, attempt.counter)
        blocked = _judge_address(call, limits)
    if blocked:
        return AddressBlocked(retry_after_seconds=int(limits.address_block.total_seconds()))
    return InvalidCredentials()


def note_success(call: Call, attempt: Attempt, user: User) -> None:
    """Store the attempt that succeeded; within the transaction of the sign-in."""
    _insert(call, attempt.tried, user.id, "success")


def _note(call: Call, tried: str, user_id: int | None, outcome: str) -> None:
    """The trace of a refused attempt. Its actor is nobody: whoever tried has not shown to be the user."""
    _insert(call, tried, user_id, outcome)
    stranger = Actor(None, tried, None, call.ip, call.user_agent or None, call.request_id)
    call.record(SignInFailed(resource_id=user_id, outcome="failed", tried=tried, reason=outcome), actor=stranger)


def _insert(call: Call, tried: str, user_id: int | None, outcome: str) -> None:
    queries.insert(
        call.db,
        tried=tried,
        user_id=user_id,
        ip=call.ip,
        user_agent=call.user_agent,
        outcome=outcome,
        now=call.now,
    )


def note_lock(call: Call, user: User, counter: Counter) -> None:
    """The trace of a lock, and the alert."""
    assert counter.locked_until is not None  # noqa: S101 - narrows the type: only locked counters come here
    event = AccountWasLocked(
        resource_id=user.id, outcome="denied", attempts=counter.failed, until=counter.locked_until.isoformat()
    )
    call.record(event, actor=Actor(None, user.username, None, call.ip, call.user_agent or None, call.request_id))
    queries.alert(
        call.db,
        severity="warning",
        ip=call.ip,
        user_id=user.id,
        description=f"Account {user.username} was locked after {counter.failed} wrong passwords",
        facts={"attempts": counter.failed},
        now=call.now,
    )


def _judge_address(call: Call, limits: Limits) -> bool:
    """Alert about an address, and block it when there were too many; whether it is blocked now."""
    failures = queries.failures(call.db, call.ip, call.now - limits.window)
    too_many = failures.here >= limits.most_attempts
    if too_many and queries.blocked_until(call.db, call.ip, call.now) is None:
        queries.block(call.db, call.ip, until=call.now + limits.address_block, now=call.now)
    severity = rules.alert_severity(failures.here, failures.everywhere, blocked=too_many)
    if severity is not None:
        queries.alert(
            call.db,
            severity=severity,
            ip=call.ip,
            user_id=None,
            description=f"{failures.here} failed sign-ins from {call.ip}",
            facts={
                "failures": failures.here,
                "failures_everywhere": failures.everywhere,
                "blocked": too_many,
                "distributed": failures.everywhere >= rules.MANY_ADDRESSES,
            },
            now=call.now,
        )
    return too_many


def _seconds_until(call: Call, moment: datetime) -> int:
    return max(1, int((moment - call.now).total_seconds()))
