"""`collectedAt`: when a read was taken from its machine tells where it belongs, whenever it arrives."""

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from chalicelib.telemetry.service import applying
from tests.support.client import Answer
from tests.support.factories import stock_of
from tests.support.people import SignedIn
from tests.telemetry.machines import Machine, Placed, Selection, books, place

Taken = tuple[bytes, datetime]


def send(who: SignedIn, *taken: Taken) -> Answer:
    reads = [{"content": content.decode(), "collectedAt": at.isoformat()} for content, at in taken]
    return who.post("/api/telemetry/reads", json={"reads": reads})


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


@pytest.mark.rule("BR-144", "BR-145")
def test_a_silent_machine_that_began_again_has_the_same_books_in_whatever_order_its_reads_come(
    manager: SignedIn, db: Connection
) -> None:
    told = []
    for number, order in enumerate([(0, 1, 2, 3, 4), *itertools.islice(itertools.permutations(range(5)), 7, None, 23)]):
        machine = Machine(serial=f"SN-{number}", is_silent=True)
        placed = place(db, machine)
        reads = reset_between(machine)
        for one in order:
            send(manager, reads[one])
            applying.drain()
            send(manager, reads[one])
        told.append(story(db, placed))

    assert told[0][1]
    assert all(one == told[0] for one in told)
