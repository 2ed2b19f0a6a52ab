"""The golden numbers of the real fleet (§11), through the API."""

from pathlib import Path
from typing import Any

import pytest

from tests.sales.real import BACKUP_AT
from tools.legacy.__main__ import import_file
from tools.legacy.run import Options

NEEDS = {
    "Hershey’s": 21, "Welches": 26, "Doritos": 40, "Grandma Cookies": 26, "Monster Energy Blue": 23,
    "Monster Energy Original": 18, "Monster Zero Ultra": 18, "Dole Fruit": 22, "Lunchables": 20, "Turkey Wrap": 14,
    "Country Time Lemonade": 25, "M&M": 20, "Jumbo": 62, "Pop-tarts": 25, "Coca-Cola": 32,
}  # fmt: skip
"""What device 6 needs; the words of the specification, which shortens some names."""


@pytest.fixture
def fleet(real_data: Path, database: dict[str, str], db: Any, clock_at: Any) -> Any:
    """The imported fleet, at the moment of its backup."""
    clock_at(BACKUP_AT)
    import_file(real_data / "legacy" / "cvd-2025-08-06.db", Options(), database["MIGRATION_DATABASE_URL"])
    return db


@pytest.mark.real_data
@pytest.mark.rule("US-051", "US-082")
def test_a_real_device_needs_what_its_planograms_lack(fleet: Any, manager: Any) -> None:
    selections = [{"deviceId": 6, "cabinetIndex": index} for index in range(3)]
    body = {"routeId": 1, "serviceDate": "2025-08-06", "cabinetSelections": selections}

    preview = manager.post("/api/service-orders/preview", json=body).json

    needs: dict[str, int] = {}
    for cabinet in preview["devices"][0]["cabinets"]:
        for product in cabinet["products"]:
            needs[product["productName"]] = needs.get(product["productName"], 0) + product["orderQuantity"]
    assert preview["totalUnits"] == 392
    told = {name: [units for product, units in needs.items() if product.startswith(name)] for name in NEEDS}
    assert told == {name: [units] for name, units in NEEDS.items()}
    assert len(needs) == len(NEEDS)


@pytest.mark.real_data
@pytest.mark.rule("BR-097", "BR-118")
def test_a_real_order_shows_what_was_delivered_and_what_was_short(fleet: Any, manager: Any) -> None:
    order = manager.get("/api/service-orders/8").json

    assert (order["totalUnits"], order["estimatedDurationMinutes"], len(order["cabinets"])) == (618, 50, 5)
    executed = {cabinet["cabinetOrderId"]: cabinet for cabinet in order["cabinets"] if cabinet["isExecuted"]}
    assert {number: cabinet["deliveredUnits"] for number, cabinet in executed.items()} == {15: 88, 16: 108}
    short = [(number, p["productId"], p["quantityFilled"], p["quantityNeeded"])
             for number, cabinet in executed.items() for p in cabinet["products"] if p["shortfall"]]  # fmt: skip
    assert short == [(15, 29, 10, 18)]
    assert sum(p["quantityNeeded"] for cabinet in order["cabinets"] for p in cabinet["products"]) == 618


@pytest.mark.real_data
def test_the_real_ledger_adds_up(fleet: Any) -> None:
    from chalicelib.stock.service import check_ledger

    assert check_ledger(fleet) == []
