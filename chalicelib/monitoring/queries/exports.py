"""What was taken away as a file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.kit.db import Connection, Jsonb


def log(
    db: Connection,
    *,
    by: int,
    endpoint: str,
    kind: str,
    rows: int,
    size: int,
    params: Mapping[str, Any],  # Any: the query of the request
    ip: str | None,
    now: datetime,
) -> None:
    """Count an export towards the limits of BR-155."""
    db.execute(
        """
        INSERT INTO data_export_log (user_id, endpoint, format, row_count, bytes, params, at, ip)
        VALUES (%(by)s, %(endpoint)s, %(kind)s, %(rows)s, %(size)s, %(params)s, %(now)s, %(ip)s::inet)
        """,
        by=by,
        endpoint=endpoint,
        kind=kind,
        rows=rows,
        size=size,
        params=Jsonb(dict(params)),
        ip=ip,
        now=now,
    )
