"""What readiness asks of the database."""

from chalicelib.kit.db import Connection


def schema_revision(db: Connection) -> str | None:
    """The revision that the migrations have brought the schema to."""
    revision: str | None = db.value("SELECT version_num FROM alembic_version")
    return revision


def outbox_waiting(db: Connection) -> int:
    """How many events have not been handed on yet; counted up to a thousand, more says nothing more."""
    return int(db.value("SELECT count(*) FROM (SELECT 1 FROM outbox WHERE published_at IS NULL LIMIT 1000) waiting"))
