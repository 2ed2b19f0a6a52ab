"""Archive of sales

Purpose: the months of sales that have left for the archive, each part with what proves it, and the one way in which
    sales leave the database (domain.md 8.1). What refers to a sale goes on doing so: it refers to a sale that is here
    or to one that is archived, which a foreign key cannot say, so triggers of the same names, moments and locks do.
Impact: a new table; foreign keys are dropped and triggers made on four tables, under locks of milliseconds, once nobody
    else writes to them. No row is rewritten.
Way back: the foreign keys are made again and proven on all rows (about a second a million), which they pass only when
    every archived month has been restored: `python -m tools.sales restore`. Then the table is dropped.
"""

from migrations.run import run

revision = "0027"
down_revision = "0026"

UPGRADE = """
CREATE TABLE sales_archives (
    month date NOT NULL CONSTRAINT sales_archives_month_begins CHECK (extract(day FROM month) = 1),
    part integer NOT NULL CONSTRAINT sales_archives_part_positive CHECK (part > 0),
    file_key text NOT NULL CONSTRAINT sales_archives_file_key_length CHECK (length(file_key) BETWEEN 1 AND 500),
    sha256 bytea NOT NULL CONSTRAINT sales_archives_sha256_length CHECK (octet_length(sha256) = 32),
    size_bytes bigint NOT NULL CONSTRAINT sales_archives_size_bytes_positive CHECK (size_bytes > 0),
    sales integer NOT NULL CONSTRAINT sales_archives_sales_positive CHECK (sales > 0),
    units bigint NOT NULL CONSTRAINT sales_archives_units_positive CHECK (units > 0),
    revenue_cents bigint NOT NULL CONSTRAINT sales_archives_revenue_cents_not_negative CHECK (revenue_cents >= 0),
    ids int8multirange NOT NULL CONSTRAINT sales_archives_ids_not_empty CHECK (NOT isempty(ids)),
    archived_at timestamptz NOT NULL,
    restored_at timestamptz CONSTRAINT sales_archives_restored_after_archived CHECK (restored_at >= archived_at),
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sales_archives_month_part_pk PRIMARY KEY (month, part)
);
GRANT SELECT, INSERT, UPDATE (restored_at) ON sales_archives TO cvd_app;
INSERT INTO system_settings (key, value, description)
VALUES ('sales_hot_months', '24', 'Months for which sales stay in the database before they are archived, 13 at least');

CREATE FUNCTION cvd_refer_to_sale() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;
REVOKE ALL ON FUNCTION cvd_refer_to_sale() FROM PUBLIC;

-- squawk-ignore ban-drop-constraint
ALTER TABLE sale_keys DROP CONSTRAINT sale_keys_sale_id_fk;
-- squawk-ignore ban-drop-constraint
ALTER TABLE sale_corrections DROP CONSTRAINT sale_corrections_sale_id_fk;
-- squawk-ignore ban-drop-constraint
ALTER TABLE inventory_movements DROP CONSTRAINT inventory_movements_sale_id_fk;
-- squawk-ignore ban-drop-constraint
ALTER TABLE live_vends DROP CONSTRAINT live_vends_sale_fk;
CREATE CONSTRAINT TRIGGER sale_keys_sale_id_fk AFTER INSERT OR UPDATE ON sale_keys
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cvd_refer_to_sale();
CREATE CONSTRAINT TRIGGER sale_corrections_sale_id_fk AFTER INSERT OR UPDATE ON sale_corrections
    FOR EACH ROW EXECUTE FUNCTION cvd_refer_to_sale();
CREATE CONSTRAINT TRIGGER inventory_movements_sale_id_fk AFTER INSERT OR UPDATE ON inventory_movements
    FOR EACH ROW WHEN (NEW.sale_id IS NOT NULL) EXECUTE FUNCTION cvd_refer_to_sale();
CREATE CONSTRAINT TRIGGER live_vends_sale_fk AFTER INSERT OR UPDATE OF sale_id, sale_sold_at ON live_vends
    FOR EACH ROW WHEN (NEW.sale_id IS NOT NULL) EXECUTE FUNCTION cvd_refer_to_sale();

CREATE OR REPLACE FUNCTION cvd_keep_sale() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public AS $body$
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
$body$;

-- The only way in which sales leave: a month that is past the time that they are kept for at least, when the archive's
-- row says exactly what the month holds. The partition stays, for sales that come late.
CREATE FUNCTION cvd_let_go_of_sales(of_month date, of_part integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $body$
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
$body$;
REVOKE ALL ON FUNCTION cvd_let_go_of_sales(date, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cvd_let_go_of_sales(date, integer) TO cvd_app;
"""

DOWNGRADE = """
DROP TRIGGER sale_keys_sale_id_fk ON sale_keys;
DROP TRIGGER sale_corrections_sale_id_fk ON sale_corrections;
DROP TRIGGER inventory_movements_sale_id_fk ON inventory_movements;
DROP TRIGGER live_vends_sale_fk ON live_vends;
DROP FUNCTION cvd_refer_to_sale();
DROP FUNCTION cvd_let_go_of_sales(date, integer);
DROP TABLE sales_archives;
DELETE FROM system_settings WHERE key = 'sales_hot_months';
ALTER TABLE sale_keys ADD CONSTRAINT sale_keys_sale_id_fk FOREIGN KEY (sale_id, sold_at)
    REFERENCES sales (id, sold_at) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE sale_corrections ADD CONSTRAINT sale_corrections_sale_id_fk FOREIGN KEY (sale_id, sale_sold_at)
    REFERENCES sales (id, sold_at) ON DELETE RESTRICT;
ALTER TABLE inventory_movements ADD CONSTRAINT inventory_movements_sale_id_fk FOREIGN KEY (sale_id, sale_sold_at)
    REFERENCES sales (id, sold_at) ON DELETE RESTRICT;
ALTER TABLE live_vends ADD CONSTRAINT live_vends_sale_fk FOREIGN KEY (sale_id, sale_sold_at)
    REFERENCES sales (id, sold_at) ON DELETE RESTRICT;
CREATE OR REPLACE FUNCTION cvd_keep_sale() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public AS $body$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.source = 'demo' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a sale is never changed or removed: record a correction'
        USING ERRCODE = 'restrict_violation', TABLE = 'sales', SCHEMA = TG_TABLE_SCHEMA;
END
$body$;
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)
