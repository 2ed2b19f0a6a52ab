"""The demo fleet: the same each time, and true to the invariants of domain.md 12.4."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import psycopg
import pytest

from chalicelib.kit.db import Connection
from tests.support.services import Databases, TestCloud
from tools import demo
from tools.demo import fleet, load

ANCHOR = datetime(2026, 3, 9, 17, tzinfo=UTC)
TYPES = {
    "Cooler": (5, 8, "refrigerated"),
    "Freezer": (5, 8, "frozen"),
    "Ambient": (5, 8, "ambient"),
    "Ambient+": (6, 9, "ambient"),
    "Stockwell Cooler": (4, 7, "refrigerated"),
    "Stockwell Ambient": (4, 7, "ambient"),
}
KNOWN = fleet.Known(
    device_types={"PicoVision": 1, "PicoVision Express": 2, "Stockwell": 3},
    cabinet_types={
        name: fleet.CabinetType(number, *rest) for number, (name, rest) in enumerate(TYPES.items(), start=1)
    },
    warehouse_id=1,
    manager_id=2,
    driver_ids=(3, 4, 5),
)


@lru_cache
def made(anchor: datetime = ANCHOR, seed: int = demo.SEED) -> dict[str, list[Any]]:
    return demo.make(KNOWN, fleet.Ids(lambda _: 2), anchor=anchor, seed=seed)


def test_the_same_anchor_and_seed_give_the_same_rows() -> None:
    again = demo.make(KNOWN, fleet.Ids(lambda _: 2), anchor=ANCHOR)

    assert again == made()


def test_another_seed_gives_other_sales() -> None:
    assert made()["sales"] != made(seed=1)["sales"]


@pytest.mark.parametrize("hour", [3, 17])
def test_nothing_happens_after_the_anchor(hour: int) -> None:
    anchor = ANCHOR.replace(hour=hour)

    tables = made(anchor)

    assert max(row.sold_at for row in tables["sales"]) <= anchor
    assert max(row.at for row in tables["inventory_movements"]) <= anchor
    assert max(row.created_at for row in tables["service_orders"]) <= anchor


def test_a_stage_that_is_not_local_is_refused() -> None:
    with pytest.raises(demo.people.NotLocal, match="this is the stage prod"):
        demo.fill({"CVD_STAGE": "prod"}, anchor=ANCHOR)
    with pytest.raises(demo.people.NotLocal, match="this is the stage dev"):
        demo.people.ensure({"CVD_STAGE": "dev"}, password=None)


class Filled:
    """A database with the demo fleet, for looking only."""

    def __init__(self, db: Connection) -> None:
        self.db = db

    def none(self, sql: str) -> None:
        assert self.db.values(sql) == []

    def count(self, table: str, condition: str = "true") -> int:
        return int(self.db.value(f"SELECT count(*) FROM {table} WHERE {condition}"))  # noqa: S608 - from this file.


@pytest.fixture(scope="module")
def environment(databases: Databases) -> Iterator[dict[str, str]]:
    """One filled database for all tests of this file; the users stand without a pool."""
    with databases.fresh() as urls:
        environment = {"CVD_STAGE": "test", **urls}
        with psycopg.connect(environment["MIGRATION_DATABASE_URL"]) as connection:
            for username, role in demo.people.USERS.items():
                values = (username, f"{username}@cvd.example", role)
                connection.execute("INSERT INTO users (username, email, role) VALUES (%s, %s, %s)", values)
        demo.fill(environment, anchor=ANCHOR)
        yield environment


@pytest.fixture
def filled(environment: dict[str, str]) -> Iterator[Filled]:
    with psycopg.connect(environment["MIGRATION_DATABASE_URL"], autocommit=True) as raw:
        yield Filled(Connection(raw))


@pytest.mark.slow
@pytest.mark.rule("BR-081", "BR-043", "BR-116", "SO-3")
def test_the_invariants_of_the_domain_hold(filled: Filled) -> None:
    filled.none(
        """
        SELECT slot.id FROM planogram_slots slot LEFT JOIN inventory_movements movement ON movement.slot_id = slot.id
         GROUP BY slot.id HAVING slot.quantity <> coalesce(sum(movement.delta), 0)
        """
    )
    filled.none("SELECT 1 FROM planogram_slots WHERE quantity NOT BETWEEN 0 AND capacity OR par_level > capacity")
    filled.none(
        """
        SELECT 1 FROM service_orders ord WHERE ord.status NOT IN ('cancelled') AND (ord.status = 'completed') <>
            NOT EXISTS (SELECT FROM service_order_cabinets stop
                         WHERE stop.service_order_id = ord.id AND stop.status NOT IN ('completed', 'skipped'))
        """
    )
    filled.none(
        """
        SELECT 1 FROM service_order_cabinets stop
          LEFT JOIN service_visits visit ON visit.order_cabinet_id = stop.id AND visit.voided_at IS NULL
         WHERE stop.status = 'completed' AND visit.units_restocked IS DISTINCT FROM
               (SELECT sum(item.quantity_filled) FROM service_visit_items item WHERE item.visit_id = visit.id)
        """
    )
    filled.none(
        """
        SELECT 1 FROM service_orders ord WHERE ord.total_units IS DISTINCT FROM
            (SELECT sum(item.quantity_needed) FROM service_order_items item
               JOIN service_order_cabinets stop ON stop.id = item.order_cabinet_id
              WHERE stop.service_order_id = ord.id)
        """
    )
    filled.none(
        """
        SELECT 1 FROM device_cabinets cabinet JOIN planograms planogram ON planogram.cabinet_id = cabinet.id
          LEFT JOIN planogram_slots slot ON slot.planogram_id = planogram.id
         GROUP BY cabinet.id HAVING count(slot.id) <> cabinet.rows * cabinet.cols
        """
    )
    filled.none(
        "SELECT 1 FROM device_cabinets GROUP BY device_id HAVING count(*) > 3 OR count(*) FILTER (WHERE is_parent) <> 1"
    )
    filled.none(
        """
        SELECT 1 FROM routes route LEFT JOIN route_driver_history history
            ON history.route_id = route.id AND history.unassigned_at IS NULL
         WHERE history.driver_id IS DISTINCT FROM route.driver_id
        """
    )


@pytest.mark.slow
def test_it_is_a_fleet_worth_looking_at(filled: Filled) -> None:
    assert filled.count("devices") == 60
    assert filled.count("sales", "source = 'demo'") == filled.count("sales") > 30_000
    assert filled.count("sales_default") == 0
    assert filled.count("planogram_slots", "product_id IS NOT NULL AND quantity = 0") > 5
    assert {"pending", "in_progress", "completed", "cancelled"} == set(
        filled.db.values("SELECT DISTINCT status FROM service_orders")
    )
    assert filled.db.value("SELECT sum(units) FROM sales_daily") == filled.db.value("SELECT sum(units) FROM sales")
    assert filled.db.value("SELECT count(DISTINCT day) FROM sales_daily") == fleet.DAYS + 1


@pytest.mark.slow
def test_a_filled_database_is_left_as_it_is(filled: Filled, environment: dict[str, str]) -> None:
    with pytest.raises(demo.AlreadyFilled, match="already holds devices"):
        demo.fill(environment, anchor=ANCHOR)

    assert filled.count("devices") == 60


@pytest.mark.slow
def test_the_next_rows_find_free_ids(filled: Filled) -> None:
    for table in load.ORDER:
        highest = filled.db.value(f"SELECT max(id) FROM {table}")  # noqa: S608 - from the loader's own list.
        assert filled.db.value("SELECT nextval(pg_get_serial_sequence(%(table)s, 'id'))", table=table) > highest
    assert isinstance(filled.db.value("INSERT INTO locations (name) VALUES ('Next') RETURNING id"), int)


def test_demo_users_keep_password_and_subject(database: dict[str, str], cloud: TestCloud, db: Connection) -> None:
    both = cloud.environment | database
    first = demo.people.ensure(both, password=None)
    before = db.values("SELECT identity_sub FROM users ORDER BY username")

    again = demo.people.ensure(both, password=first.password)

    assert again == first
    assert db.values("SELECT identity_sub FROM users ORDER BY username") == before
    assert len(before) == len(demo.people.USERS)
