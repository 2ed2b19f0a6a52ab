"""Rate limits, counted in the database: what one process remembers, the next one would not know."""

from datetime import UTC, datetime

from chalicelib.kit.db import Connection
from chalicelib.kit.errors import RateLimited


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
