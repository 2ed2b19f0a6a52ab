"""A route with a driver and two devices, and an order for them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from chalicelib.stock.service import check_ledger
from tests.planning.sold import sell
from tests.support import factories
from tests.support.factories import Device, Fill

NOON = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
"""Noon in Detroit: company day and UTC day are the same."""

TODAY = "2026-03-04"


@dataclass
class Place:
    """What the orders of a test are about."""

    db: Connection
    route: int
    location: int
    cola: int
    crisps: int
    gum: int
    first: Device
    second: Device

    def selection(self, *cabinets: tuple[Device, int]) -> list[dict[str, int]]:
        chosen = cabinets or ((self.first, 0), (self.second, 0))
        return [{"deviceId": device.id, "cabinetIndex": index} for device, index in chosen]

    def stock(self, device: Device, index: int = 0) -> dict[str, int]:
        return factories.stock_of(self.db, device.cabinets[index])

    def sell(self, device: Device, product: int, units: int, at: datetime) -> None:
        """Write a sale and its daily rollup past the stock, as a history to reckon with."""
        sell(self.db, device.id, product, units=units, revenue_cents=100, sold_at=at)


@pytest.fixture
def noon(clock_at: Callable[[datetime], None]) -> datetime:
    """The moment at which the tests of orders begin."""
    clock_at(NOON)
    return NOON


@pytest.fixture
def place(db: Connection, driver: Any, noon: datetime) -> Iterator[Place]:
    """Two devices on the driver's route. The first needs 14 colas and 5 crisps, the second 3 colas.

    After each test slots, ledger and orders have to agree (§12.4).
    """
    route = factories.route(db, "North", driver_id=driver.user_id)
    location = factories.location(db, "Terminal B", address="1 Airport Way")
    cola, crisps = factories.product(db, "Cola", category="soda"), factories.product(db, "crisps", category="Chips")
    gum = factories.product(db, "Gum", category="candy")
    first = factories.device(db, "111", cabinets=("Cooler", "Ambient"), route_id=route, location_id=location)
    second = factories.device(db, "22-2", route_id=route, location_id=location)
    factories.fill(
        db,
        first.cabinets[0],
        {
            "A2": Fill(cola, quantity=2),  # lacks 6 to par, 8 to capacity
            "A1": Fill(cola, quantity=0),  # lacks 8 to par, 10 to capacity
            "B1": Fill(crisps, quantity=3),  # lacks 5 to par, 7 to capacity
        },
    )
    factories.fill(db, first.cabinets[1], {"A1": Fill(gum, quantity=8)})
    factories.fill(db, second.cabinets[0], {"A1": Fill(cola, quantity=5)})
    yield Place(db, route, location, cola, crisps, gum, first, second)
    assert check_ledger(db) == []


@dataclass
class Planned:
    """An order as it was created; `stops` holds its cabinets' numbers in the sequence of the selection."""

    id: int
    body: dict[str, Any]
    stops: Sequence[int]
    db: Connection

    @property
    def states(self) -> tuple[str, list[str]]:
        """The state of the order, and those of its cabinets."""
        stops = "SELECT status FROM service_order_cabinets WHERE service_order_id = %(id)s ORDER BY sequence_no"
        order = self.db.value("SELECT status FROM service_orders WHERE id = %(id)s", id=self.id)
        return str(order), self.db.values(stops, id=self.id)

    @property
    def steps(self) -> list[str]:
        """The steps that the order has taken, without those of its cabinets."""
        return self.db.values(
            """
            SELECT coalesce(from_status, 'nothing') || ' to ' || to_status
              FROM service_order_transitions
             WHERE service_order_id = %(id)s AND order_cabinet_id IS NULL
             ORDER BY id
            """,
            id=self.id,
        )


@pytest.fixture
def plan(manager: Any, place: Place) -> Callable[..., Planned]:
    """Create an order by the API: `plan((device, index), ...)`; all of the place's cabinets in need by default."""

    def make(*cabinets: tuple[Device, int], **more: Any) -> Planned:
        body = {"routeId": place.route, "serviceDate": TODAY, "cabinetSelections": place.selection(*cabinets), **more}
        answer = manager.post("/api/service-orders", json=body)
        assert answer.status == 201, answer.text
        stops = place.db.values(
            "SELECT id FROM service_order_cabinets WHERE service_order_id = %(id)s ORDER BY sequence_no",
            id=answer.json["orderId"],
        )
        return Planned(answer.json["orderId"], answer.json, stops, place.db)

    return make


@pytest.fixture
def order(plan: Callable[..., Planned]) -> Planned:
    """A pending order for one cabinet of each device: 14 colas and 5 crisps, and 3 colas."""
    return plan()


def delivery(*items: tuple[int, int], **more: Any) -> dict[str, Any]:
    """A report of delivered (product, units), as the desktop sends it."""
    return {"deliveredItems": [{"productId": p, "quantityFilled": units} for p, units in items], "userId": 1, **more}


@pytest.fixture
def deliver(driver: Any) -> Callable[..., Any]:
    """Execute a cabinet as the driver, unless another client is given: `deliver(stop, (cola, 3))`."""

    def execute(stop: int, *items: tuple[int, int], by: Any = None, **more: Any) -> Any:
        return (by or driver).post(f"/api/service-orders/cabinets/{stop}/execute", json=delivery(*items, **more))

    return execute
