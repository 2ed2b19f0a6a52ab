"""The ledger: every unit that went in or out, and its proof."""

from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from chalicelib.kit.call import Call
from chalicelib.planograms.errors import SlotNotFound
from chalicelib.stock import service
from chalicelib.stock.models import Entry, Move
from tests.support import factories
from tests.support.factories import Fill


@pytest.fixture
def call(database: Any) -> Call:
    """A request of nobody, as a worker makes it."""
    return Call(request_id="r", method="POST", path="/", now=datetime(2026, 1, 5, tzinfo=UTC), ip="", headers={})


@pytest.fixture
def cabinet(db: Any) -> Any:
    cabinet = factories.device(db).cabinets[0]
    cola = factories.product(db)
    factories.fill(db, cabinet, {"A1": Fill(cola, quantity=4), "A2": Fill(cola, quantity=1)})
    return cabinet


def test_moves_of_many_slots_keep_a_running_balance_each(call: Call, db: Any, cabinet: Any) -> None:
    first, second = cabinet.slots["A1"], cabinet.slots["A2"]
    with call.transaction():
        moves = [(first, 3, "restock"), (second, 2, "restock"), (first, -5, "test_vend"), (first, 0, "restock")]
        service.apply(call, [Move(slot_id=slot, delta=delta, kind=kind) for slot, delta, kind in moves])  # type: ignore[arg-type]

    assert factories.stock_of(db, cabinet) == {"A1": 2, "A2": 3}
    after = db.values("SELECT quantity_after FROM inventory_movements WHERE kind <> 'import' ORDER BY id")
    assert after == [7, 3, 2]
    assert service.check_ledger(db) == []


def test_the_number_of_statements_does_not_grow_with_the_slots(call: Call, cabinet: Any) -> None:
    sent = []
    for slots in (["A1"], ["A1", "A2"]):
        with call.transaction() as connection:
            service.apply(call, [Move(slot_id=cabinet.slots[s], delta=1, kind="restock") for s in slots])
            sent.append(connection.statements)

    assert sent[0] == sent[1]


@pytest.mark.parametrize(("delta", "constraint"), [(-5, "quantity_not_negative"), (7, "quantity_within_capacity")])
def test_the_database_refuses_less_than_nothing_and_more_than_fits(
    call: Call, db: Any, cabinet: Any, delta: int, constraint: str
) -> None:
    with pytest.raises(psycopg.errors.CheckViolation, match=constraint), call.transaction():
        service.apply(call, [Move(slot_id=cabinet.slots["A1"], delta=delta, kind="count_adjustment")])

    assert factories.stock_of(db, cabinet)["A1"] == 4


def test_a_slot_that_is_not_there_cannot_be_moved(call: Call, cabinet: Any) -> None:
    with pytest.raises(SlotNotFound), call.transaction():
        service.apply(call, [Move(slot_id=10**9, delta=1, kind="restock")])


def test_entries_of_a_planogram_edit_are_written_in_order(call: Call, db: Any, cabinet: Any) -> None:
    slot, (old,) = cabinet.slots["A1"], db.values("SELECT DISTINCT product_id FROM planogram_slots WHERE quantity = 4")
    new = factories.product(db)
    with call.transaction() as connection:
        connection.execute(
            "UPDATE planogram_slots SET product_id = %(new)s, quantity = 6 WHERE id = %(slot)s", new=new, slot=slot
        )
        out = Entry(slot_id=slot, product_id=old, delta=-4, kind="planogram_change", quantity_after=0)
        put = Entry(slot_id=slot, product_id=new, delta=6, kind="planogram_change", quantity_after=6)
        nothing = Entry(slot_id=cabinet.slots["A2"], product_id=old, delta=0, kind="planogram_change", quantity_after=1)
        service.post(call, [out, put, nothing])

    assert service.check_ledger(db) == []
    assert db.values("SELECT product_id FROM inventory_movements WHERE kind = 'planogram_change' ORDER BY id") == [
        old,
        new,
    ]


def test_the_check_names_a_slot_whose_ledger_does_not_add_up(db: Any, cabinet: Any) -> None:
    db.execute("ALTER TABLE planogram_slots DISABLE TRIGGER planogram_slots_quantity_in_ledger")
    db.execute("UPDATE planogram_slots SET quantity = 9 WHERE id = %(id)s", id=cabinet.slots["A2"])

    (found,) = service.check_ledger(db)

    assert (found.invariant, found.resource, found.resource_id) == (1, "slot", cabinet.slots["A2"])
    assert found.problem == "holds 9 units, its movements add up to 1"
