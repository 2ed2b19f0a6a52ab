"""Linking reads to devices, and selections to slots."""

import pytest

from chalicelib.kit.db import Connection
from chalicelib.stock.service import check_ledger
from tests.support import factories
from tests.support.factories import stock_of
from tests.support.people import SignedIn
from tests.telemetry.machines import Machine, books, daily, place, upload


@pytest.mark.rule("BR-143")
def test_a_machine_is_known_by_its_key_its_serial_or_its_asset_number(manager: SignedIn, db: Connection) -> None:
    by_key, by_serial, by_asset = (factories.device(db, asset) for asset in ("K-1", "S-1", "A-1"))
    db.execute("UPDATE devices SET dex_machine_key = 'TST0000009/SN-9' WHERE id = %(id)s", id=by_key.id)
    db.execute("UPDATE devices SET serial_number = 'SN-8' WHERE id = %(id)s", id=by_serial.id)
    reads = [
        Machine(serial="SN-9", comm_id="TST0000009", asset="A-1").read(),
        Machine(serial="SN-8", asset="A-1").read(),
        Machine(serial="SN-7", asset="a-1").read(),
        Machine(serial="SN-6").read(),
    ]
    linked = [upload(manager, read).json["reads"][0]["device_id"] for read in reads]

    assert linked == [by_key.id, by_serial.id, by_asset.id, None]


@pytest.mark.rule("BR-143")
def test_two_devices_with_one_serial_are_no_answer_and_a_deleted_one_is_none(manager: SignedIn, db: Connection) -> None:
    twins = [factories.device(db), factories.device(db)]
    gone = factories.device(db)
    db.execute("UPDATE devices SET serial_number = 'SN-1' WHERE id = ANY(%(ids)s)", ids=[twin.id for twin in twins])
    db.execute("UPDATE devices SET serial_number = 'SN-2' WHERE id = %(id)s", id=gone.id)
    factories.delete_device(db, gone.id)

    for serial in ("SN-1", "SN-2"):
        assert upload(manager, Machine(serial=serial).read()).json["reads"][0]["device_id"] is None


@pytest.mark.rule("BR-143", "BR-144")
def test_unlinked_reads_wait_and_are_booked_when_their_machine_is_linked(manager: SignedIn, db: Connection) -> None:
    machine = Machine(serial="SN-5")
    placed = place(db, Machine(serial="someone else's"))
    for units in (0, 2, 3):
        last = upload(manager, machine.sell("A1", units).read()).json["dex_read_id"]
    (waiting,) = manager.get("/api/dex/unlinked").json["machines"]
    answer = manager.post(f"/api/dex/reads/{last}/link", json={"deviceId": placed.device.id})

    assert (waiting["read_id"], waiting["reads"], waiting["machine_serial"]) == (last, 3, "SN-5")
    assert answer.status == 200
    assert (len(answer.json["readIds"]), answer.json["bookedUnits"], answer.json["bookedCash"]) == (3, 5, 6.25)
    assert books(db, placed.device.id) == {placed.chips: (5, 625)}
    assert stock_of(db, placed.cabinet)["A1"] == 5
    assert manager.get("/api/dex/unlinked").json["machines"] == []
    assert upload(manager, machine.sell("A2").read()).json["reads"][0]["device_id"] == placed.device.id


@pytest.mark.rule("BR-143", "BR-104")
def test_a_read_linked_to_the_wrong_device_is_moved_and_its_sales_with_it(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    wrong = place(db, machine)
    right = place(db, Machine(serial="someone else's"))
    read_ids = [upload(manager, machine.sell("A1", units).read()).json["dex_read_id"] for units in (0, 4)]
    for read_id in read_ids:
        assert manager.post(f"/api/dex/reads/{read_id}/link", json={"deviceId": right.device.id}).status == 200

    assert (books(db, wrong.device.id), daily(db, wrong.device.id)) == ({}, {})
    assert books(db, right.device.id) == daily(db, right.device.id) == {right.chips: (4, 500)}
    assert (stock_of(db, wrong.cabinet)["A1"], stock_of(db, right.cabinet)["A1"]) == (10, 6)
    assert check_ledger(db) == []


@pytest.mark.rule("BR-143")
def test_linking_refuses_what_is_not_there(
    manager: SignedIn, viewer: SignedIn, driver: SignedIn, db: Connection
) -> None:
    device = factories.device(db)
    read_id = upload(manager, Machine().read()).json["dex_read_id"]
    broken = upload(manager, b"nothing").json["dex_read_id"]

    def link(who: SignedIn, read: int, **body: object) -> int:
        return who.post(f"/api/dex/reads/{read}/link", json=body).status

    assert link(manager, 999_999, deviceId=device.id) == 404
    assert link(manager, read_id, deviceId=999_999) == 404
    assert link(manager, read_id) == link(manager, read_id, deviceId="x") == 400
    assert link(manager, broken, deviceId=device.id) == 409
    assert link(viewer, read_id, deviceId=device.id) == link(driver, read_id, deviceId=device.id) == 403


@pytest.mark.rule("BR-143", "BR-144")
def test_an_imported_read_is_understood_when_it_is_linked(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    imported = machine.read().decode()
    db.execute(
        """
        INSERT INTO dex_reads (filename, sha256, size_bytes, raw_content, comm_id, machine_serial, uploaded_by,
                               uploaded_at, status)
        VALUES ('old.txt', sha256('old'), 1, %(content)s, %(comm_id)s, %(serial)s, %(by)s, '2026-03-04', 'parsed')
        """,
        content=imported,
        comm_id=machine.comm_id,
        serial=machine.serial,
        by=manager.user_id,
    )
    placed = place(db, Machine(serial="someone else's"))
    read_id = upload(manager, machine.sell("A1", 3).read()).json["dex_read_id"]
    answer = manager.post(f"/api/dex/reads/{read_id}/link", json={"deviceId": placed.device.id})

    assert answer.json["bookedUnits"] == 3


@pytest.mark.rule("US-056")
def test_the_grid_proposes_slots_with_its_reasons_and_books_nothing_by_itself(
    manager: SignedIn, db: Connection
) -> None:
    machine = Machine()
    placed = place(db, machine, stated=False)
    upload(manager, machine.read())
    upload(manager, machine.sell("A1", 3).read())
    shown = manager.get(f"/api/devices/{placed.device.id}/dex-mappings").json

    first = shown["selections"][0]
    assert (first["selection"], first["basis"], first["position"]) == ("A1", "proposed", "A1")
    assert first["confidence"] >= 0.8
    assert first["evidence"] | {"productText": None} == {
        "pattern": "alpha",
        "rowLabel": "A",
        "colLabel": "1",
        "rowNo": 1,
        "colNo": 1,
        "priceMatches": True,
        "productText": None,
    }
    assert books(db, placed.device.id) == {}


@pytest.mark.rule("US-056", "BR-144")
def test_mapping_a_selection_books_what_it_has_sold(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine, stated=False)
    upload(manager, machine.read())
    upload(manager, machine.sell("A1", 3).read())
    slots = placed.cabinet.slots
    path = f"/api/devices/{placed.device.id}/dex-mappings"
    answer = manager.put(path, json={"mappings": [{"selection": "A1", "slotId": slots["A2"]}]})
    booked = books(db, placed.device.id)
    moved = manager.put(path, json={"mappings": [{"selection": "A1", "slotId": slots["A1"]}]})
    emptied = manager.put(path, json={"mappings": []})

    assert (answer.status, answer.json["bookedUnits"]) == (200, 3)
    assert answer.json["selections"][0]["basis"] == "mapping"
    assert booked == {placed.cola: (3, 375)}
    assert (moved.json["bookedUnits"], emptied.json["bookedUnits"]) == (0, -3)
    assert books(db, placed.device.id) == daily(db, placed.device.id) == {}
    assert stock_of(db, placed.cabinet) == {"A1": 10, "A2": 10}
    assert check_ledger(db) == []


@pytest.mark.rule("US-056")
def test_a_price_that_differs_from_the_slot_is_told_and_changes_nothing(manager: SignedIn, db: Connection) -> None:
    machine = Machine()
    placed = place(db, machine)
    machine.selections["A1"].price = 150
    upload(manager, machine.read())
    first, second = manager.get(f"/api/devices/{placed.device.id}/dex-mappings").json["selections"]

    assert (first["basis"], first["machinePrice"], first["slotPrice"], first["priceDiffers"]) == (
        "stated",
        1.5,
        1.25,
        True,
    )
    assert second["priceDiffers"] is False
    assert db.value("SELECT price_cents FROM planogram_slots WHERE id = %(id)s", id=placed.cabinet.slots["A1"]) == 125


@pytest.mark.rule("US-056")
def test_mappings_refuse_strange_slots_and_selections_named_twice(
    manager: SignedIn, viewer: SignedIn, driver: SignedIn, db: Connection
) -> None:
    mine, other = place(db, Machine()), factories.device(db)
    path = f"/api/devices/{mine.device.id}/dex-mappings"
    slot = mine.cabinet.slots["A1"]
    strange = other.cabinets[0].slots["A1"]

    def put(who: SignedIn, *mappings: object, where: str = path) -> int:
        return who.put(where, json={"mappings": mappings}).status

    assert put(manager, {"selection": "1", "slotId": strange}) == 400
    assert put(manager, {"selection": "1", "slotId": slot}, {"selection": "1", "slotId": slot}) == 400
    assert put(manager, {"selection": "", "slotId": slot}) == put(manager, {"selection": "1"}) == 400
    assert put(manager, where="/api/devices/999999/dex-mappings") == 404
    assert put(viewer) == put(driver) == 403
    assert viewer.get(path).status == 200
    assert viewer.get("/api/devices/999999/dex-mappings").status == 404
