"""Rules of identity as pure functions: passwords, names, devices, limits."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from chalicelib.kit.roles import ADMIN, MANAGER, Role
from chalicelib.kit.values import value

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128
LONGEST_TYPED = 240
"""What is longer was never a password: it is wrong without being looked at."""
GENERATED_BYTES = 15
ABSOLUTE = timedelta(hours=24)
"""The longest that a session lives, however busy (BR-014)."""

TOO_SHORT = "Password must be at least 8 characters"
_USERNAME = re.compile(r"[A-Za-z0-9]{3,50}")
_EMAIL = re.compile(r"[^@\s,;:<>()\[\]\"]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")
LONGEST_EMAIL = 254


def is_username(text: str) -> bool:
    """Letters and digits, 3 to 50 of them (BR-020)."""
    return _USERNAME.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """An address as local@domain.tld, where the last part has at least two letters (BR-022)."""
    local = text.partition("@")[0]
    dotted = local.startswith(".") or local.endswith(".") or ".." in local
    return len(text) <= LONGEST_EMAIL and not dotted and _EMAIL.fullmatch(text) is not None


def password_failures(password: str, *, username: str, email: str) -> list[str]:
    """The rules that a new password breaks, each as a sentence (BR-026); the history is the pool's to judge."""
    broken = {
        TOO_SHORT: len(password) < SHORTEST_PASSWORD,
        "Password must be at most 128 characters": len(password) > LONGEST_PASSWORD,
        "Password needs an upper-case letter": not re.search(r"[A-Z]", password),
        "Password needs a lower-case letter": not re.search(r"[a-z]", password),
        "Password needs a digit": not re.search(r"[0-9]", password),
        "Password must not begin or end with a blank": password != password.strip(),
        "Password must not be the username or the e-mail address": password.lower()
        in (username.lower(), email.lower()),
    }
    return [sentence for sentence, is_broken in broken.items() if is_broken]


def fits_pool(password: str) -> bool:
    """Whether the user pool takes a password as it is."""
    return not password_failures(password, username="", email="")


def as_kept(password: str) -> str:
    """What the user pool keeps for a password that a person types.

    A new password always fits the pool and is kept as it is. One that was carried over from the legacy application may
    be weaker than the pool takes. It is kept with a fixed frame around it, which adds no secret and takes none away;
    its owner has to change it at once, and never sees the frame.
    """
    return password if fits_pool(password) else f"Carried0ver:{password}:"


def generated_password() -> str:
    """A random password of 20 characters that fits every rule (BR-024, BR-028)."""
    while not fits_pool(password := secrets.token_urlsafe(GENERATED_BYTES)):
        pass
    return password


def device_type(user_agent: str) -> str:
    """The kind of device by its user agent; the iPad comes first, since it also says "Mobile" (BR-019)."""
    agent = user_agent.lower()
    if not agent:
        return "unknown"
    for kind, words in _DEVICE_WORDS.items():
        if any(word in agent for word in words):
            return kind
    return "desktop"


_DEVICE_WORDS = {
    "tablet": ("ipad", "tablet"),
    "mobile": ("mobile", "android", "iphone"),
    "bot": ("bot", "crawler", "curl", "python-requests"),
}


def may_use_second_factor(role: Role) -> bool:
    """The second factor is for those who can change what others see."""
    return role in (ADMIN, MANAGER)


@value
class Limits:
    """How many wrong passwords are taken, and what follows (domain.md 8.5)."""

    most_attempts: int
    window: timedelta
    address_block: timedelta
    account_lock: timedelta

    @classmethod
    def of(cls, stored: Mapping[str, object]) -> "Limits":
        """The limits from system settings; what is missing takes its default, what is out of bounds the nearest."""

        def number(key: str, default: int, least: int, most: int) -> int:
            value = stored.get(key)
            wanted = value if isinstance(value, int) and not isinstance(value, bool) else default
            return min(max(wanted, least), most)

        return cls(
            most_attempts=number("brute_force_max_attempts", 5, 3, 10),
            window=timedelta(minutes=number("brute_force_window_minutes", 10, 1, 60)),
            address_block=timedelta(minutes=number("brute_force_lock_minutes", 30, 15, 120)),
            account_lock=timedelta(minutes=number("account_lock_minutes", 15, 15, 120)),
        )


LIMIT_KEYS = (
    "brute_force_max_attempts",
    "brute_force_window_minutes",
    "brute_force_lock_minutes",
    "account_lock_minutes",
)


@value
class Counter:
    """The wrong passwords of an account in a row, and until when it is locked."""

    failed: int
    locked_until: datetime | None

    def is_locked(self, now: datetime) -> bool:
        """Whether nothing is even looked at (BR-005)."""
        return self.locked_until is not None and self.locked_until > now

    def counted(self, limits: Limits, now: datetime) -> "Counter":
        """The counter with one more attempt: the last one that is taken locks (BR-004).

        Where a lock has expired the count begins anew (BR-006).
        An attempt is counted before its password is looked at, and a right password clears the counter: however many
        guesses come at the same moment, no more than the limit are looked at.
        """
        failed = (0 if self.locked_until else self.failed) + 1
        return Counter(failed, now + limits.account_lock if failed >= limits.most_attempts else None)


FIRST_ALERT = 3
MANY_ADDRESSES = 10


def alert_severity(failures: int, failures_everywhere: int, *, blocked: bool) -> str | None:
    """How loud an alert is about failed sign-ins from one address, if there is one at all (BR-010)."""
    if blocked or failures_everywhere >= MANY_ADDRESSES:
        return "critical"
    return "warning" if failures >= FIRST_ALERT else None
