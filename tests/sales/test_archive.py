"""Months of sales that are past their time leave for the archive, and come back whole."""

import gzip
import json
import tracemalloc
from datetime import UTC, date, datetime, timedelta

import psycopg
import pytest

from chalicelib.kit import job
from chalicelib.kit.errors import Refusal
from chalicelib.kit.settings import settings
from chalicelib.registry import JOBS
from chalicelib.sales import service
from chalicelib.sales.service import archive
from tests.planning.sold import sell
from tests.support import factories
from tests.support.factories import Fill
from tools.sales import __main__ as command

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
OLD = datetime(2024, 3, 20, 15, tzinfo=UTC)
"""In a month that is past its time; the sales of June 2024 are not."""

REPORTS = (
    "/api/sales/summary?start_date=2024-03-01&end_date=2024-06-30",
    "/api/sales/summary?start_date=2024-03-01&end_date=2024-06-30&group_by=device",
    "/api/sales/summary?start_date=2024-03-01&end_date=2024-06-30&group_by=product",
    "/api/sales/asset-report?start_date=2024-03-01&end_date=2024-06-30",
    "/api/sales/product-report?start_date=2024-03-01&end_date=2024-06-30",
    "/api/metrics/dashboard?start_date=2024-03-01&end_date=2024-06-30",
)


@pytest.fixture(autouse=True)
def _now(clock_at):
    clock_at(NOW)


@pytest.fixture
def cola(db):
    return factories.product(db, "Cola")


@pytest.fixture
def device(db, cola):
    made = factories.device(db, "100", cabinets=("Cooler",))
    factories.fill(db, made.cabinets[0], {"A1": Fill(cola, 9)})
    return made


def partition(db, month):
    """The month's partition, as the schedule would have made it when the month began."""
    db.execute("SELECT cvd_ensure_partitions('sales', %(month)s, 0)", month=month)


@pytest.fixture
def sold(db, device, cola):
    """Three sales of March 2024 (one corrected), one of May, one of June; 12 units, 1,800 cents."""
    for month in (date(2024, 3, 1), date(2024, 5, 1), date(2024, 6, 1)):
        partition(db, month)
    return [
        sell(db, device.id, cola, units=2, revenue_cents=300, sold_at=OLD),
        sell(db, device.id, cola, units=4, revenue_cents=600, sold_at=OLD + timedelta(days=1), corrected=-1),
        sell(db, device.id, cola, units=1, revenue_cents=150, sold_at=datetime(2024, 3, 1, 2, tzinfo=UTC)),
        sell(db, device.id, cola, units=3, revenue_cents=450, sold_at=datetime(2024, 5, 31, 23, tzinfo=UTC)),
        sell(db, device.id, cola, units=2, revenue_cents=300, sold_at=datetime(2024, 6, 1, 0, tzinfo=UTC)),
    ]


def put_away():
    return job.run(archive.SALES_ARCHIVE)


def rows(db, table, order="1, 2"):
    return db.values(f"SELECT row_to_json(one)::text FROM (SELECT * FROM {table} ORDER BY {order}) one")  # noqa: S608


def answers(person):
    return [person.get(path).json for path in REPORTS]


def stored(cloud, key):
    return cloud.place.client("s3").get_object(Bucket=settings().files_bucket, Key=key)["Body"].read()


@pytest.mark.rule("8.1", "US-110")
def test_what_is_past_its_time_leaves_and_no_report_changes(manager, db, cloud, sold):
    before = answers(manager)
    assert all(before)

    assert put_away() == {"months": {"2024-03": 3, "2024-05": 1}, "sales": 4}

    assert db.values("SELECT id FROM sales") == sold[4:]
    assert answers(manager) == before
    lines = gzip.decompress(stored(cloud, "archive/sales/2024-03/part-1.jsonl.gz")).splitlines()
    told = [json.loads(line) for line in lines]
    assert [(sale["id"], sale["units"], sale["corrected_units"]) for sale in told] == [
        (sold[2], 1, 0),
        (sold[0], 2, 0),
        (sold[1], 4, -1),
    ]
    manifest = json.loads(stored(cloud, "archive/sales/2024-03/part-1.manifest.json"))
    assert (manifest["sales"], manifest["units"], manifest["revenueCents"]) == (3, 7, 1050)
    assert db.values("SELECT encode(sha256, 'hex') FROM sales_archives ORDER BY month")[0] == manifest["sha256"]
    assert db.values("SELECT status FROM job_runs WHERE job = 'sales-archive'") == ["succeeded"]
    assert JOBS["sales-archive"] is archive.SALES_ARCHIVE


def test_a_second_run_changes_nothing(db, sold):
    put_away()
    before = rows(db, "sales_archives")

    assert put_away() == {"months": {}, "sales": 0}

    assert rows(db, "sales_archives") == before


def test_the_rollup_made_anew_keeps_what_is_archived(manager, db, sold):
    before = answers(manager)
    put_away()

    with archive.transaction() as connection:
        service.rebuild_daily(connection)

    assert answers(manager) == before


def test_how_long_sales_stay_is_a_setting_and_never_less_than_thirteen_months(admin, db, sold):
    assert admin.put("/api/system-config", json={"sales_hot_months": 12}).status == 400
    assert admin.put("/api/system-config", json={"sales_hot_months": 36}).status == 200
    assert put_away()["months"] == {}

    assert admin.put("/api/system-config", json={"sales_hot_months": 13}).status == 200
    assert list(put_away()["months"]) == ["2024-03", "2024-05", "2024-06"]


@pytest.mark.rule("8.1", "BR-104")
def test_an_archived_sale_is_not_corrected_until_its_month_is_restored(manager, db, sold):
    put_away()
    path = f"/api/sales/{sold[0]}/corrections"
    correction = {"units": 1, "cash": 1.5, "reason": "Counted twice"}

    refused = manager.post(path, json=correction)

    assert (refused.status, refused.json["code"]) == (409, "SALE_ARCHIVED")
    assert manager.post("/api/sales/999999/corrections", json=correction).status == 404
    archive.restore(date(2024, 3, 1))
    assert manager.post(path, json=correction).status == 201
    assert db.value("SELECT sum(units) FROM sales_daily") == 10


@pytest.mark.rule("8.1", "BR-105", "12.4")
def test_a_late_sale_of_an_archived_month_is_taken_and_archived_as_a_second_part(
    manager, db, cloud, device, cola, sold
):
    put_away()
    late = {"deviceId": device.id, "productId": cola, "saleUnits": 5, "saleCash": 7.5, "importKey": "late"}
    late["soldAt"] = (OLD + timedelta(hours=1)).isoformat()

    made = manager.post("/api/sales", json=late)

    assert made.status == 201
    assert db.values("SELECT tableoid::regclass::text FROM sales ORDER BY sold_at")[0] == "sales_2024_03"
    assert db.value("SELECT sum(units) FROM sales_daily") == 16
    before = answers(manager)
    assert put_away() == {"months": {"2024-03": 1}, "sales": 1}
    assert answers(manager) == before
    (line,) = gzip.decompress(stored(cloud, "archive/sales/2024-03/part-2.jsonl.gz")).splitlines()
    assert json.loads(line)["id"] == made.json["id"]
    again = manager.post("/api/sales", json=late)
    assert again.status == 409
    assert db.value("SELECT sum(units) FROM sales_daily") == 16


@pytest.mark.rule("8.1")
def test_a_month_comes_back_as_it_was_and_stays_for_a_while(db, sold, capsys, monkeypatch):
    before = rows(db, "sales")
    put_away()

    monkeypatch.setattr("sys.argv", ["sales", "restore", "--month", "2024-03"])
    assert command.main() == 0

    assert json.loads(capsys.readouterr().out) == {"month": "2024-03", "sales": 3, "units": 7, "revenue_cents": 1050}
    assert [row for row in rows(db, "sales") if '"2024-03' in row] == [row for row in before if '"2024-03' in row]
    assert put_away()["months"] == {}
    db.execute(
        "UPDATE sales_archives SET archived_at = now() - interval '40 days', restored_at = now() - interval '31 days'"
        " WHERE restored_at IS NOT NULL"
    )
    assert put_away()["months"] == {"2024-03": 3}
    assert db.values("SELECT part FROM sales_archives WHERE restored_at IS NULL ORDER BY month") == [2, 1]
    assert command.main() == 0
    assert [row for row in rows(db, "sales") if '"2024-03' in row] == [row for row in before if '"2024-03' in row]


def test_what_is_not_archived_is_not_restored(db, sold, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", ["sales", "restore", "--month", "2024-06"])

    assert command.main() == 2

    assert "No sales of this month are in the archive." in capsys.readouterr().err


def test_a_file_that_is_not_what_was_stored_restores_nothing(db, cloud, sold):
    put_away()
    cloud.place.client("s3").put_object(
        Bucket=settings().files_bucket, Key="archive/sales/2024-03/part-1.jsonl.gz", Body=b"other"
    )

    with pytest.raises(Refusal, match="not what was put there"):
        archive.restore(date(2024, 3, 1))

    assert db.values("SELECT id FROM sales") == sold[4:]
    assert db.value("SELECT count(*) FROM sales_archives WHERE restored_at IS NOT NULL") == 0


@pytest.mark.rule("8.1")
def test_the_list_and_its_file_say_from_which_day_on_all_sales_are_listed(manager, db, sold):
    path = "/api/sales?start_date=2024-05-01&end_date=2024-06-30"
    assert "x-listed-since" not in manager.get(path).headers

    put_away()

    answer = manager.get(path)
    assert (answer.headers["x-listed-since"], [sale["id"] for sale in answer.json]) == ("2024-06-01", sold[4:])
    assert manager.get(f"{path}&format=csv").headers["x-listed-since"] == "2024-06-01"
    db.execute("UPDATE company_settings SET time_zone = 'America/Detroit'")
    # The evening of 31 May in Detroit is June by UTC, its morning is archived: the first whole day is 1 June.
    assert manager.get(path).headers["x-listed-since"] == "2024-06-01"
    db.execute("UPDATE company_settings SET time_zone = 'Asia/Tokyo'")
    assert manager.get(path).headers["x-listed-since"] == "2024-06-02"


def test_what_refers_to_an_archived_sale_stays_and_what_refers_to_none_is_refused(manager, db, device, cola, sold):
    entered = {"deviceId": device.id, "productId": cola, "saleUnits": 1, "saleCash": 1.5, "importKey": "mine"}
    made = manager.post("/api/sales", json={**entered, "soldAt": OLD.isoformat()}).json["id"]
    put_away()

    assert db.value("SELECT count(*) FROM inventory_movements WHERE sale_id = %(id)s", id=made) > 0
    assert db.value("SELECT count(*) FROM sale_keys WHERE sale_id = %(id)s", id=made) == 1
    refer = """
        INSERT INTO sale_corrections (sale_id, sale_sold_at, units, revenue_cents, reason)
        VALUES (%(id)s, %(at)s, -1, 0, 'x')
        """
    assert db.execute(refer, id=made, at=OLD) == 1
    for nobody, at in ((made + 1000, OLD), (made, OLD + timedelta(days=40)), (sold[4], OLD)):
        with pytest.raises(psycopg.errors.ForeignKeyViolation) as refused:
            db.execute(refer, id=nobody, at=at)
        assert refused.value.diag.constraint_name == "sale_corrections_sale_id_fk"


def test_sales_leave_only_as_the_archive_says_and_only_when_they_are_old(db, database, sold):
    with psycopg.connect(database["DATABASE_URL"], autocommit=True) as raw:
        application = archive.Connection(raw)
        let_go = "SELECT cvd_let_go_of_sales(%(month)s, 1)"
        write = """
            INSERT INTO sales_archives (month, part, file_key, sha256, size_bytes, sales, units, revenue_cents, ids,
                                        archived_at)
            SELECT %(month)s, 1, 'x', sha256('x'), 1, count(*), sum(units), sum(revenue_cents) + %(more)s,
                   range_agg(int8range(id, id + 1)), now()
              FROM sales WHERE date_trunc('month', sold_at) = %(month)s
            """
        for statement in ("TRUNCATE sales_2024_03", "DELETE FROM sales WHERE sold_at < '2024-04-01'"):
            with pytest.raises(psycopg.Error):
                application.execute(statement)
        with pytest.raises(psycopg.errors.NoDataFound):
            application.execute(let_go, month=date(2024, 3, 1))
        application.execute(write, month=date(2024, 3, 1), more=1)
        with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState):
            application.execute(let_go, month=date(2024, 3, 1))
        young = datetime.now(UTC) - timedelta(days=380)
        sell(db, 1, 2, sold_at=young)
        application.execute(write, month=young.date().replace(day=1), more=0)
        with pytest.raises(psycopg.errors.RestrictViolation):
            application.execute(let_go, month=young.date().replace(day=1))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("UPDATE sales_archives SET sales = 1")
    assert db.value("SELECT count(*) FROM sales") == 6


def test_sales_that_no_partition_holds_leave_too(db, cloud, device, cola):
    old = sell(db, device.id, cola, sold_at=datetime(2019, 5, 2, tzinfo=UTC))
    new = sell(db, device.id, cola, sold_at=datetime(2026, 5, 2, tzinfo=UTC))

    assert put_away() == {"months": {"2019-05": 1}, "sales": 1}

    assert db.values("SELECT id FROM sales") == [new]
    archive.restore(date(2019, 5, 1))
    assert db.values("SELECT id FROM sales ORDER BY id") == [old, new]
    with pytest.raises(psycopg.errors.RestrictViolation):
        db.execute("DELETE FROM sales")


def test_a_month_that_changes_while_it_is_written_stays(db, device, cola, sold):
    """A sale comes between the writing of the file and the leaving: nothing leaves, and the next run has both."""
    with archive.transaction(read_only=True) as connection:
        held = archive.archives.held(connection, date(2024, 3, 1))
    sell(db, device.id, cola, sold_at=OLD)

    with pytest.raises(psycopg.errors.ObjectNotInPrerequisiteState), archive.transaction() as connection:
        archive.archives.take_out(connection, date(2024, 3, 1), 1, held, key="x", sha256=bytes(32), size=1)

    assert db.value("SELECT count(*) FROM sales") == 6
    assert put_away()["months"]["2024-03"] == 4


@pytest.mark.rule("US-060")
def test_the_time_zone_stays_once_sales_are_archived(admin, db, sold):
    put_away()

    refused = admin.put("/api/company-settings", json={"time_zone": "Europe/Berlin"})

    assert (refused.status, refused.json["code"]) == (409, "SALES_ARCHIVED")


def peak_of(work):
    """The most memory that our own objects took while something was done, in MiB."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.rule("8.1")
def test_a_month_of_a_hundred_thousand_sales_takes_little_memory_on_both_ways(db, device, cola):
    partition(db, date(2024, 3, 1))
    db.execute(
        """
        INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)
        SELECT %(device)s, %(product)s, 1 + number %% 3, 150 * (1 + number %% 3),
               timestamptz '2024-03-01' + number * interval '20 seconds', 'import'
          FROM generate_series(1, 100000) number
        """,
        device=device.id,
        product=cola,
    )
    before = db.raw.execute("SELECT count(*), sum(units), sum(revenue_cents) FROM sales").fetchone()

    away, back = peak_of(put_away), peak_of(lambda: archive.restore(date(2024, 3, 1)))

    assert db.raw.execute("SELECT count(*), sum(units), sum(revenue_cents) FROM sales").fetchone() == before
    assert (away < 24, back < 24) == (True, True), (away, back)
