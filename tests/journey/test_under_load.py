"""What must hold when many write at once, and when the database goes away in the middle of it."""

import itertools
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
import requests

from chalicelib.kit.db import Connection
from chalicelib.operations import migrations
from tests.journey.conftest import Browserless, Serve, enrol
from tests.support import factories
from tests.support.factories import Fill
from tests.support.people import PASSWORD, Person
from tests.support.services import TestCloud
from tools.local.postgres import APP_ROLE, MIGRATOR_ROLE, Postgres, chosen_version

AT_ONCE = 50
Enter = Callable[[str], tuple[Browserless, int]]

UNBALANCED = """
    SELECT count(*)
      FROM planogram_slots slot
      LEFT JOIN (SELECT slot_id, sum(delta) AS total FROM inventory_movements GROUP BY slot_id) ledger
        ON ledger.slot_id = slot.id
     WHERE slot.quantity <> coalesce(ledger.total, 0)
"""


def order_of_two_cabinets(db: Connection, manager: Browserless, driver_id: int) -> tuple[int, list[int], int]:
    """Make an order of two cabinets, each short of six of one product: order, order cabinets, product."""
    cola = factories.product(db, "Cola")
    route = factories.route(db, driver_id=driver_id)
    device = factories.device(db, cabinets=("Ambient", "Cooler"), route_id=route)
    for cabinet in device.cabinets:
        factories.fill(db, cabinet, {"A1": Fill(cola, quantity=5), "A2": Fill(cola, quantity=5)})
    body = {
        "routeId": route,
        "serviceDate": db.value("SELECT (now() AT TIME ZONE time_zone)::date::text FROM company_settings"),
        "cabinetSelections": [{"deviceId": device.id, "cabinetIndex": index} for index in (0, 1)],
    }
    created = manager.post("/api/service-orders", json=body)
    assert created.status_code == 201, created.text
    order_id = created.json()["orderId"]
    cabinets = db.values(
        "SELECT id FROM service_order_cabinets WHERE service_order_id = %(id)s ORDER BY id", id=order_id
    )
    return order_id, cabinets, cola


def connected(client: Browserless) -> list[Browserless]:
    """Open a connection for each of the many: the local server's queue of new ones is short."""
    others = [Browserless(client.address, client.token) for _ in range(AT_ONCE)]
    for other in others:
        other.get("/api/health")
    return others


def all_at_once(send: Callable[[int], requests.Response]) -> Counter[int]:
    barrier = threading.Barrier(AT_ONCE)

    def one(number: int) -> int:
        barrier.wait()
        return send(number).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(one, range(AT_ONCE)))


@pytest.mark.slow
@pytest.mark.rule("BR-111", "BR-117", "US-084")
def test_fifty_executions_of_one_cabinet_are_one_delivery(enter: Enter, db: Connection) -> None:
    manager, _ = enter("manager")
    driver, driver_id = enter("driver")
    _, cabinets, cola = order_of_two_cabinets(db, manager, driver_id)
    others = connected(driver)

    def send(number: int) -> requests.Response:
        # Differing amounts, so that nobody can be answered with somebody else's delivery.
        items = [{"productId": cola, "quantityFilled": 1 + number % 6}]
        return others[number].post(
            f"/api/service-orders/cabinets/{cabinets[0]}/execute",
            json={"deliveredItems": items},
            headers={"Idempotency-Key": f"one-of-fifty-{number}"},
        )

    answers = all_at_once(send)

    visits = db.value("SELECT count(*) FROM service_visits WHERE voided_at IS NULL")
    moved = db.value("SELECT sum(delta) FROM inventory_movements WHERE kind = 'restock'")
    assert visits == 1
    assert moved == db.value("SELECT units_restocked FROM service_visits WHERE voided_at IS NULL")
    assert set(answers) <= {200, 400, 409}
    assert db.value(UNBALANCED) == 0


@pytest.mark.slow
@pytest.mark.rule("SO-3", "BR-111")
def test_fifty_closings_of_the_last_two_cabinets_complete_the_order_once(enter: Enter, db: Connection) -> None:
    manager, _ = enter("manager")
    driver, driver_id = enter("driver")
    order_id, cabinets, cola = order_of_two_cabinets(db, manager, driver_id)
    others = connected(driver)

    def send(number: int) -> requests.Response:
        return others[number].post(
            f"/api/service-orders/cabinets/{cabinets[number % 2]}/execute",
            json={"deliveredItems": [{"productId": cola, "quantityFilled": 1 + number % 6}]},
        )

    answers = all_at_once(send)

    assert answers[200] >= 2
    assert db.value("SELECT status FROM service_orders WHERE id = %(id)s", id=order_id) == "completed"
    completions = db.value(
        """
        SELECT count(*)
          FROM service_order_transitions
         WHERE service_order_id = %(id)s
           AND order_cabinet_id IS NULL
           AND to_status = 'completed'
        """,
        id=order_id,
    )
    assert completions == 1
    assert db.value("SELECT count(*) FROM service_visits WHERE voided_at IS NULL") == 2
    assert db.value(UNBALANCED) == 0


@pytest.fixture
def mortal(cloud: TestCloud, tmp_path: Path) -> Iterator[Postgres]:
    """A PostgreSQL of this test's own, as safe as in production, that may be killed."""
    folder = Path(tempfile.mkdtemp(prefix="cvd-mortal-"))
    server = Postgres(folder, chosen_version())
    server.start()
    server.ensure_database("cvd")
    migrations.upgrade(server.url("cvd", user=MIGRATOR_ROLE))
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


class Writers:
    """Clients that write, each write until it is answered, and remember what was answered with success."""

    def __init__(self, client: Browserless, count: int) -> None:
        self.client, self.stop = client, threading.Event()
        self.done: list[str] = []
        self.failures: Counter[int] = Counter()
        self.threads = [threading.Thread(target=self._write, args=(number,)) for number in range(count)]

    def _write(self, number: int) -> None:
        own = Browserless(self.client.address, self.client.token)
        for step in itertools.count():
            if self.stop.is_set():
                return
            self._until_answered(own, f"Place {number} {step}")

    def _until_answered(self, own: Browserless, name: str) -> None:
        for _ in range(600):
            answer = own.post("/api/locations", json={"name": name}, headers={"Idempotency-Key": name})
            if answer.status_code == 201:
                self.done.append(name)
                return
            self.failures[answer.status_code] += 1
            time.sleep(0.05)
        raise AssertionError(f"{name} was never answered")


@pytest.mark.slow
def test_a_database_killed_under_load_loses_no_answered_write(
    mortal: Postgres, cloud: TestCloud, _people: dict[str, Person], serve: Serve
) -> None:
    environment = {
        "CVD_STAGE": "test",
        "CVD_DATABASE_CONNECTIONS": "16",
        "DATABASE_URL": mortal.url("cvd", user=APP_ROLE),
    }
    with serve({**cloud.environment, **environment}) as address:
        with psycopg.connect(mortal.url("cvd", user=MIGRATOR_ROLE), autocommit=True) as raw:
            enrol(Connection(raw), _people["manager"])
        client = Browserless(address)
        client.sign_in(_people["manager"].username, PASSWORD)
        writers = Writers(client, 8)
        for thread in writers.threads:
            thread.start()
        for _ in range(2):
            time.sleep(1.5)
            mortal.crash()
            time.sleep(0.5)
            mortal.start()
        time.sleep(1.5)
        answered_after = len(writers.done)
        writers.stop.set()
        for thread in writers.threads:
            thread.join(60)
        assert client.get("/api/health/ready").status_code == 200

    with psycopg.connect(mortal.url("cvd", user=MIGRATOR_ROLE), autocommit=True) as raw:
        rows = Connection(raw)
        present = set(rows.values("SELECT name FROM locations"))
        assert set(writers.done) <= present
        assert answered_after > 0
        assert set(writers.failures) <= {503}
        whole = """
            SELECT count(*)
              FROM locations location
             WHERE name LIKE 'Place %%'
               AND 1 <> (SELECT count(*)
                           FROM audit_events event
                          WHERE event.action = 'location.created'
                            AND event.resource_id = location.id::text)
        """
        assert rows.value(whole.replace("%%", "%")) == 0
        assert rows.value("SELECT count(*) FROM idempotency_keys WHERE response_status IS NULL") == 0
