"""One valid row in every table, so that tests of the schema have something to change."""

ROWS = """
INSERT INTO users (id, username, email, role, is_active, is_protected)
VALUES (100, 'boss', 'boss@example.com', 'admin', true, true),
       (101, 'driver1', 'driver1@example.com', 'driver', true, false);
INSERT INTO sessions (token_family, user_id, expires_at, absolute_expires_at)
VALUES ('family', 101, now() + interval '8 hours', now() + interval '24 hours');
INSERT INTO login_attempts (username_tried, user_id, ip, outcome) VALUES ('driver1', 101, '192.0.2.1', 'success');
INSERT INTO ip_blocks (ip, expires_at) VALUES ('192.0.2.1', now() + interval '30 minutes');
INSERT INTO user_preferences (user_id) VALUES (101);
INSERT INTO push_subscriptions (user_id, endpoint, p256dh, auth) VALUES (101, 'https://push.example.com/1', 'p', 'a');
INSERT INTO user_avatars (user_id, s3_key, content_type, size_bytes) VALUES (101, 'avatars/1', 'image/png', 1000);
INSERT INTO driver_locations (user_id, latitude, longitude, accuracy_m, recorded_at)
VALUES (101, 42.3, -83.0, 5, now());
INSERT INTO client_reports (kind, name, content) VALUES ('event', 'sync-success', '{}');
INSERT INTO users (id, username, email, is_active, is_client, deleted_at)
VALUES (102, 'Acme7f3a', 'acme7f3a@clients.invalid', false, true, now());
INSERT INTO api_clients (id, user_id, name, owner, contact, scopes, is_filtered, requests_per_minute, requests_per_day,
                         created_by)
VALUES (100, 102, 'Acme', 'Acme Ltd', 'dev@acme.example', '{devices:read}', true, 60, 1000, 100);
INSERT INTO api_client_credentials (client_id, pool_client_id) VALUES (100, 'pool100');
INSERT INTO assistant_uses (user_id, answered_by, at) VALUES (101, 'fleet', now());

INSERT INTO product_categories (id, name) VALUES (100, 'Candy');
INSERT INTO products (id, name, category_id, price_cents) VALUES (100, 'Gum', 100, 150), (101, 'Mint', 100, 125);
INSERT INTO routes (id, name, driver_id) VALUES (100, 'North', 101);
INSERT INTO route_driver_history (route_id, driver_id) VALUES (100, 101);
INSERT INTO devices (id, asset, nickname, device_type_id, location_id, route_id, model)
SELECT 100, '111', 'Near Gate B5', type.id, location.id, 100, 'Ambient+'
  FROM device_types type, locations location
 WHERE type.name = 'PicoVision' AND location.is_default;
INSERT INTO inbound_partners (name, adapter, secret_sealed, created_by) VALUES ('acme', 'generic', 'x', 100);
INSERT INTO inbound_deliveries (partner, message_id, adapter, sha256, size_bytes, received_at)
VALUES ('acme', 'msg_1', 'generic', sha256('a'), 10, now());
INSERT INTO api_client_rows (client_id, device_id) VALUES (100, 100);
INSERT INTO device_cabinets (id, device_id, cabinet_type_id, cabinet_index, rows, cols)
SELECT 100, 100, id, 0, rows, cols FROM cabinet_types WHERE name = 'Ambient+';
INSERT INTO planograms (id, cabinet_id) VALUES (100, 100);
INSERT INTO planogram_slots (id, planogram_id, row_no, col_no, product_id, quantity, capacity, par_level)
VALUES (100, 100, 1, 1, 100, 5, 10, 8), (101, 100, 1, 2, NULL, 0, 0, 0);
INSERT INTO planogram_slot_changes (slot_id, reason, new_product_id, new_quantity) VALUES (100, 'edit', 100, 5);

INSERT INTO dex_reads (id, device_id, filename, sha256, size_bytes, raw_content, uploaded_by, status, collected_at)
VALUES (100, 100, 'a.dex', sha256('a'), 10, 'DXS', 101, 'parsed', '2025-08-06 11:00+00');
INSERT INTO dex_issues (read_id, line_no, severity, code, message) VALUES (100, 1, 'info', 'CLOCK_SUSPECT', 'Odd');
INSERT INTO dex_records (read_id, line_no, record_type, raw, parsed) VALUES (100, 1, 'DXS', 'DXS*', '{}');
INSERT INTO dex_selections (id, read_id, selection, slot_id) VALUES (100, 100, 'A1', 100);
INSERT INTO dex_selection_payments (selection_id, device) VALUES (100, 'CA');
INSERT INTO dex_files (id, sha256, filename, size_bytes, s3_key, source, received_by, received_at)
VALUES (100, sha256('a'), 'a.dex', 10, 'dex/a', 'upload', 101, '2025-08-06 12:00+00');
INSERT INTO dex_chain (read_id, file_id, machine_key, number, previous_hash, hash)
VALUES (100, 100, 'A/1', 1, sha256('0'), sha256('1'));
INSERT INTO dex_readings (read_id, reading) VALUES (100, '{}');
INSERT INTO dex_intervals (read_id, device_id, position, outcome, ended_at, units, value_cents, held, missing_reads,
                           flags, checks, sold, carried)
VALUES (100, 100, 1, 'baseline', '2025-08-06 12:00+00', 0, 0, 0, 0, '{}', '[]', '[]', '{}');
INSERT INTO dex_machines (device_id, usual_gap_seconds) VALUES (100, 86400);
INSERT INTO dex_mappings (device_id, selection, slot_id) VALUES (100, 'A1', 100);

INSERT INTO sales (id, device_id, product_id, slot_id, units, revenue_cents, sold_at, source, dex_read_id, import_key)
VALUES (100, 100, 100, 100, 2, 300, '2025-08-06 12:00+00', 'dex', 100, 'legacy:1');
INSERT INTO sales (id, device_id, product_id, slot_id, units, revenue_cents, sold_at, source, import_key)
VALUES (101, 100, 100, 100, 1, 150, '2025-08-06 11:00+00', 'live', 'vend:0:100');
INSERT INTO live_vends (id, file_id, sender, event_id, machine_serial, device_id, selection, payment_kind, cents,
                        vended_at, received_at, status, read_id, sale_id, sale_sold_at, times_stated)
VALUES (100, 100, 'partner/acme', 'vend-1', '1', 100, 'A1', 'cashless', 150, '2025-08-06 11:00+00',
        '2025-08-06 11:00+00', 'confirmed', 100, 101, '2025-08-06 11:00+00', 1);
INSERT INTO machine_events (source, file_id, sender, event_id, machine_serial, device_id, code, is_active, occurred_at,
                            received_at)
VALUES ('feed', 100, 'partner/acme', 'event-1', '1', 100, 'EGS', true, '2025-08-06 11:00+00', '2025-08-06 11:00+00');
INSERT INTO sale_keys (import_key, sale_id, sold_at) VALUES ('legacy:1', 100, '2025-08-06 12:00+00');
INSERT INTO sale_corrections (sale_id, sale_sold_at, units, revenue_cents, reason)
VALUES (100, '2025-08-06 12:00+00', -1, -150, 'Counted twice');
INSERT INTO sales_daily (device_id, product_id, day, units, revenue_cents, transactions)
VALUES (100, 100, '2025-08-06', 2, 300, 1);

INSERT INTO sales_archives (month, part, file_key, sha256, size_bytes, sales, units, revenue_cents, ids, archived_at)
VALUES ('2024-01-01', 1, 'archive/sales/2024-01/part-1.jsonl.gz', sha256('a'), 100, 2, 3, 450, '{[1,3)}', now());

INSERT INTO exchange_jobs (id, direction, entity, form, status, file_key, asked_by)
VALUES (100, 'import', 'products', 'csv', 'queued', 'exchange/in/1', 100);
INSERT INTO exchange_refusals (job_id, entity, row_no, field, problem)
VALUES (100, 'products', 2, 'price', 'Give an amount of money as a number.');

INSERT INTO service_orders (id, route_id, driver_id, service_date, total_units, estimated_minutes, created_by)
VALUES (100, 100, 101, '2025-08-07', 3, 10, 100);
INSERT INTO service_order_cabinets (id, service_order_id, cabinet_id, estimated_minutes) VALUES (100, 100, 100, 10);
INSERT INTO service_order_items (order_cabinet_id, product_id, quantity_needed) VALUES (100, 100, 3);
INSERT INTO service_visits (id, device_id, order_cabinet_id, visited_at, service_type, technician_id, units_restocked)
VALUES (100, 100, 100, '2025-08-06 15:00+00', 'routine', 101, 5);
INSERT INTO service_visit_items (id, visit_id, slot_id, product_id, quantity_filled) VALUES (100, 100, 100, 100, 5);
INSERT INTO service_order_photos (service_order_id, s3_key, content_type, size_bytes, sha256, uploaded_by, latitude,
                                  longitude, client_photo_id)
VALUES (100, 'photos/1', 'image/jpeg', 1000, sha256('photo'), 101, 42.3, -83.0, 'phone-1');
INSERT INTO service_order_transitions (service_order_id, to_status) VALUES (100, 'pending');
INSERT INTO inventory_movements (slot_id, product_id, delta, kind, quantity_after, visit_item_id, sale_id, sale_sold_at)
VALUES (100, 100, 7, 'restock', 7, 100, NULL, NULL), (100, 100, -1, 'sale', 6, NULL, 101, '2025-08-06 11:00+00'),
       (100, 100, -1, 'sale', 5, NULL, 100, '2025-08-06 12:00+00');

INSERT INTO outbox (topic, resource_type, payload) VALUES ('device.created', 'device', '{}');
INSERT INTO outbox_streams (stream, last_number) VALUES ('device/100', 1);
INSERT INTO webhook_endpoints (id, url, event_types, secret_sealed, created_by)
VALUES (100, 'https://partner.example/hook', '{*}', 'sealed', 100);
INSERT INTO webhook_lanes (endpoint_id) VALUES (100);
INSERT INTO webhook_events (id, name, stream, stream_number, body, occurred_at)
VALUES ('00000000-0000-0000-0000-000000000001', 'device.created', 'device/100', 1, '{}', '2025-08-06 12:00+00');
INSERT INTO webhook_deliveries (id, endpoint_id, event_id, next_attempt_at)
VALUES (100, 100, '00000000-0000-0000-0000-000000000001', '2025-08-06 12:00+00');
INSERT INTO webhook_attempts (delivery_id, number, at, milliseconds, status)
VALUES (100, 1, '2025-08-06 12:00+00', 12, 500);
INSERT INTO idempotency_keys (user_id, key, method, path, request_hash)
VALUES (101, 'k', 'POST', '/api/x', sha256('r'));
INSERT INTO rate_limits (scope, subject, window_start) VALUES ('login', '192.0.2.1', '2025-08-06 12:00+00');
INSERT INTO job_runs (job) VALUES ('rollup');
INSERT INTO import_runs (id, sha256, filename, generation, by) VALUES (100, sha256('db'), 'cvd.db', 2, 'operator');
INSERT INTO import_issues (run_id, table_name, severity, code)
VALUES (100, 'planogram_slots', 'warning', 'OVER_CAPACITY');

INSERT INTO audit_events (actor_id, actor_username, action, resource_type, resource_id, at)
VALUES (101, 'driver1', 'device.created', 'device', '100', '2025-08-06 12:00+00');
INSERT INTO audit_blocks (number, sealed_at, row_count, prev_hash, hash)
VALUES (1, '2025-08-06 13:00+00', 0, sha256('p'), sha256('h'));
INSERT INTO audit_seals (event_id, event_at, block_number, row_hash)
VALUES (900, '2025-08-06 12:00+00', 1, sha256('row'));
INSERT INTO activity_events (user_id, page_url, action_type, at) VALUES (101, '/', 'page_view', '2025-08-06 12:00+00');
INSERT INTO activity_daily (day) VALUES ('2025-08-06');
INSERT INTO security_alerts (alert_type, severity, description) VALUES ('brute_force', 'warning', 'Many failures');
INSERT INTO data_export_log (user_id, endpoint, format) VALUES (100, '/api/export', 'csv');

INSERT INTO slot_metrics (slot_id, is_sold_out, dri_days, product_level_pct, units_to_par, daily_velocity,
                          velocity_source, calculation_version, calculated_at)
VALUES (100, false, 5, 50, 3, 1.0, '28d', 1, now());
INSERT INTO device_metrics (device_id, sold_out_count, dri_days, product_level_pct, units_to_par, calculated_at)
VALUES (100, 0, 5, 50.0, 3, now());
INSERT INTO ai_results (kind, device_id, cabinet_id, input_hash, output, confidence, expires_at)
VALUES ('score', 100, 100, sha256('i'), '{}', 0.85, now() + interval '1 hour');
INSERT INTO kb_articles (id, title, category, difficulty, body_md, tags)
VALUES ('first-steps', 'First steps', 'Getting Started', 'Beginner', 'Open the door.', '{door,start}');
INSERT INTO kb_feedback (article_id, user_id, kind) VALUES ('first-steps', 101, 'helpful');
"""
