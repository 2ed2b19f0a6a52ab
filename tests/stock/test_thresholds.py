"""Stock that runs low or out is told once for each time that it does, by whatever moved it, in its transaction."""

from typing import Any

import pytest

from chalicelib.kit.db import Connection
from chalicelib.stock import rules
from chalicelib.stock.models import Line
from chalicelib.stock.rules import Fall
from tests.support import factories
from tests.support.factories import Cabinet, Fill
from tests.support.people import SignedIn


@pytest.fixture
def cabinet(db: Connection) -> Cabinet:
    """A cabinet with 8 of par 8 in A1, and a little of other things."""
    device = factories.device(db)
    factories.fill(
        db,
        device.cabinets[0],
        {
            "A1": Fill(factories.product(db), quantity=8),
            "A2": Fill(factories.product(db), quantity=2),
            "A3": Fill(factories.product(db), quantity=3, par_level=0),
        },
    )
    return device.cabinets[0]


def count(manager: SignedIn, cabinet: Cabinet, position: str, quantity: int) -> None:
    answer = manager.post(f"/api/slots/{cabinet.slots[position]}/count", json={"quantity": quantity})
    assert answer.status == 200, answer.text


def told(db: Connection) -> list[list[Any]]:
    return db.values(
        """
        SELECT jsonb_build_array(topic, payload->>'position', payload->'quantity')
          FROM outbox
         WHERE topic LIKE 'stock.%%'
         ORDER BY id
        """
    )


def test_each_threshold_is_told_when_it_is_crossed_and_not_again(
    manager: SignedIn, db: Connection, cabinet: Cabinet
) -> None:
    for quantity in (5, 3, 2, 1, 2, 1, 0):
        count(manager, cabinet, "A1", quantity)

    assert told(db) == [["stock.low", "A1", 2], ["stock.sold_out", "A1", 0]]


def test_it_is_told_again_after_it_was_filled(manager: SignedIn, db: Connection, cabinet: Cabinet) -> None:
    for quantity in (2, 8, 0, 8, 1):
        count(manager, cabinet, "A1", quantity)

    assert [one[0] for one in told(db)] == ["stock.low", "stock.low", "stock.sold_out", "stock.low"]


def test_a_slot_that_was_low_already_is_only_sold_out_and_one_without_par_is_never_low(
    manager: SignedIn, db: Connection, cabinet: Cabinet
) -> None:
    count(manager, cabinet, "A2", 0)
    count(manager, cabinet, "A3", 0)

    assert told(db) == [["stock.sold_out", "A2", 0], ["stock.sold_out", "A3", 0]]


def test_a_whole_cabinet_is_told_in_one_transaction_and_leaves_no_audit_rows_of_its_own(
    manager: SignedIn, db: Connection, cabinet: Cabinet
) -> None:
    counts = [{"position": position, "quantity": 0} for position in ("A1", "A2", "A3")]
    answer = manager.post(f"/api/planograms/{cabinet.key.replace('+', '%2B')}/counts", json={"counts": counts})
    assert answer.status == 200, answer.text

    assert sorted(told(db)) == [
        ["stock.low", "A1", 0],
        ["stock.sold_out", "A1", 0],
        ["stock.sold_out", "A2", 0],
        ["stock.sold_out", "A3", 0],
    ]
    assert db.value("SELECT count(*) FROM audit_events WHERE action LIKE 'stock.%%'") == 0
    assert len(set(db.values("SELECT created_at FROM outbox WHERE topic LIKE 'stock.%%'"))) == 1


def test_what_is_refused_tells_nothing(manager: SignedIn, db: Connection, cabinet: Cabinet) -> None:
    counts = [{"position": "A1", "quantity": 0}, {"position": "A2", "quantity": 99}]
    assert manager.post(f"/api/planograms/{cabinet.key}/counts", json={"counts": counts}).status == 400

    assert told(db) == []


def test_the_lines_of_a_slot_are_taken_together() -> None:
    lines = [Line(1, -3, 5), Line(2, -1, 0), Line(1, -2, 3), Line(1, 4, 7)]

    assert rules.falls(lines) == [Fall(1, before=8, after=7), Fall(2, before=1, after=0)]
