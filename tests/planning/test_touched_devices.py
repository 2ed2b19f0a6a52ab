"""What touches the slots of a device shows in its metrics at once, however fresh the stored ones are (BR-152)."""

from collections.abc import Callable
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.support import factories
from tests.support.factories import Device, Fill
from tests.support.people import SignedIn


@pytest.fixture
def cola(db: Connection) -> int:
    return factories.product(db, "Cola", category="soda", price_cents=200)


@pytest.fixture
def device(db: Connection, driver: SignedIn, cola: int) -> Device:
    """A device with a sold-out slot, whose metrics were calculated just now."""
    device = factories.device(db, "111", route_id=factories.route(db, driver_id=driver.user_id))
    factories.fill(db, device.cabinets[0], {"A1": Fill(cola, quantity=0), "B1": Fill(cola, quantity=8)})
    return device


def edit(manager: SignedIn, _driver: SignedIn, device: Device, cola: int) -> Any:
    slot = {"productId": cola, "quantity": 6, "parLevel": 8, "capacity": 10}
    save = {"planogramKey": device.cabinets[0].key, "planogramData": {"A1": slot}}
    return manager.post("/api/planograms", json=save)


def count(manager: SignedIn, _driver: SignedIn, device: Device, _cola: int) -> Any:
    return manager.post(f"/api/slots/{device.cabinets[0].slots['A1']}/count", json={"quantity": 6})


def deliver(manager: SignedIn, driver: SignedIn, device: Device, cola: int) -> Any:
    selections = [{"deviceId": device.id, "cabinetIndex": 0}]
    route = next(one["route_id"] for one in manager.get("/api/devices").json if one["id"] == device.id)
    order = manager.post("/api/service-orders", json={"routeId": route, "cabinetSelections": selections}).json
    stop = manager.get(f"/api/service-orders/{order['orderId']}").json["cabinets"][0]["cabinetOrderId"]
    items = {"deliveredItems": [{"productId": cola, "quantityFilled": 6}]}
    return driver.post(f"/api/service-orders/cabinets/{stop}/execute", json=items)


@pytest.mark.rule("BR-152")
@pytest.mark.parametrize("touch", [edit, count, deliver])
def test_the_stored_figures_of_a_touched_device_are_not_believed(
    manager: SignedIn, driver: SignedIn, device: Device, cola: int, touch: Callable[..., Any]
) -> None:
    assert manager.post("/api/metrics/calculate", json={}).status == 200
    before = manager.get(f"/api/devices/{device.id}/metrics").json
    assert (before["cached"], before["soldOutCount"], before["unitsToPar"]) == (True, 1, 8)

    assert touch(manager, driver, device, cola).status == 200

    after = manager.get(f"/api/devices/{device.id}/metrics").json
    assert (after["cached"], after["soldOutCount"], after["unitsToPar"]) == (False, 0, 2)


@pytest.mark.rule("BR-152")
def test_a_sale_stores_the_figures_anew(manager: SignedIn, device: Device, cola: int) -> None:
    assert manager.post("/api/metrics/calculate", json={}).status == 200
    sale = {"deviceId": device.id, "productId": cola, "saleUnits": 8, "saleCash": 16}
    assert manager.post("/api/sales", json=sale).status == 201

    after = manager.get(f"/api/devices/{device.id}/metrics").json

    assert (after["cached"], after["soldOutCount"]) == (True, 2)
