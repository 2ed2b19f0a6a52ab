"""Reporting views

Purpose: the only rows that the ad-hoc query of an admin can see: facts of the business without credentials, addresses
    of people, sessions or the audit log. The role cvd_reporting reads them and nothing else.
Impact: new views in a schema of their own, no lock on tables beyond a moment; takes milliseconds.
Way back: the schema is dropped; the views hold no rows of their own.
"""

from migrations.run import run

revision = "0015"
down_revision = "0014"

UPGRADE = """
CREATE SCHEMA reporting;

CREATE VIEW reporting.users AS
    SELECT id, username, role, is_active, last_login_at, created_at FROM public.users WHERE deleted_at IS NULL;

CREATE VIEW reporting.device_types AS
    SELECT id, name, description, allows_additional_cabinets, min_cabinets, max_cabinets FROM public.device_types;

CREATE VIEW reporting.cabinet_types AS
    SELECT id, name, description, rows, cols, icon, temperature_class FROM public.cabinet_types;

CREATE VIEW reporting.locations AS
    SELECT id, name, address, latitude, longitude, is_default, created_at FROM public.locations WHERE deleted_at IS NULL;

CREATE VIEW reporting.routes AS
    SELECT route.id, route.name, route.route_number, route.driver_id, driver.username AS driver_name, route.created_at
      FROM public.routes route
      LEFT JOIN public.users driver ON driver.id = route.driver_id
     WHERE route.deleted_at IS NULL;

CREATE VIEW reporting.products AS
    SELECT product.id, product.sku, product.name, category.name AS category, product.price_cents, product.cost_cents,
           product.is_active, product.created_at
      FROM public.products product
      JOIN public.product_categories category ON category.id = product.category_id
     WHERE product.deleted_at IS NULL;

CREATE VIEW reporting.devices AS
    SELECT device.id, device.asset, device.nickname, type.name AS device_type, device.location_id,
           location.name AS location, device.route_id, route.name AS route, device.model, device.serial_number,
           device.created_at
      FROM public.devices device
      JOIN public.device_types type ON type.id = device.device_type_id
      JOIN public.locations location ON location.id = device.location_id
      LEFT JOIN public.routes route ON route.id = device.route_id
     WHERE device.deleted_at IS NULL;

CREATE VIEW reporting.device_cabinets AS
    SELECT cabinet.id, cabinet.device_id, cabinet.cabinet_index, type.name AS cabinet_type, cabinet.rows, cabinet.cols
      FROM public.device_cabinets cabinet
      JOIN public.cabinet_types type ON type.id = cabinet.cabinet_type_id
     WHERE cabinet.removed_at IS NULL;

CREATE VIEW reporting.planogram_slots AS
    SELECT slot.id, cabinet.device_id, cabinet.cabinet_index, slot.position, slot.product_id,
           product.name AS product_name, slot.quantity, slot.capacity, slot.par_level,
           coalesce(slot.price_cents, product.price_cents) AS price_cents
      FROM public.planogram_slots slot
      JOIN public.planograms planogram ON planogram.id = slot.planogram_id
      JOIN public.device_cabinets cabinet ON cabinet.id = planogram.cabinet_id
      LEFT JOIN public.products product ON product.id = slot.product_id
     WHERE slot.retired_at IS NULL;

CREATE VIEW reporting.inventory_movements AS
    SELECT id, slot_id, product_id, delta, kind, quantity_after, at FROM public.inventory_movements;

CREATE VIEW reporting.sales AS
    SELECT id, device_id, product_id, slot_id, units, revenue_cents, sold_at, source, payment_kind FROM public.sales;

CREATE VIEW reporting.sales_daily AS
    SELECT device_id, product_id, day, units, revenue_cents, transactions FROM public.sales_daily;

CREATE VIEW reporting.service_orders AS
    SELECT id, route_id, driver_id, service_date, status, priority, total_units, estimated_minutes, started_at,
           completed_at, cancelled_at, created_at
      FROM public.service_orders;

CREATE VIEW reporting.service_order_cabinets AS
    SELECT id, service_order_id, cabinet_id, status, started_at, executed_at, skip_reason
      FROM public.service_order_cabinets;

CREATE VIEW reporting.service_order_items AS
    SELECT id, order_cabinet_id, product_id, quantity_needed, quantity_filled FROM public.service_order_items;

CREATE VIEW reporting.service_visits AS
    SELECT id, device_id, order_cabinet_id, visited_at, service_type, technician_id, units_restocked, duration_minutes
      FROM public.service_visits
     WHERE voided_at IS NULL;

CREATE VIEW reporting.device_metrics AS
    SELECT device_id, sold_out_count, dri_days, daily_velocity, product_level_pct, units_to_par, days_since_service,
           calculated_at
      FROM public.device_metrics;

CREATE VIEW reporting.dex_reads AS
    SELECT id, device_id, filename, machine_serial, machine_model, read_at, uploaded_at, status, is_quarantined
      FROM public.dex_reads;

GRANT USAGE ON SCHEMA reporting TO cvd_reporting;
GRANT SELECT ON ALL TABLES IN SCHEMA reporting TO cvd_reporting;
"""

DOWNGRADE = """
DROP SCHEMA reporting CASCADE;
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)
