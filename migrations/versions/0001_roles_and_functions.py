"""Roles and functions

Purpose: let the application role into the schema and lay down the functions that later revisions use: keeping
    `updated_at`, refusing changes to append-only tables, and making monthly partitions.
Impact: no table is touched; takes milliseconds.
Way back: the functions are dropped; the roles stay, because other databases of the cluster may use them.
"""

from migrations.run import run

revision = "0001"
down_revision = None

UPGRADE = """
DO $check$
BEGIN
    IF (SELECT count(*) FROM pg_roles WHERE rolname IN ('cvd_migrator', 'cvd_app', 'cvd_reporting')) < 3 THEN
        RAISE EXCEPTION 'the roles are missing: run migrations/roles.sql as an administrator first';
    END IF;
END
$check$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO cvd_app;
GRANT SELECT ON alembic_version TO cvd_app;

CREATE FUNCTION cvd_touch_updated_at() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public AS $body$
BEGIN
    -- A writer that sets the column itself (the importer, a test with its own clock) is believed.
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END
$body$;

CREATE FUNCTION cvd_refuse_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public AS $body$
BEGIN
    RAISE EXCEPTION 'rows of % are written once and never changed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END
$body$;

CREATE FUNCTION cvd_ensure_partitions(parent text, from_month date, months_ahead integer)
    RETURNS TABLE (partition_name text, outcome text)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $body$
DECLARE
    key_column text := CASE parent
        WHEN 'sales' THEN 'sold_at' WHEN 'audit_events' THEN 'at' WHEN 'activity_events' THEN 'at' END;
    month date;
    starts timestamptz;
    ends timestamptz;
    has_rows boolean;
BEGIN
    IF key_column IS NULL THEN
        RAISE EXCEPTION 'table % is not partitioned by month', parent USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF months_ahead NOT BETWEEN 0 AND 600 THEN
        RAISE EXCEPTION 'months_ahead must be 0 to 600, not %', months_ahead USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('cvd_ensure_partitions'), hashtext(parent));
    FOR step IN 0..months_ahead LOOP
        month := (date_trunc('month', from_month::timestamp) + make_interval(months => step))::date;
        starts := month::timestamp AT TIME ZONE 'UTC';
        ends := (month + interval '1 month') AT TIME ZONE 'UTC';
        partition_name := parent || to_char(month, '_YYYY_MM');
        IF to_regclass(format('public.%I', partition_name)) IS NOT NULL THEN
            outcome := 'present';
        ELSE
            EXECUTE format('SELECT EXISTS (SELECT FROM public.%I WHERE %I >= $1 AND %I < $2)',
                parent || '_default', key_column, key_column) INTO has_rows USING starts, ends;
            IF has_rows THEN
                outcome := 'held by default';
            ELSE
                EXECUTE format('CREATE TABLE public.%I PARTITION OF public.%I FOR VALUES FROM (%L) TO (%L)',
                    partition_name, parent, starts, ends);
                outcome := 'created';
            END IF;
        END IF;
        RETURN NEXT;
    END LOOP;
END
$body$;

COMMENT ON FUNCTION cvd_ensure_partitions(text, date, integer) IS
    'Makes the monthly partitions of one of the partitioned tables; a month whose rows already sit in the default partition stays there.';

REVOKE ALL ON FUNCTION cvd_touch_updated_at() FROM PUBLIC;
REVOKE ALL ON FUNCTION cvd_refuse_change() FROM PUBLIC;
REVOKE ALL ON FUNCTION cvd_ensure_partitions(text, date, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cvd_ensure_partitions(text, date, integer) TO cvd_app;
"""

DOWNGRADE = """
DROP FUNCTION cvd_ensure_partitions(text, date, integer);
DROP FUNCTION cvd_refuse_change();
DROP FUNCTION cvd_touch_updated_at();
REVOKE SELECT ON alembic_version FROM cvd_app;
REVOKE USAGE ON SCHEMA public FROM cvd_app;
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)
