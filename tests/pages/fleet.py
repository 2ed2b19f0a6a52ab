"""The small fleet that every page shows: a device with sales and a need, a driver with an order for today, articles."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.assistant.service import loading
from chalicelib.kit.db import Connection, transaction
from chalicelib.sales import service as sales
from tests.orders import pictures
from tests.support import factories
from tests.support.factories import Fill
from tests.support.people import PASSWORD, SignedIn
from tests.telemetry.machines import Machine

NOON = datetime(2026, 3, 4, 17, 0, tzinfo=UTC)
"""Noon in Detroit, on a Wednesday."""

DETROIT = ZoneInfo("America/Detroit")

ADDRESS = "9000 Middlebelt Rd, Romulus"


def build(db: Connection, people: Mapping[str, SignedIn], now: datetime = NOON) -> Mapping[str, Any]:
    """Make the fleet as it is at a moment; what the scripts call by name."""
    manager, driver = people["manager"], people["driver"]
    location = factories.location(db, "Terminal B", address="1 Airport Way")
    route = factories.route(db, "North", number=4, driver_id=driver.user_id)
    cola = factories.product(db, "Cola", category="soda", price_cents=200)
    device = factories.device(db, "111", route_id=route, location_id=location, cabinets=("Ambient+", "Cooler"))
    factories.fill(db, device.cabinets[0], {"A1": Fill(cola, quantity=2, price_cents=200)})
    factories.fill(db, device.cabinets[1], {"B2": Fill(cola, quantity=0, price_cents=200)})
    _sell(db, device, cola, now)
    with transaction() as connection:
        sales.rebuild_daily(connection)
    loading.load()
    today = now.astimezone(DETROIT)
    order = _order(manager, route, device.id, today)
    return {
        "location": location,
        "route": route,
        "cola": cola,
        "device": device.id,
        "spare": factories.device(db, "22-2").id,
        "parent_key": device.cabinets[0].key,
        "second_key": device.cabinets[1].key,
        "order": order,
        "stop": db.value("SELECT id FROM service_order_cabinets WHERE service_order_id = %(id)s", id=order),
        "other_session": manager.session_id,
        "alert": _alert(db, now),
        "casey": factories.user(db, "casey", role="viewer"),
        "driver_id": driver.user_id,
        "address": ADDRESS,
        "picture": pictures.png(64, 64),
        "dex_text": Machine().read().decode(),
        "password": PASSWORD,
        "today": f"{today:%Y-%m-%d}",
        "tomorrow": f"{today + timedelta(days=1):%Y-%m-%d}",
        "month_ago": f"{today - timedelta(days=30):%Y-%m-%d}",
    }


def _sell(db: Connection, device: factories.Device, product: int, now: datetime) -> None:
    """Two units on each of the last sixty days."""
    db.execute(
        """
        INSERT INTO sales (device_id, product_id, slot_id, units, revenue_cents, sold_at, source)
        SELECT %(device)s, %(product)s, %(slot)s, 2, 400, %(now)s - day * interval '1 day', 'manual'
          FROM generate_series(0, 60) day
        """,
        device=device.id,
        product=product,
        slot=device.cabinets[0].slots["A1"],
        now=now - timedelta(hours=1),
    )


def _order(manager: SignedIn, route: int, device: int, today: datetime) -> int:
    """An order for today, for one of the device's two cabinets."""
    order = {
        "routeId": route,
        "serviceDate": f"{today:%Y-%m-%d}",
        "cabinetSelections": [{"deviceId": device, "cabinetIndex": 0}],
    }
    answer = manager.post("/api/service-orders", json=order)
    assert answer.status == 201, answer.text
    return int(answer.json["orderId"])


def _alert(db: Connection, now: datetime) -> int:
    return int(
        db.value(
            """
            INSERT INTO security_alerts (alert_type, severity, description, status, created_at)
            VALUES ('data_export', 'warning', 'Many rows were exported', 'pending', %(now)s)
            RETURNING id
            """,
            now=now - timedelta(hours=1),
        )
    )
