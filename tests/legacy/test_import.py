"""A small legacy database of each generation arrives whole, with what was repaired named."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.legacy.conftest import Target
from tests.legacy.make import make

Legacy = Callable[..., Path]
GENERATION_2_ISSUES = {
    "OVER_CAPACITY": 2,
    "DEVICE_ROUTE_CONFLICT": 1,
    "NO_DEFAULT_LOCATION": 1,
    "DELETED_BY_UNKNOWN": 1,
    "CREATED_BY_NOT_USER": 4,
    "ORDER_WITHOUT_DRIVER": 1,
    "COMPLETED_WITHOUT_VISIT": 1,
    "CABINET_STATUS_DERIVED": 1,
    "VISIT_UNITS_RECOMPUTED": 1,
    "VISIT_ROUTE_DERIVED": 1,
    "DEX_DUPLICATE": 1,
    "SESSION_SKIPPED": 2,
    "METRICS_SKIPPED": 3,
}


@pytest.fixture(scope="module")
def arrived(shared_target: Target, tmp_path_factory: pytest.TempPathFactory) -> Target:
    """The target after the plain database of generation 2 was imported."""
    shared_target.bring(make(tmp_path_factory.mktemp("legacy") / "legacy.db"))
    return shared_target


ABOUT_SALES = ("SALE_BEFORE_DEVICE", "SALE_PRODUCT_NOT_PLANNED", "SALE_PRICE_OUTLIER")


@pytest.mark.rule("US-028")
def test_every_table_of_generation_2_arrives(arrived: Target) -> None:
    counts = {table: arrived.value(f"SELECT count(*) FROM {table}") for table in EXPECTED_OF_GENERATION_2}  # noqa: S608
    assert counts == EXPECTED_OF_GENERATION_2
    issues = {code: number for code, number in arrived.issues().items() if code not in ABOUT_SALES}
    assert issues == GENERATION_2_ISSUES


EXPECTED_OF_GENERATION_2 = {
    "users": 4,
    "sessions": 0,
    "audit_events": 3,
    "device_types": 3,
    "locations": 3,
    "routes": 2,
    "devices": 3,
    "device_cabinets": 4,
    "planograms": 4,
    "planogram_slots": 24,
    "products": 5,
    "product_categories": 5,
    "sales": 60,
    "sale_keys": 60,
    "service_orders": 5,
    "service_order_cabinets": 6,
    "service_order_items": 12,
    "service_visits": 1,
    "service_visit_items": 1,
    "dex_reads": 2,
    "dex_selections": 4,
    "kb_articles": 2,
    "slot_metrics": 13,
    "device_metrics": 2,
}


def test_users_keep_their_legacy_hash_until_they_sign_in(arrived: Target) -> None:
    users = arrived.rows(
        "SELECT id, username, identity_sub, legacy_password_hash LIKE 'scrypt:%', must_change_password, is_protected,"
        " is_active FROM users ORDER BY id"
    )
    assert users == [
        (1, "admin", None, True, False, True, True),
        (2, "manager1", None, True, False, False, True),
        (3, "viewer1", None, True, False, False, False),
        (4, "driver1", None, True, False, False, True),
    ]


def test_with_force_reset_everybody_must_choose_a_new_password(target: Target, legacy: Legacy) -> None:
    target.bring(legacy(), must_reset=True)

    assert target.value("SELECT bool_and(must_change_password) FROM users")


def test_times_of_users_are_local_where_they_have_a_fraction(arrived: Target) -> None:
    assert arrived.rows("SELECT created_at FROM users WHERE id IN (1, 4) ORDER BY id") == [
        (datetime(2025, 8, 1, 17, 29, 30, tzinfo=UTC),),
        (datetime(2025, 8, 4, 20, 54, 19, 358543, tzinfo=UTC),),
    ]


def test_empty_slots_hold_nothing_and_own_prices_stay_only_where_they_differ(arrived: Target) -> None:
    assert arrived.value("SELECT count(*) FROM planogram_slots WHERE product_id IS NULL") == 10
    assert arrived.rows("SELECT id, price_cents FROM planogram_slots WHERE price_cents IS NOT NULL") == [(1452, 300)]


def test_the_ledger_opens_with_what_was_recorded_and_tells_what_was_taken_off(arrived: Target) -> None:
    movements = arrived.rows(
        "SELECT slot_id, delta, kind, quantity_after FROM inventory_movements"
        " WHERE slot_id IN (1449, 1450, 1451) ORDER BY id"
    )
    assert movements == [
        (1449, 12, "import", 12),
        (1449, -2, "import", 10),
        (1450, 11, "import", 11),
        (1450, -1, "import", 10),
        (1451, 9, "import", 9),
    ]


def test_the_history_of_slots_is_kept(arrived: Target) -> None:
    changes = arrived.rows(
        "SELECT slot_id, reason, old_product_id, new_product_id FROM planogram_slot_changes ORDER BY slot_id"
    )
    assert changes == [(1449, "import", None, 2), (1450, "import", 4, 2), (1453, "import", 3, None)]


def test_sales_are_local_facts_with_their_legacy_key(target: Target, legacy: Legacy) -> None:
    dirt = ["UPDATE sales SET created_at = '2025-07-31 22:30:00', sale_units = 2, sale_cash = 3 WHERE id = 100"]
    target.bring(legacy(dirt=dirt))

    sale = target.rows("SELECT sold_at, source, import_key, units, revenue_cents FROM sales WHERE id = 100")
    assert sale == [(datetime(2025, 8, 1, 2, 30, tzinfo=UTC), "import", "legacy:100", 2, 300)]
    assert target.value("SELECT count(*) FROM sales_daily WHERE day = '2025-07-31'") >= 1
    assert target.rows("SELECT sum(units), sum(revenue_cents), sum(transactions) FROM sales_daily") == target.rows(
        "SELECT sum(units), sum(revenue_cents), count(*) FROM sales"
    )


def test_the_zone_of_sales_may_be_told(target: Target, legacy: Legacy) -> None:
    path = legacy(dirt=["UPDATE sales SET created_at = '2025-07-31 22:30:00' WHERE id = 100"])
    target.bring(path, sales_zone="Europe/Berlin")

    assert target.value("SELECT sold_at FROM sales WHERE id = 100") == datetime(2025, 7, 31, 20, 30, tzinfo=UTC)


def test_statuses_of_orders_follow_from_their_visits(arrived: Target) -> None:
    orders = arrived.rows("SELECT id, status, driver_id, created_by, imported FROM service_orders ORDER BY id")
    assert orders == [
        (4, "pending", None, 1, True),
        (8, "in_progress", 4, 1, True),
        (9, "completed", 4, 1, True),
        (10, "pending", 4, 1, True),
        (11, "pending", 4, 2, True),
    ]
    stops = arrived.rows(
        "SELECT id, status, executed_by, skip_reason FROM service_order_cabinets WHERE id <= 18 ORDER BY id"
    )
    assert stops == [
        (15, "pending", None, None),
        (16, "completed", 1, None),
        (17, "pending", None, None),
        (18, "skipped", None, "legacy: completed without visit"),
    ]


def test_the_day_of_an_order_is_local_and_its_start_the_first_visit(target: Target, legacy: Legacy) -> None:
    path = legacy(dirt=["UPDATE service_orders SET created_at = '2025-08-05 02:00:00' WHERE id = 8"])
    target.bring(path)

    day, started_at = target.rows("SELECT service_date, started_at FROM service_orders WHERE id = 8")[0]
    assert (day, started_at) == (date(2025, 8, 4), datetime(2025, 8, 5, 17, 53, 8, tzinfo=UTC))


def test_a_visit_gets_its_route_and_its_units_and_fills_the_items(arrived: Target) -> None:
    visit = arrived.rows("SELECT order_cabinet_id, route_id, units_restocked, technician_id FROM service_visits")
    assert visit == [(16, 1, 9, 1)]
    assert "technician_unreliable" in arrived.value("SELECT notes FROM service_visits")
    filled = arrived.rows(
        "SELECT product_id, quantity_filled FROM service_order_items WHERE order_cabinet_id = 16 ORDER BY 1"
    )
    assert filled == [(2, 9), (3, 0)]


def test_the_label_of_a_creator_who_is_no_user_is_kept(arrived: Target) -> None:
    reasons = arrived.rows(
        "SELECT reason FROM service_order_transitions"
        " WHERE service_order_id IN (4, 9) AND from_status IS NULL ORDER BY service_order_id"
    )
    assert reasons == [("legacy: created by route-schedule-user",), ("legacy: created by test-driver-capture",)]


def test_old_pending_orders_are_cancelled_when_asked(target: Target, legacy: Legacy) -> None:
    target.bring(legacy(), cancel_stale_days=30)

    assert target.rows("SELECT id, status FROM service_orders ORDER BY id") == [
        (4, "cancelled"), (8, "in_progress"), (9, "completed"), (10, "cancelled"), (11, "cancelled"),
    ]  # fmt: skip
    assert target.issues()["STALE_ORDER_CANCELLED"] == 3


def test_the_same_read_is_kept_once_or_as_often_as_asked(target: Target, legacy: Legacy) -> None:
    path = legacy()
    target.bring(path)
    assert target.rows("SELECT id, total_records FROM dex_reads ORDER BY id") == [(7, 11), (8, 11)]
    target.bring(path, keeps_duplicates=True, is_forced=True)

    assert [row[0] for row in target.rows("SELECT id FROM dex_reads ORDER BY id")] == [7, 8, 9]
    assert target.value("SELECT count(*) FROM dex_selections") == 6


def test_audit_entries_get_the_new_names_of_their_actions(arrived: Target) -> None:
    events = arrived.rows(
        "SELECT action, actor_username, details - 'imported', host(ip) FROM audit_events"
        " WHERE import_run_id IS NOT NULL AND details ? 'imported' ORDER BY details ->> 'legacyId'"
    )
    assert events == [
        ("auth.login", "admin", {"text": "Successful login", "legacyId": "1"}, "192.0.2.10"),
        ("user.created", "admin", {"role": "driver", "legacyId": "2"}, "192.0.2.10"),
        ("export_run", "manager1", {"legacyId": "3", "legacyAction": "EXPORT_RUN"}, "192.0.2.10"),
    ]


def test_no_token_and_no_hash_is_written_down_in_the_report(target: Target, legacy: Legacy) -> None:
    report = target.bring(legacy())

    written = "\n".join(report.lines()) + str(target.rows("SELECT * FROM import_issues"))
    assert "bare-token" not in written
    assert "scrypt" not in written


def test_new_ids_begin_past_those_that_the_file_ever_gave_out(target: Target, legacy: Legacy) -> None:
    target.bring(legacy())

    assert target.value("INSERT INTO product_categories (name) VALUES ('new') RETURNING id") > 5
    assert target.value("SELECT last_value FROM sales_id_seq") == 7623
    assert target.value("INSERT INTO routes (name) VALUES ('Route 9') RETURNING id") == 4


def test_the_knowledge_base_comes_from_the_file_and_its_folder_wins(
    target: Target, legacy: Legacy, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    (folder / "start").mkdir(parents=True)
    front = "---\ntitle: {0}\nauthor: Team\ncategory: Drivers\ntags: [x, y]\ndifficulty: Advanced\n---\n# Body of {0}\n"
    for name in ("first-login", "only-here"):
        (folder / "start" / f"{name}.md").write_text(front.format(name))
    (folder / "broken.md").write_text("no front matter")
    target.bring(legacy(), articles=folder)

    articles = target.rows("SELECT id, category, tags, body_md FROM kb_articles ORDER BY id")
    assert articles == [
        ("first-login", "Drivers", ["x", "y"], "# Body of first-login"),
        ("only-here", "Drivers", ["x", "y"], "# Body of only-here"),
        ("planograms", "Getting Started", ["a", "b", "c"], "Text of planograms"),
    ]
    assert target.issues()["KB_ARTICLE_MISSING_IN_DB"] == 1
    assert target.issues()["ARTICLE_WITHOUT_FRONT_MATTER"] == 1


def test_generation_1_has_no_users_and_its_lines_become_cabinets_and_items(target: Target, legacy: Legacy) -> None:
    report = target.bring(legacy(generation=1))

    assert report.generation == 1
    assert target.rows("SELECT username, is_active FROM users") == [("importowner", False)]
    assert target.rows("SELECT id, driver_id, status, estimated_minutes FROM service_orders") == [
        (1, None, "pending", 15)
    ]
    stops = target.rows(
        "SELECT cabinet_id, product_id, quantity_needed FROM service_order_cabinets stop"
        " JOIN service_order_items item ON item.order_cabinet_id = stop.id ORDER BY 1, 2"
    )
    assert stops == [(46, 2, 5), (46, 3, 4), (46, 5, 2), (47, 4, 3)]
    assert target.issues()["CABINET_INDEX_MISSING"] == 1
    assert target.issues()["ITEM_PRODUCT_MISSING"] == 1


def test_the_owner_may_be_named(target: Target, legacy: Legacy) -> None:
    target.bring(legacy(generation=1), owner="chief")

    assert target.rows("SELECT username FROM service_orders JOIN users ON users.id = created_by") == [("chief",)]


def test_generation_3_brings_its_further_columns(target: Target, legacy: Legacy) -> None:
    report = target.bring(legacy(generation=3))

    assert report.generation == 3
    assert target.rows("SELECT is_active, deleted_at, deleted_by FROM users WHERE username = 'leaver'") == [
        (False, datetime(2025, 8, 20, 12, tzinfo=UTC), 1)
    ]
    assert target.rows("SELECT id, route_number, driver_id FROM routes ORDER BY id") == [(1, None, 4), (3, 7, 4)]
    assert target.rows("SELECT started_at, notes FROM service_orders WHERE id = 8") == [
        (datetime(2025, 8, 5, 17, tzinfo=UTC), "Ring twice")
    ]
    assert (
        target.value("SELECT quantity_filled FROM service_order_items WHERE order_cabinet_id = 17 AND product_id = 2")
        == 7
    )
    issues = target.issues()
    assert (issues["ROUTE_NUMBER_INVALID"], issues["TABLE_NOT_IMPORTED"]) == (1, 1)


def test_settings_of_route_planning_come_over(arrived: Target) -> None:
    settings = arrived.rows(
        "SELECT critical_dri_days, warning_dri_days, ok_dri_days, auto_select_critical, metrics_ttl_minutes"
        " FROM route_planning_settings"
    )
    assert settings == [(1, 4, 9, False, 20)]


def test_july_and_then_august_give_each_sale_once(target: Target, legacy: Legacy) -> None:
    """The later file of a later generation holds the sales of the earlier one again."""
    target.bring(legacy("july.db", generation=1))
    before = target.value("SELECT sum(revenue_cents) FROM sales")
    target.bring(legacy("august.db", generation=2))

    assert target.value("SELECT sum(revenue_cents) FROM sales") == before
    assert target.value("SELECT sum(transactions) FROM sales_daily") == 60
    assert [row[0] for row in target.rows("SELECT id FROM service_orders ORDER BY id")] == [1, 4, 8, 9, 10, 11]
    assert [row[0] for row in target.rows("SELECT username FROM users WHERE id = 1")] == ["admin"]
