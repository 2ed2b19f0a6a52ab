"""What is taken away as a file: limited, logged and audited (BR-154, BR-155)."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any, ClassVar, Literal

from chalicelib.kit import rate_limit
from chalicelib.kit.call import Call
from chalicelib.kit.db import Connection, Jsonb
from chalicelib.kit.errors import Forbidden
from chalicelib.kit.events import Event
from chalicelib.kit.roles import ADMIN, MANAGER, VIEWER
from chalicelib.kit.values import value

MAY_EXPORT = (ADMIN, MANAGER, VIEWER)
"""Who may take lists and reports away (domain.md §5, `reports.view, dashboard, export`)."""

HARD_LIMIT_AN_HOUR = 30


@value(kw_only=True)
class Exported(Event):
    """Somebody took a list or a report away as a file."""

    action: ClassVar[str] = "export.run"
    resource: ClassVar[str] = "endpoint"
    rows: int
    params: Mapping[str, Any]


def spend(call: Call, db: Connection) -> None:
    """Count one export of the caller; more than thirty in an hour are refused. Raises `RateLimited`."""
    rate_limit.spend(db, "export", str(call.principal.user_id), HARD_LIMIT_AN_HOUR, 3600, call.now)


def check_role(call: Call) -> None:
    """Refuse a role that may read the list but not take it away. Raises `Forbidden`."""
    if call.principal.role not in MAY_EXPORT:
        raise Forbidden


def log(
    call: Call,
    db: Connection,
    *,
    endpoint: str,
    kind: Literal["csv", "json"],
    rows: int,
    size: int | None,
    params: Mapping[str, Any] | None,  # Any: the query of the request
) -> None:
    """Write an export into the log by which alerts are raised."""
    db.execute(
        """
        INSERT INTO data_export_log (user_id, endpoint, format, row_count, bytes, params, at, ip)
        VALUES (%(by)s, %(endpoint)s, %(kind)s, %(rows)s, %(size)s, %(params)s, %(now)s, %(ip)s::inet)
        """,
        by=call.principal.user_id,
        endpoint=endpoint,
        kind=kind,
        rows=rows,
        size=size,
        params=None if params is None else Jsonb(dict(params)),
        now=call.now,
        ip=_address(call),
    )


def _address(call: Call) -> str | None:
    try:
        return str(ip_address(call.ip))
    except ValueError:
        return None
