"""Running again, running dry, running by force."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.legacy.conftest import Target
from tools.legacy.__main__ import main
from tools.legacy.refusal import Refused

Legacy = Callable[..., Path]
TABLES = (
    "users", "locations", "devices", "planogram_slots", "inventory_movements", "sales", "service_orders", "dex_reads",
    "audit_events", "kb_articles", "import_runs", "import_issues", "service_order_transitions",
)  # fmt: skip


def everything(target: Target) -> dict[str, list[tuple[Any, ...]]]:
    return {table: target.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES}  # noqa: S608


@pytest.mark.rule("US-028")
def test_a_dry_run_tells_everything_and_changes_nothing(target: Target, legacy: Legacy) -> None:
    before = everything(target)
    report = target.bring(legacy(), is_dry_run=True)

    assert report.outcome == "Dry run: nothing was changed."
    assert report.tables["sales"].converted == 60
    assert len(report.issues.of("OVER_CAPACITY")) == 2
    assert everything(target) == before


@pytest.mark.rule("US-028")
def test_a_second_run_of_the_same_file_changes_nothing_and_says_so(target: Target, legacy: Legacy) -> None:
    path = legacy()
    target.bring(path)
    before = everything(target)
    report = target.bring(path)

    assert "already: nothing was changed" in report.outcome
    assert everything(target) == before


def test_a_forced_run_of_an_unchanged_target_updates_no_row(target: Target, legacy: Legacy) -> None:
    path = legacy()
    target.bring(path)
    report = target.bring(path, is_forced=True)

    written = {table: counts for table, counts in report.written.items() if counts != (0, 0)}
    assert written.keys() <= {"import_issues", "slot_metrics", "device_metrics"}


@pytest.mark.rule("8.1")
def test_a_forced_run_brings_no_sale_again_that_has_been_archived(target: Target, legacy: Legacy) -> None:
    path = legacy()
    target.bring(path)
    summed = "SELECT sum(units), sum(revenue_cents), sum(transactions) FROM sales_daily"
    before = target.rows(summed)
    for (month,) in target.rows("SELECT DISTINCT date_trunc('month', sold_at AT TIME ZONE 'UTC')::date FROM sales"):
        target.connection.execute(
            """
            INSERT INTO sales_archives (month, part, file_key, sha256, size_bytes, sales, units, revenue_cents, ids,
                                        archived_at)
            SELECT %(month)s, 1, 'x', sha256('x'), 1, count(*), sum(units), sum(revenue_cents),
                   range_agg(int8range(id, id + 1)), now()
              FROM sales WHERE date_trunc('month', sold_at AT TIME ZONE 'UTC') = %(month)s
            """,
            {"month": month},
        )
        target.connection.execute("SELECT cvd_let_go_of_sales(%(month)s, 1)", {"month": month})
    assert target.value("SELECT count(*) FROM sales") == 0

    target.bring(path, is_forced=True)

    assert target.value("SELECT count(*) FROM sales") == 0
    assert target.rows(summed) == before


def test_a_forced_run_puts_rows_back_and_the_ledger_still_adds_up(target: Target, legacy: Legacy) -> None:
    path = legacy()
    target.bring(path)
    with target.connection.transaction():
        target.connection.execute("UPDATE planogram_slots SET quantity = 1, product_id = 3 WHERE id = 1451")
        target.connection.execute(
            "INSERT INTO inventory_movements (slot_id, product_id, delta, kind, quantity_after) VALUES"
            " (1451, 2, -9, 'planogram_change', 0), (1451, 3, 1, 'planogram_change', 1)"
        )
        target.connection.execute("UPDATE devices SET nickname = 'Changed' WHERE id = 5")
    target.bring(path, is_forced=True)

    assert target.rows("SELECT product_id, quantity FROM planogram_slots WHERE id = 1451") == [(2, 9)]
    movements = target.rows(
        "SELECT product_id, delta, quantity_after FROM inventory_movements WHERE slot_id = 1451 ORDER BY id"
    )
    assert movements[-2:] == [(3, -1, 0), (2, 9, 9)]
    assert target.value("SELECT nickname FROM devices WHERE id = 5") == "Cafe"


def test_a_user_who_has_moved_to_the_identity_provider_stays_moved(target: Target, legacy: Legacy) -> None:
    path = legacy()
    target.bring(path)
    target.connection.execute(
        "UPDATE users SET identity_sub = 'abc', legacy_password_hash = NULL WHERE username = 'manager1'"
    )
    target.bring(path, is_forced=True, must_reset=True)

    moved = target.rows(
        "SELECT identity_sub, legacy_password_hash, must_change_password FROM users WHERE username = 'manager1'"
    )
    assert moved == [("abc", None, False)]


def test_the_installations_own_admin_stays_what_it_is(target: Target, legacy: Legacy) -> None:
    target.connection.execute(
        "INSERT INTO users (id, username, email, identity_sub, role, is_protected)"
        " VALUES (77, 'Admin', 'a@b', 'sub', 'admin', true)"
    )
    target.bring(legacy(dirt=["UPDATE users SET is_active = 0 WHERE id = 1"]))

    assert target.rows("SELECT id, username, is_active, identity_sub FROM users WHERE is_protected") == [
        (77, "Admin", True, "sub")
    ]
    assert target.value("SELECT count(*) FROM service_orders WHERE created_by = 77") == 4


def test_a_target_with_a_fleet_of_its_own_is_refused(target: Target, legacy: Legacy) -> None:
    target.connection.execute(
        "INSERT INTO devices (id, asset, nickname, device_type_id, location_id, model)"
        " VALUES (5, 'own', 'own', 1, 1, 'm')"
    )
    with pytest.raises(Refused, match="without a fleet of its own"):
        target.bring(legacy())
    assert target.value("SELECT count(*) FROM import_runs") == 0


def test_the_command_prints_the_report_and_writes_it_as_json(
    target: Target, legacy: Legacy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MIGRATION_DATABASE_URL", target.url)
    file = tmp_path / "report.json"

    assert main(["import", str(legacy()), "--report", str(file)]) == 0
    assert "OVER_CAPACITY" in capsys.readouterr().out
    report = json.loads(file.read_text())
    assert report["tables"]["products"] == {"read": 6, "converted": 5, "repaired": 0, "rejected": 0, "skipped": 1}
    assert {"code": "OVER_CAPACITY", "severity": "warning", "count": 2} in report["issues"]


def test_two_imports_at_once_are_refused(target: Target, legacy: Legacy) -> None:
    from tools.legacy import run
    from tools.legacy.target import Target as Writer

    with target.connection.transaction():
        run.lock(Writer(target.connection))
        with pytest.raises(Refused, match="Another import"):
            target.bring(legacy())
