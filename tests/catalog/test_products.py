"""Keeping the catalogue."""

from typing import Any

import pytest

from tests.support import factories
from tests.support.costs import at_once, statements_of
from tests.support.factories import Fill

COLA = {"name": "Cola", "category": "soda", "price": 2.5, "image": "https://images.cvd.example/cola.png"}


@pytest.mark.rule("BR-070", "US-046")
def test_a_product_is_written_with_a_category_that_comes_into_being(manager: Any, db: Any) -> None:
    answer = manager.post("/api/products", json=COLA)

    assert answer.status == 201
    assert answer.json.items() >= COLA.items()
    assert answer.json["id"] > 1
    assert answer.json["created_at"].endswith("Z")
    assert db.value("SELECT price_cents FROM products") == 250
    assert db.value("SELECT after->>'price' FROM audit_events WHERE action = 'product.created'") == "250"


def test_a_category_keeps_its_first_spelling(manager: Any, db: Any) -> None:
    manager.post("/api/products", json=COLA)

    assert (
        manager.post("/api/products", json={**COLA, "name": "Lemonade", "category": "SODA"}).json["category"] == "soda"
    )
    assert db.value("SELECT count(*) FROM product_categories") == 1


@pytest.mark.parametrize(("price", "cents"), [(0, 0), ("1.99", 199), (10000, 1_000_000), (0.1, 10)])
def test_prices_are_amounts_of_whole_cents(manager: Any, db: Any, price: Any, cents: int) -> None:
    assert manager.post("/api/products", json={**COLA, "price": price}).json["price"] == cents / 100


@pytest.mark.rule("BR-071", "BR-073")
@pytest.mark.parametrize("role", ["admin", "manager", "driver", "viewer"])
def test_everybody_reads_the_products_by_name(request: Any, db: Any, role: str) -> None:
    for name, category in (("water", "Water"), ("Crisps", "Chips"), ("Apple pie", "Foods"), ("Nachos", "Chips")):
        factories.product(db, name, category=category)
    person = request.getfixturevalue(role)

    def names(query: str) -> list[str]:
        return [product["name"] for product in person.get(f"/api/products{query}").json]

    assert names("") == names("?category=all") == names("?category=") == ["Apple pie", "Crisps", "Nachos", "water"]
    assert names("?category=Chips") == ["Crisps", "Nachos"]
    assert names("?category=Toys") == []


@pytest.mark.rule("BR-073")
def test_categories_are_those_of_live_products_in_the_order_of_their_bytes(viewer: Any, db: Any) -> None:
    for category in ("soda", "Candy", "energy", "Pastries"):
        factories.product(db, category=category)
    db.execute("UPDATE products SET deleted_at = now() WHERE id = (SELECT max(id) FROM products)")

    assert viewer.get("/api/products/categories").json == ["Candy", "energy", "soda"]


def test_the_list_costs_the_same_however_many_products_there_are(viewer: Any, db: Any, caplog: Any) -> None:
    factories.product(db)
    few = statements_of(caplog, lambda: viewer.get("/api/products"))
    for number in range(9):
        factories.product(db, category=f"category {number}")

    assert statements_of(caplog, lambda: viewer.get("/api/products")) == few


@pytest.mark.rule("BR-071")
def test_one_product_is_shown_and_the_empty_slot_is_none(viewer: Any, db: Any) -> None:
    cola = factories.product(db, "Cola", price_cents=199)

    assert viewer.get(f"/api/products/{cola}").json["price"] == 1.99
    for product_id in (1, 999):
        answer = viewer.get(f"/api/products/{product_id}")
        assert (answer.status, answer.json["error"]) == (404, "Product not found")


@pytest.mark.rule("BR-070", "US-046")
def test_a_product_changes_and_the_trail_holds_what_changed(manager: Any, db: Any) -> None:
    created = manager.post("/api/products", json={**COLA, "cost": 0.8, "sku": "C-1"}).json

    changed = manager.put(f"/api/products/{created['id']}", json={**COLA, "price": 3})

    assert changed.status == 200
    assert (changed.json["price"], changed.json["cost"], changed.json["sku"], changed.json["version"]) == (
        3,
        0.8,
        "C-1",
        2,
    )
    assert db.value("SELECT before || after FROM audit_events WHERE action = 'product.updated'") == {"price": 300}


def test_an_image_that_is_not_sent_is_taken_away(manager: Any) -> None:
    created = manager.post("/api/products", json=COLA).json

    body = {name: COLA[name] for name in ("name", "category", "price")}
    assert manager.put(f"/api/products/{created['id']}", json=body).json["image"] is None


def test_saving_the_same_again_changes_nothing(manager: Any, db: Any) -> None:
    created = manager.post("/api/products", json=COLA).json

    assert manager.put(f"/api/products/{created['id']}", json=COLA).json == created
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'product.updated'") == 0


@pytest.mark.rule("BR-074", "US-046")
def test_a_new_price_leaves_slots_with_their_own_price_alone(manager: Any, db: Any) -> None:
    cola = manager.post("/api/products", json=COLA).json["id"]
    cabinet = factories.device(db).cabinets[0]
    factories.fill(db, cabinet, {"A1": Fill(cola), "A2": Fill(cola, price_cents=300)})

    manager.put(f"/api/products/{cola}", json={**COLA, "price": 2.75})

    grid = manager.get(f"/api/planograms/{cabinet.key}").json
    assert (grid["A1"]["price"], grid["A2"]["price"]) == (2.75, 3.0)


def test_a_stale_version_is_refused(manager: Any) -> None:
    path = f"/api/products/{manager.post('/api/products', json=COLA).json['id']}"

    assert manager.put(path, json={**COLA, "price": 3, "version": 1}).status == 200
    assert manager.put(path, json={**COLA, "price": 4, "version": 1}).json["code"] == "VERSION_CONFLICT"


@pytest.mark.rule("BR-070")
@pytest.mark.parametrize("missing", ["name", "category", "price"])
@pytest.mark.parametrize("nothing", [..., None, "", "  "])
def test_name_category_and_price_are_required(manager: Any, missing: str, nothing: Any) -> None:
    body = {name: value for name, value in {**COLA, missing: nothing}.items() if value is not ...}

    for answer in (manager.post("/api/products", json=body), manager.put("/api/products/999", json=body)):
        assert (answer.status, answer.json["error"]) == (400, "Name, category, and price are required")


@pytest.mark.rule("BR-070")
@pytest.mark.parametrize(
    "wrong",
    [
        {"price": -0.01},
        {"price": 10000.01},
        {"price": 1.999},
        {"price": "dear"},
        {"price": True},
        {"image": "http://images.cvd.example/cola.png"},
        {"name": "x" * 121},
        {"cost": -1},
    ],
)
def test_what_no_product_has_is_refused(manager: Any, db: Any, wrong: Any) -> None:
    assert manager.post("/api/products", json={**COLA, **wrong}).status == 400
    assert db.value("SELECT count(*) FROM products") == 0


def test_a_taken_name_or_sku_is_refused(manager: Any, db: Any) -> None:
    first = manager.post("/api/products", json={**COLA, "sku": "C-1"}).json
    other = factories.product(db)

    assert manager.post("/api/products", json={**COLA, "name": "COLA"}).status == 409
    assert manager.post("/api/products", json={**COLA, "name": "Tea", "sku": "c-1"}).status == 409
    assert manager.put(f"/api/products/{other}", json=COLA).status == 409
    manager.delete(f"/api/products/{first['id']}")
    assert manager.post("/api/products", json={**COLA, "sku": "C-1"}).status == 201


@pytest.mark.rule("BR-072", "US-046")
def test_a_product_that_no_slot_holds_is_deleted_and_sales_keep_it(manager: Any, db: Any) -> None:
    cola, device = factories.product(db, "Cola"), factories.device(db)
    db.execute(
        """
        INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)
        VALUES (%(device)s, %(cola)s, 1, 250, now(), 'manual')
        """,
        device=device.id,
        cola=cola,
    )

    answer = manager.delete(f"/api/products/{cola}")

    assert (answer.status, answer.json) == (200, {"message": 'Product "Cola" deleted successfully'})
    assert manager.get("/api/products").json == []
    assert manager.delete(f"/api/products/{cola}").status == 404
    assert db.value("SELECT deleted_by FROM products") == manager.user_id
    assert db.value("SELECT count(*) FROM sales") == 1
    assert db.value("SELECT details->>'name' FROM audit_events WHERE action = 'product.deleted'") == "Cola"


@pytest.mark.rule("BR-072", "US-046")
def test_a_product_in_slots_stays_and_the_answer_counts_them(manager: Any, db: Any) -> None:
    cola = factories.product(db)
    factories.fill(db, factories.device(db).cabinets[0], {"A1": Fill(cola), "B1": Fill(cola)})

    answer = manager.delete(f"/api/products/{cola}")

    assert (answer.status, answer.json["error"]) == (409, "Cannot delete product. It is used in 2 planogram slot(s)")


@pytest.mark.rule("BR-071")
def test_the_empty_slot_is_neither_changed_nor_deleted(admin: Any) -> None:
    assert admin.put("/api/products/1", json=COLA).status == 404
    assert admin.delete("/api/products/1").status == 404


@pytest.mark.rule("BR-072", "BR-083")
def test_a_product_is_never_put_into_a_slot_while_it_is_deleted(manager: Any, admin: Any, db: Any) -> None:
    cabinet = factories.device(db).cabinets[0]
    for person in (manager, admin):
        assert person.session_id
    for position in ("A1", "A2", "A3", "A4"):
        cola = factories.product(db)
        slots = {position: {"productId": cola, "capacity": 10}}

        answers = at_once(
            lambda slots=slots: manager.post(
                "/api/planograms", json={"planogramKey": cabinet.key, "planogramData": slots}
            ),
            lambda cola=cola: admin.delete(f"/api/products/{cola}"),
        )

        assert [answer.status for answer in answers] in ([200, 409], [400, 200])


@pytest.mark.parametrize("role", ["driver", "viewer"])
def test_drivers_and_viewers_keep_no_products(request: Any, db: Any, role: str) -> None:
    person, cola = request.getfixturevalue(role), factories.product(db)

    assert person.post("/api/products", json=COLA).status == 403
    assert person.put(f"/api/products/{cola}", json=COLA).status == 403
    assert person.delete(f"/api/products/{cola}").status == 403
