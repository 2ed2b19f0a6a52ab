"""What the database itself refuses beyond the CHECKs: duplicates, changed history, unbalanced stock, the wrong role."""

import psycopg
import pytest

from chalicelib.kit.db import Connection
from tests.operations.rows import ROWS

APPEND_ONLY = (
    "audit_events",
    "audit_blocks",
    "audit_seals",
    "inventory_movements",
    "planogram_slot_changes",
    "sale_corrections",
    "service_order_transitions",
)

DUPLICATES = {
    "users_username_unique": "INSERT INTO users (username, email) VALUES ('DRIVER1', 'other@example.com')",
    "users_email_unique": "INSERT INTO users (username, email) VALUES ('other', 'Driver1@Example.com')",
    "locations_name_unique": "INSERT INTO locations (name) VALUES ('WAREHOUSE')",
    "locations_is_default_unique": "INSERT INTO locations (name, is_default) VALUES ('Second', true)",
    "routes_name_unique": "INSERT INTO routes (name) VALUES ('NORTH')",
    "route_driver_history_open_unique": "INSERT INTO route_driver_history (route_id, driver_id) VALUES (100, 100)",
    "devices_asset_unique": "INSERT INTO devices (asset, nickname, device_type_id, location_id, model)"
    " SELECT asset, 'Twin', device_type_id, location_id, model FROM devices",
    "device_cabinets_cabinet_index_unique": "INSERT INTO device_cabinets (device_id, cabinet_type_id, cabinet_index,"
    " rows, cols) SELECT device_id, cabinet_type_id, 0, 5, 8 FROM device_cabinets",
    "planograms_cabinet_id_unique": "INSERT INTO planograms (cabinet_id) VALUES (100)",
    "planogram_slots_cell_unique": "INSERT INTO planogram_slots (planogram_id, row_no, col_no) VALUES (100, 1, 1)",
    "products_name_unique": "INSERT INTO products (name, category_id, price_cents) VALUES ('GUM', 100, 1)",
    "dex_reads_sha256_unique": "INSERT INTO dex_reads (filename, sha256, size_bytes, raw_content, uploaded_by, status)"
    " VALUES ('b.dex', sha256('a'), 1, 'x', 101, 'parsed')",
    "sale_keys_import_key_pk": "INSERT INTO sale_keys SELECT * FROM sale_keys",
    "service_order_cabinets_cabinet_id_unique": "INSERT INTO service_order_cabinets (service_order_id, cabinet_id,"
    " estimated_minutes) VALUES (100, 100, 10)",
    "service_visits_order_cabinet_id_unique": "INSERT INTO service_visits (device_id, order_cabinet_id, visited_at,"
    " service_type, technician_id, units_restocked) VALUES (100, 100, now(), 'routine', 101, 0)",
    "service_order_photos_sha256_unique": "INSERT INTO service_order_photos (service_order_id, s3_key, content_type,"
    " size_bytes, sha256, uploaded_by) VALUES (100, 'photos/2', 'image/png', 1, sha256('photo'), 101)",
    "idempotency_keys_pk": "INSERT INTO idempotency_keys SELECT * FROM idempotency_keys",
}


@pytest.fixture
def filled(owner: Connection) -> Connection:
    owner.raw.execute(ROWS.encode())
    return owner


@pytest.mark.rule("BR-020", "BR-022", "BR-040", "BR-060", "BR-063", "BR-105", "BR-117", "BR-133", "BR-142")
@pytest.mark.parametrize("constraint", DUPLICATES)
def test_a_duplicate_is_refused(filled, constraint):
    with pytest.raises(psycopg.errors.UniqueViolation) as refused:
        filled.execute(DUPLICATES[constraint])

    assert refused.value.diag.constraint_name == constraint


@pytest.mark.rule("BR-020")
def test_a_username_stays_taken_after_its_user_is_deleted_but_the_address_is_free(filled):
    filled.execute("UPDATE users SET is_active = false, deleted_at = now() WHERE id = 101")

    filled.execute("INSERT INTO users (username, email) VALUES ('fresh', 'driver1@example.com')")
    with pytest.raises(psycopg.errors.UniqueViolation):
        filled.execute("INSERT INTO users (username, email) VALUES ('Driver1', 'again@example.com')")


@pytest.mark.rule("BR-020", "BR-029")
def test_a_username_is_never_changed(filled):
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        filled.execute("UPDATE users SET username = 'renamed' WHERE id = 101")

    assert refused.value.diag.constraint_name == "users_username_immutable"


@pytest.mark.rule("BR-047")
def test_the_asset_of_a_deleted_device_may_be_used_again(filled):
    filled.execute("UPDATE devices SET deleted_at = now()")

    filled.execute(DUPLICATES["devices_asset_unique"])

    with pytest.raises(psycopg.errors.UniqueViolation):
        filled.execute("UPDATE devices SET deleted_at = NULL")


@pytest.mark.rule("BR-051")
def test_the_cell_of_a_retired_slot_may_be_used_again(filled):
    filled.execute("UPDATE planogram_slots SET retired_at = now() WHERE id = 101")

    filled.execute("INSERT INTO planogram_slots (planogram_id, row_no, col_no) VALUES (100, 1, 2)")

    assert filled.values("SELECT position FROM planogram_slots WHERE retired_at IS NULL ORDER BY 1") == ["A1", "A2"]


@pytest.mark.rule("SC-5")
def test_a_voided_visit_lets_the_cabinet_be_executed_again(filled):
    filled.execute("UPDATE service_visits SET voided_at = now(), void_reason = 'rolled back', voided_by = 100")

    filled.execute(DUPLICATES["service_visits_order_cabinet_id_unique"])

    assert filled.value("SELECT count(*) FROM service_visits WHERE voided_at IS NULL") == 1


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_history_is_never_changed_not_even_by_the_owner(filled, table):
    column = filled.value(
        "SELECT attname FROM pg_attribute WHERE attrelid = %(table)s::regclass AND attnum = 1", table=table
    )
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):  # noqa: S608 - our names
        with pytest.raises(psycopg.errors.RestrictViolation, match="never changed"):
            filled.execute(statement)


@pytest.mark.rule("BR-104")
def test_a_sale_is_never_changed_and_only_a_demo_sale_can_be_removed(filled):
    with pytest.raises(psycopg.errors.RestrictViolation, match="record a correction"):
        filled.execute("UPDATE sales SET units = 1")
    with pytest.raises(psycopg.errors.RestrictViolation, match="record a correction"):
        filled.execute("DELETE FROM sales")
    filled.execute(
        "INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)"
        " VALUES (100, 100, 1, 150, now(), 'demo')"
    )

    assert filled.execute("DELETE FROM sales WHERE source = 'demo'") == 1


def test_updated_at_follows_every_change_and_believes_who_sets_it(filled):
    filled.execute("UPDATE devices SET updated_at = '2025-01-01' WHERE id = 100")
    assert filled.value("SELECT updated_at = '2025-01-01' FROM devices WHERE id = 100")

    filled.execute("UPDATE devices SET nickname = 'Moved' WHERE id = 100")

    assert filled.value("SELECT updated_at > now() - interval '1 minute' FROM devices WHERE id = 100")


def test_stock_that_changes_without_a_movement_is_refused_at_commit(filled):
    with pytest.raises(psycopg.errors.CheckViolation, match="record the movement") as refused:
        filled.execute("UPDATE planogram_slots SET quantity = 4 WHERE id = 100")

    assert refused.value.diag.constraint_name == "planogram_slots_quantity_in_ledger"
    assert filled.value("SELECT quantity FROM planogram_slots WHERE id = 100") == 5


def test_a_movement_that_changes_no_stock_is_refused_at_commit(filled):
    with pytest.raises(psycopg.errors.CheckViolation, match="change the quantity"):
        filled.execute(
            "INSERT INTO inventory_movements (slot_id, product_id, delta, kind, quantity_after)"
            " VALUES (100, 100, 1, 'restock', 6)"
        )


def test_a_movement_whose_sum_is_wrong_is_refused_at_commit(filled):
    with pytest.raises(psycopg.errors.CheckViolation) as refused:
        filled.execute(
            "WITH moved AS (UPDATE planogram_slots SET quantity = 9 WHERE id = 100)"
            " INSERT INTO inventory_movements (slot_id, product_id, delta, kind, quantity_after)"
            " VALUES (100, 100, 1, 'restock', 9)"
        )

    assert refused.value.diag.constraint_name == "inventory_movements_running_balance"


@pytest.mark.parametrize("first", ["slot", "movements"])
def test_stock_and_movements_may_be_written_in_either_order(filled, first):
    move = (
        "INSERT INTO inventory_movements (slot_id, product_id, delta, kind, quantity_after)"
        " VALUES (100, 100, -5, 'planogram_change', 0), (100, 101, 4, 'planogram_change', 4)"
    )
    replace = "UPDATE planogram_slots SET product_id = 101, quantity = 4 WHERE id = 100"
    with filled.raw.transaction():
        for statement in (replace, move) if first == "slot" else (move, replace):
            filled.execute(statement)

    assert filled.value("SELECT sum(delta) FROM inventory_movements WHERE slot_id = 100") == 4


def test_a_new_slot_with_stock_needs_its_movement(filled):
    with pytest.raises(psycopg.errors.CheckViolation, match="record the movement"):
        filled.execute(
            "INSERT INTO planogram_slots (planogram_id, row_no, col_no, product_id, quantity, capacity)"
            " VALUES (100, 1, 3, 100, 1, 10)"
        )


@pytest.mark.rule("US-029")
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (id bigint)",
        "ALTER TABLE devices ADD COLUMN colour text",
        "DROP TABLE devices",
        "CREATE INDEX mine ON devices (model)",
        "ALTER TABLE audit_events DISABLE TRIGGER audit_events_append_only",
        "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "TRUNCATE audit_events",
        "UPDATE audit_events SET actor_username = 'nobody'",
        "DELETE FROM audit_events",
        "UPDATE audit_events_default SET actor_username = 'nobody'",
        "DELETE FROM audit_blocks",
        "UPDATE audit_seals SET block_number = 2",
        "UPDATE inventory_movements SET delta = 1",
        "DELETE FROM planogram_slot_changes",
        "DELETE FROM service_order_transitions",
        "DELETE FROM users",
        "DELETE FROM devices",
        "DELETE FROM service_orders",
        "UPDATE sales SET units = 1",
        "UPDATE alembic_version SET version_num = '0000'",
        "SET ROLE cvd_migrator",
    ],
)
def test_the_application_may_not(filled, application, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute(statement)


def test_the_application_works_with_the_rows_and_reads_every_table(filled, application):
    unreadable = application.values(
        """
        SELECT relname
          FROM pg_class
         WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
           AND NOT has_table_privilege(oid, 'SELECT')
        """
    )

    assert unreadable == []
    assert application.execute("UPDATE devices SET nickname = 'Moved'") == 1
    assert application.execute("INSERT INTO locations (name) VALUES ('Airport')") == 1


def test_the_application_makes_partitions_of_the_named_tables_only(application):
    made = application.values("SELECT outcome FROM cvd_ensure_partitions('sales', '2021-03-17', 2)")
    again = application.values("SELECT outcome FROM cvd_ensure_partitions('sales', '2021-03-01', 2)")

    assert (made, again) == (["created"] * 3, ["present"] * 3)
    with pytest.raises(psycopg.errors.InvalidParameterValue, match="not partitioned"):
        application.execute("SELECT cvd_ensure_partitions('users', '2021-03-01', 0)")


def test_a_month_that_came_before_its_partition_stays_where_it_is(filled, application):
    held = filled.values("SELECT tableoid::regclass::text FROM sales")
    assert set(held) == {"sales_default"}

    outcomes = application.values("SELECT outcome FROM cvd_ensure_partitions('sales', '2025-07-01', 2)")

    assert outcomes == ["created", "held by default", "created"]
    assert application.values("SELECT tableoid::regclass::text FROM sales") == held


def test_a_month_begins_at_midnight_utc_whatever_the_zone_of_the_session(filled, application):
    application.execute("SET timezone = 'Asia/Tokyo'")
    application.execute("SELECT cvd_ensure_partitions('sales', '2021-03-31', 1)")

    for moment, partition in (("2021-03-31 23:59:59+00", "sales_2021_03"), ("2021-04-01 00:00:00+00", "sales_2021_04")):
        stored = application.value(
            "INSERT INTO sales (device_id, product_id, units, revenue_cents, sold_at, source)"
            " VALUES (100, 100, 1, 150, %(moment)s, 'demo') RETURNING tableoid::regclass::text",
            moment=moment,
        )
        assert stored == partition


@pytest.mark.rule("BR-071")
def test_the_first_product_is_not_the_empty_slot(owner):
    owner.execute("INSERT INTO product_categories (id, name) VALUES (1, 'Candy')")
    owner.execute("INSERT INTO products (name, category_id, price_cents) VALUES ('Gum', 1, 150)")

    assert owner.value("SELECT id FROM products") == 2


@pytest.mark.rule("BR-167")
def test_an_article_is_found_by_its_words_with_the_title_first(filled):
    filled.execute(
        "INSERT INTO kb_articles (id, title, category, difficulty, body_md)"
        " VALUES ('keys', 'Keys', 'Drivers', 'Beginner', 'How to carry out the first steps.')"
    )

    found = filled.values(
        "SELECT id FROM kb_articles, websearch_to_tsquery('english', 'step') query"
        " WHERE search @@ query ORDER BY ts_rank(search, query) DESC"
    )

    assert found == ["first-steps", "keys"]
