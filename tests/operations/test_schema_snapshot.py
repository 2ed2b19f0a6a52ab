"""`verify` names each way in which a live schema can differ from the snapshot."""

import psycopg
import pytest

from chalicelib.operations import catalogue, migrations

CHANGES = {
    "missing: table push_subscriptions": "DROP TABLE push_subscriptions",
    "unexpected: table stray": "CREATE TABLE stray ()",
    "missing: column push_subscriptions.auth": "ALTER TABLE push_subscriptions DROP COLUMN auth",
    "unexpected: column devices.colour": "ALTER TABLE devices ADD COLUMN colour text",
    "different: column outbox.attempts": "ALTER TABLE outbox ALTER COLUMN attempts TYPE bigint",
    "different: column devices.model": "ALTER TABLE devices ALTER COLUMN model DROP NOT NULL",
    "different: column users.role": "ALTER TABLE users ALTER COLUMN role SET DEFAULT 'admin'",
    "missing: constraint users_email_format on users": "ALTER TABLE users DROP CONSTRAINT users_email_format",
    "different: constraint users_version_positive on users": "ALTER TABLE users DROP CONSTRAINT users_version_positive,"
    " ADD CONSTRAINT users_version_positive CHECK (version > -1)",
    "missing: index devices_asset_unique": "DROP INDEX devices_asset_unique",
    "different: index sales_product_id_index": "DROP INDEX sales_product_id_index;"
    " CREATE INDEX sales_product_id_index ON sales (product_id)",
    "missing: trigger devices_touch on devices": "DROP TRIGGER devices_touch ON devices",
    "different: trigger audit_events_append_only on audit_events": "ALTER TABLE ONLY audit_events"
    " DISABLE TRIGGER audit_events_append_only",
    "unexpected: trigger audit_events_append_only on audit_events_2031_01": "SELECT"
    " cvd_ensure_partitions('audit_events', '2031-01-01', 0); ALTER TABLE audit_events_2031_01"
    " DISABLE TRIGGER audit_events_append_only",
    "different: function cvd_refuse_change()": "CREATE OR REPLACE FUNCTION cvd_refuse_change() RETURNS trigger"
    " LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "unexpected: function stray()": "CREATE FUNCTION stray() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
    "different: grant on audit_events to cvd_app": "GRANT DELETE ON audit_events TO cvd_app",
    "unexpected: grant on users to PUBLIC": "GRANT SELECT ON users TO PUBLIC",
    "different: grant on audit_events to cvd_app: expected": "GRANT UPDATE (details) ON audit_events TO cvd_app",
    "unexpected: grant on audit_events_default to cvd_app": "GRANT DELETE ON audit_events_default TO cvd_app",
    "missing: grant on devices to cvd_app": "REVOKE ALL ON devices FROM cvd_app",
    "unexpected: view stray": "CREATE VIEW stray AS SELECT 1 AS one",
    "unexpected: schema stray": "CREATE SCHEMA stray",
    "different: table rate_limits": "ALTER TABLE rate_limits SET LOGGED",
    "different: column products.id": "ALTER TABLE products ALTER COLUMN id RESTART SET START WITH 1",
}


def test_the_snapshot_is_what_the_migrations_make(migrated):
    assert migrations.verify(migrated["MIGRATION_DATABASE_URL"]) == [], "run `python -m tools.migrate snapshot`"


@pytest.mark.parametrize("difference", CHANGES)
def test_a_difference_is_named(migrated, owner, difference):
    owner.raw.execute(CHANGES[difference].encode())

    found = migrations.verify(migrated["MIGRATION_DATABASE_URL"])

    assert any(line.startswith(difference) for line in found), found


def test_another_owner_is_named(postgres, migrated):
    name = migrated["DATABASE_URL"].split("/")[3].split("?")[0]
    with psycopg.connect(postgres.url(name), autocommit=True) as administrator:
        administrator.execute("ALTER TABLE devices OWNER TO postgres")

    found = migrations.verify(migrated["MIGRATION_DATABASE_URL"])

    assert [line for line in found if line.startswith("different: table devices:")]


def test_a_new_month_is_no_difference(migrated, owner):
    owner.execute("SELECT cvd_ensure_partitions('sales', '2030-01-01', 11)")

    assert migrations.verify(migrated["MIGRATION_DATABASE_URL"]) == []


def test_equal_texts_have_no_differences():
    text = migrations.SNAPSHOT.read_text()

    assert catalogue.differences(text, text) == []
    assert len(catalogue.differences(text, catalogue.HEADER)) > 1000
