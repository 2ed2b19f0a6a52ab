"""Settings of route planning, locations, and routes with their drivers."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from tools.legacy.rows import Row
from tools.legacy.run import Run
from tools.legacy.steps.naming import distinct, numbered

_DEFAULT_ID: Final = 1  # The legacy default of devices.location_id, whether or not the row is there.
_WAREHOUSE: Final = "Warehouse"
_LOCATION: Final = (
    "id", "name", "address", "latitude", "longitude", "geocode_status", "is_default", "created_at", "updated_at",
)  # fmt: skip
_ROUTE: Final = ("id", "name", "route_number", "driver_id", "created_at", "updated_at")


def bring_settings(run: Run) -> None:
    run.target.execute("INSERT INTO company_settings (id) VALUES (1) ON CONFLICT DO NOTHING")
    for row in run.rows("route_planning_config"):
        critical, warning, ok = (
            row.whole("critical_dri_threshold"),
            row.whole("warning_dri_threshold"),
            row.whole("ok_dri_threshold"),
        )
        if critical is None or warning is None or ok is None or not 0 <= critical < warning < ok <= 365:
            row.rejected("THRESHOLDS_INCONSISTENT", "ok_dri_threshold")
            continue
        ttl = row.count("metrics_cache_ttl_minutes", default=15, most=1440) or 15
        settings = (1, critical, warning, ok, row.flag("auto_select_critical", default=True), ttl)
        columns = (
            "id",
            "critical_dri_days",
            "warning_dri_days",
            "ok_dri_days",
            "auto_select_critical",
            "metrics_ttl_minutes",
        )
        run.target.upsert("route_planning_settings", columns, [settings])
        run.converted("route_planning_config", 1)
        return


def bring_locations(run: Run) -> None:
    present = run.target.fetch("SELECT id, lower(name), created_at, is_default FROM locations WHERE deleted_at IS NULL")
    default_id: int | None = next((row[0] for row in present if row[3]), None)
    taken: set[str] = set()
    names = {row.id: _name(row, taken, 120) for row in run.rows("locations")}
    rows = {row.id: row for row in run.rows("locations")}
    if default_id is None:
        default_id = _DEFAULT_ID if _DEFAULT_ID in rows else max({*rows, *(row[0] for row in present)}, default=0) + 1
    run.known.locations = _location_ids(run, rows, names, present, default_id)
    run.known.default_location = default_id
    converted = [_location(run, row, names[row.id]) for row in rows.values()]
    if default_id not in run.known.locations.values():
        run.issues.add("warning", "NO_DEFAULT_LOCATION", "locations", new=_WAREHOUSE)
        if not any(row[3] for row in present):
            converted.append(
                (default_id, _WAREHOUSE, None, None, None, "none", True, run.source.moment, run.source.moment)
            )
    run.target.upsert("locations", _LOCATION, converted)
    run.converted("locations", len(rows))


def _location_ids(
    run: Run, rows: dict[int, Row], names: dict[int, str], present: list[tuple[Any, ...]], default_id: int
) -> dict[int, int]:
    """Legacy id 1 is the default location; a name that the target has is the same place; other ids stay."""
    by_name = {name: number for number, name, _, _ in present}
    created = {number: moment for number, _, moment, _ in present}
    free = max({*rows, *created, default_id}) + 1
    ids: dict[int, int] = {}
    for legacy_id, row in rows.items():
        is_same = created.get(legacy_id) == run.time(row, "created_at")
        if legacy_id == _DEFAULT_ID:
            ids[legacy_id] = default_id
        elif not is_same and (known := by_name.get(names[legacy_id].lower())) and known not in ids.values():
            ids[legacy_id] = known
        elif is_same or (legacy_id not in created and legacy_id != default_id):
            ids[legacy_id] = legacy_id
        else:
            ids[legacy_id], free = free, free + 1
        if ids[legacy_id] != legacy_id:
            row.noticed("ID_CHANGED", "id", ids[legacy_id])
    return ids


def _location(run: Run, row: Row, name: str) -> tuple[Any, ...]:
    latitude, longitude = row.degrees("latitude", most=90), row.degrees("longitude", most=180)
    if (latitude is None) != (longitude is None):
        row.repaired("COORDINATE_ALONE", "latitude" if longitude is None else "longitude")
        latitude = longitude = None
    number = run.known.locations[row.id]
    is_default = number == run.known.default_location
    status = "ok" if isinstance(latitude, Decimal) else "none"
    created_at = run.time(row, "created_at")
    updated_at = row.instant("updated_at") or created_at
    return number, name, row.text("address", 500), latitude, longitude, status, is_default, created_at, updated_at


def _name(row: Row, taken: set[str], limit: int) -> str:
    """A name, made if there is none, and made distinct among the live ones."""
    written = row.text("name", limit)
    if written is None:
        row.repaired("NAME_MISSING", "name", f"Unnamed {row.id}")
    name = distinct(written or f"Unnamed {row.id}", taken, limit, numbered)
    if written is not None and name != written:
        row.repaired("NAME_DUPLICATE", "name", name)
    taken.add(name.lower())
    return name


def bring_routes(run: Run) -> None:
    taken: set[str] = set()
    numbers: set[int] = set()
    converted = [_route(run, row, _name(row, taken, 80), numbers) for row in run.rows("routes")]
    run.known.routes = {row[0]: row[3] for row in converted}
    run.target.upsert("routes", _ROUTE, converted, same=("created_at",))
    run.converted("routes", len(converted))
    _compare_driver_routes(run)
    _remember_drivers(run)


def _route(
    run: Run, row: Row, name: str, numbers: set[int]
) -> tuple[int, str, int | None, int | None, datetime, datetime]:
    column = "driver_id" if row.has("driver_id") else "assigned_driver_id"
    created_at = run.time(row, "created_at")
    driver_id = _driver(run, row, column)
    return row.id, name, _route_number(row, numbers), driver_id, created_at, row.instant("updated_at") or created_at


def _route_number(row: Row, numbers: set[int]) -> int | None:
    """Digits make a number; other text, and a number that another route has, does not."""
    written = row.text("route_number")
    if written is None:
        return None
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0
    if number == 0 or number in numbers:
        row.repaired("ROUTE_NUMBER_INVALID" if number == 0 else "ROUTE_NUMBER_DUPLICATE", "route_number")
        return None
    numbers.add(number)
    return number


def _driver(run: Run, row: Row, column: str) -> int | None:
    written = row.whole(column)
    if written is None:
        return None
    driver_id = run.known.users.get(written)
    if driver_id not in run.known.drivers:
        row.repaired("ROUTE_DRIVER_INVALID", column)
        return None
    return driver_id


def _compare_driver_routes(run: Run) -> None:
    for values in run.source.rows("driver_routes"):
        row = Row("driver_routes", 0, values, run.issues, run.zone)
        user, route = row.whole("user_id"), row.whole("route_id")
        is_same = route in run.known.routes and run.known.routes[route] == run.known.users.get(user or 0)
        if not is_same:
            run.issues.add(
                "warning", "DRIVER_ROUTE_CONFLICT", "driver_routes", f"{user}:{route}", column="user_id", old=user
            )
    run.skipped("driver_routes", run.source.counts.get("driver_routes", 0))


def _remember_drivers(run: Run) -> None:
    """Open a row of the drivers' history for each route that has a driver, and close what that ends."""
    routes = {"ids": list(run.known.routes), "now": run.now}
    run.target.execute(
        """
        UPDATE route_driver_history history SET unassigned_at = greatest(%(now)s, assigned_at)
          FROM routes route
         WHERE route.id = history.route_id AND route.id = ANY(%(ids)s::bigint[]) AND unassigned_at IS NULL
           AND route.driver_id IS DISTINCT FROM history.driver_id
        """,
        **routes,
    )
    run.target.execute(
        """
        INSERT INTO route_driver_history (route_id, driver_id, assigned_at)
        SELECT route.id, route.driver_id, route.updated_at
          FROM routes route
         WHERE route.id = ANY(%(ids)s::bigint[]) AND route.driver_id IS NOT NULL
           AND NOT EXISTS (SELECT FROM route_driver_history WHERE route_id = route.id AND unassigned_at IS NULL)
        """,
        ids=routes["ids"],
    )
