"""Vends and events that feeds tell at once, merged with reads: on the books at once, and never twice."""

import itertools
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from chalicelib.stock.service import check_ledger
from chalicelib.telemetry.service import applying
from chalicelib.telemetry.service.verifying import verify
from tests.support.client import Answer
from tests.support.factories import stock_of
from tests.support.people import SignedIn
from tests.telemetry.machines import Machine, Placed, books, daily, place, upload

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
_ids = itertools.count(1)


@pytest.fixture(autouse=True)
def _march(clock_at: Any) -> None:
    clock_at(NOW)


def vend(machine: Machine, selection: str, *, at: datetime, cents: int = 125, device: str = "DA", **more: Any) -> Any:
    told = {"type": "vend", "id": f"vend-{next(_ids)}", "machine": {"serial": machine.serial}, "selection": selection}
    return told | {"device": device, "cents": cents, "at": at.isoformat()} | more


def event(machine: Machine, code: str, *, at: datetime, **more: Any) -> Any:
    told = {"type": "event", "id": f"event-{next(_ids)}", "machine": {"serial": machine.serial}, "code": code}
    return told | {"at": at.isoformat()} | more


def tell(who: SignedIn, *told: Any) -> Answer:
    """Send vends and events, and let the worker apply them."""
    answer = who.post("/api/telemetry/events", json={"events": list(told)})
    assert applying.drain()["failed"] == 0
    return answer


def live(db: Connection) -> list[tuple[str, bool]]:
    rows = db.values("SELECT jsonb_build_array(status, sale_id IS NOT NULL) FROM live_vends ORDER BY vended_at, id")
    return [(status, is_sale) for status, is_sale in rows]


def is_proven(db: Connection, placed: Placed) -> bool:
    """Whether rollup, ledger and raw reads agree with the books."""
    proof = verify(date(2026, 3, 1))
    return (daily(db, placed.device.id), check_ledger(db), proof.problems) == (books(db, placed.device.id), [], [])


def test_a_vend_is_a_sale_at_once_and_takes_its_unit_out_of_the_slot(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, machine.read())
    answer = tell(manager, vend(machine, "A1", at=machine.now + timedelta(hours=1)))

    assert answer.status == 202
    assert books(db, placed.device.id) == {placed.chips: (1, 125)}
    assert stock_of(db, placed.cabinet)["A1"] == 9
    assert live(db) == [("provisional", True)]
    assert db.values("SELECT source FROM sales") == ["live"]
    assert db.values("SELECT payload ->> 'source' FROM outbox WHERE topic = 'sale.recorded'") == ["live"]
    assert is_proven(db, placed)


def test_the_read_that_covers_it_confirms_it_and_books_only_the_rest(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, machine.read())
    at = machine.now + timedelta(hours=1)
    tell(manager, vend(machine, "A1", at=at), vend(machine, "A1", at=at + timedelta(hours=1)))
    machine.sell("A1", 2, card=True).sell("A1", 3)
    upload(manager, machine.read())

    assert books(db, placed.device.id) == {placed.chips: (5, 625)}
    assert live(db) == [("confirmed", True)] * 2
    assert db.values("SELECT units FROM sales ORDER BY id") == [1, 1, 3]
    assert db.value("SELECT count(*) FROM sale_corrections") == 0
    assert stock_of(db, placed.cabinet)["A1"] == 5
    assert is_proven(db, placed)
    assert verify(date(2026, 3, 1)).confirmed_units == 2


def test_a_vend_that_comes_after_its_read_splits_what_was_booked(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, machine.read())
    at = machine.now + timedelta(hours=2)
    upload(manager, machine.sell("A1", 3, card=True).read())
    before = books(db, placed.device.id), stock_of(db, placed.cabinet)
    tell(manager, vend(machine, "A1", at=at))

    assert (books(db, placed.device.id), stock_of(db, placed.cabinet)) == before
    assert live(db) == [("confirmed", True)]
    assert db.value("SELECT sold_at FROM sales WHERE source = 'live'") == at
    assert is_proven(db, placed)


def test_a_vend_that_no_read_knows_is_taken_back(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, machine.read())
    at = machine.now + timedelta(hours=1)
    tell(manager, vend(machine, "A1", at=at), vend(machine, "A2", at=at), vend(machine, "A2", at=at, cents=100))
    upload(manager, machine.sell("A2", 1, card=True).read())

    assert books(db, placed.device.id) == {placed.cola: (1, 125)}
    assert live(db) == [("superseded", False), ("confirmed", True), ("superseded", False)]
    assert stock_of(db, placed.cabinet) == {"A1": 10, "A2": 9}
    assert is_proven(db, placed)


def test_a_vend_stays_provisional_until_the_next_read_that_can_be_booked(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, machine.read())
    tell(manager, vend(machine, "A1", at=machine.now + timedelta(hours=1)))
    upload(manager, machine.sell("A1", 1, card=True).read().replace(b"PA1*A2", b"PA1*A9"))
    after_damage = live(db)
    upload(manager, machine.read())

    assert after_damage == [("provisional", True)]
    assert live(db) == [("confirmed", True)]
    assert books(db, placed.device.id) == {placed.chips: (1, 125)}
    assert is_proven(db, placed)


def test_vends_before_the_first_read_and_around_a_new_board_are_kept(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    tell(manager, vend(machine, "A1", at=machine.now))
    upload(manager, machine.read())
    at = machine.now + timedelta(hours=1)
    tell(manager, vend(machine, "A1", at=at), vend(machine, "A1", at=at + timedelta(hours=1)))
    machine.reads = 0
    for name in machine.selections:
        machine.selections[name] = type(machine.selections[name])(cash=0, cash_cents=0)
    upload(manager, machine.sell("A1", 1, card=True).read())

    assert books(db, placed.device.id) == {placed.chips: (3, 375)}
    assert [status for status, _ in live(db)].count("superseded") == 0
    assert is_proven(db, placed)


def test_the_same_vend_again_changes_nothing_whatever_delivery_it_comes_in(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    one, other = (vend(machine, "A1", at=machine.now + timedelta(hours=hour)) for hour in (1, 2))
    first, again = tell(manager, one), tell(manager, one)
    tell(manager, other, one)

    assert (first.json["files"][0]["duplicate"], again.json["files"][0]["duplicate"]) == (False, True)
    assert books(db, placed.device.id) == {placed.chips: (2, 250)}
    assert is_proven(db, placed)


@pytest.mark.slow
@pytest.mark.rule("BR-145", "BR-105")
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_reads_and_vends_in_any_order_give_the_totals_of_the_reads(
    manager: SignedIn, db: Connection, seed: int
) -> None:
    chance = random.Random(seed)
    outcomes = []
    for shuffled in (False, True):
        machine = Machine(serial=f"SN-{shuffled}", now=datetime(2026, 3, 2, 6, tzinfo=UTC))
        placed = place(db, machine, quantity=300, capacity=400)
        parts: list[tuple[str, Any]] = []
        days = random.Random(seed)
        for _ in range(8):
            parts.append(("read", machine.read(after=timedelta(hours=12))))
            for name in ("A1", "A2"):
                for _ in range(days.randrange(3)):
                    machine.sell(name, card=True)
                    if days.random() < 0.8:
                        at = machine.now + timedelta(minutes=days.randrange(5, 700))
                        parts.append(("vend", vend(machine, name, at=at)))
                machine.sell(name, days.randrange(3))
        parts.append(("read", machine.read(after=timedelta(hours=12))))
        if shuffled:
            chance.shuffle(parts)
        for kind, part in parts:
            assert (upload(manager, part).status if kind == "read" else tell(manager, part).status) < 300
        outcomes.append(
            ([books(db, placed.device.id)[one] for one in (placed.chips, placed.cola)], live_of(db, placed))
        )
        assert is_proven(db, placed)
        assert sum(stock_of(db, placed.cabinet).values()) == 600 - sum(units for units, _ in outcomes[-1][0])

    assert outcomes[0] == outcomes[1]
    assert {status for status, _ in outcomes[0][1]} == {"confirmed"}


def live_of(db: Connection, placed: Placed) -> list[Any]:
    return db.values(
        """
        SELECT jsonb_build_array(status, selection || vended_at::text)
          FROM live_vends
         WHERE device_id = %(id)s
         ORDER BY selection, vended_at, id
        """,
        id=placed.device.id,
    )


def test_an_event_that_a_feed_tells_and_a_read_lists_is_shown_once(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    upload(manager, listing(machine, []))
    opened, jammed = machine.now + timedelta(hours=1), machine.now + timedelta(hours=2)
    tell(manager, event(machine, "EGS", at=opened + timedelta(seconds=40), active=True))
    upload(manager, listing(machine, [("EGS", opened), ("EJA", jammed)], egs=2))
    upload(manager, listing(machine, [("EGS", opened), ("EJA", jammed)], egs=2))
    told = manager.get(f"/api/devices/{placed.device.id}/telemetry").json

    assert [(one["code"], one["source"]) for one in told["events"]] == [("EJA", "read"), ("EGS", "feed")]
    assert told["counters"] == [{"code": "EGS", "isActive": None, "total": 2, "sinceLastRead": 0, "told": 0}]
    assert told["lastReadAt"] is not None


def listing(machine: Machine, events: list[tuple[str, datetime]], egs: int = 0) -> bytes:
    """Write a read that lists events (EA1) and counts open doors (EA2)."""
    from chalicelib.telemetry.dex import compose, parse
    from tests.telemetry.machines import ZONE

    (plain,) = parse(machine.read())
    rows = [(record.record_type, *record.fields) for record in plain.records]
    body = [row for row in rows if row[0] not in ("DXS", "ST", "G85", "SE", "DXE")]
    listed = [("EA1", code, f"{at.astimezone(ZONE):%y%m%d}", f"{at.astimezone(ZONE):%H%M}") for code, at in events]
    return compose(rows[0], [[*body, *listed, ("EA2", "EGS", "0", str(egs))]])


def test_a_partners_messages_are_understood_as_they_come(manager: SignedIn, db: Connection) -> None:
    from pathlib import Path

    from chalicelib.telemetry.adapters import ADAPTERS

    recorded = Path(__file__).parent / "adapters" / "generic" / "messages.json"
    delivery = ADAPTERS["generic"](recorded.read_bytes())

    assert [one.type for one in delivery.happenings] == ["vend", "event"]
    assert len(delivery.reads) == 1
    assert [one.at.year for one in delivery.happenings] == [2026, 2026]


@pytest.mark.rule("BR-143")
def test_vends_of_an_unknown_machine_wait_for_its_device(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, Machine(serial="somebody else's"))
    tell(manager, vend(machine, "A1", at=machine.now + timedelta(hours=30)))
    before = books(db, placed.device.id)
    read = upload(manager, machine.read()).json["dex_read_id"]
    manager.post(f"/api/dex/reads/{read}/link", json={"deviceId": placed.device.id})

    assert before == {}
    assert books(db, placed.device.id) == {placed.chips: (1, 125)}
    assert is_proven(db, placed)


@pytest.mark.rule("BR-143")
def test_vends_of_an_unknown_machine_join_as_soon_as_a_read_of_it_finds_its_device_by_itself(
    manager: SignedIn, db: Connection
) -> None:
    machine = Machine()
    placed = place(db, Machine(serial="not entered yet"))
    tell(manager, vend(machine, "A1", at=machine.now + timedelta(hours=30)), event(machine, "EGS", at=machine.now))
    before = books(db, placed.device.id)
    db.execute("UPDATE devices SET serial_number = %(serial)s WHERE id = %(id)s", serial="SN-1", id=placed.device.id)
    upload(manager, machine.read())

    assert before == {}
    assert books(db, placed.device.id) == {placed.chips: (1, 125)}
    assert db.values("SELECT device_id FROM machine_events WHERE source = 'feed'") == [placed.device.id]
    assert is_proven(db, placed)


def test_what_is_no_vend_is_refused(manager: SignedIn, driver: SignedIn, db: Connection) -> None:
    good = vend(Machine(), "A1", at=NOW)

    def status(**changed: Any) -> int:
        return manager.post("/api/telemetry/events", json={"events": [good | changed]}).status

    assert status(type="sale") == status(machine={}) == status(cents=-1) == status(device="XX") == 400
    assert status(at="yesterday") == status(at=1_700_000_000) == status(id="") == status(selection="") == 400
    assert status(deviceId=999_999) == 404
    assert manager.post("/api/telemetry/events", json={"events": []}).status == 400
    assert driver.post("/api/telemetry/events", json={"events": [good]}).status == 403
    assert db.value("SELECT count(*) FROM dex_files") == 0
