"""The cabinets of service orders and what they need: read, given the status that their visit proves, and written."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from tools.legacy.rows import Row
from tools.legacy.run import Run
from tools.legacy.steps.catalog import EMPTY_SLOT
from tools.legacy.target import INVENTED_IDS

_STATUSES: Final = frozenset({"pending", "in_progress", "completed", "skipped"})
_STOP: Final = (
    "id", "service_order_id", "cabinet_id", "sequence_no", "status", "estimated_minutes", "started_at", "executed_at",
    "executed_by", "skip_reason", "created_at", "updated_at",
)  # fmt: skip
_ITEM: Final = (
    "id",
    "order_cabinet_id",
    "product_id",
    "quantity_needed",
    "quantity_filled",
    "created_at",
    "updated_at",
)


@dataclass(slots=True)
class Item:
    """Units of one product that one cabinet needs."""

    id: int
    product_id: int
    needed: int
    filled: int | None
    created_at: datetime


@dataclass(slots=True)
class Stop:
    """A cabinet of an order on its way."""

    id: int
    order_id: int
    cabinet_id: int
    created_at: datetime
    updated_at: datetime
    status: str = "pending"
    executed_at: datetime | None = None
    executed_by: int | None = None
    skip_reason: str | None = None
    items: list[Item] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.status in ("pending", "in_progress")


@dataclass(frozen=True, slots=True)
class _Visit:
    """What the visit of a stop proves."""

    at: datetime
    technician_id: int
    units: dict[int, int]


def read(run: Run, orders: Collection[int]) -> list[Stop]:
    """The stops of these orders: from the cabinets of generations 2 and 3, or from the item lines of generation 1."""
    found: dict[int, Stop] = {}
    if run.source.has("service_order_cabinets"):
        found = _of_cabinets(run, orders)
        _add_items(run, found)
    if run.source.counts.get("service_order_items"):
        found |= _of_item_lines(run, orders)
    return list(found.values())


def skip_open(stops: Iterable[Stop], reason: str) -> None:
    for stop in stops:
        if stop.is_open:
            stop.status, stop.skip_reason = "skipped", reason


def _of_cabinets(run: Run, orders: Collection[int]) -> dict[int, Stop]:
    visits = _visits(run)
    found: dict[int, Stop] = {}
    places: set[tuple[int, int]] = set()
    for row in run.rows("service_order_cabinets"):
        order_id, cabinet_id = row.whole("service_order_id") or 0, row.whole("cabinet_configuration_id") or 0
        if order_id not in orders or cabinet_id not in run.known.cabinets:
            row.rejected("ORPHAN", "service_order_id" if order_id not in orders else "cabinet_configuration_id")
        elif (order_id, cabinet_id) in places:
            row.rejected("ORDER_CABINET_DUPLICATE", "cabinet_configuration_id")
        else:
            places.add((order_id, cabinet_id))
            found[row.id] = _stop(run, row, order_id, cabinet_id, visits.get(row.id))
    run.converted("service_order_cabinets", len(found))
    return found


def _stop(run: Run, row: Row, order_id: int, cabinet_id: int, visit: _Visit | None) -> Stop:
    created_at = run.time(row, "created_at")
    stop = Stop(row.id, order_id, cabinet_id, created_at, row.instant("last_modified") or created_at)
    stop.status = row.choice("status", _STATUSES, "pending", "STATUS_UNKNOWN")
    if visit:
        if stop.status != "completed":
            row.repaired("CABINET_STATUS_DERIVED", "status", "completed")
        stop.status, stop.executed_at, stop.executed_by = "completed", visit.at, visit.technician_id
    elif stop.status == "completed":
        row.repaired("CABINET_WITHOUT_VISIT", "status", "skipped")
        stop.status, stop.skip_reason = "skipped", "legacy: completed without visit"
    elif stop.status == "skipped":
        stop.skip_reason = "legacy: skipped"
    return stop


def _visits(run: Run) -> dict[int, _Visit]:
    """The first visit of each stop."""
    units: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in run.rows("service_visit_items"):
        units[row.whole("service_visit_id") or 0][row.whole("product_id") or 0] += row.count("quantity_filled")
    found: dict[int, _Visit] = {}
    for row in sorted(run.rows("service_visits"), key=lambda row: (run.time(row, "service_date"), row.id)):
        stop_id = row.whole("service_order_cabinet_id")
        if stop_id is not None:
            technician = run.known.users.get(row.whole("technician_id") or 0, run.known.owner_id)
            found.setdefault(stop_id, _Visit(run.time(row, "service_date"), technician, units[row.id]))
    return found


def _add_items(run: Run, stops: dict[int, Stop]) -> None:
    visits = _visits(run)
    number = 0
    for row in run.rows("service_order_cabinet_items"):
        stop = stops.get(row.whole("service_order_cabinet_id") or 0)
        if stop is None:
            row.rejected("ORPHAN", "service_order_cabinet_id")
        elif _add_item(run, row, stop, row.id):
            number += 1
            _fill(row, stop, visits.get(stop.id))
    run.converted("service_order_cabinet_items", number)


def _add_item(run: Run, row: Row, stop: Stop, number: int) -> bool:
    """Add one line to a stop; a second line for the same product is added to the first."""
    product_id, needed = row.whole("product_id"), row.count("quantity_needed")
    if product_id is None or product_id == EMPTY_SLOT or product_id not in run.known.products:
        row.rejected("ITEM_PRODUCT_MISSING", "product_id")
        return False
    if needed == 0:
        row.rejected("ITEM_WITHOUT_UNITS", "quantity_needed")
        return False
    same = next((item for item in stop.items if item.product_id == product_id), None)
    if same:
        same.needed += needed
        row.repaired("ITEM_DUPLICATE", "product_id", same.needed)
    else:
        stop.items.append(Item(number, product_id, needed, None, run.time(row, "created_at")))
    return True


def _fill(row: Row, stop: Stop, visit: _Visit | None) -> None:
    """What was delivered: as the visit says, else as generation 3 noted."""
    item = next(item for item in stop.items if item.product_id == row.whole("product_id"))
    if visit and visit.units:
        item.filled = visit.units.get(item.product_id, 0)
    elif row.raw("quantity_filled") is not None:
        item.filled = row.count("quantity_filled")
    elif visit:
        item.filled = 0


def _of_item_lines(run: Run, orders: Collection[int]) -> dict[int, Stop]:
    """Generation 1 has lines of (order, device, cabinet index, product): each cabinet among them becomes a stop."""
    cabinets = {(cabinet.device_id, cabinet.index): number for number, cabinet in run.known.cabinets.items()}
    found: dict[tuple[int, int], Stop] = {}
    number = 0
    for row in run.rows("service_order_items"):
        if row.whole("cabinet_index") is None:
            row.repaired("CABINET_INDEX_MISSING", "cabinet_index", 0)
        order_id = row.whole("service_order_id") or 0
        cabinet_id = cabinets.get((row.whole("device_id") or 0, row.whole("cabinet_index") or 0))
        if order_id not in orders or cabinet_id is None:
            row.rejected("ORPHAN", "service_order_id" if order_id not in orders else "cabinet_index")
            continue
        created_at = run.time(row, "created_at")
        stop = found.setdefault(
            (order_id, cabinet_id), Stop(INVENTED_IDS + row.id, order_id, cabinet_id, created_at, created_at)
        )
        number += _add_item(run, row, stop, INVENTED_IDS + row.id)
    run.converted("service_order_items", number)
    return {stop.id: stop for stop in found.values()}


def write(run: Run, stops: list[Stop]) -> None:
    minutes = run.target.value("SELECT minutes_per_cabinet FROM company_settings") or 10
    places: dict[int, int] = defaultdict(int)
    cells: list[tuple[Any, ...]] = []
    for stop in stops:
        places[stop.order_id] += 1
        started_at = stop.updated_at if stop.status == "in_progress" else None
        cells.append(
            (stop.id, stop.order_id, stop.cabinet_id, places[stop.order_id], stop.status, minutes, started_at,
             stop.executed_at, stop.executed_by, stop.skip_reason, stop.created_at, stop.updated_at)
        )  # fmt: skip
    run.target.upsert("service_order_cabinets", _STOP, cells, same=("service_order_id", "cabinet_id"))
    items = (
        (item.id, stop.id, item.product_id, item.needed, item.filled, item.created_at, item.created_at)
        for stop in stops
        for item in stop.items
    )
    run.target.upsert("service_order_items", _ITEM, items, same=("order_cabinet_id", "product_id"))
