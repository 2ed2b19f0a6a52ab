"""Every CHECK of the schema refuses a bad row, by its name: table, column, rule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import psycopg
import pytest

from tests.operations.rows import ROWS

if TYPE_CHECKING:
    from tests.support.services import Databases
    from tools.local.postgres import Postgres

BY_RULE = {
    "known": "'nonsense'",
    "not_negative": "-1",
    "not_positive": "1",
    "positive": "0",
    "range": "-1",
    "length": "repeat('x', 5001)",
}
"""What breaks a constraint of one column, by the rule that ends its name."""

BY_NAME = {
    "activity_daily_counts_not_negative": "page_views = -1",
    "ai_results_expires_after_created": "expires_at = created_at",
    "ai_results_input_hash_length": "input_hash = ''",
    "api_client_rows_one_kind": "device_id = NULL",
    "api_clients_deleted_is_revoked": "deleted_at = now()",
    "api_clients_revoked_by_with_revoked_at": "revoked_by = 100",
    "api_clients_scopes_some": "scopes = '{}'",
    "audit_blocks_hash_length": "hash = ''",
    "audit_blocks_prev_hash_length": "prev_hash = ''",
    "audit_seals_row_hash_length": "row_hash = ''",
    "cabinet_types_grid_size": None,
    "company_settings_business_hours_order": "business_hours_start = 20, business_hours_end = 6",
    "company_settings_currency_format": "currency = 'usd'",
    "company_settings_id_single": "id = 2",
    "company_settings_time_zone_valid": "time_zone = 'America/Atlantis'",
    "device_cabinets_grid_size": None,
    "device_cabinets_parent_not_removed": "removed_at = now()",
    "device_cabinets_removed_by_with_removed_at": "removed_by = 100",
    "device_types_cabinets_range": "min_cabinets = 3, max_cabinets = 2",
    "device_types_fixed_within_range": "fixed_cabinet_count = 3, min_cabinets = 1, max_cabinets = 2",
    "devices_asset_format": "asset = 'no blanks'",
    "devices_deleted_by_with_deleted_at": "deleted_by = 100",
    "dex_chain_hash_length": "hash = ''",
    "dex_chain_previous_hash_length": "previous_hash = ''",
    "dex_files_applied_when": "applied_at = now()",
    "dex_files_sender_known": "received_by = NULL",
    "dex_files_sha256_length": "sha256 = ''",
    "dex_reads_raw_somewhere": "raw_content = NULL",
    "dex_reads_sha256_length": "sha256 = ''",
    "driver_locations_latitude_range": "latitude = 91",
    "driver_locations_longitude_range": "longitude = 181",
    "exchange_jobs_failed_says_why": "error = 'x'",
    "exchange_jobs_file_sha256_format": "file_sha256 = 'x'",
    "exchange_jobs_finished_when_over": "finished_at = now()",
    "exchange_jobs_zip_holds_fleet": "form = 'zip'",
    "idempotency_keys_request_hash_length": "request_hash = ''",
    "live_vends_sale_whole": "sale_id = NULL",
    "machine_events_where_from": "file_id = NULL",
    "import_runs_finished_after_started": "finished_at = started_at - interval '1 second'",
    "import_runs_sha256_length": "sha256 = ''",
    "inbound_deliveries_sha256_length": "sha256 = ''",
    "inbound_deliveries_unpacked_or_wrong": "unpacked_at = now(), error = 'bad'",
    "inbound_partners_name_format": "name = 'No Name'",
    "inbound_partners_old_secret_until_when": "old_secret_until = now()",
    "inventory_movements_delta_not_zero": "delta = 0",
    "inventory_movements_sale_both_or_neither": "sale_id = 100, sale_sold_at = NULL",
    "ip_blocks_expires_after_blocked": "expires_at = blocked_at",
    "ip_blocks_lifted_by_with_lifted_at": "lifted_by = 100",
    "job_runs_finished_when_not_running": "status = 'succeeded'",
    "job_runs_status_known": "status = 'nonsense', finished_at = now()",
    "kb_articles_id_format": "id = '../secret'",
    "locations_coordinates_both_or_neither": "latitude = 42",
    "locations_default_not_deleted": "deleted_at = now()",
    "locations_deleted_by_with_deleted_at": "deleted_by = 100",
    "locations_latitude_range": "latitude = 91, longitude = 0",
    "locations_longitude_range": "latitude = 0, longitude = 181",
    "planogram_slots_empty_holds_nothing": "product_id = NULL",
    "planogram_slots_occupied_has_capacity": "capacity = 0, par_level = 0, quantity = 0",
    "planogram_slots_par_level_within_capacity": "par_level = 11",
    "planogram_slots_quantity_within_capacity": "quantity = 11",
    "planogram_slots_retired_is_empty": "retired_at = now()",
    "products_deleted_by_with_deleted_at": "deleted_by = 100",
    "products_id_not_empty_slot": "id = 1",
    "products_image_url_https": "image_url = 'http://example.com/gum.png'",
    "push_subscriptions_endpoint_https": "endpoint = 'http://push.example.com'",
    "route_driver_history_unassigned_after_assigned": "unassigned_at = assigned_at - interval '1 second'",
    "route_planning_settings_dri_days_order": "critical_dri_days = 3",
    "route_planning_settings_id_single": "id = 2",
    "routes_deleted_by_with_deleted_at": "deleted_by = 100",
    "sale_corrections_changes_something": "units = 0, revenue_cents = 0",
    "sales_archives_ids_not_empty": "ids = '{}'",
    "sales_archives_month_begins": "month = month + 1",
    "sales_archives_restored_after_archived": "restored_at = archived_at - interval '1 second'",
    "sales_archives_sha256_length": "sha256 = ''",
    "sales_period_start_before_sold_at": "period_start = sold_at + interval '1 second'",
    "security_alerts_acknowledged_times": "status = 'acknowledged'",
    "security_alerts_pending_times": "acknowledged_at = now()",
    "security_alerts_resolved_times": "status = 'resolved'",
    "service_order_cabinets_completed_times": "status = 'completed'",
    "service_order_cabinets_in_progress_times": "status = 'in_progress'",
    "service_order_cabinets_pending_times": "executed_at = now()",
    "service_order_cabinets_skipped_has_reason": "status = 'skipped'",
    "service_order_photos_coordinates_both_or_neither": "longitude = NULL",
    "service_order_photos_latitude_range": "latitude = 91",
    "service_order_photos_longitude_range": "longitude = 181",
    "service_order_photos_redacted_by_with_redacted_at": "redacted_by = 100",
    "service_order_photos_sha256_length": "sha256 = ''",
    "service_order_transitions_moves": "from_status = to_status",
    "service_orders_cancelled_times": "status = 'cancelled', cancelled_at = now()",
    "service_orders_completed_times": "status = 'completed', completed_at = now()",
    "service_orders_in_progress_times": "status = 'in_progress'",
    "service_orders_pending_times": "started_at = now()",
    "service_orders_started_has_driver": "status = 'in_progress', started_at = now(), driver_id = NULL",
    "service_visits_voided_by_with_voided_at": "voided_by = 100",
    "service_visits_voided_with_reason": "voided_at = now()",
    "sessions_expires_after_created": "expires_at = created_at",
    "sessions_expires_within_absolute": "absolute_expires_at = expires_at - interval '1 second'",
    "sessions_revoked_at_with_reason": "revoked_at = now()",
    "sessions_revoked_by_with_revoked_at": "revoked_by = 100",
    "system_settings_key_format": "key = 'Not A Key'",
    "user_preferences_preferences_object": "preferences = '[]'",
    "users_client_never_signs_in": "is_client = true",
    "users_deleted_by_with_deleted_at": "deleted_by = 100",
    "users_deleted_is_inactive": "deleted_at = now(), is_protected = false",
    "users_email_format": "email = 'a@b@c'",
    "users_legacy_password_hash_until_moved": "identity_sub = 's', legacy_password_hash = 'scrypt:1'",
    "users_protected_is_active_admin": "role = 'viewer'",
    "users_role_known": "role = 'nonsense', is_protected = false",
    "users_username_format": "username = 'no blanks'",
    "webhook_attempts_status_or_problem": "status = NULL",
    "webhook_deliveries_delivered_when": "status = 'delivered', next_attempt_at = NULL",
    "webhook_deliveries_next_while_pending": "next_attempt_at = NULL",
    "webhook_deliveries_status_known": "status = 'nonsense', next_attempt_at = NULL",
    "webhook_endpoints_deleted_is_disabled": "deleted_at = now()",
    "webhook_endpoints_device_ids_count": "device_ids = array_fill(1::bigint, ARRAY[1001])",
    "webhook_endpoints_disabled_reason_known": "disabled_at = now(), disabled_reason = 'nonsense'",
    "webhook_endpoints_disabled_with_reason": "disabled_at = now()",
    "webhook_endpoints_event_types_count": "event_types = '{}'",
    "webhook_endpoints_old_secret_until_when": "old_secret_until = now()",
    "webhook_endpoints_route_ids_count": "route_ids = array_fill(1::bigint, ARRAY[1001])",
    "webhook_events_body_small": "body = repeat('x', 20001)",
}
"""What breaks the others; None where the bounds of the columns already make it impossible."""


@pytest.fixture(scope="module")
def checked(postgres: Postgres, databases: Databases) -> Iterator[psycopg.Connection]:
    """One row in every table, and neither triggers nor foreign keys in the way of the CHECKs."""
    with databases.fresh() as environment:
        name = environment["DATABASE_URL"].split("/")[3].split("?")[0]
        with psycopg.connect(postgres.url(name)) as connection:
            connection.execute(ROWS.encode())
            connection.commit()
            connection.execute("SET session_replication_role = replica")
            yield connection


def checks_of(connection: psycopg.Connection) -> dict[str, str]:
    found = connection.execute(
        """
        SELECT k.conname, c.relname
          FROM pg_constraint k
          JOIN pg_class c ON c.oid = k.conrelid
         WHERE k.contype = 'c' AND k.connamespace = 'public'::regnamespace
           AND k.conparentid = 0 AND NOT c.relispartition
         ORDER BY 1
        """
    )
    return dict(found.fetchall())


def breaking(name: str, table: str) -> str | None:
    """The SET clause that breaks a constraint."""
    if name in BY_NAME:
        return BY_NAME[name]
    rule = next(rule for rule in sorted(BY_RULE, key=len, reverse=True) if name.endswith(f"_{rule}"))
    return f"{name.removeprefix(f'{table}_').removesuffix(f'_{rule}')} = {BY_RULE[rule]}"


def test_every_check_refuses_a_bad_row(checked):
    checks = checks_of(checked)
    assert set(BY_NAME) <= set(checks)
    broken = []
    for name, table in checks.items():
        clause = breaking(name, table)
        if clause is None:
            continue
        first = f"(SELECT min(ctid) FROM {table})"  # noqa: S608 - names come from the catalogue.
        with pytest.raises(psycopg.errors.CheckViolation) as refused, checked.transaction():
            checked.execute(f"UPDATE {table} SET {clause} WHERE ctid = {first}".encode())  # noqa: S608
        if refused.value.diag.constraint_name != name:
            broken.append(f"{name}: {clause} broke {refused.value.diag.constraint_name}")
    assert broken == []
    assert len(checks) > 200


def test_every_constraint_and_index_is_named_after_its_table(checked):
    named = checked.execute(
        """
        SELECT k.conname, c.relname
          FROM pg_constraint k
          JOIN pg_class c ON c.oid = k.conrelid
         WHERE k.connamespace = 'public'::regnamespace AND k.conparentid = 0 AND NOT c.relispartition
           AND c.relname <> 'alembic_version' AND k.contype <> 'n'
         UNION ALL
        SELECT i.relname, c.relname
          FROM pg_index x
          JOIN pg_class i ON i.oid = x.indexrelid
          JOIN pg_class c ON c.oid = x.indrelid
         WHERE c.relnamespace = 'public'::regnamespace AND NOT c.relispartition AND c.relname <> 'alembic_version'
        """
    ).fetchall()

    assert [name for name, table in named if not name.startswith(f"{table}_")] == []


def test_every_reference_has_an_index_except_those_that_only_name_the_actor(checked):
    """Users are never deleted, so nothing ever searches the rows that name one as the actor."""
    missing = checked.execute(
        """
        SELECT k.conname
          FROM pg_constraint k
          JOIN pg_class c ON c.oid = k.conrelid
          JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
         WHERE k.contype = 'f' AND k.conparentid = 0 AND k.connamespace = 'public'::regnamespace
           AND a.attname !~ '(_by|^actor_id)$'
           AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indkey[0] = k.conkey[1])
        """
    ).fetchall()

    assert missing == []
