"""Service visits and their items. Which slots were filled is not known; the units are added up anew."""

from collections import defaultdict
from typing import Any, Final

from tools.legacy.rows import Row
from tools.legacy.run import Run
from tools.legacy.steps import fleet
from tools.legacy.steps.catalog import EMPTY_SLOT

_TYPES: Final = frozenset({"routine", "emergency", "maintenance"})
_UNRELIABLE: Final = "technician_unreliable: the legacy application wrote user 1 for every visit"
_VISIT: Final = (
    "id", "device_id", "order_cabinet_id", "route_id", "visited_at", "service_type", "technician_id", "units_restocked",
    "duration_minutes", "notes", "created_at", "updated_at",
)  # fmt: skip
_ITEM: Final = ("id", "visit_id", "product_id", "quantity_filled", "created_at")


def bring(run: Run) -> None:
    rows = [row for row in run.rows("service_visits") if _has_device(run, row)]
    items = _items(run, {row.id for row in rows})
    stops = {stop: (route, driver) for stop, route, driver in run.target.fetch(_STOPS)}
    taken: set[int] = set()
    in_order = sorted(rows, key=lambda row: (run.time(row, "service_date"), row.id))
    converted = [_visit(run, row, items[row.id], stops, taken) for row in in_order]
    run.target.upsert("service_visits", _VISIT, converted, same=("device_id",))
    cells = [item for row in rows for item in items[row.id]]
    run.target.upsert("service_visit_items", _ITEM, cells, same=("visit_id", "product_id"))
    run.converted("service_visits", len(converted))
    run.converted("service_visit_items", len(cells))
    _leave_photos(run)


_STOPS: Final = """
    SELECT stop.id, service_order.route_id, driver.username
      FROM service_order_cabinets stop
      JOIN service_orders service_order ON service_order.id = stop.service_order_id
      LEFT JOIN users driver ON driver.id = service_order.driver_id
     WHERE service_order.imported
"""


def _has_device(run: Run, row: Row) -> bool:
    device_id = row.whole("device_id")
    if device_id is None or device_id < 1:
        row.rejected("ORPHAN", "device_id")
        return False
    if device_id not in run.known.devices:
        fleet.stand_in(run, device_id)
    return True


def _items(run: Run, visits: set[int]) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in run.rows("service_visit_items"):
        visit_id, product_id = row.whole("service_visit_id"), row.whole("product_id")
        if visit_id not in visits:
            row.rejected("ORPHAN", "service_visit_id")
        elif product_id is None or product_id == EMPTY_SLOT or product_id not in run.known.products:
            row.rejected("ITEM_PRODUCT_MISSING", "product_id")
        else:
            cells = (row.id, visit_id, product_id, row.count("quantity_filled"), run.time(row, "created_at"))
            found[visit_id].append(cells)
    return found


def _visit(
    run: Run, row: Row, items: list[tuple[Any, ...]], stops: dict[int, tuple[int, str | None]], taken: set[int]
) -> tuple[Any, ...]:
    stop_id = _stop(row, stops, taken)
    route_id, driver = stops[stop_id] if stop_id else (None, None)
    visited_at = run.time(row, "service_date")
    return (
        row.id,
        row.whole("device_id"),
        stop_id,
        _route(run, row, route_id),
        visited_at,
        row.choice("service_type", _TYPES, "routine", "SERVICE_TYPE_UNKNOWN"),
        _technician(run, row),
        _units(row, items),
        row.count("duration_minutes", most=1440) if row.raw("duration_minutes") is not None else None,
        _notes(row, driver),
        visited_at,
        visited_at,
    )


def _stop(row: Row, stops: dict[int, tuple[int, str | None]], taken: set[int]) -> int | None:
    """The stop that the visit served; a stop has one visit, so a second one stands alone."""
    written = row.whole("service_order_cabinet_id")
    if written is None:
        return None
    if written not in stops or written in taken:
        row.repaired("VISIT_CABINET_MISSING" if written not in stops else "VISIT_DUPLICATE", "service_order_cabinet_id")
        return None
    taken.add(written)
    return written


def _route(run: Run, row: Row, of_order: int | None) -> int | None:
    written = row.whole("route_id")
    if written in run.known.routes:
        return written
    if written is not None:
        row.repaired("ROUTE_MISSING", "route_id", of_order)
    elif of_order is not None:
        row.repaired("VISIT_ROUTE_DERIVED", "route_id", of_order)
    return of_order


def _technician(run: Run, row: Row) -> int:
    technician = run.known.users.get(row.whole("technician_id") or 0)
    if technician is None:
        row.repaired("TECHNICIAN_MISSING", "technician_id", run.known.owner_id)
    return technician or run.known.owner_id


def _units(row: Row, items: list[tuple[Any, ...]]) -> int:
    written, total = row.count("units_restocked"), sum(int(item[3]) for item in items)
    if not items:
        return written
    if written != total:
        row.repaired("VISIT_UNITS_RECOMPUTED", "units_restocked", total)
    return total


def _notes(row: Row, driver: str | None) -> str | None:
    """The note of the file, and that its technician is not to be believed."""
    written = row.text("notes", 3500)
    if row.whole("technician_id") != 1:
        return written
    flag = _UNRELIABLE + (f"; the order's driver is {driver}" if driver else "")
    return f"{written} [{flag}]" if written else f"[{flag}]"


def _leave_photos(run: Run) -> None:
    """A photo is a file beside the database, and a row without its file is worth nothing."""
    for row in run.rows("service_order_photos"):
        row.rejected("PHOTO_FILE_NOT_IN_DATABASE", "filename")
