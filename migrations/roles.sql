-- The cluster-wide roles. Needs an administrator; run by the migration engine when it is connected as one (the
-- embedded server), and once by hand on a managed server, whose administrator is no superuser. Safe to repeat.
-- It is one statement, because the Data API of a managed server takes one at a time.
DO $roles$
BEGIN
    BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cvd_migrator') THEN
            CREATE ROLE cvd_migrator LOGIN;
        END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cvd_app') THEN
            CREATE ROLE cvd_app LOGIN;
        END IF;
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cvd_reporting') THEN
            CREATE ROLE cvd_reporting LOGIN;
        END IF;
    EXCEPTION
        -- Another database of the same cluster is being prepared at this moment.
        WHEN duplicate_object OR unique_violation THEN NULL;
    END;

    BEGIN
        IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_iam') THEN
            GRANT rds_iam TO cvd_migrator, cvd_app, cvd_reporting;
        END IF;
    EXCEPTION
        WHEN unique_violation OR internal_error THEN NULL;
    END;

    -- Behind a proxy a connection cannot bring its own limits, so the role carries them.
    ALTER ROLE cvd_app SET statement_timeout = '15s';
    ALTER ROLE cvd_app SET lock_timeout = '5s';
    ALTER ROLE cvd_app SET idle_in_transaction_session_timeout = '20s';
    ALTER ROLE cvd_app SET timezone = 'UTC';

    -- The ad-hoc query signs in as this role. It is no role to be entered from another one, because whoever entered it
    -- by SET ROLE could leave it again from inside the query.
    ALTER ROLE cvd_reporting SET search_path = 'reporting';
    ALTER ROLE cvd_reporting SET default_transaction_read_only = 'on';
    ALTER ROLE cvd_reporting SET statement_timeout = '5s';
    ALTER ROLE cvd_reporting SET timezone = 'UTC';
    ALTER ROLE cvd_reporting LOGIN CONNECTION LIMIT 5;

    -- Who is no superuser can hand things only to a role that they may become.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT cvd_migrator TO %I', current_user);
    END IF;
    -- The schema is owned by name, so that a copy of the database made by another owner keeps working.
    EXECUTE format('ALTER DATABASE %I OWNER TO cvd_migrator', current_database());
    ALTER SCHEMA public OWNER TO cvd_migrator;
END
$roles$;
