"""Reads of months whose sales are archived: what is new is booked, what was booked stays, nothing is counted twice."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.kit import job
from chalicelib.kit.db import Connection
from chalicelib.sales.service import archive
from chalicelib.telemetry.service import verifying
from tests.telemetry.machines import Machine, Placed, daily, place, upload

THEN = datetime(2025, 3, 2, 6, tzinfo=UTC)
NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)
"""The clock of a machine is believed for two years, so that only reads of months archived earlier come late."""


@pytest.fixture(autouse=True)
def _now(clock_at: Any) -> None:
    clock_at(NOW)


@pytest.fixture
def machine(db: Connection) -> Machine:
    for month in ("2025-03-01", "2025-04-01"):
        db.execute("SELECT cvd_ensure_partitions('sales', %(month)s, 0)", month=month)
    db.execute("UPDATE system_settings SET value = '13' WHERE key = 'sales_hot_months'")
    return Machine(now=THEN)


@pytest.fixture
def placed(db: Connection, machine: Machine) -> Placed:
    return place(db, machine, quantity=40, capacity=40)


def archived() -> None:
    assert job.run(archive.SALES_ARCHIVE)["months"]


def units(db: Connection, placed: Placed) -> int:
    """All that was ever sold of chips, by the rollup."""
    return daily(db, placed.device.id).get(placed.chips, (0, 0))[0]


@pytest.mark.rule("8.1", "BR-145")
def test_a_machine_that_is_read_again_after_years_goes_on_where_it_was(manager, db, machine, placed):
    for content in (machine.read(), machine.sell("A1", 4).read()):
        upload(manager, content)
    archived()

    upload(manager, machine.sell("A1", 3).read(after=NOW - machine.now))

    assert units(db, placed) == 7
    assert db.values("SELECT units FROM sales") == [3]
    assert db.value("SELECT count(*) FROM sale_corrections") == 0


@pytest.mark.rule("8.1", "BR-145")
def test_a_late_read_after_all_others_is_booked_in_its_archived_month(manager, db, machine, placed):
    for content in (machine.read(), machine.sell("A1", 4).read()):
        upload(manager, content)
    archived()

    answer = upload(manager, machine.sell("A1", 5).read())
    again = upload(manager, machine.sell("A1", 2).read())

    assert (answer.status, again.status) == (200, 200)
    assert units(db, placed) == 11
    assert db.values("SELECT DISTINCT tableoid::regclass::text FROM sales") == ["sales_2025_03"]
    archived()
    assert units(db, placed) == 11
    assert db.values("SELECT units FROM sales_archives ORDER BY part") == [4, 7]


@pytest.mark.rule("8.1", "BR-145")
def test_a_late_read_between_archived_ones_is_in_the_later_one_already(manager, db, machine, placed):
    first, late, last = machine.read(), machine.sell("A1", 4).read(), machine.sell("A1", 3).read()
    for content in (first, last):
        upload(manager, content)
    archived()

    upload(manager, late)

    assert units(db, placed) == 7
    assert db.value("SELECT count(*) FROM sales") == 0


@pytest.mark.rule("8.1", "BR-145")
def test_a_late_read_before_one_that_is_not_archived_restates_that_one(manager, db, machine, placed):
    upload(manager, machine.read())
    upload(manager, machine.sell("A1", 1).read())
    late = machine.sell("A1", 4).read()
    upload(manager, machine.sell("A1", 3).read(after=NOW - machine.now))
    archived()
    assert units(db, placed) == 8

    upload(manager, late)

    assert units(db, placed) == 8
    assert db.values("SELECT units FROM sales ORDER BY sold_at, units") == [4, 3, 7]
    assert db.values("SELECT units FROM sale_corrections") == [-7]


@pytest.mark.rule("8.1", "BR-143")
def test_a_mapping_made_anew_leaves_closed_books_alone(manager, db, machine, placed):
    for content in (machine.read(), machine.sell("A1", 4).read()):
        upload(manager, content)
    upload(manager, machine.sell("A1", 3).read(after=NOW - machine.now))
    archived()
    slots = placed.cabinet.slots

    changed = manager.put(
        f"/api/devices/{placed.device.id}/dex-mappings", json={"mappings": [{"selection": "A1", "slotId": slots["A2"]}]}
    )

    assert changed.status == 200, changed.json
    sold = daily(db, placed.device.id)
    assert sold[placed.chips][0] + sold[placed.cola][0] == 7
    assert sold[placed.chips][0] == 4


def test_a_month_in_the_archive_is_proven_once_it_is_restored(manager, db, machine, placed):
    for content in (machine.read(), machine.sell("A1", 4).read()):
        upload(manager, content)
    archived()

    (problem,) = verifying.verify(THEN.date()).problems
    archive.restore(THEN.date().replace(day=1))

    assert "restore them first" in problem
    report = verifying.verify(THEN.date())
    assert (report.problems, report.units) == ([], 4)
