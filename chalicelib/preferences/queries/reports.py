"""What browsers report about themselves."""

from datetime import datetime
from typing import Any

from chalicelib.kit.db import Connection, Jsonb
from chalicelib.preferences.models.reports import Kind

BATCH = 1000


def keep(
    db: Connection,
    *,
    kind: Kind,
    name: str,
    content: Any,  # Any: the browser's own, free in form
    client_session: str | None,
    page_url: str | None,
    user_agent: str,
    ip: str | None,
    happened_at: datetime | None,
) -> None:
    """Write a report down."""
    db.execute(
        """
        INSERT INTO client_reports (kind, name, content, client_session, page_url, user_agent, ip, happened_at)
        VALUES (%(kind)s, %(name)s, %(content)s, %(client_session)s, %(page_url)s, %(user_agent)s, %(ip)s,
                %(happened_at)s)
        """,
        kind=kind,
        name=name,
        content=Jsonb(content),
        client_session=client_session,
        page_url=page_url,
        user_agent=user_agent,
        ip=ip,
        happened_at=happened_at,
    )


def forget(db: Connection, before: datetime) -> int:
    """Remove one batch of reports that came before then; how many."""
    return db.execute(
        """
        DELETE FROM client_reports
         WHERE id IN (SELECT id FROM client_reports WHERE created_at < %(before)s ORDER BY id LIMIT %(batch)s)
        """,
        before=before,
        batch=BATCH,
    )
