"""Count empty slots

Purpose: how many slots of each planogram are low and how many are sold out, kept by the database itself whoever writes a
    slot, removes a cabinet, or deletes or recovers a device, so that a badge reads a row for each planogram in place
    of every slot that is low (domain.md 7.6). And an index by which devices that will soon be empty are found.
Impact: a new table, filled from the slots (300,000 slots a second), which writers of slots, planograms, cabinets and
    devices wait for. The index is built while the hourly schedule waits: milliseconds. Readers go on.
Way back: table and index are dropped; the rows are counts of what stays.
"""

from migrations.run import run

revision = "0029"
down_revision = "0028"

TABLE = """
CREATE TABLE slots_of_planograms (
    planogram_id bigint CONSTRAINT slots_of_planograms_pk PRIMARY KEY
        CONSTRAINT slots_of_planograms_planogram_id_fk REFERENCES planograms (id) ON DELETE CASCADE,
    cabinet_id bigint NOT NULL
        CONSTRAINT slots_of_planograms_cabinet_id_fk REFERENCES device_cabinets (id) ON DELETE CASCADE,
    device_id bigint NOT NULL CONSTRAINT slots_of_planograms_device_id_fk REFERENCES devices (id) ON DELETE CASCADE,
    is_removed boolean NOT NULL,
    is_deleted boolean NOT NULL,
    low integer NOT NULL,
    sold_out integer NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX slots_of_planograms_device_id_index ON slots_of_planograms (device_id);
CREATE INDEX slots_of_planograms_cabinet_id_index ON slots_of_planograms (cabinet_id);
COMMENT ON TABLE slots_of_planograms IS 'How many of its slots want filling; kept by triggers, also while its device is deleted.';
GRANT SELECT ON slots_of_planograms TO cvd_app;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX device_metrics_dri_days_index ON device_metrics (dri_days, device_id) INCLUDE (calculated_at);
"""

FUNCTIONS = """
CREATE FUNCTION cvd_is_low(product_id bigint, retired_at timestamptz, quantity integer, par_level integer) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
    SELECT product_id IS NOT NULL AND retired_at IS NULL AND par_level > 0 AND quantity * 4 <= par_level
$body$;
REVOKE ALL ON FUNCTION cvd_is_low(bigint, timestamptz, integer, integer) FROM PUBLIC;

CREATE FUNCTION cvd_is_sold_out(product_id bigint, retired_at timestamptz, quantity integer, capacity integer)
    RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $body$
    SELECT product_id IS NOT NULL AND retired_at IS NULL AND capacity > 0 AND quantity = 0
$body$;
REVOKE ALL ON FUNCTION cvd_is_sold_out(bigint, timestamptz, integer, integer) FROM PUBLIC;

-- Slots that came, changed or went, in one statement: the differences are added to the counts of their planograms,
-- which are locked in the order of their ids. Most changes make no difference, and write nothing.
CREATE FUNCTION cvd_count_slots() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;
REVOKE ALL ON FUNCTION cvd_count_slots() FROM PUBLIC;

-- A planogram begins without slots. Its cabinet and device are locked, so that neither goes away while it is found live.
CREATE FUNCTION cvd_begin_counting_slots() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    INSERT INTO slots_of_planograms (planogram_id, cabinet_id, device_id, is_removed, is_deleted, low, sold_out)
    SELECT NEW.id, cabinet.id, device.id, cabinet.removed_at IS NOT NULL, device.deleted_at IS NOT NULL, 0, 0
      FROM device_cabinets cabinet
      JOIN devices device ON device.id = cabinet.device_id
     WHERE cabinet.id = NEW.cabinet_id
       FOR SHARE;
    RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION cvd_begin_counting_slots() FROM PUBLIC;

CREATE FUNCTION cvd_count_slots_of_device() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    UPDATE slots_of_planograms SET is_deleted = NEW.deleted_at IS NOT NULL WHERE device_id = NEW.id;
    RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION cvd_count_slots_of_device() FROM PUBLIC;

CREATE FUNCTION cvd_count_slots_of_cabinet() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $body$
BEGIN
    UPDATE slots_of_planograms SET is_removed = NEW.removed_at IS NOT NULL WHERE cabinet_id = NEW.id;
    RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION cvd_count_slots_of_cabinet() FROM PUBLIC;

-- All counts, made anew from the slots; for a database that was filled past the triggers.
CREATE FUNCTION cvd_count_all_slots() RETURNS void
    LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $body$
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
$body$;
REVOKE ALL ON FUNCTION cvd_count_all_slots() FROM PUBLIC;
"""

TRIGGERS = """
CREATE TRIGGER planograms_slots_counted AFTER INSERT ON planograms
    FOR EACH ROW EXECUTE FUNCTION cvd_begin_counting_slots();
CREATE TRIGGER planogram_slots_counted_insert AFTER INSERT ON planogram_slots REFERENCING NEW TABLE AS came
    FOR EACH STATEMENT EXECUTE FUNCTION cvd_count_slots();
CREATE TRIGGER planogram_slots_counted_update AFTER UPDATE ON planogram_slots
    REFERENCING NEW TABLE AS came OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION cvd_count_slots();
CREATE TRIGGER planogram_slots_counted_delete AFTER DELETE ON planogram_slots REFERENCING OLD TABLE AS went
    FOR EACH STATEMENT EXECUTE FUNCTION cvd_count_slots();
CREATE TRIGGER devices_slots_counted AFTER UPDATE ON devices FOR EACH ROW
    WHEN ((OLD.deleted_at IS NULL) <> (NEW.deleted_at IS NULL)) EXECUTE FUNCTION cvd_count_slots_of_device();
CREATE TRIGGER device_cabinets_slots_counted AFTER UPDATE ON device_cabinets FOR EACH ROW
    WHEN ((OLD.removed_at IS NULL) <> (NEW.removed_at IS NULL)) EXECUTE FUNCTION cvd_count_slots_of_cabinet();

SELECT cvd_count_all_slots();
"""

DOWNGRADE = """
DROP TRIGGER device_cabinets_slots_counted ON device_cabinets;
DROP TRIGGER devices_slots_counted ON devices;
DROP TRIGGER planogram_slots_counted_delete ON planogram_slots;
DROP TRIGGER planogram_slots_counted_update ON planogram_slots;
DROP TRIGGER planogram_slots_counted_insert ON planogram_slots;
DROP TRIGGER planograms_slots_counted ON planograms;
DROP FUNCTION cvd_count_all_slots();
DROP FUNCTION cvd_count_slots_of_cabinet();
DROP FUNCTION cvd_count_slots_of_device();
DROP FUNCTION cvd_begin_counting_slots();
DROP FUNCTION cvd_count_slots();
DROP FUNCTION cvd_is_sold_out(bigint, timestamptz, integer, integer);
DROP FUNCTION cvd_is_low(bigint, timestamptz, integer, integer);
DROP TABLE slots_of_planograms;
DROP INDEX device_metrics_dri_days_index;
"""


def upgrade() -> None:
    run(TABLE)
    run(FUNCTIONS)
    run(TRIGGERS)


def downgrade() -> None:
    run(DOWNGRADE)
