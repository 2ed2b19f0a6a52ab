"""Reads that partners and tools send: stored, answered with 202, applied later, exactly once."""

import base64
import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from chalicelib.kit import clock
from chalicelib.kit import db as kit_db
from chalicelib.kit.db import Connection
from chalicelib.stock.service import check_ledger
from chalicelib.telemetry.queries import files
from chalicelib.telemetry.service import applying, feeds
from chalicelib.telemetry.service.ingesting import parsed, take_in
from chalicelib.telemetry.workers import telemetry_apply
from tests.support.client import Answer, Client
from tests.support.costs import at_once
from tests.support.factories import stock_of
from tests.support.people import SignedIn
from tests.telemetry.machines import Machine, Placed, books, daily, place, upload

ENVELOPES = Path(__file__).parent / "adapters" / "generic"
SECRET = "whsec_" + base64.b64encode(b"a secret of 24 bytes....").decode()
NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


def send(who: Client, *contents: bytes) -> Answer:
    return who.post("/api/telemetry/reads", json={"reads": [{"content": content.decode()} for content in contents]})


def messages(*file_ids: int) -> dict[str, Any]:
    """Return an event as the queue hands it to the worker."""
    return {
        "Records": [
            {"messageId": f"m{place}", "body": json.dumps({"fileId": file_id}), "eventSource": "aws:sqs"}
            for place, file_id in enumerate(file_ids)
        ]
    }


@pytest.mark.rule("BR-144")
def test_reads_are_stored_at_once_and_applied_by_the_worker(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    answer = send(manager, machine.read(), machine.sell("A1", 3).read())
    file_ids = [file["fileId"] for file in answer.json["files"]]
    stored = manager.get(f"/api/telemetry/files/{file_ids[1]}").json
    before = books(db, placed.device.id)
    outcome = telemetry_apply(messages(*file_ids), None)
    applied = manager.get(f"/api/telemetry/files/{file_ids[1]}").json

    assert answer.status == 202
    assert (stored["status"], stored["reads"], before) == ("stored", [], {})
    assert outcome == {"batchItemFailures": []}
    assert applied["status"] == "applied"
    assert [read["deviceId"] for read in applied["reads"]] == [placed.device.id]
    assert books(db, placed.device.id) == {placed.chips: (3, 375)}
    assert db.values("SELECT DISTINCT actor_username FROM audit_events WHERE action = 'dex.booked'") == ["telemetry"]


def test_the_queue_holds_one_message_a_file(manager: SignedIn, db: Connection, cloud: Any) -> None:
    machine = Machine()
    answer = send(manager, machine.read(), machine.read())
    sqs, queue = cloud.place.client("sqs"), cloud.environment["CVD_TELEMETRY_QUEUE_URL"]
    taken = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages", [])

    assert {json.loads(one["Body"])["fileId"] for one in taken} == {file["fileId"] for file in answer.json["files"]}


@pytest.mark.rule("BR-142", "BR-105")
def test_a_file_that_comes_again_is_told_as_a_duplicate(manager: SignedIn, db: Connection) -> None:
    content = Machine().read()
    first, again = send(manager, content, content), send(manager, content)
    encoded = manager.post(
        "/api/telemetry/reads",
        json={"content": base64.b64encode(content).decode(), "encoding": "base64", "filename": "a.dex"},
    )

    assert [file["duplicate"] for file in first.json["files"]] == [False, True]
    assert again.json["files"][0]["duplicate"] is encoded.json["files"][0]["duplicate"] is True
    assert db.value("SELECT count(*) FROM dex_files") == 1


def test_of_deliveries_at_the_same_moment_one_is_new_and_each_is_told_its_file(
    manager: SignedIn, db: Connection
) -> None:
    machine = Machine()
    send(manager, machine.read())
    for _ in range(6):
        content = machine.read()
        answers = at_once(*[lambda content=content: send(manager, content) for _ in range(6)])
        told = [file for answer in answers for file in answer.json["files"]]

        assert sorted(file["duplicate"] for file in told) == [False, *[True] * 5]
        assert len({file["fileId"] for file in told}) == 1


def test_only_messages_that_failed_come_back(manager: SignedIn, db: Connection, cloud: Any) -> None:
    machine = Machine()
    good, bad = (file["fileId"] for file in send(manager, machine.read(), machine.read()).json["files"])
    key = db.value("SELECT s3_key FROM dex_files WHERE id = %(id)s", id=bad)
    cloud.place.client("s3").delete_object(Bucket=cloud.environment["CVD_FILES_BUCKET"], Key=key)
    outcome = telemetry_apply(messages(good, bad, 999_999), None)

    assert [item["itemIdentifier"] for item in outcome["batchItemFailures"]] == ["m1", "m2"]
    assert db.values("SELECT id FROM dex_files WHERE status = 'applied'") == [good]
    assert db.value("SELECT last_error FROM dex_files WHERE id = %(id)s", id=bad).startswith("RawMissing")


def test_files_that_wait_too_long_are_queued_again_and_can_be_drained_by_hand(
    manager: SignedIn, db: Connection, clock_at: Any
) -> None:
    send(manager, Machine().read())
    early = applying.sweep()
    clock_at(clock.now() + timedelta(minutes=6))

    assert early == {"overdue": 0, "queued": 0}
    assert applying.sweep() == {"overdue": 1, "queued": 1}
    assert applying.drain() == {"applied": 1, "failed": 0}
    assert applying.drain() == {"applied": 0, "failed": 0}


@pytest.mark.rule("BR-143")
def test_a_sender_may_name_the_device(manager: SignedIn, db: Connection) -> None:
    placed = place(db, Machine(serial="someone else's"))
    content = Machine().read().decode()
    named = manager.post("/api/telemetry/reads", json={"content": content, "deviceId": placed.device.id})
    strange = manager.post("/api/telemetry/reads", json={"content": content, "deviceId": 999_999})
    applying.drain()

    assert (named.status, strange.status) == (202, 404)
    assert db.values("SELECT device_id FROM dex_reads") == [placed.device.id]


def test_what_is_no_delivery_is_refused(manager: SignedIn, db: Connection) -> None:
    def status(**body: Any) -> int:
        return manager.post("/api/telemetry/reads", json=body).status

    assert status() == status(reads=[]) == status(reads="x") == status(reads=[{"filename": "a"}]) == 400
    assert status(content="???", encoding="base64") == status(content="") == 400
    assert status(content="x" * (3 * 1024 * 1024)) == 413
    assert db.value("SELECT count(*) FROM dex_files") == 0


def test_drivers_and_viewers_may_not_send(driver: SignedIn, viewer: SignedIn, client: Client, db: Connection) -> None:
    assert [send(who, Machine().read()).status for who in (driver, viewer, client)] == [403, 403, 401]
    assert viewer.get("/api/telemetry/files/1").status == 403


def test_an_unknown_file_is_not_found(manager: SignedIn) -> None:
    assert manager.get("/api/telemetry/files/999999").status == 404


@pytest.fixture
def partner(cloud: Any, database: Any) -> Iterator[str]:
    """A partner who signs with SECRET."""
    feeds._partner_by_hand.cache_clear()
    cloud.place.client("secretsmanager").create_secret(
        Name="cvd-test-partner-acme", SecretString=json.dumps({"adapter": "generic", "secrets": [SECRET]})
    )
    yield "acme"
    feeds._partner_by_hand.cache_clear()


def deliver(client: Client, name: str, body: bytes, *, secret: str = SECRET, at: datetime | None = None) -> Answer:
    moment, name_of_it = at or datetime.now(UTC), f"msg_{hashlib.sha256(body).hexdigest()[:16]}"
    headers = {
        "webhook-id": name_of_it,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": Webhook(secret).sign(name_of_it, moment, body.decode()),
        "content-type": "application/json",
    }
    return client.post(f"/api/telemetry/webhooks/{name}", body=body, headers=headers)


@pytest.mark.parametrize(
    "envelope", sorted(ENVELOPES.glob("*"), key=lambda path: path.name), ids=lambda path: path.name
)
def test_a_partners_signed_delivery_is_taken_and_applied(
    client: Client, db: Connection, partner: str, envelope: Path
) -> None:
    answer = deliver(client, partner, envelope.read_bytes())
    again = deliver(client, partner, envelope.read_bytes())
    applying.drain()

    assert (answer.status, again.status) == (202, 202)
    assert all(file["duplicate"] for file in again.json["files"])
    assert db.values("SELECT DISTINCT partner FROM dex_files") == ["acme"]
    assert db.value("SELECT count(*) FROM dex_files WHERE status = 'applied'") == len(answer.json["files"])
    assert db.value("SELECT count(*) FROM dex_reads") == db.value("SELECT count(*) FROM dex_files WHERE kind = 'dex'")
    assert db.value("SELECT bool_and(status <> 'rejected' AND NOT is_quarantined) FROM dex_reads")


def test_a_delivery_that_its_sender_cannot_prove_is_refused(client: Client, db: Connection, partner: str) -> None:
    body = (ENVELOPES / "single.json").read_bytes()
    other = "whsec_" + base64.b64encode(b"some other secret.......").decode()

    assert deliver(client, partner, body, secret=other).status == 403
    assert deliver(client, partner, body, at=datetime.now(UTC) - timedelta(hours=1)).status == 403
    assert client.post(f"/api/telemetry/webhooks/{partner}", body=body).status == 403
    assert deliver(client, "nobody", body).status == deliver(client, "no_body!", body).status == 404
    assert db.value("SELECT count(*) FROM dex_files") == 0


def story(reads: int, seed: int) -> tuple[Machine, Sequence[bytes]]:
    """Return a machine that sold, vended for free and was tested, and its reads in order."""
    chance = random.Random(seed)
    machine = Machine(serial=f"SN-{seed}")
    contents = []
    for _ in range(reads):
        for name in machine.selections:
            machine.sell(name, chance.randrange(3), card=chance.random() < 0.5)
            machine.selections[name].free += chance.randrange(2)
        contents.append(machine.read(after=timedelta(hours=12)))
    return machine, contents


def totals(db: Connection, placed: Placed) -> tuple[Any, ...]:
    products = (placed.chips, placed.cola)
    booked, rolled_up = books(db, placed.device.id), daily(db, placed.device.id)
    assert booked == rolled_up
    live = db.values(
        """
        SELECT jsonb_build_array(sale.sold_at, sale.period_start, sale.units, sale.revenue_cents, sale.payment_kind,
                                 slot.position)
          FROM sales sale
          JOIN planogram_slots slot ON slot.id = sale.slot_id
         WHERE sale.device_id = %(id)s
           AND NOT EXISTS (SELECT FROM sale_corrections WHERE sale_id = sale.id AND sale_sold_at = sale.sold_at)
         ORDER BY sale.sold_at, slot.position, sale.payment_kind
        """,
        id=placed.device.id,
    )
    return [booked[product] for product in products], live, stock_of(db, placed.cabinet)


@pytest.mark.slow
@pytest.mark.rule("BR-145", "BR-142", "BR-105")
def test_reads_in_any_order_and_any_number_of_times_give_the_same_books(
    manager: SignedIn, db: Connection, clock_at: Any
) -> None:
    clock_at(NOW)
    machine, contents = story(40, seed=1)
    in_order = place(db, machine, quantity=300, capacity=400)
    for content in contents:
        send(manager, content)
    applying.drain()
    expected = totals(db, in_order)
    # The same story once more, told by a machine of another serial: its reads are other contents.
    twin, retold = story_of_twin(machine, contents)
    shuffled = place(db, twin, quantity=300, capacity=400)
    file_ids = [send(manager, content).json["files"][0]["fileId"] for content in retold] * 3
    random.Random(7).shuffle(file_ids)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(deliver_until_done, file_ids))

    assert totals(db, shuffled) == expected
    assert check_ledger(db) == []
    assert expected[0] == [
        (one.cash + one.card - 60 - first, cents)
        for (one, first, cents) in zip(machine.selections.values(), *sold_at_first(contents, machine), strict=True)
    ]


@pytest.mark.slow
@pytest.mark.rule("BR-145", "BR-144")
@pytest.mark.parametrize("seed", [3, 4])
def test_a_board_that_is_exchanged_and_damaged_reads_do_not_change_that(
    manager: SignedIn, db: Connection, clock_at: Any, seed: int
) -> None:
    clock_at(NOW)
    outcomes = []
    for order, asset in ((None, "IN-ORDER"), (seed, "SHUFFLED")):
        machine = Machine(serial="OLD", asset=asset)
        placed = place(db, Machine(serial="-"), quantity=300, capacity=400)
        db.execute("UPDATE devices SET asset = %(asset)s WHERE id = %(id)s", asset=asset, id=placed.device.id)
        contents = exchanged(machine, seed)
        file_ids = [send(manager, content).json["files"][0]["fileId"] for content in contents]
        if order is not None:
            file_ids *= 2
            random.Random(order).shuffle(file_ids)
        with ThreadPoolExecutor(6 if order else 1) as threads:
            list(threads.map(deliver_until_done, file_ids))
        outcomes.append(totals(db, placed))

    assert outcomes[0] == outcomes[1]
    assert check_ledger(db) == []


def exchanged(machine: Machine, seed: int) -> list[bytes]:
    """Return the reads of a machine that gets a fresh board half-way; some are damaged, one selection falls silent."""
    chance = random.Random(seed)
    contents = []
    for number in range(24):
        if number == 12:
            machine.serial, machine.reads = "NEW", 0
            for name in machine.selections:
                machine.selections[name] = type(machine.selections[name])(cash=0, cash_cents=0)
        for name in machine.selections:
            machine.sell(name, chance.randrange(4), card=chance.random() < 0.5)
        hidden = machine.selections.pop("A2") if number in (5, 6) else None
        content = machine.read(after=timedelta(hours=12))
        if hidden:
            machine.selections["A2"] = hidden
        contents.append(content.replace(b"PA1*A1", b"PA1*A9") if number in (3, 11, 17) else content)
    return contents


def deliver_until_done(file_id: int) -> None:
    """Redeliver a message until the worker does not hand it back, as the queue does."""
    for _ in range(5):
        if not telemetry_apply(messages(file_id), None)["batchItemFailures"]:
            return
    raise AssertionError(f"file {file_id} was handed back five times")


def story_of_twin(machine: Machine, contents: Sequence[bytes]) -> tuple[Machine, Sequence[bytes]]:
    """Return the same reads of a machine with another serial, each with a checksum of its own."""
    _, retold = story(len(contents), seed=1)
    assert list(retold) == list(contents)
    twin = Machine(serial="TWIN")
    return twin, [resealed(content.replace(b"SN-1", b"TWIN")) for content in contents]


def resealed(content: bytes) -> bytes:
    from chalicelib.telemetry.dex.integrity import crc16

    start, end = content.index(b"ST*"), content.index(b"G85*")
    return content[:end] + b"G85*%04X" % crc16(content[start:end]) + content[end + 8 :]


def sold_at_first(contents: Sequence[bytes], machine: Machine) -> tuple[list[int], list[int]]:
    """Return, by selection, the units beyond 60 that the first read showed, and the cents sold since."""
    from chalicelib.telemetry.dex import parse

    (first,) = parse(contents[0])
    units = [(one.units_init or 0) - 60 for one in first.selections]
    cents = [
        now.cash_cents + now.card_cents - (one.value_init_cents or 0)
        for one, now in zip(first.selections, machine.selections.values(), strict=True)
    ]
    return units, cents


def test_what_a_read_costs_does_not_depend_on_its_selections(
    manager: SignedIn, db: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    from tests.support.costs import statements_of

    costs = []
    for count in (2, 40):
        machine = Machine(serial=f"SN-{count}")
        machine.selections = {f"{row}{col}": type(machine.selections["A1"])() for row in "ABCDE" for col in range(1, 9)}
        machine.selections = dict(list(machine.selections.items())[:count])
        place(db, machine)
        upload(manager, machine.read())
        for name in list(machine.selections)[:count]:
            machine.sell(name)
        content = machine.read()
        costs.append(statements_of(caplog, lambda content=content: upload(manager, content)))

    assert costs[0] == costs[1]


def test_what_a_batch_costs_depends_neither_on_its_files_nor_on_their_selections(
    manager: SignedIn, db: Connection
) -> None:
    costs = []
    for files_of_the_batch, selections in ((2, 2), (9, 40)):
        machine = Machine(serial=f"SN-{selections}")
        names = [f"{row}{col}" for row in "ABCDE" for col in range(1, 9)][:selections]
        machine.selections = {name: type(machine.selections["A1"])() for name in names}
        place(db, machine)
        send(manager, machine.read())
        applying.drain()
        contents = [machine.sell("A1").sell("A2", card=True).read() for _ in range(files_of_the_batch)]
        sent = [file["fileId"] for file in send(manager, *contents).json["files"]]
        with kit_db.transaction(read_only=True) as connection:
            stored, zone = files.some(connection, sent), files.company_zone(connection)
        call = applying.work("batch")
        arrived = [parsed(content, file, zone) for content, file in zip(contents, stored, strict=True)]
        take_in(call, arrived, only_waiting=True)
        costs.append(call.statements)

    assert costs[0] == costs[1]
    assert costs[0] < 60
