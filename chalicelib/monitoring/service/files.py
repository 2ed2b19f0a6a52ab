"""Activity figures as files to take away; each is logged and counted (BR-154, BR-155)."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from chalicelib.kit import exports
from chalicelib.kit.answer import Answer, Raw
from chalicelib.kit.call import Call
from chalicelib.kit.sheet import MEDIA, Writer
from chalicelib.monitoring.errors import WatchedUserNotFound
from chalicelib.monitoring.events import ActivityExported
from chalicelib.monitoring.models.activity import Activity
from chalicelib.monitoring.models.trends import ExportQuery
from chalicelib.monitoring.queries import activity
from chalicelib.monitoring.service import trends

MOST_ROWS = 10_000
USERS_DAYS = timedelta(days=30)
COLUMNS_OF_ACTIVITY = ("timestamp", "page_url", "page_title", "action_type", "duration_ms", "ip_address", "referrer")

Rows = Sequence[Mapping[str, Any]]  # Any: the cells of a file


def export(call: Call, query: ExportQuery) -> Answer[Raw]:
    """The figures of the days asked for, or a user's activity of the last 30 days, as a file."""
    with call.transaction() as db:
        trends.spend(call, db)
        exports.spend(call, db)
        rows = _activity(call, query) if query.username else _figures(call, query)
        text = _csv(rows) if query.format == "csv" else _json(call, query, rows)
        exports.log(
            call,
            db,
            endpoint="/api/admin/activity/export",
            kind=query.format,
            rows=len(rows),
            size=len(text.encode()),
            params=query.model_dump(mode="json", exclude_unset=True),
        )
        call.record(ActivityExported(rows=len(rows), of_user=query.username or None))
    name = f"activity_data_{call.now:%Y%m%d_%H%M%S}.{query.format}"
    kind = MEDIA if query.format == "csv" else "application/json"
    return Answer(Raw(text, kind), headers={"Content-Disposition": f"attachment; filename={name}"})


def _figures(call: Call, query: ExportQuery) -> Rows:
    metrics = trends.metrics_of(query)
    days = trends.days_of(call.db, call, query)
    return [{"date": day.day.isoformat(), **{one: trends.value_of(one, day) for one in metrics}} for day in days]


def _activity(call: Call, query: ExportQuery) -> Rows:
    user = activity.user(call.db, username=query.username)
    if user is None:
        raise WatchedUserNotFound
    rows = activity.history(
        call.db,
        user.id,
        since=call.now - USERS_DAYS,
        until=call.now + timedelta(seconds=1),
        page="",
        limit=MOST_ROWS,
        offset=0,
    )
    return [_cells(row) for row in rows]


def _cells(row: Activity) -> Mapping[str, Any]:
    return row.model_dump(mode="json", include=set(COLUMNS_OF_ACTIVITY))


def _csv(rows: Rows) -> str:
    """The rows with a line of names first; an empty file of activity still has its names."""
    writer = Writer(columns=list(rows[0]) if rows else list(COLUMNS_OF_ACTIVITY))
    writer.add(rows)
    return writer.text


def _json(call: Call, query: ExportQuery, rows: Rows) -> str:
    head = {"export_date": f"{call.now:%Y-%m-%dT%H:%M:%SZ}", "user": call.principal.username}
    if query.username:
        return json.dumps({**head, "username": query.username, "data": list(rows)})
    by_day = {row["date"]: {name: value for name, value in row.items() if name != "date"} for row in rows}
    period = {"start": rows[0]["date"], "end": rows[-1]["date"]}
    return json.dumps({**head, "period": period, "metrics": trends.metrics_of(query), "data": by_day})
