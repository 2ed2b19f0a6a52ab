"""Devices and their cabinets."""

import re
from collections import defaultdict
from typing import Any, Final

from tools.legacy.refusal import Refused
from tools.legacy.rows import Row
from tools.legacy.run import Cabinet, Device, Run
from tools.legacy.steps.catalog import grid_side
from tools.legacy.steps.naming import distinct, hyphened

_MOST_CABINETS: Final = 3
_DEVICE: Final = (
    "id", "asset", "nickname", "device_type_id", "location_id", "route_id", "model", "deleted_at", "deleted_by",
    "created_at", "updated_at",
)  # fmt: skip
_CABINET: Final = (
    "id",
    "device_id",
    "cabinet_type_id",
    "cabinet_index",
    "model_name",
    "rows",
    "cols",
    "created_at",
    "updated_at",
)


def bring_devices(run: Run) -> None:
    rows = list(run.rows("devices"))
    _refuse_lost_types(rows, "device_type_id", "device types", run.known.device_types)
    taken: set[str] = set()
    converted = [_device(run, row, taken) for row in rows]
    run.target.upsert("devices", _DEVICE, converted, same=("created_at",))
    run.known.devices = {
        row[0]: Device(asset=row[1], created_at=row[9], route_id=row[5], is_deleted=row[7] is not None)
        for row in converted
    }
    run.converted("devices", len(converted))
    _compare_device_routes(run)


def _refuse_lost_types(rows: list[Row], column: str, what: str, known: dict[int, int]) -> None:
    lost = [row.id for row in rows if (row.whole(column) or 0) not in known]
    if lost:
        listed = ", ".join(map(str, lost[:5])) + (" …" if len(lost) > 5 else "")
        raise Refused(
            f"The foreign keys are broken beyond repair: {rows[0].table} {listed} point at {what} that are not there."
        )


def _device(run: Run, row: Row, taken: set[str]) -> tuple[Any, ...]:
    deleted_at = row.instant("deleted_at")
    asset = _asset(row, taken, is_live=deleted_at is None)
    created_at = run.time(row, "created_at")
    return (
        row.id,
        asset,
        row.text("cooler", 60) or asset,
        run.known.device_types[row.whole("device_type_id") or 0],
        _location(run, row),
        _route(run, row),
        row.text("model", 120) or "",
        deleted_at,
        _deleted_by(run, row) if deleted_at else None,
        created_at,
        row.instant("updated_at") or created_at,
    )


def _asset(row: Row, taken: set[str], *, is_live: bool) -> str:
    written = row.text("asset") or ""
    plain = re.sub(r"[^A-Za-z0-9-]", "", written)[:20] or f"device-{row.id}"
    asset = distinct(plain, taken, 20, hyphened) if is_live else plain
    if plain != written:
        row.repaired("ASSET_CHANGED", "asset", asset)
    elif asset != plain:
        row.repaired("ASSET_DUPLICATE", "asset", asset)
    if is_live:
        taken.add(asset.lower())
    return asset


def _location(run: Run, row: Row) -> int:
    location = run.known.locations.get(row.whole("location_id") or 0)
    if location is None:
        row.repaired("LOCATION_MISSING", "location_id", run.known.default_location)
    return location or run.known.default_location


def _route(run: Run, row: Row) -> int | None:
    route = row.whole("route_id")
    if route is None or route in run.known.routes:
        return route
    row.repaired("ROUTE_MISSING", "route_id")
    return None


def _deleted_by(run: Run, row: Row) -> int | None:
    deleter = run.known.users.get(row.whole("deleted_by") or 0)
    if deleter is None:
        row.repaired("DELETED_BY_UNKNOWN", "deleted_by")
    return deleter


def _compare_device_routes(run: Run) -> None:
    """The second list of which device is on which route is stale: the device's own column wins."""
    for values in run.source.rows("device_routes"):
        row = Row("device_routes", 0, values, run.issues, run.zone)
        device_id, route_id = row.whole("device_id"), row.whole("route_id")
        device = run.known.devices.get(device_id or 0)
        if device and device.route_id != route_id:
            run.issues.add(
                "warning",
                "DEVICE_ROUTE_CONFLICT",
                "device_routes",
                device_id,
                column="route_id",
                old=route_id,
                new=device.route_id,
            )
    run.skipped("device_routes", run.source.counts.get("device_routes", 0))


def bring_cabinets(run: Run) -> None:
    rows = [row for row in run.rows("cabinet_configurations") if _has_device(run, row)]
    _refuse_lost_types(rows, "cabinet_type_id", "cabinet types", run.known.cabinet_types)
    by_device: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_device[row.whole("device_id") or 0].append(row)
    converted = [cabinet for device_id, own in by_device.items() for cabinet in _cabinets(run, device_id, own)]
    run.target.upsert("device_cabinets", _CABINET, converted, same=("device_id",))
    names = dict(run.target.fetch("SELECT id, name FROM cabinet_types"))
    run.known.cabinets = {
        row[0]: Cabinet(device_id=row[1], type_name=names[row[2]], index=row[3], rows=row[5], cols=row[6])
        for row in converted
    }
    run.converted("cabinet_configurations", len(converted))


def _has_device(run: Run, row: Row) -> bool:
    if row.whole("device_id") in run.known.devices:
        return True
    row.rejected("ORPHAN", "device_id")
    return False


def _cabinets(run: Run, device_id: int, rows: list[Row]) -> list[tuple[Any, ...]]:
    """The cabinets of one device in the order of their index, without gaps and without doubles."""
    ordered = sorted(rows, key=lambda row: (row.count("cabinet_index"), row.id))
    for row in ordered[_MOST_CABINETS:]:
        row.rejected("CABINET_TOO_MANY", "cabinet_index")
    return [_cabinet(run, device_id, index, row) for index, row in enumerate(ordered[:_MOST_CABINETS])]


def _cabinet(run: Run, device_id: int, index: int, row: Row) -> tuple[Any, ...]:
    if row.whole("cabinet_index") != index:
        row.repaired("CABINET_INDEX_CHANGED", "cabinet_index", index)
    columns = "columns" if row.has("columns") else "cols"
    created_at = run.known.devices[device_id].created_at
    return (
        row.id,
        device_id,
        run.known.cabinet_types[row.whole("cabinet_type_id") or 0],
        index,
        row.text("model_name", 120),
        grid_side(row, "rows", 5),
        grid_side(row, columns, 8),
        created_at,
        created_at,
    )


def stand_in(run: Run, device_id: int) -> None:
    """A deleted device in the place of one that is gone, so that its sales and visits stay."""
    moment, asset = run.source.moment, f"deleted-{device_id}"
    type_id = min(run.known.device_types.values())
    row = (device_id, asset[:20], asset, type_id, run.known.default_location, None, "", moment, None, moment, moment)
    run.target.upsert("devices", _DEVICE, [row])
    run.known.devices[device_id] = Device(asset=asset, created_at=moment, route_id=None, is_deleted=True)
    run.issues.add("warning", "DEVICE_STAND_IN", "devices", device_id, new=asset)
