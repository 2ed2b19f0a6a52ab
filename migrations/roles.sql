-- The cluster-wide roles. Needs an administrator; run by the migration engine when it is connected as one (the
-- embedded server), and once by hand on a managed server. Safe to repeat.
DO $roles$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cvd_migrator') THEN
        CREATE ROLE cvd_migrator LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cvd_app') THEN
        CREATE ROLE cvd_app LOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cvd_reporting') THEN
        CREATE ROLE cvd_reporting NOLOGIN;
    END IF;
EXCEPTION
    -- Another database of the same cluster is being prepared at this moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$roles$;

DO $grants$
BEGIN
    IF NOT pg_has_role('cvd_app', 'cvd_reporting', 'MEMBER') THEN
        -- The application enters the reporting role by SET ROLE for the one ad-hoc query and inherits nothing from it.
        GRANT cvd_reporting TO cvd_app WITH INHERIT FALSE, SET TRUE;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_iam') THEN
        GRANT rds_iam TO cvd_migrator, cvd_app;
    END IF;
EXCEPTION
    WHEN unique_violation OR internal_error THEN NULL;
END
$grants$;

-- Behind a proxy a connection cannot bring its own limits, so the role carries them.
ALTER ROLE cvd_app SET statement_timeout = '15s';
ALTER ROLE cvd_app SET lock_timeout = '5s';
ALTER ROLE cvd_app SET idle_in_transaction_session_timeout = '20s';
ALTER ROLE cvd_app SET timezone = 'UTC';

-- The schema is owned by name, so that a copy of the database made by another owner keeps working.
ALTER SCHEMA public OWNER TO cvd_migrator;
DO $database$
BEGIN
    EXECUTE format('ALTER DATABASE %I OWNER TO cvd_migrator', current_database());
END
$database$;
