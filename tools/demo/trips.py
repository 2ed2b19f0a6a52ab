"""The service orders of the demo fleet: each route's weekly trips, and the orders that are open at the end."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from tools.demo import rows
from tools.demo.fleet import Fleet, Ids, Known, Machine
from tools.demo.history import Filling
from tools.demo.places import ZONE

_DAYS_BETWEEN = 14  # Between the trips of a route.
_MINUTES_PER_CABINET = 10
_LEAST_NEED = 12
_SHORT, _SKIPPED, _CANCELLED = 0.05, 0.03, 0.03
_SKIP_REASONS = ("Building was closed", "Door does not open", "Machine has no power")
_CANCEL_REASONS = ("Truck broke down", "Snow storm", "Driver is ill")


@dataclass
class Book:
    """Every order with its rows, and the items of each stop."""

    tables: dict[str, list[object]] = field(default_factory=lambda: defaultdict(list))
    items: dict[int, list[rows.Item]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Dispatcher:
    """Plans a route's trip from what its cabinets lack, and carries it out."""

    fleet: Fleet
    known: Known
    ids: Ids
    rng: random.Random
    book: Book

    def __post_init__(self) -> None:
        self._routes = [route for route in self.fleet.tables["routes"] if isinstance(route, rows.Route)]
        self._machines: dict[int, list[Machine]] = defaultdict(list)
        for machine in self.fleet.machines:
            if machine.device.route_id is not None:
                self._machines[machine.device.route_id].append(machine)

    def trips_of(self, number: int, day: date) -> dict[int, Filling]:
        """Carry out the trips of a past day; the fillings by cabinet."""
        fillings: dict[int, Filling] = {}
        for index, route in enumerate(self._routes):
            if number > 0 and number % _DAYS_BETWEEN == index:
                fillings |= self._past_trip(route, day)
        return fillings

    def open_trip(self, now: datetime) -> dict[int, Filling]:
        """Begin a trip of the first route shortly before now: two cabinets are done, the others wait."""
        started = now - timedelta(minutes=90)
        order, stops = self._order(self._routes[0], now.astimezone(ZONE).date(), started - timedelta(hours=2))
        if not stops:
            return {}
        order.status, order.started_at = "in_progress", started
        self._moved(order, None, "pending", "in_progress", started, order.driver_id)
        return {
            stop.cabinet_id: self._execute(order, machine, stop, slots, started + timedelta(minutes=25 * place))
            for place, (machine, stop, slots) in enumerate(stops[:2], start=1)
        }

    def pending_orders(self, now: datetime) -> None:
        """Plan the trips of the next days."""
        today = now.astimezone(ZONE).date()
        for ahead, route in enumerate(self._routes[1:4], start=1):
            order, _ = self._order(route, today + timedelta(days=ahead), now - timedelta(hours=1))
            order.priority = "high" if ahead == 1 else "normal"

    def _past_trip(self, route: rows.Route, day: date) -> dict[int, Filling]:
        created = datetime.combine(day, time(5, 30), ZONE).astimezone(UTC)
        order, stops = self._order(route, day, created)
        if not stops:
            return {}
        if self.rng.random() < _CANCELLED:
            self._cancel(order, created + timedelta(hours=1))
            return {}
        at = created + timedelta(hours=2, minutes=self.rng.randrange(30))
        order.status, order.started_at = "in_progress", at
        self._moved(order, None, "pending", "in_progress", at, order.driver_id)
        fillings = {}
        for place, (machine, stop, slots) in enumerate(stops):
            at += timedelta(minutes=self.rng.randrange(9, 20))
            if place > 0 and self.rng.random() < _SKIPPED:
                stop.status, stop.skip_reason = "skipped", self.rng.choice(_SKIP_REASONS)
                self._moved(order, stop, "pending", "skipped", at, order.driver_id, stop.skip_reason)
            else:
                fillings[stop.cabinet_id] = self._execute(order, machine, stop, slots, at)
        order.status, order.completed_at = "completed", at
        self._moved(order, None, "in_progress", "completed", at, order.driver_id)
        return fillings

    def _order(
        self, route: rows.Route, day: date, created: datetime
    ) -> tuple[rows.Order, list[tuple[Machine, rows.Stop, list[rows.Slot]]]]:
        """Write an order over the route's cabinets that lack enough, with what each needs at this moment."""
        lacking = [
            (machine, cabinet.id, slots)
            for machine in self._machines[route.id]
            for cabinet, slots in machine.cabinets
            if sum(slot.need for slot in slots) >= _LEAST_NEED
        ]
        order = rows.Order(
            id=self.ids("service_orders"),
            route_id=route.id,
            driver_id=route.driver_id,
            service_date=day,
            status="pending",
            priority="normal",
            total_units=sum(slot.need for _, _, slots in lacking for slot in slots),
            estimated_minutes=_MINUTES_PER_CABINET * len(lacking),
            notes=None,
            created_by=self.known.manager_id,
            created_at=created,
        )
        stops = [
            (machine, self._stop(order, cabinet_id, slots, place), slots)
            for place, (machine, cabinet_id, slots) in enumerate(lacking, start=1)
        ]
        if stops:
            self.book.tables["service_orders"].append(order)
            self._moved(order, None, None, "pending", created, self.known.manager_id)
        return order, stops

    def _stop(self, order: rows.Order, cabinet_id: int, slots: list[rows.Slot], place: int) -> rows.Stop:
        number = self.ids("service_order_cabinets")
        stop = rows.Stop(number, order.id, cabinet_id, place, "pending", _MINUTES_PER_CABINET, order.created_at)
        self.book.tables["service_order_cabinets"].append(stop)
        needs: dict[int, int] = defaultdict(int)
        for slot in slots:
            needs[slot.product_id or 0] += slot.need
        for product_id, need in needs.items():
            if need > 0:
                item = rows.Item(self.ids("service_order_items"), stop.id, product_id, need)
                self.book.tables["service_order_items"].append(item)
                self.book.items[stop.id].append(item)
        return stop

    def _execute(
        self, order: rows.Order, machine: Machine, stop: rows.Stop, slots: list[rows.Slot], at: datetime
    ) -> Filling:
        """Fill a cabinet up to what was ordered, now and then a little less, and close its stop."""
        duration = self.rng.randrange(5, 9)
        stop.status, stop.started_at, stop.executed_at = "completed", at - timedelta(minutes=duration), at
        stop.executed_by = order.driver_id
        visit = rows.Visit(
            self.ids("service_visits"),
            machine.device.id,
            stop.id,
            order.route_id,
            at,
            "routine",
            order.driver_id,
            0,
            duration,
        )
        delivered: dict[int, int] = defaultdict(int)
        loads = []
        for slot in slots:
            units = slot.need - (1 if slot.need > 1 and self.rng.random() < _SHORT else 0)
            if units > 0:
                product_id = slot.product_id or 0
                item = rows.VisitItem(self.ids("service_visit_items"), visit.id, slot.id, product_id, units)
                loads.append((slot, item))
                delivered[product_id] += units
        visit.units_restocked = sum(delivered.values())
        self.book.tables["service_visits"].append(visit)
        self.book.tables["service_visit_items"].extend(item for _, item in loads)
        for ordered in self.book.items[stop.id]:
            ordered.quantity_filled = delivered[ordered.product_id]
        self._moved(order, stop, "pending", "completed", at, order.driver_id)
        return Filling(at, order.driver_id, loads)

    def _cancel(self, order: rows.Order, at: datetime) -> None:
        order.status, order.cancelled_at, order.cancelled_by = "cancelled", at, self.known.manager_id
        order.cancel_reason = self.rng.choice(_CANCEL_REASONS)
        self._moved(order, None, "pending", "cancelled", at, self.known.manager_id, order.cancel_reason)

    def _moved(
        self,
        order: rows.Order,
        stop: rows.Stop | None,
        before: str | None,
        after: str,
        at: datetime,
        actor: int,
        reason: str | None = None,
    ) -> None:
        number, cabinet = self.ids("service_order_transitions"), stop.id if stop else None
        self.book.tables["service_order_transitions"].append(
            rows.Transition(number, order.id, cabinet, before, after, reason, actor, at)
        )
