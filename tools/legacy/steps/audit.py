"""The audit log, and the tables that stay behind."""

import ipaddress
import json
from typing import Any, Final

from psycopg.types.json import Jsonb

from tools.legacy.rows import Row
from tools.legacy.run import Run

_ACTIONS: Final = {
    "LOGIN": "auth.login",
    "LOGOUT": "auth.logout",
    "PASSWORD_CHANGE": "auth.password_changed",
    "PASSWORD_RESET": "auth.password_reset",
    "USER_CREATE": "user.created",
    "USER_UPDATE": "user.updated",
}
_COLUMNS: Final = (
    "at", "actor_id", "actor_username", "actor_role", "action", "resource_type", "resource_id", "details", "ip",
    "import_run_id",
)  # fmt: skip
_METRICS: Final = ("slot_metrics", "device_metrics")
_BROUGHT: Final = frozenset({
    "users", "sessions", "audit_log", "device_types", "cabinet_types", "locations", "routes", "driver_routes",
    "device_routes", "devices", "cabinet_configurations", "planograms", "planogram_slots", "products", "sales",
    *_METRICS, "route_planning_config", "service_orders", "service_order_items", "service_order_cabinets",
    "service_order_cabinet_items", "service_order_photos", "service_visits", "service_visit_items", "dex_reads",
    "dex_records", "dex_pa_records", "knowledge_base_categories", "knowledge_base_articles", "migrations",
})  # fmt: skip


def bring(run: Run) -> None:
    """Each entry once: what an earlier run brought is known by its legacy id."""
    known = set(run.target.connection.execute(_KNOWN))
    actors = {number: (name, role) for number, name, role in run.target.fetch("SELECT id, username, role FROM users")}
    rows = list(run.rows("audit_log"))
    cells = [_event(run, row, actors) for row in rows if (str(row.id),) not in known]
    run.target.ensure_months("audit_events", (cell[0] for cell in cells))
    run.target.insert("audit_events", _COLUMNS, cells)
    run.converted("audit_log", len(rows))


_KNOWN: Final = "SELECT details ->> 'legacyId' FROM audit_events WHERE import_run_id IS NOT NULL"


def _event(run: Run, row: Row, actors: dict[int, tuple[str, str]]) -> tuple[Any, ...]:
    written = row.whole("user_id")
    actor_id = run.known.users.get(written) if written is not None else None
    if actor_id is None:
        row.repaired("ACTOR_MISSING", "user_id")
    name, role = actors.get(actor_id or 0, (f"legacy user {written}", None))
    action = (row.text("action") or "unknown").strip()
    details = {**_details(row), "imported": True, "legacyId": str(row.id)}
    if action.upper() not in _ACTIONS:
        details["legacyAction"] = action
    return (
        run.time(row, "created_at"),
        actor_id,
        name,
        role,
        _ACTIONS.get(action.upper(), action.lower())[:120],
        row.text("resource_type", 120) or "unknown",
        row.text("resource_id"),
        Jsonb(details),
        _address(row),
        run.id,
    )


def _details(row: Row) -> dict[str, Any]:
    written = row.text("details")
    if written is None:
        return {}
    try:
        parsed = json.loads(written)
    except (ValueError, RecursionError):
        return {"text": written}
    # An escaped NUL or half of a surrogate pair is JSON, but not for PostgreSQL.
    return parsed if isinstance(parsed, dict) and "\\u" not in written.lower() else {"text": written}


def _address(row: Row) -> str | None:
    written = row.text("ip_address")
    if written is None:
        return None
    try:
        return str(ipaddress.ip_address(written.split("%")[0]))
    except ValueError:
        row.repaired("ADDRESS_INVALID", "ip_address")
        return None


def name_what_stays_behind(run: Run) -> None:
    """Metrics are computed anew; a table that the target has no place for is named with its number of rows."""
    for table in _METRICS:
        key = "planogram_slot_id" if table == "slot_metrics" else "device_id"
        for values in run.source.rows(table):
            run.issues.add("info", "METRICS_SKIPPED", table, values.get(key))
        run.skipped(table, run.source.counts.get(table, 0))
    for table, number in run.source.counts.items():
        if number and table not in _BROUGHT:
            run.issues.add("info", "TABLE_NOT_IMPORTED", table, old=f"{number} rows")
            run.skipped(table, number)
