"""The sums that the database keeps of the daily rollup are what adding everything up gives, whatever was done to it."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from chalicelib.kit.db import Connection, transaction
from chalicelib.sales import service
from tests.planning.sold import sell
from tests.support import factories

NOW = datetime(2025, 8, 6, 16, tzinfo=UTC)
FIRST_DAY = date(2025, 7, 20)

KEPT_AND_ADDED_UP = {
    "sales_of_devices": (
        """
        SELECT device_id, span, starts_on::text, units, revenue_cents, transactions, products
          FROM sales_of_devices
         WHERE products > 0
        """,
        """
        SELECT device_id, span, starts_on::text, sum(units), sum(revenue_cents), sum(transactions), count(*)
          FROM (SELECT daily.*, span,
                       CASE span WHEN 'day' THEN day
                                 WHEN 'week' THEN (SELECT max(first) FROM generate_series(day - 6, day, '1 day') first
                                                    WHERE extract(dow FROM first) = week_start)::date
                                 ELSE '-infinity' END AS starts_on
                  FROM sales_daily daily, company_settings, (VALUES ('day'), ('week'), ('ever')) spans (span)) part
         GROUP BY 1, 2, 3
        """,
    ),
    "sales_of_products": (
        """
        SELECT product_id, day, units, revenue_cents, live_units, live_revenue_cents, live_transactions, live_devices
          FROM sales_of_products
         WHERE (units, revenue_cents, live_units, live_revenue_cents, live_transactions, live_devices)
               <> (0, 0, 0, 0, 0, 0)
        """,
        """
        SELECT *
          FROM (SELECT product_id, day, sum(units), sum(revenue_cents),
                       coalesce(sum(units) FILTER (WHERE deleted_at IS NULL), 0),
                       coalesce(sum(revenue_cents) FILTER (WHERE deleted_at IS NULL), 0),
                       coalesce(sum(transactions) FILTER (WHERE deleted_at IS NULL), 0),
                       count(*) FILTER (WHERE deleted_at IS NULL) AS devices
                  FROM sales_daily
                  JOIN devices ON devices.id = device_id
                 GROUP BY product_id, day) added (product_id, day, units, revenue, live, live_revenue, sales, devices)
         WHERE (units, revenue, live, live_revenue, sales, devices) <> (0, 0, 0, 0, 0, 0)
        """,
    ),
    "sales_of_days": (
        """
        SELECT day, units, revenue_cents, transactions, devices, products
          FROM sales_of_days
         WHERE devices > 0 OR products > 0 OR units <> 0 OR revenue_cents <> 0 OR transactions <> 0
        """,
        """
        SELECT day, sum(units), sum(revenue_cents), sum(transactions), count(DISTINCT device_id),
               count(DISTINCT product_id)
          FROM sales_daily
          JOIN devices ON devices.id = device_id AND deleted_at IS NULL
         GROUP BY day
        """,
    ),
}


def assert_right(db: Connection, after: str = "") -> None:
    for table, (kept, added_up) in KEPT_AND_ADDED_UP.items():
        found, right = set(db.raw.execute(kept).fetchall()), set(db.raw.execute(added_up).fetchall())
        assert found == right, (table, after)


class Chance:
    """Does things to the daily rollup and the fleet at random, each in one statement."""

    def __init__(self, db: Connection, seed: int, devices: list[int], products: list[int]) -> None:
        self.db, self.rng, self.devices, self.products = db, random.Random(seed), devices, products

    def act(self) -> str:
        act = self.rng.choice(
            [self.sell, self.sell, self.take_off, self.forget, self.bury, self.begin_weeks, self.redo]
        )
        act()
        return act.__name__

    def sell(self) -> None:
        rows = {
            (self.rng.choice(self.devices), self.rng.choice(self.products), self.rng.randrange(16)): (
                self.rng.randrange(1, 5),
                self.rng.randrange(0, 900),
            )
            for _ in range(self.rng.randrange(1, 12))
        }
        self.db.execute(
            """
            INSERT INTO sales_daily AS daily (device_id, product_id, day, units, revenue_cents, transactions)
            SELECT device_id, product_id, %(first)s::date + place, units, cents, 1
              FROM unnest(%(devices)s::bigint[], %(products)s::bigint[], %(places)s::integer[], %(units)s::integer[],
                          %(cents)s::integer[]) AS sold (device_id, product_id, place, units, cents)
                ON CONFLICT (device_id, product_id, day) DO UPDATE
               SET units = daily.units + excluded.units, revenue_cents = daily.revenue_cents + excluded.revenue_cents,
                   transactions = daily.transactions + 1
            """,
            first=FIRST_DAY,
            devices=[key[0] for key in rows],
            products=[key[1] for key in rows],
            places=[key[2] for key in rows],
            units=[value[0] for value in rows.values()],
            cents=[value[1] for value in rows.values()],
        )

    def take_off(self) -> None:
        self.db.execute(
            "UPDATE sales_daily SET units = 0, revenue_cents = 0, transactions = 0 WHERE device_id = %(id)s",
            id=self.rng.choice(self.devices),
        )

    def forget(self) -> None:
        day = FIRST_DAY + timedelta(days=self.rng.randrange(16))
        self.db.execute("DELETE FROM sales_daily WHERE day = %(day)s", day=day)

    def bury(self) -> None:
        self.db.execute(
            "UPDATE devices SET deleted_at = CASE WHEN deleted_at IS NULL THEN now() END WHERE id = ANY(%(ids)s)",
            ids=self.rng.sample(self.devices, 2),
        )

    def begin_weeks(self) -> None:
        self.db.execute("UPDATE company_settings SET week_start = %(day)s", day=self.rng.randrange(7))

    def redo(self) -> None:
        self.db.execute("SELECT cvd_roll_up_everything()")


@pytest.mark.rule("BR-101", "BR-150", "BR-151")
@pytest.mark.parametrize("seed", range(5))
def test_they_are_right_after_anything(db, seed):
    devices = [factories.device(db, str(number), cabinets=("Cooler",)).id for number in range(4)]
    chance = Chance(db, seed, devices, [factories.product(db) for _ in range(3)])

    for number in range(40):
        assert_right(db, f"{number}: {chance.act()}")

    assert db.value("SELECT count(*) FROM sales_daily") > 0


@pytest.mark.rule("BR-104", "BR-151", "US-110")
def test_they_are_right_for_late_and_corrected_sales_and_devices_deleted_and_recovered(db, manager, admin, clock_at):
    clock_at(NOW)
    one, other = (factories.device(db, asset, cabinets=("Cooler",)) for asset in ("1", "2"))
    cola = factories.product(db, "Cola")
    body = {"deviceId": one.id, "productId": cola, "saleUnits": 3, "saleCash": 6.0}
    late = {**body, "soldAt": (NOW - timedelta(days=90)).isoformat()}
    sales = [manager.post("/api/sales", json=given) for given in (body, late, {**body, "deviceId": other.id})]
    assert [answer.status for answer in sales] == [201, 201, 201], sales[0].text
    assert_right(db)

    path = f"/api/sales/{sales[1].json['id']}/corrections"
    assert manager.post(path, json={"units": 1, "cash": 2.0, "reason": "Miscounted"}).status == 201
    assert_right(db)

    assert admin.delete(f"/api/devices/{one.id}").status == 200
    assert_right(db)
    assert [row["totalCash"] for row in manager.get("/api/sales/summary?groupBy=date").json] == [6.0]

    assert admin.post(f"/api/admin/devices/{one.id}/recover").status == 200
    assert_right(db)
    assert [row["totalCash"] for row in manager.get("/api/sales/summary?groupBy=date").json] == [12.0, 4.0]


@pytest.mark.rule("US-110", "12.4")
def test_they_are_right_after_the_rollup_was_made_anew(db, clock_at):
    clock_at(NOW)
    device, cola = factories.device(db), factories.product(db)
    for days in range(12):
        sell(db, device.id, cola, units=2, sold_at=NOW - timedelta(days=days))
    with transaction() as connection:
        service.rebuild_daily(connection)
    assert_right(db)
    with transaction() as connection:
        service.rebuild_daily(connection, (NOW - timedelta(days=5)).date())

    assert_right(db)


@pytest.mark.slow
def test_they_are_right_when_sales_meet_deletions(db, database):
    devices = [factories.device(db, str(number), cabinets=("Cooler",)).id for number in range(4)]
    products = [factories.product(db) for _ in range(3)]

    def worker(seed):
        done = 0
        with psycopg.connect(database["MIGRATION_DATABASE_URL"], autocommit=True) as raw:
            chance = Chance(Connection(raw), seed, devices, products)
            for _ in range(25):
                try:
                    chance.rng.choice([chance.sell, chance.sell, chance.bury, chance.take_off])()
                    done += 1
                except psycopg.errors.DeadlockDetected:
                    continue  # The kit begins such a transaction anew.
        return done

    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(worker, range(4)))

    assert sum(done) > 40
    assert_right(db)
