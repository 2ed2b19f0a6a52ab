"""Laying out slots and saving them."""

from typing import Any

import pytest

from chalicelib.stock import service as stock
from tests.support import factories
from tests.support.costs import at_once, statements_of
from tests.support.factories import Cabinet, Fill


@pytest.fixture
def cabinet(db: Any) -> Cabinet:
    """An empty Ambient+ of a device whose asset holds hyphens."""
    return factories.device(db, "5-4-6").cabinets[0]


@pytest.fixture
def cola(db: Any) -> int:
    return factories.product(db, "Cola", price_cents=250)


@pytest.fixture
def crisps(db: Any) -> int:
    return factories.product(db, "Crisps", price_cents=175)


def save(client: Any, cabinet: Cabinet, slots: Any, **more: Any) -> Any:
    return client.post("/api/planograms", json={"planogramKey": cabinet.key, "planogramData": slots, **more})


def grid_of(client: Any, cabinet: Cabinet) -> Any:
    return client.get(f"/api/planograms/{cabinet.key}").json


def ledger(db: Any, slot_id: int) -> list[str]:
    return db.values(
        """
        SELECT kind || ' ' || product_id || ' ' || delta || ' ' || quantity_after
          FROM inventory_movements
         WHERE slot_id = %(slot)s
         ORDER BY id
        """,
        slot=slot_id,
    )


@pytest.mark.rule("US-047", "BR-082", "BR-084", "PT-1")
def test_products_are_assigned_and_read_back_as_the_page_reads_them(
    manager: Any, db: Any, cabinet: Cabinet, cola: int
) -> None:
    answer = save(
        manager,
        cabinet,
        {"A1": {"productId": cola, "productName": "ignored", "price": 3, "quantity": 4, "parLevel": 8, "capacity": 10}},
    )

    assert answer.json == {"success": True, "updates": 1, "version": 2, "versions": {cabinet.key: 2}}
    assert grid_of(manager, cabinet)["A1"] == {
        "slotId": cabinet.slots["A1"],
        "productId": cola,
        "productName": "Cola",
        "quantity": 4,
        "capacity": 10,
        "parLevel": 8,
        "parlevel": 8,
        "price": 3.0,
        "ownPrice": True,
    }
    assert ledger(db, cabinet.slots["A1"]) == [f"planogram_change {cola} 4 4"]
    assert db.value("SELECT updated_by FROM planograms") == manager.user_id


def test_an_empty_slot_is_product_1_with_a_price_of_zero(manager: Any, cabinet: Cabinet) -> None:
    slot = grid_of(manager, cabinet)["F9"]

    assert (slot["productId"], slot["productName"], slot["price"]) == (1, "EMPTY_SLOT", 0)


@pytest.mark.rule("BR-082", "US-047")
def test_a_par_level_that_is_not_given_follows_the_company_setting(
    manager: Any, db: Any, cabinet: Cabinet, cola: int
) -> None:
    save(manager, cabinet, {"A1": {"productId": cola, "capacity": 10}})
    db.execute("UPDATE company_settings SET default_par_percent = 50")
    save(manager, cabinet, {"A2": {"productId": cola, "capacity": 10, "parLevel": None}})

    grid = grid_of(manager, cabinet)
    assert (grid["A1"]["parLevel"], grid["A2"]["parLevel"]) == (9, 5)


def test_of_two_par_levels_the_one_that_the_page_edits_wins(manager: Any, cabinet: Cabinet, cola: int) -> None:
    save(manager, cabinet, {"A1": {"productId": cola, "capacity": 10, "parLevel": 8, "parlevel": 6}})

    assert grid_of(manager, cabinet)["A1"]["parLevel"] == 6


@pytest.mark.rule("BR-074")
def test_the_products_own_price_is_inherited_and_another_one_is_kept(
    manager: Any, db: Any, cabinet: Cabinet, cola: int
) -> None:
    slots = {"A1": {"price": 2.5}, "A2": {"price": 2}, "A3": {"price": None}, "A4": {}, "A5": {"price": 0}}
    save(manager, cabinet, {at: {"productId": cola, "capacity": 10, **slot} for at, slot in slots.items()})

    prices = {
        at: db.value("SELECT price_cents FROM planogram_slots WHERE id = %(id)s", id=cabinet.slots[at]) for at in slots
    }
    assert prices == {"A1": None, "A2": 200, "A3": None, "A4": None, "A5": 0}
    assert [grid_of(manager, cabinet)[at]["price"] for at in slots] == [2.5, 2.0, 2.5, 2.5, 0.0]


def test_a_price_beyond_all_money_is_refused(manager: Any, cabinet: Cabinet, cola: int) -> None:
    for price in (21474836.48, 210249267, 10**15):
        assert save(manager, cabinet, {"A1": {"productId": cola, "capacity": 10, "price": price}}).status == 400
    assert save(manager, cabinet, {"A1": {"productId": cola, "capacity": 10, "price": 21474836.47}}).status == 200


@pytest.mark.rule("BR-083", "US-047", "PT-3")
@pytest.mark.parametrize(
    "nothing", [None, {}, {"productId": 1}, {"productId": None}, {"productId": 0}, {"productId": ""}]
)
def test_clearing_keeps_the_capacity_and_books_the_units_out(
    manager: Any, db: Any, cabinet: Cabinet, cola: int, nothing: Any
) -> None:
    factories.fill(db, cabinet, {"A1": Fill(cola, quantity=5, price_cents=300)})

    assert save(manager, cabinet, {"A1": nothing}).json["updates"] == 1

    slot = grid_of(manager, cabinet)["A1"]
    assert (slot["productId"], slot["quantity"], slot["capacity"], slot["parLevel"]) == (1, 0, 10, 0)
    assert ledger(db, cabinet.slots["A1"])[1:] == [f"planogram_change {cola} -5 0"]
    assert db.values("SELECT reason FROM planogram_slot_changes") == ["clear"]


def test_the_page_may_send_an_empty_slot_with_all_its_fields(manager: Any, cabinet: Cabinet) -> None:
    empty = {"productId": 1, "productName": "EMPTY_SLOT", "price": 0, "quantity": 0, "parLevel": 0, "capacity": 0}

    assert save(manager, cabinet, {"A1": empty}).json["updates"] == 0


@pytest.mark.rule("US-047", "PT-2")
def test_a_replaced_product_goes_out_whole_and_its_quantity_is_never_inherited(
    manager: Any, db: Any, cabinet: Cabinet, cola: int, crisps: int
) -> None:
    factories.fill(db, cabinet, {"A1": Fill(cola, quantity=5), "A2": Fill(cola, quantity=5)})

    save(manager, cabinet, {"A1": {"productId": crisps}, "A2": {"productId": crisps, "quantity": 2}})

    assert factories.stock_of(db, cabinet) == {"A1": 0, "A2": 2}
    assert ledger(db, cabinet.slots["A2"])[1:] == [f"planogram_change {cola} -5 0", f"planogram_change {crisps} 2 2"]
    assert stock.check_ledger(db) == []


def test_a_quantity_alone_is_a_count(manager: Any, db: Any, cabinet: Cabinet, cola: int) -> None:
    factories.fill(db, cabinet, {"A1": Fill(cola, quantity=5)})

    save(manager, cabinet, {"A1": {"productId": cola, "quantity": 3}})

    assert ledger(db, cabinet.slots["A1"])[1:] == [f"count_adjustment {cola} -2 3"]
    assert db.values("SELECT reason FROM planogram_slot_changes") == ["count"]


@pytest.mark.rule("PT-4")
def test_what_is_not_said_about_a_kept_product_stays(manager: Any, db: Any, cabinet: Cabinet, cola: int) -> None:
    factories.fill(db, cabinet, {"A1": Fill(cola, quantity=5, price_cents=300)})

    assert save(manager, cabinet, {"A1": {"productId": cola}}).json["updates"] == 0
    assert save(manager, cabinet, {}).json["updates"] == 0


@pytest.mark.rule("BR-085")
def test_saving_what_was_read_changes_nothing(manager: Any, db: Any, cabinet: Cabinet, cola: int) -> None:
    factories.fill(db, cabinet, {"A1": Fill(cola, quantity=5), "C3": Fill(cola, price_cents=300)})

    answer = save(manager, cabinet, grid_of(manager, cabinet))

    assert (answer.json["updates"], answer.json["version"]) == (0, 1)
    assert db.value("SELECT count(*) FROM planogram_slot_changes") == 0
    assert db.value("SELECT count(*) FROM audit_events WHERE action = 'planogram.saved'") == 0


def test_the_trail_holds_what_changed_in_which_slot(manager: Any, db: Any, cabinet: Cabinet, cola: int) -> None:
    factories.fill(db, cabinet, {"A1": Fill(cola, quantity=5)})

    save(manager, cabinet, {"A1": {"productId": cola, "quantity": 7, "capacity": 12}, "A2": None})

    assert db.value("SELECT before FROM audit_events WHERE action = 'planogram.saved'") == {
        "A1": {"quantity": 5, "capacity": 10}
    }
    assert db.value("SELECT after FROM audit_events WHERE action = 'planogram.saved'") == {
        "A1": {"quantity": 7, "capacity": 12}
    }
    assert db.value("SELECT payload->>'planogram_key' FROM outbox WHERE topic = 'planogram.saved'") == cabinet.key


def test_several_planograms_are_saved_in_one_request(manager: Any, db: Any, cola: int) -> None:
    one, two = factories.device(db, "1", cabinets=["Cooler", "Ambient+"]).cabinets
    body = {cabinet.key: {"A1": {"productId": cola, "capacity": 10, "quantity": 1}} for cabinet in (one, two)}

    answer = manager.post("/api/planograms", json=body)

    assert answer.json == {"success": True, "updates": 2, "version": None, "versions": {one.key: 2, two.key: 2}}
    assert factories.stock_of(db, one) == factories.stock_of(db, two) == {"A1": 1}


def test_one_bad_planogram_keeps_the_other_from_being_saved(manager: Any, db: Any, cabinet: Cabinet, cola: int) -> None:
    slots = {"A1": {"productId": cola, "capacity": 10}}

    assert manager.post("/api/planograms", json={cabinet.key: slots, "0-Cooler-0": slots}).status == 404
    assert factories.stock_of(db, cabinet) == {}


def test_a_save_costs_the_same_however_many_slots_it_writes(
    manager: Any, cabinet: Cabinet, cola: int, caplog: Any
) -> None:
    def slots(*positions: str) -> Any:
        return {at: {"productId": cola, "capacity": 10, "quantity": 1} for at in positions}

    few = statements_of(caplog, lambda: save(manager, cabinet, slots("A1")))
    assert statements_of(caplog, lambda: save(manager, cabinet, slots(*list(cabinet.slots)[1:]))) == few


@pytest.mark.rule("BR-080")
def test_positions_outside_of_the_grid_are_listed_and_nothing_is_saved(
    manager: Any, db: Any, cabinet: Cabinet, cola: int
) -> None:
    fine = {"productId": cola, "capacity": 10}

    answer = save(manager, cabinet, {"A1": fine, "G1": fine, "A10": fine, "hello": fine})

    assert answer.status == 400
    assert sorted(answer.json["details"]["positions"]) == ["A10", "G1", "HELLO"]
    assert factories.stock_of(db, cabinet) == {}


@pytest.mark.rule("BR-081", "BR-082", "BR-083", "US-047")
@pytest.mark.parametrize(
    ("slot", "problem"),
    [
        ({"quantity": 11}, "the quantity must be 0 to the capacity of 10"),
        ({"quantity": -1}, "the quantity must be 0 to the capacity of 10"),
        ({"parLevel": 11}, "the par level must be 1 to the capacity of 10"),
        ({"parLevel": 0}, "the par level must be 1 to the capacity of 10"),
        ({"capacity": 0}, "the capacity of an occupied slot must be 1 to 999"),
        ({"capacity": 1000}, "the capacity of an occupied slot must be 1 to 999"),
        ({"price": -1}, "the price must not be negative"),
        ({"productId": 999}, "there is no product 999"),
        ({"productId": 1, "quantity": 2}, "an empty slot has no quantity, par level or price"),
        ({"productId": 1, "parLevel": 2}, "an empty slot has no quantity, par level or price"),
    ],
)
def test_what_a_slot_cannot_hold_is_refused_and_nothing_is_saved(
    manager: Any, db: Any, cabinet: Cabinet, cola: int, slot: Any, problem: str
) -> None:
    fine = {"productId": cola, "capacity": 10, "quantity": 1}

    answer = save(manager, cabinet, {"A1": fine, "B2": {"productId": cola, "capacity": 10, **slot}})

    assert (answer.status, answer.json["error"]) == (400, f"B2: {problem}")
    assert answer.json["details"]["problems"] == [{"planogramKey": cabinet.key, "slot": "B2", "problem": problem}]
    assert factories.stock_of(db, cabinet) == {}
    assert db.value("SELECT version FROM planograms") == 1


def test_every_bad_slot_is_named(manager: Any, cabinet: Cabinet, cola: int) -> None:
    answer = save(
        manager, cabinet, {at: {"productId": cola, "capacity": 1, "quantity": 2} for at in ("A1", "B1", "C1")}
    )

    assert answer.json["error"].endswith(", and 2 more")
    assert [problem["slot"] for problem in answer.json["details"]["problems"]] == ["A1", "B1", "C1"]


@pytest.mark.rule("BR-083", "PT-1")
def test_a_deleted_product_is_not_assigned(manager: Any, db: Any, cabinet: Cabinet, cola: int) -> None:
    db.execute("UPDATE products SET deleted_at = now()")

    assert save(manager, cabinet, {"A1": {"productId": cola, "capacity": 10}}).status == 400


@pytest.mark.rule("PT-4")
def test_a_smaller_capacity_must_still_hold_the_units(manager: Any, db: Any, cabinet: Cabinet, cola: int) -> None:
    factories.fill(db, cabinet, {"A1": Fill(cola, quantity=8)})

    assert save(manager, cabinet, {"A1": {"productId": cola, "capacity": 7, "parLevel": 7}}).status == 400


@pytest.mark.rule("BR-084", "US-047")
def test_the_second_of_two_editors_is_told_and_shown_what_is_there(
    manager: Any, admin: Any, cabinet: Cabinet, cola: int, crisps: int
) -> None:
    tag = manager.get(f"/api/planograms/{cabinet.key}").headers["etag"]
    version = int(tag.strip('"'))

    first = save(manager, cabinet, {"A1": {"productId": cola, "capacity": 10}}, version=version)
    second = save(admin, cabinet, {"A1": {"productId": crisps, "capacity": 10}}, version=version)

    assert (first.status, second.status, second.json["code"]) == (200, 409, "VERSION_CONFLICT")
    assert second.json["details"]["current"]["A1"]["productId"] == cola
    assert second.json["details"]["version"] == 2


@pytest.mark.rule("BR-084")
def test_of_two_saves_of_one_version_at_once_one_wins(
    manager: Any, admin: Any, db: Any, cabinet: Cabinet, cola: int, crisps: int
) -> None:
    for person in (manager, admin):
        assert person.session_id

    answers = at_once(
        lambda: save(manager, cabinet, {"A1": {"productId": cola, "capacity": 10, "quantity": 3}}, version=1),
        lambda: save(admin, cabinet, {"A1": {"productId": crisps, "capacity": 10, "quantity": 4}}, version=1),
    )

    assert sorted(answer.status for answer in answers) == [200, 409]
    assert db.value("SELECT version FROM planograms") == 2
    assert stock.check_ledger(db) == []


def test_without_a_version_the_last_save_wins(manager: Any, cabinet: Cabinet, cola: int, crisps: int) -> None:
    save(manager, cabinet, {"A1": {"productId": cola, "capacity": 10}})

    assert save(manager, cabinet, {"A1": {"productId": crisps, "capacity": 10}}).status == 200


@pytest.mark.rule("BR-087")
def test_the_planogram_of_a_deleted_device_is_not_found(
    manager: Any, admin: Any, db: Any, cabinet: Cabinet, cola: int
) -> None:
    db.execute("UPDATE devices SET deleted_at = now()")

    for person in (manager, admin):
        answer = save(person, cabinet, {"A1": {"productId": cola, "capacity": 10}})
        assert (answer.status, answer.json["error"]) == (404, f"Planogram not found: {cabinet.key}")


def test_asset_and_type_may_both_hold_hyphens_spaces_and_plus(manager: Any, db: Any, cola: int) -> None:
    db.execute("UPDATE cabinet_types SET name = 'Am-bi +2' WHERE name = 'Ambient+'")
    device = factories.device(db, "a-1", cabinets=["Am-bi +2", "Am-bi +2"])

    assert save(manager, device.cabinets[1], {"A1": {"productId": cola, "capacity": 5}}).json["updates"] == 1
    assert manager.get("/api/planograms/a-1-Am-bi%20+2-1").json["A1"]["productId"] == cola
    assert manager.get("/api/planograms/a-1-Am-bi%20%2B2-0").json["A1"]["productId"] == 1


def test_a_key_that_fits_two_cabinets_is_refused_rather_than_guessed(manager: Any, db: Any, cola: int) -> None:
    db.execute("UPDATE cabinet_types SET name = 'b-Cooler' WHERE name = 'Freezer'")
    factories.device(db, "a", cabinets=["b-Cooler"])
    twin = factories.device(db, "a-b", cabinets=["Cooler"]).cabinets[0]

    assert manager.get(f"/api/planograms/{twin.key}").status == 409
    assert save(manager, twin, {"A1": {"productId": cola, "capacity": 5}}).status == 409


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"planogramKey": "5-4-6-Ambient+-0"},
        {"planogramKey": "5-4-6-Ambient+-0", "planogramData": "A1"},
        {"5-4-6-Ambient+-0": {"A1": {"productId": "cola"}}},
        {"5-4-6-Ambient+-0": {"A1": {"quantity": 1.5}}},
        {"5-4-6-Ambient+-0": {"A1": {"price": 1.999}}},
    ],
)
def test_something_else_than_slots_is_refused(manager: Any, cabinet: Cabinet, body: Any) -> None:
    assert manager.post("/api/planograms", json=body).status == 400


@pytest.mark.rule("US-088", "US-101")
@pytest.mark.parametrize("role", ["driver", "viewer"])
def test_drivers_and_viewers_read_planograms_and_save_none(request: Any, cabinet: Cabinet, role: str) -> None:
    person = request.getfixturevalue(role)

    assert len(grid_of(person, cabinet)) == 54
    assert save(person, cabinet, {}).status == 403
