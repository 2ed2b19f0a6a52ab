"""Seed

Purpose: the rows that every installation starts with (domain.md 12.1, 8.7), found by their natural keys, so that rows
    that are already there stay as they are.
Impact: inserts some forty rows; takes milliseconds.
Way back: those rows that nothing refers to are taken out again.
"""

from migrations.run import run

revision = "0014"
down_revision = "0013"

UPGRADE = """
INSERT INTO company_settings (id) VALUES (1) ON CONFLICT DO NOTHING;
INSERT INTO route_planning_settings (id) VALUES (1) ON CONFLICT DO NOTHING;

INSERT INTO device_types (name, description, allows_additional_cabinets, fixed_cabinet_count, min_cabinets, max_cabinets)
VALUES
    ('PicoVision', 'One to three cabinets, added freely', true, NULL, 1, 3),
    ('PicoVision Express', 'One cabinet, paid by QR code', false, 1, 1, 1),
    ('Stockwell', 'Always two cabinets', false, 2, 2, 2)
ON CONFLICT DO NOTHING;

INSERT INTO cabinet_types (name, description, rows, cols, icon, temperature_class) VALUES
    ('Cooler', 'Refrigerated cabinet', 5, 8, 'C', 'refrigerated'),
    ('Freezer', 'Frozen cabinet', 5, 8, 'F', 'frozen'),
    ('Ambient', 'Ambient cabinet', 5, 8, 'A', 'ambient'),
    ('Ambient+', 'Large ambient cabinet', 6, 9, 'A+', 'ambient'),
    ('Stockwell Cooler', 'Refrigerated cabinet of a Stockwell', 4, 7, 'SC', 'refrigerated'),
    ('Stockwell Ambient', 'Ambient cabinet of a Stockwell', 4, 7, 'SA', 'ambient')
ON CONFLICT DO NOTHING;

INSERT INTO locations (name, is_default) VALUES ('Warehouse', true) ON CONFLICT DO NOTHING;

INSERT INTO kb_categories (name, sort_order) VALUES
    ('Getting Started', 1), ('Feature Tutorials', 2), ('Troubleshooting', 3), ('System Administration', 4),
    ('Best Practices', 5), ('Drivers', 6)
ON CONFLICT DO NOTHING;

INSERT INTO system_settings (key, value, description) VALUES
    ('activity_monitoring_enabled', 'true', 'Whether the activity of users is recorded'),
    ('activity_retention_days', '90', 'Days for which activity is kept'),
    ('activity_summary_retention_days', '730', 'Days for which daily summaries of activity are kept'),
    ('activity_excluded_prefixes', '[]', 'Paths whose activity is not recorded'),
    ('session_idle_display_minutes', '[5, 15, 25]', 'Idle minutes after which a session is shown as idle, warning, expired'),
    ('alert_concurrent_sessions', '2', 'Sessions of one user above which an alert is raised'),
    ('alert_rapid_navigation_per_minute', '20', 'Page views in a minute above which an alert is raised'),
    ('brute_force_max_attempts', '5', 'Failed sign-ins from an address that block it'),
    ('brute_force_window_minutes', '10', 'Minutes over which failed sign-ins are counted'),
    ('brute_force_lock_minutes', '30', 'Minutes for which an address stays blocked'),
    ('account_lock_minutes', '15', 'Minutes for which an account stays locked'),
    ('export_max_per_hour', '10', 'Exports of one user in an hour above which an alert is raised'),
    ('export_max_rows_per_hour', '10000', 'Exported rows of one user in an hour above which an alert is raised'),
    ('export_bulk_rows', '1000', 'Rows of one export above which an alert is raised'),
    ('geo_enabled', 'false', 'Whether sign-ins are located; needs a source of locations'),
    ('business_hours', '[6, 20]', 'First hour and the hour after the last, in the company''s time zone'),
    ('incident_auto_create', 'true', 'Whether critical alerts open an incident'),
    ('photos_required', 'false', 'Whether completing a cabinet needs a photo of it')
ON CONFLICT DO NOTHING;
"""

DOWNGRADE = """
DELETE FROM system_settings WHERE key IN ('activity_monitoring_enabled', 'activity_retention_days',
    'activity_summary_retention_days', 'activity_excluded_prefixes', 'session_idle_display_minutes',
    'alert_concurrent_sessions', 'alert_rapid_navigation_per_minute', 'brute_force_max_attempts',
    'brute_force_window_minutes', 'brute_force_lock_minutes', 'account_lock_minutes', 'export_max_per_hour',
    'export_max_rows_per_hour', 'export_bulk_rows', 'geo_enabled', 'business_hours', 'incident_auto_create',
    'photos_required');
DELETE FROM kb_categories category WHERE name IN ('Getting Started', 'Feature Tutorials', 'Troubleshooting',
    'System Administration', 'Best Practices', 'Drivers')
    AND NOT EXISTS (SELECT FROM kb_articles WHERE kb_articles.category = category.name);
DELETE FROM locations location WHERE is_default AND name = 'Warehouse'
    AND NOT EXISTS (SELECT FROM devices WHERE location_id = location.id);
DELETE FROM cabinet_types type WHERE name IN ('Cooler', 'Freezer', 'Ambient', 'Ambient+', 'Stockwell Cooler',
    'Stockwell Ambient') AND NOT EXISTS (SELECT FROM device_cabinets WHERE cabinet_type_id = type.id);
DELETE FROM device_types type WHERE name IN ('PicoVision', 'PicoVision Express', 'Stockwell')
    AND NOT EXISTS (SELECT FROM devices WHERE device_type_id = type.id);
DELETE FROM route_planning_settings;
DELETE FROM company_settings;
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)
