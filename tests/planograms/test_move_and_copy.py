"""Moving a product to another slot, and copying a layout to another cabinet."""

from typing import Any

import pytest

from chalicelib.stock import service as stock
from tests.support import factories
from tests.support.costs import at_once, statements_of
from tests.support.factories import Cabinet, Fill


@pytest.fixture
def cola(db: Any) -> int:
    return factories.product(db, "Cola", price_cents=250)


@pytest.fixture
def crisps(db: Any) -> int:
    return factories.product(db, "Crisps", price_cents=175)


@pytest.fixture
def cabinet(db: Any, cola: int, crisps: int) -> Cabinet:
    """An Ambient+ with five colas of a price of their own in A1, three crisps in A2; B3 has a capacity of 6."""
    cabinet = factories.device(db, "999").cabinets[0]
    factories.fill(
        db, cabinet, {"A1": Fill(cola, quantity=5, par_level=6, price_cents=300), "A2": Fill(crisps, 3, 8, 7)}
    )
    db.execute("UPDATE planogram_slots SET capacity = 6 WHERE id = %(id)s", id=cabinet.slots["B3"])
    return cabinet


def move(client: Any, cabinet: Cabinet, source: str, target: str, **more: Any) -> Any:
    return client.post(f"/api/planograms/{cabinet.key}/move", json={"from": source, "to": target, **more})


def copy(client: Any, source: Cabinet, target: Cabinet, **more: Any) -> Any:
    return client.post(f"/api/planograms/{source.key}/copy", json={"targetKey": target.key, **more})


def seen(client: Any, cabinet: Cabinet, position: str) -> tuple[Any, ...]:
    slot = client.get(f"/api/planograms/{cabinet.key}").json[position]
    return tuple(slot[name] for name in ("productName", "quantity", "capacity", "parLevel", "price"))


@pytest.mark.rule("BR-086", "US-047")
def test_a_product_moves_with_its_units_par_and_price(manager: Any, db: Any, cabinet: Cabinet) -> None:
    answer = move(manager, cabinet, "A1", "B3")

    assert answer.json == {"success": True, "updates": 2, "version": 2, "versions": {cabinet.key: 2}}
    assert seen(manager, cabinet, "B3") == ("Cola", 5, 6, 6, 3.0)
    assert seen(manager, cabinet, "A1") == ("EMPTY_SLOT", 0, 10, 0, 0.0)
    assert db.value("SELECT sum(delta) FROM inventory_movements WHERE kind = 'planogram_change'") == 0
    assert db.value("SELECT details->>'slots_changed' FROM audit_events WHERE action = 'planogram.saved'") == "2"
    assert stock.check_ledger(db) == []


def test_a_place_that_never_had_a_capacity_takes_that_of_the_product(manager: Any, cabinet: Cabinet) -> None:
    move(manager, cabinet, "A1", "F9")

    assert seen(manager, cabinet, "F9") == ("Cola", 5, 10, 6, 3.0)


@pytest.mark.rule("BR-086")
def test_an_occupied_target_changes_places_only_if_asked(manager: Any, db: Any, cabinet: Cabinet) -> None:
    assert move(manager, cabinet, "A1", "A2").status == 409
    assert factories.stock_of(db, cabinet) == {"A1": 5, "A2": 3}

    assert move(manager, cabinet, "A1", "A2", swap=True).status == 200
    assert (seen(manager, cabinet, "A1"), seen(manager, cabinet, "A2")) == (
        ("Crisps", 3, 10, 7, 1.75),
        ("Cola", 5, 8, 6, 3.0),
    )
    assert stock.check_ledger(db) == []


def test_what_does_not_fit_its_new_place_stays(manager: Any, db: Any, cabinet: Cabinet) -> None:
    assert move(manager, cabinet, "A2", "B3").json["error"] == "B3: the par level must be 1 to the capacity of 6"
    assert factories.stock_of(db, cabinet) == {"A1": 5, "A2": 3}


@pytest.mark.parametrize(
    ("source", "target", "status"), [("B1", "B2", 400), ("A1", "A1", 400), ("A1", "Z9", 404), ("Z9", "A1", 404)]
)
def test_a_move_needs_a_product_and_two_slots(
    manager: Any, cabinet: Cabinet, source: str, target: str, status: int
) -> None:
    assert move(manager, cabinet, source, target).status == status


@pytest.mark.rule("BR-084")
def test_a_move_of_a_stale_version_is_refused(manager: Any, cabinet: Cabinet) -> None:
    move(manager, cabinet, "A1", "B3", version=1)

    answer = move(manager, cabinet, "B3", "A1", version=1)

    assert (answer.json["code"], answer.json["details"]["current"]["B3"]["productName"]) == ("VERSION_CONFLICT", "Cola")


@pytest.mark.rule("BR-088", "US-048")
def test_a_layout_is_copied_without_its_units(manager: Any, db: Any, cabinet: Cabinet) -> None:
    target = factories.device(db, "888").cabinets[0]

    answer = copy(manager, cabinet, target)

    assert answer.json == {"success": True, "updates": 2, "version": 2, "versions": {target.key: 2}}
    assert seen(manager, target, "A1") == ("Cola", 0, 10, 6, 3.0)
    assert seen(manager, target, "A2") == ("Crisps", 0, 8, 7, 1.75)
    assert factories.stock_of(db, cabinet) == {"A1": 5, "A2": 3}
    details = db.value("SELECT details FROM audit_events WHERE action = 'planogram.copied'")
    assert (details["copied_from"], details["planogram_key"]) == (cabinet.key, target.key)


@pytest.mark.rule("BR-088")
def test_what_the_target_held_is_booked_out(manager: Any, db: Any, cabinet: Cabinet, crisps: int) -> None:
    target = factories.device(db, "888").cabinets[0]
    factories.fill(db, target, {"A1": Fill(crisps, quantity=4), "C5": Fill(crisps, quantity=2)})

    assert copy(manager, cabinet, target).json["updates"] == 3
    assert factories.stock_of(db, target) == {"A1": 0, "A2": 0}
    assert stock.check_ledger(db) == []


def test_copying_twice_changes_nothing_the_second_time(manager: Any, db: Any, cabinet: Cabinet) -> None:
    target = factories.device(db, "888").cabinets[0]
    copy(manager, cabinet, target)

    assert copy(manager, cabinet, target).json == {
        "success": True,
        "updates": 0,
        "version": 2,
        "versions": {target.key: 2},
    }


@pytest.mark.rule("BR-088", "US-048")
def test_another_grid_is_filled_only_as_far_as_it_goes_and_only_if_asked(
    manager: Any, db: Any, cabinet: Cabinet, cola: int
) -> None:
    factories.fill(db, cabinet, {"F9": Fill(cola)})
    target = factories.device(db, "888", cabinets=["Cooler"]).cabinets[0]

    refused = copy(manager, cabinet, target)
    assert (refused.status, refused.json["details"]) == (400, {"source": [6, 9], "target": [5, 8]})

    assert copy(manager, cabinet, target, truncate=True).json["updates"] == 2
    assert factories.stock_of(db, target) == {"A1": 0, "A2": 0}


def test_a_layout_is_not_copied_onto_itself_or_to_nowhere(manager: Any, cabinet: Cabinet) -> None:
    assert copy(manager, cabinet, cabinet).status == 400
    answer = manager.post(f"/api/planograms/{cabinet.key}/copy", json={"targetKey": "0-Cooler-0"})
    assert (answer.status, answer.json["details"]["planogram_key"]) == (404, "0-Cooler-0")


def test_a_copy_costs_the_same_however_much_it_copies(
    manager: Any, db: Any, cabinet: Cabinet, cola: int, caplog: Any
) -> None:
    few = statements_of(caplog, lambda: copy(manager, cabinet, factories.device(db).cabinets[0]))
    factories.fill(db, cabinet, {at: Fill(cola) for at in ("C1", "C2", "C3", "C4", "C5")})

    assert statements_of(caplog, lambda: copy(manager, cabinet, factories.device(db).cabinets[0])) == few


def test_two_layouts_copied_onto_each_other_at_once_do_not_lock_up(
    manager: Any, admin: Any, db: Any, cabinet: Cabinet
) -> None:
    other = factories.device(db, "888").cabinets[0]
    for person in (manager, admin):
        assert person.session_id

    answers = at_once(lambda: copy(manager, cabinet, other), lambda: copy(admin, other, cabinet))

    assert [answer.status for answer in answers] == [200, 200]
    assert stock.check_ledger(db) == []


@pytest.mark.parametrize("role", ["driver", "viewer"])
def test_drivers_and_viewers_move_and_copy_nothing(request: Any, db: Any, cabinet: Cabinet, role: str) -> None:
    person = request.getfixturevalue(role)

    assert move(person, cabinet, "A1", "B3").status == 403
    assert copy(person, cabinet, factories.device(db).cabinets[0]).status == 403
