"""A small fleet in which every endpoint of the contract has something to say."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from chalicelib.assistant.service import loading
from chalicelib.kit.db import Connection, transaction
from chalicelib.sales import service as sales
from tests.support import factories
from tests.support.client import Client
from tests.support.factories import Device, Fill
from tests.support.people import SignedIn
from tests.telemetry.machines import Machine, upload

NOON = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
"""Noon in Detroit."""

TODAY = "2026-03-04"


@dataclass
class World:
    """Two devices on the driver's route, products, sales, an order, a read, an alert; made when first asked for."""

    db: Connection
    nobody: Client
    admin: SignedIn
    manager: SignedIn
    driver: SignedIn
    viewer: SignedIn
    machine: Machine = field(default_factory=Machine)

    @cached_property
    def location(self) -> int:
        return factories.location(self.db, "Terminal B", address="1 Airport Way")

    @cached_property
    def empty_location(self) -> int:
        return factories.location(self.db, "Annex")

    @cached_property
    def route(self) -> int:
        return factories.route(self.db, "North", number=4, driver_id=self.driver.user_id)

    @cached_property
    def empty_route(self) -> int:
        return factories.route(self.db, "South", number=5)

    @cached_property
    def cola(self) -> int:
        return factories.product(self.db, "Cola", category="soda", price_cents=200)

    @cached_property
    def unused_product(self) -> int:
        return factories.product(self.db, "Gum", category="candy")

    @cached_property
    def device(self) -> Device:
        """A device that has sold on each of the last forty days."""
        device = factories.device(self.db, "111", route_id=self.route, location_id=self.location)
        factories.fill(self.db, device.cabinets[0], {"A1": Fill(self.cola, quantity=2, price_cents=200)})
        self.db.execute(
            """
            INSERT INTO sales (device_id, product_id, slot_id, units, revenue_cents, sold_at, source)
            SELECT %(device)s, %(product)s, %(slot)s, 2, 400, %(now)s - day * interval '1 day', 'manual'
              FROM generate_series(0, 40) day
            """,
            device=device.id,
            product=self.cola,
            slot=device.cabinets[0].slots["A1"],
            now=NOON - timedelta(hours=1),
        )
        with transaction() as connection:
            sales.rebuild_daily(connection)
        return device

    @cached_property
    def spare_device(self) -> Device:
        return factories.device(self.db, "22-2", location_id=self.location)

    @cached_property
    def deleted_device(self) -> Device:
        device = factories.device(self.db, "333", location_id=self.location)
        assert self.admin.delete(f"/api/devices/{device.id}").status == 200
        return device

    @cached_property
    def order(self) -> int:
        answer = self.manager.post("/api/service-orders", json=self.selection)
        assert answer.status == 201, answer.text
        return int(answer.json["orderId"])

    @property
    def selection(self) -> dict[str, Any]:
        chosen = [{"deviceId": self.device.id, "cabinetIndex": 0}]
        return {"routeId": self.route, "serviceDate": TODAY, "cabinetSelections": chosen}

    @cached_property
    def stop(self) -> int:
        return int(
            self.db.value("SELECT id FROM service_order_cabinets WHERE service_order_id = %(id)s", id=self.order)
        )

    @cached_property
    def driven_stop(self) -> int:
        """A cabinet that is executed already."""
        answer = self.driver.post(f"/api/service-orders/cabinets/{self.stop}/execute", json=self.delivery)
        assert answer.status == 200, answer.text
        return self.stop

    @property
    def delivery(self) -> dict[str, Any]:
        return {"deliveredItems": [{"productId": self.cola, "quantityFilled": 3}], "userId": 1}

    @cached_property
    def planogram(self) -> str:
        return self.device.cabinets[0].key

    @cached_property
    def read(self) -> int:
        answer = upload(self.manager, self.machine.read())
        assert answer.status == 200, answer.text
        return int(answer.json["dex_read_id"])

    @cached_property
    def person(self) -> int:
        return factories.user(self.db, "casey", role="viewer")

    @cached_property
    def idle_person(self) -> int:
        return factories.user(self.db, "robin", role="viewer", active=False)

    @cached_property
    def articles(self) -> None:
        loading.load()

    @cached_property
    def alert(self) -> int:
        return int(
            self.db.value(
                """
                INSERT INTO security_alerts (alert_type, severity, user_id, description, status)
                VALUES ('data_export', 'warning', %(user)s, 'Many rows were exported', 'pending')
                RETURNING id
                """,
                user=self.person,
            )
        )

    @cached_property
    def blocked_address(self) -> str:
        self.db.execute(
            """
            INSERT INTO ip_blocks (ip, reason, blocked_at, expires_at)
            VALUES ('203.0.113.9', 'Brute force attack', %(now)s, %(now)s + interval '20 minutes')
            """,
            now=NOON,
        )
        return "203.0.113.9"
