"""Recording, listing and correcting sales."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kit import db as kit_db
from chalicelib.kit.call import Call
from chalicelib.sales import service
from chalicelib.sales.models.facts import NewSale
from tests.planning.statements import statements_of
from tests.support import factories
from tests.support.factories import Fill

NOW = datetime(2025, 8, 1, 3, 30, tzinfo=UTC)
"""Half past eleven in the evening of 31 July in Detroit."""


@pytest.fixture(autouse=True)
def _late_evening(clock_at):
    clock_at(NOW)


@pytest.fixture
def cola(db):
    return factories.product(db, "Cola", category="soda")


@pytest.fixture
def device(db, cola):
    device = factories.device(db, "100", cabinets=("Cooler",))
    factories.fill(
        db, device.cabinets[0], {"A1": Fill(cola, 2), "A2": Fill(cola, 5), "B1": Fill(factories.product(db), 4)}
    )
    return device


def stock(db, device):
    return factories.stock_of(db, device.cabinets[0])


def ledger(db):
    rows = db.raw.execute(
        """
        SELECT slot.position, movement.kind, movement.delta, movement.quantity_after, movement.sale_id
          FROM inventory_movements movement JOIN planogram_slots slot ON slot.id = movement.slot_id
         WHERE movement.kind <> 'import'
         ORDER BY movement.id
        """
    )
    return [tuple(row) for row in rows]


def rollup(db):
    rows = db.raw.execute(
        "SELECT product_id, day::text, units, revenue_cents, transactions FROM sales_daily ORDER BY product_id, day"
    )
    return [tuple(row) for row in rows]


def body(device, product, units=1, cash=1.5, **more):
    return {"deviceId": device.id, "productId": product, "saleUnits": units, "saleCash": cash, **more}


@pytest.mark.rule("BR-101", "BR-103", "C-36", "12.4")
def test_a_sale_is_recorded_taken_from_the_fullest_slots_and_rolled_up(manager, db, device, cola):
    answer = manager.post("/api/sales", json=body(device, cola, units=6, cash=9.05))

    assert answer.status == 201
    sale_id = answer.json["id"]
    assert answer.json == {
        "id": sale_id,
        "deviceId": device.id,
        "deviceAsset": "100",
        "deviceCooler": "Near the gate",
        "productId": cola,
        "productName": "Cola",
        "productCategory": "soda",
        "saleUnits": 6,
        "saleCash": 9.05,
        "slotId": None,
        "source": "manual",
        "correctedUnits": 0,
        "correctedCash": 0.0,
        "createdAt": "2025-08-01T03:30:00.000Z",
        "updatedAt": "2025-08-01T03:30:00.000Z",
        "duplicate": False,
        "warnings": [],
    }
    assert stock(db, device) == {"A1": 1, "A2": 0, "B1": 4}
    assert ledger(db) == [("A2", "sale", -5, 0, sale_id), ("A1", "sale", -1, 1, sale_id)]
    assert rollup(db) == [(cola, "2025-07-31", 6, 905, 1)]
    assert db.value("SELECT details FROM audit_events WHERE action = 'sale.created'")["units"] == 6
    assert db.values("SELECT topic FROM outbox ORDER BY id") == ["stock.low", "stock.sold_out", "sale.recorded"]


@pytest.mark.rule("BR-102")
def test_a_sale_from_a_known_slot_empties_it_and_adjusts_what_was_not_on_record(manager, db, device, cola):
    slot_id = device.cabinets[0].slots["A1"]

    answer = manager.post("/api/sales", json=body(device, cola, units=3, slotId=slot_id))

    assert (answer.status, answer.json["slotId"], len(answer.json["warnings"])) == (201, slot_id, 1)
    assert stock(db, device) == {"A1": 0, "A2": 5, "B1": 4}
    sale_id = answer.json["id"]
    assert ledger(db) == [("A1", "count_adjustment", 1, 3, sale_id), ("A1", "sale", -3, 0, sale_id)]
    assert db.value("SELECT details->>'missing_units' FROM audit_events") == "1"


@pytest.mark.rule("BR-103")
def test_a_product_that_is_in_no_slot_is_sold_without_a_movement(manager, db, device):
    elsewhere = factories.product(db)

    answer = manager.post("/api/sales", json=body(device, elsewhere))

    assert answer.status == 201
    assert answer.json["warnings"] == ["The product is in no slot of the device: the sale is kept, no stock was moved."]
    assert ledger(db) == []


@pytest.mark.rule("BR-152")
def test_the_devices_metrics_follow_a_sale(manager, db, device, cola):
    manager.post("/api/sales", json=body(device, cola, units=7))

    assert db.value("SELECT sold_out_count FROM device_metrics WHERE device_id = %(id)s", id=device.id) == 2


@pytest.mark.rule("BR-105")
def test_the_same_import_key_is_a_duplicate(manager, db, device, cola):
    first = manager.post("/api/sales", json=body(device, cola, importKey="till-1"))
    again = manager.post("/api/sales", json=body(device, cola, units=9, importKey="till-1"))

    assert (first.status, again.status) == (201, 200)
    assert again.json["id"] == first.json["id"]
    assert (again.json["duplicate"], again.json["saleUnits"]) == (True, 1)
    assert (stock(db, device)["A2"], len(rollup(db))) == (4, 1)
    assert db.value("SELECT count(*) FROM audit_events") == 1


@pytest.mark.rule("BR-105")
def test_the_same_key_many_times_at_once_is_one_sale(manager, db, device, cola):
    assert manager.session_id
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda _: manager.post("/api/sales", json=body(device, cola, importKey="till-2")), range(4))
        )

    assert sorted(answer.status for answer in answers) == [200, 200, 200, 201]
    assert rollup(db) == [(cola, "2025-07-31", 1, 150, 1)]
    assert stock(db, device)["A2"] == 4


@pytest.mark.rule("12.3", "12.4")
def test_sales_at_once_lose_no_unit(manager, db, device, cola):
    assert manager.session_id
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: manager.post("/api/sales", json=body(device, cola)), range(6)))

    assert [answer.status for answer in answers] == [201] * 6
    assert rollup(db) == [(cola, "2025-07-31", 6, 900, 6)]
    assert sum(stock(db, device).values()) == 11 - 6


@pytest.mark.rule("12.3")
def test_sales_with_and_without_a_slot_at_once_do_not_stand_in_each_others_way(manager, db, device, cola):
    assert manager.session_id
    slot = {"slotId": device.cabinets[0].slots["A2"]}
    with ThreadPoolExecutor(4) as pool:
        sales = [body(device, cola, **(slot if number % 2 else {})) for number in range(8)]
        answers = list(pool.map(lambda sale: manager.post("/api/sales", json=sale), sales))

    assert [answer.status for answer in answers] == [201] * 8
    assert rollup(db) == [(cola, "2025-07-31", 8, 1200, 8)]
    assert sum(entry[2] for entry in ledger(db)) == sum(stock(db, device).values()) - 11


@pytest.mark.rule("BR-101")
@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"deviceId": None}, 400, "Missing required field: deviceId"),
        ({"saleCash": None}, 400, "Missing required field: saleCash"),
        ({"saleUnits": 0}, 400, "saleUnits: Input should be greater than or equal to 1"),
        ({"saleUnits": 101}, 400, "saleUnits: Input should be less than or equal to 100"),
        ({"saleCash": -1}, 400, "saleCash: Input should be greater than or equal to 0"),
        ({"saleCash": 1.005}, 400, "saleCash: Give an amount of money with at most two decimals."),
        ({"deviceId": 99}, 404, "Device not found"),
        ({"productId": 99}, 404, "Product not found"),
        ({"productId": 1}, 404, "Product not found"),
        ({"slotId": 1}, 400, "This slot is not in the device, or does not hold the product."),
        ({"soldAt": "2025-08-01T03:35:00.001Z"}, 400, "A sale cannot be more than five minutes in the future."),
        ({"soldAt": "2025-08-01T03:30:00"}, 400, "soldAt: Input should have timezone info"),
    ],
)
def test_bad_sales_are_refused_and_leave_nothing(manager, db, device, cola, change, status, sentence):
    if "slotId" in change:
        change = {"slotId": device.cabinets[0].slots["B1"]}

    answer = manager.post("/api/sales", json={**body(device, cola), **change})

    assert (answer.status, answer.json["error"]) == (status, sentence)
    assert (ledger(db), rollup(db), db.value("SELECT count(*) FROM sales")) == ([], [], 0)


@pytest.mark.rule("BR-101")
def test_nothing_is_sold_by_what_is_deleted(manager, db, device, cola):
    gone = factories.product(db, deleted_at=NOW)

    assert manager.post("/api/sales", json=body(device, gone)).status == 404
    factories.delete_device(db, device.id)
    assert manager.post("/api/sales", json=body(device, cola)).status == 404


@pytest.mark.rule("BR-101")
def test_clocks_may_differ_by_five_minutes(manager, device, cola):
    assert manager.post("/api/sales", json=body(device, cola, soldAt="2025-08-01T03:35:00Z")).status == 201


@pytest.mark.rule("US-101")
def test_viewers_read_sales_and_drivers_do_not(viewer, driver, client, device, cola):
    assert viewer.get("/api/sales").status == 200
    assert driver.get("/api/sales").status == 403
    assert client.get("/api/sales").status == 401
    for person in (viewer, driver):
        assert person.post("/api/sales", json=body(device, cola)).status == 403
        assert person.post("/api/sales/1/corrections", json={"units": 1, "reason": "x"}).status == 403


def record_many(database, sales):
    """Record through the service, as the telemetry does."""
    with kit_db.transaction() as connection:
        call = Call(request_id="1", method="POST", path="/", now=NOW, ip="", headers={}, connection=connection)
        before = connection.statements
        return service.record(call, sales), connection.statements - before


@pytest.mark.rule("BR-103", "BR-105", "US-112")
def test_many_sales_cost_as_many_statements_as_one(database, db, device, cola):
    def sales(count, key):
        return [
            NewSale(
                device_id=device.id,
                product_id=cola,
                units=1,
                revenue_cents=100,
                sold_at=NOW - timedelta(hours=number),
                source="dex",
                import_key=f"{key}-{number}",
            )
            for number in range(count)
        ]

    _, one = record_many(database, sales(1, "a"))
    recorded, many = record_many(database, [*sales(3, "b"), sales(1, "b")[0]])

    assert many == one + 1, "one more asks whose the duplicate's key is"
    assert [sale.is_duplicate for sale in recorded] == [False, False, False, True]
    assert recorded[3].sale_id == recorded[0].sale_id
    assert rollup(db) == [(cola, "2025-07-31", 4, 400, 4)]
    assert [entry[:4] for entry in ledger(db)] == [
        ("A2", "sale", -1, 4),
        ("A2", "sale", -1, 3),
        ("A2", "sale", -1, 2),
        ("A1", "sale", -1, 1),
    ]


def test_recording_nothing_asks_nothing(database):
    assert record_many(database, []) == ([], 0)


@pytest.mark.rule("BR-150")
def test_sales_are_listed_newest_first_by_days_of_the_company(viewer, manager, db, device, cola):
    other = factories.device(db, "200", cabinets=("Cooler",))
    for sold_at, where in (
        ("2025-07-30T03:59:59Z", device),
        ("2025-07-30T04:00:00Z", device),
        ("2025-07-31T03:59:59Z", other),
        ("2025-07-31T04:00:00Z", device),
    ):
        assert manager.post("/api/sales", json=body(where, cola, soldAt=sold_at)).status == 201

    def listed(**params):
        answer = viewer.get("/api/sales", params=params)
        assert answer.status == 200
        return [sale["createdAt"][8:19] for sale in answer.json]

    newest_first = ["31T04:00:00", "31T03:59:59", "30T04:00:00", "30T03:59:59"]
    assert listed() == newest_first
    assert listed(start_date="2025-07-30", end_date="2025-07-30") == newest_first[1:3]
    assert listed(device_id=other.id) == newest_first[1:2]
    assert listed(product_id=cola, per_page=2, page=2) == newest_first[2:]
    assert listed(product_id=99) == []
    factories.delete_device(db, other.id)
    assert len(listed()) == 3


@pytest.mark.rule("BR-150")
@pytest.mark.parametrize(
    ("params", "sentence"),
    [
        ({"start_date": "31.7.2025"}, "Invalid date format. Use YYYY-MM-DD"),
        ({"end_date": "2025-02-30"}, "Invalid date format. Use YYYY-MM-DD"),
        ({"start_date": "2025-08-02", "end_date": "2025-08-01"}, "Start date must be before or equal to end date"),
        ({"start_date": "2024-01-01", "end_date": "2025-02-04"}, "A report covers at most 400 days."),
        ({"per_page": 5001}, "per_page: Input should be less than or equal to 5000"),
    ],
)
def test_bad_questions_are_refused(viewer, params, sentence):
    answer = viewer.get("/api/sales", params=params)

    assert (answer.status, answer.json["error"]) == (400, sentence)


@pytest.mark.rule("BR-104")
def test_a_correction_is_a_reversing_row_and_the_sale_stays(manager, db, device, cola, advance):
    sale = manager.post("/api/sales", json=body(device, cola, units=3, cash=4.5)).json
    advance(minutes=1)

    part = manager.post(f"/api/sales/{sale['id']}/corrections", json={"units": 1, "cash": 1.5, "reason": "returned"})

    assert part.status == 201
    assert (part.json["saleUnits"], part.json["correctedUnits"], part.json["correctedCash"]) == (3, -1, -1.5)
    assert rollup(db) == [(cola, "2025-07-31", 2, 300, 1)]
    assert stock(db, device)["A2"] == 2
    assert db.value("SELECT details FROM audit_events WHERE action = 'sale.corrected'")["reason"] == "returned"

    path = f"/api/sales/{sale['id']}/corrections"
    too_much = manager.post(path, json={"units": 3, "reason": "all"})
    assert (too_much.status, too_much.json["details"]) == (400, {"units_left": 2, "cents_left": 300})
    assert manager.post(path, json={"units": 2, "cash": 3, "reason": "all"}).status == 201
    assert rollup(db) == [(cola, "2025-07-31", 0, 0, 0)]


@pytest.mark.rule("BR-104")
def test_corrections_need_an_amount_a_reason_and_a_sale(manager, device, cola):
    sale = manager.post("/api/sales", json=body(device, cola)).json["id"]

    for asked in ({"reason": "x"}, {"units": 1}, {"units": 1, "reason": " "}, {"units": -1, "reason": "x"}):
        assert manager.post(f"/api/sales/{sale}/corrections", json=asked).status == 400
    assert manager.post("/api/sales/999/corrections", json={"units": 1, "reason": "x"}).status == 404


@pytest.mark.rule("BR-104")
def test_no_sale_can_be_changed_in_the_database(manager, db, device, cola):
    manager.post("/api/sales", json=body(device, cola))

    for statement in ("UPDATE sales SET units = 2", "DELETE FROM sales"):
        with pytest.raises(Exception, match="never changed or removed"):
            db.execute(statement)


@pytest.mark.rule("12.4", "US-110")
def test_the_rollup_made_anew_is_the_one_that_was_kept(manager, db, device, cola):
    for hours, units in ((0, 2), (1, 1), (30, 3), (60, 4)):
        sold_at = (NOW - timedelta(hours=hours)).isoformat()
        sale = manager.post("/api/sales", json=body(device, cola, units=units, soldAt=sold_at)).json
    manager.post(f"/api/sales/{sale['id']}/corrections", json={"units": 4, "cash": 1.5, "reason": "test"})
    kept = rollup(db)
    assert kept == [
        (cola, "2025-07-29", 0, 0, 0),
        (cola, "2025-07-30", 3, 150, 1),
        (cola, "2025-07-31", 3, 300, 2),
    ]

    db.execute("UPDATE sales_daily SET units = 77, transactions = 9")
    with kit_db.transaction() as connection:
        assert service.rebuild_daily(connection) == 3
    assert rollup(db) == kept

    db.execute("UPDATE sales_daily SET units = 77")
    with kit_db.transaction() as connection:
        service.rebuild_daily(connection, since=NOW.date() - timedelta(days=1))
    assert [row[2] for row in rollup(db)] == [77, 77, 3]


@pytest.mark.rule("US-060")
def test_the_rollup_follows_the_companys_time_zone_when_made_anew(manager, db, device, cola):
    manager.post("/api/sales", json=body(device, cola))
    db.execute("UPDATE company_settings SET time_zone = 'UTC'")

    with kit_db.transaction() as connection:
        service.rebuild_daily(connection)

    assert rollup(db) == [(cola, "2025-08-01", 1, 150, 1)]


def test_the_rollup_of_no_sales_is_empty(database):
    with kit_db.transaction() as connection:
        assert service.rebuild_daily(connection) == 0


def test_listing_costs_the_same_for_many(viewer, manager, device, cola, caplog):
    manager.post("/api/sales", json=body(device, cola))
    viewer.get("/api/sales")
    few = statements_of(caplog, lambda: viewer.get("/api/sales"))
    for _ in range(3):
        manager.post("/api/sales", json=body(device, cola))

    assert statements_of(caplog, lambda: viewer.get("/api/sales")) == few
