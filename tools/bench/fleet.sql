-- A fleet of any size, written by the database itself: the same rows for the same size, moment and seed.
-- Read by tools/bench/fill.py, which sets bench.devices, bench.sales and bench.now, and runs it step by step as the
-- superuser, with triggers and foreign keys resting: the rows keep every rule because of how they are made.

-- step: words
CREATE FUNCTION pg_temp.pick(number bigint, salt integer, bound bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE AS $$ SELECT abs(hashint8extended(number, salt) % bound) $$;
CREATE FUNCTION pg_temp.devices() RETURNS integer
    LANGUAGE sql STABLE AS $$ SELECT current_setting('bench.devices')::integer $$;
CREATE FUNCTION pg_temp.sales() RETURNS integer
    LANGUAGE sql STABLE AS $$ SELECT current_setting('bench.sales')::integer $$;
CREATE FUNCTION pg_temp.present() RETURNS timestamptz
    LANGUAGE sql STABLE AS $$ SELECT current_setting('bench.now')::timestamptz $$;
-- Slots are numbered by pairs of devices: the first of a pair has one cabinet of forty slots, the second has two.
CREATE FUNCTION pg_temp.first_slot(device bigint) RETURNS bigint
    LANGUAGE sql IMMUTABLE AS $$ SELECT (device - 1) / 2 * 120 + CASE device % 2 WHEN 1 THEN 0 ELSE 40 END + 1 $$;
CREATE FUNCTION pg_temp.slots(device bigint) RETURNS integer
    LANGUAGE sql IMMUTABLE AS $$ SELECT CASE device % 2 WHEN 1 THEN 40 ELSE 80 END $$;

-- step: people
INSERT INTO users (id, username, email, identity_sub, role)
SELECT 1000 + number, 'bench' || role || number, role || number || '@bench.example', 'bench-' || role || '-' || number,
       role
  FROM (SELECT 1, 'admin' UNION ALL SELECT 2, 'manager' UNION ALL SELECT 3, 'viewer'
         UNION ALL SELECT 3 + driver, 'driver' FROM generate_series(1, pg_temp.devices() / 25) driver) person (number, role);
INSERT INTO sessions (token_family, user_id, created_at, last_activity_at, expires_at, absolute_expires_at, revoked_at,
                      revoke_reason)
SELECT 'past-' || id || '-' || day, id, moment, moment, moment + interval '8 hours', moment + interval '24 hours',
       moment + interval '2 hours', 'logout'
  FROM users, generate_series(1, 90) day, LATERAL (SELECT pg_temp.present() - day * interval '1 day') passed (moment)
 WHERE id > 1000;
INSERT INTO login_attempts (at, username_tried, user_id, ip, outcome)
SELECT pg_temp.present() - day * interval '1 day', username, id, '198.51.100.7', 'success'
  FROM users, generate_series(1, 90) day
 WHERE id > 1000;

-- step: catalogue
INSERT INTO product_categories (id, name, sort_order)
SELECT 100 + number, 'Category ' || number, number FROM generate_series(1, 8) number;
INSERT INTO products (id, sku, name, category_id, price_cents, cost_cents)
SELECT 100 + number, 'B-' || number, 'Article ' || number, 101 + number % 8, 100 + 25 * pg_temp.pick(number, 1, 9),
       50 + 10 * pg_temp.pick(number, 2, 4)
  FROM generate_series(1, 120) number;

-- step: fleet
INSERT INTO locations (id, name, address, latitude, longitude, geocode_status)
SELECT 100 + number, 'Place ' || number, number || ' Airport Way', 42 + pg_temp.pick(number, 3, 1000) / 1000.0,
       -83 - pg_temp.pick(number, 4, 1000) / 1000.0, 'ok'
  FROM generate_series(1, greatest(1, pg_temp.devices() / 3)) number;
INSERT INTO routes (id, name, route_number, driver_id)
SELECT 100 + number, 'Route ' || number, 1000 + number, 1003 + number FROM generate_series(1, pg_temp.devices() / 25) number;
INSERT INTO route_driver_history (route_id, driver_id, assigned_at, assigned_by)
SELECT id, driver_id, pg_temp.present() - interval '1 year', 1001 FROM routes WHERE id > 100;
INSERT INTO devices (id, asset, nickname, device_type_id, location_id, route_id, model, serial_number, dex_machine_key,
                     created_at, updated_at, deleted_at, deleted_by)
SELECT number, 'B' || number, 'Machine ' || number, type.id,
       101 + (number - 1) / 3 % greatest(1, pg_temp.devices() / 3), 101 + (number - 1) / 25, 'PV-200', 'SN' || number,
       'BEN/SN' || number, pg_temp.present() - interval '400 days', pg_temp.present() - interval '40 days',
       CASE WHEN number % 50 = 0 THEN pg_temp.present() - interval '40 days' END,
       CASE WHEN number % 50 = 0 THEN 1001 END
  FROM generate_series(1, pg_temp.devices()) number, device_types type
 WHERE type.name = 'PicoVision';
INSERT INTO device_cabinets (id, device_id, cabinet_type_id, cabinet_index, rows, cols)
SELECT (number - 1) / 2 * 3 + number % 2 * -1 + 2 + index, number, type.id, index, type.rows, type.cols
  FROM generate_series(1, pg_temp.devices()) number, generate_series(0, 1) index, cabinet_types type
 WHERE (index = 0 OR number % 2 = 0) AND type.name = CASE index WHEN 0 THEN 'Cooler' ELSE 'Ambient' END;
INSERT INTO planograms (id, cabinet_id, published_at, updated_by)
SELECT id, id, pg_temp.present() - interval '300 days', 1002 FROM device_cabinets;

ANALYZE users, locations, routes, devices, device_cabinets, planograms, products;

-- step: slots
INSERT INTO planogram_slots (id, planogram_id, row_no, col_no, product_id, quantity, capacity, par_level, assigned_at)
SELECT (planogram.id - 1) * 40 + cell, planogram.id, (cell - 1) / 8 + 1, (cell - 1) % 8 + 1,
       101 + (pg_temp.pick(planogram.id, 5, 120) + (cell - 1) / 2) % 120,
       CASE WHEN pg_temp.pick(planogram.id * 40 + cell, 6, 30) = 0 THEN 0
            ELSE pg_temp.pick(planogram.id * 40 + cell, 7, 10) END, 10, 8,
       pg_temp.present() - interval '300 days'
  FROM planograms planogram, generate_series(1, 40) cell
 ORDER BY 1;
INSERT INTO planogram_slot_changes (slot_id, at, actor_id, reason, new_product_id, old_capacity, new_capacity,
                                    old_par_level, new_par_level, old_quantity, new_quantity)
SELECT id, assigned_at, 1002, 'edit', product_id, 0, capacity, 0, par_level, 0, quantity FROM planogram_slots ORDER BY id;
INSERT INTO slot_metrics (slot_id, is_sold_out, dri_days, product_level_pct, units_to_par, units_28d, daily_velocity,
                          velocity_source, calculation_version, calculated_at)
SELECT id, quantity = 0, quantity * 3, quantity * 10, greatest(0, par_level - quantity), 9, 0.3214, '28d', 2,
       pg_temp.present() - interval '5 minutes'
  FROM planogram_slots;
INSERT INTO device_metrics (device_id, sold_out_count, dri_days, daily_velocity, product_level_pct, units_to_par,
                            days_since_service, calculated_at)
SELECT id, pg_temp.pick(id, 8, 4), pg_temp.pick(id, 9, 12), 2.7, 50, 200, 4, pg_temp.present() - interval '5 minutes'
  FROM devices
 WHERE deleted_at IS NULL;

ANALYZE planogram_slots;

-- step: sales
SELECT cvd_ensure_partitions('sales', (pg_temp.present() - interval '13 months')::date, 14),
       cvd_ensure_partitions('audit_events', (pg_temp.present() - interval '13 months')::date, 14),
       cvd_ensure_partitions('activity_events', (pg_temp.present() - interval '4 months')::date, 6);
INSERT INTO sales (id, device_id, product_id, slot_id, units, revenue_cents, sold_at, source, payment_kind)
SELECT row_number() OVER (ORDER BY sold.at, sold.number), sold.device, slot.product_id, slot.id, sold.units,
       sold.units * product.price_cents, sold.at, 'manual', CASE sold.number % 3 WHEN 0 THEN 'cash' ELSE 'cashless' END
  FROM (SELECT number, device, 1 + (pg_temp.pick(number, 10, 6) = 0)::integer AS units,
               pg_temp.first_slot(device) + pg_temp.pick(number, 11, pg_temp.slots(device)) AS slot,
               CASE WHEN device % 50 = 0 THEN pg_temp.present() - interval '40 days' ELSE pg_temp.present() END
                 - pg_temp.pick(number, 12, CASE WHEN device % 50 = 0 THEN 325 ELSE 365 END * 86400::bigint)
                   * interval '1 second' AS at
          FROM (SELECT number, 1 + (number - 1) % pg_temp.devices() AS device
                  FROM generate_series(1, pg_temp.sales()) number) each) sold
  JOIN planogram_slots slot ON slot.id = sold.slot
  JOIN products product ON product.id = slot.product_id
 ORDER BY 1;
INSERT INTO sale_corrections (sale_id, sale_sold_at, units, revenue_cents, reason, corrected_by, at)
SELECT id, sold_at, -units, -revenue_cents, 'Entered twice', 1002, sold_at + interval '1 hour'
  FROM sales
 WHERE id % 500 = 0;

ANALYZE sales, sale_corrections;

-- step: ledger
INSERT INTO inventory_movements (slot_id, product_id, delta, kind, quantity_after, sale_id, sale_sold_at, actor_id, at)
SELECT slot.id, slot.product_id, move.delta, move.kind,
       sum(move.delta) OVER (PARTITION BY slot.id ORDER BY move.at, move.sale_id NULLS FIRST), move.sale_id,
       CASE WHEN move.sale_id IS NOT NULL THEN move.at END, 1001, move.at
  FROM (SELECT slot.id AS slot_id, (slot.quantity + coalesce(sold.units, 0))::integer AS delta, 'import' AS kind,
               NULL::bigint AS sale_id, pg_temp.present() - interval '366 days' AS at
          FROM planogram_slots slot
          LEFT JOIN (SELECT slot_id, sum(units) AS units FROM sales GROUP BY slot_id) sold ON sold.slot_id = slot.id
         UNION ALL
        SELECT slot_id, -units, 'sale', id, sold_at FROM sales) move
  JOIN planogram_slots slot ON slot.id = move.slot_id
 WHERE move.delta <> 0
 ORDER BY move.at, move.sale_id NULLS FIRST, slot.id;

-- step: orders
INSERT INTO service_orders (id, route_id, driver_id, service_date, status, total_units, estimated_minutes, created_by,
                            created_at, updated_at, started_at, completed_at)
SELECT (route.id - 101) * 52 + week, route.id, route.driver_id, moment::date, 'completed', 480, 120, 1002,
       moment - interval '1 day', moment, moment - interval '4 hours', moment
  FROM routes route, generate_series(1, 52) week,
       LATERAL (SELECT pg_temp.present() - week * interval '7 days' - route.id * interval '1 second') done (moment)
 WHERE route.id > 100;
INSERT INTO service_orders (id, route_id, driver_id, service_date, status, total_units, estimated_minutes, created_by,
                            created_at, updated_at)
SELECT pg_temp.devices() / 25 * 52 + id - 100, id, driver_id, pg_temp.present()::date, 'pending', 160, 40, 1002, pg_temp.present() - id * interval '1 second',
       pg_temp.present()
  FROM routes
 WHERE id > 100 AND id % 4 = 0;
-- A trip serves eight cabinets of its route; one that is planned holds the first four.
INSERT INTO service_order_cabinets (id, service_order_id, cabinet_id, sequence_no, status, estimated_minutes, started_at,
                                    executed_at, executed_by)
SELECT orders.id * 8 + place, orders.id, cabinet.id, place, CASE orders.status WHEN 'completed' THEN 'completed' ELSE 'pending' END, 10,
       orders.started_at, orders.completed_at, CASE orders.status WHEN 'completed' THEN orders.driver_id END
  FROM service_orders orders
 CROSS JOIN generate_series(1, CASE orders.status WHEN 'completed' THEN 8 ELSE 4 END) place
  JOIN device_cabinets cabinet
    ON cabinet.device_id = (orders.route_id - 101) * 25 + place
       + CASE orders.status WHEN 'completed' THEN orders.id % 16 ELSE 0 END
       AND cabinet.cabinet_index = 0
 ORDER BY orders.id, place;
ANALYZE service_orders, service_order_cabinets;
INSERT INTO service_order_items (order_cabinet_id, product_id, quantity_needed, quantity_filled)
SELECT stop.id, product.id, 8, CASE stop.status WHEN 'completed' THEN 8 END
  FROM service_order_cabinets stop
 CROSS JOIN LATERAL (SELECT DISTINCT product_id AS id
                       FROM planogram_slots
                      WHERE planogram_id = stop.cabinet_id
                      ORDER BY product_id
                      LIMIT 5) product;
INSERT INTO service_visits (id, device_id, order_cabinet_id, route_id, visited_at, service_type, technician_id,
                            units_restocked, duration_minutes, created_at)
SELECT stop.id, cabinet.device_id, stop.id, orders.route_id, stop.executed_at, 'routine', stop.executed_by, 40, 10,
       stop.executed_at
  FROM service_order_cabinets stop
  JOIN service_orders orders ON orders.id = stop.service_order_id
  JOIN device_cabinets cabinet ON cabinet.id = stop.cabinet_id
 WHERE stop.status = 'completed';
ANALYZE service_visits;
INSERT INTO service_visit_items (visit_id, slot_id, product_id, quantity_filled)
SELECT visit.id, slot.id, slot.product_id, 8
  FROM service_visits visit
  JOIN service_order_cabinets stop ON stop.id = visit.order_cabinet_id
 CROSS JOIN LATERAL (SELECT id, product_id
                       FROM planogram_slots
                      WHERE planogram_id = stop.cabinet_id
                      ORDER BY row_no, col_no
                      LIMIT 5) slot;
INSERT INTO service_order_transitions (service_order_id, from_status, to_status, actor_id, at)
SELECT id, from_status, to_status, 1002, created_at
  FROM service_orders, (VALUES (NULL, 'pending'), ('pending', 'in_progress'), ('in_progress', 'completed'))
       step (from_status, to_status)
 WHERE status = 'completed' OR to_status = 'pending';

-- step: reads
INSERT INTO dex_reads (id, device_id, filename, sha256, size_bytes, raw_content, machine_serial, machine_model, read_at,
                       uploaded_by, uploaded_at, total_records, status)
SELECT (device.id - 1) * 4 + number, device.id, 'read-' || device.id || '-' || number || '.dex',
       sha256((device.id || '/' || number)::bytea), 2000, 'DXS*', device.serial_number, 'PV-200', moment, 1002,
       moment + interval '1 minute', 60, 'parsed'
  FROM devices device, generate_series(1, 4) number,
       LATERAL (SELECT pg_temp.present() - (5 - number) * interval '1 day' - device.id * interval '1 second') read (moment);
ANALYZE dex_reads;
INSERT INTO dex_selections (read_id, line_no, selection, price_cents, units_init, value_init_cents, row_no, col_no, slot_id)
SELECT read.id, number, number::text, 150, 500 + read.id, 75000, (number - 1) / 8 + 1, (number - 1) % 8 + 1,
       pg_temp.first_slot(read.device_id) + number - 1
  FROM dex_reads read, generate_series(1, 40) number;
INSERT INTO dex_records (read_id, line_no, record_type, raw, parsed)
SELECT read.id, number, CASE number WHEN 1 THEN 'DXS' ELSE 'PA2' END, 'PA2*1*150', '{"units": 1}'
  FROM dex_reads read, generate_series(1, 20) number;
INSERT INTO dex_issues (read_id, line_no, severity, code, message)
SELECT id, 1, 'info', 'CLOCK_SUSPECT', 'The clock is a minute fast.' FROM dex_reads;
INSERT INTO dex_intervals (read_id, device_id, position, previous_read_id, outcome, started_at, ended_at, units,
                           value_cents, held, missing_reads, flags, sold, carried)
SELECT id, device_id, (id - 1) % 4 + 1, CASE WHEN (id - 1) % 4 > 0 THEN id - 1 END, 'normal', read_at - interval '1 day',
       read_at, 10, 1500, 0, 0, '{}', '[]', '{}'
  FROM dex_reads;
INSERT INTO dex_machines (device_id, usual_gap_seconds, last_read_at)
SELECT device_id, 86400, max(read_at) FROM dex_reads GROUP BY device_id;

-- step: traces
INSERT INTO activity_events (user_id, at, page_url, action_type, duration_ms, ip)
SELECT 1001 + pg_temp.pick(number, 13, 3 + pg_temp.devices() / 25),
       pg_temp.present() - pg_temp.pick(number, 14, 90 * 86400) * interval '1 second', '/api/devices', 'api_call', 12,
       '198.51.100.7'
  FROM generate_series(1, pg_temp.sales() / 5) number;
INSERT INTO audit_events (at, actor_id, actor_username, actor_role, action, resource_type, resource_id, ip)
SELECT pg_temp.present() - pg_temp.pick(number, 15, 365 * 86400) * interval '1 second', 1002, 'benchmanager2', 'manager',
       'planogram.saved', 'planogram', pg_temp.pick(number, 16, pg_temp.devices())::text, '198.51.100.7'
  FROM generate_series(1, pg_temp.sales() / 10) number;
INSERT INTO outbox (topic, resource_type, resource_id, payload, created_at, published_at)
SELECT 'planogram.saved', 'planogram', number::text, '{}', pg_temp.present() - number * interval '1 second',
       pg_temp.present()
  FROM generate_series(1, pg_temp.sales() / 20) number;
INSERT INTO security_alerts (alert_type, severity, user_id, description, status, created_at)
SELECT 'data_export', 'warning', 1002, 'Many rows were exported',
       CASE number % 20 WHEN 0 THEN 'pending' ELSE 'dismissed' END, pg_temp.present() - number * interval '1 hour'
  FROM generate_series(1, pg_temp.devices()) number;
INSERT INTO client_reports (kind, name, content, created_at)
SELECT 'event', 'sync-success', '{}', pg_temp.present() - number * interval '1 minute'
  FROM generate_series(1, pg_temp.sales() / 20) number;
INSERT INTO job_runs (job, started_at, finished_at, status)
SELECT 'metrics.recalculate', moment, moment + interval '1 minute', 'succeeded'
  FROM generate_series(1, 2000) number, LATERAL (SELECT pg_temp.present() - number * interval '15 minutes') run (moment);
INSERT INTO data_export_log (user_id, endpoint, format, row_count, at)
SELECT 1002, '/api/planograms/export', 'json', 10, pg_temp.present() - number * interval '1 hour'
  FROM generate_series(1, 2000) number;

-- step: rollups
INSERT INTO sales_daily (device_id, product_id, day, units, revenue_cents, transactions)
SELECT sale.device_id, sale.product_id, (sale.sold_at AT TIME ZONE company.time_zone)::date,
       sum(sale.units + coalesce(corrected.units, 0)),
       sum(sale.revenue_cents + coalesce(corrected.revenue_cents, 0)),
       count(*) FILTER (WHERE corrected.sale_id IS NULL)
  FROM sales sale
 CROSS JOIN company_settings company
  LEFT JOIN sale_corrections corrected ON corrected.sale_id = sale.id AND corrected.sale_sold_at = sale.sold_at
 GROUP BY 1, 2, 3
 ORDER BY 3, 1, 2;

ANALYZE sales_daily;
SELECT cvd_roll_up_everything();
SELECT cvd_count_all_slots();

-- step: identities
DO $$
DECLARE
    identity record;
BEGIN
    FOR identity IN
        SELECT attrelid::regclass AS name, pg_get_serial_sequence(attrelid::regclass::text, 'id') AS sequence
          FROM pg_attribute
          JOIN pg_class ON pg_class.oid = attrelid AND NOT relispartition
         WHERE attname = 'id' AND attidentity <> '' AND relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('SELECT setval(%L, greatest(coalesce(max(id), 1), 2)) FROM %s', identity.sequence, identity.name);
    END LOOP;
END
$$;
