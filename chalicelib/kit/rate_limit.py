"""Rate limits, counted in the database: what one process remembers, the next one would not know."""

from datetime import UTC, datetime, timedelta

from chalicelib.kit.db import Connection
from chalicelib.kit.errors import RateLimited
from chalicelib.kit.settings import settings


def spend(db: Connection, scope: str, subject: str, limit: int, window_seconds: int, now: datetime) -> None:
    """Count one use of `scope` by `subject` in the present window; more than `limit` of them are refused.

    Windows are fixed: they begin at multiples of `window_seconds`. The row is locked until the transaction ends, so
    that callers at the same moment are counted one by one. Raises `RateLimited` with the seconds until the next
    window; the refused use itself is not counted, as its transaction is rolled back.
    """
    seconds = int(now.timestamp())
    begun = seconds - seconds % window_seconds
    hits = db.value(
        """
        INSERT INTO rate_limits (scope, subject, window_start, hits)
        VALUES (%(scope)s, %(subject)s, %(begun)s, 1)
            ON CONFLICT (scope, subject, window_start) DO UPDATE SET hits = rate_limits.hits + 1
        RETURNING hits
        """,
        scope=scope,
        subject=subject,
        begun=datetime.fromtimestamp(begun, UTC),
    )
    if hits > limit:
        raise RateLimited(retry_after_seconds=begun + window_seconds - seconds)


def minute_of(now: datetime) -> datetime:
    """When the present minute began: the window in which the requests of a user are counted."""
    return now.replace(second=0, microsecond=0)


def check_requests(made: int, now: datetime) -> None:
    """Refuse one more request of a user who has made so many in the present minute (domain.md §8.6).

    They are counted with the activity row that follows each request (`watch`), and looked up with the session, so
    that neither takes a statement of its own; a few at the same moment may pass together. Raises `RateLimited`.
    """
    most = settings().most_requests_a_minute
    if most is not None and made >= most:
        left = minute_of(now) + timedelta(minutes=1) - now
        raise RateLimited(retry_after_seconds=int(left.total_seconds()) or 1)
