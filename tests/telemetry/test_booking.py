"""From a read to the books: sales, stock, rollup, events; corrections reverse and restate."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from chalicelib.stock.service import check_ledger
from tests.support.factories import stock_of
from tests.support.people import SignedIn
from tests.telemetry.machines import Machine, books, daily, place, upload

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _march(clock_at: Any) -> None:
    clock_at(NOW)


def published(db: Connection, topic: str) -> list[dict[str, Any]]:
    return db.values("SELECT payload FROM outbox WHERE topic = %(topic)s ORDER BY id", topic=topic)


@pytest.mark.rule("BR-143", "BR-144", "US-055", "BR-102")
def test_the_second_read_of_a_machine_books_what_was_sold_since_the_first(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    first = upload(manager, machine.read())
    machine.sell("A1", 3).sell("A2", 2, card=True)
    second = upload(manager, machine.read())

    assert first.status == second.status == 200
    assert first.json["reads"][0]["device_id"] == placed.device.id
    assert (first.json["reads"][0]["booked_units"], second.json["reads"][0]["booked_units"]) == (0, 5)
    assert second.json["reads"][0]["booked_cash"] == 6.25
    assert books(db, placed.device.id) == {placed.chips: (3, 375), placed.cola: (2, 250)}
    assert daily(db, placed.device.id) == books(db, placed.device.id)
    assert stock_of(db, placed.cabinet) == {"A1": 7, "A2": 8}
    assert db.values("SELECT payment_kind FROM sales ORDER BY product_id") == ["cash", "cashless"]
    assert db.values("SELECT sold_at FROM sales")[0] == machine.now.replace(second=0)
    assert check_ledger(db) == []
    _, checks = db.values("SELECT checks FROM dex_intervals ORDER BY position")
    assert checks == [
        {"name": "units = VA1", "expected": 5, "actual": 5},
        {"name": "value = VA1", "expected": 625, "actual": 625},
    ]


@pytest.mark.rule("BR-144")
def test_booking_tells_the_audit_trail_and_the_outbox(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, machine.read())
    upload(manager, machine.sell("A1", 3).read())

    assert [event["basis"] for event in published(db, "dex.linked")] == ["serial", "serial"]
    (booked,) = published(db, "dex.booked")
    assert (booked["sales"], booked["units"], booked["revenue_cents"]) == (1, 3, 375)
    assert len(published(db, "sale.recorded")) == 1
    actions = db.values("SELECT action FROM audit_events ORDER BY id")
    assert {"dex.uploaded", "dex.linked", "dex.booked", "sale.created"} <= set(actions)
    assert placed.device.id == int(db.value("SELECT resource_id FROM outbox WHERE topic = 'dex.booked'"))


def test_every_read_is_told_to_others_once_and_a_damaged_one_as_such(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    good = machine.read()
    damaged = machine.sell("A1", 3).read().replace(b"PA1*A1", b"PA1*A9")
    for content in (good, good, damaged):
        upload(manager, content)

    received, quarantined = published(db, "read.received"), published(db, "read.quarantined")
    assert [one["device_id"] for one in received] == [placed.device.id] * 2
    assert [one["selections"] for one in received] == [2, 2]
    assert [one["crc_expected"] != one["crc_actual"] for one in quarantined] == [True]
    assert published(db, "dex.uploaded") == []


@pytest.mark.rule("BR-142", "BR-105", "US-055")
def test_the_same_file_again_is_a_duplicate_and_books_nothing(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, machine.read())
    content = machine.sell("A1", 3).read()
    first = upload(manager, content)
    again = upload(manager, content)
    with_bare_lf = upload(manager, content.replace(b"\r\n", b"\n"))

    assert (again.status, with_bare_lf.status) == (200, 200)
    assert again.json["duplicate"] is with_bare_lf.json["duplicate"] is True
    assert again.json["dex_read_id"] == with_bare_lf.json["dex_read_id"] == first.json["dex_read_id"]
    assert books(db, placed.device.id) == {placed.chips: (3, 375)}
    assert stock_of(db, placed.cabinet)["A1"] == 7


@pytest.mark.rule("BR-145", "BR-104")
def test_a_late_read_reverses_its_neighbour_and_states_both_anew(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    first = machine.read()
    late = machine.sell("A1", 4).read()
    last = machine.sell("A1", 3).sell("A2", 1).read()
    upload(manager, first)
    upload(manager, last)
    before = books(db, placed.device.id), stock_of(db, placed.cabinet)

    answer = upload(manager, late)

    assert answer.json["reads"][0]["booked_units"] == 0
    assert (books(db, placed.device.id), stock_of(db, placed.cabinet)) == before
    assert before == ({placed.chips: (7, 875), placed.cola: (1, 125)}, {"A1": 3, "A2": 9})
    assert daily(db, placed.device.id) == books(db, placed.device.id)
    live = db.values(
        """
        SELECT sale.units FROM sales sale
         WHERE NOT EXISTS (SELECT FROM sale_corrections WHERE sale_id = sale.id)
         ORDER BY sale.sold_at, sale.units
        """
    )
    assert live == [4, 1, 3]
    assert db.values("SELECT units FROM sale_corrections ORDER BY units") == [-7, -1]
    assert len(published(db, "sale.corrected")) == 2
    assert check_ledger(db) == []


@pytest.mark.rule("BR-145", "BR-102")
def test_restating_a_sale_gives_back_no_more_than_it_took(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine, quantity=3)
    first = machine.read()
    late = machine.sell("A1", 4).read()
    last = machine.sell("A1", 4).read()
    for content in (first, last, late):
        assert upload(manager, content).status == 200

    assert stock_of(db, placed.cabinet)["A1"] == 0
    assert books(db, placed.device.id) == {placed.chips: (8, 1_000)}
    assert check_ledger(db) == []


@pytest.mark.rule("BR-141")
def test_a_read_that_fails_its_checksum_books_nothing_and_the_next_covers_the_gap(
    manager: SignedIn, db: Connection
) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, machine.read())
    damaged = machine.sell("A1", 3).read().replace(b"PA2*63*", b"PA2*64*")
    answer = upload(manager, damaged)
    booked_after_damage = books(db, placed.device.id)
    upload(manager, machine.sell("A1", 1).read())

    assert (answer.status, answer.json["reads"][0]["quarantined"]) == (200, True)
    assert booked_after_damage == {}
    assert books(db, placed.device.id) == {placed.chips: (4, 500)}


@pytest.mark.rule("BR-144")
def test_test_and_free_vends_empty_the_slot_without_a_sale(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, machine.read())
    machine.selections["A1"].test += 3
    machine.selections["A1"].free += 2
    machine.sell("A1", 1)
    upload(manager, machine.read())

    assert books(db, placed.device.id) == {placed.chips: (1, 125)}
    assert stock_of(db, placed.cabinet)["A1"] == 4
    kinds = "SELECT kind FROM inventory_movements WHERE delta < 0 ORDER BY kind"
    assert db.values(kinds) == ["free_vend", "sale", "test_vend"]
    assert check_ledger(db) == []


@pytest.mark.rule("BR-144")
def test_a_machine_whose_test_vends_drop_nothing_keeps_its_stock(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    db.execute("INSERT INTO dex_machines (device_id, test_vends_drop) VALUES (%(id)s, false)", id=placed.device.id)
    upload(manager, machine.read())
    machine.selections["A1"].test += 3
    upload(manager, machine.read())

    assert stock_of(db, placed.cabinet)["A1"] == 10


@pytest.mark.rule("BR-145")
def test_late_test_vends_are_moved_once(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine, quantity=2)
    first = machine.read()
    machine.selections["A1"].test += 2
    late = machine.read()
    machine.selections["A1"].test += 2
    last = machine.read()
    for content in (first, last, late):
        upload(manager, content)

    assert stock_of(db, placed.cabinet)["A1"] == 0
    sums = "SELECT sum(delta) FROM inventory_movements WHERE kind = 'test_vend'"
    assert db.value(sums) == -4
    assert check_ledger(db) == []


@pytest.mark.rule("BR-144")
def test_a_counter_that_fell_alone_is_held_and_told(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    machine.selections["A3"] = machine.selections.pop("A2")
    upload(manager, machine.read())
    machine.selections["A1"].cash -= 10
    machine.sell("A3", 20)
    upload(manager, machine.read())

    (held,) = published(db, "dex.held")
    assert held["selections"] == ["A1"]
    assert books(db, placed.device.id) == {}


@pytest.mark.rule("BR-144")
def test_what_lay_in_the_slot_at_the_time_is_what_was_sold(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, machine.read())
    changed_at = machine.now + timedelta(hours=12)
    db.execute(
        """
        INSERT INTO planogram_slot_changes (slot_id, at, reason, old_product_id, new_product_id, old_price_cents)
        VALUES (%(slot)s, %(at)s, 'edit', %(cola)s, %(chips)s, 100)
        """,
        slot=placed.cabinet.slots["A1"],
        at=changed_at,
        cola=placed.cola,
        chips=placed.chips,
    )
    machine.sell("A1", 3, price=100).sell("A1", 2, price=125)
    upload(manager, machine.read())

    assert books(db, placed.device.id) == {placed.cola: (3, 300), placed.chips: (2, 250)}
    # The cola that was sold went from A1 before it was filled anew; the cola in A2 is untouched.
    assert stock_of(db, placed.cabinet) == {"A1": 8, "A2": 10}
    assert check_ledger(db) == []


@pytest.mark.rule("BR-103", "BR-144")
def test_a_selection_whose_slot_is_empty_is_not_booked_until_it_holds_a_product(
    manager: SignedIn, db: Connection
) -> None:
    machine = Machine()
    placed = place(db, machine)
    db.execute("UPDATE planogram_slots SET dex_selection = 'C9' WHERE id = %(id)s", id=placed.cabinet.slots["A3"])
    machine.selections["C9"] = type(machine.selections["A1"])()
    upload(manager, machine.read())
    upload(manager, machine.sell("C9", 3).sell("A1", 1).read())

    assert books(db, placed.device.id) == {placed.chips: (1, 125)}
    assert db.value("SELECT units FROM dex_intervals ORDER BY position DESC LIMIT 1") == 4


@pytest.mark.rule("BR-101")
def test_a_deleted_device_sells_nothing(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, machine.read())
    db.execute("UPDATE devices SET deleted_at = now() WHERE id = %(id)s", id=placed.device.id)
    answer = upload(manager, machine.sell("A1", 1).read())

    assert answer.json["reads"][0]["device_id"] is None
    assert books(db, placed.device.id) == {}


@pytest.mark.rule("BR-101")
def test_a_clock_that_runs_ahead_sells_nothing_in_the_future(manager: SignedIn, db: Connection) -> None:
    machine = Machine(now=NOW - timedelta(hours=30))
    place(db, machine)
    upload(manager, machine.read())
    upload(manager, machine.sell("A1", 1).read(after=timedelta(hours=16)))

    assert db.values("SELECT sold_at FROM sales") == [NOW]


@pytest.mark.rule("BR-144")
def test_the_first_read_of_a_machine_is_only_a_baseline(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    answer = upload(manager, machine.read())

    assert answer.json["reads"][0]["booked_units"] == 0
    assert books(db, placed.device.id) == {}
    assert db.values("SELECT outcome FROM dex_intervals") == ["baseline"]


@pytest.mark.rule("BR-104")
def test_what_a_person_has_corrected_is_left_to_them(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, machine.read())
    upload(manager, machine.sell("A1", 3).read())
    sale_id = db.value("SELECT id FROM sales")
    corrected = manager.post(
        f"/api/sales/{sale_id}/corrections", json={"units": 1, "cash": 1.25, "reason": "the coil turned twice"}
    )
    upload(manager, machine.sell("A1", 1).read())

    assert corrected.status in (200, 201)
    assert books(db, placed.device.id) == {placed.chips: (3, 375)}
