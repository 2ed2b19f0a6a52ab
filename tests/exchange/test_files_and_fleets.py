"""Large files go straight to the storage; a whole fleet goes out and comes in again as it was."""

import io
import json
import zipfile
from typing import Any

import psycopg
import pytest
import requests

from chalicelib.exchange.queries import jobs
from chalicelib.exchange.rules import sha256
from chalicelib.exchange.service import leaving, running, working
from chalicelib.kit import db as kit_db
from chalicelib.kit import files
from chalicelib.kit import job as job_runner
from chalicelib.kit.db import Connection
from chalicelib.kit.settings import settings
from chalicelib.stock.service import check_ledger
from tests.exchange.conftest import BringIn, Work, rows, shown
from tests.support.factories import Fill, device, fill, location, product, route, user
from tests.support.people import SignedIn
from tests.support.services import Databases

PRODUCTS = "name,category,price\n" + "".join(f"Product {number},Snacks,1.5\n" for number in range(2500))


def _announced(manager: SignedIn, content: bytes, **wish: Any) -> Any:
    asked = {"entity": "products", "size": len(content), "sha256": sha256(content), **wish}
    return manager.post("/api/exchange/imports", json=asked).json


def test_a_large_file_goes_to_the_storage_and_is_started_once_it_is_there(
    manager: SignedIn, work: Work, db: Connection
) -> None:
    content = PRODUCTS.encode()
    job = _announced(manager, content)
    too_early = manager.post(f"/api/exchange/imports/{job['id']}/start", json={})
    sent = requests.put(job["upload"]["url"], data=content, headers=job["upload"]["headers"], timeout=30)
    started = manager.post(f"/api/exchange/imports/{job['id']}/start", json={})
    work()
    again = manager.post(f"/api/exchange/imports/{job['id']}/start", json={})

    assert (job["status"], too_early.status, too_early.json["code"]) == ("waiting", 409, "FILE_MISSING")
    assert (sent.status_code, started.status, again.status) == (200, 202, 409)
    assert shown(manager, job["id"])["rows"] == rows(created=2500)
    assert db.value("SELECT count(*) FROM products") == 2500


def test_another_file_than_the_announced_one_is_not_brought_in(manager: SignedIn, work: Work, db: Connection) -> None:
    job = _announced(manager, PRODUCTS.encode())
    key = db.value("SELECT file_key FROM exchange_jobs")
    files.put(key, b"name,category,price\nOther,Snacks,1\n")
    manager.post(f"/api/exchange/imports/{job['id']}/start", json={})
    work()

    told = shown(manager, job["id"])
    assert (told["status"], told["error"]) == ("failed", "The stored file is not the one that was sent.")
    assert db.value("SELECT count(*) FROM products") == 0


def test_an_import_that_was_cut_off_goes_on_where_it_was_and_ends_the_same(
    manager: SignedIn, work: Work, db: Connection
) -> None:
    job_id = _announced(manager, PRODUCTS.encode())["id"]
    files.put(db.value("SELECT file_key FROM exchange_jobs"), PRODUCTS.encode())
    db.execute("UPDATE exchange_jobs SET status = 'running'")
    once = iter([True])
    job = jobs.any_one(db, job_id)
    assert job is not None
    assert running.run(job, lambda: next(once, False)) is False
    assert db.value("SELECT count(*) FROM products") == running.CHUNK
    db.execute("ALTER TABLE exchange_jobs DISABLE TRIGGER exchange_jobs_touch")
    db.execute("UPDATE exchange_jobs SET updated_at = now() - interval '1 hour'")

    assert job_runner.run(working.SWEEP_JOB) == {"overdue": 1, "queued": 1}
    work()

    assert shown(manager, job_id)["rows"] == rows(created=2500)
    assert shown(manager, job_id)["status"] == "done"


def test_two_workers_on_one_job_do_each_chunk_once(manager: SignedIn, db: Connection) -> None:
    job_id = _announced(manager, PRODUCTS.encode())["id"]
    files.put(db.value("SELECT file_key FROM exchange_jobs"), PRODUCTS.encode())
    db.execute("UPDATE exchange_jobs SET status = 'running'")
    job = jobs.any_one(db, job_id)
    assert job is not None

    working.work_on(job_id)
    running.run(job)  # It still believes that nothing has been done.

    assert shown(manager, job_id)["rows"] == rows(created=2500)


def test_the_cost_of_a_chunk_does_not_depend_on_its_rows(bring_in: BringIn, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    plain = Connection._run

    def count(self: Connection, cursor: Any, sql: str, params: Any) -> Any:
        counted[-1] += 1
        return plain(self, cursor, sql, params)

    monkeypatch.setattr(Connection, "_run", count)
    for many in (1, 2, 200):
        counted.append(0)
        bring_in("products", "name,category,price\n" + "".join(f"P{many}-{one},S,1\n" for one in range(many)))

    assert counted[1] == counted[2]  # The first one also notes that its caller is active.


def test_who_may_no_longer_brings_nothing_in(manager: SignedIn, work: Work, db: Connection) -> None:
    asked = manager.post("/api/exchange/imports", json={"entity": "products", "content": PRODUCTS[:200]}).json
    db.execute("UPDATE users SET role = 'viewer' WHERE role = 'manager'")
    work()

    assert db.value("SELECT status FROM exchange_jobs WHERE id = %(id)s", id=asked["id"]) == "failed"
    assert db.value("SELECT count(*) FROM products") == 0


def _fleet(db: Connection) -> None:
    location(db, "Gate B5", address="1 Airport Road")
    north = route(db, "North", number=7)
    cola, gum = product(db, "Cola, cold", price_cents=205), product(db, "=Gum", price_cents=99)
    for number in range(3):
        machine = device(db, f"M-{number}", route_id=north)
        fill(
            db,
            machine.cabinets[0],
            {"A1": Fill(cola, quantity=3), "B2": Fill(gum, quantity=4, capacity=6, par_level=5, price_cents=125)},
        )
        db.execute(
            """
            INSERT INTO sales (device_id, product_id, slot_id, units, revenue_cents, sold_at, source, payment_kind)
            SELECT %(device)s, %(product)s, %(slot)s, 2, 410,
                   timestamptz '2026-01-05 10:00+00' + day * interval '1 day', 'manual', 'cash'
              FROM generate_series(1, 5) AS day
            """,
            device=machine.id,
            product=cola,
            slot=machine.cabinets[0].slots["A1"],
        )
    db.execute(
        """
        INSERT INTO sale_corrections (sale_id, sale_sold_at, units, revenue_cents, reason)
        SELECT id, sold_at, -1, -205, 'Counted twice' FROM sales ORDER BY id LIMIT 1
        """
    )


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_fleet_that_goes_out_comes_into_an_empty_database_as_it_was(
    admin: SignedIn, work: Work, db: Connection, databases: Databases, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    _fleet(db)
    asked = admin.post("/api/exchange/exports", json={"format": form})
    work()
    told = admin.get(f"/api/exchange/exports/{asked.json['id']}").json
    content = requests.get(told["url"], timeout=30).content

    with databases.fresh() as environment:
        _turn_to(environment, monkeypatch)
        with psycopg.connect(environment["MIGRATION_DATABASE_URL"], autocommit=True) as raw:
            other = Connection(raw)
            came = _bring_fleet_in(other, content)
            manifest = leaving.write(form, io.BytesIO())
            assert came.status == "done", came.error
            assert came.rows_refused == 0
            assert manifest["files"] == told["files"]
            assert check_ledger(other) == []
            again = _bring_fleet_in(other, content)
            assert (again.rows_created, again.rows_updated, again.rows_refused) == (0, 0, 0)
    assert told["files"]["sales"]["rows"] == 15
    assert told["salesLeftBehind"] == 0
    kit_db.close_all()


def _turn_to(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    kit_db.close_all()
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()


def _bring_fleet_in(db: Connection, content: bytes) -> jobs.Job:
    found = db.value("SELECT id FROM users WHERE username = 'mover'")
    by = found or user(db, "mover", role="admin")
    files.put("exchange/in/fleet", content)
    job = jobs.insert(
        db,
        direction="import",
        entity="fleet",
        form="zip",
        is_dry_run=False,
        status="queued",
        by=by,
        file=("exchange/in/fleet", len(content), sha256(content)),
    )
    working.work_on(job.id)
    done = jobs.any_one(db, job.id)
    assert done is not None
    return done


def test_an_export_says_what_is_in_it_and_no_cell_calculates(admin: SignedIn, work: Work, db: Connection) -> None:
    _fleet(db)
    asked = admin.post("/api/exchange/exports", json={"format": "csv"})
    work()
    told = admin.get(f"/api/exchange/exports/{asked.json['id']}").json

    archive = zipfile.ZipFile(io.BytesIO(requests.get(told["url"], timeout=30).content))
    assert json.loads(archive.read("manifest.json"))["files"] == told["files"]
    assert {name: sha256(archive.read(f"{name}.csv")) for name in told["files"]} == {
        name: one["sha256"] for name, one in told["files"].items()
    }
    assert "'=Gum," in archive.read("products.csv").decode()
    listed = admin.get("/api/exchange/exports").json
    assert [one["id"] for one in listed["exports"]] == [told["id"]]
    assert listed["exports"][0]["url"] is None


def test_only_admins_take_the_fleet_out(manager: SignedIn, driver: SignedIn) -> None:
    asked = [person.post("/api/exchange/exports", json={}).status for person in (manager, driver)]

    assert asked == [403, 403]


def test_a_zip_with_a_strange_file_in_it_is_refused_whole(db: Connection, database: dict[str, str]) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("products.csv", "name,category,price\nCola,Drinks,2\n")
        archive.writestr("../people.csv", "name\nEve\n")

    done = _bring_fleet_in(db, target.getvalue())

    assert (done.status, done.error) == ("failed", "The zip holds a file that is not known: ../people.csv.")
    assert db.value("SELECT count(*) FROM products") == 0


def test_imports_are_listed_page_by_page(manager: SignedIn, bring_in: BringIn) -> None:
    made = [bring_in("products", "name,category,price\nCola,Drinks,2\n")["id"] for _ in range(3)]

    first = manager.get("/api/exchange/imports?limit=2").json
    second = manager.get(f"/api/exchange/imports?limit=2&before={first['next']}").json

    assert [one["id"] for one in first["imports"] + second["imports"]] == made[::-1]
    assert second["next"] is None
