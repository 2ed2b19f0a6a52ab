"""An order with its cabinets, locked, while one request takes it further."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chalicelib.kit.call import Call
from chalicelib.kit.errors import NotFound
from chalicelib.orders.errors import DriverMissing, OrderNotFound, StopNotFound
from chalicelib.orders.events import OrderCompleted, OrderStarted
from chalicelib.orders.models.rows import Order, Step, Stop
from chalicelib.orders.queries import progress, visits
from chalicelib.orders.rules import machine
from chalicelib.orders.rules.machine import SYSTEM, By, OrderStatus, StopStatus


@dataclass
class Trip:
    """Collects the steps of an order and its cabinets, each checked by the machine; `save` writes them all."""

    call: Call
    order: Order
    stops: dict[int, Stop]
    steps: list[Step] = field(default_factory=list)
    is_changed: bool = False
    rolling_back: bool = False

    def amend(self, **changes: Any) -> None:
        """Change columns of the order."""  # Any: the columns' types
        self.order = replace(self.order, **changes)
        self.is_changed = True

    def step_order(self, to: OrderStatus, *, by: By, reason: str | None = None, **changes: Any) -> None:
        """Take the order to another state. `changes`: columns that go with it."""  # Any: the columns' types
        machine.check_order(self.order.status, to, by, rolling_back=self.rolling_back)
        self.steps.append(Step(None, self.order.status, to, reason))
        self.amend(status=to, **changes)

    def step_stop(self, stop: Stop, to: StopStatus, *, by: By, reason: str | None = None, **changes: Any) -> None:
        """Take a cabinet to another state. `changes`: columns that go with it."""  # Any: the columns' types
        machine.check_stop(stop.status, to, by, rolling_back=self.rolling_back)
        self.is_changed = True
        self.steps.append(Step(stop.id, stop.status, to, reason))
        self.stops[stop.id] = replace(stop, status=to, **changes)

    def begin(self, at: datetime) -> None:
        """Start a pending order, because its driver sets off or its first cabinet is worked on (SO-2)."""
        if self.order.status == "pending":
            if self.order.driver_id is None:
                raise DriverMissing
            self.step_order("in_progress", by=self.call.principal.role, started_at=at)
            self.call.record(OrderStarted(resource_id=self.order.id, driver_id=self.order.driver_id))

    def finish_if_done(self, at: datetime) -> None:
        """Complete the order when no cabinet is left (SO-3); what was delivered is written already."""
        if self.order.status == "in_progress" and machine.is_done(self.states):
            self.step_order("completed", by=SYSTEM, completed_at=at)
            delivered, missing = visits.delivered_and_missing(self.call.db, self.order.id)
            self.call.record(
                OrderCompleted(resource_id=self.order.id, delivered_units=delivered, missing_units=missing)
            )

    @property
    def states(self) -> list[StopStatus]:
        """The states of all cabinets."""
        return [stop.status for stop in self.stops.values()]

    @property
    def open_stops(self) -> list[Stop]:
        """The cabinets that are still to be worked on."""
        return [stop for stop in self.stops.values() if stop.status in machine.OPEN]

    def save(self) -> None:
        """Write what has changed, with the steps; nothing, when nothing has."""
        if not self.is_changed:
            return
        moved = {step.stop_id for step in self.steps}
        db, now, actor = self.call.db, self.call.now, self.call.principal.user_id
        self.order = progress.save_order(db, self.order, at=now)
        if stops := [stop for stop in self.stops.values() if stop.id in moved]:
            progress.save_stops(db, stops)
        if self.steps:
            progress.insert_steps(db, self.order.id, self.steps, actor_id=actor, at=now)
        self.steps, self.is_changed = [], False


def with_order(call: Call, order_id: int, refusal: type[NotFound] = OrderNotFound) -> Trip:
    """Lock an order that the caller may see, then its cabinets (§12.3)."""
    order = progress.lock_order(call.db, order_id, seen_by=call.principal)
    if order is None:
        raise refusal
    return _trip(call, order)


def with_stop(call: Call, stop_id: int) -> tuple[Trip, Stop]:
    """Lock the order of a cabinet that the caller may see, then its cabinets (§12.3)."""
    order = progress.lock_order_of_stop(call.db, stop_id, seen_by=call.principal)
    if order is None:
        raise StopNotFound
    trip = _trip(call, order)
    stop = trip.stops.get(stop_id)
    if stop is None:
        raise StopNotFound
    return trip, stop


def _trip(call: Call, order: Order) -> Trip:
    return Trip(call, order, {stop.id: stop for stop in progress.lock_stops(call.db, order.id)})
