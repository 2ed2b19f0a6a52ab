"""Service orders, their cabinets and items. Statuses are derived: the legacy application seldom kept them true."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from tools.legacy.rows import Row
from tools.legacy.run import Run
from tools.legacy.steps import stops
from tools.legacy.steps.stops import Stop
from tools.legacy.target import INVENTED_IDS

OrderStatus = Literal["pending", "in_progress", "completed", "cancelled"]
_STATUSES: Final = frozenset({"pending", "in_progress", "completed", "cancelled"})
_UNKNOWN_ROUTE: Final = INVENTED_IDS
_ORDER: Final = (
    "id", "route_id", "driver_id", "service_date", "status", "total_units", "estimated_minutes", "notes", "created_by",
    "started_at", "completed_at", "cancelled_at", "cancel_reason", "imported", "sync_version", "created_at",
    "updated_at",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Order:
    """An order on its way."""

    row: Row
    route_id: int
    driver_id: int | None
    created_by: int
    status: str
    created_at: datetime
    changed_at: datetime
    started_at: datetime | None = None
    completed_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancel_reason: str | None = None
    stops: list[Stop] = field(default_factory=list)


def bring(run: Run) -> None:
    orders = {row.id: _read(run, row) for row in run.rows("service_orders")}
    for stop in stops.read(run, orders.keys()):
        orders[stop.order_id].stops.append(stop)
    settled = [_settled(order) for order in orders.values()]
    run.target.upsert("service_orders", _ORDER, [_cells(run, order) for order in settled], same=("created_at",))
    run.converted("service_orders", len(settled))
    stops.write(run, [stop for order in settled for stop in order.stops])
    _remember_transitions(run, settled)


def _read(run: Run, row: Row) -> Order:
    created_at = run.time(row, "created_at")
    changed_at = row.instant("last_modified") or created_at
    status = row.choice("status", _STATUSES, "cancelled" if row.text("status") else "pending", "STATUS_UNKNOWN")
    route_id = _route(run, row)
    order = Order(
        row=row,
        route_id=route_id,
        driver_id=_driver(run, row, route_id),
        created_by=_creator(run, row),
        status=status,
        created_at=created_at,
        changed_at=changed_at,
        started_at=row.instant("started_at"),
        completed_at=row.instant("completed_at"),
    )
    return _without_the_stale(run, order)


def _without_the_stale(run: Run, order: Order) -> Order:
    days = run.options.cancel_stale_days
    if days is None or order.status != "pending" or order.created_at > run.now - timedelta(days=days):
        return order
    order.row.repaired("STALE_ORDER_CANCELLED", "status", "cancelled")
    reason = f"legacy: pending for more than {days} days"
    return replace(order, status="cancelled", cancelled_at=run.now, cancel_reason=reason)


def _route(run: Run, row: Row) -> int:
    """The order's route; a lost one is stood in for by a deleted route, because an order keeps where it went."""
    written = row.whole("route_id")
    if written is not None and written in run.known.routes:
        return written
    route_id = written if written is not None and written > 0 else _UNKNOWN_ROUTE
    moment = run.source.moment
    name = f"Deleted route {route_id}" if written else "Unknown route"
    columns = ("id", "name", "deleted_at", "created_at", "updated_at")
    run.target.upsert("routes", columns, [(route_id, name, moment, moment, moment)])
    run.known.routes[route_id] = None
    row.repaired("ROUTE_STAND_IN", "route_id", name)
    return route_id


def _driver(run: Run, row: Row, route_id: int) -> int | None:
    """The order's driver; generation 1 has none, there it is the route's."""
    driver_id = run.known.routes[route_id]
    if row.has("driver_id"):
        written = row.whole("driver_id")
        driver_id = run.known.users.get(written) if written is not None else None
        if written is not None and driver_id is None:
            row.repaired("DRIVER_MISSING", "driver_id")
    if driver_id is None:
        row.repaired("ORDER_WITHOUT_DRIVER", "driver_id")
    return driver_id


def _creator(run: Run, row: Row) -> int:
    """A creator that is a number may be a user; the free labels that the legacy frontend sent are none."""
    written = row.text("created_by") or ""
    creator = run.known.users.get(int(written)) if written.isascii() and written.isdigit() else None
    if creator is None:
        row.repaired("CREATED_BY_NOT_USER", "created_by", run.known.owner_id)
    return creator or run.known.owner_id


def _settled(order: Order) -> Order:
    """Let the order and its stops agree with each other and with the visits."""
    status = _status_by_stops(order)
    if status != order.status:
        order.row.repaired("ORDER_STATUS_DERIVED", "status", status)
    if status == "completed" and any(stop.is_open for stop in order.stops):
        order.row.repaired("COMPLETED_WITHOUT_VISIT", "status", "skipped cabinets")
        stops.skip_open(order.stops, "legacy: completed without visit")
    if status == "cancelled":
        stops.skip_open(order.stops, "order cancelled")
    visits = [stop.executed_at for stop in order.stops if stop.executed_at]
    started_at = order.started_at or min(visits, default=order.changed_at)
    completed_at = order.completed_at or max(visits, default=order.changed_at)
    return replace(
        order,
        status=status,
        started_at=started_at if status in ("in_progress", "completed") or (status == "cancelled" and visits) else None,
        completed_at=max(started_at, completed_at) if status == "completed" else None,
        cancelled_at=(order.cancelled_at or order.changed_at) if status == "cancelled" else None,
        cancel_reason=(order.cancel_reason or "legacy: cancelled") if status == "cancelled" else None,
    )


def _status_by_stops(order: Order) -> str:
    """Pending with a visit is in progress; in progress with nothing left to do is completed."""
    has_visits = any(stop.status == "completed" for stop in order.stops)
    if order.status not in ("pending", "in_progress") or not has_visits:
        return order.status
    return "in_progress" if any(stop.is_open for stop in order.stops) else "completed"


def _cells(run: Run, order: Order) -> tuple[object, ...]:
    row = order.row
    return (
        row.id, order.route_id, order.driver_id, order.created_at.astimezone(run.zone).date(), order.status,
        row.count("total_units"), row.count("estimated_duration_minutes"), row.text("notes", 4000), order.created_by,
        order.started_at, order.completed_at, order.cancelled_at, order.cancel_reason, True,
        row.count("sync_version", default=1) or 1, order.created_at, order.changed_at,
    )  # fmt: skip


def _remember_transitions(run: Run, orders: list[Order]) -> None:
    """The steps that the times tell of; the label of a creator who is no user is kept in the first."""
    columns = ("service_order_id", "from_status", "to_status", "reason", "actor_id", "at")
    known = set(run.target.connection.execute("SELECT DISTINCT service_order_id FROM service_order_transitions"))
    rows: list[tuple[object, ...]] = []
    for order in orders:
        if (order.row.id,) in known:
            continue
        label = f"legacy: created by {order.row.text('created_by', 200) or 'nobody'}"
        rows.append((order.row.id, None, "pending", label, order.created_by, order.created_at))
        last = "pending"
        for status, at in (
            ("in_progress", order.started_at),
            ("completed", order.completed_at),
            ("cancelled", order.cancelled_at),
        ):
            if at:
                rows.append((order.row.id, last, status, order.cancel_reason or "legacy: derived", None, at))
                last = status
    run.target.insert("service_order_transitions", columns, rows)
