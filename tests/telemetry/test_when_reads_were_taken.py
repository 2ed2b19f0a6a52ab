"""`collectedAt`: when a read was taken from its machine tells where it belongs, whenever it arrives."""

import itertools
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from chalicelib.telemetry.adapters.generic import unwrap
from chalicelib.telemetry.service import applying
from chalicelib.telemetry.service.verifying import verify
from tests.support.client import Answer
from tests.support.factories import stock_of
from tests.support.people import SignedIn
from tests.telemetry.machines import Machine, Placed, Selection, books, place

ENVELOPES = Path(__file__).parent / "adapters" / "generic"

Taken = tuple[bytes, datetime]


def send(who: SignedIn, taken: Taken, *, is_dated: bool = True) -> Answer:
    content, at = taken
    body = {"content": content.decode(), "collectedAt": at.isoformat() if is_dated else None}
    return who.post("/api/telemetry/reads", json=body)


def reset_between(machine: Machine) -> list[Taken]:
    """Five reads of a machine whose counters began again after the second one."""
    contents = [machine.read(), machine.sell("A1", 3).sell("A2", 2).read()]
    machine.selections = {name: Selection(cash=0, cash_cents=0) for name in machine.selections}
    contents += [machine.sell("A1", units).sell("A2", units).read() for units in (1, 2, 1)]
    return [
        (content, machine.now - timedelta(days=left)) for content, left in zip(contents, (4, 3, 2, 1, 0), strict=True)
    ]


def story(db: Connection, placed: Placed) -> list[Any]:
    """Return what the books and the reads of a machine say, without the moments at which they were written."""
    intervals = db.values(
        """
        SELECT jsonb_build_array(read.collected_at, interval.position, interval.outcome, interval.started_at,
                                 interval.ended_at, interval.units, interval.value_cents, interval.sold)
          FROM dex_intervals interval
          JOIN dex_reads read ON read.id = interval.read_id
         WHERE interval.device_id = %(id)s
         ORDER BY interval.position
        """,
        id=placed.device.id,
    )
    days = db.values(
        """
        SELECT jsonb_build_array(day, sum(units))
          FROM sales_daily
         WHERE device_id = %(id)s
         GROUP BY day
        HAVING sum(units) <> 0
         ORDER BY day
        """,
        id=placed.device.id,
    )
    return [intervals, days, list(books(db, placed.device.id).values()), stock_of(db, placed.cabinet)]


ORDERS = ((0, 1, 2, 3, 4), *itertools.islice(itertools.permutations(range(5)), 7, None, 23))


def told_in_each_order(manager: SignedIn, db: Connection, *, is_dated: bool) -> list[Any]:
    """Return the story of the same silent machine, its reads sent twice each, for each of some orders."""
    stories = []
    for number, order in enumerate(ORDERS):
        machine = Machine(serial=f"SN-{number}", is_silent=True)
        placed = place(db, machine)
        reads = reset_between(machine)
        for one in order:
            send(manager, reads[one], is_dated=is_dated)
            applying.drain()
            send(manager, reads[one], is_dated=is_dated)
        stories.append(story(db, placed))
    return stories


@pytest.mark.rule("BR-144", "BR-145")
def test_a_silent_machine_that_began_again_has_the_same_books_in_whatever_order_its_reads_come(
    manager: SignedIn, db: Connection
) -> None:
    in_order, *others = told_in_each_order(manager, db, is_dated=True)
    _, days, sold, _ = in_order

    assert len(days) > 2
    assert sold
    assert all(other == in_order for other in others)


def test_without_the_moment_only_the_arrival_tells_and_the_books_may_differ(manager: SignedIn, db: Connection) -> None:
    in_order, *others = told_in_each_order(manager, db, is_dated=False)

    assert any(other[2] != in_order[2] for other in others)


@pytest.mark.rule("BR-144")
def test_the_sales_of_a_silent_machine_lie_at_the_moment_at_which_it_was_read(
    manager: SignedIn, db: Connection
) -> None:
    machine = Machine(is_silent=True)
    placed = place(db, machine)
    taken = [(machine.read(), machine.now), (machine.sell("A1", 2).read(), machine.now)]
    for one in taken:
        assert send(manager, one).status == 202
    applying.drain()

    assert db.values("SELECT sold_at FROM sales") == [machine.now]
    assert db.values("SELECT period_start FROM sales") == [machine.now - timedelta(days=1)]
    assert books(db, placed.device.id) == {placed.chips: (2, 250)}
    assert verify(date(2026, 3, 1)).problems == []


def test_a_moment_ahead_of_the_arrival_counts_as_the_arrival(manager: SignedIn, db: Connection, clock_at: Any) -> None:
    machine = Machine(is_silent=True)
    place(db, machine)
    send(manager, (machine.read(), machine.now))
    applying.drain()
    content = machine.sell("A1").read()
    clock_at(machine.now)
    send(manager, (content, machine.now + timedelta(days=3)))
    applying.drain()

    assert db.values("SELECT sold_at FROM sales") == [machine.now]


def test_whoever_changes_the_moment_afterwards_breaks_the_chain(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    place(db, machine)
    send(manager, (machine.read(), machine.now))
    applying.drain()
    before = verify(date(2026, 3, 1)).problems
    db.execute("UPDATE dex_files SET collected_at = collected_at - interval '1 hour'")

    assert before == []
    assert ["broken" in problem for problem in verify(date(2026, 3, 1)).problems] == [True]


def test_the_envelope_of_a_partner_tells_the_moment(manager: SignedIn) -> None:
    delivery = unwrap((ENVELOPES / "messages.json").read_bytes())

    assert [read.collected_at for read in delivery.reads] == [datetime(2026, 3, 2, 10, tzinfo=UTC)]


def test_what_is_no_moment_is_refused(manager: SignedIn, db: Connection) -> None:
    content = Machine().read().decode()

    def status(moment: Any) -> int:
        return manager.post("/api/telemetry/reads", json={"content": content, "collectedAt": moment}).status

    assert status("yesterday") == status("2026-03-02T10:00:00") == status("1999-12-31T00:00:00Z") == status(1) == 400
    assert db.value("SELECT count(*) FROM dex_files") == 0
