"""The small fleet of the contract's tests, and the same among a thousand devices, with more of everything in it."""

from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from tests.contract.world import NOON, TODAY, World
from tests.support import factories
from tests.support.factories import Device, Fill
from tests.telemetry.machines import Machine, Selection

ON_THE_ROUTE = range(1, 13)
"""Devices of the generated fleet that are put on the world's route."""

PRODUCTS = range(101, 120)
"""Products of the generated fleet."""


def _large_machine() -> Machine:
    return Machine(selections={f"A{number}": Selection() for number in range(1, 41)})


@dataclass
class Few(World):
    """The order has a second cabinet, so that it goes on when one is done."""

    @cached_property
    def other_device(self) -> Device:
        device = factories.device(self.db, "112", route_id=self.route, location_id=self.location)
        factories.fill(self.db, device.cabinets[0], {"A1": Fill(self.cola, quantity=2, price_cents=200)})
        return device

    @property
    def selection(self) -> dict[str, Any]:
        chosen = [{"deviceId": device.id, "cabinetIndex": 0} for device in (self.device, self.other_device)]
        return {"routeId": self.route, "serviceDate": TODAY, "cabinetSelections": chosen}

    @cached_property
    def stop(self) -> int:
        return stop_of(self)


def stop_of(world: World) -> int:
    """Return the place in the order of the device's first cabinet."""
    return int(
        world.db.value(
            "SELECT id FROM service_order_cabinets WHERE service_order_id = %(order)s AND cabinet_id = %(cabinet)s",
            order=world.order,
            cabinet=world.device.cabinets[0].id,
        )
    )


@dataclass
class Grown(World):
    """The device has three cabinets full of twenty products, its route a dozen devices more, and so has its order."""

    machine: Machine = field(default_factory=_large_machine)

    @cached_property
    def route(self) -> int:
        route = factories.route(self.db, "North", number=4, driver_id=self.driver.user_id)
        self.db.execute(
            "UPDATE devices SET route_id = %(route)s WHERE id = ANY(%(ids)s)", route=route, ids=list(ON_THE_ROUTE)
        )
        return route

    @cached_property
    def device(self) -> Device:
        device = factories.device(
            self.db, "111", cabinets=("Ambient", "Cooler", "Cooler"), route_id=self.route, location_id=self.location
        )
        products = [self.cola, *PRODUCTS]
        for cabinet in device.cabinets:
            content = {
                position: Fill(products[place % len(products)], quantity=2, price_cents=200)
                for place, position in enumerate(cabinet.slots)
            }
            factories.fill(self.db, cabinet, content)
        self.db.execute(
            """
            INSERT INTO sales (device_id, product_id, slot_id, units, revenue_cents, sold_at, source)
            SELECT %(device)s, product_id, id, 2, 400, %(now)s - day * interval '1 day', 'manual'
              FROM planogram_slots
             CROSS JOIN generate_series(0, 40) day
             WHERE planogram_id = ANY(%(planograms)s)
            """,
            device=device.id,
            now=NOON - timedelta(hours=1),
            planograms=[cabinet.planogram_id for cabinet in device.cabinets],
        )
        self.db.execute(
            """
            INSERT INTO sales_daily (device_id, product_id, day, units, revenue_cents, transactions)
            SELECT device_id, product_id, (sold_at AT TIME ZONE 'America/Detroit')::date, sum(units),
                   sum(revenue_cents), count(*)
              FROM sales
             WHERE device_id = %(device)s
             GROUP BY 1, 2, 3
            """,
            device=device.id,
        )
        return device

    @property
    def selection(self) -> dict[str, Any]:
        own = [{"deviceId": self.device.id, "cabinetIndex": cabinet.index} for cabinet in self.device.cabinets]
        others = [{"deviceId": device, "cabinetIndex": 0} for device in ON_THE_ROUTE]
        return {"routeId": self.route, "serviceDate": TODAY, "cabinetSelections": [*own, *others]}

    @cached_property
    def stop(self) -> int:
        return stop_of(self)

    @property
    def delivery(self) -> dict[str, Any]:
        items = [{"productId": product, "quantityFilled": 3} for product in [self.cola, *PRODUCTS]]
        return {"deliveredItems": items, "userId": 1}
