-- The schema after the newest revision. Made by `python -m tools.migrate snapshot`; not run by anything.

-- role cvd_app
ALTER ROLE cvd_app NOSUPERUSER NOCREATEROLE NOBYPASSRLS LOGIN;

-- role cvd_reporting
ALTER ROLE cvd_reporting NOSUPERUSER NOCREATEROLE NOBYPASSRLS LOGIN;

-- grant on schema public to PUBLIC
GRANT USAGE ON SCHEMA public TO PUBLIC;

-- grant on schema public to cvd_app
GRANT USAGE ON SCHEMA public TO cvd_app;

-- grant on schema reporting to cvd_reporting
GRANT USAGE ON SCHEMA reporting TO cvd_reporting;

-- schema public
ALTER SCHEMA public OWNER TO cvd_migrator;

-- schema reporting
ALTER SCHEMA reporting OWNER TO cvd_migrator;

-- function cvd_audit_block_hash(bigint,timestamp with time zone,bytea,bigint,bytea)
CREATE OR REPLACE FUNCTION public.cvd_audit_block_hash(number bigint, sealed_at timestamp with time zone, prev_hash bytea, row_count bigint, row_hashes bytea)
 RETURNS bytea
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
    SELECT sha256(prev_hash
        || convert_to(jsonb_build_array(number, extract(epoch FROM sealed_at), row_count)::text, 'UTF8')
        || coalesce(row_hashes, ''))
$function$
;
ALTER FUNCTION cvd_audit_block_hash(bigint,timestamp with time zone,bytea,bigint,bytea) OWNER TO cvd_migrator;
GRANT EXECUTE ON FUNCTION cvd_audit_block_hash(bigint,timestamp with time zone,bytea,bigint,bytea) TO cvd_app;

-- function cvd_audit_row_hash(audit_events)
CREATE OR REPLACE FUNCTION public.cvd_audit_row_hash(event audit_events)
 RETURNS bytea
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
    SELECT sha256(convert_to(jsonb_build_array(
        event.id, extract(epoch FROM event.at), event.actor_id, event.actor_username, event.actor_role, event.action,
        event.resource_type, event.resource_id, event.outcome, event.before, event.after, event.details,
        host(event.ip), event.user_agent, event.request_id, event.import_run_id, extract(epoch FROM event.created_at))::text, 'UTF8'))
$function$
;
ALTER FUNCTION cvd_audit_row_hash(audit_events) OWNER TO cvd_migrator;
GRANT EXECUTE ON FUNCTION cvd_audit_row_hash(audit_events) TO cvd_app;

-- function cvd_begin_counting_slots()
CREATE OR REPLACE FUNCTION public.cvd_begin_counting_slots()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    INSERT INTO slots_of_planograms (planogram_id, cabinet_id, device_id, is_removed, is_deleted, low, sold_out)
    SELECT NEW.id, cabinet.id, device.id, cabinet.removed_at IS NOT NULL, device.deleted_at IS NOT NULL, 0, 0
      FROM device_cabinets cabinet
      JOIN devices device ON device.id = cabinet.device_id
     WHERE cabinet.id = NEW.cabinet_id
       FOR SHARE;
    RETURN NULL;
END
$function$
;
ALTER FUNCTION cvd_begin_counting_slots() OWNER TO cvd_migrator;

-- function cvd_count_all_slots()
CREATE OR REPLACE FUNCTION public.cvd_count_all_slots()
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    LOCK TABLE devices, device_cabinets, planograms, planogram_slots, slots_of_planograms IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM slots_of_planograms;
    INSERT INTO slots_of_planograms (planogram_id, cabinet_id, device_id, is_removed, is_deleted, low, sold_out)
    SELECT planogram.id, cabinet.id, device.id, cabinet.removed_at IS NOT NULL, device.deleted_at IS NOT NULL,
           coalesce(counted.low, 0), coalesce(counted.sold_out, 0)
      FROM planograms planogram
      JOIN device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
      JOIN devices device ON device.id = cabinet.device_id
      LEFT JOIN (
           SELECT planogram_id, sum(cvd_is_low(product_id, retired_at, quantity, par_level)::integer) AS low,
                  sum(cvd_is_sold_out(product_id, retired_at, quantity, capacity)::integer) AS sold_out
             FROM planogram_slots
            GROUP BY planogram_id) counted ON counted.planogram_id = planogram.id
     ORDER BY planogram.id;
$function$
;
ALTER FUNCTION cvd_count_all_slots() OWNER TO cvd_migrator;

-- function cvd_count_slots()
CREATE OR REPLACE FUNCTION public.cvd_count_slots()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    changed bigint[];
    more_low integer[];
    more_sold_out integer[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(planogram_id), array_agg(low), array_agg(sold_out) INTO changed, more_low, more_sold_out
          FROM (SELECT planogram_id, sum(cvd_is_low(product_id, retired_at, quantity, par_level)::integer) AS low,
                       sum(cvd_is_sold_out(product_id, retired_at, quantity, capacity)::integer) AS sold_out
                  FROM came
                 GROUP BY planogram_id) change
         WHERE low <> 0 OR sold_out <> 0;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(planogram_id), array_agg(-low), array_agg(-sold_out) INTO changed, more_low, more_sold_out
          FROM (SELECT planogram_id, sum(cvd_is_low(product_id, retired_at, quantity, par_level)::integer) AS low,
                       sum(cvd_is_sold_out(product_id, retired_at, quantity, capacity)::integer) AS sold_out
                  FROM went
                 GROUP BY planogram_id) change
         WHERE low <> 0 OR sold_out <> 0;
    ELSE
        SELECT array_agg(planogram_id), array_agg(low), array_agg(sold_out) INTO changed, more_low, more_sold_out
          FROM (SELECT planogram_id, sum(low) AS low, sum(sold_out) AS sold_out
                  FROM (SELECT planogram_id, cvd_is_low(product_id, retired_at, quantity, par_level)::integer AS low,
                               cvd_is_sold_out(product_id, retired_at, quantity, capacity)::integer AS sold_out
                          FROM came
                         UNION ALL
                        SELECT planogram_id, -cvd_is_low(product_id, retired_at, quantity, par_level)::integer,
                               -cvd_is_sold_out(product_id, retired_at, quantity, capacity)::integer
                          FROM went) part
                 GROUP BY planogram_id) change
         WHERE low <> 0 OR sold_out <> 0;
    END IF;
    IF changed IS NULL THEN
        RETURN NULL;
    END IF;
    WITH held AS MATERIALIZED (
        SELECT planogram_id
          FROM slots_of_planograms
         WHERE planogram_id = ANY(changed)
         ORDER BY planogram_id
           FOR UPDATE)
    UPDATE slots_of_planograms kept
       SET low = kept.low + change.low, sold_out = kept.sold_out + change.sold_out
      FROM unnest(changed, more_low, more_sold_out) change (planogram_id, low, sold_out)
      JOIN held ON held.planogram_id = change.planogram_id
     WHERE kept.planogram_id = change.planogram_id;
    RETURN NULL;
END
$function$
;
ALTER FUNCTION cvd_count_slots() OWNER TO cvd_migrator;

-- function cvd_count_slots_of_cabinet()
CREATE OR REPLACE FUNCTION public.cvd_count_slots_of_cabinet()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    UPDATE slots_of_planograms SET is_removed = NEW.removed_at IS NOT NULL WHERE cabinet_id = NEW.id;
    RETURN NULL;
END
$function$
;
ALTER FUNCTION cvd_count_slots_of_cabinet() OWNER TO cvd_migrator;

-- function cvd_count_slots_of_device()
CREATE OR REPLACE FUNCTION public.cvd_count_slots_of_device()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    UPDATE slots_of_planograms SET is_deleted = NEW.deleted_at IS NOT NULL WHERE device_id = NEW.id;
    RETURN NULL;
END
$function$
;
ALTER FUNCTION cvd_count_slots_of_device() OWNER TO cvd_migrator;

-- function cvd_ensure_partitions(text,date,integer)
CREATE OR REPLACE FUNCTION public.cvd_ensure_partitions(parent text, from_month date, months_ahead integer)
 RETURNS TABLE(partition_name text, outcome text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET lock_timeout TO '5s'
AS $function$
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
$function$
;
ALTER FUNCTION cvd_ensure_partitions(text,date,integer) OWNER TO cvd_migrator;
GRANT EXECUTE ON FUNCTION cvd_ensure_partitions(text,date,integer) TO cvd_app;

-- function cvd_is_low(bigint,timestamp with time zone,integer,integer)
CREATE OR REPLACE FUNCTION public.cvd_is_low(product_id bigint, retired_at timestamp with time zone, quantity integer, par_level integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT product_id IS NOT NULL AND retired_at IS NULL AND par_level > 0 AND quantity * 4 <= par_level
$function$
;
ALTER FUNCTION cvd_is_low(bigint,timestamp with time zone,integer,integer) OWNER TO cvd_migrator;

-- function cvd_is_sold_out(bigint,timestamp with time zone,integer,integer)
CREATE OR REPLACE FUNCTION public.cvd_is_sold_out(product_id bigint, retired_at timestamp with time zone, quantity integer, capacity integer)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT product_id IS NOT NULL AND retired_at IS NULL AND capacity > 0 AND quantity = 0
$function$
;
ALTER FUNCTION cvd_is_sold_out(bigint,timestamp with time zone,integer,integer) OWNER TO cvd_migrator;

-- function cvd_is_time_zone(text)
CREATE OR REPLACE FUNCTION public.cvd_is_time_zone(name text)
 RETURNS boolean
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
    -- Region names only: PostgreSQL would also take abbreviations and POSIX rules, which know no summer time.
    RETURN (name = 'UTC' OR name ~ '^[A-Za-z]+/[A-Za-z0-9_+/-]+$')
        AND timestamptz '2000-01-01 00:00+00' AT TIME ZONE name IS NOT NULL;
EXCEPTION
    WHEN invalid_parameter_value THEN RETURN false;
END
$function$
;
ALTER FUNCTION cvd_is_time_zone(text) OWNER TO cvd_migrator;
GRANT EXECUTE ON FUNCTION cvd_is_time_zone(text) TO PUBLIC;

-- function cvd_keep_sale()
CREATE OR REPLACE FUNCTION public.cvd_keep_sale()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.source = 'demo' THEN
        IF EXISTS (SELECT FROM sale_corrections WHERE sale_id = OLD.id AND sale_sold_at = OLD.sold_at)
           OR EXISTS (SELECT FROM inventory_movements WHERE sale_id = OLD.id AND sale_sold_at = OLD.sold_at)
           OR EXISTS (SELECT FROM live_vends WHERE sale_id = OLD.id AND sale_sold_at = OLD.sold_at) THEN
            RAISE EXCEPTION 'sale % is still referred to', OLD.id
                USING ERRCODE = 'foreign_key_violation', TABLE = 'sales', SCHEMA = TG_TABLE_SCHEMA;
        END IF;
        DELETE FROM sale_keys WHERE sale_id = OLD.id AND sold_at = OLD.sold_at;
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a sale is never changed or removed: record a correction'
        USING ERRCODE = 'restrict_violation', TABLE = 'sales', SCHEMA = TG_TABLE_SCHEMA;
END
$function$
;
ALTER FUNCTION cvd_keep_sale() OWNER TO cvd_migrator;

-- function cvd_keep_username()
CREATE OR REPLACE FUNCTION public.cvd_keep_username()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
    RAISE EXCEPTION 'a username is never changed'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'users_username_immutable', TABLE = 'users';
END
$function$
;
ALTER FUNCTION cvd_keep_username() OWNER TO cvd_migrator;

-- function cvd_let_go_of_sales(date,integer)
CREATE OR REPLACE FUNCTION public.cvd_let_go_of_sales(of_month date, of_part integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET lock_timeout TO '5s'
AS $function$
DECLARE
    starts timestamptz := of_month::timestamp AT TIME ZONE 'UTC';
    ends timestamptz := (of_month + interval '1 month') AT TIME ZONE 'UTC';
    held_by text := 'sales' || to_char(of_month, '_YYYY_MM');
    told sales_archives;
    is_told boolean;
BEGIN
    SELECT * INTO told FROM sales_archives WHERE month = of_month AND part = of_part AND restored_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nothing is archived of % as part %', of_month, of_part USING ERRCODE = 'no_data_found';
    END IF;
    IF ends + interval '13 months' > now() THEN
        RAISE EXCEPTION 'sales of % are too young to leave', of_month USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_regclass(format('public.%I', held_by)) IS NULL THEN
        held_by := 'sales_default';
    END IF;
    EXECUTE format('LOCK TABLE public.%I IN ACCESS EXCLUSIVE MODE', held_by);
    EXECUTE format(
        'SELECT (count(*), sum(units), sum(revenue_cents), range_agg(int8range(id, id + 1)))'
        '     = ($3::bigint, $4::bigint, $5::bigint, $6::int8multirange)'
        '  FROM public.%I WHERE sold_at >= $1 AND sold_at < $2', held_by)
        INTO is_told USING starts, ends, told.sales, told.units, told.revenue_cents, told.ids;
    IF is_told IS NOT TRUE THEN
        RAISE EXCEPTION 'the sales of % are not what its archive says', of_month
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    IF held_by <> 'sales_default' THEN
        EXECUTE format('TRUNCATE TABLE public.%I', held_by);
    ELSE
        ALTER TABLE sales_default DISABLE TRIGGER sales_immutable;
        DELETE FROM sales_default WHERE sold_at >= starts AND sold_at < ends;
        ALTER TABLE sales_default ENABLE TRIGGER sales_immutable;
    END IF;
END
$function$
;
ALTER FUNCTION cvd_let_go_of_sales(date,integer) OWNER TO cvd_migrator;
GRANT EXECUTE ON FUNCTION cvd_let_go_of_sales(date,integer) TO cvd_app;

-- function cvd_prove_movement()
CREATE OR REPLACE FUNCTION public.cvd_prove_movement()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    balance_before integer;
    latest boolean;
    on_hand integer;
BEGIN
    SELECT quantity_after INTO balance_before FROM inventory_movements
        WHERE slot_id = NEW.slot_id AND id < NEW.id ORDER BY id DESC LIMIT 1;
    IF coalesce(balance_before, 0) + NEW.delta <> NEW.quantity_after THEN
        RAISE EXCEPTION 'movement % of slot % goes from % by % but says % afterwards',
            NEW.id, NEW.slot_id, coalesce(balance_before, 0), NEW.delta, NEW.quantity_after
            USING ERRCODE = 'check_violation', CONSTRAINT = 'inventory_movements_running_balance',
                TABLE = 'inventory_movements';
    END IF;
    SELECT NOT EXISTS (SELECT FROM inventory_movements WHERE slot_id = NEW.slot_id AND id > NEW.id) INTO latest;
    IF latest THEN
        SELECT quantity INTO on_hand FROM planogram_slots WHERE id = NEW.slot_id;
        IF on_hand <> NEW.quantity_after THEN
            RAISE EXCEPTION 'slot % holds % units but its ledger says %: change the quantity in the same transaction',
                NEW.slot_id, on_hand, NEW.quantity_after
                USING ERRCODE = 'check_violation', CONSTRAINT = 'planogram_slots_quantity_in_ledger',
                    TABLE = 'planogram_slots';
        END IF;
    END IF;
    RETURN NULL;
END
$function$
;
ALTER FUNCTION cvd_prove_movement() OWNER TO cvd_migrator;

-- function cvd_prove_slot_balance()
CREATE OR REPLACE FUNCTION public.cvd_prove_slot_balance()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    balance integer;
    on_hand integer;
BEGIN
    SELECT quantity INTO on_hand FROM planogram_slots WHERE id = NEW.id;
    SELECT quantity_after INTO balance FROM inventory_movements WHERE slot_id = NEW.id ORDER BY id DESC LIMIT 1;
    IF on_hand IS DISTINCT FROM coalesce(balance, 0) AND on_hand IS NOT NULL THEN
        RAISE EXCEPTION 'slot % holds % units but its ledger says %: record the movement in the same transaction',
            NEW.id, on_hand, coalesce(balance, 0)
            USING ERRCODE = 'check_violation', CONSTRAINT = 'planogram_slots_quantity_in_ledger', TABLE = 'planogram_slots';
    END IF;
    RETURN NULL;
END
$function$
;
ALTER FUNCTION cvd_prove_slot_balance() OWNER TO cvd_migrator;

-- function cvd_publish_alerts()
CREATE OR REPLACE FUNCTION public.cvd_publish_alerts()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    INSERT INTO outbox (topic, resource_type, resource_id, payload)
    SELECT 'alert.raised', 'alert', id::text, jsonb_build_object('alert_type', alert_type, 'severity', severity)
      FROM raised
     WHERE status = 'pending'
       AND created_at > now() - interval '1 hour'
     ORDER BY id;
    RETURN NULL;
END
$function$
;
ALTER FUNCTION cvd_publish_alerts() OWNER TO cvd_migrator;
GRANT EXECUTE ON FUNCTION cvd_publish_alerts() TO cvd_app;

-- function cvd_refer_to_sale()
CREATE OR REPLACE FUNCTION public.cvd_refer_to_sale()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    wanted_at timestamptz;
BEGIN
    IF TG_TABLE_NAME = 'sale_keys' THEN
        wanted_at := NEW.sold_at;
    ELSE
        wanted_at := NEW.sale_sold_at;
    END IF;
    -- The lock is the one of a foreign key: the sale stays until the transaction ends.
    PERFORM FROM sales WHERE id = NEW.sale_id AND sold_at = wanted_at FOR KEY SHARE;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    PERFORM FROM sales_archives
      WHERE month = date_trunc('month', wanted_at AT TIME ZONE 'UTC')::date
        AND restored_at IS NULL
        AND ids @> NEW.sale_id;
    IF FOUND THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'there is no sale %, here or archived, for the row of "%"', NEW.sale_id, TG_TABLE_NAME
        USING ERRCODE = 'foreign_key_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END
$function$
;
ALTER FUNCTION cvd_refer_to_sale() OWNER TO cvd_migrator;

-- function cvd_refuse_change()
CREATE OR REPLACE FUNCTION public.cvd_refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
    RAISE EXCEPTION 'rows of % are written once and never changed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END
$function$
;
ALTER FUNCTION cvd_refuse_change() OWNER TO cvd_migrator;

-- function cvd_roll_up_devices()
CREATE OR REPLACE FUNCTION public.cvd_roll_up_devices()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    moved bigint[];
    signs integer[];
BEGIN
    SELECT array_agg(id), array_agg(CASE WHEN came.deleted_at IS NULL THEN 1 ELSE -1 END) INTO moved, signs
      FROM came
      JOIN went USING (id)
     WHERE (came.deleted_at IS NULL) <> (went.deleted_at IS NULL);
    IF moved IS NULL THEN
        RETURN NULL;
    END IF;
    WITH change AS MATERIALIZED (
        SELECT daily.device_id, daily.product_id, daily.day, sign * daily.units AS units,
               sign * daily.revenue_cents AS revenue_cents, sign * daily.transactions AS transactions, sign
          FROM unnest(moved, signs) AS device (id, sign)
          JOIN sales_daily daily ON daily.device_id = device.id),
    of_products AS (
        INSERT INTO sales_of_products AS kept
               (product_id, day, units, revenue_cents, live_units, live_revenue_cents, live_transactions, live_devices)
        SELECT product_id, day, 0, 0, sum(units), sum(revenue_cents), sum(transactions), sum(sign)
          FROM change
         GROUP BY product_id, day
         ORDER BY day, product_id
            ON CONFLICT (day, product_id) DO UPDATE
           SET live_units = kept.live_units + excluded.live_units,
               live_revenue_cents = kept.live_revenue_cents + excluded.live_revenue_cents,
               live_transactions = kept.live_transactions + excluded.live_transactions,
               live_devices = kept.live_devices + excluded.live_devices
        RETURNING product_id, day, live_devices),
    new_products AS (
        SELECT change.day,
               (kept.live_devices > 0)::integer - (kept.live_devices > sum(change.sign))::integer AS count
          FROM change
          JOIN of_products kept ON kept.product_id = change.product_id AND kept.day = change.day
         GROUP BY change.day, change.product_id, kept.live_devices)
    INSERT INTO sales_of_days AS kept (day, units, revenue_cents, transactions, devices, products)
    SELECT day, sum(units), sum(revenue_cents), sum(transactions), sum(devices), sum(products)
      FROM (SELECT day, units, revenue_cents, transactions, 0 AS devices, 0 AS products FROM change
             UNION ALL
            SELECT day, 0, 0, 0, sign, 0 FROM (SELECT DISTINCT day, device_id, sign FROM change) of_device
             UNION ALL
            SELECT day, 0, 0, 0, 0, count FROM new_products) part
     GROUP BY day
     ORDER BY day
        ON CONFLICT (day) DO UPDATE
       SET units = kept.units + excluded.units, revenue_cents = kept.revenue_cents + excluded.revenue_cents,
           transactions = kept.transactions + excluded.transactions, devices = kept.devices + excluded.devices,
           products = kept.products + excluded.products;
    RETURN NULL;
END
$function$
;
ALTER FUNCTION cvd_roll_up_devices() OWNER TO cvd_migrator;

-- function cvd_roll_up_everything()
CREATE OR REPLACE FUNCTION public.cvd_roll_up_everything()
 RETURNS void
 LANGUAGE sql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    DELETE FROM sales_of_devices;
    DELETE FROM sales_of_products;
    DELETE FROM sales_of_days;
    INSERT INTO sales_of_devices (device_id, span, starts_on, units, revenue_cents, transactions, products)
    SELECT device_id, 'day', day, sum(units), sum(revenue_cents), sum(transactions), count(*)
      FROM sales_daily
     GROUP BY device_id, day
     ORDER BY day, device_id;
    INSERT INTO sales_of_devices (device_id, span, starts_on, units, revenue_cents, transactions, products)
    SELECT device_id, 'week', cvd_week_of(starts_on, company.week_start), sum(units), sum(revenue_cents),
           sum(transactions), sum(products)
      FROM sales_of_devices
      JOIN company_settings company ON true
     WHERE span = 'day'
     GROUP BY 1, 3
     UNION ALL
    SELECT device_id, 'ever', '-infinity', sum(units), sum(revenue_cents), sum(transactions), sum(products)
      FROM sales_of_devices
     WHERE span = 'day'
     GROUP BY device_id
     ORDER BY 3, 1;
    INSERT INTO sales_of_products
           (product_id, day, units, revenue_cents, live_units, live_revenue_cents, live_transactions, live_devices)
    SELECT daily.product_id, daily.day, sum(daily.units), sum(daily.revenue_cents),
           coalesce(sum(daily.units) FILTER (WHERE device.deleted_at IS NULL), 0),
           coalesce(sum(daily.revenue_cents) FILTER (WHERE device.deleted_at IS NULL), 0),
           coalesce(sum(daily.transactions) FILTER (WHERE device.deleted_at IS NULL), 0),
           count(*) FILTER (WHERE device.deleted_at IS NULL)
      FROM sales_daily daily
      JOIN devices device ON device.id = daily.device_id
     GROUP BY daily.product_id, daily.day
     ORDER BY daily.day, daily.product_id;
    INSERT INTO sales_of_days (day, units, revenue_cents, transactions, devices, products)
    SELECT sold.day, sold.units, sold.revenue_cents, sold.transactions, opened.devices, sold.products
      FROM (SELECT day, sum(live_units) AS units, sum(live_revenue_cents) AS revenue_cents,
                   sum(live_transactions) AS transactions, count(*) FILTER (WHERE live_devices > 0) AS products
              FROM sales_of_products
             GROUP BY day) sold
     CROSS JOIN LATERAL (
           SELECT count(*) AS devices
             FROM sales_of_devices kept
             JOIN devices device ON device.id = kept.device_id AND device.deleted_at IS NULL
            WHERE kept.span = 'day' AND kept.starts_on = sold.day) opened;
$function$
;
ALTER FUNCTION cvd_roll_up_everything() OWNER TO cvd_migrator;

-- function cvd_roll_up_sales()
CREATE OR REPLACE FUNCTION public.cvd_roll_up_sales()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
DECLARE
    came CONSTANT text := 'SELECT device_id, product_id, day, units::bigint, revenue_cents, transactions::bigint, 1 AS lines
        FROM came';
    went CONSTANT text := 'SELECT device_id, product_id, day, -units::bigint AS units, -revenue_cents AS revenue_cents,
        -transactions::bigint AS transactions, -1 AS lines FROM went';
    rows CONSTANT text := CASE TG_OP WHEN 'INSERT' THEN came WHEN 'DELETE' THEN went
        ELSE came || ' UNION ALL ' || went END;
    locked integer;
BEGIN
    EXECUTE format('SELECT FROM devices WHERE id IN (SELECT device_id FROM (%s) part) ORDER BY id FOR SHARE', rows);
    GET DIAGNOSTICS locked = ROW_COUNT;
    IF locked = 0 THEN
        RETURN NULL;
    END IF;
    EXECUTE format($statement$
        WITH change AS MATERIALIZED (
            SELECT part.device_id, part.product_id, part.day, device.deleted_at IS NULL AS is_live,
                   sum(part.units) AS units, sum(part.revenue_cents) AS revenue_cents,
                   sum(part.transactions) AS transactions, sum(part.lines) AS lines
              FROM (%s) part
              JOIN devices device ON device.id = part.device_id
             GROUP BY part.device_id, part.product_id, part.day, device.deleted_at),
        of_devices AS (
            INSERT INTO sales_of_devices AS kept
                   (device_id, span, starts_on, units, revenue_cents, transactions, products)
            SELECT change.device_id, span.name,
                   CASE span.name WHEN 'day' THEN change.day WHEN 'week' THEN cvd_week_of(change.day, company.week_start)
                                  ELSE '-infinity' END,
                   sum(change.units), sum(change.revenue_cents), sum(change.transactions), sum(change.lines)
              FROM change
              JOIN company_settings company ON true
             CROSS JOIN (VALUES ('day'), ('ever'), ('week')) span (name)
             GROUP BY 1, 2, 3
             ORDER BY 1, 2, 3
                ON CONFLICT (span, starts_on, device_id) DO UPDATE
               SET units = kept.units + excluded.units, revenue_cents = kept.revenue_cents + excluded.revenue_cents,
                   transactions = kept.transactions + excluded.transactions, products = kept.products + excluded.products
            RETURNING device_id, span, starts_on, products),
        of_products AS (
            INSERT INTO sales_of_products AS kept
                   (product_id, day, units, revenue_cents, live_units, live_revenue_cents, live_transactions, live_devices)
            SELECT product_id, day, sum(units), sum(revenue_cents),
                   coalesce(sum(units) FILTER (WHERE is_live), 0), coalesce(sum(revenue_cents) FILTER (WHERE is_live), 0),
                   coalesce(sum(transactions) FILTER (WHERE is_live), 0), coalesce(sum(lines) FILTER (WHERE is_live), 0)
              FROM change
             GROUP BY product_id, day
             ORDER BY day, product_id
                ON CONFLICT (day, product_id) DO UPDATE
               SET units = kept.units + excluded.units, revenue_cents = kept.revenue_cents + excluded.revenue_cents,
                   live_units = kept.live_units + excluded.live_units,
                   live_revenue_cents = kept.live_revenue_cents + excluded.live_revenue_cents,
                   live_transactions = kept.live_transactions + excluded.live_transactions,
                   live_devices = kept.live_devices + excluded.live_devices
            RETURNING product_id, day, live_devices),
        -- A device, or a product, is new to a day when it has rows now and had none before.
        new_devices AS (
            SELECT change.day,
                   (kept.products > 0)::integer - (kept.products > sum(change.lines))::integer AS count
              FROM change
              JOIN of_devices kept
                ON kept.device_id = change.device_id AND kept.span = 'day' AND kept.starts_on = change.day
             WHERE change.is_live
             GROUP BY change.day, change.device_id, kept.products),
        new_products AS (
            SELECT change.day,
                   (kept.live_devices > 0)::integer - (kept.live_devices > sum(change.lines))::integer AS count
              FROM change
              JOIN of_products kept ON kept.product_id = change.product_id AND kept.day = change.day
             WHERE change.is_live
             GROUP BY change.day, change.product_id, kept.live_devices)
        INSERT INTO sales_of_days AS kept (day, units, revenue_cents, transactions, devices, products)
        SELECT day, sum(units), sum(revenue_cents), sum(transactions), sum(devices), sum(products)
          FROM (SELECT day, units, revenue_cents, transactions, 0 AS devices, 0 AS products FROM change WHERE is_live
                 UNION ALL
                SELECT day, 0, 0, 0, count, 0 FROM new_devices
                 UNION ALL
                SELECT day, 0, 0, 0, 0, count FROM new_products) part
         GROUP BY day
         ORDER BY day
            ON CONFLICT (day) DO UPDATE
           SET units = kept.units + excluded.units, revenue_cents = kept.revenue_cents + excluded.revenue_cents,
               transactions = kept.transactions + excluded.transactions, devices = kept.devices + excluded.devices,
               products = kept.products + excluded.products
        $statement$, rows);
    RETURN NULL;
END
$function$
;
ALTER FUNCTION cvd_roll_up_sales() OWNER TO cvd_migrator;

-- function cvd_roll_up_weeks()
CREATE OR REPLACE FUNCTION public.cvd_roll_up_weeks()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
BEGIN
    LOCK TABLE sales_daily IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM sales_of_devices WHERE span = 'week';
    INSERT INTO sales_of_devices (device_id, span, starts_on, units, revenue_cents, transactions, products)
    SELECT device_id, 'week', cvd_week_of(starts_on, NEW.week_start), sum(units), sum(revenue_cents), sum(transactions),
           sum(products)
      FROM sales_of_devices
     WHERE span = 'day'
     GROUP BY 1, 3
     ORDER BY 3, 1;
    RETURN NULL;
END
$function$
;
ALTER FUNCTION cvd_roll_up_weeks() OWNER TO cvd_migrator;

-- function cvd_tags_text(text[])
CREATE OR REPLACE FUNCTION public.cvd_tags_text(tags text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ SELECT array_to_string(tags, ' ') $function$
;
ALTER FUNCTION cvd_tags_text(text[]) OWNER TO cvd_migrator;
GRANT EXECUTE ON FUNCTION cvd_tags_text(text[]) TO PUBLIC;

-- function cvd_touch_updated_at()
CREATE OR REPLACE FUNCTION public.cvd_touch_updated_at()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
AS $function$
BEGIN
    -- A writer that sets the column itself (the importer, a test with its own clock) is believed.
    IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at THEN
        NEW.updated_at := now();
    END IF;
    RETURN NEW;
END
$function$
;
ALTER FUNCTION cvd_touch_updated_at() OWNER TO cvd_migrator;

-- function cvd_week_of(date,integer)
CREATE OR REPLACE FUNCTION public.cvd_week_of(day date, week_start integer)
 RETURNS date
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
    SELECT day - (extract(dow FROM day)::integer - week_start + 7) % 7
$function$
;
ALTER FUNCTION cvd_week_of(date,integer) OWNER TO cvd_migrator;

-- table activity_daily
CREATE TABLE activity_daily ();
ALTER TABLE activity_daily OWNER TO cvd_migrator;

-- table activity_events
CREATE TABLE activity_events () PARTITION BY RANGE (at);
ALTER TABLE activity_events OWNER TO cvd_migrator;

-- table activity_events_default
CREATE TABLE activity_events_default PARTITION OF activity_events DEFAULT;
ALTER TABLE activity_events_default OWNER TO cvd_migrator;

-- table ai_results
CREATE TABLE ai_results ();
ALTER TABLE ai_results OWNER TO cvd_migrator;

-- table alembic_version
CREATE TABLE alembic_version ();
ALTER TABLE alembic_version OWNER TO cvd_migrator;

-- table api_client_credentials
CREATE TABLE api_client_credentials ();
ALTER TABLE api_client_credentials OWNER TO cvd_migrator;

-- table api_client_rows
CREATE TABLE api_client_rows ();
ALTER TABLE api_client_rows OWNER TO cvd_migrator;

-- table api_clients
CREATE TABLE api_clients ();
ALTER TABLE api_clients OWNER TO cvd_migrator;

-- table assistant_uses
CREATE TABLE assistant_uses ();
ALTER TABLE assistant_uses OWNER TO cvd_migrator;

-- table audit_blocks
CREATE TABLE audit_blocks ();
ALTER TABLE audit_blocks OWNER TO cvd_migrator;

-- table audit_events
CREATE TABLE audit_events () PARTITION BY RANGE (at);
ALTER TABLE audit_events OWNER TO cvd_migrator;

-- table audit_events_default
CREATE TABLE audit_events_default PARTITION OF audit_events DEFAULT;
ALTER TABLE audit_events_default OWNER TO cvd_migrator;

-- table audit_seals
CREATE TABLE audit_seals ();
ALTER TABLE audit_seals OWNER TO cvd_migrator;

-- table cabinet_types
CREATE TABLE cabinet_types ();
ALTER TABLE cabinet_types OWNER TO cvd_migrator;

-- table client_reports
CREATE TABLE client_reports ();
ALTER TABLE client_reports OWNER TO cvd_migrator;

-- table company_settings
CREATE TABLE company_settings ();
ALTER TABLE company_settings OWNER TO cvd_migrator;

-- table data_export_log
CREATE TABLE data_export_log ();
ALTER TABLE data_export_log OWNER TO cvd_migrator;

-- table device_cabinets
CREATE TABLE device_cabinets ();
ALTER TABLE device_cabinets OWNER TO cvd_migrator;

-- table device_metrics
CREATE TABLE device_metrics ();
ALTER TABLE device_metrics OWNER TO cvd_migrator;

-- table device_types
CREATE TABLE device_types ();
ALTER TABLE device_types OWNER TO cvd_migrator;

-- table devices
CREATE TABLE devices ();
ALTER TABLE devices OWNER TO cvd_migrator;

-- table dex_chain
CREATE TABLE dex_chain ();
ALTER TABLE dex_chain OWNER TO cvd_migrator;

-- table dex_files
CREATE TABLE dex_files ();
ALTER TABLE dex_files OWNER TO cvd_migrator;

-- table dex_intervals
CREATE TABLE dex_intervals ();
ALTER TABLE dex_intervals OWNER TO cvd_migrator;

-- table dex_issues
CREATE TABLE dex_issues ();
ALTER TABLE dex_issues OWNER TO cvd_migrator;

-- table dex_machines
CREATE TABLE dex_machines ();
ALTER TABLE dex_machines OWNER TO cvd_migrator;

-- table dex_mappings
CREATE TABLE dex_mappings ();
ALTER TABLE dex_mappings OWNER TO cvd_migrator;

-- table dex_readings
CREATE TABLE dex_readings ();
ALTER TABLE dex_readings OWNER TO cvd_migrator;

-- table dex_reads
CREATE TABLE dex_reads ();
ALTER TABLE dex_reads OWNER TO cvd_migrator;

-- table dex_records
CREATE TABLE dex_records ();
ALTER TABLE dex_records OWNER TO cvd_migrator;

-- table dex_selection_payments
CREATE TABLE dex_selection_payments ();
ALTER TABLE dex_selection_payments OWNER TO cvd_migrator;

-- table dex_selections
CREATE TABLE dex_selections ();
ALTER TABLE dex_selections OWNER TO cvd_migrator;

-- table driver_locations
CREATE TABLE driver_locations ();
ALTER TABLE driver_locations OWNER TO cvd_migrator;

-- table exchange_jobs
CREATE TABLE exchange_jobs ();
ALTER TABLE exchange_jobs OWNER TO cvd_migrator;

-- table exchange_refusals
CREATE TABLE exchange_refusals ();
ALTER TABLE exchange_refusals OWNER TO cvd_migrator;

-- table idempotency_keys
CREATE TABLE idempotency_keys ();
ALTER TABLE idempotency_keys OWNER TO cvd_migrator;

-- table import_issues
CREATE TABLE import_issues ();
ALTER TABLE import_issues OWNER TO cvd_migrator;

-- table import_runs
CREATE TABLE import_runs ();
ALTER TABLE import_runs OWNER TO cvd_migrator;

-- table inbound_deliveries
CREATE TABLE inbound_deliveries ();
ALTER TABLE inbound_deliveries OWNER TO cvd_migrator;

-- table inbound_partners
CREATE TABLE inbound_partners ();
ALTER TABLE inbound_partners OWNER TO cvd_migrator;

-- table inventory_movements
CREATE TABLE inventory_movements ();
ALTER TABLE inventory_movements OWNER TO cvd_migrator;

-- table ip_blocks
CREATE TABLE ip_blocks ();
ALTER TABLE ip_blocks OWNER TO cvd_migrator;

-- table job_runs
CREATE TABLE job_runs ();
ALTER TABLE job_runs OWNER TO cvd_migrator;

-- table kb_articles
CREATE TABLE kb_articles ();
ALTER TABLE kb_articles OWNER TO cvd_migrator;

-- table kb_categories
CREATE TABLE kb_categories ();
ALTER TABLE kb_categories OWNER TO cvd_migrator;

-- table kb_feedback
CREATE TABLE kb_feedback ();
ALTER TABLE kb_feedback OWNER TO cvd_migrator;

-- table live_vends
CREATE TABLE live_vends ();
ALTER TABLE live_vends OWNER TO cvd_migrator;

-- table locations
CREATE TABLE locations ();
ALTER TABLE locations OWNER TO cvd_migrator;

-- table login_attempts
CREATE TABLE login_attempts ();
ALTER TABLE login_attempts OWNER TO cvd_migrator;

-- table machine_events
CREATE TABLE machine_events ();
ALTER TABLE machine_events OWNER TO cvd_migrator;

-- table outbox
CREATE TABLE outbox ();
ALTER TABLE outbox OWNER TO cvd_migrator;

-- table outbox_streams
CREATE TABLE outbox_streams ();
ALTER TABLE outbox_streams OWNER TO cvd_migrator;

-- table planogram_slot_changes
CREATE TABLE planogram_slot_changes ();
ALTER TABLE planogram_slot_changes OWNER TO cvd_migrator;

-- table planogram_slots
CREATE TABLE planogram_slots ();
ALTER TABLE planogram_slots OWNER TO cvd_migrator;

-- table planograms
CREATE TABLE planograms ();
ALTER TABLE planograms OWNER TO cvd_migrator;

-- table product_categories
CREATE TABLE product_categories ();
ALTER TABLE product_categories OWNER TO cvd_migrator;

-- table products
CREATE TABLE products ();
ALTER TABLE products OWNER TO cvd_migrator;

-- table push_subscriptions
CREATE TABLE push_subscriptions ();
ALTER TABLE push_subscriptions OWNER TO cvd_migrator;

-- table rate_limits
CREATE UNLOGGED TABLE rate_limits ();
ALTER TABLE rate_limits OWNER TO cvd_migrator;

-- table route_driver_history
CREATE TABLE route_driver_history ();
ALTER TABLE route_driver_history OWNER TO cvd_migrator;

-- table route_planning_settings
CREATE TABLE route_planning_settings ();
ALTER TABLE route_planning_settings OWNER TO cvd_migrator;

-- table routes
CREATE TABLE routes ();
ALTER TABLE routes OWNER TO cvd_migrator;

-- table sale_corrections
CREATE TABLE sale_corrections ();
ALTER TABLE sale_corrections OWNER TO cvd_migrator;

-- table sale_keys
CREATE TABLE sale_keys ();
ALTER TABLE sale_keys OWNER TO cvd_migrator;

-- table sales
CREATE TABLE sales () PARTITION BY RANGE (sold_at);
ALTER TABLE sales OWNER TO cvd_migrator;

-- table sales_archives
CREATE TABLE sales_archives ();
ALTER TABLE sales_archives OWNER TO cvd_migrator;

-- table sales_daily
CREATE TABLE sales_daily ();
ALTER TABLE sales_daily OWNER TO cvd_migrator;

-- table sales_default
CREATE TABLE sales_default PARTITION OF sales DEFAULT;
ALTER TABLE sales_default OWNER TO cvd_migrator;

-- table sales_of_days
CREATE TABLE sales_of_days ();
ALTER TABLE sales_of_days OWNER TO cvd_migrator;

-- table sales_of_devices
CREATE TABLE sales_of_devices ();
ALTER TABLE sales_of_devices OWNER TO cvd_migrator;

-- table sales_of_products
CREATE TABLE sales_of_products ();
ALTER TABLE sales_of_products OWNER TO cvd_migrator;

-- table security_alerts
CREATE TABLE security_alerts ();
ALTER TABLE security_alerts OWNER TO cvd_migrator;

-- table service_order_cabinets
CREATE TABLE service_order_cabinets ();
ALTER TABLE service_order_cabinets OWNER TO cvd_migrator;

-- table service_order_items
CREATE TABLE service_order_items ();
ALTER TABLE service_order_items OWNER TO cvd_migrator;

-- table service_order_photos
CREATE TABLE service_order_photos ();
ALTER TABLE service_order_photos OWNER TO cvd_migrator;

-- table service_order_transitions
CREATE TABLE service_order_transitions ();
ALTER TABLE service_order_transitions OWNER TO cvd_migrator;

-- table service_orders
CREATE TABLE service_orders ();
ALTER TABLE service_orders OWNER TO cvd_migrator;

-- table service_visit_items
CREATE TABLE service_visit_items ();
ALTER TABLE service_visit_items OWNER TO cvd_migrator;

-- table service_visits
CREATE TABLE service_visits ();
ALTER TABLE service_visits OWNER TO cvd_migrator;

-- table sessions
CREATE TABLE sessions ();
ALTER TABLE sessions OWNER TO cvd_migrator;

-- table slot_metrics
CREATE TABLE slot_metrics ();
ALTER TABLE slot_metrics OWNER TO cvd_migrator;

-- table slots_of_planograms
CREATE TABLE slots_of_planograms ();
ALTER TABLE slots_of_planograms OWNER TO cvd_migrator;

-- table system_settings
CREATE TABLE system_settings ();
ALTER TABLE system_settings OWNER TO cvd_migrator;

-- table user_avatars
CREATE TABLE user_avatars ();
ALTER TABLE user_avatars OWNER TO cvd_migrator;

-- table user_preferences
CREATE TABLE user_preferences ();
ALTER TABLE user_preferences OWNER TO cvd_migrator;

-- table users
CREATE TABLE users ();
ALTER TABLE users OWNER TO cvd_migrator;

-- table webhook_attempts
CREATE TABLE webhook_attempts ();
ALTER TABLE webhook_attempts OWNER TO cvd_migrator;

-- table webhook_deliveries
CREATE TABLE webhook_deliveries ();
ALTER TABLE webhook_deliveries OWNER TO cvd_migrator;

-- table webhook_endpoints
CREATE TABLE webhook_endpoints ();
ALTER TABLE webhook_endpoints OWNER TO cvd_migrator;

-- table webhook_events
CREATE TABLE webhook_events ();
ALTER TABLE webhook_events OWNER TO cvd_migrator;

-- table webhook_lanes
CREATE TABLE webhook_lanes ();
ALTER TABLE webhook_lanes OWNER TO cvd_migrator;

-- column activity_daily.day
ALTER TABLE activity_daily ADD COLUMN day date NOT NULL;

-- column activity_daily.unique_users
ALTER TABLE activity_daily ADD COLUMN unique_users integer NOT NULL DEFAULT 0;

-- column activity_daily.total_sessions
ALTER TABLE activity_daily ADD COLUMN total_sessions integer NOT NULL DEFAULT 0;

-- column activity_daily.page_views
ALTER TABLE activity_daily ADD COLUMN page_views integer NOT NULL DEFAULT 0;

-- column activity_daily.api_calls
ALTER TABLE activity_daily ADD COLUMN api_calls integer NOT NULL DEFAULT 0;

-- column activity_daily.avg_session_seconds
ALTER TABLE activity_daily ADD COLUMN avg_session_seconds integer;

-- column activity_daily.peak_hour
ALTER TABLE activity_daily ADD COLUMN peak_hour smallint;

-- column activity_daily.peak_users
ALTER TABLE activity_daily ADD COLUMN peak_users integer NOT NULL DEFAULT 0;

-- column activity_daily.top_pages
ALTER TABLE activity_daily ADD COLUMN top_pages jsonb NOT NULL DEFAULT '[]'::jsonb;

-- column activity_daily.users_by_role
ALTER TABLE activity_daily ADD COLUMN users_by_role jsonb NOT NULL DEFAULT '{}'::jsonb;

-- column activity_daily.generated_at
ALTER TABLE activity_daily ADD COLUMN generated_at timestamp with time zone NOT NULL DEFAULT now();

-- column activity_daily.created_at
ALTER TABLE activity_daily ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column activity_daily.updated_at
ALTER TABLE activity_daily ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column activity_events.id
ALTER TABLE activity_events ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column activity_events.session_id
ALTER TABLE activity_events ADD COLUMN session_id uuid;

-- column activity_events.user_id
ALTER TABLE activity_events ADD COLUMN user_id bigint NOT NULL;

-- column activity_events.at
ALTER TABLE activity_events ADD COLUMN at timestamp with time zone NOT NULL DEFAULT now();

-- column activity_events.page_url
ALTER TABLE activity_events ADD COLUMN page_url text NOT NULL;

-- column activity_events.page_title
ALTER TABLE activity_events ADD COLUMN page_title text;

-- column activity_events.action_type
ALTER TABLE activity_events ADD COLUMN action_type text NOT NULL;

-- column activity_events.duration_ms
ALTER TABLE activity_events ADD COLUMN duration_ms integer;

-- column activity_events.referrer
ALTER TABLE activity_events ADD COLUMN referrer text;

-- column activity_events.ip
ALTER TABLE activity_events ADD COLUMN ip inet;

-- column activity_events.user_agent
ALTER TABLE activity_events ADD COLUMN user_agent text;

-- column activity_events.metadata
ALTER TABLE activity_events ADD COLUMN metadata jsonb;

-- column activity_events.created_at
ALTER TABLE activity_events ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column ai_results.id
ALTER TABLE ai_results ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column ai_results.kind
ALTER TABLE ai_results ADD COLUMN kind text NOT NULL;

-- column ai_results.device_id
ALTER TABLE ai_results ADD COLUMN device_id bigint;

-- column ai_results.cabinet_id
ALTER TABLE ai_results ADD COLUMN cabinet_id bigint;

-- column ai_results.input_hash
ALTER TABLE ai_results ADD COLUMN input_hash bytea NOT NULL;

-- column ai_results.model
ALTER TABLE ai_results ADD COLUMN model text;

-- column ai_results.output
ALTER TABLE ai_results ADD COLUMN output jsonb NOT NULL;

-- column ai_results.confidence
ALTER TABLE ai_results ADD COLUMN confidence numeric(3,2);

-- column ai_results.expires_at
ALTER TABLE ai_results ADD COLUMN expires_at timestamp with time zone NOT NULL;

-- column ai_results.created_by
ALTER TABLE ai_results ADD COLUMN created_by bigint;

-- column ai_results.created_at
ALTER TABLE ai_results ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column alembic_version.version_num
ALTER TABLE alembic_version ADD COLUMN version_num character varying(32) NOT NULL;

-- column api_client_credentials.id
ALTER TABLE api_client_credentials ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column api_client_credentials.client_id
ALTER TABLE api_client_credentials ADD COLUMN client_id bigint NOT NULL;

-- column api_client_credentials.pool_client_id
ALTER TABLE api_client_credentials ADD COLUMN pool_client_id text NOT NULL;

-- column api_client_credentials.ends_at
ALTER TABLE api_client_credentials ADD COLUMN ends_at timestamp with time zone;

-- column api_client_credentials.last_used_at
ALTER TABLE api_client_credentials ADD COLUMN last_used_at timestamp with time zone;

-- column api_client_credentials.created_at
ALTER TABLE api_client_credentials ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column api_client_rows.id
ALTER TABLE api_client_rows ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column api_client_rows.client_id
ALTER TABLE api_client_rows ADD COLUMN client_id bigint NOT NULL;

-- column api_client_rows.route_id
ALTER TABLE api_client_rows ADD COLUMN route_id bigint;

-- column api_client_rows.location_id
ALTER TABLE api_client_rows ADD COLUMN location_id bigint;

-- column api_client_rows.device_id
ALTER TABLE api_client_rows ADD COLUMN device_id bigint;

-- column api_client_rows.created_at
ALTER TABLE api_client_rows ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column api_clients.id
ALTER TABLE api_clients ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column api_clients.user_id
ALTER TABLE api_clients ADD COLUMN user_id bigint NOT NULL;

-- column api_clients.name
ALTER TABLE api_clients ADD COLUMN name text NOT NULL;

-- column api_clients.owner
ALTER TABLE api_clients ADD COLUMN owner text NOT NULL;

-- column api_clients.contact
ALTER TABLE api_clients ADD COLUMN contact text NOT NULL;

-- column api_clients.scopes
ALTER TABLE api_clients ADD COLUMN scopes text[] NOT NULL;

-- column api_clients.is_filtered
ALTER TABLE api_clients ADD COLUMN is_filtered boolean NOT NULL DEFAULT false;

-- column api_clients.requests_per_minute
ALTER TABLE api_clients ADD COLUMN requests_per_minute integer NOT NULL;

-- column api_clients.requests_per_day
ALTER TABLE api_clients ADD COLUMN requests_per_day integer NOT NULL;

-- column api_clients.expires_at
ALTER TABLE api_clients ADD COLUMN expires_at timestamp with time zone;

-- column api_clients.revoked_at
ALTER TABLE api_clients ADD COLUMN revoked_at timestamp with time zone;

-- column api_clients.revoked_by
ALTER TABLE api_clients ADD COLUMN revoked_by bigint;

-- column api_clients.deleted_at
ALTER TABLE api_clients ADD COLUMN deleted_at timestamp with time zone;

-- column api_clients.last_used_at
ALTER TABLE api_clients ADD COLUMN last_used_at timestamp with time zone;

-- column api_clients.version
ALTER TABLE api_clients ADD COLUMN version integer NOT NULL DEFAULT 1;

-- column api_clients.created_by
ALTER TABLE api_clients ADD COLUMN created_by bigint NOT NULL;

-- column api_clients.created_at
ALTER TABLE api_clients ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column api_clients.updated_at
ALTER TABLE api_clients ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column assistant_uses.id
ALTER TABLE assistant_uses ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column assistant_uses.user_id
ALTER TABLE assistant_uses ADD COLUMN user_id bigint NOT NULL;

-- column assistant_uses.answered_by
ALTER TABLE assistant_uses ADD COLUMN answered_by text NOT NULL;

-- column assistant_uses.model
ALTER TABLE assistant_uses ADD COLUMN model text;

-- column assistant_uses.input_tokens
ALTER TABLE assistant_uses ADD COLUMN input_tokens integer;

-- column assistant_uses.output_tokens
ALTER TABLE assistant_uses ADD COLUMN output_tokens integer;

-- column assistant_uses.at
ALTER TABLE assistant_uses ADD COLUMN at timestamp with time zone NOT NULL;

-- column assistant_uses.created_at
ALTER TABLE assistant_uses ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column audit_blocks.number
ALTER TABLE audit_blocks ADD COLUMN number bigint NOT NULL;

-- column audit_blocks.sealed_at
ALTER TABLE audit_blocks ADD COLUMN sealed_at timestamp with time zone NOT NULL;

-- column audit_blocks.row_count
ALTER TABLE audit_blocks ADD COLUMN row_count bigint NOT NULL;

-- column audit_blocks.prev_hash
ALTER TABLE audit_blocks ADD COLUMN prev_hash bytea NOT NULL;

-- column audit_blocks.hash
ALTER TABLE audit_blocks ADD COLUMN hash bytea NOT NULL;

-- column audit_blocks.created_at
ALTER TABLE audit_blocks ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column audit_events.id
ALTER TABLE audit_events ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column audit_events.at
ALTER TABLE audit_events ADD COLUMN at timestamp with time zone NOT NULL DEFAULT now();

-- column audit_events.actor_id
ALTER TABLE audit_events ADD COLUMN actor_id bigint;

-- column audit_events.actor_username
ALTER TABLE audit_events ADD COLUMN actor_username text NOT NULL;

-- column audit_events.actor_role
ALTER TABLE audit_events ADD COLUMN actor_role text;

-- column audit_events.action
ALTER TABLE audit_events ADD COLUMN action text NOT NULL;

-- column audit_events.resource_type
ALTER TABLE audit_events ADD COLUMN resource_type text NOT NULL;

-- column audit_events.resource_id
ALTER TABLE audit_events ADD COLUMN resource_id text;

-- column audit_events.outcome
ALTER TABLE audit_events ADD COLUMN outcome text NOT NULL DEFAULT 'success'::text;

-- column audit_events.before
ALTER TABLE audit_events ADD COLUMN before jsonb;

-- column audit_events.after
ALTER TABLE audit_events ADD COLUMN after jsonb;

-- column audit_events.details
ALTER TABLE audit_events ADD COLUMN details jsonb;

-- column audit_events.ip
ALTER TABLE audit_events ADD COLUMN ip inet;

-- column audit_events.user_agent
ALTER TABLE audit_events ADD COLUMN user_agent text;

-- column audit_events.request_id
ALTER TABLE audit_events ADD COLUMN request_id text;

-- column audit_events.import_run_id
ALTER TABLE audit_events ADD COLUMN import_run_id bigint;

-- column audit_events.created_at
ALTER TABLE audit_events ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column audit_seals.event_id
ALTER TABLE audit_seals ADD COLUMN event_id bigint NOT NULL;

-- column audit_seals.event_at
ALTER TABLE audit_seals ADD COLUMN event_at timestamp with time zone NOT NULL;

-- column audit_seals.block_number
ALTER TABLE audit_seals ADD COLUMN block_number bigint NOT NULL;

-- column audit_seals.row_hash
ALTER TABLE audit_seals ADD COLUMN row_hash bytea NOT NULL;

-- column cabinet_types.id
ALTER TABLE cabinet_types ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column cabinet_types.name
ALTER TABLE cabinet_types ADD COLUMN name text NOT NULL;

-- column cabinet_types.description
ALTER TABLE cabinet_types ADD COLUMN description text NOT NULL DEFAULT ''::text;

-- column cabinet_types.rows
ALTER TABLE cabinet_types ADD COLUMN rows smallint NOT NULL;

-- column cabinet_types.cols
ALTER TABLE cabinet_types ADD COLUMN cols smallint NOT NULL;

-- column cabinet_types.icon
ALTER TABLE cabinet_types ADD COLUMN icon text NOT NULL;

-- column cabinet_types.temperature_class
ALTER TABLE cabinet_types ADD COLUMN temperature_class text NOT NULL;

-- column cabinet_types.created_at
ALTER TABLE cabinet_types ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column cabinet_types.updated_at
ALTER TABLE cabinet_types ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column client_reports.id
ALTER TABLE client_reports ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column client_reports.kind
ALTER TABLE client_reports ADD COLUMN kind text NOT NULL;

-- column client_reports.name
ALTER TABLE client_reports ADD COLUMN name text NOT NULL;

-- column client_reports.content
ALTER TABLE client_reports ADD COLUMN content jsonb NOT NULL;

-- column client_reports.client_session
ALTER TABLE client_reports ADD COLUMN client_session text;

-- column client_reports.page_url
ALTER TABLE client_reports ADD COLUMN page_url text;

-- column client_reports.user_agent
ALTER TABLE client_reports ADD COLUMN user_agent text;

-- column client_reports.ip
ALTER TABLE client_reports ADD COLUMN ip inet;

-- column client_reports.happened_at
ALTER TABLE client_reports ADD COLUMN happened_at timestamp with time zone;

-- column client_reports.created_at
ALTER TABLE client_reports ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column company_settings.id
ALTER TABLE company_settings ADD COLUMN id smallint NOT NULL DEFAULT 1;

-- column company_settings.company_name
ALTER TABLE company_settings ADD COLUMN company_name text NOT NULL DEFAULT ''::text;

-- column company_settings.time_zone
ALTER TABLE company_settings ADD COLUMN time_zone text NOT NULL DEFAULT 'America/Detroit'::text;

-- column company_settings.currency
ALTER TABLE company_settings ADD COLUMN currency character(3) NOT NULL DEFAULT 'USD'::bpchar;

-- column company_settings.week_start
ALTER TABLE company_settings ADD COLUMN week_start smallint NOT NULL DEFAULT 1;

-- column company_settings.monthly_revenue_target_cents
ALTER TABLE company_settings ADD COLUMN monthly_revenue_target_cents integer NOT NULL DEFAULT 400000;

-- column company_settings.milestone_month_cents
ALTER TABLE company_settings ADD COLUMN milestone_month_cents integer NOT NULL DEFAULT 200000;

-- column company_settings.default_par_percent
ALTER TABLE company_settings ADD COLUMN default_par_percent smallint NOT NULL DEFAULT 85;

-- column company_settings.minutes_per_cabinet
ALTER TABLE company_settings ADD COLUMN minutes_per_cabinet smallint NOT NULL DEFAULT 10;

-- column company_settings.business_hours_start
ALTER TABLE company_settings ADD COLUMN business_hours_start smallint NOT NULL DEFAULT 6;

-- column company_settings.business_hours_end
ALTER TABLE company_settings ADD COLUMN business_hours_end smallint NOT NULL DEFAULT 20;

-- column company_settings.created_at
ALTER TABLE company_settings ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column company_settings.updated_at
ALTER TABLE company_settings ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column data_export_log.id
ALTER TABLE data_export_log ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column data_export_log.user_id
ALTER TABLE data_export_log ADD COLUMN user_id bigint NOT NULL;

-- column data_export_log.endpoint
ALTER TABLE data_export_log ADD COLUMN endpoint text NOT NULL;

-- column data_export_log.format
ALTER TABLE data_export_log ADD COLUMN format text NOT NULL;

-- column data_export_log.row_count
ALTER TABLE data_export_log ADD COLUMN row_count integer NOT NULL DEFAULT 0;

-- column data_export_log.bytes
ALTER TABLE data_export_log ADD COLUMN bytes bigint;

-- column data_export_log.params
ALTER TABLE data_export_log ADD COLUMN params jsonb;

-- column data_export_log.at
ALTER TABLE data_export_log ADD COLUMN at timestamp with time zone NOT NULL DEFAULT now();

-- column data_export_log.ip
ALTER TABLE data_export_log ADD COLUMN ip inet;

-- column data_export_log.created_at
ALTER TABLE data_export_log ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column device_cabinets.id
ALTER TABLE device_cabinets ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column device_cabinets.device_id
ALTER TABLE device_cabinets ADD COLUMN device_id bigint NOT NULL;

-- column device_cabinets.cabinet_type_id
ALTER TABLE device_cabinets ADD COLUMN cabinet_type_id bigint NOT NULL;

-- column device_cabinets.cabinet_index
ALTER TABLE device_cabinets ADD COLUMN cabinet_index smallint NOT NULL;

-- column device_cabinets.is_parent
ALTER TABLE device_cabinets ADD COLUMN is_parent boolean NOT NULL GENERATED ALWAYS AS ((cabinet_index = 0)) STORED;

-- column device_cabinets.model_name
ALTER TABLE device_cabinets ADD COLUMN model_name text;

-- column device_cabinets.rows
ALTER TABLE device_cabinets ADD COLUMN rows smallint NOT NULL;

-- column device_cabinets.cols
ALTER TABLE device_cabinets ADD COLUMN cols smallint NOT NULL;

-- column device_cabinets.removed_at
ALTER TABLE device_cabinets ADD COLUMN removed_at timestamp with time zone;

-- column device_cabinets.removed_by
ALTER TABLE device_cabinets ADD COLUMN removed_by bigint;

-- column device_cabinets.created_at
ALTER TABLE device_cabinets ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column device_cabinets.updated_at
ALTER TABLE device_cabinets ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column device_metrics.device_id
ALTER TABLE device_metrics ADD COLUMN device_id bigint NOT NULL;

-- column device_metrics.sold_out_count
ALTER TABLE device_metrics ADD COLUMN sold_out_count integer NOT NULL;

-- column device_metrics.dri_days
ALTER TABLE device_metrics ADD COLUMN dri_days smallint NOT NULL;

-- column device_metrics.daily_velocity
ALTER TABLE device_metrics ADD COLUMN daily_velocity numeric(12,4) NOT NULL DEFAULT 0;

-- column device_metrics.product_level_pct
ALTER TABLE device_metrics ADD COLUMN product_level_pct numeric(4,1);

-- column device_metrics.units_to_par
ALTER TABLE device_metrics ADD COLUMN units_to_par integer NOT NULL;

-- column device_metrics.days_since_service
ALTER TABLE device_metrics ADD COLUMN days_since_service numeric(6,1);

-- column device_metrics.calculated_at
ALTER TABLE device_metrics ADD COLUMN calculated_at timestamp with time zone NOT NULL;

-- column device_metrics.created_at
ALTER TABLE device_metrics ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column device_metrics.updated_at
ALTER TABLE device_metrics ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column device_types.id
ALTER TABLE device_types ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column device_types.name
ALTER TABLE device_types ADD COLUMN name text NOT NULL;

-- column device_types.description
ALTER TABLE device_types ADD COLUMN description text NOT NULL DEFAULT ''::text;

-- column device_types.allows_additional_cabinets
ALTER TABLE device_types ADD COLUMN allows_additional_cabinets boolean NOT NULL;

-- column device_types.fixed_cabinet_count
ALTER TABLE device_types ADD COLUMN fixed_cabinet_count smallint;

-- column device_types.min_cabinets
ALTER TABLE device_types ADD COLUMN min_cabinets smallint NOT NULL DEFAULT 1;

-- column device_types.max_cabinets
ALTER TABLE device_types ADD COLUMN max_cabinets smallint NOT NULL DEFAULT 3;

-- column device_types.created_at
ALTER TABLE device_types ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column device_types.updated_at
ALTER TABLE device_types ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column devices.id
ALTER TABLE devices ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column devices.asset
ALTER TABLE devices ADD COLUMN asset text NOT NULL;

-- column devices.nickname
ALTER TABLE devices ADD COLUMN nickname text NOT NULL;

-- column devices.device_type_id
ALTER TABLE devices ADD COLUMN device_type_id bigint NOT NULL;

-- column devices.location_id
ALTER TABLE devices ADD COLUMN location_id bigint NOT NULL;

-- column devices.route_id
ALTER TABLE devices ADD COLUMN route_id bigint;

-- column devices.model
ALTER TABLE devices ADD COLUMN model text NOT NULL;

-- column devices.serial_number
ALTER TABLE devices ADD COLUMN serial_number text;

-- column devices.dex_machine_key
ALTER TABLE devices ADD COLUMN dex_machine_key text;

-- column devices.deleted_at
ALTER TABLE devices ADD COLUMN deleted_at timestamp with time zone;

-- column devices.deleted_by
ALTER TABLE devices ADD COLUMN deleted_by bigint;

-- column devices.version
ALTER TABLE devices ADD COLUMN version integer NOT NULL DEFAULT 1;

-- column devices.created_at
ALTER TABLE devices ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column devices.updated_at
ALTER TABLE devices ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_chain.read_id
ALTER TABLE dex_chain ADD COLUMN read_id bigint NOT NULL;

-- column dex_chain.file_id
ALTER TABLE dex_chain ADD COLUMN file_id bigint NOT NULL;

-- column dex_chain.machine_key
ALTER TABLE dex_chain ADD COLUMN machine_key text NOT NULL;

-- column dex_chain.number
ALTER TABLE dex_chain ADD COLUMN number bigint NOT NULL;

-- column dex_chain.previous_hash
ALTER TABLE dex_chain ADD COLUMN previous_hash bytea NOT NULL;

-- column dex_chain.hash
ALTER TABLE dex_chain ADD COLUMN hash bytea NOT NULL;

-- column dex_chain.created_at
ALTER TABLE dex_chain ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_files.id
ALTER TABLE dex_files ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column dex_files.sha256
ALTER TABLE dex_files ADD COLUMN sha256 bytea NOT NULL;

-- column dex_files.filename
ALTER TABLE dex_files ADD COLUMN filename text NOT NULL;

-- column dex_files.size_bytes
ALTER TABLE dex_files ADD COLUMN size_bytes integer NOT NULL;

-- column dex_files.s3_key
ALTER TABLE dex_files ADD COLUMN s3_key text NOT NULL;

-- column dex_files.source
ALTER TABLE dex_files ADD COLUMN source text NOT NULL;

-- column dex_files.partner
ALTER TABLE dex_files ADD COLUMN partner text;

-- column dex_files.device_id
ALTER TABLE dex_files ADD COLUMN device_id bigint;

-- column dex_files.received_by
ALTER TABLE dex_files ADD COLUMN received_by bigint;

-- column dex_files.received_at
ALTER TABLE dex_files ADD COLUMN received_at timestamp with time zone NOT NULL;

-- column dex_files.status
ALTER TABLE dex_files ADD COLUMN status text NOT NULL DEFAULT 'stored'::text;

-- column dex_files.attempts
ALTER TABLE dex_files ADD COLUMN attempts integer NOT NULL DEFAULT 0;

-- column dex_files.last_error
ALTER TABLE dex_files ADD COLUMN last_error text;

-- column dex_files.applied_at
ALTER TABLE dex_files ADD COLUMN applied_at timestamp with time zone;

-- column dex_files.created_at
ALTER TABLE dex_files ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_files.updated_at
ALTER TABLE dex_files ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_files.kind
ALTER TABLE dex_files ADD COLUMN kind text NOT NULL DEFAULT 'dex'::text;

-- column dex_files.collected_at
ALTER TABLE dex_files ADD COLUMN collected_at timestamp with time zone;

-- column dex_intervals.read_id
ALTER TABLE dex_intervals ADD COLUMN read_id bigint NOT NULL;

-- column dex_intervals.device_id
ALTER TABLE dex_intervals ADD COLUMN device_id bigint NOT NULL;

-- column dex_intervals.position
ALTER TABLE dex_intervals ADD COLUMN "position" integer NOT NULL;

-- column dex_intervals.previous_read_id
ALTER TABLE dex_intervals ADD COLUMN previous_read_id bigint;

-- column dex_intervals.outcome
ALTER TABLE dex_intervals ADD COLUMN outcome text NOT NULL;

-- column dex_intervals.started_at
ALTER TABLE dex_intervals ADD COLUMN started_at timestamp with time zone;

-- column dex_intervals.ended_at
ALTER TABLE dex_intervals ADD COLUMN ended_at timestamp with time zone NOT NULL;

-- column dex_intervals.units
ALTER TABLE dex_intervals ADD COLUMN units bigint NOT NULL;

-- column dex_intervals.value_cents
ALTER TABLE dex_intervals ADD COLUMN value_cents bigint NOT NULL;

-- column dex_intervals.held
ALTER TABLE dex_intervals ADD COLUMN held integer NOT NULL;

-- column dex_intervals.missing_reads
ALTER TABLE dex_intervals ADD COLUMN missing_reads integer NOT NULL;

-- column dex_intervals.cash_to_box_cents
ALTER TABLE dex_intervals ADD COLUMN cash_to_box_cents bigint;

-- column dex_intervals.tubes_cents
ALTER TABLE dex_intervals ADD COLUMN tubes_cents bigint;

-- column dex_intervals.flags
ALTER TABLE dex_intervals ADD COLUMN flags text[] NOT NULL;

-- column dex_intervals.sold
ALTER TABLE dex_intervals ADD COLUMN sold jsonb NOT NULL;

-- column dex_intervals.carried
ALTER TABLE dex_intervals ADD COLUMN carried jsonb NOT NULL;

-- column dex_intervals.created_at
ALTER TABLE dex_intervals ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_intervals.updated_at
ALTER TABLE dex_intervals ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_intervals.checks
ALTER TABLE dex_intervals ADD COLUMN checks jsonb NOT NULL DEFAULT '[]'::jsonb;

-- column dex_issues.id
ALTER TABLE dex_issues ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column dex_issues.read_id
ALTER TABLE dex_issues ADD COLUMN read_id bigint NOT NULL;

-- column dex_issues.line_no
ALTER TABLE dex_issues ADD COLUMN line_no integer;

-- column dex_issues.field_no
ALTER TABLE dex_issues ADD COLUMN field_no integer;

-- column dex_issues.record_type
ALTER TABLE dex_issues ADD COLUMN record_type text;

-- column dex_issues.severity
ALTER TABLE dex_issues ADD COLUMN severity text NOT NULL;

-- column dex_issues.code
ALTER TABLE dex_issues ADD COLUMN code text NOT NULL;

-- column dex_issues.message
ALTER TABLE dex_issues ADD COLUMN message text NOT NULL;

-- column dex_issues.created_at
ALTER TABLE dex_issues ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_machines.device_id
ALTER TABLE dex_machines ADD COLUMN device_id bigint NOT NULL;

-- column dex_machines.test_vends_drop
ALTER TABLE dex_machines ADD COLUMN test_vends_drop boolean NOT NULL DEFAULT true;

-- column dex_machines.usual_gap_seconds
ALTER TABLE dex_machines ADD COLUMN usual_gap_seconds bigint;

-- column dex_machines.last_read_at
ALTER TABLE dex_machines ADD COLUMN last_read_at timestamp with time zone;

-- column dex_machines.silent_since
ALTER TABLE dex_machines ADD COLUMN silent_since timestamp with time zone;

-- column dex_machines.created_at
ALTER TABLE dex_machines ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_machines.updated_at
ALTER TABLE dex_machines ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_mappings.id
ALTER TABLE dex_mappings ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column dex_mappings.device_id
ALTER TABLE dex_mappings ADD COLUMN device_id bigint NOT NULL;

-- column dex_mappings.selection
ALTER TABLE dex_mappings ADD COLUMN selection text NOT NULL;

-- column dex_mappings.slot_id
ALTER TABLE dex_mappings ADD COLUMN slot_id bigint NOT NULL;

-- column dex_mappings.created_by
ALTER TABLE dex_mappings ADD COLUMN created_by bigint;

-- column dex_mappings.created_at
ALTER TABLE dex_mappings ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_mappings.updated_at
ALTER TABLE dex_mappings ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_readings.read_id
ALTER TABLE dex_readings ADD COLUMN read_id bigint NOT NULL;

-- column dex_readings.reading
ALTER TABLE dex_readings ADD COLUMN reading jsonb NOT NULL;

-- column dex_readings.created_at
ALTER TABLE dex_readings ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_reads.id
ALTER TABLE dex_reads ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column dex_reads.device_id
ALTER TABLE dex_reads ADD COLUMN device_id bigint;

-- column dex_reads.filename
ALTER TABLE dex_reads ADD COLUMN filename text NOT NULL;

-- column dex_reads.sha256
ALTER TABLE dex_reads ADD COLUMN sha256 bytea NOT NULL;

-- column dex_reads.size_bytes
ALTER TABLE dex_reads ADD COLUMN size_bytes integer NOT NULL;

-- column dex_reads.raw_s3_key
ALTER TABLE dex_reads ADD COLUMN raw_s3_key text;

-- column dex_reads.raw_content
ALTER TABLE dex_reads ADD COLUMN raw_content text;

-- column dex_reads.comm_id
ALTER TABLE dex_reads ADD COLUMN comm_id text;

-- column dex_reads.dts_version
ALTER TABLE dex_reads ADD COLUMN dts_version text;

-- column dex_reads.machine_serial
ALTER TABLE dex_reads ADD COLUMN machine_serial text;

-- column dex_reads.machine_model
ALTER TABLE dex_reads ADD COLUMN machine_model text;

-- column dex_reads.asset_reported
ALTER TABLE dex_reads ADD COLUMN asset_reported text;

-- column dex_reads.decimal_places
ALTER TABLE dex_reads ADD COLUMN decimal_places smallint NOT NULL DEFAULT 2;

-- column dex_reads.currency
ALTER TABLE dex_reads ADD COLUMN currency text;

-- column dex_reads.read_at
ALTER TABLE dex_reads ADD COLUMN read_at timestamp with time zone;

-- column dex_reads.read_sequence
ALTER TABLE dex_reads ADD COLUMN read_sequence bigint;

-- column dex_reads.uploaded_by
ALTER TABLE dex_reads ADD COLUMN uploaded_by bigint;

-- column dex_reads.uploaded_at
ALTER TABLE dex_reads ADD COLUMN uploaded_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_reads.total_records
ALTER TABLE dex_reads ADD COLUMN total_records integer NOT NULL DEFAULT 0;

-- column dex_reads.crc_expected
ALTER TABLE dex_reads ADD COLUMN crc_expected character(4);

-- column dex_reads.crc_actual
ALTER TABLE dex_reads ADD COLUMN crc_actual character(4);

-- column dex_reads.crc_ok
ALTER TABLE dex_reads ADD COLUMN crc_ok boolean;

-- column dex_reads.se_count_expected
ALTER TABLE dex_reads ADD COLUMN se_count_expected integer;

-- column dex_reads.se_count_actual
ALTER TABLE dex_reads ADD COLUMN se_count_actual integer;

-- column dex_reads.status
ALTER TABLE dex_reads ADD COLUMN status text NOT NULL;

-- column dex_reads.is_quarantined
ALTER TABLE dex_reads ADD COLUMN is_quarantined boolean NOT NULL DEFAULT false;

-- column dex_reads.pattern_type
ALTER TABLE dex_reads ADD COLUMN pattern_type text;

-- column dex_reads.pattern_confidence
ALTER TABLE dex_reads ADD COLUMN pattern_confidence numeric(4,3);

-- column dex_reads.grid_rows
ALTER TABLE dex_reads ADD COLUMN grid_rows smallint;

-- column dex_reads.grid_cols
ALTER TABLE dex_reads ADD COLUMN grid_cols smallint;

-- column dex_reads.created_at
ALTER TABLE dex_reads ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_reads.updated_at
ALTER TABLE dex_reads ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_reads.collected_at
ALTER TABLE dex_reads ADD COLUMN collected_at timestamp with time zone;

-- column dex_records.id
ALTER TABLE dex_records ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column dex_records.read_id
ALTER TABLE dex_records ADD COLUMN read_id bigint NOT NULL;

-- column dex_records.line_no
ALTER TABLE dex_records ADD COLUMN line_no integer NOT NULL;

-- column dex_records.record_type
ALTER TABLE dex_records ADD COLUMN record_type text NOT NULL;

-- column dex_records.raw
ALTER TABLE dex_records ADD COLUMN raw text NOT NULL;

-- column dex_records.parsed
ALTER TABLE dex_records ADD COLUMN parsed jsonb NOT NULL;

-- column dex_records.created_at
ALTER TABLE dex_records ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_selection_payments.id
ALTER TABLE dex_selection_payments ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column dex_selection_payments.selection_id
ALTER TABLE dex_selection_payments ADD COLUMN selection_id bigint NOT NULL;

-- column dex_selection_payments.device
ALTER TABLE dex_selection_payments ADD COLUMN device text NOT NULL;

-- column dex_selection_payments.price_list
ALTER TABLE dex_selection_payments ADD COLUMN price_list text;

-- column dex_selection_payments.price_cents
ALTER TABLE dex_selection_payments ADD COLUMN price_cents bigint;

-- column dex_selection_payments.units_init
ALTER TABLE dex_selection_payments ADD COLUMN units_init bigint;

-- column dex_selection_payments.value_init_cents
ALTER TABLE dex_selection_payments ADD COLUMN value_init_cents bigint;

-- column dex_selection_payments.units_reset
ALTER TABLE dex_selection_payments ADD COLUMN units_reset bigint;

-- column dex_selection_payments.value_reset_cents
ALTER TABLE dex_selection_payments ADD COLUMN value_reset_cents bigint;

-- column dex_selection_payments.created_at
ALTER TABLE dex_selection_payments ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column dex_selections.id
ALTER TABLE dex_selections ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column dex_selections.read_id
ALTER TABLE dex_selections ADD COLUMN read_id bigint NOT NULL;

-- column dex_selections.line_no
ALTER TABLE dex_selections ADD COLUMN line_no integer;

-- column dex_selections.selection
ALTER TABLE dex_selections ADD COLUMN selection text NOT NULL;

-- column dex_selections.product_text
ALTER TABLE dex_selections ADD COLUMN product_text text;

-- column dex_selections.price_cents
ALTER TABLE dex_selections ADD COLUMN price_cents bigint;

-- column dex_selections.units_init
ALTER TABLE dex_selections ADD COLUMN units_init bigint;

-- column dex_selections.value_init_cents
ALTER TABLE dex_selections ADD COLUMN value_init_cents bigint;

-- column dex_selections.units_reset
ALTER TABLE dex_selections ADD COLUMN units_reset bigint;

-- column dex_selections.value_reset_cents
ALTER TABLE dex_selections ADD COLUMN value_reset_cents bigint;

-- column dex_selections.discount_units_init
ALTER TABLE dex_selections ADD COLUMN discount_units_init bigint;

-- column dex_selections.discount_value_init_cents
ALTER TABLE dex_selections ADD COLUMN discount_value_init_cents bigint;

-- column dex_selections.discount_units_reset
ALTER TABLE dex_selections ADD COLUMN discount_units_reset bigint;

-- column dex_selections.discount_value_reset_cents
ALTER TABLE dex_selections ADD COLUMN discount_value_reset_cents bigint;

-- column dex_selections.surcharge_units_init
ALTER TABLE dex_selections ADD COLUMN surcharge_units_init bigint;

-- column dex_selections.surcharge_value_init_cents
ALTER TABLE dex_selections ADD COLUMN surcharge_value_init_cents bigint;

-- column dex_selections.surcharge_units_reset
ALTER TABLE dex_selections ADD COLUMN surcharge_units_reset bigint;

-- column dex_selections.surcharge_value_reset_cents
ALTER TABLE dex_selections ADD COLUMN surcharge_value_reset_cents bigint;

-- column dex_selections.test_units_init
ALTER TABLE dex_selections ADD COLUMN test_units_init bigint;

-- column dex_selections.test_value_init_cents
ALTER TABLE dex_selections ADD COLUMN test_value_init_cents bigint;

-- column dex_selections.test_units_reset
ALTER TABLE dex_selections ADD COLUMN test_units_reset bigint;

-- column dex_selections.test_value_reset_cents
ALTER TABLE dex_selections ADD COLUMN test_value_reset_cents bigint;

-- column dex_selections.free_units_init
ALTER TABLE dex_selections ADD COLUMN free_units_init bigint;

-- column dex_selections.free_value_init_cents
ALTER TABLE dex_selections ADD COLUMN free_value_init_cents bigint;

-- column dex_selections.free_units_reset
ALTER TABLE dex_selections ADD COLUMN free_units_reset bigint;

-- column dex_selections.free_value_reset_cents
ALTER TABLE dex_selections ADD COLUMN free_value_reset_cents bigint;

-- column dex_selections.last_sale_at
ALTER TABLE dex_selections ADD COLUMN last_sale_at timestamp with time zone;

-- column dex_selections.sold_out_attempts
ALTER TABLE dex_selections ADD COLUMN sold_out_attempts bigint;

-- column dex_selections.row_label
ALTER TABLE dex_selections ADD COLUMN row_label text;

-- column dex_selections.col_label
ALTER TABLE dex_selections ADD COLUMN col_label text;

-- column dex_selections.row_no
ALTER TABLE dex_selections ADD COLUMN row_no smallint;

-- column dex_selections.col_no
ALTER TABLE dex_selections ADD COLUMN col_no smallint;

-- column dex_selections.slot_id
ALTER TABLE dex_selections ADD COLUMN slot_id bigint;

-- column dex_selections.created_at
ALTER TABLE dex_selections ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column driver_locations.user_id
ALTER TABLE driver_locations ADD COLUMN user_id bigint NOT NULL;

-- column driver_locations.latitude
ALTER TABLE driver_locations ADD COLUMN latitude numeric(9,6) NOT NULL;

-- column driver_locations.longitude
ALTER TABLE driver_locations ADD COLUMN longitude numeric(9,6) NOT NULL;

-- column driver_locations.accuracy_m
ALTER TABLE driver_locations ADD COLUMN accuracy_m double precision NOT NULL;

-- column driver_locations.speed_mps
ALTER TABLE driver_locations ADD COLUMN speed_mps double precision;

-- column driver_locations.heading_degrees
ALTER TABLE driver_locations ADD COLUMN heading_degrees double precision;

-- column driver_locations.recorded_at
ALTER TABLE driver_locations ADD COLUMN recorded_at timestamp with time zone NOT NULL;

-- column driver_locations.created_at
ALTER TABLE driver_locations ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column driver_locations.updated_at
ALTER TABLE driver_locations ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column exchange_jobs.id
ALTER TABLE exchange_jobs ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column exchange_jobs.direction
ALTER TABLE exchange_jobs ADD COLUMN direction text NOT NULL;

-- column exchange_jobs.entity
ALTER TABLE exchange_jobs ADD COLUMN entity text NOT NULL;

-- column exchange_jobs.form
ALTER TABLE exchange_jobs ADD COLUMN form text NOT NULL;

-- column exchange_jobs.is_dry_run
ALTER TABLE exchange_jobs ADD COLUMN is_dry_run boolean NOT NULL DEFAULT false;

-- column exchange_jobs.status
ALTER TABLE exchange_jobs ADD COLUMN status text NOT NULL;

-- column exchange_jobs.file_key
ALTER TABLE exchange_jobs ADD COLUMN file_key text;

-- column exchange_jobs.file_bytes
ALTER TABLE exchange_jobs ADD COLUMN file_bytes bigint;

-- column exchange_jobs.file_sha256
ALTER TABLE exchange_jobs ADD COLUMN file_sha256 text;

-- column exchange_jobs.chunks_done
ALTER TABLE exchange_jobs ADD COLUMN chunks_done integer NOT NULL DEFAULT 0;

-- column exchange_jobs.rows_total
ALTER TABLE exchange_jobs ADD COLUMN rows_total integer;

-- column exchange_jobs.rows_created
ALTER TABLE exchange_jobs ADD COLUMN rows_created integer NOT NULL DEFAULT 0;

-- column exchange_jobs.rows_updated
ALTER TABLE exchange_jobs ADD COLUMN rows_updated integer NOT NULL DEFAULT 0;

-- column exchange_jobs.rows_unchanged
ALTER TABLE exchange_jobs ADD COLUMN rows_unchanged integer NOT NULL DEFAULT 0;

-- column exchange_jobs.rows_refused
ALTER TABLE exchange_jobs ADD COLUMN rows_refused integer NOT NULL DEFAULT 0;

-- column exchange_jobs.manifest
ALTER TABLE exchange_jobs ADD COLUMN manifest jsonb;

-- column exchange_jobs.error
ALTER TABLE exchange_jobs ADD COLUMN error text;

-- column exchange_jobs.asked_by
ALTER TABLE exchange_jobs ADD COLUMN asked_by bigint NOT NULL;

-- column exchange_jobs.finished_at
ALTER TABLE exchange_jobs ADD COLUMN finished_at timestamp with time zone;

-- column exchange_jobs.created_at
ALTER TABLE exchange_jobs ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column exchange_jobs.updated_at
ALTER TABLE exchange_jobs ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column exchange_refusals.job_id
ALTER TABLE exchange_refusals ADD COLUMN job_id bigint NOT NULL;

-- column exchange_refusals.entity
ALTER TABLE exchange_refusals ADD COLUMN entity text NOT NULL;

-- column exchange_refusals.row_no
ALTER TABLE exchange_refusals ADD COLUMN row_no integer NOT NULL;

-- column exchange_refusals.field
ALTER TABLE exchange_refusals ADD COLUMN field text;

-- column exchange_refusals.problem
ALTER TABLE exchange_refusals ADD COLUMN problem text NOT NULL;

-- column exchange_refusals.created_at
ALTER TABLE exchange_refusals ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column idempotency_keys.user_id
ALTER TABLE idempotency_keys ADD COLUMN user_id bigint NOT NULL;

-- column idempotency_keys.key
ALTER TABLE idempotency_keys ADD COLUMN key text NOT NULL;

-- column idempotency_keys.method
ALTER TABLE idempotency_keys ADD COLUMN method text NOT NULL;

-- column idempotency_keys.path
ALTER TABLE idempotency_keys ADD COLUMN path text NOT NULL;

-- column idempotency_keys.request_hash
ALTER TABLE idempotency_keys ADD COLUMN request_hash bytea NOT NULL;

-- column idempotency_keys.response_status
ALTER TABLE idempotency_keys ADD COLUMN response_status integer;

-- column idempotency_keys.response_headers
ALTER TABLE idempotency_keys ADD COLUMN response_headers jsonb;

-- column idempotency_keys.response_body
ALTER TABLE idempotency_keys ADD COLUMN response_body text;

-- column idempotency_keys.created_at
ALTER TABLE idempotency_keys ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column import_issues.id
ALTER TABLE import_issues ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column import_issues.run_id
ALTER TABLE import_issues ADD COLUMN run_id bigint NOT NULL;

-- column import_issues.table_name
ALTER TABLE import_issues ADD COLUMN table_name text NOT NULL;

-- column import_issues.legacy_id
ALTER TABLE import_issues ADD COLUMN legacy_id text;

-- column import_issues.column_name
ALTER TABLE import_issues ADD COLUMN column_name text;

-- column import_issues.severity
ALTER TABLE import_issues ADD COLUMN severity text NOT NULL;

-- column import_issues.code
ALTER TABLE import_issues ADD COLUMN code text NOT NULL;

-- column import_issues.old_value
ALTER TABLE import_issues ADD COLUMN old_value text;

-- column import_issues.new_value
ALTER TABLE import_issues ADD COLUMN new_value text;

-- column import_issues.created_at
ALTER TABLE import_issues ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column import_runs.id
ALTER TABLE import_runs ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column import_runs.sha256
ALTER TABLE import_runs ADD COLUMN sha256 bytea NOT NULL;

-- column import_runs.filename
ALTER TABLE import_runs ADD COLUMN filename text NOT NULL;

-- column import_runs.generation
ALTER TABLE import_runs ADD COLUMN generation smallint NOT NULL;

-- column import_runs.started_at
ALTER TABLE import_runs ADD COLUMN started_at timestamp with time zone NOT NULL DEFAULT now();

-- column import_runs.finished_at
ALTER TABLE import_runs ADD COLUMN finished_at timestamp with time zone;

-- column import_runs.stats
ALTER TABLE import_runs ADD COLUMN stats jsonb;

-- column import_runs.by
ALTER TABLE import_runs ADD COLUMN by text NOT NULL;

-- column import_runs.created_at
ALTER TABLE import_runs ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column import_runs.updated_at
ALTER TABLE import_runs ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column inbound_deliveries.id
ALTER TABLE inbound_deliveries ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column inbound_deliveries.partner
ALTER TABLE inbound_deliveries ADD COLUMN partner text NOT NULL;

-- column inbound_deliveries.message_id
ALTER TABLE inbound_deliveries ADD COLUMN message_id text NOT NULL;

-- column inbound_deliveries.adapter
ALTER TABLE inbound_deliveries ADD COLUMN adapter text NOT NULL;

-- column inbound_deliveries.sha256
ALTER TABLE inbound_deliveries ADD COLUMN sha256 bytea NOT NULL;

-- column inbound_deliveries.size_bytes
ALTER TABLE inbound_deliveries ADD COLUMN size_bytes integer NOT NULL;

-- column inbound_deliveries.received_at
ALTER TABLE inbound_deliveries ADD COLUMN received_at timestamp with time zone NOT NULL;

-- column inbound_deliveries.attempts
ALTER TABLE inbound_deliveries ADD COLUMN attempts integer NOT NULL DEFAULT 0;

-- column inbound_deliveries.unpacked_at
ALTER TABLE inbound_deliveries ADD COLUMN unpacked_at timestamp with time zone;

-- column inbound_deliveries.file_ids
ALTER TABLE inbound_deliveries ADD COLUMN file_ids bigint[] NOT NULL DEFAULT '{}'::bigint[];

-- column inbound_deliveries.error
ALTER TABLE inbound_deliveries ADD COLUMN error text;

-- column inbound_deliveries.created_at
ALTER TABLE inbound_deliveries ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column inbound_deliveries.updated_at
ALTER TABLE inbound_deliveries ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column inbound_partners.id
ALTER TABLE inbound_partners ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column inbound_partners.name
ALTER TABLE inbound_partners ADD COLUMN name text NOT NULL;

-- column inbound_partners.adapter
ALTER TABLE inbound_partners ADD COLUMN adapter text NOT NULL;

-- column inbound_partners.secret_sealed
ALTER TABLE inbound_partners ADD COLUMN secret_sealed bytea NOT NULL;

-- column inbound_partners.old_secret_sealed
ALTER TABLE inbound_partners ADD COLUMN old_secret_sealed bytea;

-- column inbound_partners.old_secret_until
ALTER TABLE inbound_partners ADD COLUMN old_secret_until timestamp with time zone;

-- column inbound_partners.disabled_at
ALTER TABLE inbound_partners ADD COLUMN disabled_at timestamp with time zone;

-- column inbound_partners.created_by
ALTER TABLE inbound_partners ADD COLUMN created_by bigint NOT NULL;

-- column inbound_partners.created_at
ALTER TABLE inbound_partners ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column inbound_partners.updated_at
ALTER TABLE inbound_partners ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column inventory_movements.id
ALTER TABLE inventory_movements ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column inventory_movements.slot_id
ALTER TABLE inventory_movements ADD COLUMN slot_id bigint NOT NULL;

-- column inventory_movements.product_id
ALTER TABLE inventory_movements ADD COLUMN product_id bigint NOT NULL;

-- column inventory_movements.delta
ALTER TABLE inventory_movements ADD COLUMN delta integer NOT NULL;

-- column inventory_movements.kind
ALTER TABLE inventory_movements ADD COLUMN kind text NOT NULL;

-- column inventory_movements.quantity_after
ALTER TABLE inventory_movements ADD COLUMN quantity_after integer NOT NULL;

-- column inventory_movements.visit_item_id
ALTER TABLE inventory_movements ADD COLUMN visit_item_id bigint;

-- column inventory_movements.sale_id
ALTER TABLE inventory_movements ADD COLUMN sale_id bigint;

-- column inventory_movements.sale_sold_at
ALTER TABLE inventory_movements ADD COLUMN sale_sold_at timestamp with time zone;

-- column inventory_movements.dex_read_id
ALTER TABLE inventory_movements ADD COLUMN dex_read_id bigint;

-- column inventory_movements.actor_id
ALTER TABLE inventory_movements ADD COLUMN actor_id bigint;

-- column inventory_movements.at
ALTER TABLE inventory_movements ADD COLUMN at timestamp with time zone NOT NULL DEFAULT now();

-- column inventory_movements.created_at
ALTER TABLE inventory_movements ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column ip_blocks.id
ALTER TABLE ip_blocks ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column ip_blocks.ip
ALTER TABLE ip_blocks ADD COLUMN ip inet NOT NULL;

-- column ip_blocks.blocked_at
ALTER TABLE ip_blocks ADD COLUMN blocked_at timestamp with time zone NOT NULL DEFAULT now();

-- column ip_blocks.expires_at
ALTER TABLE ip_blocks ADD COLUMN expires_at timestamp with time zone NOT NULL;

-- column ip_blocks.reason
ALTER TABLE ip_blocks ADD COLUMN reason text;

-- column ip_blocks.created_by
ALTER TABLE ip_blocks ADD COLUMN created_by bigint;

-- column ip_blocks.lifted_at
ALTER TABLE ip_blocks ADD COLUMN lifted_at timestamp with time zone;

-- column ip_blocks.lifted_by
ALTER TABLE ip_blocks ADD COLUMN lifted_by bigint;

-- column ip_blocks.created_at
ALTER TABLE ip_blocks ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column ip_blocks.updated_at
ALTER TABLE ip_blocks ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column job_runs.id
ALTER TABLE job_runs ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column job_runs.job
ALTER TABLE job_runs ADD COLUMN job text NOT NULL;

-- column job_runs.started_at
ALTER TABLE job_runs ADD COLUMN started_at timestamp with time zone NOT NULL DEFAULT now();

-- column job_runs.finished_at
ALTER TABLE job_runs ADD COLUMN finished_at timestamp with time zone;

-- column job_runs.status
ALTER TABLE job_runs ADD COLUMN status text NOT NULL DEFAULT 'running'::text;

-- column job_runs.stats
ALTER TABLE job_runs ADD COLUMN stats jsonb;

-- column job_runs.error
ALTER TABLE job_runs ADD COLUMN error text;

-- column job_runs.created_at
ALTER TABLE job_runs ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column kb_articles.id
ALTER TABLE kb_articles ADD COLUMN id text NOT NULL;

-- column kb_articles.title
ALTER TABLE kb_articles ADD COLUMN title text NOT NULL;

-- column kb_articles.author
ALTER TABLE kb_articles ADD COLUMN author text;

-- column kb_articles.category
ALTER TABLE kb_articles ADD COLUMN category text NOT NULL;

-- column kb_articles.tags
ALTER TABLE kb_articles ADD COLUMN tags text[] NOT NULL DEFAULT '{}'::text[];

-- column kb_articles.difficulty
ALTER TABLE kb_articles ADD COLUMN difficulty text NOT NULL;

-- column kb_articles.description
ALTER TABLE kb_articles ADD COLUMN description text;

-- column kb_articles.body_md
ALTER TABLE kb_articles ADD COLUMN body_md text NOT NULL;

-- column kb_articles.word_count
ALTER TABLE kb_articles ADD COLUMN word_count integer NOT NULL DEFAULT 0;

-- column kb_articles.read_time_minutes
ALTER TABLE kb_articles ADD COLUMN read_time_minutes integer NOT NULL DEFAULT 1;

-- column kb_articles.content_hash
ALTER TABLE kb_articles ADD COLUMN content_hash bytea;

-- column kb_articles.search
ALTER TABLE kb_articles ADD COLUMN search tsvector GENERATED ALWAYS AS ((((setweight(to_tsvector('english'::regconfig, title), 'A'::"char") || setweight(to_tsvector('english'::regconfig, COALESCE(description, ''::text)), 'B'::"char")) || setweight(to_tsvector('english'::regconfig, ((cvd_tags_text(tags) || ' '::text) || category)), 'C'::"char")) || setweight(to_tsvector('english'::regconfig, body_md), 'D'::"char"))) STORED;

-- column kb_articles.created_at
ALTER TABLE kb_articles ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column kb_articles.updated_at
ALTER TABLE kb_articles ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column kb_articles.is_own
ALTER TABLE kb_articles ADD COLUMN is_own boolean NOT NULL DEFAULT false;

-- column kb_categories.name
ALTER TABLE kb_categories ADD COLUMN name text NOT NULL;

-- column kb_categories.description
ALTER TABLE kb_categories ADD COLUMN description text;

-- column kb_categories.icon
ALTER TABLE kb_categories ADD COLUMN icon text;

-- column kb_categories.color
ALTER TABLE kb_categories ADD COLUMN color text;

-- column kb_categories.sort_order
ALTER TABLE kb_categories ADD COLUMN sort_order integer NOT NULL DEFAULT 0;

-- column kb_categories.created_at
ALTER TABLE kb_categories ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column kb_categories.updated_at
ALTER TABLE kb_categories ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column kb_feedback.id
ALTER TABLE kb_feedback ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column kb_feedback.article_id
ALTER TABLE kb_feedback ADD COLUMN article_id text NOT NULL;

-- column kb_feedback.user_id
ALTER TABLE kb_feedback ADD COLUMN user_id bigint NOT NULL;

-- column kb_feedback.kind
ALTER TABLE kb_feedback ADD COLUMN kind text NOT NULL;

-- column kb_feedback.comment
ALTER TABLE kb_feedback ADD COLUMN comment text;

-- column kb_feedback.created_at
ALTER TABLE kb_feedback ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column kb_feedback.updated_at
ALTER TABLE kb_feedback ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column live_vends.id
ALTER TABLE live_vends ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column live_vends.file_id
ALTER TABLE live_vends ADD COLUMN file_id bigint NOT NULL;

-- column live_vends.sender
ALTER TABLE live_vends ADD COLUMN sender text NOT NULL;

-- column live_vends.event_id
ALTER TABLE live_vends ADD COLUMN event_id text NOT NULL;

-- column live_vends.comm_id
ALTER TABLE live_vends ADD COLUMN comm_id text;

-- column live_vends.machine_serial
ALTER TABLE live_vends ADD COLUMN machine_serial text;

-- column live_vends.asset_reported
ALTER TABLE live_vends ADD COLUMN asset_reported text;

-- column live_vends.device_id
ALTER TABLE live_vends ADD COLUMN device_id bigint;

-- column live_vends.selection
ALTER TABLE live_vends ADD COLUMN selection text NOT NULL;

-- column live_vends.payment_kind
ALTER TABLE live_vends ADD COLUMN payment_kind text NOT NULL;

-- column live_vends.cents
ALTER TABLE live_vends ADD COLUMN cents integer NOT NULL;

-- column live_vends.vended_at
ALTER TABLE live_vends ADD COLUMN vended_at timestamp with time zone NOT NULL;

-- column live_vends.received_at
ALTER TABLE live_vends ADD COLUMN received_at timestamp with time zone NOT NULL;

-- column live_vends.status
ALTER TABLE live_vends ADD COLUMN status text NOT NULL DEFAULT 'provisional'::text;

-- column live_vends.read_id
ALTER TABLE live_vends ADD COLUMN read_id bigint;

-- column live_vends.sale_id
ALTER TABLE live_vends ADD COLUMN sale_id bigint;

-- column live_vends.sale_sold_at
ALTER TABLE live_vends ADD COLUMN sale_sold_at timestamp with time zone;

-- column live_vends.times_stated
ALTER TABLE live_vends ADD COLUMN times_stated integer NOT NULL DEFAULT 0;

-- column live_vends.created_at
ALTER TABLE live_vends ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column live_vends.updated_at
ALTER TABLE live_vends ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column locations.id
ALTER TABLE locations ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column locations.name
ALTER TABLE locations ADD COLUMN name text NOT NULL;

-- column locations.address
ALTER TABLE locations ADD COLUMN address text;

-- column locations.latitude
ALTER TABLE locations ADD COLUMN latitude numeric(9,6);

-- column locations.longitude
ALTER TABLE locations ADD COLUMN longitude numeric(9,6);

-- column locations.geocode_status
ALTER TABLE locations ADD COLUMN geocode_status text NOT NULL DEFAULT 'none'::text;

-- column locations.is_default
ALTER TABLE locations ADD COLUMN is_default boolean NOT NULL DEFAULT false;

-- column locations.deleted_at
ALTER TABLE locations ADD COLUMN deleted_at timestamp with time zone;

-- column locations.deleted_by
ALTER TABLE locations ADD COLUMN deleted_by bigint;

-- column locations.version
ALTER TABLE locations ADD COLUMN version integer NOT NULL DEFAULT 1;

-- column locations.created_at
ALTER TABLE locations ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column locations.updated_at
ALTER TABLE locations ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column login_attempts.id
ALTER TABLE login_attempts ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column login_attempts.at
ALTER TABLE login_attempts ADD COLUMN at timestamp with time zone NOT NULL DEFAULT now();

-- column login_attempts.username_tried
ALTER TABLE login_attempts ADD COLUMN username_tried text;

-- column login_attempts.user_id
ALTER TABLE login_attempts ADD COLUMN user_id bigint;

-- column login_attempts.ip
ALTER TABLE login_attempts ADD COLUMN ip inet NOT NULL;

-- column login_attempts.user_agent
ALTER TABLE login_attempts ADD COLUMN user_agent text;

-- column login_attempts.outcome
ALTER TABLE login_attempts ADD COLUMN outcome text NOT NULL;

-- column login_attempts.created_at
ALTER TABLE login_attempts ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column machine_events.id
ALTER TABLE machine_events ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column machine_events.source
ALTER TABLE machine_events ADD COLUMN source text NOT NULL;

-- column machine_events.file_id
ALTER TABLE machine_events ADD COLUMN file_id bigint;

-- column machine_events.read_id
ALTER TABLE machine_events ADD COLUMN read_id bigint;

-- column machine_events.sender
ALTER TABLE machine_events ADD COLUMN sender text NOT NULL;

-- column machine_events.event_id
ALTER TABLE machine_events ADD COLUMN event_id text NOT NULL;

-- column machine_events.comm_id
ALTER TABLE machine_events ADD COLUMN comm_id text;

-- column machine_events.machine_serial
ALTER TABLE machine_events ADD COLUMN machine_serial text;

-- column machine_events.asset_reported
ALTER TABLE machine_events ADD COLUMN asset_reported text;

-- column machine_events.device_id
ALTER TABLE machine_events ADD COLUMN device_id bigint;

-- column machine_events.code
ALTER TABLE machine_events ADD COLUMN code text NOT NULL;

-- column machine_events.is_active
ALTER TABLE machine_events ADD COLUMN is_active boolean;

-- column machine_events.occurred_at
ALTER TABLE machine_events ADD COLUMN occurred_at timestamp with time zone NOT NULL;

-- column machine_events.received_at
ALTER TABLE machine_events ADD COLUMN received_at timestamp with time zone NOT NULL;

-- column machine_events.created_at
ALTER TABLE machine_events ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column outbox.id
ALTER TABLE outbox ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column outbox.event_id
ALTER TABLE outbox ADD COLUMN event_id uuid NOT NULL DEFAULT gen_random_uuid();

-- column outbox.topic
ALTER TABLE outbox ADD COLUMN topic text NOT NULL;

-- column outbox.resource_type
ALTER TABLE outbox ADD COLUMN resource_type text NOT NULL;

-- column outbox.resource_id
ALTER TABLE outbox ADD COLUMN resource_id text;

-- column outbox.payload
ALTER TABLE outbox ADD COLUMN payload jsonb NOT NULL;

-- column outbox.request_id
ALTER TABLE outbox ADD COLUMN request_id text;

-- column outbox.created_at
ALTER TABLE outbox ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column outbox.published_at
ALTER TABLE outbox ADD COLUMN published_at timestamp with time zone;

-- column outbox.leased_until
ALTER TABLE outbox ADD COLUMN leased_until timestamp with time zone;

-- column outbox.attempts
ALTER TABLE outbox ADD COLUMN attempts integer NOT NULL DEFAULT 0;

-- column outbox.last_error
ALTER TABLE outbox ADD COLUMN last_error text;

-- column outbox.stream
ALTER TABLE outbox ADD COLUMN stream text;

-- column outbox.stream_number
ALTER TABLE outbox ADD COLUMN stream_number bigint;

-- column outbox_streams.stream
ALTER TABLE outbox_streams ADD COLUMN stream text NOT NULL;

-- column outbox_streams.last_number
ALTER TABLE outbox_streams ADD COLUMN last_number bigint NOT NULL;

-- column outbox_streams.created_at
ALTER TABLE outbox_streams ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column planogram_slot_changes.id
ALTER TABLE planogram_slot_changes ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column planogram_slot_changes.slot_id
ALTER TABLE planogram_slot_changes ADD COLUMN slot_id bigint NOT NULL;

-- column planogram_slot_changes.at
ALTER TABLE planogram_slot_changes ADD COLUMN at timestamp with time zone NOT NULL DEFAULT now();

-- column planogram_slot_changes.actor_id
ALTER TABLE planogram_slot_changes ADD COLUMN actor_id bigint;

-- column planogram_slot_changes.reason
ALTER TABLE planogram_slot_changes ADD COLUMN reason text NOT NULL;

-- column planogram_slot_changes.old_product_id
ALTER TABLE planogram_slot_changes ADD COLUMN old_product_id bigint;

-- column planogram_slot_changes.new_product_id
ALTER TABLE planogram_slot_changes ADD COLUMN new_product_id bigint;

-- column planogram_slot_changes.old_capacity
ALTER TABLE planogram_slot_changes ADD COLUMN old_capacity integer;

-- column planogram_slot_changes.new_capacity
ALTER TABLE planogram_slot_changes ADD COLUMN new_capacity integer;

-- column planogram_slot_changes.old_par_level
ALTER TABLE planogram_slot_changes ADD COLUMN old_par_level integer;

-- column planogram_slot_changes.new_par_level
ALTER TABLE planogram_slot_changes ADD COLUMN new_par_level integer;

-- column planogram_slot_changes.old_price_cents
ALTER TABLE planogram_slot_changes ADD COLUMN old_price_cents integer;

-- column planogram_slot_changes.new_price_cents
ALTER TABLE planogram_slot_changes ADD COLUMN new_price_cents integer;

-- column planogram_slot_changes.old_quantity
ALTER TABLE planogram_slot_changes ADD COLUMN old_quantity integer;

-- column planogram_slot_changes.new_quantity
ALTER TABLE planogram_slot_changes ADD COLUMN new_quantity integer;

-- column planogram_slot_changes.created_at
ALTER TABLE planogram_slot_changes ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column planogram_slots.id
ALTER TABLE planogram_slots ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column planogram_slots.planogram_id
ALTER TABLE planogram_slots ADD COLUMN planogram_id bigint NOT NULL;

-- column planogram_slots.row_no
ALTER TABLE planogram_slots ADD COLUMN row_no smallint NOT NULL;

-- column planogram_slots.col_no
ALTER TABLE planogram_slots ADD COLUMN col_no smallint NOT NULL;

-- column planogram_slots.position
ALTER TABLE planogram_slots ADD COLUMN "position" text NOT NULL GENERATED ALWAYS AS ((chr((64 + row_no)) || (col_no)::text)) STORED;

-- column planogram_slots.dex_selection
ALTER TABLE planogram_slots ADD COLUMN dex_selection text;

-- column planogram_slots.product_id
ALTER TABLE planogram_slots ADD COLUMN product_id bigint;

-- column planogram_slots.quantity
ALTER TABLE planogram_slots ADD COLUMN quantity integer NOT NULL DEFAULT 0;

-- column planogram_slots.capacity
ALTER TABLE planogram_slots ADD COLUMN capacity integer NOT NULL DEFAULT 0;

-- column planogram_slots.par_level
ALTER TABLE planogram_slots ADD COLUMN par_level integer NOT NULL DEFAULT 0;

-- column planogram_slots.price_cents
ALTER TABLE planogram_slots ADD COLUMN price_cents integer;

-- column planogram_slots.assigned_at
ALTER TABLE planogram_slots ADD COLUMN assigned_at timestamp with time zone;

-- column planogram_slots.retired_at
ALTER TABLE planogram_slots ADD COLUMN retired_at timestamp with time zone;

-- column planogram_slots.version
ALTER TABLE planogram_slots ADD COLUMN version integer NOT NULL DEFAULT 1;

-- column planogram_slots.created_at
ALTER TABLE planogram_slots ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column planogram_slots.updated_at
ALTER TABLE planogram_slots ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column planograms.id
ALTER TABLE planograms ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column planograms.cabinet_id
ALTER TABLE planograms ADD COLUMN cabinet_id bigint NOT NULL;

-- column planograms.version
ALTER TABLE planograms ADD COLUMN version integer NOT NULL DEFAULT 1;

-- column planograms.published_at
ALTER TABLE planograms ADD COLUMN published_at timestamp with time zone;

-- column planograms.updated_by
ALTER TABLE planograms ADD COLUMN updated_by bigint;

-- column planograms.created_at
ALTER TABLE planograms ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column planograms.updated_at
ALTER TABLE planograms ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column product_categories.id
ALTER TABLE product_categories ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column product_categories.name
ALTER TABLE product_categories ADD COLUMN name text NOT NULL;

-- column product_categories.sort_order
ALTER TABLE product_categories ADD COLUMN sort_order integer NOT NULL DEFAULT 0;

-- column product_categories.created_at
ALTER TABLE product_categories ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column product_categories.updated_at
ALTER TABLE product_categories ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column products.id
ALTER TABLE products ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 2);

-- column products.sku
ALTER TABLE products ADD COLUMN sku text;

-- column products.name
ALTER TABLE products ADD COLUMN name text NOT NULL;

-- column products.category_id
ALTER TABLE products ADD COLUMN category_id bigint NOT NULL;

-- column products.price_cents
ALTER TABLE products ADD COLUMN price_cents integer NOT NULL;

-- column products.cost_cents
ALTER TABLE products ADD COLUMN cost_cents integer;

-- column products.image_url
ALTER TABLE products ADD COLUMN image_url text;

-- column products.is_active
ALTER TABLE products ADD COLUMN is_active boolean NOT NULL DEFAULT true;

-- column products.deleted_at
ALTER TABLE products ADD COLUMN deleted_at timestamp with time zone;

-- column products.deleted_by
ALTER TABLE products ADD COLUMN deleted_by bigint;

-- column products.version
ALTER TABLE products ADD COLUMN version integer NOT NULL DEFAULT 1;

-- column products.created_at
ALTER TABLE products ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column products.updated_at
ALTER TABLE products ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column push_subscriptions.id
ALTER TABLE push_subscriptions ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column push_subscriptions.user_id
ALTER TABLE push_subscriptions ADD COLUMN user_id bigint NOT NULL;

-- column push_subscriptions.endpoint
ALTER TABLE push_subscriptions ADD COLUMN endpoint text NOT NULL;

-- column push_subscriptions.p256dh
ALTER TABLE push_subscriptions ADD COLUMN p256dh text NOT NULL;

-- column push_subscriptions.auth
ALTER TABLE push_subscriptions ADD COLUMN auth text NOT NULL;

-- column push_subscriptions.user_agent
ALTER TABLE push_subscriptions ADD COLUMN user_agent text;

-- column push_subscriptions.disabled_at
ALTER TABLE push_subscriptions ADD COLUMN disabled_at timestamp with time zone;

-- column push_subscriptions.created_at
ALTER TABLE push_subscriptions ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column push_subscriptions.updated_at
ALTER TABLE push_subscriptions ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column rate_limits.scope
ALTER TABLE rate_limits ADD COLUMN scope text NOT NULL;

-- column rate_limits.subject
ALTER TABLE rate_limits ADD COLUMN subject text NOT NULL;

-- column rate_limits.window_start
ALTER TABLE rate_limits ADD COLUMN window_start timestamp with time zone NOT NULL;

-- column rate_limits.hits
ALTER TABLE rate_limits ADD COLUMN hits integer NOT NULL DEFAULT 1;

-- column route_driver_history.id
ALTER TABLE route_driver_history ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column route_driver_history.route_id
ALTER TABLE route_driver_history ADD COLUMN route_id bigint NOT NULL;

-- column route_driver_history.driver_id
ALTER TABLE route_driver_history ADD COLUMN driver_id bigint NOT NULL;

-- column route_driver_history.assigned_at
ALTER TABLE route_driver_history ADD COLUMN assigned_at timestamp with time zone NOT NULL DEFAULT now();

-- column route_driver_history.unassigned_at
ALTER TABLE route_driver_history ADD COLUMN unassigned_at timestamp with time zone;

-- column route_driver_history.assigned_by
ALTER TABLE route_driver_history ADD COLUMN assigned_by bigint;

-- column route_driver_history.created_at
ALTER TABLE route_driver_history ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column route_driver_history.updated_at
ALTER TABLE route_driver_history ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column route_planning_settings.id
ALTER TABLE route_planning_settings ADD COLUMN id smallint NOT NULL DEFAULT 1;

-- column route_planning_settings.critical_dri_days
ALTER TABLE route_planning_settings ADD COLUMN critical_dri_days integer NOT NULL DEFAULT 1;

-- column route_planning_settings.warning_dri_days
ALTER TABLE route_planning_settings ADD COLUMN warning_dri_days integer NOT NULL DEFAULT 3;

-- column route_planning_settings.ok_dri_days
ALTER TABLE route_planning_settings ADD COLUMN ok_dri_days integer NOT NULL DEFAULT 7;

-- column route_planning_settings.auto_select_critical
ALTER TABLE route_planning_settings ADD COLUMN auto_select_critical boolean NOT NULL DEFAULT true;

-- column route_planning_settings.metrics_ttl_minutes
ALTER TABLE route_planning_settings ADD COLUMN metrics_ttl_minutes integer NOT NULL DEFAULT 15;

-- column route_planning_settings.preview_horizon_days
ALTER TABLE route_planning_settings ADD COLUMN preview_horizon_days integer NOT NULL DEFAULT 5;

-- column route_planning_settings.created_at
ALTER TABLE route_planning_settings ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column route_planning_settings.updated_at
ALTER TABLE route_planning_settings ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column routes.id
ALTER TABLE routes ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column routes.name
ALTER TABLE routes ADD COLUMN name text NOT NULL;

-- column routes.route_number
ALTER TABLE routes ADD COLUMN route_number integer;

-- column routes.driver_id
ALTER TABLE routes ADD COLUMN driver_id bigint;

-- column routes.deleted_at
ALTER TABLE routes ADD COLUMN deleted_at timestamp with time zone;

-- column routes.deleted_by
ALTER TABLE routes ADD COLUMN deleted_by bigint;

-- column routes.version
ALTER TABLE routes ADD COLUMN version integer NOT NULL DEFAULT 1;

-- column routes.created_at
ALTER TABLE routes ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column routes.updated_at
ALTER TABLE routes ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column sale_corrections.id
ALTER TABLE sale_corrections ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column sale_corrections.sale_id
ALTER TABLE sale_corrections ADD COLUMN sale_id bigint NOT NULL;

-- column sale_corrections.sale_sold_at
ALTER TABLE sale_corrections ADD COLUMN sale_sold_at timestamp with time zone NOT NULL;

-- column sale_corrections.units
ALTER TABLE sale_corrections ADD COLUMN units integer NOT NULL;

-- column sale_corrections.revenue_cents
ALTER TABLE sale_corrections ADD COLUMN revenue_cents integer NOT NULL;

-- column sale_corrections.reason
ALTER TABLE sale_corrections ADD COLUMN reason text NOT NULL;

-- column sale_corrections.corrected_by
ALTER TABLE sale_corrections ADD COLUMN corrected_by bigint;

-- column sale_corrections.at
ALTER TABLE sale_corrections ADD COLUMN at timestamp with time zone NOT NULL DEFAULT now();

-- column sale_corrections.created_at
ALTER TABLE sale_corrections ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column sale_keys.import_key
ALTER TABLE sale_keys ADD COLUMN import_key text NOT NULL;

-- column sale_keys.sale_id
ALTER TABLE sale_keys ADD COLUMN sale_id bigint NOT NULL;

-- column sale_keys.sold_at
ALTER TABLE sale_keys ADD COLUMN sold_at timestamp with time zone NOT NULL;

-- column sale_keys.created_at
ALTER TABLE sale_keys ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column sales.id
ALTER TABLE sales ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column sales.device_id
ALTER TABLE sales ADD COLUMN device_id bigint NOT NULL;

-- column sales.product_id
ALTER TABLE sales ADD COLUMN product_id bigint NOT NULL;

-- column sales.slot_id
ALTER TABLE sales ADD COLUMN slot_id bigint;

-- column sales.units
ALTER TABLE sales ADD COLUMN units integer NOT NULL;

-- column sales.revenue_cents
ALTER TABLE sales ADD COLUMN revenue_cents integer NOT NULL;

-- column sales.sold_at
ALTER TABLE sales ADD COLUMN sold_at timestamp with time zone NOT NULL;

-- column sales.period_start
ALTER TABLE sales ADD COLUMN period_start timestamp with time zone;

-- column sales.source
ALTER TABLE sales ADD COLUMN source text NOT NULL;

-- column sales.dex_read_id
ALTER TABLE sales ADD COLUMN dex_read_id bigint;

-- column sales.payment_kind
ALTER TABLE sales ADD COLUMN payment_kind text;

-- column sales.import_key
ALTER TABLE sales ADD COLUMN import_key text;

-- column sales.created_at
ALTER TABLE sales ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column sales_archives.month
ALTER TABLE sales_archives ADD COLUMN month date NOT NULL;

-- column sales_archives.part
ALTER TABLE sales_archives ADD COLUMN part integer NOT NULL;

-- column sales_archives.file_key
ALTER TABLE sales_archives ADD COLUMN file_key text NOT NULL;

-- column sales_archives.sha256
ALTER TABLE sales_archives ADD COLUMN sha256 bytea NOT NULL;

-- column sales_archives.size_bytes
ALTER TABLE sales_archives ADD COLUMN size_bytes bigint NOT NULL;

-- column sales_archives.sales
ALTER TABLE sales_archives ADD COLUMN sales integer NOT NULL;

-- column sales_archives.units
ALTER TABLE sales_archives ADD COLUMN units bigint NOT NULL;

-- column sales_archives.revenue_cents
ALTER TABLE sales_archives ADD COLUMN revenue_cents bigint NOT NULL;

-- column sales_archives.ids
ALTER TABLE sales_archives ADD COLUMN ids int8multirange NOT NULL;

-- column sales_archives.archived_at
ALTER TABLE sales_archives ADD COLUMN archived_at timestamp with time zone NOT NULL;

-- column sales_archives.restored_at
ALTER TABLE sales_archives ADD COLUMN restored_at timestamp with time zone;

-- column sales_archives.created_at
ALTER TABLE sales_archives ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column sales_daily.device_id
ALTER TABLE sales_daily ADD COLUMN device_id bigint NOT NULL;

-- column sales_daily.product_id
ALTER TABLE sales_daily ADD COLUMN product_id bigint NOT NULL;

-- column sales_daily.day
ALTER TABLE sales_daily ADD COLUMN day date NOT NULL;

-- column sales_daily.units
ALTER TABLE sales_daily ADD COLUMN units integer NOT NULL;

-- column sales_daily.revenue_cents
ALTER TABLE sales_daily ADD COLUMN revenue_cents bigint NOT NULL;

-- column sales_daily.transactions
ALTER TABLE sales_daily ADD COLUMN transactions integer NOT NULL;

-- column sales_daily.created_at
ALTER TABLE sales_daily ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column sales_daily.updated_at
ALTER TABLE sales_daily ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column sales_of_days.day
ALTER TABLE sales_of_days ADD COLUMN day date NOT NULL;

-- column sales_of_days.units
ALTER TABLE sales_of_days ADD COLUMN units bigint NOT NULL;

-- column sales_of_days.revenue_cents
ALTER TABLE sales_of_days ADD COLUMN revenue_cents bigint NOT NULL;

-- column sales_of_days.transactions
ALTER TABLE sales_of_days ADD COLUMN transactions bigint NOT NULL;

-- column sales_of_days.devices
ALTER TABLE sales_of_days ADD COLUMN devices integer NOT NULL;

-- column sales_of_days.products
ALTER TABLE sales_of_days ADD COLUMN products integer NOT NULL;

-- column sales_of_devices.device_id
ALTER TABLE sales_of_devices ADD COLUMN device_id bigint NOT NULL;

-- column sales_of_devices.span
ALTER TABLE sales_of_devices ADD COLUMN span text NOT NULL;

-- column sales_of_devices.starts_on
ALTER TABLE sales_of_devices ADD COLUMN starts_on date NOT NULL;

-- column sales_of_devices.units
ALTER TABLE sales_of_devices ADD COLUMN units bigint NOT NULL;

-- column sales_of_devices.revenue_cents
ALTER TABLE sales_of_devices ADD COLUMN revenue_cents bigint NOT NULL;

-- column sales_of_devices.transactions
ALTER TABLE sales_of_devices ADD COLUMN transactions bigint NOT NULL;

-- column sales_of_devices.products
ALTER TABLE sales_of_devices ADD COLUMN products integer NOT NULL;

-- column sales_of_products.product_id
ALTER TABLE sales_of_products ADD COLUMN product_id bigint NOT NULL;

-- column sales_of_products.day
ALTER TABLE sales_of_products ADD COLUMN day date NOT NULL;

-- column sales_of_products.units
ALTER TABLE sales_of_products ADD COLUMN units bigint NOT NULL;

-- column sales_of_products.revenue_cents
ALTER TABLE sales_of_products ADD COLUMN revenue_cents bigint NOT NULL;

-- column sales_of_products.live_units
ALTER TABLE sales_of_products ADD COLUMN live_units bigint NOT NULL;

-- column sales_of_products.live_revenue_cents
ALTER TABLE sales_of_products ADD COLUMN live_revenue_cents bigint NOT NULL;

-- column sales_of_products.live_transactions
ALTER TABLE sales_of_products ADD COLUMN live_transactions bigint NOT NULL;

-- column sales_of_products.live_devices
ALTER TABLE sales_of_products ADD COLUMN live_devices integer NOT NULL;

-- column security_alerts.id
ALTER TABLE security_alerts ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column security_alerts.alert_type
ALTER TABLE security_alerts ADD COLUMN alert_type text NOT NULL;

-- column security_alerts.severity
ALTER TABLE security_alerts ADD COLUMN severity text NOT NULL;

-- column security_alerts.user_id
ALTER TABLE security_alerts ADD COLUMN user_id bigint;

-- column security_alerts.session_id
ALTER TABLE security_alerts ADD COLUMN session_id uuid;

-- column security_alerts.ip
ALTER TABLE security_alerts ADD COLUMN ip inet;

-- column security_alerts.endpoint
ALTER TABLE security_alerts ADD COLUMN endpoint text;

-- column security_alerts.description
ALTER TABLE security_alerts ADD COLUMN description text NOT NULL;

-- column security_alerts.metadata
ALTER TABLE security_alerts ADD COLUMN metadata jsonb;

-- column security_alerts.status
ALTER TABLE security_alerts ADD COLUMN status text NOT NULL DEFAULT 'pending'::text;

-- column security_alerts.acknowledged_at
ALTER TABLE security_alerts ADD COLUMN acknowledged_at timestamp with time zone;

-- column security_alerts.acknowledged_by
ALTER TABLE security_alerts ADD COLUMN acknowledged_by bigint;

-- column security_alerts.resolved_at
ALTER TABLE security_alerts ADD COLUMN resolved_at timestamp with time zone;

-- column security_alerts.resolved_by
ALTER TABLE security_alerts ADD COLUMN resolved_by bigint;

-- column security_alerts.created_at
ALTER TABLE security_alerts ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column security_alerts.updated_at
ALTER TABLE security_alerts ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column service_order_cabinets.id
ALTER TABLE service_order_cabinets ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column service_order_cabinets.service_order_id
ALTER TABLE service_order_cabinets ADD COLUMN service_order_id bigint NOT NULL;

-- column service_order_cabinets.cabinet_id
ALTER TABLE service_order_cabinets ADD COLUMN cabinet_id bigint NOT NULL;

-- column service_order_cabinets.sequence_no
ALTER TABLE service_order_cabinets ADD COLUMN sequence_no smallint;

-- column service_order_cabinets.status
ALTER TABLE service_order_cabinets ADD COLUMN status text NOT NULL DEFAULT 'pending'::text;

-- column service_order_cabinets.estimated_minutes
ALTER TABLE service_order_cabinets ADD COLUMN estimated_minutes integer NOT NULL;

-- column service_order_cabinets.started_at
ALTER TABLE service_order_cabinets ADD COLUMN started_at timestamp with time zone;

-- column service_order_cabinets.executed_at
ALTER TABLE service_order_cabinets ADD COLUMN executed_at timestamp with time zone;

-- column service_order_cabinets.executed_by
ALTER TABLE service_order_cabinets ADD COLUMN executed_by bigint;

-- column service_order_cabinets.skip_reason
ALTER TABLE service_order_cabinets ADD COLUMN skip_reason text;

-- column service_order_cabinets.version
ALTER TABLE service_order_cabinets ADD COLUMN version integer NOT NULL DEFAULT 1;

-- column service_order_cabinets.created_at
ALTER TABLE service_order_cabinets ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column service_order_cabinets.updated_at
ALTER TABLE service_order_cabinets ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column service_order_items.id
ALTER TABLE service_order_items ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column service_order_items.order_cabinet_id
ALTER TABLE service_order_items ADD COLUMN order_cabinet_id bigint NOT NULL;

-- column service_order_items.product_id
ALTER TABLE service_order_items ADD COLUMN product_id bigint NOT NULL;

-- column service_order_items.quantity_needed
ALTER TABLE service_order_items ADD COLUMN quantity_needed integer NOT NULL;

-- column service_order_items.quantity_filled
ALTER TABLE service_order_items ADD COLUMN quantity_filled integer;

-- column service_order_items.created_at
ALTER TABLE service_order_items ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column service_order_items.updated_at
ALTER TABLE service_order_items ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column service_order_photos.id
ALTER TABLE service_order_photos ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column service_order_photos.service_order_id
ALTER TABLE service_order_photos ADD COLUMN service_order_id bigint NOT NULL;

-- column service_order_photos.order_cabinet_id
ALTER TABLE service_order_photos ADD COLUMN order_cabinet_id bigint;

-- column service_order_photos.s3_key
ALTER TABLE service_order_photos ADD COLUMN s3_key text NOT NULL;

-- column service_order_photos.content_type
ALTER TABLE service_order_photos ADD COLUMN content_type text NOT NULL;

-- column service_order_photos.size_bytes
ALTER TABLE service_order_photos ADD COLUMN size_bytes integer NOT NULL;

-- column service_order_photos.sha256
ALTER TABLE service_order_photos ADD COLUMN sha256 bytea NOT NULL;

-- column service_order_photos.photo_type
ALTER TABLE service_order_photos ADD COLUMN photo_type text NOT NULL DEFAULT 'delivery_proof'::text;

-- column service_order_photos.captured_at
ALTER TABLE service_order_photos ADD COLUMN captured_at timestamp with time zone;

-- column service_order_photos.latitude
ALTER TABLE service_order_photos ADD COLUMN latitude numeric(9,6);

-- column service_order_photos.longitude
ALTER TABLE service_order_photos ADD COLUMN longitude numeric(9,6);

-- column service_order_photos.uploaded_by
ALTER TABLE service_order_photos ADD COLUMN uploaded_by bigint NOT NULL;

-- column service_order_photos.client_photo_id
ALTER TABLE service_order_photos ADD COLUMN client_photo_id text;

-- column service_order_photos.notes
ALTER TABLE service_order_photos ADD COLUMN notes text;

-- column service_order_photos.redacted_at
ALTER TABLE service_order_photos ADD COLUMN redacted_at timestamp with time zone;

-- column service_order_photos.redacted_by
ALTER TABLE service_order_photos ADD COLUMN redacted_by bigint;

-- column service_order_photos.created_at
ALTER TABLE service_order_photos ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column service_order_photos.updated_at
ALTER TABLE service_order_photos ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column service_order_transitions.id
ALTER TABLE service_order_transitions ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column service_order_transitions.service_order_id
ALTER TABLE service_order_transitions ADD COLUMN service_order_id bigint NOT NULL;

-- column service_order_transitions.order_cabinet_id
ALTER TABLE service_order_transitions ADD COLUMN order_cabinet_id bigint;

-- column service_order_transitions.from_status
ALTER TABLE service_order_transitions ADD COLUMN from_status text;

-- column service_order_transitions.to_status
ALTER TABLE service_order_transitions ADD COLUMN to_status text NOT NULL;

-- column service_order_transitions.reason
ALTER TABLE service_order_transitions ADD COLUMN reason text;

-- column service_order_transitions.actor_id
ALTER TABLE service_order_transitions ADD COLUMN actor_id bigint;

-- column service_order_transitions.at
ALTER TABLE service_order_transitions ADD COLUMN at timestamp with time zone NOT NULL DEFAULT now();

-- column service_order_transitions.created_at
ALTER TABLE service_order_transitions ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column service_orders.id
ALTER TABLE service_orders ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column service_orders.route_id
ALTER TABLE service_orders ADD COLUMN route_id bigint NOT NULL;

-- column service_orders.driver_id
ALTER TABLE service_orders ADD COLUMN driver_id bigint;

-- column service_orders.service_date
ALTER TABLE service_orders ADD COLUMN service_date date NOT NULL;

-- column service_orders.status
ALTER TABLE service_orders ADD COLUMN status text NOT NULL DEFAULT 'pending'::text;

-- column service_orders.priority
ALTER TABLE service_orders ADD COLUMN priority text NOT NULL DEFAULT 'normal'::text;

-- column service_orders.total_units
ALTER TABLE service_orders ADD COLUMN total_units integer NOT NULL;

-- column service_orders.estimated_minutes
ALTER TABLE service_orders ADD COLUMN estimated_minutes integer NOT NULL;

-- column service_orders.notes
ALTER TABLE service_orders ADD COLUMN notes text;

-- column service_orders.created_by
ALTER TABLE service_orders ADD COLUMN created_by bigint NOT NULL;

-- column service_orders.started_at
ALTER TABLE service_orders ADD COLUMN started_at timestamp with time zone;

-- column service_orders.completed_at
ALTER TABLE service_orders ADD COLUMN completed_at timestamp with time zone;

-- column service_orders.cancelled_at
ALTER TABLE service_orders ADD COLUMN cancelled_at timestamp with time zone;

-- column service_orders.cancelled_by
ALTER TABLE service_orders ADD COLUMN cancelled_by bigint;

-- column service_orders.cancel_reason
ALTER TABLE service_orders ADD COLUMN cancel_reason text;

-- column service_orders.imported
ALTER TABLE service_orders ADD COLUMN imported boolean NOT NULL DEFAULT false;

-- column service_orders.sync_version
ALTER TABLE service_orders ADD COLUMN sync_version integer NOT NULL DEFAULT 1;

-- column service_orders.version
ALTER TABLE service_orders ADD COLUMN version integer NOT NULL DEFAULT 1;

-- column service_orders.created_at
ALTER TABLE service_orders ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column service_orders.updated_at
ALTER TABLE service_orders ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column service_visit_items.id
ALTER TABLE service_visit_items ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column service_visit_items.visit_id
ALTER TABLE service_visit_items ADD COLUMN visit_id bigint NOT NULL;

-- column service_visit_items.slot_id
ALTER TABLE service_visit_items ADD COLUMN slot_id bigint;

-- column service_visit_items.product_id
ALTER TABLE service_visit_items ADD COLUMN product_id bigint NOT NULL;

-- column service_visit_items.quantity_filled
ALTER TABLE service_visit_items ADD COLUMN quantity_filled integer NOT NULL;

-- column service_visit_items.created_at
ALTER TABLE service_visit_items ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column service_visits.id
ALTER TABLE service_visits ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column service_visits.device_id
ALTER TABLE service_visits ADD COLUMN device_id bigint NOT NULL;

-- column service_visits.order_cabinet_id
ALTER TABLE service_visits ADD COLUMN order_cabinet_id bigint;

-- column service_visits.route_id
ALTER TABLE service_visits ADD COLUMN route_id bigint;

-- column service_visits.visited_at
ALTER TABLE service_visits ADD COLUMN visited_at timestamp with time zone NOT NULL;

-- column service_visits.service_type
ALTER TABLE service_visits ADD COLUMN service_type text NOT NULL;

-- column service_visits.technician_id
ALTER TABLE service_visits ADD COLUMN technician_id bigint NOT NULL;

-- column service_visits.units_restocked
ALTER TABLE service_visits ADD COLUMN units_restocked integer NOT NULL;

-- column service_visits.duration_minutes
ALTER TABLE service_visits ADD COLUMN duration_minutes integer;

-- column service_visits.notes
ALTER TABLE service_visits ADD COLUMN notes text;

-- column service_visits.voided_at
ALTER TABLE service_visits ADD COLUMN voided_at timestamp with time zone;

-- column service_visits.voided_by
ALTER TABLE service_visits ADD COLUMN voided_by bigint;

-- column service_visits.void_reason
ALTER TABLE service_visits ADD COLUMN void_reason text;

-- column service_visits.created_at
ALTER TABLE service_visits ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column service_visits.updated_at
ALTER TABLE service_visits ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column sessions.id
ALTER TABLE sessions ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();

-- column sessions.token_family
ALTER TABLE sessions ADD COLUMN token_family text NOT NULL;

-- column sessions.user_id
ALTER TABLE sessions ADD COLUMN user_id bigint NOT NULL;

-- column sessions.created_at
ALTER TABLE sessions ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column sessions.updated_at
ALTER TABLE sessions ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column sessions.expires_at
ALTER TABLE sessions ADD COLUMN expires_at timestamp with time zone NOT NULL;

-- column sessions.last_activity_at
ALTER TABLE sessions ADD COLUMN last_activity_at timestamp with time zone NOT NULL DEFAULT now();

-- column sessions.absolute_expires_at
ALTER TABLE sessions ADD COLUMN absolute_expires_at timestamp with time zone NOT NULL;

-- column sessions.revoked_at
ALTER TABLE sessions ADD COLUMN revoked_at timestamp with time zone;

-- column sessions.revoked_by
ALTER TABLE sessions ADD COLUMN revoked_by bigint;

-- column sessions.revoke_reason
ALTER TABLE sessions ADD COLUMN revoke_reason text;

-- column sessions.ip_address
ALTER TABLE sessions ADD COLUMN ip_address inet;

-- column sessions.user_agent
ALTER TABLE sessions ADD COLUMN user_agent text;

-- column sessions.device_type
ALTER TABLE sessions ADD COLUMN device_type text NOT NULL DEFAULT 'unknown'::text;

-- column sessions.activity_count
ALTER TABLE sessions ADD COLUMN activity_count integer NOT NULL DEFAULT 0;

-- column sessions.last_page
ALTER TABLE sessions ADD COLUMN last_page text;

-- column sessions.last_api_endpoint
ALTER TABLE sessions ADD COLUMN last_api_endpoint text;

-- column slot_metrics.slot_id
ALTER TABLE slot_metrics ADD COLUMN slot_id bigint NOT NULL;

-- column slot_metrics.is_sold_out
ALTER TABLE slot_metrics ADD COLUMN is_sold_out boolean NOT NULL;

-- column slot_metrics.dri_days
ALTER TABLE slot_metrics ADD COLUMN dri_days smallint NOT NULL;

-- column slot_metrics.product_level_pct
ALTER TABLE slot_metrics ADD COLUMN product_level_pct smallint NOT NULL;

-- column slot_metrics.units_to_par
ALTER TABLE slot_metrics ADD COLUMN units_to_par integer NOT NULL;

-- column slot_metrics.units_28d
ALTER TABLE slot_metrics ADD COLUMN units_28d integer NOT NULL DEFAULT 0;

-- column slot_metrics.units_all_time
ALTER TABLE slot_metrics ADD COLUMN units_all_time integer NOT NULL DEFAULT 0;

-- column slot_metrics.days_with_sales
ALTER TABLE slot_metrics ADD COLUMN days_with_sales integer NOT NULL DEFAULT 0;

-- column slot_metrics.daily_velocity
ALTER TABLE slot_metrics ADD COLUMN daily_velocity numeric(10,4) NOT NULL;

-- column slot_metrics.velocity_source
ALTER TABLE slot_metrics ADD COLUMN velocity_source text NOT NULL;

-- column slot_metrics.calculation_version
ALTER TABLE slot_metrics ADD COLUMN calculation_version smallint NOT NULL;

-- column slot_metrics.calculated_at
ALTER TABLE slot_metrics ADD COLUMN calculated_at timestamp with time zone NOT NULL;

-- column slot_metrics.created_at
ALTER TABLE slot_metrics ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column slot_metrics.updated_at
ALTER TABLE slot_metrics ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column slots_of_planograms.planogram_id
ALTER TABLE slots_of_planograms ADD COLUMN planogram_id bigint NOT NULL;

-- column slots_of_planograms.cabinet_id
ALTER TABLE slots_of_planograms ADD COLUMN cabinet_id bigint NOT NULL;

-- column slots_of_planograms.device_id
ALTER TABLE slots_of_planograms ADD COLUMN device_id bigint NOT NULL;

-- column slots_of_planograms.is_removed
ALTER TABLE slots_of_planograms ADD COLUMN is_removed boolean NOT NULL;

-- column slots_of_planograms.is_deleted
ALTER TABLE slots_of_planograms ADD COLUMN is_deleted boolean NOT NULL;

-- column slots_of_planograms.low
ALTER TABLE slots_of_planograms ADD COLUMN low integer NOT NULL;

-- column slots_of_planograms.sold_out
ALTER TABLE slots_of_planograms ADD COLUMN sold_out integer NOT NULL;

-- column system_settings.key
ALTER TABLE system_settings ADD COLUMN key text NOT NULL;

-- column system_settings.value
ALTER TABLE system_settings ADD COLUMN value jsonb NOT NULL;

-- column system_settings.description
ALTER TABLE system_settings ADD COLUMN description text;

-- column system_settings.updated_by
ALTER TABLE system_settings ADD COLUMN updated_by bigint;

-- column system_settings.created_at
ALTER TABLE system_settings ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column system_settings.updated_at
ALTER TABLE system_settings ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column user_avatars.user_id
ALTER TABLE user_avatars ADD COLUMN user_id bigint NOT NULL;

-- column user_avatars.s3_key
ALTER TABLE user_avatars ADD COLUMN s3_key text NOT NULL;

-- column user_avatars.content_type
ALTER TABLE user_avatars ADD COLUMN content_type text NOT NULL;

-- column user_avatars.size_bytes
ALTER TABLE user_avatars ADD COLUMN size_bytes integer NOT NULL;

-- column user_avatars.created_at
ALTER TABLE user_avatars ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column user_avatars.updated_at
ALTER TABLE user_avatars ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column user_preferences.user_id
ALTER TABLE user_preferences ADD COLUMN user_id bigint NOT NULL;

-- column user_preferences.preferences
ALTER TABLE user_preferences ADD COLUMN preferences jsonb NOT NULL DEFAULT '{}'::jsonb;

-- column user_preferences.created_at
ALTER TABLE user_preferences ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column user_preferences.updated_at
ALTER TABLE user_preferences ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column users.id
ALTER TABLE users ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column users.username
ALTER TABLE users ADD COLUMN username text NOT NULL;

-- column users.email
ALTER TABLE users ADD COLUMN email text NOT NULL;

-- column users.identity_sub
ALTER TABLE users ADD COLUMN identity_sub text;

-- column users.legacy_password_hash
ALTER TABLE users ADD COLUMN legacy_password_hash text;

-- column users.mfa_enabled
ALTER TABLE users ADD COLUMN mfa_enabled boolean NOT NULL DEFAULT false;

-- column users.password_changed_at
ALTER TABLE users ADD COLUMN password_changed_at timestamp with time zone NOT NULL DEFAULT now();

-- column users.must_change_password
ALTER TABLE users ADD COLUMN must_change_password boolean NOT NULL DEFAULT false;

-- column users.role
ALTER TABLE users ADD COLUMN role text NOT NULL DEFAULT 'viewer'::text;

-- column users.is_active
ALTER TABLE users ADD COLUMN is_active boolean NOT NULL DEFAULT true;

-- column users.is_protected
ALTER TABLE users ADD COLUMN is_protected boolean NOT NULL DEFAULT false;

-- column users.failed_login_attempts
ALTER TABLE users ADD COLUMN failed_login_attempts smallint NOT NULL DEFAULT 0;

-- column users.locked_until
ALTER TABLE users ADD COLUMN locked_until timestamp with time zone;

-- column users.last_login_at
ALTER TABLE users ADD COLUMN last_login_at timestamp with time zone;

-- column users.deleted_at
ALTER TABLE users ADD COLUMN deleted_at timestamp with time zone;

-- column users.deleted_by
ALTER TABLE users ADD COLUMN deleted_by bigint;

-- column users.version
ALTER TABLE users ADD COLUMN version integer NOT NULL DEFAULT 1;

-- column users.created_at
ALTER TABLE users ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column users.updated_at
ALTER TABLE users ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column users.is_client
ALTER TABLE users ADD COLUMN is_client boolean NOT NULL DEFAULT false;

-- column webhook_attempts.id
ALTER TABLE webhook_attempts ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column webhook_attempts.delivery_id
ALTER TABLE webhook_attempts ADD COLUMN delivery_id bigint NOT NULL;

-- column webhook_attempts.number
ALTER TABLE webhook_attempts ADD COLUMN number integer NOT NULL;

-- column webhook_attempts.at
ALTER TABLE webhook_attempts ADD COLUMN at timestamp with time zone NOT NULL;

-- column webhook_attempts.milliseconds
ALTER TABLE webhook_attempts ADD COLUMN milliseconds integer NOT NULL;

-- column webhook_attempts.status
ALTER TABLE webhook_attempts ADD COLUMN status integer;

-- column webhook_attempts.answer
ALTER TABLE webhook_attempts ADD COLUMN answer text;

-- column webhook_attempts.problem
ALTER TABLE webhook_attempts ADD COLUMN problem text;

-- column webhook_attempts.created_at
ALTER TABLE webhook_attempts ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column webhook_deliveries.id
ALTER TABLE webhook_deliveries ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column webhook_deliveries.endpoint_id
ALTER TABLE webhook_deliveries ADD COLUMN endpoint_id bigint NOT NULL;

-- column webhook_deliveries.event_id
ALTER TABLE webhook_deliveries ADD COLUMN event_id uuid NOT NULL;

-- column webhook_deliveries.status
ALTER TABLE webhook_deliveries ADD COLUMN status text NOT NULL DEFAULT 'pending'::text;

-- column webhook_deliveries.attempts
ALTER TABLE webhook_deliveries ADD COLUMN attempts integer NOT NULL DEFAULT 0;

-- column webhook_deliveries.next_attempt_at
ALTER TABLE webhook_deliveries ADD COLUMN next_attempt_at timestamp with time zone;

-- column webhook_deliveries.delivered_at
ALTER TABLE webhook_deliveries ADD COLUMN delivered_at timestamp with time zone;

-- column webhook_deliveries.last_status
ALTER TABLE webhook_deliveries ADD COLUMN last_status integer;

-- column webhook_deliveries.created_at
ALTER TABLE webhook_deliveries ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column webhook_endpoints.id
ALTER TABLE webhook_endpoints ADD COLUMN id bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column webhook_endpoints.url
ALTER TABLE webhook_endpoints ADD COLUMN url text NOT NULL;

-- column webhook_endpoints.description
ALTER TABLE webhook_endpoints ADD COLUMN description text NOT NULL DEFAULT ''::text;

-- column webhook_endpoints.event_types
ALTER TABLE webhook_endpoints ADD COLUMN event_types text[] NOT NULL;

-- column webhook_endpoints.device_ids
ALTER TABLE webhook_endpoints ADD COLUMN device_ids bigint[] NOT NULL DEFAULT '{}'::bigint[];

-- column webhook_endpoints.route_ids
ALTER TABLE webhook_endpoints ADD COLUMN route_ids bigint[] NOT NULL DEFAULT '{}'::bigint[];

-- column webhook_endpoints.secret_sealed
ALTER TABLE webhook_endpoints ADD COLUMN secret_sealed bytea NOT NULL;

-- column webhook_endpoints.old_secret_sealed
ALTER TABLE webhook_endpoints ADD COLUMN old_secret_sealed bytea;

-- column webhook_endpoints.old_secret_until
ALTER TABLE webhook_endpoints ADD COLUMN old_secret_until timestamp with time zone;

-- column webhook_endpoints.disabled_at
ALTER TABLE webhook_endpoints ADD COLUMN disabled_at timestamp with time zone;

-- column webhook_endpoints.disabled_reason
ALTER TABLE webhook_endpoints ADD COLUMN disabled_reason text;

-- column webhook_endpoints.client_id
ALTER TABLE webhook_endpoints ADD COLUMN client_id bigint;

-- column webhook_endpoints.created_by
ALTER TABLE webhook_endpoints ADD COLUMN created_by bigint;

-- column webhook_endpoints.created_at
ALTER TABLE webhook_endpoints ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column webhook_endpoints.updated_at
ALTER TABLE webhook_endpoints ADD COLUMN updated_at timestamp with time zone NOT NULL DEFAULT now();

-- column webhook_endpoints.deleted_at
ALTER TABLE webhook_endpoints ADD COLUMN deleted_at timestamp with time zone;

-- column webhook_events.id
ALTER TABLE webhook_events ADD COLUMN id uuid NOT NULL;

-- column webhook_events.place
ALTER TABLE webhook_events ADD COLUMN place bigint NOT NULL GENERATED BY DEFAULT AS IDENTITY (START WITH 1);

-- column webhook_events.name
ALTER TABLE webhook_events ADD COLUMN name text NOT NULL;

-- column webhook_events.stream
ALTER TABLE webhook_events ADD COLUMN stream text;

-- column webhook_events.stream_number
ALTER TABLE webhook_events ADD COLUMN stream_number bigint;

-- column webhook_events.device_ids
ALTER TABLE webhook_events ADD COLUMN device_ids bigint[] NOT NULL DEFAULT '{}'::bigint[];

-- column webhook_events.route_ids
ALTER TABLE webhook_events ADD COLUMN route_ids bigint[] NOT NULL DEFAULT '{}'::bigint[];

-- column webhook_events.admins_only
ALTER TABLE webhook_events ADD COLUMN admins_only boolean NOT NULL DEFAULT false;

-- column webhook_events.scope
ALTER TABLE webhook_events ADD COLUMN scope text;

-- column webhook_events.body
ALTER TABLE webhook_events ADD COLUMN body text NOT NULL;

-- column webhook_events.occurred_at
ALTER TABLE webhook_events ADD COLUMN occurred_at timestamp with time zone NOT NULL;

-- column webhook_events.created_at
ALTER TABLE webhook_events ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- column webhook_lanes.endpoint_id
ALTER TABLE webhook_lanes ADD COLUMN endpoint_id bigint NOT NULL;

-- column webhook_lanes.leased_until
ALTER TABLE webhook_lanes ADD COLUMN leased_until timestamp with time zone;

-- column webhook_lanes.lease
ALTER TABLE webhook_lanes ADD COLUMN lease uuid;

-- column webhook_lanes.rest_until
ALTER TABLE webhook_lanes ADD COLUMN rest_until timestamp with time zone;

-- column webhook_lanes.failed_waves
ALTER TABLE webhook_lanes ADD COLUMN failed_waves integer NOT NULL DEFAULT 0;

-- column webhook_lanes.failing_since
ALTER TABLE webhook_lanes ADD COLUMN failing_since timestamp with time zone;

-- column webhook_lanes.last_success_at
ALTER TABLE webhook_lanes ADD COLUMN last_success_at timestamp with time zone;

-- column webhook_lanes.last_attempt_at
ALTER TABLE webhook_lanes ADD COLUMN last_attempt_at timestamp with time zone;

-- column webhook_lanes.created_at
ALTER TABLE webhook_lanes ADD COLUMN created_at timestamp with time zone NOT NULL DEFAULT now();

-- constraint activity_daily_counts_not_negative on activity_daily
ALTER TABLE activity_daily ADD CONSTRAINT activity_daily_counts_not_negative CHECK (((unique_users >= 0) AND (total_sessions >= 0) AND (page_views >= 0) AND (api_calls >= 0) AND (peak_users >= 0) AND (avg_session_seconds >= 0)));

-- constraint activity_daily_day_pk on activity_daily
ALTER TABLE activity_daily ADD CONSTRAINT activity_daily_day_pk PRIMARY KEY (day);

-- constraint activity_daily_peak_hour_range on activity_daily
ALTER TABLE activity_daily ADD CONSTRAINT activity_daily_peak_hour_range CHECK (((peak_hour >= 0) AND (peak_hour <= 23)));

-- constraint activity_events_action_type_known on activity_events
ALTER TABLE activity_events ADD CONSTRAINT activity_events_action_type_known CHECK ((action_type = ANY (ARRAY['page_view'::text, 'api_call'::text, 'file_download'::text])));

-- constraint activity_events_duration_ms_not_negative on activity_events
ALTER TABLE activity_events ADD CONSTRAINT activity_events_duration_ms_not_negative CHECK ((duration_ms >= 0));

-- constraint activity_events_id_at_pk on activity_events
ALTER TABLE activity_events ADD CONSTRAINT activity_events_id_at_pk PRIMARY KEY (id, at);

-- constraint activity_events_user_id_fk on activity_events
ALTER TABLE activity_events ADD CONSTRAINT activity_events_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint ai_results_cabinet_id_fk on ai_results
ALTER TABLE ai_results ADD CONSTRAINT ai_results_cabinet_id_fk FOREIGN KEY (cabinet_id) REFERENCES device_cabinets(id) ON DELETE CASCADE;

-- constraint ai_results_confidence_range on ai_results
ALTER TABLE ai_results ADD CONSTRAINT ai_results_confidence_range CHECK (((confidence >= (0)::numeric) AND (confidence <= (1)::numeric)));

-- constraint ai_results_created_by_fk on ai_results
ALTER TABLE ai_results ADD CONSTRAINT ai_results_created_by_fk FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint ai_results_device_id_fk on ai_results
ALTER TABLE ai_results ADD CONSTRAINT ai_results_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE CASCADE;

-- constraint ai_results_expires_after_created on ai_results
ALTER TABLE ai_results ADD CONSTRAINT ai_results_expires_after_created CHECK ((expires_at > created_at));

-- constraint ai_results_id_pk on ai_results
ALTER TABLE ai_results ADD CONSTRAINT ai_results_id_pk PRIMARY KEY (id);

-- constraint ai_results_input_hash_length on ai_results
ALTER TABLE ai_results ADD CONSTRAINT ai_results_input_hash_length CHECK ((octet_length(input_hash) = 32));

-- constraint ai_results_kind_known on ai_results
ALTER TABLE ai_results ADD CONSTRAINT ai_results_kind_known CHECK ((kind = ANY (ARRAY['score'::text, 'heat_map'::text, 'revenue_forecast'::text, 'recommendation'::text])));

-- constraint alembic_version_pkc on alembic_version
ALTER TABLE alembic_version ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

-- constraint api_client_credentials_client_id_fk on api_client_credentials
ALTER TABLE api_client_credentials ADD CONSTRAINT api_client_credentials_client_id_fk FOREIGN KEY (client_id) REFERENCES api_clients(id) ON DELETE CASCADE;

-- constraint api_client_credentials_id_pk on api_client_credentials
ALTER TABLE api_client_credentials ADD CONSTRAINT api_client_credentials_id_pk PRIMARY KEY (id);

-- constraint api_client_credentials_pool_client_id_length on api_client_credentials
ALTER TABLE api_client_credentials ADD CONSTRAINT api_client_credentials_pool_client_id_length CHECK (((length(pool_client_id) >= 1) AND (length(pool_client_id) <= 128)));

-- constraint api_client_credentials_pool_client_id_unique on api_client_credentials
ALTER TABLE api_client_credentials ADD CONSTRAINT api_client_credentials_pool_client_id_unique UNIQUE (pool_client_id);

-- constraint api_client_rows_client_id_fk on api_client_rows
ALTER TABLE api_client_rows ADD CONSTRAINT api_client_rows_client_id_fk FOREIGN KEY (client_id) REFERENCES api_clients(id) ON DELETE CASCADE;

-- constraint api_client_rows_device_id_fk on api_client_rows
ALTER TABLE api_client_rows ADD CONSTRAINT api_client_rows_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE RESTRICT;

-- constraint api_client_rows_id_pk on api_client_rows
ALTER TABLE api_client_rows ADD CONSTRAINT api_client_rows_id_pk PRIMARY KEY (id);

-- constraint api_client_rows_location_id_fk on api_client_rows
ALTER TABLE api_client_rows ADD CONSTRAINT api_client_rows_location_id_fk FOREIGN KEY (location_id) REFERENCES locations(id) ON DELETE RESTRICT;

-- constraint api_client_rows_one_kind on api_client_rows
ALTER TABLE api_client_rows ADD CONSTRAINT api_client_rows_one_kind CHECK ((num_nonnulls(route_id, location_id, device_id) = 1));

-- constraint api_client_rows_route_id_fk on api_client_rows
ALTER TABLE api_client_rows ADD CONSTRAINT api_client_rows_route_id_fk FOREIGN KEY (route_id) REFERENCES routes(id) ON DELETE RESTRICT;

-- constraint api_client_rows_unique on api_client_rows
ALTER TABLE api_client_rows ADD CONSTRAINT api_client_rows_unique UNIQUE NULLS NOT DISTINCT (client_id, route_id, location_id, device_id);

-- constraint api_clients_contact_length on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_contact_length CHECK (((length(contact) >= 1) AND (length(contact) <= 254)));

-- constraint api_clients_created_by_fk on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_created_by_fk FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint api_clients_deleted_is_revoked on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_deleted_is_revoked CHECK (((deleted_at IS NULL) OR (revoked_at IS NOT NULL)));

-- constraint api_clients_id_pk on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_id_pk PRIMARY KEY (id);

-- constraint api_clients_name_length on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80)));

-- constraint api_clients_owner_length on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_owner_length CHECK (((length(owner) >= 1) AND (length(owner) <= 120)));

-- constraint api_clients_requests_per_day_range on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_requests_per_day_range CHECK (((requests_per_day >= 1) AND (requests_per_day <= 100000000)));

-- constraint api_clients_requests_per_minute_range on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_requests_per_minute_range CHECK (((requests_per_minute >= 1) AND (requests_per_minute <= 100000)));

-- constraint api_clients_revoked_by_fk on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_revoked_by_fk FOREIGN KEY (revoked_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint api_clients_revoked_by_with_revoked_at on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_revoked_by_with_revoked_at CHECK (((revoked_by IS NULL) = (revoked_at IS NULL)));

-- constraint api_clients_scopes_some on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_scopes_some CHECK ((cardinality(scopes) > 0));

-- constraint api_clients_user_id_fk on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint api_clients_user_id_unique on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_user_id_unique UNIQUE (user_id);

-- constraint api_clients_version_positive on api_clients
ALTER TABLE api_clients ADD CONSTRAINT api_clients_version_positive CHECK ((version > 0));

-- constraint assistant_uses_answered_by_known on assistant_uses
ALTER TABLE assistant_uses ADD CONSTRAINT assistant_uses_answered_by_known CHECK ((answered_by = ANY (ARRAY['fleet'::text, 'articles'::text, 'model'::text, 'fallback'::text, 'nobody'::text])));

-- constraint assistant_uses_id_pk on assistant_uses
ALTER TABLE assistant_uses ADD CONSTRAINT assistant_uses_id_pk PRIMARY KEY (id);

-- constraint assistant_uses_input_tokens_not_negative on assistant_uses
ALTER TABLE assistant_uses ADD CONSTRAINT assistant_uses_input_tokens_not_negative CHECK ((input_tokens >= 0));

-- constraint assistant_uses_model_length on assistant_uses
ALTER TABLE assistant_uses ADD CONSTRAINT assistant_uses_model_length CHECK (((length(model) >= 1) AND (length(model) <= 200)));

-- constraint assistant_uses_output_tokens_not_negative on assistant_uses
ALTER TABLE assistant_uses ADD CONSTRAINT assistant_uses_output_tokens_not_negative CHECK ((output_tokens >= 0));

-- constraint assistant_uses_user_id_fk on assistant_uses
ALTER TABLE assistant_uses ADD CONSTRAINT assistant_uses_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

-- constraint audit_blocks_hash_length on audit_blocks
ALTER TABLE audit_blocks ADD CONSTRAINT audit_blocks_hash_length CHECK ((octet_length(hash) = 32));

-- constraint audit_blocks_number_pk on audit_blocks
ALTER TABLE audit_blocks ADD CONSTRAINT audit_blocks_number_pk PRIMARY KEY (number);

-- constraint audit_blocks_number_positive on audit_blocks
ALTER TABLE audit_blocks ADD CONSTRAINT audit_blocks_number_positive CHECK ((number > 0));

-- constraint audit_blocks_prev_hash_length on audit_blocks
ALTER TABLE audit_blocks ADD CONSTRAINT audit_blocks_prev_hash_length CHECK ((octet_length(prev_hash) = 32));

-- constraint audit_blocks_row_count_not_negative on audit_blocks
ALTER TABLE audit_blocks ADD CONSTRAINT audit_blocks_row_count_not_negative CHECK ((row_count >= 0));

-- constraint audit_events_action_length on audit_events
ALTER TABLE audit_events ADD CONSTRAINT audit_events_action_length CHECK (((length(action) >= 1) AND (length(action) <= 120)));

-- constraint audit_events_actor_id_fk on audit_events
ALTER TABLE audit_events ADD CONSTRAINT audit_events_actor_id_fk FOREIGN KEY (actor_id) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint audit_events_id_at_pk on audit_events
ALTER TABLE audit_events ADD CONSTRAINT audit_events_id_at_pk PRIMARY KEY (id, at);

-- constraint audit_events_import_run_id_fk on audit_events
ALTER TABLE audit_events ADD CONSTRAINT audit_events_import_run_id_fk FOREIGN KEY (import_run_id) REFERENCES import_runs(id) ON DELETE RESTRICT;

-- constraint audit_events_outcome_known on audit_events
ALTER TABLE audit_events ADD CONSTRAINT audit_events_outcome_known CHECK ((outcome = ANY (ARRAY['success'::text, 'denied'::text, 'failed'::text])));

-- constraint audit_events_resource_type_length on audit_events
ALTER TABLE audit_events ADD CONSTRAINT audit_events_resource_type_length CHECK (((length(resource_type) >= 1) AND (length(resource_type) <= 120)));

-- constraint audit_seals_block_number_fk on audit_seals
ALTER TABLE audit_seals ADD CONSTRAINT audit_seals_block_number_fk FOREIGN KEY (block_number) REFERENCES audit_blocks(number) ON DELETE RESTRICT;

-- constraint audit_seals_pk on audit_seals
ALTER TABLE audit_seals ADD CONSTRAINT audit_seals_pk PRIMARY KEY (event_id, event_at);

-- constraint audit_seals_row_hash_length on audit_seals
ALTER TABLE audit_seals ADD CONSTRAINT audit_seals_row_hash_length CHECK ((octet_length(row_hash) = 32));

-- constraint cabinet_types_cols_range on cabinet_types
ALTER TABLE cabinet_types ADD CONSTRAINT cabinet_types_cols_range CHECK (((cols >= 1) AND (cols <= 20)));

-- constraint cabinet_types_grid_size on cabinet_types
ALTER TABLE cabinet_types ADD CONSTRAINT cabinet_types_grid_size CHECK (((rows * cols) <= 400));

-- constraint cabinet_types_icon_length on cabinet_types
ALTER TABLE cabinet_types ADD CONSTRAINT cabinet_types_icon_length CHECK (((length(icon) >= 1) AND (length(icon) <= 4)));

-- constraint cabinet_types_id_pk on cabinet_types
ALTER TABLE cabinet_types ADD CONSTRAINT cabinet_types_id_pk PRIMARY KEY (id);

-- constraint cabinet_types_name_length on cabinet_types
ALTER TABLE cabinet_types ADD CONSTRAINT cabinet_types_name_length CHECK (((length(name) >= 1) AND (length(name) <= 60)));

-- constraint cabinet_types_rows_range on cabinet_types
ALTER TABLE cabinet_types ADD CONSTRAINT cabinet_types_rows_range CHECK (((rows >= 1) AND (rows <= 20)));

-- constraint cabinet_types_temperature_class_known on cabinet_types
ALTER TABLE cabinet_types ADD CONSTRAINT cabinet_types_temperature_class_known CHECK ((temperature_class = ANY (ARRAY['refrigerated'::text, 'frozen'::text, 'ambient'::text])));

-- constraint client_reports_client_session_length on client_reports
ALTER TABLE client_reports ADD CONSTRAINT client_reports_client_session_length CHECK ((length(client_session) <= 100));

-- constraint client_reports_id_pk on client_reports
ALTER TABLE client_reports ADD CONSTRAINT client_reports_id_pk PRIMARY KEY (id);

-- constraint client_reports_kind_known on client_reports
ALTER TABLE client_reports ADD CONSTRAINT client_reports_kind_known CHECK ((kind = ANY (ARRAY['event'::text, 'error'::text])));

-- constraint client_reports_name_length on client_reports
ALTER TABLE client_reports ADD CONSTRAINT client_reports_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80)));

-- constraint client_reports_page_url_length on client_reports
ALTER TABLE client_reports ADD CONSTRAINT client_reports_page_url_length CHECK ((length(page_url) <= 2000));

-- constraint client_reports_user_agent_length on client_reports
ALTER TABLE client_reports ADD CONSTRAINT client_reports_user_agent_length CHECK ((length(user_agent) <= 512));

-- constraint company_settings_business_hours_order on company_settings
ALTER TABLE company_settings ADD CONSTRAINT company_settings_business_hours_order CHECK (((0 <= business_hours_start) AND (business_hours_start < business_hours_end) AND (business_hours_end <= 24)));

-- constraint company_settings_company_name_length on company_settings
ALTER TABLE company_settings ADD CONSTRAINT company_settings_company_name_length CHECK ((length(company_name) <= 120));

-- constraint company_settings_currency_format on company_settings
ALTER TABLE company_settings ADD CONSTRAINT company_settings_currency_format CHECK ((currency ~ '^[A-Z]{3}$'::text));

-- constraint company_settings_default_par_percent_range on company_settings
ALTER TABLE company_settings ADD CONSTRAINT company_settings_default_par_percent_range CHECK (((default_par_percent >= 1) AND (default_par_percent <= 100)));

-- constraint company_settings_id_pk on company_settings
ALTER TABLE company_settings ADD CONSTRAINT company_settings_id_pk PRIMARY KEY (id);

-- constraint company_settings_id_single on company_settings
ALTER TABLE company_settings ADD CONSTRAINT company_settings_id_single CHECK ((id = 1));

-- constraint company_settings_milestone_month_cents_positive on company_settings
ALTER TABLE company_settings ADD CONSTRAINT company_settings_milestone_month_cents_positive CHECK ((milestone_month_cents > 0));

-- constraint company_settings_minutes_per_cabinet_range on company_settings
ALTER TABLE company_settings ADD CONSTRAINT company_settings_minutes_per_cabinet_range CHECK (((minutes_per_cabinet >= 1) AND (minutes_per_cabinet <= 240)));

-- constraint company_settings_monthly_revenue_target_cents_positive on company_settings
ALTER TABLE company_settings ADD CONSTRAINT company_settings_monthly_revenue_target_cents_positive CHECK ((monthly_revenue_target_cents > 0));

-- constraint company_settings_time_zone_valid on company_settings
ALTER TABLE company_settings ADD CONSTRAINT company_settings_time_zone_valid CHECK (cvd_is_time_zone(time_zone));

-- constraint company_settings_week_start_range on company_settings
ALTER TABLE company_settings ADD CONSTRAINT company_settings_week_start_range CHECK (((week_start >= 0) AND (week_start <= 6)));

-- constraint data_export_log_bytes_not_negative on data_export_log
ALTER TABLE data_export_log ADD CONSTRAINT data_export_log_bytes_not_negative CHECK ((bytes >= 0));

-- constraint data_export_log_format_known on data_export_log
ALTER TABLE data_export_log ADD CONSTRAINT data_export_log_format_known CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text, 'pdf'::text, 'json'::text])));

-- constraint data_export_log_id_pk on data_export_log
ALTER TABLE data_export_log ADD CONSTRAINT data_export_log_id_pk PRIMARY KEY (id);

-- constraint data_export_log_row_count_not_negative on data_export_log
ALTER TABLE data_export_log ADD CONSTRAINT data_export_log_row_count_not_negative CHECK ((row_count >= 0));

-- constraint data_export_log_user_id_fk on data_export_log
ALTER TABLE data_export_log ADD CONSTRAINT data_export_log_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint device_cabinets_cabinet_index_range on device_cabinets
ALTER TABLE device_cabinets ADD CONSTRAINT device_cabinets_cabinet_index_range CHECK (((cabinet_index >= 0) AND (cabinet_index <= 2)));

-- constraint device_cabinets_cabinet_type_id_fk on device_cabinets
ALTER TABLE device_cabinets ADD CONSTRAINT device_cabinets_cabinet_type_id_fk FOREIGN KEY (cabinet_type_id) REFERENCES cabinet_types(id) ON DELETE RESTRICT;

-- constraint device_cabinets_cols_range on device_cabinets
ALTER TABLE device_cabinets ADD CONSTRAINT device_cabinets_cols_range CHECK (((cols >= 1) AND (cols <= 20)));

-- constraint device_cabinets_device_id_fk on device_cabinets
ALTER TABLE device_cabinets ADD CONSTRAINT device_cabinets_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE RESTRICT;

-- constraint device_cabinets_grid_size on device_cabinets
ALTER TABLE device_cabinets ADD CONSTRAINT device_cabinets_grid_size CHECK (((rows * cols) <= 400));

-- constraint device_cabinets_id_pk on device_cabinets
ALTER TABLE device_cabinets ADD CONSTRAINT device_cabinets_id_pk PRIMARY KEY (id);

-- constraint device_cabinets_model_name_length on device_cabinets
ALTER TABLE device_cabinets ADD CONSTRAINT device_cabinets_model_name_length CHECK ((length(model_name) <= 120));

-- constraint device_cabinets_parent_not_removed on device_cabinets
ALTER TABLE device_cabinets ADD CONSTRAINT device_cabinets_parent_not_removed CHECK (((cabinet_index > 0) OR (removed_at IS NULL)));

-- constraint device_cabinets_removed_by_fk on device_cabinets
ALTER TABLE device_cabinets ADD CONSTRAINT device_cabinets_removed_by_fk FOREIGN KEY (removed_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint device_cabinets_removed_by_with_removed_at on device_cabinets
ALTER TABLE device_cabinets ADD CONSTRAINT device_cabinets_removed_by_with_removed_at CHECK (((removed_by IS NULL) OR (removed_at IS NOT NULL)));

-- constraint device_cabinets_rows_range on device_cabinets
ALTER TABLE device_cabinets ADD CONSTRAINT device_cabinets_rows_range CHECK (((rows >= 1) AND (rows <= 20)));

-- constraint device_metrics_daily_velocity_not_negative on device_metrics
ALTER TABLE device_metrics ADD CONSTRAINT device_metrics_daily_velocity_not_negative CHECK ((daily_velocity >= (0)::numeric));

-- constraint device_metrics_device_id_fk on device_metrics
ALTER TABLE device_metrics ADD CONSTRAINT device_metrics_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE CASCADE;

-- constraint device_metrics_device_id_pk on device_metrics
ALTER TABLE device_metrics ADD CONSTRAINT device_metrics_device_id_pk PRIMARY KEY (device_id);

-- constraint device_metrics_dri_days_range on device_metrics
ALTER TABLE device_metrics ADD CONSTRAINT device_metrics_dri_days_range CHECK (((dri_days >= 0) AND (dri_days <= 999)));

-- constraint device_metrics_product_level_pct_range on device_metrics
ALTER TABLE device_metrics ADD CONSTRAINT device_metrics_product_level_pct_range CHECK (((product_level_pct >= (0)::numeric) AND (product_level_pct <= (100)::numeric)));

-- constraint device_metrics_sold_out_count_not_negative on device_metrics
ALTER TABLE device_metrics ADD CONSTRAINT device_metrics_sold_out_count_not_negative CHECK ((sold_out_count >= 0));

-- constraint device_metrics_units_to_par_not_negative on device_metrics
ALTER TABLE device_metrics ADD CONSTRAINT device_metrics_units_to_par_not_negative CHECK ((units_to_par >= 0));

-- constraint device_types_cabinets_range on device_types
ALTER TABLE device_types ADD CONSTRAINT device_types_cabinets_range CHECK (((1 <= min_cabinets) AND (min_cabinets <= max_cabinets) AND (max_cabinets <= 3)));

-- constraint device_types_fixed_cabinet_count_range on device_types
ALTER TABLE device_types ADD CONSTRAINT device_types_fixed_cabinet_count_range CHECK (((fixed_cabinet_count >= 1) AND (fixed_cabinet_count <= 3)));

-- constraint device_types_fixed_within_range on device_types
ALTER TABLE device_types ADD CONSTRAINT device_types_fixed_within_range CHECK (((fixed_cabinet_count IS NULL) OR ((fixed_cabinet_count >= min_cabinets) AND (fixed_cabinet_count <= max_cabinets))));

-- constraint device_types_id_pk on device_types
ALTER TABLE device_types ADD CONSTRAINT device_types_id_pk PRIMARY KEY (id);

-- constraint device_types_name_length on device_types
ALTER TABLE device_types ADD CONSTRAINT device_types_name_length CHECK (((length(name) >= 1) AND (length(name) <= 60)));

-- constraint devices_asset_format on devices
ALTER TABLE devices ADD CONSTRAINT devices_asset_format CHECK ((asset ~ '^[A-Za-z0-9-]{1,20}$'::text));

-- constraint devices_deleted_by_fk on devices
ALTER TABLE devices ADD CONSTRAINT devices_deleted_by_fk FOREIGN KEY (deleted_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint devices_deleted_by_with_deleted_at on devices
ALTER TABLE devices ADD CONSTRAINT devices_deleted_by_with_deleted_at CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL)));

-- constraint devices_device_type_id_fk on devices
ALTER TABLE devices ADD CONSTRAINT devices_device_type_id_fk FOREIGN KEY (device_type_id) REFERENCES device_types(id) ON DELETE RESTRICT;

-- constraint devices_dex_machine_key_length on devices
ALTER TABLE devices ADD CONSTRAINT devices_dex_machine_key_length CHECK ((length(dex_machine_key) <= 200));

-- constraint devices_id_pk on devices
ALTER TABLE devices ADD CONSTRAINT devices_id_pk PRIMARY KEY (id);

-- constraint devices_location_id_fk on devices
ALTER TABLE devices ADD CONSTRAINT devices_location_id_fk FOREIGN KEY (location_id) REFERENCES locations(id) ON DELETE RESTRICT;

-- constraint devices_model_length on devices
ALTER TABLE devices ADD CONSTRAINT devices_model_length CHECK ((length(model) <= 120));

-- constraint devices_nickname_length on devices
ALTER TABLE devices ADD CONSTRAINT devices_nickname_length CHECK (((length(nickname) >= 1) AND (length(nickname) <= 60)));

-- constraint devices_route_id_fk on devices
ALTER TABLE devices ADD CONSTRAINT devices_route_id_fk FOREIGN KEY (route_id) REFERENCES routes(id) ON DELETE SET NULL;

-- constraint devices_serial_number_length on devices
ALTER TABLE devices ADD CONSTRAINT devices_serial_number_length CHECK ((length(serial_number) <= 120));

-- constraint devices_version_positive on devices
ALTER TABLE devices ADD CONSTRAINT devices_version_positive CHECK ((version > 0));

-- constraint dex_chain_file_id_fk on dex_chain
ALTER TABLE dex_chain ADD CONSTRAINT dex_chain_file_id_fk FOREIGN KEY (file_id) REFERENCES dex_files(id) ON DELETE RESTRICT;

-- constraint dex_chain_hash_length on dex_chain
ALTER TABLE dex_chain ADD CONSTRAINT dex_chain_hash_length CHECK ((octet_length(hash) = 32));

-- constraint dex_chain_number_positive on dex_chain
ALTER TABLE dex_chain ADD CONSTRAINT dex_chain_number_positive CHECK ((number > 0));

-- constraint dex_chain_number_unique on dex_chain
ALTER TABLE dex_chain ADD CONSTRAINT dex_chain_number_unique UNIQUE (machine_key, number);

-- constraint dex_chain_previous_hash_length on dex_chain
ALTER TABLE dex_chain ADD CONSTRAINT dex_chain_previous_hash_length CHECK ((octet_length(previous_hash) = 32));

-- constraint dex_chain_read_id_fk on dex_chain
ALTER TABLE dex_chain ADD CONSTRAINT dex_chain_read_id_fk FOREIGN KEY (read_id) REFERENCES dex_reads(id) ON DELETE RESTRICT;

-- constraint dex_chain_read_id_pk on dex_chain
ALTER TABLE dex_chain ADD CONSTRAINT dex_chain_read_id_pk PRIMARY KEY (read_id);

-- constraint dex_files_applied_when on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_applied_when CHECK (((status = 'applied'::text) = (applied_at IS NOT NULL)));

-- constraint dex_files_attempts_not_negative on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_attempts_not_negative CHECK ((attempts >= 0));

-- constraint dex_files_device_id_fk on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE RESTRICT;

-- constraint dex_files_filename_length on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_filename_length CHECK (((length(filename) >= 1) AND (length(filename) <= 255)));

-- constraint dex_files_id_pk on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_id_pk PRIMARY KEY (id);

-- constraint dex_files_kind_known on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_kind_known CHECK ((kind = ANY (ARRAY['dex'::text, 'feed'::text])));

-- constraint dex_files_partner_length on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_partner_length CHECK (((length(partner) >= 1) AND (length(partner) <= 40)));

-- constraint dex_files_received_by_fk on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_received_by_fk FOREIGN KEY (received_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint dex_files_s3_key_length on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_s3_key_length CHECK (((length(s3_key) >= 1) AND (length(s3_key) <= 500)));

-- constraint dex_files_sender_known on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_sender_known CHECK (((received_by IS NOT NULL) OR (partner IS NOT NULL)));

-- constraint dex_files_sha256_length on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_sha256_length CHECK ((octet_length(sha256) = 32));

-- constraint dex_files_sha256_unique on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_sha256_unique UNIQUE (sha256);

-- constraint dex_files_size_bytes_not_negative on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_size_bytes_not_negative CHECK ((size_bytes >= 0));

-- constraint dex_files_source_known on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_source_known CHECK ((source = ANY (ARRAY['upload'::text, 'api'::text, 'webhook'::text])));

-- constraint dex_files_status_known on dex_files
ALTER TABLE dex_files ADD CONSTRAINT dex_files_status_known CHECK ((status = ANY (ARRAY['stored'::text, 'applied'::text])));

-- constraint dex_intervals_device_id_fk on dex_intervals
ALTER TABLE dex_intervals ADD CONSTRAINT dex_intervals_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE RESTRICT;

-- constraint dex_intervals_held_not_negative on dex_intervals
ALTER TABLE dex_intervals ADD CONSTRAINT dex_intervals_held_not_negative CHECK ((held >= 0));

-- constraint dex_intervals_outcome_known on dex_intervals
ALTER TABLE dex_intervals ADD CONSTRAINT dex_intervals_outcome_known CHECK ((outcome = ANY (ARRAY['normal'::text, 'baseline'::text, 'rollover'::text, 'reset_baseline'::text, 'swap_baseline'::text, 'suspect'::text, 'unknown'::text, 'duplicate'::text])));

-- constraint dex_intervals_position_positive on dex_intervals
ALTER TABLE dex_intervals ADD CONSTRAINT dex_intervals_position_positive CHECK (("position" > 0));

-- constraint dex_intervals_previous_read_id_fk on dex_intervals
ALTER TABLE dex_intervals ADD CONSTRAINT dex_intervals_previous_read_id_fk FOREIGN KEY (previous_read_id) REFERENCES dex_reads(id) ON DELETE CASCADE;

-- constraint dex_intervals_read_id_fk on dex_intervals
ALTER TABLE dex_intervals ADD CONSTRAINT dex_intervals_read_id_fk FOREIGN KEY (read_id) REFERENCES dex_reads(id) ON DELETE CASCADE;

-- constraint dex_intervals_read_id_pk on dex_intervals
ALTER TABLE dex_intervals ADD CONSTRAINT dex_intervals_read_id_pk PRIMARY KEY (read_id);

-- constraint dex_intervals_units_not_negative on dex_intervals
ALTER TABLE dex_intervals ADD CONSTRAINT dex_intervals_units_not_negative CHECK ((units >= 0));

-- constraint dex_issues_field_no_not_negative on dex_issues
ALTER TABLE dex_issues ADD CONSTRAINT dex_issues_field_no_not_negative CHECK ((field_no >= 0));

-- constraint dex_issues_id_pk on dex_issues
ALTER TABLE dex_issues ADD CONSTRAINT dex_issues_id_pk PRIMARY KEY (id);

-- constraint dex_issues_line_no_not_negative on dex_issues
ALTER TABLE dex_issues ADD CONSTRAINT dex_issues_line_no_not_negative CHECK ((line_no >= 0));

-- constraint dex_issues_read_id_fk on dex_issues
ALTER TABLE dex_issues ADD CONSTRAINT dex_issues_read_id_fk FOREIGN KEY (read_id) REFERENCES dex_reads(id) ON DELETE CASCADE;

-- constraint dex_issues_severity_known on dex_issues
ALTER TABLE dex_issues ADD CONSTRAINT dex_issues_severity_known CHECK ((severity = ANY (ARRAY['error'::text, 'warning'::text, 'info'::text])));

-- constraint dex_machines_device_id_fk on dex_machines
ALTER TABLE dex_machines ADD CONSTRAINT dex_machines_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE CASCADE;

-- constraint dex_machines_device_id_pk on dex_machines
ALTER TABLE dex_machines ADD CONSTRAINT dex_machines_device_id_pk PRIMARY KEY (device_id);

-- constraint dex_machines_usual_gap_seconds_positive on dex_machines
ALTER TABLE dex_machines ADD CONSTRAINT dex_machines_usual_gap_seconds_positive CHECK ((usual_gap_seconds > 0));

-- constraint dex_mappings_created_by_fk on dex_mappings
ALTER TABLE dex_mappings ADD CONSTRAINT dex_mappings_created_by_fk FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint dex_mappings_device_id_fk on dex_mappings
ALTER TABLE dex_mappings ADD CONSTRAINT dex_mappings_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE CASCADE;

-- constraint dex_mappings_id_pk on dex_mappings
ALTER TABLE dex_mappings ADD CONSTRAINT dex_mappings_id_pk PRIMARY KEY (id);

-- constraint dex_mappings_selection_length on dex_mappings
ALTER TABLE dex_mappings ADD CONSTRAINT dex_mappings_selection_length CHECK (((length(selection) >= 1) AND (length(selection) <= 10)));

-- constraint dex_mappings_selection_unique on dex_mappings
ALTER TABLE dex_mappings ADD CONSTRAINT dex_mappings_selection_unique UNIQUE (device_id, selection);

-- constraint dex_mappings_slot_id_fk on dex_mappings
ALTER TABLE dex_mappings ADD CONSTRAINT dex_mappings_slot_id_fk FOREIGN KEY (slot_id) REFERENCES planogram_slots(id) ON DELETE CASCADE;

-- constraint dex_readings_read_id_fk on dex_readings
ALTER TABLE dex_readings ADD CONSTRAINT dex_readings_read_id_fk FOREIGN KEY (read_id) REFERENCES dex_reads(id) ON DELETE CASCADE;

-- constraint dex_readings_read_id_pk on dex_readings
ALTER TABLE dex_readings ADD CONSTRAINT dex_readings_read_id_pk PRIMARY KEY (read_id);

-- constraint dex_reads_decimal_places_range on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_decimal_places_range CHECK (((decimal_places >= 0) AND (decimal_places <= 9)));

-- constraint dex_reads_device_id_fk on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE RESTRICT;

-- constraint dex_reads_filename_length on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_filename_length CHECK (((length(filename) >= 1) AND (length(filename) <= 255)));

-- constraint dex_reads_id_pk on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_id_pk PRIMARY KEY (id);

-- constraint dex_reads_pattern_confidence_range on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_pattern_confidence_range CHECK (((pattern_confidence >= (0)::numeric) AND (pattern_confidence <= (1)::numeric)));

-- constraint dex_reads_pattern_type_known on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_pattern_type_known CHECK ((pattern_type = ANY (ARRAY['alpha'::text, 'hundreds'::text, 'tens'::text, 'linear'::text, 'unknown'::text])));

-- constraint dex_reads_raw_somewhere on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_raw_somewhere CHECK (((raw_s3_key IS NOT NULL) OR (raw_content IS NOT NULL)));

-- constraint dex_reads_read_sequence_not_negative on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_read_sequence_not_negative CHECK ((read_sequence >= 0));

-- constraint dex_reads_sha256_length on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_sha256_length CHECK ((octet_length(sha256) = 32));

-- constraint dex_reads_sha256_unique on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_sha256_unique UNIQUE (sha256);

-- constraint dex_reads_size_bytes_not_negative on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_size_bytes_not_negative CHECK ((size_bytes >= 0));

-- constraint dex_reads_status_known on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_status_known CHECK ((status = ANY (ARRAY['parsed'::text, 'parsed_with_warnings'::text, 'rejected'::text])));

-- constraint dex_reads_total_records_not_negative on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_total_records_not_negative CHECK ((total_records >= 0));

-- constraint dex_reads_uploaded_by_fk on dex_reads
ALTER TABLE dex_reads ADD CONSTRAINT dex_reads_uploaded_by_fk FOREIGN KEY (uploaded_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint dex_records_id_pk on dex_records
ALTER TABLE dex_records ADD CONSTRAINT dex_records_id_pk PRIMARY KEY (id);

-- constraint dex_records_line_no_positive on dex_records
ALTER TABLE dex_records ADD CONSTRAINT dex_records_line_no_positive CHECK ((line_no > 0));

-- constraint dex_records_line_no_unique on dex_records
ALTER TABLE dex_records ADD CONSTRAINT dex_records_line_no_unique UNIQUE (read_id, line_no);

-- constraint dex_records_read_id_fk on dex_records
ALTER TABLE dex_records ADD CONSTRAINT dex_records_read_id_fk FOREIGN KEY (read_id) REFERENCES dex_reads(id) ON DELETE CASCADE;

-- constraint dex_selection_payments_device_known on dex_selection_payments
ALTER TABLE dex_selection_payments ADD CONSTRAINT dex_selection_payments_device_known CHECK ((device = ANY (ARRAY['CA'::text, 'DA'::text, 'DB'::text, 'TA'::text, 'other'::text])));

-- constraint dex_selection_payments_id_pk on dex_selection_payments
ALTER TABLE dex_selection_payments ADD CONSTRAINT dex_selection_payments_id_pk PRIMARY KEY (id);

-- constraint dex_selection_payments_selection_id_fk on dex_selection_payments
ALTER TABLE dex_selection_payments ADD CONSTRAINT dex_selection_payments_selection_id_fk FOREIGN KEY (selection_id) REFERENCES dex_selections(id) ON DELETE CASCADE;

-- constraint dex_selections_id_pk on dex_selections
ALTER TABLE dex_selections ADD CONSTRAINT dex_selections_id_pk PRIMARY KEY (id);

-- constraint dex_selections_read_id_fk on dex_selections
ALTER TABLE dex_selections ADD CONSTRAINT dex_selections_read_id_fk FOREIGN KEY (read_id) REFERENCES dex_reads(id) ON DELETE CASCADE;

-- constraint dex_selections_selection_length on dex_selections
ALTER TABLE dex_selections ADD CONSTRAINT dex_selections_selection_length CHECK (((length(selection) >= 1) AND (length(selection) <= 10)));

-- constraint dex_selections_selection_unique on dex_selections
ALTER TABLE dex_selections ADD CONSTRAINT dex_selections_selection_unique UNIQUE (read_id, selection);

-- constraint dex_selections_slot_id_fk on dex_selections
ALTER TABLE dex_selections ADD CONSTRAINT dex_selections_slot_id_fk FOREIGN KEY (slot_id) REFERENCES planogram_slots(id) ON DELETE SET NULL;

-- constraint driver_locations_accuracy_m_not_negative on driver_locations
ALTER TABLE driver_locations ADD CONSTRAINT driver_locations_accuracy_m_not_negative CHECK ((accuracy_m >= (0)::double precision));

-- constraint driver_locations_heading_degrees_range on driver_locations
ALTER TABLE driver_locations ADD CONSTRAINT driver_locations_heading_degrees_range CHECK (((heading_degrees >= (0)::double precision) AND (heading_degrees <= (360)::double precision)));

-- constraint driver_locations_latitude_range on driver_locations
ALTER TABLE driver_locations ADD CONSTRAINT driver_locations_latitude_range CHECK (((latitude >= ('-90'::integer)::numeric) AND (latitude <= (90)::numeric)));

-- constraint driver_locations_longitude_range on driver_locations
ALTER TABLE driver_locations ADD CONSTRAINT driver_locations_longitude_range CHECK (((longitude >= ('-180'::integer)::numeric) AND (longitude <= (180)::numeric)));

-- constraint driver_locations_speed_mps_not_negative on driver_locations
ALTER TABLE driver_locations ADD CONSTRAINT driver_locations_speed_mps_not_negative CHECK ((speed_mps >= (0)::double precision));

-- constraint driver_locations_user_id_fk on driver_locations
ALTER TABLE driver_locations ADD CONSTRAINT driver_locations_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

-- constraint driver_locations_user_id_pk on driver_locations
ALTER TABLE driver_locations ADD CONSTRAINT driver_locations_user_id_pk PRIMARY KEY (user_id);

-- constraint exchange_jobs_asked_by_fk on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_asked_by_fk FOREIGN KEY (asked_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint exchange_jobs_chunks_done_not_negative on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_chunks_done_not_negative CHECK ((chunks_done >= 0));

-- constraint exchange_jobs_direction_known on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_direction_known CHECK ((direction = ANY (ARRAY['import'::text, 'export'::text])));

-- constraint exchange_jobs_entity_known on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_entity_known CHECK ((entity = ANY (ARRAY['fleet'::text, 'cabinet_types'::text, 'device_types'::text, 'locations'::text, 'routes'::text, 'products'::text, 'devices'::text, 'planograms'::text, 'sales'::text, 'stock_counts'::text])));

-- constraint exchange_jobs_error_length on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_error_length CHECK ((length(error) <= 1000));

-- constraint exchange_jobs_failed_says_why on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_failed_says_why CHECK (((error IS NOT NULL) = (status = 'failed'::text)));

-- constraint exchange_jobs_file_bytes_positive on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_file_bytes_positive CHECK ((file_bytes > 0));

-- constraint exchange_jobs_file_key_length on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_file_key_length CHECK (((length(file_key) >= 1) AND (length(file_key) <= 500)));

-- constraint exchange_jobs_file_sha256_format on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_file_sha256_format CHECK ((file_sha256 ~ '^[0-9a-f]{64}$'::text));

-- constraint exchange_jobs_finished_when_over on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_finished_when_over CHECK (((finished_at IS NOT NULL) = (status = ANY (ARRAY['done'::text, 'failed'::text]))));

-- constraint exchange_jobs_form_known on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_form_known CHECK ((form = ANY (ARRAY['csv'::text, 'jsonl'::text, 'zip'::text])));

-- constraint exchange_jobs_id_pk on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_id_pk PRIMARY KEY (id);

-- constraint exchange_jobs_rows_created_not_negative on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_rows_created_not_negative CHECK ((rows_created >= 0));

-- constraint exchange_jobs_rows_refused_not_negative on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_rows_refused_not_negative CHECK ((rows_refused >= 0));

-- constraint exchange_jobs_rows_total_not_negative on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_rows_total_not_negative CHECK ((rows_total >= 0));

-- constraint exchange_jobs_rows_unchanged_not_negative on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_rows_unchanged_not_negative CHECK ((rows_unchanged >= 0));

-- constraint exchange_jobs_rows_updated_not_negative on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_rows_updated_not_negative CHECK ((rows_updated >= 0));

-- constraint exchange_jobs_status_known on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_status_known CHECK ((status = ANY (ARRAY['waiting'::text, 'queued'::text, 'running'::text, 'done'::text, 'failed'::text])));

-- constraint exchange_jobs_zip_holds_fleet on exchange_jobs
ALTER TABLE exchange_jobs ADD CONSTRAINT exchange_jobs_zip_holds_fleet CHECK (((direction = 'export'::text) OR ((form = 'zip'::text) = (entity = 'fleet'::text))));

-- constraint exchange_refusals_field_length on exchange_refusals
ALTER TABLE exchange_refusals ADD CONSTRAINT exchange_refusals_field_length CHECK ((length(field) <= 200));

-- constraint exchange_refusals_job_id_fk on exchange_refusals
ALTER TABLE exchange_refusals ADD CONSTRAINT exchange_refusals_job_id_fk FOREIGN KEY (job_id) REFERENCES exchange_jobs(id) ON DELETE CASCADE;

-- constraint exchange_refusals_pk on exchange_refusals
ALTER TABLE exchange_refusals ADD CONSTRAINT exchange_refusals_pk PRIMARY KEY (job_id, entity, row_no);

-- constraint exchange_refusals_problem_length on exchange_refusals
ALTER TABLE exchange_refusals ADD CONSTRAINT exchange_refusals_problem_length CHECK (((length(problem) >= 1) AND (length(problem) <= 500)));

-- constraint exchange_refusals_row_no_positive on exchange_refusals
ALTER TABLE exchange_refusals ADD CONSTRAINT exchange_refusals_row_no_positive CHECK ((row_no > 0));

-- constraint idempotency_keys_key_length on idempotency_keys
ALTER TABLE idempotency_keys ADD CONSTRAINT idempotency_keys_key_length CHECK (((length(key) >= 1) AND (length(key) <= 200)));

-- constraint idempotency_keys_pk on idempotency_keys
ALTER TABLE idempotency_keys ADD CONSTRAINT idempotency_keys_pk PRIMARY KEY (user_id, key);

-- constraint idempotency_keys_request_hash_length on idempotency_keys
ALTER TABLE idempotency_keys ADD CONSTRAINT idempotency_keys_request_hash_length CHECK ((octet_length(request_hash) = 32));

-- constraint idempotency_keys_response_status_range on idempotency_keys
ALTER TABLE idempotency_keys ADD CONSTRAINT idempotency_keys_response_status_range CHECK (((response_status >= 100) AND (response_status <= 599)));

-- constraint idempotency_keys_user_id_fk on idempotency_keys
ALTER TABLE idempotency_keys ADD CONSTRAINT idempotency_keys_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

-- constraint import_issues_id_pk on import_issues
ALTER TABLE import_issues ADD CONSTRAINT import_issues_id_pk PRIMARY KEY (id);

-- constraint import_issues_run_id_fk on import_issues
ALTER TABLE import_issues ADD CONSTRAINT import_issues_run_id_fk FOREIGN KEY (run_id) REFERENCES import_runs(id) ON DELETE CASCADE;

-- constraint import_issues_severity_known on import_issues
ALTER TABLE import_issues ADD CONSTRAINT import_issues_severity_known CHECK ((severity = ANY (ARRAY['error'::text, 'warning'::text, 'info'::text])));

-- constraint import_runs_finished_after_started on import_runs
ALTER TABLE import_runs ADD CONSTRAINT import_runs_finished_after_started CHECK ((finished_at >= started_at));

-- constraint import_runs_generation_positive on import_runs
ALTER TABLE import_runs ADD CONSTRAINT import_runs_generation_positive CHECK ((generation > 0));

-- constraint import_runs_id_pk on import_runs
ALTER TABLE import_runs ADD CONSTRAINT import_runs_id_pk PRIMARY KEY (id);

-- constraint import_runs_sha256_length on import_runs
ALTER TABLE import_runs ADD CONSTRAINT import_runs_sha256_length CHECK ((octet_length(sha256) = 32));

-- constraint inbound_deliveries_adapter_length on inbound_deliveries
ALTER TABLE inbound_deliveries ADD CONSTRAINT inbound_deliveries_adapter_length CHECK (((length(adapter) >= 1) AND (length(adapter) <= 40)));

-- constraint inbound_deliveries_attempts_not_negative on inbound_deliveries
ALTER TABLE inbound_deliveries ADD CONSTRAINT inbound_deliveries_attempts_not_negative CHECK ((attempts >= 0));

-- constraint inbound_deliveries_error_length on inbound_deliveries
ALTER TABLE inbound_deliveries ADD CONSTRAINT inbound_deliveries_error_length CHECK ((length(error) <= 500));

-- constraint inbound_deliveries_id_pk on inbound_deliveries
ALTER TABLE inbound_deliveries ADD CONSTRAINT inbound_deliveries_id_pk PRIMARY KEY (id);

-- constraint inbound_deliveries_message_id_length on inbound_deliveries
ALTER TABLE inbound_deliveries ADD CONSTRAINT inbound_deliveries_message_id_length CHECK (((length(message_id) >= 1) AND (length(message_id) <= 200)));

-- constraint inbound_deliveries_message_unique on inbound_deliveries
ALTER TABLE inbound_deliveries ADD CONSTRAINT inbound_deliveries_message_unique UNIQUE (partner, message_id);

-- constraint inbound_deliveries_partner_length on inbound_deliveries
ALTER TABLE inbound_deliveries ADD CONSTRAINT inbound_deliveries_partner_length CHECK (((length(partner) >= 1) AND (length(partner) <= 40)));

-- constraint inbound_deliveries_sha256_length on inbound_deliveries
ALTER TABLE inbound_deliveries ADD CONSTRAINT inbound_deliveries_sha256_length CHECK ((octet_length(sha256) = 32));

-- constraint inbound_deliveries_size_bytes_not_negative on inbound_deliveries
ALTER TABLE inbound_deliveries ADD CONSTRAINT inbound_deliveries_size_bytes_not_negative CHECK ((size_bytes >= 0));

-- constraint inbound_deliveries_unpacked_or_wrong on inbound_deliveries
ALTER TABLE inbound_deliveries ADD CONSTRAINT inbound_deliveries_unpacked_or_wrong CHECK (((unpacked_at IS NULL) OR (error IS NULL)));

-- constraint inbound_partners_adapter_length on inbound_partners
ALTER TABLE inbound_partners ADD CONSTRAINT inbound_partners_adapter_length CHECK (((length(adapter) >= 1) AND (length(adapter) <= 40)));

-- constraint inbound_partners_created_by_fk on inbound_partners
ALTER TABLE inbound_partners ADD CONSTRAINT inbound_partners_created_by_fk FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint inbound_partners_id_pk on inbound_partners
ALTER TABLE inbound_partners ADD CONSTRAINT inbound_partners_id_pk PRIMARY KEY (id);

-- constraint inbound_partners_name_format on inbound_partners
ALTER TABLE inbound_partners ADD CONSTRAINT inbound_partners_name_format CHECK ((name ~ '^[a-z0-9][a-z0-9-]{0,39}$'::text));

-- constraint inbound_partners_name_unique on inbound_partners
ALTER TABLE inbound_partners ADD CONSTRAINT inbound_partners_name_unique UNIQUE (name);

-- constraint inbound_partners_old_secret_until_when on inbound_partners
ALTER TABLE inbound_partners ADD CONSTRAINT inbound_partners_old_secret_until_when CHECK (((old_secret_sealed IS NULL) = (old_secret_until IS NULL)));

-- constraint inventory_movements_actor_id_fk on inventory_movements
ALTER TABLE inventory_movements ADD CONSTRAINT inventory_movements_actor_id_fk FOREIGN KEY (actor_id) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint inventory_movements_delta_not_zero on inventory_movements
ALTER TABLE inventory_movements ADD CONSTRAINT inventory_movements_delta_not_zero CHECK ((delta <> 0));

-- constraint inventory_movements_dex_read_id_fk on inventory_movements
ALTER TABLE inventory_movements ADD CONSTRAINT inventory_movements_dex_read_id_fk FOREIGN KEY (dex_read_id) REFERENCES dex_reads(id) ON DELETE RESTRICT;

-- constraint inventory_movements_id_pk on inventory_movements
ALTER TABLE inventory_movements ADD CONSTRAINT inventory_movements_id_pk PRIMARY KEY (id);

-- constraint inventory_movements_kind_known on inventory_movements
ALTER TABLE inventory_movements ADD CONSTRAINT inventory_movements_kind_known CHECK ((kind = ANY (ARRAY['restock'::text, 'sale'::text, 'test_vend'::text, 'free_vend'::text, 'count_adjustment'::text, 'planogram_change'::text, 'rollback'::text, 'import'::text])));

-- constraint inventory_movements_product_id_fk on inventory_movements
ALTER TABLE inventory_movements ADD CONSTRAINT inventory_movements_product_id_fk FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE RESTRICT;

-- constraint inventory_movements_quantity_after_not_negative on inventory_movements
ALTER TABLE inventory_movements ADD CONSTRAINT inventory_movements_quantity_after_not_negative CHECK ((quantity_after >= 0));

-- constraint inventory_movements_sale_both_or_neither on inventory_movements
ALTER TABLE inventory_movements ADD CONSTRAINT inventory_movements_sale_both_or_neither CHECK (((sale_id IS NULL) = (sale_sold_at IS NULL)));

-- constraint inventory_movements_slot_id_fk on inventory_movements
ALTER TABLE inventory_movements ADD CONSTRAINT inventory_movements_slot_id_fk FOREIGN KEY (slot_id) REFERENCES planogram_slots(id) ON DELETE RESTRICT;

-- constraint inventory_movements_visit_item_id_fk on inventory_movements
ALTER TABLE inventory_movements ADD CONSTRAINT inventory_movements_visit_item_id_fk FOREIGN KEY (visit_item_id) REFERENCES service_visit_items(id) ON DELETE RESTRICT;

-- constraint ip_blocks_created_by_fk on ip_blocks
ALTER TABLE ip_blocks ADD CONSTRAINT ip_blocks_created_by_fk FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE SET NULL;

-- constraint ip_blocks_expires_after_blocked on ip_blocks
ALTER TABLE ip_blocks ADD CONSTRAINT ip_blocks_expires_after_blocked CHECK ((expires_at > blocked_at));

-- constraint ip_blocks_id_pk on ip_blocks
ALTER TABLE ip_blocks ADD CONSTRAINT ip_blocks_id_pk PRIMARY KEY (id);

-- constraint ip_blocks_lifted_by_fk on ip_blocks
ALTER TABLE ip_blocks ADD CONSTRAINT ip_blocks_lifted_by_fk FOREIGN KEY (lifted_by) REFERENCES users(id) ON DELETE SET NULL;

-- constraint ip_blocks_lifted_by_with_lifted_at on ip_blocks
ALTER TABLE ip_blocks ADD CONSTRAINT ip_blocks_lifted_by_with_lifted_at CHECK (((lifted_by IS NULL) OR (lifted_at IS NOT NULL)));

-- constraint job_runs_finished_when_not_running on job_runs
ALTER TABLE job_runs ADD CONSTRAINT job_runs_finished_when_not_running CHECK (((status = 'running'::text) = (finished_at IS NULL)));

-- constraint job_runs_id_pk on job_runs
ALTER TABLE job_runs ADD CONSTRAINT job_runs_id_pk PRIMARY KEY (id);

-- constraint job_runs_job_length on job_runs
ALTER TABLE job_runs ADD CONSTRAINT job_runs_job_length CHECK (((length(job) >= 1) AND (length(job) <= 120)));

-- constraint job_runs_status_known on job_runs
ALTER TABLE job_runs ADD CONSTRAINT job_runs_status_known CHECK ((status = ANY (ARRAY['running'::text, 'succeeded'::text, 'failed'::text])));

-- constraint kb_articles_category_fk on kb_articles
ALTER TABLE kb_articles ADD CONSTRAINT kb_articles_category_fk FOREIGN KEY (category) REFERENCES kb_categories(name) ON UPDATE CASCADE ON DELETE RESTRICT;

-- constraint kb_articles_difficulty_known on kb_articles
ALTER TABLE kb_articles ADD CONSTRAINT kb_articles_difficulty_known CHECK ((difficulty = ANY (ARRAY['Beginner'::text, 'Intermediate'::text, 'Advanced'::text])));

-- constraint kb_articles_id_format on kb_articles
ALTER TABLE kb_articles ADD CONSTRAINT kb_articles_id_format CHECK ((id ~ '^[A-Za-z0-9][A-Za-z0-9_.-]{0,119}$'::text));

-- constraint kb_articles_id_pk on kb_articles
ALTER TABLE kb_articles ADD CONSTRAINT kb_articles_id_pk PRIMARY KEY (id);

-- constraint kb_articles_read_time_minutes_positive on kb_articles
ALTER TABLE kb_articles ADD CONSTRAINT kb_articles_read_time_minutes_positive CHECK ((read_time_minutes > 0));

-- constraint kb_articles_title_length on kb_articles
ALTER TABLE kb_articles ADD CONSTRAINT kb_articles_title_length CHECK (((length(title) >= 1) AND (length(title) <= 200)));

-- constraint kb_articles_word_count_not_negative on kb_articles
ALTER TABLE kb_articles ADD CONSTRAINT kb_articles_word_count_not_negative CHECK ((word_count >= 0));

-- constraint kb_categories_name_length on kb_categories
ALTER TABLE kb_categories ADD CONSTRAINT kb_categories_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80)));

-- constraint kb_categories_name_pk on kb_categories
ALTER TABLE kb_categories ADD CONSTRAINT kb_categories_name_pk PRIMARY KEY (name);

-- constraint kb_feedback_article_id_fk on kb_feedback
ALTER TABLE kb_feedback ADD CONSTRAINT kb_feedback_article_id_fk FOREIGN KEY (article_id) REFERENCES kb_articles(id) ON DELETE CASCADE;

-- constraint kb_feedback_comment_length on kb_feedback
ALTER TABLE kb_feedback ADD CONSTRAINT kb_feedback_comment_length CHECK ((length(comment) <= 2000));

-- constraint kb_feedback_id_pk on kb_feedback
ALTER TABLE kb_feedback ADD CONSTRAINT kb_feedback_id_pk PRIMARY KEY (id);

-- constraint kb_feedback_kind_length on kb_feedback
ALTER TABLE kb_feedback ADD CONSTRAINT kb_feedback_kind_length CHECK (((length(kind) >= 1) AND (length(kind) <= 40)));

-- constraint kb_feedback_kind_unique on kb_feedback
ALTER TABLE kb_feedback ADD CONSTRAINT kb_feedback_kind_unique UNIQUE (article_id, user_id, kind);

-- constraint kb_feedback_user_id_fk on kb_feedback
ALTER TABLE kb_feedback ADD CONSTRAINT kb_feedback_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

-- constraint live_vends_cents_not_negative on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_cents_not_negative CHECK ((cents >= 0));

-- constraint live_vends_device_id_fk on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE RESTRICT;

-- constraint live_vends_event_id_length on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_event_id_length CHECK (((length(event_id) >= 1) AND (length(event_id) <= 200)));

-- constraint live_vends_event_id_unique on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_event_id_unique UNIQUE (sender, event_id);

-- constraint live_vends_file_id_fk on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_file_id_fk FOREIGN KEY (file_id) REFERENCES dex_files(id) ON DELETE RESTRICT;

-- constraint live_vends_id_pk on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_id_pk PRIMARY KEY (id);

-- constraint live_vends_payment_kind_known on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_payment_kind_known CHECK ((payment_kind = ANY (ARRAY['cash'::text, 'cashless'::text, 'other'::text])));

-- constraint live_vends_read_id_fk on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_read_id_fk FOREIGN KEY (read_id) REFERENCES dex_reads(id) ON DELETE SET NULL;

-- constraint live_vends_sale_whole on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_sale_whole CHECK (((sale_id IS NULL) = (sale_sold_at IS NULL)));

-- constraint live_vends_selection_length on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_selection_length CHECK (((length(selection) >= 1) AND (length(selection) <= 10)));

-- constraint live_vends_sender_length on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_sender_length CHECK (((length(sender) >= 1) AND (length(sender) <= 60)));

-- constraint live_vends_status_known on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_status_known CHECK ((status = ANY (ARRAY['provisional'::text, 'confirmed'::text, 'kept'::text, 'superseded'::text])));

-- constraint live_vends_times_stated_not_negative on live_vends
ALTER TABLE live_vends ADD CONSTRAINT live_vends_times_stated_not_negative CHECK ((times_stated >= 0));

-- constraint locations_address_length on locations
ALTER TABLE locations ADD CONSTRAINT locations_address_length CHECK ((length(address) <= 500));

-- constraint locations_coordinates_both_or_neither on locations
ALTER TABLE locations ADD CONSTRAINT locations_coordinates_both_or_neither CHECK (((latitude IS NULL) = (longitude IS NULL)));

-- constraint locations_default_not_deleted on locations
ALTER TABLE locations ADD CONSTRAINT locations_default_not_deleted CHECK (((NOT is_default) OR (deleted_at IS NULL)));

-- constraint locations_deleted_by_fk on locations
ALTER TABLE locations ADD CONSTRAINT locations_deleted_by_fk FOREIGN KEY (deleted_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint locations_deleted_by_with_deleted_at on locations
ALTER TABLE locations ADD CONSTRAINT locations_deleted_by_with_deleted_at CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL)));

-- constraint locations_geocode_status_known on locations
ALTER TABLE locations ADD CONSTRAINT locations_geocode_status_known CHECK ((geocode_status = ANY (ARRAY['none'::text, 'pending'::text, 'ok'::text, 'failed'::text, 'manual'::text])));

-- constraint locations_id_pk on locations
ALTER TABLE locations ADD CONSTRAINT locations_id_pk PRIMARY KEY (id);

-- constraint locations_latitude_range on locations
ALTER TABLE locations ADD CONSTRAINT locations_latitude_range CHECK (((latitude >= ('-90'::integer)::numeric) AND (latitude <= (90)::numeric)));

-- constraint locations_longitude_range on locations
ALTER TABLE locations ADD CONSTRAINT locations_longitude_range CHECK (((longitude >= ('-180'::integer)::numeric) AND (longitude <= (180)::numeric)));

-- constraint locations_name_length on locations
ALTER TABLE locations ADD CONSTRAINT locations_name_length CHECK (((length(name) >= 1) AND (length(name) <= 120)));

-- constraint locations_version_positive on locations
ALTER TABLE locations ADD CONSTRAINT locations_version_positive CHECK ((version > 0));

-- constraint login_attempts_id_pk on login_attempts
ALTER TABLE login_attempts ADD CONSTRAINT login_attempts_id_pk PRIMARY KEY (id);

-- constraint login_attempts_outcome_known on login_attempts
ALTER TABLE login_attempts ADD CONSTRAINT login_attempts_outcome_known CHECK ((outcome = ANY (ARRAY['success'::text, 'bad_password'::text, 'unknown_user'::text, 'inactive'::text, 'locked'::text, 'ip_blocked'::text])));

-- constraint login_attempts_user_agent_length on login_attempts
ALTER TABLE login_attempts ADD CONSTRAINT login_attempts_user_agent_length CHECK ((length(user_agent) <= 512));

-- constraint login_attempts_user_id_fk on login_attempts
ALTER TABLE login_attempts ADD CONSTRAINT login_attempts_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE SET NULL;

-- constraint machine_events_code_length on machine_events
ALTER TABLE machine_events ADD CONSTRAINT machine_events_code_length CHECK (((length(code) >= 1) AND (length(code) <= 40)));

-- constraint machine_events_device_id_fk on machine_events
ALTER TABLE machine_events ADD CONSTRAINT machine_events_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE RESTRICT;

-- constraint machine_events_event_id_length on machine_events
ALTER TABLE machine_events ADD CONSTRAINT machine_events_event_id_length CHECK (((length(event_id) >= 1) AND (length(event_id) <= 200)));

-- constraint machine_events_event_id_unique on machine_events
ALTER TABLE machine_events ADD CONSTRAINT machine_events_event_id_unique UNIQUE (sender, event_id);

-- constraint machine_events_file_id_fk on machine_events
ALTER TABLE machine_events ADD CONSTRAINT machine_events_file_id_fk FOREIGN KEY (file_id) REFERENCES dex_files(id) ON DELETE RESTRICT;

-- constraint machine_events_id_pk on machine_events
ALTER TABLE machine_events ADD CONSTRAINT machine_events_id_pk PRIMARY KEY (id);

-- constraint machine_events_read_id_fk on machine_events
ALTER TABLE machine_events ADD CONSTRAINT machine_events_read_id_fk FOREIGN KEY (read_id) REFERENCES dex_reads(id) ON DELETE CASCADE;

-- constraint machine_events_sender_length on machine_events
ALTER TABLE machine_events ADD CONSTRAINT machine_events_sender_length CHECK (((length(sender) >= 1) AND (length(sender) <= 300)));

-- constraint machine_events_source_known on machine_events
ALTER TABLE machine_events ADD CONSTRAINT machine_events_source_known CHECK ((source = ANY (ARRAY['feed'::text, 'read'::text])));

-- constraint machine_events_where_from on machine_events
ALTER TABLE machine_events ADD CONSTRAINT machine_events_where_from CHECK ((((source = 'feed'::text) = (file_id IS NOT NULL)) AND ((source = 'read'::text) = (read_id IS NOT NULL))));

-- constraint outbox_attempts_not_negative on outbox
ALTER TABLE outbox ADD CONSTRAINT outbox_attempts_not_negative CHECK ((attempts >= 0));

-- constraint outbox_event_id_unique on outbox
ALTER TABLE outbox ADD CONSTRAINT outbox_event_id_unique UNIQUE (event_id);

-- constraint outbox_id_pk on outbox
ALTER TABLE outbox ADD CONSTRAINT outbox_id_pk PRIMARY KEY (id);

-- constraint outbox_topic_length on outbox
ALTER TABLE outbox ADD CONSTRAINT outbox_topic_length CHECK (((length(topic) >= 1) AND (length(topic) <= 120)));

-- constraint outbox_streams_last_number_positive on outbox_streams
ALTER TABLE outbox_streams ADD CONSTRAINT outbox_streams_last_number_positive CHECK ((last_number > 0));

-- constraint outbox_streams_stream_length on outbox_streams
ALTER TABLE outbox_streams ADD CONSTRAINT outbox_streams_stream_length CHECK (((length(stream) >= 1) AND (length(stream) <= 200)));

-- constraint outbox_streams_stream_pk on outbox_streams
ALTER TABLE outbox_streams ADD CONSTRAINT outbox_streams_stream_pk PRIMARY KEY (stream);

-- constraint planogram_slot_changes_actor_id_fk on planogram_slot_changes
ALTER TABLE planogram_slot_changes ADD CONSTRAINT planogram_slot_changes_actor_id_fk FOREIGN KEY (actor_id) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint planogram_slot_changes_id_pk on planogram_slot_changes
ALTER TABLE planogram_slot_changes ADD CONSTRAINT planogram_slot_changes_id_pk PRIMARY KEY (id);

-- constraint planogram_slot_changes_new_product_id_fk on planogram_slot_changes
ALTER TABLE planogram_slot_changes ADD CONSTRAINT planogram_slot_changes_new_product_id_fk FOREIGN KEY (new_product_id) REFERENCES products(id) ON DELETE RESTRICT;

-- constraint planogram_slot_changes_old_product_id_fk on planogram_slot_changes
ALTER TABLE planogram_slot_changes ADD CONSTRAINT planogram_slot_changes_old_product_id_fk FOREIGN KEY (old_product_id) REFERENCES products(id) ON DELETE RESTRICT;

-- constraint planogram_slot_changes_reason_known on planogram_slot_changes
ALTER TABLE planogram_slot_changes ADD CONSTRAINT planogram_slot_changes_reason_known CHECK ((reason = ANY (ARRAY['edit'::text, 'clear'::text, 'optimizer'::text, 'import'::text, 'service'::text, 'rollback'::text, 'count'::text])));

-- constraint planogram_slot_changes_slot_id_fk on planogram_slot_changes
ALTER TABLE planogram_slot_changes ADD CONSTRAINT planogram_slot_changes_slot_id_fk FOREIGN KEY (slot_id) REFERENCES planogram_slots(id) ON DELETE CASCADE;

-- constraint planogram_slots_capacity_range on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_capacity_range CHECK (((capacity >= 0) AND (capacity <= 999)));

-- constraint planogram_slots_col_no_range on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_col_no_range CHECK (((col_no >= 1) AND (col_no <= 20)));

-- constraint planogram_slots_dex_selection_length on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_dex_selection_length CHECK (((length(dex_selection) >= 1) AND (length(dex_selection) <= 10)));

-- constraint planogram_slots_empty_holds_nothing on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_empty_holds_nothing CHECK (((product_id IS NOT NULL) OR ((quantity = 0) AND (par_level = 0) AND (price_cents IS NULL))));

-- constraint planogram_slots_id_pk on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_id_pk PRIMARY KEY (id);

-- constraint planogram_slots_occupied_has_capacity on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_occupied_has_capacity CHECK (((product_id IS NULL) OR (capacity > 0)));

-- constraint planogram_slots_par_level_not_negative on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_par_level_not_negative CHECK ((par_level >= 0));

-- constraint planogram_slots_par_level_within_capacity on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_par_level_within_capacity CHECK ((par_level <= capacity));

-- constraint planogram_slots_planogram_id_fk on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_planogram_id_fk FOREIGN KEY (planogram_id) REFERENCES planograms(id) ON DELETE CASCADE;

-- constraint planogram_slots_price_cents_not_negative on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_price_cents_not_negative CHECK ((price_cents >= 0));

-- constraint planogram_slots_product_id_fk on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_product_id_fk FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE RESTRICT;

-- constraint planogram_slots_quantity_not_negative on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_quantity_not_negative CHECK ((quantity >= 0));

-- constraint planogram_slots_quantity_within_capacity on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_quantity_within_capacity CHECK ((quantity <= capacity));

-- constraint planogram_slots_retired_is_empty on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_retired_is_empty CHECK (((retired_at IS NULL) OR (quantity = 0)));

-- constraint planogram_slots_row_no_range on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_row_no_range CHECK (((row_no >= 1) AND (row_no <= 20)));

-- constraint planogram_slots_version_positive on planogram_slots
ALTER TABLE planogram_slots ADD CONSTRAINT planogram_slots_version_positive CHECK ((version > 0));

-- constraint planograms_cabinet_id_fk on planograms
ALTER TABLE planograms ADD CONSTRAINT planograms_cabinet_id_fk FOREIGN KEY (cabinet_id) REFERENCES device_cabinets(id) ON DELETE CASCADE;

-- constraint planograms_cabinet_id_unique on planograms
ALTER TABLE planograms ADD CONSTRAINT planograms_cabinet_id_unique UNIQUE (cabinet_id);

-- constraint planograms_id_pk on planograms
ALTER TABLE planograms ADD CONSTRAINT planograms_id_pk PRIMARY KEY (id);

-- constraint planograms_updated_by_fk on planograms
ALTER TABLE planograms ADD CONSTRAINT planograms_updated_by_fk FOREIGN KEY (updated_by) REFERENCES users(id) ON DELETE SET NULL;

-- constraint planograms_version_positive on planograms
ALTER TABLE planograms ADD CONSTRAINT planograms_version_positive CHECK ((version > 0));

-- constraint product_categories_id_pk on product_categories
ALTER TABLE product_categories ADD CONSTRAINT product_categories_id_pk PRIMARY KEY (id);

-- constraint product_categories_name_length on product_categories
ALTER TABLE product_categories ADD CONSTRAINT product_categories_name_length CHECK (((length(name) >= 1) AND (length(name) <= 60)));

-- constraint products_category_id_fk on products
ALTER TABLE products ADD CONSTRAINT products_category_id_fk FOREIGN KEY (category_id) REFERENCES product_categories(id) ON DELETE RESTRICT;

-- constraint products_cost_cents_not_negative on products
ALTER TABLE products ADD CONSTRAINT products_cost_cents_not_negative CHECK ((cost_cents >= 0));

-- constraint products_deleted_by_fk on products
ALTER TABLE products ADD CONSTRAINT products_deleted_by_fk FOREIGN KEY (deleted_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint products_deleted_by_with_deleted_at on products
ALTER TABLE products ADD CONSTRAINT products_deleted_by_with_deleted_at CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL)));

-- constraint products_id_not_empty_slot on products
ALTER TABLE products ADD CONSTRAINT products_id_not_empty_slot CHECK ((id <> 1));

-- constraint products_id_pk on products
ALTER TABLE products ADD CONSTRAINT products_id_pk PRIMARY KEY (id);

-- constraint products_image_url_https on products
ALTER TABLE products ADD CONSTRAINT products_image_url_https CHECK (((image_url ~ '^https://'::text) AND (length(image_url) <= 2000)));

-- constraint products_name_length on products
ALTER TABLE products ADD CONSTRAINT products_name_length CHECK (((length(name) >= 1) AND (length(name) <= 120)));

-- constraint products_price_cents_range on products
ALTER TABLE products ADD CONSTRAINT products_price_cents_range CHECK (((price_cents >= 0) AND (price_cents <= 1000000)));

-- constraint products_sku_length on products
ALTER TABLE products ADD CONSTRAINT products_sku_length CHECK (((length(sku) >= 1) AND (length(sku) <= 60)));

-- constraint products_version_positive on products
ALTER TABLE products ADD CONSTRAINT products_version_positive CHECK ((version > 0));

-- constraint push_subscriptions_endpoint_https on push_subscriptions
ALTER TABLE push_subscriptions ADD CONSTRAINT push_subscriptions_endpoint_https CHECK (((endpoint ~ '^https://'::text) AND (length(endpoint) <= 2000)));

-- constraint push_subscriptions_endpoint_unique on push_subscriptions
ALTER TABLE push_subscriptions ADD CONSTRAINT push_subscriptions_endpoint_unique UNIQUE (endpoint);

-- constraint push_subscriptions_id_pk on push_subscriptions
ALTER TABLE push_subscriptions ADD CONSTRAINT push_subscriptions_id_pk PRIMARY KEY (id);

-- constraint push_subscriptions_user_agent_length on push_subscriptions
ALTER TABLE push_subscriptions ADD CONSTRAINT push_subscriptions_user_agent_length CHECK ((length(user_agent) <= 512));

-- constraint push_subscriptions_user_id_fk on push_subscriptions
ALTER TABLE push_subscriptions ADD CONSTRAINT push_subscriptions_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

-- constraint rate_limits_hits_positive on rate_limits
ALTER TABLE rate_limits ADD CONSTRAINT rate_limits_hits_positive CHECK ((hits > 0));

-- constraint rate_limits_pk on rate_limits
ALTER TABLE rate_limits ADD CONSTRAINT rate_limits_pk PRIMARY KEY (scope, subject, window_start);

-- constraint route_driver_history_assigned_by_fk on route_driver_history
ALTER TABLE route_driver_history ADD CONSTRAINT route_driver_history_assigned_by_fk FOREIGN KEY (assigned_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint route_driver_history_driver_id_fk on route_driver_history
ALTER TABLE route_driver_history ADD CONSTRAINT route_driver_history_driver_id_fk FOREIGN KEY (driver_id) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint route_driver_history_id_pk on route_driver_history
ALTER TABLE route_driver_history ADD CONSTRAINT route_driver_history_id_pk PRIMARY KEY (id);

-- constraint route_driver_history_route_id_fk on route_driver_history
ALTER TABLE route_driver_history ADD CONSTRAINT route_driver_history_route_id_fk FOREIGN KEY (route_id) REFERENCES routes(id) ON DELETE CASCADE;

-- constraint route_driver_history_unassigned_after_assigned on route_driver_history
ALTER TABLE route_driver_history ADD CONSTRAINT route_driver_history_unassigned_after_assigned CHECK ((unassigned_at >= assigned_at));

-- constraint route_planning_settings_dri_days_order on route_planning_settings
ALTER TABLE route_planning_settings ADD CONSTRAINT route_planning_settings_dri_days_order CHECK (((0 <= critical_dri_days) AND (critical_dri_days < warning_dri_days) AND (warning_dri_days < ok_dri_days) AND (ok_dri_days <= 365)));

-- constraint route_planning_settings_id_pk on route_planning_settings
ALTER TABLE route_planning_settings ADD CONSTRAINT route_planning_settings_id_pk PRIMARY KEY (id);

-- constraint route_planning_settings_id_single on route_planning_settings
ALTER TABLE route_planning_settings ADD CONSTRAINT route_planning_settings_id_single CHECK ((id = 1));

-- constraint route_planning_settings_metrics_ttl_minutes_range on route_planning_settings
ALTER TABLE route_planning_settings ADD CONSTRAINT route_planning_settings_metrics_ttl_minutes_range CHECK (((metrics_ttl_minutes >= 1) AND (metrics_ttl_minutes <= 1440)));

-- constraint route_planning_settings_preview_horizon_days_range on route_planning_settings
ALTER TABLE route_planning_settings ADD CONSTRAINT route_planning_settings_preview_horizon_days_range CHECK (((preview_horizon_days >= 0) AND (preview_horizon_days <= 60)));

-- constraint routes_deleted_by_fk on routes
ALTER TABLE routes ADD CONSTRAINT routes_deleted_by_fk FOREIGN KEY (deleted_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint routes_deleted_by_with_deleted_at on routes
ALTER TABLE routes ADD CONSTRAINT routes_deleted_by_with_deleted_at CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL)));

-- constraint routes_driver_id_fk on routes
ALTER TABLE routes ADD CONSTRAINT routes_driver_id_fk FOREIGN KEY (driver_id) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint routes_id_pk on routes
ALTER TABLE routes ADD CONSTRAINT routes_id_pk PRIMARY KEY (id);

-- constraint routes_name_length on routes
ALTER TABLE routes ADD CONSTRAINT routes_name_length CHECK (((length(name) >= 1) AND (length(name) <= 80)));

-- constraint routes_route_number_positive on routes
ALTER TABLE routes ADD CONSTRAINT routes_route_number_positive CHECK ((route_number > 0));

-- constraint routes_version_positive on routes
ALTER TABLE routes ADD CONSTRAINT routes_version_positive CHECK ((version > 0));

-- constraint sale_corrections_changes_something on sale_corrections
ALTER TABLE sale_corrections ADD CONSTRAINT sale_corrections_changes_something CHECK (((units < 0) OR (revenue_cents < 0)));

-- constraint sale_corrections_corrected_by_fk on sale_corrections
ALTER TABLE sale_corrections ADD CONSTRAINT sale_corrections_corrected_by_fk FOREIGN KEY (corrected_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint sale_corrections_id_pk on sale_corrections
ALTER TABLE sale_corrections ADD CONSTRAINT sale_corrections_id_pk PRIMARY KEY (id);

-- constraint sale_corrections_reason_length on sale_corrections
ALTER TABLE sale_corrections ADD CONSTRAINT sale_corrections_reason_length CHECK (((length(reason) >= 1) AND (length(reason) <= 500)));

-- constraint sale_corrections_revenue_cents_not_positive on sale_corrections
ALTER TABLE sale_corrections ADD CONSTRAINT sale_corrections_revenue_cents_not_positive CHECK ((revenue_cents <= 0));

-- constraint sale_corrections_units_not_positive on sale_corrections
ALTER TABLE sale_corrections ADD CONSTRAINT sale_corrections_units_not_positive CHECK ((units <= 0));

-- constraint sale_keys_import_key_pk on sale_keys
ALTER TABLE sale_keys ADD CONSTRAINT sale_keys_import_key_pk PRIMARY KEY (import_key);

-- constraint sales_device_id_fk on sales
ALTER TABLE sales ADD CONSTRAINT sales_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE RESTRICT;

-- constraint sales_dex_read_id_fk on sales
ALTER TABLE sales ADD CONSTRAINT sales_dex_read_id_fk FOREIGN KEY (dex_read_id) REFERENCES dex_reads(id) ON DELETE RESTRICT;

-- constraint sales_id_sold_at_pk on sales
ALTER TABLE sales ADD CONSTRAINT sales_id_sold_at_pk PRIMARY KEY (id, sold_at);

-- constraint sales_import_key_length on sales
ALTER TABLE sales ADD CONSTRAINT sales_import_key_length CHECK (((length(import_key) >= 1) AND (length(import_key) <= 200)));

-- constraint sales_payment_kind_known on sales
ALTER TABLE sales ADD CONSTRAINT sales_payment_kind_known CHECK ((payment_kind = ANY (ARRAY['cash'::text, 'cashless'::text, 'other'::text])));

-- constraint sales_period_start_before_sold_at on sales
ALTER TABLE sales ADD CONSTRAINT sales_period_start_before_sold_at CHECK ((period_start <= sold_at));

-- constraint sales_product_id_fk on sales
ALTER TABLE sales ADD CONSTRAINT sales_product_id_fk FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE RESTRICT;

-- constraint sales_revenue_cents_not_negative on sales
ALTER TABLE sales ADD CONSTRAINT sales_revenue_cents_not_negative CHECK ((revenue_cents >= 0));

-- constraint sales_slot_id_fk on sales
ALTER TABLE sales ADD CONSTRAINT sales_slot_id_fk FOREIGN KEY (slot_id) REFERENCES planogram_slots(id) ON DELETE SET NULL;

-- constraint sales_source_known on sales
ALTER TABLE sales ADD CONSTRAINT sales_source_known CHECK ((source = ANY (ARRAY['manual'::text, 'dex'::text, 'live'::text, 'import'::text, 'demo'::text])));

-- constraint sales_units_positive on sales
ALTER TABLE sales ADD CONSTRAINT sales_units_positive CHECK ((units > 0));

-- constraint sales_archives_file_key_length on sales_archives
ALTER TABLE sales_archives ADD CONSTRAINT sales_archives_file_key_length CHECK (((length(file_key) >= 1) AND (length(file_key) <= 500)));

-- constraint sales_archives_ids_not_empty on sales_archives
ALTER TABLE sales_archives ADD CONSTRAINT sales_archives_ids_not_empty CHECK ((NOT isempty(ids)));

-- constraint sales_archives_month_begins on sales_archives
ALTER TABLE sales_archives ADD CONSTRAINT sales_archives_month_begins CHECK ((EXTRACT(day FROM month) = (1)::numeric));

-- constraint sales_archives_month_part_pk on sales_archives
ALTER TABLE sales_archives ADD CONSTRAINT sales_archives_month_part_pk PRIMARY KEY (month, part);

-- constraint sales_archives_part_positive on sales_archives
ALTER TABLE sales_archives ADD CONSTRAINT sales_archives_part_positive CHECK ((part > 0));

-- constraint sales_archives_restored_after_archived on sales_archives
ALTER TABLE sales_archives ADD CONSTRAINT sales_archives_restored_after_archived CHECK ((restored_at >= archived_at));

-- constraint sales_archives_revenue_cents_not_negative on sales_archives
ALTER TABLE sales_archives ADD CONSTRAINT sales_archives_revenue_cents_not_negative CHECK ((revenue_cents >= 0));

-- constraint sales_archives_sales_positive on sales_archives
ALTER TABLE sales_archives ADD CONSTRAINT sales_archives_sales_positive CHECK ((sales > 0));

-- constraint sales_archives_sha256_length on sales_archives
ALTER TABLE sales_archives ADD CONSTRAINT sales_archives_sha256_length CHECK ((octet_length(sha256) = 32));

-- constraint sales_archives_size_bytes_positive on sales_archives
ALTER TABLE sales_archives ADD CONSTRAINT sales_archives_size_bytes_positive CHECK ((size_bytes > 0));

-- constraint sales_archives_units_positive on sales_archives
ALTER TABLE sales_archives ADD CONSTRAINT sales_archives_units_positive CHECK ((units > 0));

-- constraint sales_daily_device_id_fk on sales_daily
ALTER TABLE sales_daily ADD CONSTRAINT sales_daily_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE RESTRICT;

-- constraint sales_daily_pk on sales_daily
ALTER TABLE sales_daily ADD CONSTRAINT sales_daily_pk PRIMARY KEY (device_id, product_id, day);

-- constraint sales_daily_product_id_fk on sales_daily
ALTER TABLE sales_daily ADD CONSTRAINT sales_daily_product_id_fk FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE RESTRICT;

-- constraint sales_daily_transactions_not_negative on sales_daily
ALTER TABLE sales_daily ADD CONSTRAINT sales_daily_transactions_not_negative CHECK ((transactions >= 0));

-- constraint sales_of_days_pk on sales_of_days
ALTER TABLE sales_of_days ADD CONSTRAINT sales_of_days_pk PRIMARY KEY (day);

-- constraint sales_of_devices_device_id_fk on sales_of_devices
ALTER TABLE sales_of_devices ADD CONSTRAINT sales_of_devices_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE RESTRICT;

-- constraint sales_of_devices_pk on sales_of_devices
ALTER TABLE sales_of_devices ADD CONSTRAINT sales_of_devices_pk PRIMARY KEY (span, starts_on, device_id);

-- constraint sales_of_devices_span_known on sales_of_devices
ALTER TABLE sales_of_devices ADD CONSTRAINT sales_of_devices_span_known CHECK ((span = ANY (ARRAY['day'::text, 'week'::text, 'ever'::text])));

-- constraint sales_of_products_pk on sales_of_products
ALTER TABLE sales_of_products ADD CONSTRAINT sales_of_products_pk PRIMARY KEY (day, product_id);

-- constraint sales_of_products_product_id_fk on sales_of_products
ALTER TABLE sales_of_products ADD CONSTRAINT sales_of_products_product_id_fk FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE RESTRICT;

-- constraint security_alerts_acknowledged_by_fk on security_alerts
ALTER TABLE security_alerts ADD CONSTRAINT security_alerts_acknowledged_by_fk FOREIGN KEY (acknowledged_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint security_alerts_acknowledged_times on security_alerts
ALTER TABLE security_alerts ADD CONSTRAINT security_alerts_acknowledged_times CHECK (((status <> 'acknowledged'::text) OR (acknowledged_at IS NOT NULL)));

-- constraint security_alerts_alert_type_known on security_alerts
ALTER TABLE security_alerts ADD CONSTRAINT security_alerts_alert_type_known CHECK ((alert_type = ANY (ARRAY['brute_force'::text, 'concurrent_sessions'::text, 'rapid_navigation'::text, 'after_hours'::text, 'data_export'::text, 'privilege_escalation'::text, 'geographic_anomaly'::text, 'sensitive_data_access'::text, 'webhook_disabled'::text, 'machine_silent'::text])));

-- constraint security_alerts_id_pk on security_alerts
ALTER TABLE security_alerts ADD CONSTRAINT security_alerts_id_pk PRIMARY KEY (id);

-- constraint security_alerts_pending_times on security_alerts
ALTER TABLE security_alerts ADD CONSTRAINT security_alerts_pending_times CHECK (((status <> 'pending'::text) OR ((acknowledged_at IS NULL) AND (resolved_at IS NULL))));

-- constraint security_alerts_resolved_by_fk on security_alerts
ALTER TABLE security_alerts ADD CONSTRAINT security_alerts_resolved_by_fk FOREIGN KEY (resolved_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint security_alerts_resolved_times on security_alerts
ALTER TABLE security_alerts ADD CONSTRAINT security_alerts_resolved_times CHECK (((status <> 'resolved'::text) OR (resolved_at IS NOT NULL)));

-- constraint security_alerts_severity_known on security_alerts
ALTER TABLE security_alerts ADD CONSTRAINT security_alerts_severity_known CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'critical'::text])));

-- constraint security_alerts_status_known on security_alerts
ALTER TABLE security_alerts ADD CONSTRAINT security_alerts_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'acknowledged'::text, 'resolved'::text, 'dismissed'::text])));

-- constraint security_alerts_user_id_fk on security_alerts
ALTER TABLE security_alerts ADD CONSTRAINT security_alerts_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint service_order_cabinets_cabinet_id_fk on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_cabinet_id_fk FOREIGN KEY (cabinet_id) REFERENCES device_cabinets(id) ON DELETE RESTRICT;

-- constraint service_order_cabinets_cabinet_id_unique on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_cabinet_id_unique UNIQUE (service_order_id, cabinet_id);

-- constraint service_order_cabinets_completed_times on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_completed_times CHECK (((status <> 'completed'::text) OR ((executed_at IS NOT NULL) AND (executed_by IS NOT NULL))));

-- constraint service_order_cabinets_estimated_minutes_not_negative on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_estimated_minutes_not_negative CHECK ((estimated_minutes >= 0));

-- constraint service_order_cabinets_executed_by_fk on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_executed_by_fk FOREIGN KEY (executed_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint service_order_cabinets_id_pk on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_id_pk PRIMARY KEY (id);

-- constraint service_order_cabinets_in_progress_times on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_in_progress_times CHECK (((status <> 'in_progress'::text) OR ((started_at IS NOT NULL) AND (executed_at IS NULL))));

-- constraint service_order_cabinets_pending_times on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_pending_times CHECK (((status <> 'pending'::text) OR ((started_at IS NULL) AND (executed_at IS NULL) AND (executed_by IS NULL))));

-- constraint service_order_cabinets_sequence_no_positive on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_sequence_no_positive CHECK ((sequence_no > 0));

-- constraint service_order_cabinets_service_order_id_fk on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_service_order_id_fk FOREIGN KEY (service_order_id) REFERENCES service_orders(id) ON DELETE CASCADE;

-- constraint service_order_cabinets_skip_reason_length on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_skip_reason_length CHECK (((length(skip_reason) >= 1) AND (length(skip_reason) <= 500)));

-- constraint service_order_cabinets_skipped_has_reason on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_skipped_has_reason CHECK (((status = 'skipped'::text) = (skip_reason IS NOT NULL)));

-- constraint service_order_cabinets_status_known on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'in_progress'::text, 'completed'::text, 'skipped'::text])));

-- constraint service_order_cabinets_version_positive on service_order_cabinets
ALTER TABLE service_order_cabinets ADD CONSTRAINT service_order_cabinets_version_positive CHECK ((version > 0));

-- constraint service_order_items_id_pk on service_order_items
ALTER TABLE service_order_items ADD CONSTRAINT service_order_items_id_pk PRIMARY KEY (id);

-- constraint service_order_items_order_cabinet_id_fk on service_order_items
ALTER TABLE service_order_items ADD CONSTRAINT service_order_items_order_cabinet_id_fk FOREIGN KEY (order_cabinet_id) REFERENCES service_order_cabinets(id) ON DELETE CASCADE;

-- constraint service_order_items_product_id_fk on service_order_items
ALTER TABLE service_order_items ADD CONSTRAINT service_order_items_product_id_fk FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE RESTRICT;

-- constraint service_order_items_product_id_unique on service_order_items
ALTER TABLE service_order_items ADD CONSTRAINT service_order_items_product_id_unique UNIQUE (order_cabinet_id, product_id);

-- constraint service_order_items_quantity_filled_not_negative on service_order_items
ALTER TABLE service_order_items ADD CONSTRAINT service_order_items_quantity_filled_not_negative CHECK ((quantity_filled >= 0));

-- constraint service_order_items_quantity_needed_positive on service_order_items
ALTER TABLE service_order_items ADD CONSTRAINT service_order_items_quantity_needed_positive CHECK ((quantity_needed > 0));

-- constraint service_order_photos_client_photo_id_length on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_client_photo_id_length CHECK (((length(client_photo_id) >= 1) AND (length(client_photo_id) <= 200)));

-- constraint service_order_photos_client_photo_id_unique on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_client_photo_id_unique UNIQUE (service_order_id, client_photo_id);

-- constraint service_order_photos_content_type_known on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_content_type_known CHECK ((content_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text, 'image/heic'::text])));

-- constraint service_order_photos_coordinates_both_or_neither on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_coordinates_both_or_neither CHECK (((latitude IS NULL) = (longitude IS NULL)));

-- constraint service_order_photos_id_pk on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_id_pk PRIMARY KEY (id);

-- constraint service_order_photos_latitude_range on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_latitude_range CHECK (((latitude >= ('-90'::integer)::numeric) AND (latitude <= (90)::numeric)));

-- constraint service_order_photos_longitude_range on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_longitude_range CHECK (((longitude >= ('-180'::integer)::numeric) AND (longitude <= (180)::numeric)));

-- constraint service_order_photos_notes_length on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_notes_length CHECK ((length(notes) <= 1000));

-- constraint service_order_photos_order_cabinet_id_fk on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_order_cabinet_id_fk FOREIGN KEY (order_cabinet_id) REFERENCES service_order_cabinets(id) ON DELETE CASCADE;

-- constraint service_order_photos_photo_type_known on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_photo_type_known CHECK ((photo_type = ANY (ARRAY['before'::text, 'after'::text, 'delivery_proof'::text, 'issue'::text])));

-- constraint service_order_photos_redacted_by_fk on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_redacted_by_fk FOREIGN KEY (redacted_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint service_order_photos_redacted_by_with_redacted_at on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_redacted_by_with_redacted_at CHECK (((redacted_by IS NULL) OR (redacted_at IS NOT NULL)));

-- constraint service_order_photos_s3_key_unique on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_s3_key_unique UNIQUE (s3_key);

-- constraint service_order_photos_service_order_id_fk on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_service_order_id_fk FOREIGN KEY (service_order_id) REFERENCES service_orders(id) ON DELETE CASCADE;

-- constraint service_order_photos_sha256_length on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_sha256_length CHECK ((octet_length(sha256) = 32));

-- constraint service_order_photos_size_bytes_range on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_size_bytes_range CHECK (((size_bytes >= 1) AND (size_bytes <= 5242880)));

-- constraint service_order_photos_uploaded_by_fk on service_order_photos
ALTER TABLE service_order_photos ADD CONSTRAINT service_order_photos_uploaded_by_fk FOREIGN KEY (uploaded_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint service_order_transitions_actor_id_fk on service_order_transitions
ALTER TABLE service_order_transitions ADD CONSTRAINT service_order_transitions_actor_id_fk FOREIGN KEY (actor_id) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint service_order_transitions_from_status_known on service_order_transitions
ALTER TABLE service_order_transitions ADD CONSTRAINT service_order_transitions_from_status_known CHECK ((from_status = ANY (ARRAY['pending'::text, 'in_progress'::text, 'completed'::text, 'cancelled'::text, 'skipped'::text])));

-- constraint service_order_transitions_id_pk on service_order_transitions
ALTER TABLE service_order_transitions ADD CONSTRAINT service_order_transitions_id_pk PRIMARY KEY (id);

-- constraint service_order_transitions_moves on service_order_transitions
ALTER TABLE service_order_transitions ADD CONSTRAINT service_order_transitions_moves CHECK ((from_status IS DISTINCT FROM to_status));

-- constraint service_order_transitions_order_cabinet_id_fk on service_order_transitions
ALTER TABLE service_order_transitions ADD CONSTRAINT service_order_transitions_order_cabinet_id_fk FOREIGN KEY (order_cabinet_id) REFERENCES service_order_cabinets(id) ON DELETE RESTRICT;

-- constraint service_order_transitions_service_order_id_fk on service_order_transitions
ALTER TABLE service_order_transitions ADD CONSTRAINT service_order_transitions_service_order_id_fk FOREIGN KEY (service_order_id) REFERENCES service_orders(id) ON DELETE RESTRICT;

-- constraint service_order_transitions_to_status_known on service_order_transitions
ALTER TABLE service_order_transitions ADD CONSTRAINT service_order_transitions_to_status_known CHECK ((to_status = ANY (ARRAY['pending'::text, 'in_progress'::text, 'completed'::text, 'cancelled'::text, 'skipped'::text])));

-- constraint service_orders_cancel_reason_length on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_cancel_reason_length CHECK (((length(cancel_reason) >= 1) AND (length(cancel_reason) <= 500)));

-- constraint service_orders_cancelled_by_fk on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_cancelled_by_fk FOREIGN KEY (cancelled_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint service_orders_cancelled_times on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_cancelled_times CHECK (((status <> 'cancelled'::text) OR ((cancelled_at IS NOT NULL) AND (cancel_reason IS NOT NULL) AND (completed_at IS NULL))));

-- constraint service_orders_completed_times on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_completed_times CHECK (((status <> 'completed'::text) OR ((started_at IS NOT NULL) AND (completed_at IS NOT NULL) AND (cancelled_at IS NULL))));

-- constraint service_orders_created_by_fk on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_created_by_fk FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint service_orders_driver_id_fk on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_driver_id_fk FOREIGN KEY (driver_id) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint service_orders_estimated_minutes_not_negative on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_estimated_minutes_not_negative CHECK ((estimated_minutes >= 0));

-- constraint service_orders_id_pk on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_id_pk PRIMARY KEY (id);

-- constraint service_orders_in_progress_times on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_in_progress_times CHECK (((status <> 'in_progress'::text) OR ((started_at IS NOT NULL) AND (completed_at IS NULL) AND (cancelled_at IS NULL))));

-- constraint service_orders_notes_length on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_notes_length CHECK ((length(notes) <= 4000));

-- constraint service_orders_pending_times on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_pending_times CHECK (((status <> 'pending'::text) OR ((started_at IS NULL) AND (completed_at IS NULL) AND (cancelled_at IS NULL))));

-- constraint service_orders_priority_known on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_priority_known CHECK ((priority = ANY (ARRAY['normal'::text, 'high'::text, 'urgent'::text])));

-- constraint service_orders_route_id_fk on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_route_id_fk FOREIGN KEY (route_id) REFERENCES routes(id) ON DELETE RESTRICT;

-- constraint service_orders_started_has_driver on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_started_has_driver CHECK (((status <> 'in_progress'::text) OR (driver_id IS NOT NULL) OR imported));

-- constraint service_orders_status_known on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'in_progress'::text, 'completed'::text, 'cancelled'::text])));

-- constraint service_orders_sync_version_positive on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_sync_version_positive CHECK ((sync_version > 0));

-- constraint service_orders_total_units_not_negative on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_total_units_not_negative CHECK ((total_units >= 0));

-- constraint service_orders_version_positive on service_orders
ALTER TABLE service_orders ADD CONSTRAINT service_orders_version_positive CHECK ((version > 0));

-- constraint service_visit_items_id_pk on service_visit_items
ALTER TABLE service_visit_items ADD CONSTRAINT service_visit_items_id_pk PRIMARY KEY (id);

-- constraint service_visit_items_product_id_fk on service_visit_items
ALTER TABLE service_visit_items ADD CONSTRAINT service_visit_items_product_id_fk FOREIGN KEY (product_id) REFERENCES products(id) ON DELETE RESTRICT;

-- constraint service_visit_items_quantity_filled_not_negative on service_visit_items
ALTER TABLE service_visit_items ADD CONSTRAINT service_visit_items_quantity_filled_not_negative CHECK ((quantity_filled >= 0));

-- constraint service_visit_items_slot_id_fk on service_visit_items
ALTER TABLE service_visit_items ADD CONSTRAINT service_visit_items_slot_id_fk FOREIGN KEY (slot_id) REFERENCES planogram_slots(id) ON DELETE SET NULL;

-- constraint service_visit_items_visit_id_fk on service_visit_items
ALTER TABLE service_visit_items ADD CONSTRAINT service_visit_items_visit_id_fk FOREIGN KEY (visit_id) REFERENCES service_visits(id) ON DELETE CASCADE;

-- constraint service_visits_device_id_fk on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE RESTRICT;

-- constraint service_visits_duration_minutes_range on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_duration_minutes_range CHECK (((duration_minutes >= 0) AND (duration_minutes <= 1440)));

-- constraint service_visits_id_pk on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_id_pk PRIMARY KEY (id);

-- constraint service_visits_notes_length on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_notes_length CHECK ((length(notes) <= 4000));

-- constraint service_visits_order_cabinet_id_fk on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_order_cabinet_id_fk FOREIGN KEY (order_cabinet_id) REFERENCES service_order_cabinets(id) ON DELETE RESTRICT;

-- constraint service_visits_route_id_fk on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_route_id_fk FOREIGN KEY (route_id) REFERENCES routes(id) ON DELETE SET NULL;

-- constraint service_visits_service_type_known on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_service_type_known CHECK ((service_type = ANY (ARRAY['routine'::text, 'emergency'::text, 'maintenance'::text])));

-- constraint service_visits_technician_id_fk on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_technician_id_fk FOREIGN KEY (technician_id) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint service_visits_units_restocked_not_negative on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_units_restocked_not_negative CHECK ((units_restocked >= 0));

-- constraint service_visits_void_reason_length on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_void_reason_length CHECK (((length(void_reason) >= 1) AND (length(void_reason) <= 500)));

-- constraint service_visits_voided_by_fk on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_voided_by_fk FOREIGN KEY (voided_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint service_visits_voided_by_with_voided_at on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_voided_by_with_voided_at CHECK (((voided_by IS NULL) OR (voided_at IS NOT NULL)));

-- constraint service_visits_voided_with_reason on service_visits
ALTER TABLE service_visits ADD CONSTRAINT service_visits_voided_with_reason CHECK (((voided_at IS NULL) = (void_reason IS NULL)));

-- constraint sessions_activity_count_not_negative on sessions
ALTER TABLE sessions ADD CONSTRAINT sessions_activity_count_not_negative CHECK ((activity_count >= 0));

-- constraint sessions_device_type_known on sessions
ALTER TABLE sessions ADD CONSTRAINT sessions_device_type_known CHECK ((device_type = ANY (ARRAY['mobile'::text, 'tablet'::text, 'desktop'::text, 'bot'::text, 'unknown'::text])));

-- constraint sessions_expires_after_created on sessions
ALTER TABLE sessions ADD CONSTRAINT sessions_expires_after_created CHECK ((expires_at > created_at));

-- constraint sessions_expires_within_absolute on sessions
ALTER TABLE sessions ADD CONSTRAINT sessions_expires_within_absolute CHECK ((expires_at <= absolute_expires_at));

-- constraint sessions_id_pk on sessions
ALTER TABLE sessions ADD CONSTRAINT sessions_id_pk PRIMARY KEY (id);

-- constraint sessions_revoke_reason_known on sessions
ALTER TABLE sessions ADD CONSTRAINT sessions_revoke_reason_known CHECK ((revoke_reason = ANY (ARRAY['logout'::text, 'admin'::text, 'role_change'::text, 'password_change'::text, 'deactivated'::text, 'deleted'::text, 'security'::text])));

-- constraint sessions_revoked_at_with_reason on sessions
ALTER TABLE sessions ADD CONSTRAINT sessions_revoked_at_with_reason CHECK (((revoked_at IS NULL) = (revoke_reason IS NULL)));

-- constraint sessions_revoked_by_fk on sessions
ALTER TABLE sessions ADD CONSTRAINT sessions_revoked_by_fk FOREIGN KEY (revoked_by) REFERENCES users(id) ON DELETE SET NULL;

-- constraint sessions_revoked_by_with_revoked_at on sessions
ALTER TABLE sessions ADD CONSTRAINT sessions_revoked_by_with_revoked_at CHECK (((revoked_by IS NULL) OR (revoked_at IS NOT NULL)));

-- constraint sessions_token_family_unique on sessions
ALTER TABLE sessions ADD CONSTRAINT sessions_token_family_unique UNIQUE (token_family);

-- constraint sessions_user_agent_length on sessions
ALTER TABLE sessions ADD CONSTRAINT sessions_user_agent_length CHECK ((length(user_agent) <= 512));

-- constraint sessions_user_id_fk on sessions
ALTER TABLE sessions ADD CONSTRAINT sessions_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

-- constraint slot_metrics_daily_velocity_not_negative on slot_metrics
ALTER TABLE slot_metrics ADD CONSTRAINT slot_metrics_daily_velocity_not_negative CHECK ((daily_velocity >= (0)::numeric));

-- constraint slot_metrics_dri_days_range on slot_metrics
ALTER TABLE slot_metrics ADD CONSTRAINT slot_metrics_dri_days_range CHECK (((dri_days >= 0) AND (dri_days <= 999)));

-- constraint slot_metrics_product_level_pct_range on slot_metrics
ALTER TABLE slot_metrics ADD CONSTRAINT slot_metrics_product_level_pct_range CHECK (((product_level_pct >= 0) AND (product_level_pct <= 100)));

-- constraint slot_metrics_slot_id_fk on slot_metrics
ALTER TABLE slot_metrics ADD CONSTRAINT slot_metrics_slot_id_fk FOREIGN KEY (slot_id) REFERENCES planogram_slots(id) ON DELETE CASCADE;

-- constraint slot_metrics_slot_id_pk on slot_metrics
ALTER TABLE slot_metrics ADD CONSTRAINT slot_metrics_slot_id_pk PRIMARY KEY (slot_id);

-- constraint slot_metrics_units_to_par_not_negative on slot_metrics
ALTER TABLE slot_metrics ADD CONSTRAINT slot_metrics_units_to_par_not_negative CHECK ((units_to_par >= 0));

-- constraint slot_metrics_velocity_source_known on slot_metrics
ALTER TABLE slot_metrics ADD CONSTRAINT slot_metrics_velocity_source_known CHECK ((velocity_source = ANY (ARRAY['28d'::text, 'history'::text, 'default'::text])));

-- constraint slots_of_planograms_cabinet_id_fk on slots_of_planograms
ALTER TABLE slots_of_planograms ADD CONSTRAINT slots_of_planograms_cabinet_id_fk FOREIGN KEY (cabinet_id) REFERENCES device_cabinets(id) ON DELETE CASCADE;

-- constraint slots_of_planograms_device_id_fk on slots_of_planograms
ALTER TABLE slots_of_planograms ADD CONSTRAINT slots_of_planograms_device_id_fk FOREIGN KEY (device_id) REFERENCES devices(id) ON DELETE CASCADE;

-- constraint slots_of_planograms_pk on slots_of_planograms
ALTER TABLE slots_of_planograms ADD CONSTRAINT slots_of_planograms_pk PRIMARY KEY (planogram_id);

-- constraint slots_of_planograms_planogram_id_fk on slots_of_planograms
ALTER TABLE slots_of_planograms ADD CONSTRAINT slots_of_planograms_planogram_id_fk FOREIGN KEY (planogram_id) REFERENCES planograms(id) ON DELETE CASCADE;

-- constraint system_settings_key_format on system_settings
ALTER TABLE system_settings ADD CONSTRAINT system_settings_key_format CHECK ((key ~ '^[a-z][a-z0-9_]{0,79}$'::text));

-- constraint system_settings_key_pk on system_settings
ALTER TABLE system_settings ADD CONSTRAINT system_settings_key_pk PRIMARY KEY (key);

-- constraint system_settings_updated_by_fk on system_settings
ALTER TABLE system_settings ADD CONSTRAINT system_settings_updated_by_fk FOREIGN KEY (updated_by) REFERENCES users(id) ON DELETE SET NULL;

-- constraint user_avatars_content_type_known on user_avatars
ALTER TABLE user_avatars ADD CONSTRAINT user_avatars_content_type_known CHECK ((content_type = ANY (ARRAY['image/jpeg'::text, 'image/png'::text, 'image/webp'::text])));

-- constraint user_avatars_s3_key_length on user_avatars
ALTER TABLE user_avatars ADD CONSTRAINT user_avatars_s3_key_length CHECK (((length(s3_key) >= 1) AND (length(s3_key) <= 500)));

-- constraint user_avatars_s3_key_unique on user_avatars
ALTER TABLE user_avatars ADD CONSTRAINT user_avatars_s3_key_unique UNIQUE (s3_key);

-- constraint user_avatars_size_bytes_positive on user_avatars
ALTER TABLE user_avatars ADD CONSTRAINT user_avatars_size_bytes_positive CHECK ((size_bytes > 0));

-- constraint user_avatars_user_id_fk on user_avatars
ALTER TABLE user_avatars ADD CONSTRAINT user_avatars_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

-- constraint user_avatars_user_id_pk on user_avatars
ALTER TABLE user_avatars ADD CONSTRAINT user_avatars_user_id_pk PRIMARY KEY (user_id);

-- constraint user_preferences_preferences_object on user_preferences
ALTER TABLE user_preferences ADD CONSTRAINT user_preferences_preferences_object CHECK ((jsonb_typeof(preferences) = 'object'::text));

-- constraint user_preferences_user_id_fk on user_preferences
ALTER TABLE user_preferences ADD CONSTRAINT user_preferences_user_id_fk FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE;

-- constraint user_preferences_user_id_pk on user_preferences
ALTER TABLE user_preferences ADD CONSTRAINT user_preferences_user_id_pk PRIMARY KEY (user_id);

-- constraint users_client_never_signs_in on users
ALTER TABLE users ADD CONSTRAINT users_client_never_signs_in CHECK (((NOT is_client) OR ((deleted_at IS NOT NULL) AND (identity_sub IS NULL) AND (legacy_password_hash IS NULL))));

-- constraint users_deleted_by_fk on users
ALTER TABLE users ADD CONSTRAINT users_deleted_by_fk FOREIGN KEY (deleted_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint users_deleted_by_with_deleted_at on users
ALTER TABLE users ADD CONSTRAINT users_deleted_by_with_deleted_at CHECK (((deleted_by IS NULL) OR (deleted_at IS NOT NULL)));

-- constraint users_deleted_is_inactive on users
ALTER TABLE users ADD CONSTRAINT users_deleted_is_inactive CHECK (((deleted_at IS NULL) OR (NOT is_active)));

-- constraint users_email_format on users
ALTER TABLE users ADD CONSTRAINT users_email_format CHECK (((length(email) <= 254) AND (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text)));

-- constraint users_failed_login_attempts_not_negative on users
ALTER TABLE users ADD CONSTRAINT users_failed_login_attempts_not_negative CHECK ((failed_login_attempts >= 0));

-- constraint users_id_pk on users
ALTER TABLE users ADD CONSTRAINT users_id_pk PRIMARY KEY (id);

-- constraint users_identity_sub_unique on users
ALTER TABLE users ADD CONSTRAINT users_identity_sub_unique UNIQUE (identity_sub);

-- constraint users_legacy_password_hash_until_moved on users
ALTER TABLE users ADD CONSTRAINT users_legacy_password_hash_until_moved CHECK (((identity_sub IS NULL) OR (legacy_password_hash IS NULL)));

-- constraint users_protected_is_active_admin on users
ALTER TABLE users ADD CONSTRAINT users_protected_is_active_admin CHECK (((NOT is_protected) OR ((role = 'admin'::text) AND is_active)));

-- constraint users_role_known on users
ALTER TABLE users ADD CONSTRAINT users_role_known CHECK ((role = ANY (ARRAY['admin'::text, 'manager'::text, 'driver'::text, 'viewer'::text])));

-- constraint users_username_format on users
ALTER TABLE users ADD CONSTRAINT users_username_format CHECK ((username ~ '^[A-Za-z0-9]{3,50}$'::text));

-- constraint users_version_positive on users
ALTER TABLE users ADD CONSTRAINT users_version_positive CHECK ((version > 0));

-- constraint webhook_attempts_answer_length on webhook_attempts
ALTER TABLE webhook_attempts ADD CONSTRAINT webhook_attempts_answer_length CHECK ((length(answer) <= 1000));

-- constraint webhook_attempts_delivery_id_fk on webhook_attempts
ALTER TABLE webhook_attempts ADD CONSTRAINT webhook_attempts_delivery_id_fk FOREIGN KEY (delivery_id) REFERENCES webhook_deliveries(id) ON DELETE CASCADE;

-- constraint webhook_attempts_id_pk on webhook_attempts
ALTER TABLE webhook_attempts ADD CONSTRAINT webhook_attempts_id_pk PRIMARY KEY (id);

-- constraint webhook_attempts_milliseconds_not_negative on webhook_attempts
ALTER TABLE webhook_attempts ADD CONSTRAINT webhook_attempts_milliseconds_not_negative CHECK ((milliseconds >= 0));

-- constraint webhook_attempts_number_positive on webhook_attempts
ALTER TABLE webhook_attempts ADD CONSTRAINT webhook_attempts_number_positive CHECK ((number > 0));

-- constraint webhook_attempts_problem_length on webhook_attempts
ALTER TABLE webhook_attempts ADD CONSTRAINT webhook_attempts_problem_length CHECK ((length(problem) <= 500));

-- constraint webhook_attempts_status_or_problem on webhook_attempts
ALTER TABLE webhook_attempts ADD CONSTRAINT webhook_attempts_status_or_problem CHECK (((status IS NOT NULL) OR (problem IS NOT NULL)));

-- constraint webhook_deliveries_attempts_not_negative on webhook_deliveries
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_attempts_not_negative CHECK ((attempts >= 0));

-- constraint webhook_deliveries_delivered_when on webhook_deliveries
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_delivered_when CHECK (((status <> 'delivered'::text) OR (delivered_at IS NOT NULL)));

-- constraint webhook_deliveries_endpoint_id_fk on webhook_deliveries
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_endpoint_id_fk FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoints(id) ON DELETE CASCADE;

-- constraint webhook_deliveries_event_id_fk on webhook_deliveries
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_event_id_fk FOREIGN KEY (event_id) REFERENCES webhook_events(id) ON DELETE CASCADE;

-- constraint webhook_deliveries_event_unique on webhook_deliveries
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_event_unique UNIQUE (endpoint_id, event_id);

-- constraint webhook_deliveries_id_pk on webhook_deliveries
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_id_pk PRIMARY KEY (id);

-- constraint webhook_deliveries_next_while_pending on webhook_deliveries
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_next_while_pending CHECK (((status = 'pending'::text) = (next_attempt_at IS NOT NULL)));

-- constraint webhook_deliveries_status_known on webhook_deliveries
ALTER TABLE webhook_deliveries ADD CONSTRAINT webhook_deliveries_status_known CHECK ((status = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text])));

-- constraint webhook_endpoints_client_id_fk on webhook_endpoints
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_client_id_fk FOREIGN KEY (client_id) REFERENCES api_clients(id) ON DELETE RESTRICT;

-- constraint webhook_endpoints_created_by_fk on webhook_endpoints
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_created_by_fk FOREIGN KEY (created_by) REFERENCES users(id) ON DELETE RESTRICT;

-- constraint webhook_endpoints_deleted_is_disabled on webhook_endpoints
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_deleted_is_disabled CHECK (((deleted_at IS NULL) OR (disabled_at IS NOT NULL)));

-- constraint webhook_endpoints_description_length on webhook_endpoints
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_description_length CHECK ((length(description) <= 500));

-- constraint webhook_endpoints_device_ids_count on webhook_endpoints
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_device_ids_count CHECK ((cardinality(device_ids) <= 1000));

-- constraint webhook_endpoints_disabled_reason_known on webhook_endpoints
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_disabled_reason_known CHECK ((disabled_reason = ANY (ARRAY['by hand'::text, 'gone'::text, 'dead'::text])));

-- constraint webhook_endpoints_disabled_with_reason on webhook_endpoints
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_disabled_with_reason CHECK (((disabled_at IS NULL) = (disabled_reason IS NULL)));

-- constraint webhook_endpoints_event_types_count on webhook_endpoints
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_event_types_count CHECK (((cardinality(event_types) >= 1) AND (cardinality(event_types) <= 100)));

-- constraint webhook_endpoints_id_pk on webhook_endpoints
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_id_pk PRIMARY KEY (id);

-- constraint webhook_endpoints_old_secret_until_when on webhook_endpoints
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_old_secret_until_when CHECK (((old_secret_sealed IS NULL) = (old_secret_until IS NULL)));

-- constraint webhook_endpoints_route_ids_count on webhook_endpoints
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_route_ids_count CHECK ((cardinality(route_ids) <= 1000));

-- constraint webhook_endpoints_url_length on webhook_endpoints
ALTER TABLE webhook_endpoints ADD CONSTRAINT webhook_endpoints_url_length CHECK (((length(url) >= 8) AND (length(url) <= 2000)));

-- constraint webhook_events_body_small on webhook_events
ALTER TABLE webhook_events ADD CONSTRAINT webhook_events_body_small CHECK ((octet_length(body) <= 20000));

-- constraint webhook_events_id_pk on webhook_events
ALTER TABLE webhook_events ADD CONSTRAINT webhook_events_id_pk PRIMARY KEY (id);

-- constraint webhook_events_name_length on webhook_events
ALTER TABLE webhook_events ADD CONSTRAINT webhook_events_name_length CHECK (((length(name) >= 1) AND (length(name) <= 120)));

-- constraint webhook_events_place_unique on webhook_events
ALTER TABLE webhook_events ADD CONSTRAINT webhook_events_place_unique UNIQUE (place);

-- constraint webhook_lanes_endpoint_id_fk on webhook_lanes
ALTER TABLE webhook_lanes ADD CONSTRAINT webhook_lanes_endpoint_id_fk FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoints(id) ON DELETE CASCADE;

-- constraint webhook_lanes_endpoint_id_pk on webhook_lanes
ALTER TABLE webhook_lanes ADD CONSTRAINT webhook_lanes_endpoint_id_pk PRIMARY KEY (endpoint_id);

-- constraint webhook_lanes_failed_waves_not_negative on webhook_lanes
ALTER TABLE webhook_lanes ADD CONSTRAINT webhook_lanes_failed_waves_not_negative CHECK ((failed_waves >= 0));

-- index activity_events_at_index
CREATE INDEX activity_events_at_index ON ONLY public.activity_events USING btree (at);

-- index activity_events_session_id_index
CREATE INDEX activity_events_session_id_index ON ONLY public.activity_events USING btree (session_id, at DESC);

-- index activity_events_user_id_index
CREATE INDEX activity_events_user_id_index ON ONLY public.activity_events USING btree (user_id, at DESC);

-- index ai_results_cabinet_id_index
CREATE INDEX ai_results_cabinet_id_index ON public.ai_results USING btree (cabinet_id);

-- index ai_results_device_id_index
CREATE INDEX ai_results_device_id_index ON public.ai_results USING btree (device_id);

-- index ai_results_expires_at_index
CREATE INDEX ai_results_expires_at_index ON public.ai_results USING btree (expires_at);

-- index ai_results_input_hash_index
CREATE INDEX ai_results_input_hash_index ON public.ai_results USING btree (kind, input_hash);

-- index api_client_credentials_client_id_index
CREATE INDEX api_client_credentials_client_id_index ON public.api_client_credentials USING btree (client_id);

-- index api_client_rows_device_id_index
CREATE INDEX api_client_rows_device_id_index ON public.api_client_rows USING btree (device_id) WHERE (device_id IS NOT NULL);

-- index api_client_rows_location_id_index
CREATE INDEX api_client_rows_location_id_index ON public.api_client_rows USING btree (location_id) WHERE (location_id IS NOT NULL);

-- index api_client_rows_route_id_index
CREATE INDEX api_client_rows_route_id_index ON public.api_client_rows USING btree (route_id) WHERE (route_id IS NOT NULL);

-- index api_clients_created_by_index
CREATE INDEX api_clients_created_by_index ON public.api_clients USING btree (created_by);

-- index api_clients_name_unique
CREATE UNIQUE INDEX api_clients_name_unique ON public.api_clients USING btree (lower(name)) WHERE (deleted_at IS NULL);

-- index api_clients_revoked_by_index
CREATE INDEX api_clients_revoked_by_index ON public.api_clients USING btree (revoked_by) WHERE (revoked_by IS NOT NULL);

-- index assistant_uses_at_index
CREATE INDEX assistant_uses_at_index ON public.assistant_uses USING btree (at);

-- index assistant_uses_user_id_index
CREATE INDEX assistant_uses_user_id_index ON public.assistant_uses USING btree (user_id, at DESC);

-- index audit_events_action_index
CREATE INDEX audit_events_action_index ON ONLY public.audit_events USING btree (action, at);

-- index audit_events_actor_id_index
CREATE INDEX audit_events_actor_id_index ON ONLY public.audit_events USING btree (actor_id, at);

-- index audit_events_at_index
CREATE INDEX audit_events_at_index ON ONLY public.audit_events USING btree (at DESC, id DESC);

-- index audit_events_import_run_id_index
CREATE INDEX audit_events_import_run_id_index ON ONLY public.audit_events USING btree (import_run_id) WHERE (import_run_id IS NOT NULL);

-- index audit_events_resource_index
CREATE INDEX audit_events_resource_index ON ONLY public.audit_events USING btree (resource_type, resource_id, at);

-- index audit_seals_block_number_index
CREATE INDEX audit_seals_block_number_index ON public.audit_seals USING btree (block_number);

-- index audit_seals_event_at_index
CREATE INDEX audit_seals_event_at_index ON public.audit_seals USING btree (event_at);

-- index cabinet_types_name_unique
CREATE UNIQUE INDEX cabinet_types_name_unique ON public.cabinet_types USING btree (lower(name));

-- index client_reports_created_at_index
CREATE INDEX client_reports_created_at_index ON public.client_reports USING btree (created_at);

-- index data_export_log_user_id_index
CREATE INDEX data_export_log_user_id_index ON public.data_export_log USING btree (user_id, at DESC);

-- index device_cabinets_cabinet_index_unique
CREATE UNIQUE INDEX device_cabinets_cabinet_index_unique ON public.device_cabinets USING btree (device_id, cabinet_index) WHERE (removed_at IS NULL);

-- index device_cabinets_cabinet_type_id_index
CREATE INDEX device_cabinets_cabinet_type_id_index ON public.device_cabinets USING btree (cabinet_type_id);

-- index device_cabinets_device_id_index
CREATE INDEX device_cabinets_device_id_index ON public.device_cabinets USING btree (device_id);

-- index device_metrics_calculated_at_index
CREATE INDEX device_metrics_calculated_at_index ON public.device_metrics USING btree (calculated_at);

-- index device_metrics_dri_days_index
CREATE INDEX device_metrics_dri_days_index ON public.device_metrics USING btree (dri_days, device_id) INCLUDE (calculated_at);

-- index device_types_name_unique
CREATE UNIQUE INDEX device_types_name_unique ON public.device_types USING btree (lower(name));

-- index devices_asset_search_index
CREATE INDEX devices_asset_search_index ON public.devices USING btree (lower(asset) text_pattern_ops);

-- index devices_asset_unique
CREATE UNIQUE INDEX devices_asset_unique ON public.devices USING btree (lower(asset)) WHERE (deleted_at IS NULL);

-- index devices_deleted_at_index
CREATE INDEX devices_deleted_at_index ON public.devices USING btree (deleted_at DESC, id DESC) WHERE (deleted_at IS NOT NULL);

-- index devices_device_type_id_index
CREATE INDEX devices_device_type_id_index ON public.devices USING btree (device_type_id);

-- index devices_dex_machine_key_index
CREATE INDEX devices_dex_machine_key_index ON public.devices USING btree (dex_machine_key) WHERE (deleted_at IS NULL);

-- index devices_location_id_index
CREATE INDEX devices_location_id_index ON public.devices USING btree (location_id);

-- index devices_nickname_search_index
CREATE INDEX devices_nickname_search_index ON public.devices USING btree (lower(nickname) text_pattern_ops);

-- index devices_route_id_index
CREATE INDEX devices_route_id_index ON public.devices USING btree (route_id);

-- index devices_serial_number_index
CREATE INDEX devices_serial_number_index ON public.devices USING btree (serial_number) WHERE (deleted_at IS NULL);

-- index dex_chain_file_id_index
CREATE INDEX dex_chain_file_id_index ON public.dex_chain USING btree (file_id);

-- index dex_files_device_id_index
CREATE INDEX dex_files_device_id_index ON public.dex_files USING btree (device_id) WHERE (device_id IS NOT NULL);

-- index dex_files_received_by_index
CREATE INDEX dex_files_received_by_index ON public.dex_files USING btree (received_by);

-- index dex_files_waiting_index
CREATE INDEX dex_files_waiting_index ON public.dex_files USING btree (received_at) WHERE (status = 'stored'::text);

-- index dex_intervals_device_id_index
CREATE INDEX dex_intervals_device_id_index ON public.dex_intervals USING btree (device_id, "position");

-- index dex_intervals_previous_read_id_index
CREATE INDEX dex_intervals_previous_read_id_index ON public.dex_intervals USING btree (previous_read_id);

-- index dex_issues_read_id_index
CREATE INDEX dex_issues_read_id_index ON public.dex_issues USING btree (read_id);

-- index dex_machines_silent_index
CREATE INDEX dex_machines_silent_index ON public.dex_machines USING btree (last_read_at, device_id) WHERE (silent_since IS NOT NULL);

-- index dex_mappings_slot_id_index
CREATE INDEX dex_mappings_slot_id_index ON public.dex_mappings USING btree (slot_id);

-- index dex_reads_device_id_index
CREATE INDEX dex_reads_device_id_index ON public.dex_reads USING btree (device_id, read_at DESC);

-- index dex_reads_machine_serial_index
CREATE INDEX dex_reads_machine_serial_index ON public.dex_reads USING btree (machine_serial);

-- index dex_reads_uploaded_at_index
CREATE INDEX dex_reads_uploaded_at_index ON public.dex_reads USING btree (uploaded_at DESC);

-- index dex_records_record_type_index
CREATE INDEX dex_records_record_type_index ON public.dex_records USING btree (record_type);

-- index dex_selection_payments_selection_id_index
CREATE INDEX dex_selection_payments_selection_id_index ON public.dex_selection_payments USING btree (selection_id);

-- index dex_selections_slot_id_index
CREATE INDEX dex_selections_slot_id_index ON public.dex_selections USING btree (slot_id);

-- index exchange_jobs_asked_by_index
CREATE INDEX exchange_jobs_asked_by_index ON public.exchange_jobs USING btree (asked_by);

-- index exchange_jobs_direction_index
CREATE INDEX exchange_jobs_direction_index ON public.exchange_jobs USING btree (direction, id DESC);

-- index exchange_jobs_open_index
CREATE INDEX exchange_jobs_open_index ON public.exchange_jobs USING btree (updated_at) WHERE (status = ANY (ARRAY['queued'::text, 'running'::text]));

-- index idempotency_keys_created_at_index
CREATE INDEX idempotency_keys_created_at_index ON public.idempotency_keys USING btree (created_at);

-- index import_issues_run_id_index
CREATE INDEX import_issues_run_id_index ON public.import_issues USING btree (run_id, code);

-- index import_runs_sha256_index
CREATE INDEX import_runs_sha256_index ON public.import_runs USING btree (sha256);

-- index inbound_deliveries_waiting_index
CREATE INDEX inbound_deliveries_waiting_index ON public.inbound_deliveries USING btree (id) WHERE (unpacked_at IS NULL);

-- index inbound_partners_created_by_index
CREATE INDEX inbound_partners_created_by_index ON public.inbound_partners USING btree (created_by);

-- index inventory_movements_dex_read_id_index
CREATE INDEX inventory_movements_dex_read_id_index ON public.inventory_movements USING btree (dex_read_id) WHERE (dex_read_id IS NOT NULL);

-- index inventory_movements_latest_index
CREATE INDEX inventory_movements_latest_index ON public.inventory_movements USING btree (slot_id, id DESC) INCLUDE (quantity_after);

-- index inventory_movements_product_id_index
CREATE INDEX inventory_movements_product_id_index ON public.inventory_movements USING btree (product_id, at DESC);

-- index inventory_movements_sale_id_index
CREATE INDEX inventory_movements_sale_id_index ON public.inventory_movements USING btree (sale_id, sale_sold_at) WHERE (sale_id IS NOT NULL);

-- index inventory_movements_slot_id_index
CREATE INDEX inventory_movements_slot_id_index ON public.inventory_movements USING btree (slot_id, at DESC);

-- index inventory_movements_visit_item_id_index
CREATE INDEX inventory_movements_visit_item_id_index ON public.inventory_movements USING btree (visit_item_id) WHERE (visit_item_id IS NOT NULL);

-- index ip_blocks_ip_index
CREATE INDEX ip_blocks_ip_index ON public.ip_blocks USING btree (ip, expires_at);

-- index job_runs_job_index
CREATE INDEX job_runs_job_index ON public.job_runs USING btree (job, started_at DESC);

-- index kb_articles_category_index
CREATE INDEX kb_articles_category_index ON public.kb_articles USING btree (category);

-- index kb_articles_search_index
CREATE INDEX kb_articles_search_index ON public.kb_articles USING gin (search);

-- index kb_feedback_user_id_index
CREATE INDEX kb_feedback_user_id_index ON public.kb_feedback USING btree (user_id);

-- index live_vends_device_id_index
CREATE INDEX live_vends_device_id_index ON public.live_vends USING btree (device_id, vended_at);

-- index live_vends_file_id_index
CREATE INDEX live_vends_file_id_index ON public.live_vends USING btree (file_id);

-- index live_vends_provisional_index
CREATE INDEX live_vends_provisional_index ON public.live_vends USING btree (device_id) WHERE (status = 'provisional'::text);

-- index live_vends_read_id_index
CREATE INDEX live_vends_read_id_index ON public.live_vends USING btree (read_id) WHERE (read_id IS NOT NULL);

-- index live_vends_sale_id_index
CREATE INDEX live_vends_sale_id_index ON public.live_vends USING btree (sale_id, sale_sold_at) WHERE (sale_id IS NOT NULL);

-- index live_vends_unlinked_index
CREATE INDEX live_vends_unlinked_index ON public.live_vends USING btree (machine_serial) WHERE (device_id IS NULL);

-- index locations_is_default_unique
CREATE UNIQUE INDEX locations_is_default_unique ON public.locations USING btree (is_default) WHERE is_default;

-- index locations_name_search_index
CREATE INDEX locations_name_search_index ON public.locations USING btree (lower(name) text_pattern_ops);

-- index locations_name_unique
CREATE UNIQUE INDEX locations_name_unique ON public.locations USING btree (lower(name)) WHERE (deleted_at IS NULL);

-- index login_attempts_at_index
CREATE INDEX login_attempts_at_index ON public.login_attempts USING btree (at);

-- index login_attempts_ip_index
CREATE INDEX login_attempts_ip_index ON public.login_attempts USING btree (ip, at DESC);

-- index login_attempts_user_id_index
CREATE INDEX login_attempts_user_id_index ON public.login_attempts USING btree (user_id, at DESC);

-- index machine_events_device_id_index
CREATE INDEX machine_events_device_id_index ON public.machine_events USING btree (device_id, occurred_at DESC);

-- index machine_events_file_id_index
CREATE INDEX machine_events_file_id_index ON public.machine_events USING btree (file_id) WHERE (file_id IS NOT NULL);

-- index machine_events_read_id_index
CREATE INDEX machine_events_read_id_index ON public.machine_events USING btree (read_id) WHERE (read_id IS NOT NULL);

-- index machine_events_unlinked_index
CREATE INDEX machine_events_unlinked_index ON public.machine_events USING btree (machine_serial) WHERE (device_id IS NULL);

-- index outbox_published_at_index
CREATE INDEX outbox_published_at_index ON public.outbox USING btree (published_at) WHERE (published_at IS NOT NULL);

-- index outbox_unpublished_index
CREATE INDEX outbox_unpublished_index ON public.outbox USING btree (id) WHERE (published_at IS NULL);

-- index planogram_slot_changes_new_product_id_index
CREATE INDEX planogram_slot_changes_new_product_id_index ON public.planogram_slot_changes USING btree (new_product_id);

-- index planogram_slot_changes_old_product_id_index
CREATE INDEX planogram_slot_changes_old_product_id_index ON public.planogram_slot_changes USING btree (old_product_id);

-- index planogram_slot_changes_slot_id_index
CREATE INDEX planogram_slot_changes_slot_id_index ON public.planogram_slot_changes USING btree (slot_id, at DESC);

-- index planogram_slots_cell_unique
CREATE UNIQUE INDEX planogram_slots_cell_unique ON public.planogram_slots USING btree (planogram_id, row_no, col_no) WHERE (retired_at IS NULL);

-- index planogram_slots_dex_selection_unique
CREATE UNIQUE INDEX planogram_slots_dex_selection_unique ON public.planogram_slots USING btree (planogram_id, dex_selection) WHERE (retired_at IS NULL);

-- index planogram_slots_low_index
CREATE INDEX planogram_slots_low_index ON public.planogram_slots USING btree ((((quantity)::numeric / (par_level)::numeric)), par_level DESC, id) WHERE ((retired_at IS NULL) AND (par_level > 0) AND ((quantity * 4) <= par_level));

-- index planogram_slots_planogram_id_index
CREATE INDEX planogram_slots_planogram_id_index ON public.planogram_slots USING btree (planogram_id) INCLUDE (product_id, quantity, par_level);

-- index planogram_slots_position_unique
CREATE UNIQUE INDEX planogram_slots_position_unique ON public.planogram_slots USING btree (planogram_id, "position") WHERE (retired_at IS NULL);

-- index planogram_slots_product_id_index
CREATE INDEX planogram_slots_product_id_index ON public.planogram_slots USING btree (product_id);

-- index planogram_slots_sold_out_index
CREATE INDEX planogram_slots_sold_out_index ON public.planogram_slots USING btree (planogram_id) WHERE ((product_id IS NOT NULL) AND (capacity > 0) AND (quantity = 0) AND (retired_at IS NULL));

-- index product_categories_name_unique
CREATE UNIQUE INDEX product_categories_name_unique ON public.product_categories USING btree (lower(name));

-- index products_category_id_index
CREATE INDEX products_category_id_index ON public.products USING btree (category_id);

-- index products_name_search_index
CREATE INDEX products_name_search_index ON public.products USING btree (lower(name) text_pattern_ops);

-- index products_name_unique
CREATE UNIQUE INDEX products_name_unique ON public.products USING btree (lower(name)) WHERE (deleted_at IS NULL);

-- index products_sku_unique
CREATE UNIQUE INDEX products_sku_unique ON public.products USING btree (lower(sku)) WHERE (deleted_at IS NULL);

-- index push_subscriptions_user_id_index
CREATE INDEX push_subscriptions_user_id_index ON public.push_subscriptions USING btree (user_id);

-- index rate_limits_window_start_index
CREATE INDEX rate_limits_window_start_index ON public.rate_limits USING btree (window_start);

-- index route_driver_history_driver_id_index
CREATE INDEX route_driver_history_driver_id_index ON public.route_driver_history USING btree (driver_id);

-- index route_driver_history_open_unique
CREATE UNIQUE INDEX route_driver_history_open_unique ON public.route_driver_history USING btree (route_id) WHERE (unassigned_at IS NULL);

-- index route_driver_history_route_id_index
CREATE INDEX route_driver_history_route_id_index ON public.route_driver_history USING btree (route_id, assigned_at DESC);

-- index routes_driver_id_index
CREATE INDEX routes_driver_id_index ON public.routes USING btree (driver_id) WHERE (deleted_at IS NULL);

-- index routes_name_unique
CREATE UNIQUE INDEX routes_name_unique ON public.routes USING btree (lower(name)) WHERE (deleted_at IS NULL);

-- index routes_route_number_unique
CREATE UNIQUE INDEX routes_route_number_unique ON public.routes USING btree (route_number) WHERE (deleted_at IS NULL);

-- index sale_corrections_sale_id_index
CREATE INDEX sale_corrections_sale_id_index ON public.sale_corrections USING btree (sale_id, sale_sold_at);

-- index sale_corrections_sale_sold_at_index
CREATE INDEX sale_corrections_sale_sold_at_index ON public.sale_corrections USING btree (sale_sold_at);

-- index sale_keys_sale_id_index
CREATE INDEX sale_keys_sale_id_index ON public.sale_keys USING btree (sale_id, sold_at);

-- index sales_device_id_index
CREATE INDEX sales_device_id_index ON ONLY public.sales USING btree (device_id, product_id, sold_at DESC);

-- index sales_dex_read_id_index
CREATE INDEX sales_dex_read_id_index ON ONLY public.sales USING btree (dex_read_id) WHERE (dex_read_id IS NOT NULL);

-- index sales_product_id_index
CREATE INDEX sales_product_id_index ON ONLY public.sales USING btree (product_id, sold_at);

-- index sales_slot_id_index
CREATE INDEX sales_slot_id_index ON ONLY public.sales USING btree (slot_id) WHERE (slot_id IS NOT NULL);

-- index sales_sold_at_index
CREATE INDEX sales_sold_at_index ON ONLY public.sales USING btree (sold_at DESC, id DESC);

-- index sales_daily_day_index
CREATE INDEX sales_daily_day_index ON public.sales_daily USING btree (day);

-- index sales_daily_product_id_index
CREATE INDEX sales_daily_product_id_index ON public.sales_daily USING btree (product_id, day);

-- index sales_of_devices_device_id_index
CREATE INDEX sales_of_devices_device_id_index ON public.sales_of_devices USING btree (device_id, span, starts_on);

-- index sales_of_products_product_id_index
CREATE INDEX sales_of_products_product_id_index ON public.sales_of_products USING btree (product_id, day);

-- index security_alerts_created_at_index
CREATE INDEX security_alerts_created_at_index ON public.security_alerts USING btree (created_at DESC);

-- index security_alerts_status_index
CREATE INDEX security_alerts_status_index ON public.security_alerts USING btree (status, created_at DESC);

-- index security_alerts_user_id_index
CREATE INDEX security_alerts_user_id_index ON public.security_alerts USING btree (user_id, alert_type, created_at DESC);

-- index service_order_cabinets_cabinet_id_index
CREATE INDEX service_order_cabinets_cabinet_id_index ON public.service_order_cabinets USING btree (cabinet_id);

-- index service_order_items_product_id_index
CREATE INDEX service_order_items_product_id_index ON public.service_order_items USING btree (product_id);

-- index service_order_photos_order_cabinet_id_index
CREATE INDEX service_order_photos_order_cabinet_id_index ON public.service_order_photos USING btree (order_cabinet_id);

-- index service_order_photos_service_order_id_index
CREATE INDEX service_order_photos_service_order_id_index ON public.service_order_photos USING btree (service_order_id, created_at DESC);

-- index service_order_photos_sha256_unique
CREATE UNIQUE INDEX service_order_photos_sha256_unique ON public.service_order_photos USING btree (service_order_id, sha256) WHERE (redacted_at IS NULL);

-- index service_order_transitions_order_cabinet_id_index
CREATE INDEX service_order_transitions_order_cabinet_id_index ON public.service_order_transitions USING btree (order_cabinet_id);

-- index service_order_transitions_service_order_id_index
CREATE INDEX service_order_transitions_service_order_id_index ON public.service_order_transitions USING btree (service_order_id, at);

-- index service_orders_created_by_open_index
CREATE INDEX service_orders_created_by_open_index ON public.service_orders USING btree (created_by) WHERE (status = ANY (ARRAY['pending'::text, 'in_progress'::text]));

-- index service_orders_driver_id_index
CREATE INDEX service_orders_driver_id_index ON public.service_orders USING btree (driver_id, status);

-- index service_orders_route_id_index
CREATE INDEX service_orders_route_id_index ON public.service_orders USING btree (route_id, status);

-- index service_orders_service_date_index
CREATE INDEX service_orders_service_date_index ON public.service_orders USING btree (service_date);

-- index service_orders_updated_at_index
CREATE INDEX service_orders_updated_at_index ON public.service_orders USING btree (driver_id, updated_at);

-- index service_visit_items_product_id_index
CREATE INDEX service_visit_items_product_id_index ON public.service_visit_items USING btree (product_id);

-- index service_visit_items_slot_id_index
CREATE INDEX service_visit_items_slot_id_index ON public.service_visit_items USING btree (slot_id);

-- index service_visit_items_slot_id_unique
CREATE UNIQUE INDEX service_visit_items_slot_id_unique ON public.service_visit_items USING btree (visit_id, slot_id) WHERE (slot_id IS NOT NULL);

-- index service_visit_items_visit_id_index
CREATE INDEX service_visit_items_visit_id_index ON public.service_visit_items USING btree (visit_id);

-- index service_visits_device_id_index
CREATE INDEX service_visits_device_id_index ON public.service_visits USING btree (device_id, visited_at DESC);

-- index service_visits_order_cabinet_id_index
CREATE INDEX service_visits_order_cabinet_id_index ON public.service_visits USING btree (order_cabinet_id);

-- index service_visits_order_cabinet_id_unique
CREATE UNIQUE INDEX service_visits_order_cabinet_id_unique ON public.service_visits USING btree (order_cabinet_id) WHERE (voided_at IS NULL);

-- index service_visits_route_id_index
CREATE INDEX service_visits_route_id_index ON public.service_visits USING btree (route_id);

-- index service_visits_technician_id_index
CREATE INDEX service_visits_technician_id_index ON public.service_visits USING btree (technician_id, visited_at DESC);

-- index sessions_expires_at_index
CREATE INDEX sessions_expires_at_index ON public.sessions USING btree (expires_at);

-- index sessions_user_id_index
CREATE INDEX sessions_user_id_index ON public.sessions USING btree (user_id);

-- index sessions_user_id_open_index
CREATE INDEX sessions_user_id_open_index ON public.sessions USING btree (user_id) WHERE (revoked_at IS NULL);

-- index slots_of_planograms_cabinet_id_index
CREATE INDEX slots_of_planograms_cabinet_id_index ON public.slots_of_planograms USING btree (cabinet_id);

-- index slots_of_planograms_device_id_index
CREATE INDEX slots_of_planograms_device_id_index ON public.slots_of_planograms USING btree (device_id);

-- index users_email_unique
CREATE UNIQUE INDEX users_email_unique ON public.users USING btree (lower(email)) WHERE (deleted_at IS NULL);

-- index users_is_active_index
CREATE INDEX users_is_active_index ON public.users USING btree (is_active, deleted_at);

-- index users_role_index
CREATE INDEX users_role_index ON public.users USING btree (role) WHERE (is_active AND (deleted_at IS NULL));

-- index users_username_unique
CREATE UNIQUE INDEX users_username_unique ON public.users USING btree (lower(username));

-- index webhook_attempts_delivery_id_index
CREATE INDEX webhook_attempts_delivery_id_index ON public.webhook_attempts USING btree (delivery_id, number);

-- index webhook_deliveries_due_index
CREATE INDEX webhook_deliveries_due_index ON public.webhook_deliveries USING btree (endpoint_id, next_attempt_at, id) WHERE (status = 'pending'::text);

-- index webhook_deliveries_event_id_index
CREATE INDEX webhook_deliveries_event_id_index ON public.webhook_deliveries USING btree (event_id);

-- index webhook_deliveries_log_index
CREATE INDEX webhook_deliveries_log_index ON public.webhook_deliveries USING btree (endpoint_id, id DESC);

-- index webhook_endpoints_client_id_index
CREATE INDEX webhook_endpoints_client_id_index ON public.webhook_endpoints USING btree (client_id) WHERE (client_id IS NOT NULL);

-- index webhook_endpoints_created_by_index
CREATE INDEX webhook_endpoints_created_by_index ON public.webhook_endpoints USING btree (created_by);

-- index webhook_events_occurred_at_index
CREATE INDEX webhook_events_occurred_at_index ON public.webhook_events USING btree (occurred_at);

-- index webhook_events_stream_index
CREATE INDEX webhook_events_stream_index ON public.webhook_events USING btree (stream, stream_number) WHERE (stream IS NOT NULL);

-- trigger activity_daily_touch on activity_daily
CREATE TRIGGER activity_daily_touch BEFORE UPDATE ON public.activity_daily FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger api_clients_touch on api_clients
CREATE TRIGGER api_clients_touch BEFORE UPDATE ON public.api_clients FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger audit_blocks_append_only on audit_blocks
CREATE TRIGGER audit_blocks_append_only BEFORE DELETE OR UPDATE ON public.audit_blocks FOR EACH ROW EXECUTE FUNCTION cvd_refuse_change();

-- trigger audit_events_append_only on audit_events
CREATE TRIGGER audit_events_append_only BEFORE DELETE OR UPDATE ON public.audit_events FOR EACH ROW EXECUTE FUNCTION cvd_refuse_change();

-- trigger audit_seals_append_only on audit_seals
CREATE TRIGGER audit_seals_append_only BEFORE DELETE OR UPDATE ON public.audit_seals FOR EACH ROW EXECUTE FUNCTION cvd_refuse_change();

-- trigger cabinet_types_touch on cabinet_types
CREATE TRIGGER cabinet_types_touch BEFORE UPDATE ON public.cabinet_types FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger company_settings_rolled_up on company_settings
CREATE TRIGGER company_settings_rolled_up AFTER UPDATE OF week_start ON public.company_settings FOR EACH ROW WHEN ((new.week_start IS DISTINCT FROM old.week_start)) EXECUTE FUNCTION cvd_roll_up_weeks();

-- trigger company_settings_touch on company_settings
CREATE TRIGGER company_settings_touch BEFORE UPDATE ON public.company_settings FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger device_cabinets_slots_counted on device_cabinets
CREATE TRIGGER device_cabinets_slots_counted AFTER UPDATE ON public.device_cabinets FOR EACH ROW WHEN (((old.removed_at IS NULL) <> (new.removed_at IS NULL))) EXECUTE FUNCTION cvd_count_slots_of_cabinet();

-- trigger device_cabinets_touch on device_cabinets
CREATE TRIGGER device_cabinets_touch BEFORE UPDATE ON public.device_cabinets FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger device_metrics_touch on device_metrics
CREATE TRIGGER device_metrics_touch BEFORE UPDATE ON public.device_metrics FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger device_types_touch on device_types
CREATE TRIGGER device_types_touch BEFORE UPDATE ON public.device_types FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger devices_rolled_up on devices
CREATE TRIGGER devices_rolled_up AFTER UPDATE ON public.devices REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION cvd_roll_up_devices();

-- trigger devices_slots_counted on devices
CREATE TRIGGER devices_slots_counted AFTER UPDATE ON public.devices FOR EACH ROW WHEN (((old.deleted_at IS NULL) <> (new.deleted_at IS NULL))) EXECUTE FUNCTION cvd_count_slots_of_device();

-- trigger devices_touch on devices
CREATE TRIGGER devices_touch BEFORE UPDATE ON public.devices FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger dex_chain_append_only on dex_chain
CREATE TRIGGER dex_chain_append_only BEFORE DELETE OR UPDATE ON public.dex_chain FOR EACH ROW EXECUTE FUNCTION cvd_refuse_change();

-- trigger dex_files_touch on dex_files
CREATE TRIGGER dex_files_touch BEFORE UPDATE ON public.dex_files FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger dex_intervals_touch on dex_intervals
CREATE TRIGGER dex_intervals_touch BEFORE UPDATE ON public.dex_intervals FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger dex_machines_touch on dex_machines
CREATE TRIGGER dex_machines_touch BEFORE UPDATE ON public.dex_machines FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger dex_mappings_touch on dex_mappings
CREATE TRIGGER dex_mappings_touch BEFORE UPDATE ON public.dex_mappings FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger dex_reads_touch on dex_reads
CREATE TRIGGER dex_reads_touch BEFORE UPDATE ON public.dex_reads FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger driver_locations_touch on driver_locations
CREATE TRIGGER driver_locations_touch BEFORE UPDATE ON public.driver_locations FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger exchange_jobs_touch on exchange_jobs
CREATE TRIGGER exchange_jobs_touch BEFORE UPDATE ON public.exchange_jobs FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger import_runs_touch on import_runs
CREATE TRIGGER import_runs_touch BEFORE UPDATE ON public.import_runs FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger inbound_deliveries_touch on inbound_deliveries
CREATE TRIGGER inbound_deliveries_touch BEFORE UPDATE ON public.inbound_deliveries FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger inbound_partners_touch on inbound_partners
CREATE TRIGGER inbound_partners_touch BEFORE UPDATE ON public.inbound_partners FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger inventory_movements_append_only on inventory_movements
CREATE TRIGGER inventory_movements_append_only BEFORE DELETE OR UPDATE ON public.inventory_movements FOR EACH ROW EXECUTE FUNCTION cvd_refuse_change();

-- trigger inventory_movements_running_balance on inventory_movements
CREATE CONSTRAINT TRIGGER inventory_movements_running_balance AFTER INSERT ON public.inventory_movements DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cvd_prove_movement();

-- trigger inventory_movements_sale_id_fk on inventory_movements
CREATE CONSTRAINT TRIGGER inventory_movements_sale_id_fk AFTER INSERT OR UPDATE ON public.inventory_movements NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((new.sale_id IS NOT NULL)) EXECUTE FUNCTION cvd_refer_to_sale();

-- trigger ip_blocks_touch on ip_blocks
CREATE TRIGGER ip_blocks_touch BEFORE UPDATE ON public.ip_blocks FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger kb_articles_touch on kb_articles
CREATE TRIGGER kb_articles_touch BEFORE UPDATE ON public.kb_articles FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger kb_categories_touch on kb_categories
CREATE TRIGGER kb_categories_touch BEFORE UPDATE ON public.kb_categories FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger kb_feedback_touch on kb_feedback
CREATE TRIGGER kb_feedback_touch BEFORE UPDATE ON public.kb_feedback FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger live_vends_sale_fk on live_vends
CREATE CONSTRAINT TRIGGER live_vends_sale_fk AFTER INSERT OR UPDATE OF sale_id, sale_sold_at ON public.live_vends NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW WHEN ((new.sale_id IS NOT NULL)) EXECUTE FUNCTION cvd_refer_to_sale();

-- trigger live_vends_touch on live_vends
CREATE TRIGGER live_vends_touch BEFORE UPDATE ON public.live_vends FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger locations_touch on locations
CREATE TRIGGER locations_touch BEFORE UPDATE ON public.locations FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger planogram_slot_changes_append_only on planogram_slot_changes
CREATE TRIGGER planogram_slot_changes_append_only BEFORE DELETE OR UPDATE ON public.planogram_slot_changes FOR EACH ROW EXECUTE FUNCTION cvd_refuse_change();

-- trigger planogram_slots_counted_delete on planogram_slots
CREATE TRIGGER planogram_slots_counted_delete AFTER DELETE ON public.planogram_slots REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION cvd_count_slots();

-- trigger planogram_slots_counted_insert on planogram_slots
CREATE TRIGGER planogram_slots_counted_insert AFTER INSERT ON public.planogram_slots REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION cvd_count_slots();

-- trigger planogram_slots_counted_update on planogram_slots
CREATE TRIGGER planogram_slots_counted_update AFTER UPDATE ON public.planogram_slots REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION cvd_count_slots();

-- trigger planogram_slots_filled_in_ledger on planogram_slots
CREATE CONSTRAINT TRIGGER planogram_slots_filled_in_ledger AFTER INSERT ON public.planogram_slots DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.quantity <> 0)) EXECUTE FUNCTION cvd_prove_slot_balance();

-- trigger planogram_slots_quantity_in_ledger on planogram_slots
CREATE CONSTRAINT TRIGGER planogram_slots_quantity_in_ledger AFTER UPDATE OF quantity ON public.planogram_slots DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.quantity IS DISTINCT FROM old.quantity)) EXECUTE FUNCTION cvd_prove_slot_balance();

-- trigger planogram_slots_touch on planogram_slots
CREATE TRIGGER planogram_slots_touch BEFORE UPDATE ON public.planogram_slots FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger planograms_slots_counted on planograms
CREATE TRIGGER planograms_slots_counted AFTER INSERT ON public.planograms FOR EACH ROW EXECUTE FUNCTION cvd_begin_counting_slots();

-- trigger planograms_touch on planograms
CREATE TRIGGER planograms_touch BEFORE UPDATE ON public.planograms FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger product_categories_touch on product_categories
CREATE TRIGGER product_categories_touch BEFORE UPDATE ON public.product_categories FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger products_touch on products
CREATE TRIGGER products_touch BEFORE UPDATE ON public.products FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger push_subscriptions_touch on push_subscriptions
CREATE TRIGGER push_subscriptions_touch BEFORE UPDATE ON public.push_subscriptions FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger route_driver_history_touch on route_driver_history
CREATE TRIGGER route_driver_history_touch BEFORE UPDATE ON public.route_driver_history FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger route_planning_settings_touch on route_planning_settings
CREATE TRIGGER route_planning_settings_touch BEFORE UPDATE ON public.route_planning_settings FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger routes_touch on routes
CREATE TRIGGER routes_touch BEFORE UPDATE ON public.routes FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger sale_corrections_append_only on sale_corrections
CREATE TRIGGER sale_corrections_append_only BEFORE DELETE OR UPDATE ON public.sale_corrections FOR EACH ROW EXECUTE FUNCTION cvd_refuse_change();

-- trigger sale_corrections_sale_id_fk on sale_corrections
CREATE CONSTRAINT TRIGGER sale_corrections_sale_id_fk AFTER INSERT OR UPDATE ON public.sale_corrections NOT DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION cvd_refer_to_sale();

-- trigger sale_keys_sale_id_fk on sale_keys
CREATE CONSTRAINT TRIGGER sale_keys_sale_id_fk AFTER INSERT OR UPDATE ON public.sale_keys DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cvd_refer_to_sale();

-- trigger sales_immutable on sales
CREATE TRIGGER sales_immutable BEFORE DELETE OR UPDATE OF id, device_id, product_id, units, revenue_cents, sold_at, period_start, source, dex_read_id, payment_kind, import_key, created_at ON public.sales FOR EACH ROW EXECUTE FUNCTION cvd_keep_sale();

-- trigger sales_daily_rolled_up_delete on sales_daily
CREATE TRIGGER sales_daily_rolled_up_delete AFTER DELETE ON public.sales_daily REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION cvd_roll_up_sales();

-- trigger sales_daily_rolled_up_insert on sales_daily
CREATE TRIGGER sales_daily_rolled_up_insert AFTER INSERT ON public.sales_daily REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION cvd_roll_up_sales();

-- trigger sales_daily_rolled_up_update on sales_daily
CREATE TRIGGER sales_daily_rolled_up_update AFTER UPDATE ON public.sales_daily REFERENCING OLD TABLE AS went NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION cvd_roll_up_sales();

-- trigger sales_daily_touch on sales_daily
CREATE TRIGGER sales_daily_touch BEFORE UPDATE ON public.sales_daily FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger security_alerts_publish on security_alerts
CREATE TRIGGER security_alerts_publish AFTER INSERT ON public.security_alerts REFERENCING NEW TABLE AS raised FOR EACH STATEMENT EXECUTE FUNCTION cvd_publish_alerts();

-- trigger security_alerts_touch on security_alerts
CREATE TRIGGER security_alerts_touch BEFORE UPDATE ON public.security_alerts FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger service_order_cabinets_touch on service_order_cabinets
CREATE TRIGGER service_order_cabinets_touch BEFORE UPDATE ON public.service_order_cabinets FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger service_order_items_touch on service_order_items
CREATE TRIGGER service_order_items_touch BEFORE UPDATE ON public.service_order_items FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger service_order_photos_touch on service_order_photos
CREATE TRIGGER service_order_photos_touch BEFORE UPDATE ON public.service_order_photos FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger service_order_transitions_append_only on service_order_transitions
CREATE TRIGGER service_order_transitions_append_only BEFORE DELETE OR UPDATE ON public.service_order_transitions FOR EACH ROW EXECUTE FUNCTION cvd_refuse_change();

-- trigger service_orders_touch on service_orders
CREATE TRIGGER service_orders_touch BEFORE UPDATE ON public.service_orders FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger service_visits_touch on service_visits
CREATE TRIGGER service_visits_touch BEFORE UPDATE ON public.service_visits FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger sessions_touch on sessions
CREATE TRIGGER sessions_touch BEFORE UPDATE ON public.sessions FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger slot_metrics_touch on slot_metrics
CREATE TRIGGER slot_metrics_touch BEFORE UPDATE ON public.slot_metrics FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger system_settings_touch on system_settings
CREATE TRIGGER system_settings_touch BEFORE UPDATE ON public.system_settings FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger user_avatars_touch on user_avatars
CREATE TRIGGER user_avatars_touch BEFORE UPDATE ON public.user_avatars FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger user_preferences_touch on user_preferences
CREATE TRIGGER user_preferences_touch BEFORE UPDATE ON public.user_preferences FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger users_touch on users
CREATE TRIGGER users_touch BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- trigger users_username_immutable on users
CREATE TRIGGER users_username_immutable BEFORE UPDATE OF username ON public.users FOR EACH ROW WHEN ((new.username IS DISTINCT FROM old.username)) EXECUTE FUNCTION cvd_keep_username();

-- trigger webhook_endpoints_touch on webhook_endpoints
CREATE TRIGGER webhook_endpoints_touch BEFORE UPDATE ON public.webhook_endpoints FOR EACH ROW EXECUTE FUNCTION cvd_touch_updated_at();

-- view reporting.cabinet_types
CREATE VIEW reporting.cabinet_types AS
 SELECT id,
    name,
    description,
    rows,
    cols,
    icon,
    temperature_class
   FROM cabinet_types;
ALTER VIEW reporting.cabinet_types OWNER TO cvd_migrator;

-- view reporting.device_cabinets
CREATE VIEW reporting.device_cabinets AS
 SELECT cabinet.id,
    cabinet.device_id,
    cabinet.cabinet_index,
    type.name AS cabinet_type,
    cabinet.rows,
    cabinet.cols
   FROM (device_cabinets cabinet
     JOIN cabinet_types type ON ((type.id = cabinet.cabinet_type_id)))
  WHERE (cabinet.removed_at IS NULL);
ALTER VIEW reporting.device_cabinets OWNER TO cvd_migrator;

-- view reporting.device_metrics
CREATE VIEW reporting.device_metrics AS
 SELECT device_id,
    sold_out_count,
    dri_days,
    daily_velocity,
    product_level_pct,
    units_to_par,
    days_since_service,
    calculated_at
   FROM device_metrics;
ALTER VIEW reporting.device_metrics OWNER TO cvd_migrator;

-- view reporting.device_types
CREATE VIEW reporting.device_types AS
 SELECT id,
    name,
    description,
    allows_additional_cabinets,
    min_cabinets,
    max_cabinets
   FROM device_types;
ALTER VIEW reporting.device_types OWNER TO cvd_migrator;

-- view reporting.devices
CREATE VIEW reporting.devices AS
 SELECT device.id,
    device.asset,
    device.nickname,
    type.name AS device_type,
    device.location_id,
    location.name AS location,
    device.route_id,
    route.name AS route,
    device.model,
    device.serial_number,
    device.created_at
   FROM (((devices device
     JOIN device_types type ON ((type.id = device.device_type_id)))
     JOIN locations location ON ((location.id = device.location_id)))
     LEFT JOIN routes route ON ((route.id = device.route_id)))
  WHERE (device.deleted_at IS NULL);
ALTER VIEW reporting.devices OWNER TO cvd_migrator;

-- view reporting.dex_reads
CREATE VIEW reporting.dex_reads AS
 SELECT id,
    device_id,
    filename,
    machine_serial,
    machine_model,
    read_at,
    uploaded_at,
    status,
    is_quarantined
   FROM dex_reads;
ALTER VIEW reporting.dex_reads OWNER TO cvd_migrator;

-- view reporting.inventory_movements
CREATE VIEW reporting.inventory_movements AS
 SELECT id,
    slot_id,
    product_id,
    delta,
    kind,
    quantity_after,
    at
   FROM inventory_movements;
ALTER VIEW reporting.inventory_movements OWNER TO cvd_migrator;

-- view reporting.locations
CREATE VIEW reporting.locations AS
 SELECT id,
    name,
    address,
    latitude,
    longitude,
    is_default,
    created_at
   FROM locations
  WHERE (deleted_at IS NULL);
ALTER VIEW reporting.locations OWNER TO cvd_migrator;

-- view reporting.planogram_slots
CREATE VIEW reporting.planogram_slots AS
 SELECT slot.id,
    cabinet.device_id,
    cabinet.cabinet_index,
    slot."position",
    slot.product_id,
    product.name AS product_name,
    slot.quantity,
    slot.capacity,
    slot.par_level,
    COALESCE(slot.price_cents, product.price_cents) AS price_cents
   FROM (((planogram_slots slot
     JOIN planograms planogram ON ((planogram.id = slot.planogram_id)))
     JOIN device_cabinets cabinet ON ((cabinet.id = planogram.cabinet_id)))
     LEFT JOIN products product ON ((product.id = slot.product_id)))
  WHERE (slot.retired_at IS NULL);
ALTER VIEW reporting.planogram_slots OWNER TO cvd_migrator;

-- view reporting.products
CREATE VIEW reporting.products AS
 SELECT product.id,
    product.sku,
    product.name,
    category.name AS category,
    product.price_cents,
    product.cost_cents,
    product.is_active,
    product.created_at
   FROM (products product
     JOIN product_categories category ON ((category.id = product.category_id)))
  WHERE (product.deleted_at IS NULL);
ALTER VIEW reporting.products OWNER TO cvd_migrator;

-- view reporting.routes
CREATE VIEW reporting.routes AS
 SELECT route.id,
    route.name,
    route.route_number,
    route.driver_id,
    driver.username AS driver_name,
    route.created_at
   FROM (routes route
     LEFT JOIN users driver ON ((driver.id = route.driver_id)))
  WHERE (route.deleted_at IS NULL);
ALTER VIEW reporting.routes OWNER TO cvd_migrator;

-- view reporting.sales
CREATE VIEW reporting.sales AS
 SELECT id,
    device_id,
    product_id,
    slot_id,
    units,
    revenue_cents,
    sold_at,
    source,
    payment_kind
   FROM sales;
ALTER VIEW reporting.sales OWNER TO cvd_migrator;

-- view reporting.sales_daily
CREATE VIEW reporting.sales_daily AS
 SELECT device_id,
    product_id,
    day,
    units,
    revenue_cents,
    transactions
   FROM sales_daily;
ALTER VIEW reporting.sales_daily OWNER TO cvd_migrator;

-- view reporting.service_order_cabinets
CREATE VIEW reporting.service_order_cabinets AS
 SELECT id,
    service_order_id,
    cabinet_id,
    status,
    started_at,
    executed_at,
    skip_reason
   FROM service_order_cabinets;
ALTER VIEW reporting.service_order_cabinets OWNER TO cvd_migrator;

-- view reporting.service_order_items
CREATE VIEW reporting.service_order_items AS
 SELECT id,
    order_cabinet_id,
    product_id,
    quantity_needed,
    quantity_filled
   FROM service_order_items;
ALTER VIEW reporting.service_order_items OWNER TO cvd_migrator;

-- view reporting.service_orders
CREATE VIEW reporting.service_orders AS
 SELECT id,
    route_id,
    driver_id,
    service_date,
    status,
    priority,
    total_units,
    estimated_minutes,
    started_at,
    completed_at,
    cancelled_at,
    created_at
   FROM service_orders;
ALTER VIEW reporting.service_orders OWNER TO cvd_migrator;

-- view reporting.service_visits
CREATE VIEW reporting.service_visits AS
 SELECT id,
    device_id,
    order_cabinet_id,
    visited_at,
    service_type,
    technician_id,
    units_restocked,
    duration_minutes
   FROM service_visits
  WHERE (voided_at IS NULL);
ALTER VIEW reporting.service_visits OWNER TO cvd_migrator;

-- view reporting.users
CREATE VIEW reporting.users AS
 SELECT id,
    username,
    role,
    is_active,
    last_login_at,
    created_at
   FROM users
  WHERE (deleted_at IS NULL);
ALTER VIEW reporting.users OWNER TO cvd_migrator;

-- grant on activity_daily to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON activity_daily TO cvd_app;

-- grant on activity_events to cvd_app
GRANT DELETE, INSERT, SELECT ON activity_events TO cvd_app;

-- grant on ai_results to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON ai_results TO cvd_app;

-- grant on alembic_version to cvd_app
GRANT SELECT ON alembic_version TO cvd_app;

-- grant on api_client_credentials to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON api_client_credentials TO cvd_app;

-- grant on api_client_rows to cvd_app
GRANT DELETE, INSERT, SELECT ON api_client_rows TO cvd_app;

-- grant on api_clients to cvd_app
GRANT INSERT, SELECT, UPDATE ON api_clients TO cvd_app;

-- grant on assistant_uses to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON assistant_uses TO cvd_app;

-- grant on audit_blocks to cvd_app
GRANT INSERT, SELECT ON audit_blocks TO cvd_app;

-- grant on audit_events to cvd_app
GRANT INSERT, SELECT ON audit_events TO cvd_app;

-- grant on audit_seals to cvd_app
GRANT INSERT, SELECT ON audit_seals TO cvd_app;

-- grant on cabinet_types to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON cabinet_types TO cvd_app;

-- grant on client_reports to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON client_reports TO cvd_app;

-- grant on company_settings to cvd_app
GRANT INSERT, SELECT, UPDATE ON company_settings TO cvd_app;

-- grant on data_export_log to cvd_app
GRANT INSERT, SELECT ON data_export_log TO cvd_app;

-- grant on device_cabinets to cvd_app
GRANT INSERT, SELECT, UPDATE ON device_cabinets TO cvd_app;

-- grant on device_metrics to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON device_metrics TO cvd_app;

-- grant on device_types to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON device_types TO cvd_app;

-- grant on devices to cvd_app
GRANT INSERT, SELECT, UPDATE ON devices TO cvd_app;

-- grant on dex_chain to cvd_app
GRANT INSERT, SELECT ON dex_chain TO cvd_app;

-- grant on dex_files to cvd_app
GRANT INSERT, SELECT, UPDATE ON dex_files TO cvd_app;

-- grant on dex_intervals to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON dex_intervals TO cvd_app;

-- grant on dex_issues to cvd_app
GRANT DELETE, INSERT, SELECT ON dex_issues TO cvd_app;

-- grant on dex_machines to cvd_app
GRANT INSERT, SELECT, UPDATE ON dex_machines TO cvd_app;

-- grant on dex_mappings to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON dex_mappings TO cvd_app;

-- grant on dex_readings to cvd_app
GRANT INSERT, SELECT ON dex_readings TO cvd_app;

-- grant on dex_reads to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON dex_reads TO cvd_app;

-- grant on dex_records to cvd_app
GRANT DELETE, INSERT, SELECT ON dex_records TO cvd_app;

-- grant on dex_selection_payments to cvd_app
GRANT DELETE, INSERT, SELECT ON dex_selection_payments TO cvd_app;

-- grant on dex_selections to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON dex_selections TO cvd_app;

-- grant on driver_locations to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON driver_locations TO cvd_app;

-- grant on exchange_jobs to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON exchange_jobs TO cvd_app;

-- grant on exchange_refusals to cvd_app
GRANT DELETE, INSERT, SELECT ON exchange_refusals TO cvd_app;

-- grant on idempotency_keys to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON idempotency_keys TO cvd_app;

-- grant on import_issues to cvd_app
GRANT INSERT, SELECT ON import_issues TO cvd_app;

-- grant on import_runs to cvd_app
GRANT INSERT, SELECT, UPDATE ON import_runs TO cvd_app;

-- grant on inbound_deliveries to cvd_app
GRANT INSERT, SELECT, UPDATE ON inbound_deliveries TO cvd_app;

-- grant on inbound_partners to cvd_app
GRANT INSERT, SELECT, UPDATE ON inbound_partners TO cvd_app;

-- grant on inventory_movements to cvd_app
GRANT INSERT, SELECT ON inventory_movements TO cvd_app;

-- grant on ip_blocks to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON ip_blocks TO cvd_app;

-- grant on job_runs to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON job_runs TO cvd_app;

-- grant on kb_articles to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON kb_articles TO cvd_app;

-- grant on kb_categories to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON kb_categories TO cvd_app;

-- grant on kb_feedback to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON kb_feedback TO cvd_app;

-- grant on live_vends to cvd_app
GRANT INSERT, SELECT, UPDATE ON live_vends TO cvd_app;

-- grant on locations to cvd_app
GRANT INSERT, SELECT, UPDATE ON locations TO cvd_app;

-- grant on login_attempts to cvd_app
GRANT DELETE, INSERT, SELECT ON login_attempts TO cvd_app;

-- grant on machine_events to cvd_app
GRANT INSERT, SELECT, UPDATE ON machine_events TO cvd_app;

-- grant on outbox to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON outbox TO cvd_app;

-- grant on outbox_streams to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON outbox_streams TO cvd_app;

-- grant on planogram_slot_changes to cvd_app
GRANT INSERT, SELECT ON planogram_slot_changes TO cvd_app;

-- grant on planogram_slots to cvd_app
GRANT INSERT, SELECT, UPDATE ON planogram_slots TO cvd_app;

-- grant on planograms to cvd_app
GRANT INSERT, SELECT, UPDATE ON planograms TO cvd_app;

-- grant on product_categories to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON product_categories TO cvd_app;

-- grant on products to cvd_app
GRANT INSERT, SELECT, UPDATE ON products TO cvd_app;

-- grant on push_subscriptions to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON push_subscriptions TO cvd_app;

-- grant on rate_limits to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON rate_limits TO cvd_app;

-- grant on reporting.cabinet_types to cvd_reporting
GRANT SELECT ON reporting.cabinet_types TO cvd_reporting;

-- grant on reporting.device_cabinets to cvd_reporting
GRANT SELECT ON reporting.device_cabinets TO cvd_reporting;

-- grant on reporting.device_metrics to cvd_reporting
GRANT SELECT ON reporting.device_metrics TO cvd_reporting;

-- grant on reporting.device_types to cvd_reporting
GRANT SELECT ON reporting.device_types TO cvd_reporting;

-- grant on reporting.devices to cvd_reporting
GRANT SELECT ON reporting.devices TO cvd_reporting;

-- grant on reporting.dex_reads to cvd_reporting
GRANT SELECT ON reporting.dex_reads TO cvd_reporting;

-- grant on reporting.inventory_movements to cvd_reporting
GRANT SELECT ON reporting.inventory_movements TO cvd_reporting;

-- grant on reporting.locations to cvd_reporting
GRANT SELECT ON reporting.locations TO cvd_reporting;

-- grant on reporting.planogram_slots to cvd_reporting
GRANT SELECT ON reporting.planogram_slots TO cvd_reporting;

-- grant on reporting.products to cvd_reporting
GRANT SELECT ON reporting.products TO cvd_reporting;

-- grant on reporting.routes to cvd_reporting
GRANT SELECT ON reporting.routes TO cvd_reporting;

-- grant on reporting.sales to cvd_reporting
GRANT SELECT ON reporting.sales TO cvd_reporting;

-- grant on reporting.sales_daily to cvd_reporting
GRANT SELECT ON reporting.sales_daily TO cvd_reporting;

-- grant on reporting.service_order_cabinets to cvd_reporting
GRANT SELECT ON reporting.service_order_cabinets TO cvd_reporting;

-- grant on reporting.service_order_items to cvd_reporting
GRANT SELECT ON reporting.service_order_items TO cvd_reporting;

-- grant on reporting.service_orders to cvd_reporting
GRANT SELECT ON reporting.service_orders TO cvd_reporting;

-- grant on reporting.service_visits to cvd_reporting
GRANT SELECT ON reporting.service_visits TO cvd_reporting;

-- grant on reporting.users to cvd_reporting
GRANT SELECT ON reporting.users TO cvd_reporting;

-- grant on route_driver_history to cvd_app
GRANT INSERT, SELECT, UPDATE ON route_driver_history TO cvd_app;

-- grant on route_planning_settings to cvd_app
GRANT INSERT, SELECT, UPDATE ON route_planning_settings TO cvd_app;

-- grant on routes to cvd_app
GRANT INSERT, SELECT, UPDATE ON routes TO cvd_app;

-- grant on sale_corrections to cvd_app
GRANT INSERT, SELECT ON sale_corrections TO cvd_app;

-- grant on sale_keys to cvd_app
GRANT DELETE, INSERT, SELECT ON sale_keys TO cvd_app;

-- grant on sales to cvd_app
GRANT DELETE, INSERT, SELECT ON sales TO cvd_app;

-- grant on sales_archives to cvd_app
GRANT INSERT, SELECT, UPDATE (restored_at) ON sales_archives TO cvd_app;

-- grant on sales_daily to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON sales_daily TO cvd_app;

-- grant on sales_id_seq to cvd_app
GRANT SELECT, USAGE ON sales_id_seq TO cvd_app;

-- grant on sales_of_days to cvd_app
GRANT SELECT ON sales_of_days TO cvd_app;

-- grant on sales_of_devices to cvd_app
GRANT SELECT ON sales_of_devices TO cvd_app;

-- grant on sales_of_products to cvd_app
GRANT SELECT ON sales_of_products TO cvd_app;

-- grant on security_alerts to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON security_alerts TO cvd_app;

-- grant on service_order_cabinets to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON service_order_cabinets TO cvd_app;

-- grant on service_order_items to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON service_order_items TO cvd_app;

-- grant on service_order_photos to cvd_app
GRANT INSERT, SELECT, UPDATE ON service_order_photos TO cvd_app;

-- grant on service_order_transitions to cvd_app
GRANT INSERT, SELECT ON service_order_transitions TO cvd_app;

-- grant on service_orders to cvd_app
GRANT INSERT, SELECT, UPDATE ON service_orders TO cvd_app;

-- grant on service_visit_items to cvd_app
GRANT INSERT, SELECT ON service_visit_items TO cvd_app;

-- grant on service_visits to cvd_app
GRANT INSERT, SELECT, UPDATE ON service_visits TO cvd_app;

-- grant on sessions to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON sessions TO cvd_app;

-- grant on slot_metrics to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON slot_metrics TO cvd_app;

-- grant on slots_of_planograms to cvd_app
GRANT SELECT ON slots_of_planograms TO cvd_app;

-- grant on system_settings to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON system_settings TO cvd_app;

-- grant on user_avatars to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON user_avatars TO cvd_app;

-- grant on user_preferences to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON user_preferences TO cvd_app;

-- grant on users to cvd_app
GRANT INSERT, SELECT, UPDATE ON users TO cvd_app;

-- grant on webhook_attempts to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_attempts TO cvd_app;

-- grant on webhook_deliveries to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_deliveries TO cvd_app;

-- grant on webhook_endpoints to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_endpoints TO cvd_app;

-- grant on webhook_endpoints_id_seq to cvd_app
GRANT USAGE ON webhook_endpoints_id_seq TO cvd_app;

-- grant on webhook_events to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_events TO cvd_app;

-- grant on webhook_lanes to cvd_app
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_lanes TO cvd_app;
