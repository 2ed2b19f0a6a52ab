"""What readiness and the schedules ask of the database."""

from datetime import datetime
from typing import Any

from chalicelib.kit.db import Connection


def schema_revision(db: Connection) -> str | None:
    """The revision that the migrations have brought the schema to."""
    revision: str | None = db.value("SELECT version_num FROM alembic_version")
    return revision


def outbox_waiting(db: Connection) -> int:
    """How many events have not been handed on yet; counted up to a thousand, more says nothing more."""
    return int(db.value("SELECT count(*) FROM (SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1000) waiting"))


def newest_block(db: Connection) -> dict[str, Any]:
    """The number and the hash of the newest sealed block."""
    newest: dict[str, Any] = db.value(
        """
        SELECT jsonb_build_object('block', number, 'hash', encode(hash, 'hex'))
          FROM audit_blocks
         ORDER BY number DESC
         LIMIT 1
        """
    )
    return newest


def forget_idempotency_keys(db: Connection, now: datetime) -> int:
    """Remove keys older than 48 hours; how many."""
    return db.execute("DELETE FROM idempotency_keys WHERE created_at < %(now)s - interval '48 hours'", now=now)


def forget_rate_limits(db: Connection, now: datetime) -> int:
    """Remove windows older than a day; how many."""
    return db.execute("DELETE FROM rate_limits WHERE window_start < %(now)s - interval '1 day'", now=now)
