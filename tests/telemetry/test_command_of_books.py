"""`python -m tools.telemetry diff | verify | work`."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chalicelib.kit.db import Connection
from tests.support.people import SignedIn
from tests.telemetry.machines import Machine, Placed, books, place, upload
from tools.telemetry.__main__ import main


@pytest.fixture
def sold(manager: SignedIn, db: Connection, clock_at: Any) -> Placed:
    """A machine that sold 5 units for 6.25 in March, read late once."""
    clock_at(datetime(2026, 3, 20, 12, tzinfo=UTC))
    machine = Machine()
    placed = place(db, machine)
    first = machine.read()
    late = machine.sell("A1", 2, card=True).read()
    last = machine.sell("A1", 1).sell("A2", 2).read()
    for content in (first, last, late):
        upload(manager, content)
    return placed


def verified(capsys: pytest.CaptureFixture[str], month: str = "2026-03") -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["verify", "--month", month])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.rule("BR-144", "BR-145")
def test_the_books_of_a_month_are_what_its_raw_reads_say(sold: Placed, capsys: pytest.CaptureFixture[str]) -> None:
    code, report = verified(capsys)

    assert (code, report["problems"]) == (0, [])
    assert (report["machines"], report["reads"], report["units"], report["revenue_cents"]) == (1, 3, 5, 625)
    assert verified(capsys, "2026-04")[1]["units"] == 0


def test_a_sale_that_no_read_explains_is_found(
    sold: Placed, db: Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    db.execute(
        """
        INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source, dex_read_id, import_key)
        SELECT device_id, product_id, 1, 1, sold_at, 'dex', dex_read_id, 'dex:0:9:cash:2:B1' FROM sales LIMIT 1
        """
    )
    code, report = verified(capsys)

    assert code == 1
    assert report["problems"] == [
        f"device {sold.device.id}: sale 9:cash:2:B1: the reads say 0 units, 0 cents; booked 1, 1"
    ]


def test_a_raw_file_that_was_changed_is_found(
    sold: Placed, db: Connection, cloud: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    key = db.value("SELECT s3_key FROM dex_files ORDER BY id LIMIT 1")
    cloud.place.client("s3").put_object(Bucket=cloud.environment["CVD_FILES_BUCKET"], Key=key, Body=b"DXS*forged")
    code, report = verified(capsys)

    assert code == 1
    assert "is not what was stored" in report["problems"][0]


def test_a_link_that_was_slipped_into_the_chain_is_found(
    sold: Placed, db: Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    db.execute("ALTER TABLE dex_chain DISABLE TRIGGER USER")
    db.execute("UPDATE dex_chain SET hash = sha256('forged') WHERE number = 2")
    code, report = verified(capsys)

    assert code == 1
    assert "is broken at link 2" in report["problems"][0]
    assert "is broken at link 3" in report["problems"][1]


def test_work_does_what_waits_in_the_queue_and_in_the_database(
    manager: SignedIn, db: Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine()
    placed = place(db, machine)
    for content in (machine.read(), machine.sell("A1", 2).read()):
        manager.post("/api/telemetry/reads", json={"content": content.decode()})
    capsys.readouterr()

    assert main(["work"]) == 0
    assert json.loads(capsys.readouterr().out) == {"handed_back": 0, "applied": 0, "failed": 0}
    assert books(db, placed.device.id) == {placed.chips: (2, 250)}


def test_diff_tells_what_was_sold_with_status_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    machine = Machine()
    (tmp_path / "old.dex").write_bytes(machine.read())
    machine.selections["A1"].test += 1
    (tmp_path / "new.dex").write_bytes(machine.sell("A1", 3).sell("A2", 1).read())
    code = main(["diff", str(tmp_path / "old.dex"), str(tmp_path / "new.dex")])
    told = capsys.readouterr().out
    main(["diff", "--json", str(tmp_path / "old.dex"), str(tmp_path / "new.dex")])
    first = json.loads(capsys.readouterr().out)["selections"][0]

    assert code == 0
    assert told.startswith("normal: 4 units, 500 cents")
    assert (first["selection"], first["units"], first["valueCents"], first["status"]) == ("A1", 3, 375, "normal")
    assert first["reason"] == "1 test and 0 free vends"


def test_diff_warns_of_a_counter_that_fell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    machine = Machine()
    (tmp_path / "old.dex").write_bytes(machine.read())
    machine.selections["A1"].cash -= 10
    (tmp_path / "new.dex").write_bytes(machine.sell("A2", 20).read())

    assert main(["diff", str(tmp_path / "old.dex"), str(tmp_path / "new.dex")]) == 1
    assert "suspect" in capsys.readouterr().out


def test_a_month_must_be_a_month(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["verify", "--month", "March"])
