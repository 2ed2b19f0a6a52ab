"""When a delivery is tried again, how long a silent endpoint rests, and when it is given up."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Literal

from chalicelib.kit.values import value

RETRIES: Final[Sequence[timedelta]] = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long after a failed attempt the next one is made; after the last of them a delivery has failed."""

JITTER: Final = 0.1
"""The part of a delay by which it is made longer at most, so that what failed together does not come back together."""

LONGEST_RETRY_AFTER: Final = timedelta(hours=24)
RESTS: Final = (timedelta(seconds=5), timedelta(minutes=5))
"""The first and the longest rest of an endpoint at which everything fails; in between each is twice the one before."""

GIVEN_UP_AFTER: Final = timedelta(days=5)
GONE: Final = 410


@value
class Attempt:
    """What came of one attempt: a status and the beginning of the answer, or the problem that there was none."""

    at: datetime
    milliseconds: int
    status: int | None
    answer: str | None
    problem: str | None
    retry_after: str | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the receiver took it. A redirect is a failure: what is signed goes where it was registered for."""
        return self.status is not None and 200 <= self.status < 300


@value
class Verdict:
    """What becomes of a delivery after an attempt."""

    status: Literal["pending", "delivered", "failed"]
    next_attempt_at: datetime | None


def verdict(attempt: Attempt, *, made_before: int, chance: float) -> Verdict:
    """Decide after an attempt that had `made_before` earlier ones; `chance` in 0..1 draws the jitter."""
    if attempt.succeeded:
        return Verdict("delivered", None)
    if made_before >= len(RETRIES):
        return Verdict("failed", None)
    delay = RETRIES[made_before] * (1 + JITTER * chance)
    asked = asked_to_wait(attempt)
    return Verdict("pending", attempt.at + max(delay, asked or timedelta()))


def asked_to_wait(attempt: Attempt) -> timedelta | None:
    """How long the receiver asked to be left alone: `Retry-After` in seconds or as a date, a day at most."""
    text = (attempt.retry_after or "").strip()
    if not text or attempt.succeeded:
        return None
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=min(int(text), 10**6)), LONGEST_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment - attempt.at, timedelta()), LONGEST_RETRY_AFTER)


def rest(failed_waves: int, *, chance: float) -> timedelta:
    """How long an endpoint rests after so many waves in a row of which nothing was taken (1, 2, …)."""
    shortest, longest = RESTS
    doubled: timedelta = shortest * (1 << min(failed_waves - 1, 10))
    return min(doubled, longest) * (1 + JITTER * chance)


def is_given_up(failing_since: datetime | None, now: datetime) -> bool:
    """Whether an endpoint has taken nothing for so long that it counts as dead."""
    return failing_since is not None and now - failing_since >= GIVEN_UP_AFTER
