"""How fast products sell, read from the sales of many devices at once."""

import random
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from chalicelib.kit.call import Call
from chalicelib.planning.rules import Velocity
from chalicelib.planning.service import velocity
from tests.planning.sold import sell
from tests.support import factories
from tests.support.factories import Fill

NOW = datetime(2025, 3, 10, 3, 30, tzinfo=UTC)


@pytest.fixture
def call(db):
    return Call(request_id="1", method="GET", path="/", now=NOW, ip="", headers={}, connection=db)


@pytest.mark.rule("7.1")
def test_sales_of_the_last_28_days_count_from_their_instant_on(db, call):
    cola = factories.product(db)
    device = factories.device(db)
    factories.fill(db, device.cabinets[0], {"A1": Fill(cola)})
    sell(db, device.id, cola, units=7, sold_at=NOW - timedelta(days=28))
    sell(db, device.id, cola, units=100, sold_at=NOW - timedelta(days=28, microseconds=1))
    sell(db, device.id, cola, units=1000, sold_at=NOW)

    assert velocity.velocities(call, [device.id]) == {(device.id, cola): Velocity(Fraction(1, 4), "28d")}


@pytest.mark.rule("7.1")
def test_older_sales_give_the_average_since_the_first_of_them(db, call):
    cola, water = factories.product(db), factories.product(db)
    device = factories.device(db)
    factories.fill(db, device.cabinets[0], {"A1": Fill(cola), "A2": Fill(cola), "A3": Fill(water)})
    sell(db, device.id, cola, units=30, sold_at=NOW - timedelta(days=60))
    sell(db, device.id, cola, units=30, sold_at=NOW - timedelta(days=40))

    assert velocity.velocities(call, [device.id]) == {
        (device.id, cola): Velocity(Fraction(1), "history"),
        (device.id, water): Velocity(Fraction(1, 10), "default"),
    }


@pytest.mark.rule("7.1", "BR-104")
def test_corrections_are_taken_off(db, call):
    cola = factories.product(db)
    device = factories.device(db)
    factories.fill(db, device.cabinets[0], {"A1": Fill(cola)})
    sell(db, device.id, cola, units=9, sold_at=NOW - timedelta(days=2), corrected=-2)

    assert velocity.velocities(call, [device.id])[device.id, cola].per_day == Fraction(1, 4)


@pytest.mark.rule("7.1")
def test_products_that_left_the_device_and_other_devices_are_left_out(db, call):
    cola, gone = factories.product(db), factories.product(db)
    device, other = factories.device(db), factories.device(db)
    for each in (device, other):
        factories.fill(db, each.cabinets[0], {"A1": Fill(cola)})
    sell(db, device.id, gone, units=5, sold_at=NOW - timedelta(days=1))
    sell(db, other.id, cola, units=28, sold_at=NOW - timedelta(days=1))

    assert set(velocity.velocities(call, [device.id])) == {(device.id, cola)}


def test_many_devices_cost_one_statement_and_none_cost_none(db, call):
    cola = factories.product(db)
    devices = [factories.device(db, cabinets=("Cooler",)) for _ in range(4)]
    for device in devices:
        factories.fill(db, device.cabinets[0], {"A1": Fill(cola)})
    before = db.statements

    assert len(velocity.velocities(call, [device.id for device in devices])) == 4
    assert velocity.velocities(call, []) == {}
    assert db.statements == before + 1


@pytest.mark.rule("7.1", "BR-104")
@pytest.mark.parametrize("seed", range(6))
def test_whole_days_of_the_rollup_and_parts_of_days_add_up_to_the_window(db, seed):
    course = random.Random(seed)
    now = datetime(2025, course.choice([3, 7, 11]), course.randint(1, 28), course.choice([0, 4, 5, 23]), tzinfo=UTC)
    call = Call(request_id="1", method="GET", path="/", now=now, ip="", headers={}, connection=db)
    products = [factories.product(db) for _ in range(3)]
    devices = [factories.device(db) for _ in range(3)]
    expected: dict[tuple[int, int], int] = {}
    for device in devices:
        factories.fill(db, device.cabinets[0], {f"A{place}": Fill(it) for place, it in enumerate(products, start=1)})
        for product in products:
            expected[device.id, product] = 1
            sell(db, device.id, product, units=1, sold_at=now - timedelta(hours=40))
            for _ in range(20):
                ago = timedelta(hours=course.choice([course.randint(-30, 30), course.randint(620, 720)]))
                units, corrected = course.randint(2, 5), course.choice([0, 0, -1, -2])
                sell(db, device.id, product, units=units, sold_at=now - ago, corrected=corrected)
                if timedelta(0) < ago <= timedelta(days=28):
                    expected[device.id, product] += units + corrected

    found = velocity.velocities(call, [device.id for device in devices])

    assert found == {key: Velocity(Fraction(units, 28), "28d") for key, units in expected.items()}
