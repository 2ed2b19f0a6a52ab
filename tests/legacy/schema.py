"""The tables of the three generations of legacy databases, as far as the importer knows them."""

# ruff: noqa: E501 - a table reads better unbroken.

_CORE = """
CREATE TABLE products (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, category TEXT, price DECIMAL(10,2), image TEXT,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, is_system BOOLEAN DEFAULT FALSE);
CREATE TABLE device_types (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL,
    allows_additional_cabinets BOOLEAN NOT NULL);
CREATE TABLE cabinet_types (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL,
    rows INTEGER NOT NULL, cols INTEGER NOT NULL, icon TEXT NOT NULL);
CREATE TABLE locations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP, address TEXT, latitude REAL, longitude REAL);
CREATE TABLE devices (id INTEGER PRIMARY KEY AUTOINCREMENT, asset TEXT, cooler TEXT, location_id INTEGER DEFAULT 1,
    model TEXT, device_type_id INTEGER, route_id INTEGER REFERENCES routes(id), created_at TIMESTAMP, updated_at TIMESTAMP,
    deleted_at TIMESTAMP DEFAULT NULL, deleted_by INTEGER DEFAULT NULL,
    FOREIGN KEY (device_type_id) REFERENCES device_types(id));
CREATE TABLE cabinet_configurations (id INTEGER PRIMARY KEY AUTOINCREMENT, device_id INTEGER REFERENCES devices(id),
    cabinet_type_id INTEGER, model_name TEXT, is_parent BOOLEAN DEFAULT 0, cabinet_index INTEGER, rows INTEGER, columns INTEGER);
CREATE TABLE planograms (id INTEGER PRIMARY KEY AUTOINCREMENT, cabinet_id INTEGER, planogram_key TEXT,
    updated_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE planogram_slots (id INTEGER PRIMARY KEY AUTOINCREMENT, planogram_id INTEGER, slot_position TEXT,
    product_id INTEGER REFERENCES products(id), product_name TEXT, quantity INTEGER DEFAULT 0, capacity INTEGER DEFAULT 0,
    par_level INTEGER DEFAULT 0, price DECIMAL(10,2), cleared_at TIMESTAMP, cleared_by INTEGER, previous_product_id INTEGER);
CREATE TABLE sales (id INTEGER PRIMARY KEY AUTOINCREMENT, device_id INTEGER REFERENCES devices(id),
    product_id INTEGER REFERENCES products(id), sale_units INTEGER, sale_cash DECIMAL(10,2), created_at TIMESTAMP,
    updated_at TIMESTAMP);
CREATE TABLE device_routes (device_id INTEGER, route_id INTEGER, PRIMARY KEY (device_id, route_id));
CREATE TABLE device_metrics (device_id INTEGER PRIMARY KEY, units_to_par INTEGER);
CREATE TABLE slot_metrics (id INTEGER PRIMARY KEY AUTOINCREMENT, planogram_slot_id INTEGER);
CREATE TABLE route_planning_config (id INTEGER PRIMARY KEY AUTOINCREMENT, critical_dri_threshold INTEGER,
    warning_dri_threshold INTEGER, ok_dri_threshold INTEGER, auto_select_critical BOOLEAN, metrics_cache_ttl_minutes INTEGER);
CREATE TABLE dex_reads (id INTEGER PRIMARY KEY AUTOINCREMENT, filename TEXT, upload_timestamp DATETIME, raw_content TEXT);
CREATE TABLE dex_records (id INTEGER PRIMARY KEY AUTOINCREMENT, dex_read_id INTEGER, raw_record TEXT);
CREATE TABLE dex_pa_records (id INTEGER PRIMARY KEY AUTOINCREMENT, dex_read_id INTEGER, units_sold INTEGER);
"""

_GENERATION_1 = """
CREATE TABLE routes (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, route_number INTEGER, created_at TIMESTAMP,
    updated_at TIMESTAMP);
CREATE TABLE service_orders (id INTEGER PRIMARY KEY AUTOINCREMENT, route_id INTEGER, created_at TIMESTAMP, created_by TEXT,
    status TEXT DEFAULT 'pending', total_units INTEGER, estimated_duration_minutes INTEGER);
CREATE TABLE service_order_items (id INTEGER PRIMARY KEY AUTOINCREMENT, service_order_id INTEGER, device_id INTEGER,
    cabinet_index INTEGER, product_id INTEGER, quantity_needed INTEGER);
CREATE TABLE service_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, device_id INTEGER, route_id INTEGER, service_date TIMESTAMP,
    units_restocked INTEGER, service_type TEXT, technician_id INTEGER, duration_minutes INTEGER, notes TEXT);
"""

_SINCE_2 = """
CREATE TABLE sessions (id TEXT PRIMARY KEY, user_id INTEGER, expires_at TIMESTAMP, created_at TIMESTAMP);
CREATE TABLE audit_log (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER, action TEXT NOT NULL, resource_type TEXT,
    resource_id INTEGER, details TEXT, ip_address TEXT, created_at TIMESTAMP);
CREATE TABLE driver_routes (user_id INTEGER, route_id INTEGER, assigned_at TIMESTAMP, PRIMARY KEY (user_id, route_id));
CREATE TABLE service_order_cabinets (id INTEGER PRIMARY KEY AUTOINCREMENT, service_order_id INTEGER,
    cabinet_configuration_id INTEGER, created_at TIMESTAMP, last_modified TIMESTAMP, executed_at TIMESTAMP,
    executed_by INTEGER, status TEXT DEFAULT 'pending');
CREATE TABLE service_visits (id INTEGER PRIMARY KEY AUTOINCREMENT, device_id INTEGER, route_id INTEGER, service_date TIMESTAMP,
    units_restocked INTEGER, service_type TEXT, technician_id INTEGER, duration_minutes INTEGER, notes TEXT,
    service_order_cabinet_id INTEGER);
CREATE TABLE service_visit_items (id INTEGER PRIMARY KEY AUTOINCREMENT, service_visit_id INTEGER, product_id INTEGER,
    quantity_filled INTEGER, created_at TIMESTAMP);
CREATE TABLE service_order_photos (id INTEGER PRIMARY KEY AUTOINCREMENT, service_order_id INTEGER, filename TEXT,
    photo_type TEXT, uploaded_by INTEGER, uploaded_at TIMESTAMP, capture_timestamp TIMESTAMP);
CREATE TABLE knowledge_base_categories (name TEXT PRIMARY KEY, description TEXT, icon TEXT, color TEXT, sort_order INTEGER);
CREATE TABLE knowledge_base_articles (id TEXT PRIMARY KEY, title TEXT, author TEXT, category TEXT, tags TEXT, difficulty TEXT,
    word_count INTEGER, read_time_minutes INTEGER, file_path TEXT, file_modified_time TIMESTAMP, last_indexed TIMESTAMP,
    content_preview TEXT, search_content TEXT, content_hash TEXT);
CREATE TABLE migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE);
"""

_USERS = """
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, username TEXT, email TEXT, password_hash TEXT, role TEXT,
    is_active BOOLEAN DEFAULT TRUE, created_at TIMESTAMP, updated_at TIMESTAMP, last_login TIMESTAMP,
    failed_login_attempts INTEGER DEFAULT 0, locked_until TIMESTAMP{more});
"""

_GENERATION_2 = (
    _SINCE_2
    + _USERS.format(more="")
    + """
CREATE TABLE routes (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, route_number INTEGER, created_at TIMESTAMP,
    updated_at TIMESTAMP, driver_id INTEGER);
CREATE TABLE service_orders (id INTEGER PRIMARY KEY AUTOINCREMENT, route_id INTEGER, created_at TIMESTAMP, created_by TEXT,
    status TEXT DEFAULT 'pending', total_units INTEGER, estimated_duration_minutes INTEGER, driver_id INTEGER,
    sync_version INTEGER DEFAULT 1, last_modified TIMESTAMP);
CREATE TABLE service_order_cabinet_items (id INTEGER PRIMARY KEY AUTOINCREMENT, service_order_cabinet_id INTEGER,
    product_id INTEGER, quantity_needed INTEGER, created_at TIMESTAMP);
"""
)

_GENERATION_3 = (
    _SINCE_2
    + _USERS.format(more=", is_deleted BOOLEAN DEFAULT 0, deleted_at TIMESTAMP, deleted_by TEXT")
    + """
CREATE TABLE routes (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, route_number TEXT, created_at TIMESTAMP,
    updated_at TIMESTAMP, assigned_driver_id INTEGER, assigned_at TIMESTAMP);
CREATE TABLE service_orders (id INTEGER PRIMARY KEY AUTOINCREMENT, route_id INTEGER, created_at TIMESTAMP, created_by TEXT,
    status TEXT DEFAULT 'pending', total_units INTEGER, estimated_duration_minutes INTEGER, driver_id INTEGER,
    sync_version INTEGER DEFAULT 1, last_modified TIMESTAMP, started_at TIMESTAMP, completed_at TIMESTAMP, notes TEXT);
CREATE TABLE service_order_cabinet_items (id INTEGER PRIMARY KEY AUTOINCREMENT, service_order_cabinet_id INTEGER,
    product_id INTEGER, quantity_needed INTEGER, created_at TIMESTAMP, quantity_filled INTEGER);
CREATE TABLE user_activity_log (id INTEGER PRIMARY KEY AUTOINCREMENT, session_id TEXT, user_id INTEGER, page_url TEXT);
CREATE TABLE system_config (key TEXT PRIMARY KEY, value TEXT);
"""
)

SCHEMAS = {1: _CORE + _GENERATION_1, 2: _CORE + _GENERATION_2, 3: _CORE + _GENERATION_3}
