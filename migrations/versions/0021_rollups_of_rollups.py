"""Rollups of rollups

Purpose: sums of the daily rollup by device, by product and by day, so that what a report reads does not grow with the
    sales: of devices also by the company's weeks and of all time. The database keeps them itself, whoever writes the
    daily rollup, deletes or recovers a device, or changes the day on which weeks begin (BR-150, BR-151).
    And sales in the order in which they are listed.
Impact: new tables, filled from the daily rollup (a million sales a minute), which writers of sales wait for; the index on
    sales is built while writers wait. Reports go on reading.
Way back: the tables are dropped; their rows are sums of what stays.
"""

from migrations.run import run

revision = "0021"
down_revision = "0020"

TABLES = """
CREATE TABLE sales_of_devices (
    device_id bigint NOT NULL CONSTRAINT sales_of_devices_device_id_fk REFERENCES devices (id) ON DELETE RESTRICT,
    span text NOT NULL CONSTRAINT sales_of_devices_span_known CHECK (span IN ('day', 'week', 'ever')),
    starts_on date NOT NULL,
    units bigint NOT NULL,
    revenue_cents bigint NOT NULL,
    transactions bigint NOT NULL,
    products integer NOT NULL,
    CONSTRAINT sales_of_devices_pk PRIMARY KEY (span, starts_on, device_id)
);
CREATE INDEX sales_of_devices_device_id_index ON sales_of_devices (device_id, span, starts_on);
COMMENT ON COLUMN sales_of_devices.products IS 'Rows of the daily rollup that are summed up here; none is left at 0.';

CREATE TABLE sales_of_products (
    product_id bigint NOT NULL CONSTRAINT sales_of_products_product_id_fk REFERENCES products (id) ON DELETE RESTRICT,
    day date NOT NULL,
    units bigint NOT NULL,
    revenue_cents bigint NOT NULL,
    live_units bigint NOT NULL,
    live_revenue_cents bigint NOT NULL,
    live_transactions bigint NOT NULL,
    live_devices integer NOT NULL,
    CONSTRAINT sales_of_products_pk PRIMARY KEY (day, product_id)
);
CREATE INDEX sales_of_products_product_id_index ON sales_of_products (product_id, day);
COMMENT ON COLUMN sales_of_products.live_devices IS 'Devices that sold it on that day and are not deleted.';

CREATE TABLE sales_of_days (
    day date CONSTRAINT sales_of_days_pk PRIMARY KEY,
    units bigint NOT NULL,
    revenue_cents bigint NOT NULL,
    transactions bigint NOT NULL,
    devices integer NOT NULL,
    products integer NOT NULL
);
COMMENT ON TABLE sales_of_days IS 'What live devices sold; those deleted since are left out.';

GRANT SELECT ON sales_of_devices, sales_of_products, sales_of_days TO cvd_app;
"""

FUNCTIONS = """
CREATE FUNCTION cvd_week_of(day date, week_start integer) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
    SELECT day - (extract(dow FROM day)::integer - week_start + 7) % 7
$body$;
REVOKE ALL ON FUNCTION cvd_week_of(date, integer) FROM PUBLIC;

-- Rows of the daily rollup that came, changed or went, in one statement: the differences are added to every sum of them.
-- A device is locked first, so that it is not deleted or recovered between being found live and being counted as live.
CREATE FUNCTION cvd_roll_up_sales() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;
REVOKE ALL ON FUNCTION cvd_roll_up_sales() FROM PUBLIC;

-- Devices that were deleted or recovered, in one statement: all that they ever sold goes out of what live ones sold,
-- or comes back.
CREATE FUNCTION cvd_roll_up_devices() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;
REVOKE ALL ON FUNCTION cvd_roll_up_devices() FROM PUBLIC;

-- Weeks begin on another day: they are summed up anew from the days.
CREATE FUNCTION cvd_roll_up_weeks() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;
REVOKE ALL ON FUNCTION cvd_roll_up_weeks() FROM PUBLIC;

-- All sums, made anew from the daily rollup; for a database that was filled past the triggers.
CREATE FUNCTION cvd_roll_up_everything() RETURNS void
    LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;
REVOKE ALL ON FUNCTION cvd_roll_up_everything() FROM PUBLIC;
"""

TRIGGERS = """
CREATE TRIGGER sales_daily_rolled_up_insert AFTER INSERT ON sales_daily REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION cvd_roll_up_sales();
CREATE TRIGGER sales_daily_rolled_up_update AFTER UPDATE ON sales_daily REFERENCING NEW TABLE AS came OLD TABLE AS went
    FOR EACH STATEMENT EXECUTE FUNCTION cvd_roll_up_sales();
CREATE TRIGGER sales_daily_rolled_up_delete AFTER DELETE ON sales_daily REFERENCING OLD TABLE AS went
    FOR EACH STATEMENT EXECUTE FUNCTION cvd_roll_up_sales();
CREATE TRIGGER devices_rolled_up AFTER UPDATE ON devices REFERENCING NEW TABLE AS came OLD TABLE AS went
    FOR EACH STATEMENT EXECUTE FUNCTION cvd_roll_up_devices();
CREATE TRIGGER company_settings_rolled_up AFTER UPDATE OF week_start ON company_settings
    FOR EACH ROW WHEN (NEW.week_start IS DISTINCT FROM OLD.week_start) EXECUTE FUNCTION cvd_roll_up_weeks();

SELECT cvd_roll_up_everything();
"""

LISTED = """
-- An index of a partitioned table cannot be dropped or built concurrently.
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX sales_sold_at_index;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX sales_sold_at_index ON sales (sold_at DESC, id DESC);
"""

DOWNGRADE = """
DROP INDEX sales_sold_at_index;
CREATE INDEX sales_sold_at_index ON sales USING brin (sold_at);
DROP TRIGGER company_settings_rolled_up ON company_settings;
DROP TRIGGER devices_rolled_up ON devices;
DROP TRIGGER sales_daily_rolled_up_delete ON sales_daily;
DROP TRIGGER sales_daily_rolled_up_update ON sales_daily;
DROP TRIGGER sales_daily_rolled_up_insert ON sales_daily;
DROP FUNCTION cvd_roll_up_everything();
DROP FUNCTION cvd_roll_up_weeks();
DROP FUNCTION cvd_roll_up_devices();
DROP FUNCTION cvd_roll_up_sales();
DROP TABLE sales_of_days, sales_of_products, sales_of_devices;
DROP FUNCTION cvd_week_of(date, integer);
"""


def upgrade() -> None:
    run(TABLES)
    run(FUNCTIONS)
    run(TRIGGERS)
    run(LISTED)


def downgrade() -> None:
    run(DOWNGRADE)
