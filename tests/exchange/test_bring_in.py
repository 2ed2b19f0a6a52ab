"""Bringing rows in, from CSV and JSON lines: what fits is written, what does not is listed, twice is once."""

from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.exchange.conftest import BringIn, lines, rows
from tests.support.client import Client
from tests.support.factories import Fill, device, fill, product
from tests.support.people import SignedIn


def test_products_come_in_once_and_change_where_they_differ(bring_in: BringIn, manager: SignedIn) -> None:
    text = "name,sku,category,price\nCola,C-1,Drinks,2.00\nGum,,Candy,1.25\n"

    assert bring_in("products", text)["rows"] == rows(created=2)
    assert bring_in("products", text)["rows"] == rows(unchanged=2)
    again = bring_in("products", "name,sku,category,price\nCola Zero,c-1,Drinks,2.10\nGum,,Candy,1.25\n")
    assert again["rows"] == rows(updated=1, unchanged=1)
    found = {one["name"]: (one["sku"], one["price"]) for one in manager.get("/api/products").json}
    assert found["Cola Zero"] == ("c-1", 2.1)
    assert "Cola" not in found


def test_a_whole_new_machine_comes_in_with_its_place_goods_sales_and_stock(
    bring_in: BringIn, manager: SignedIn, db: Connection
) -> None:
    bring_in("locations", "name,address\nGate B5,1 Airport Road\n")
    bring_in("routes", "name,number\nNorth,7\n")
    bring_in("products", "name,category,price\nCola,Drinks,2\n")
    made = bring_in(
        "devices",
        lines(
            {
                "asset": "M-1",
                "name": "Near Gate B5",
                "model": "Ambient+",
                "device_type": "PicoVision",
                "cabinets": ["Ambient+"],
                "location": "gate b5",
                "route": "North",
            }
        ),
        format="jsonl",
    )
    slots = bring_in("planograms", "asset,position,product,capacity,par_level,price\nM-1,A1,Cola,10,8,2.5\n")
    counted = bring_in("stock_counts", "asset,position,quantity\nm-1,a1,6\n")
    sold = bring_in(
        "sales",
        "sale,asset,product,units,cash,sold_at,position\nx-1,M-1,Cola,2,5.00,2026-01-05T10:00:00Z,A1\n",
    )

    assert [one["rows"] for one in (made, slots, counted, sold)] == [
        rows(created=1),
        rows(updated=1),
        rows(updated=1),
        rows(created=1),
    ]
    (machine,) = [one for one in manager.get("/api/devices").json if one["asset"] == "M-1"]
    assert (machine["location"], machine["route"]) == ("Gate B5", "North")
    key = machine["cabinetConfiguration"][0]["planogramKey"]
    slot = manager.get(f"/api/planograms/{key.replace('+', '%2B')}").json["A1"]
    assert (slot["productName"], slot["quantity"], slot["price"]) == ("Cola", 4, 2.5)
    actions = db.values("SELECT action FROM audit_events WHERE resource_type IN ('device', 'product', 'sale')")
    assert sorted(actions) == ["device.created", "product.created", "sale.created"]


def test_a_sale_that_comes_again_is_not_sold_again(bring_in: BringIn, db: Connection) -> None:
    cola = product(db, "Cola")
    machine = device(db, "M1")
    fill(db, machine.cabinets[0], {"A1": Fill(cola, quantity=5)})
    text = "sale,asset,product,units,cash,sold_at\nx-1,M1,Cola,2,4,2026-01-05T10:00:00Z\n"

    assert bring_in("sales", text)["rows"] == rows(created=1)
    assert bring_in("sales", text)["rows"] == rows(unchanged=1)
    assert db.value("SELECT sum(units) FROM sales") == 2
    assert db.value("SELECT sum(quantity) FROM planogram_slots") == 3


def test_rows_that_do_not_fit_are_left_out_and_listed(bring_in: BringIn, manager: SignedIn) -> None:
    job = bring_in(
        "products",
        "name,sku,category,price\nCola,C-1,Drinks,2\nGum,,Candy,cheap\n,,Candy,1\nCOLA,,Drinks,3\nTea,C-2,Drinks,1\n",
    )

    assert job["rows"] == rows(created=2, refused=3)
    assert (job["status"], job["error"]) == ("done", None)
    told = manager.get(f"/api/exchange/imports/{job['id']}/refused").json
    assert told["next"] is None
    assert [(one["row"], one["field"]) for one in told["refused"]] == [(2, "price"), (3, "name"), (4, "name")]
    assert told["refused"][2]["problem"] == "row 1 is about the same"


def test_a_row_that_only_the_database_can_refuse_does_not_take_others_with_it(
    bring_in: BringIn, manager: SignedIn, db: Connection
) -> None:
    bring_in("products", "name,sku,category,price\nCola,C-1,Drinks,2\nGum,G-1,Candy,1\n")
    # The SKU is Cola's, the name is Gum's: that would make two products one.
    job = bring_in("products", "name,sku,category,price\nTea,T-1,Drinks,1\nGum,C-1,Candy,1\nMint,M-1,Candy,1\n")

    assert job["rows"] == rows(created=2, refused=1)
    (told,) = manager.get(f"/api/exchange/imports/{job['id']}/refused").json["refused"]
    assert told["row"] == 2
    assert "something else has the same value" in told["problem"]
    created = db.values("SELECT details->>'name' FROM audit_events WHERE action = 'product.created' ORDER BY 1")
    assert created == ["Cola", "Gum", "Mint", "Tea"]


@pytest.mark.parametrize(
    ("entity", "text", "field"),
    [
        ("devices", "asset,name,model,device_type,cabinets\nM2,A,B,Nothing,Ambient+\n", "device_type"),
        ("devices", "asset,name,model,device_type,cabinets\nM2,A,B,PicoVision,Nothing\n", "cabinets"),
        ("devices", "asset,name,model,device_type,cabinets,location\nM2,A,B,PicoVision,Ambient+,Mars\n", "location"),
        ("devices", "asset,name,model,device_type,cabinets,route\nM2,A,B,PicoVision,Ambient+,Milky\n", "route"),
        ("devices", "asset,name,model,device_type,cabinets\nM1,A,B,PicoVision,Ambient+|Ambient+\n", "cabinets"),
        ("planograms", "asset,position,product\nM1,A1,Nothing\n", "product"),
        ("planograms", "asset,position,product\nM1,T20,Cola\n", "position"),
        ("planograms", "asset,position,product,capacity,par_level\nM1,A1,Cola,5,6\n", None),
        ("stock_counts", "asset,position,quantity\nM1,A1,99\n", "quantity"),
        ("stock_counts", "asset,position,quantity\nM1,A2,1\n", "quantity"),
        ("sales", "sale,asset,product,units,cash,sold_at\nx,M9,Cola,1,1,2026-01-05T10:00:00Z\n", "asset"),
        ("sales", "sale,asset,product,units,cash,sold_at\nx,M1,Cola,1,1,2099-01-05T10:00:00Z\n", "sold_at"),
        ("sales", "sale,asset,product,units,cash,sold_at\nx,M1,Cola,1,1,1767607200\n", "sold_at"),
        ("locations", "name,latitude\nHere,42\n", None),
    ],
)
def test_what_refers_to_nothing_is_refused(
    bring_in: BringIn, manager: SignedIn, db: Connection, entity: str, text: str, field: str | None
) -> None:
    fill(db, device(db, "M1").cabinets[0], {"A1": Fill(product(db, "Cola"), quantity=5)})

    job = bring_in(entity, text)

    assert job["rows"] == rows(refused=1)
    (told,) = manager.get(f"/api/exchange/imports/{job['id']}/refused").json["refused"]
    assert told["field"] == field
    assert db.value("SELECT sum(quantity) FROM planogram_slots") == 5


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("name,category,price,colour\nCola,Drinks,2,red\n", "There is no column 'colour'"),
        ("name,category\nCola,Drinks\n", "The column 'price' is missing."),
        ("name,name,category,price\nCola,Cola,Drinks,2\n", "A column is there twice."),
        ('name,category,price\n"Cola,Drinks,2\n', "The file is not CSV"),
    ],
)
def test_a_file_that_cannot_be_read_brings_nothing_in(bring_in: BringIn, db: Connection, text: str, error: str) -> None:
    job = bring_in("products", text)

    assert job["status"] == "failed"
    assert job["error"].startswith(error)
    assert db.value("SELECT count(*) FROM products") == 0


def test_a_rehearsal_tells_what_a_real_run_would_and_keeps_nothing(bring_in: BringIn, db: Connection) -> None:
    text = "name,category,price\nCola,Drinks,2\nGum,Candy,cheap\n"

    told = bring_in("products", text, dryRun=True)

    assert (told["rows"], told["dryRun"], told["status"]) == (rows(created=1, refused=1), True, "done")
    assert db.value("SELECT count(*) FROM products") == 0
    assert db.values("SELECT action FROM audit_events WHERE resource_type = 'product'") == []
    assert bring_in("products", text)["rows"] == rows(created=1, refused=1)


def test_cells_that_were_kept_from_calculating_are_read_as_they_were_meant(
    bring_in: BringIn, manager: SignedIn
) -> None:
    bring_in("products", "name,category,price\n'=Cola,Drinks,2\n'tis Tea,Drinks,1\n")

    assert {one["name"] for one in manager.get("/api/products").json} == {"=Cola", "'tis Tea"}


@pytest.mark.parametrize(
    "wish",
    [
        {"entity": "people", "content": "a"},
        {"entity": "products"},
        {"entity": "products", "content": "a", "size": 1, "sha256": "0" * 64},
        {"entity": "fleet", "format": "csv", "content": "a"},
        {"entity": "products", "format": "zip", "size": 1, "sha256": "0" * 64},
        {"entity": "products", "size": 2**40, "sha256": "0" * 64},
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(manager: SignedIn, wish: dict[str, Any]) -> None:
    answer = manager.post("/api/exchange/imports", json=wish)

    assert (answer.status, answer.json["code"]) == (400, "VALIDATION")


def test_drivers_and_viewers_bring_nothing_in_and_strangers_even_less(
    driver: SignedIn, viewer: SignedIn, client: Client
) -> None:
    wish = {"entity": "products", "content": "name,category,price\n"}

    asked = [person.post("/api/exchange/imports", json=wish).status for person in (driver, viewer, client)]

    assert asked == [403, 403, 401]


def test_what_is_not_there_is_not_shown(manager: SignedIn) -> None:
    asked = [
        manager.get("/api/exchange/imports/99"),
        manager.get("/api/exchange/imports/99/refused"),
        manager.post("/api/exchange/imports/99/start", json={}),
    ]

    assert [answer.status for answer in asked] == [404, 404, 404]
