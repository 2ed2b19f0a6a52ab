"""Find what is rare

Purpose: indexes for what requests look for among much else: deleted devices, the devices of a route with the deleted
    ones, slots that are sold out or nearly so, machines that are silent, the
    latest alerts.
Impact: indexes built while writers wait: seconds for a fleet of 5,000 devices.
Way back: the indexes are dropped.
"""

from migrations.run import run

revision = "0025"
down_revision = "0024"

UPGRADE = """
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX devices_deleted_at_index ON devices (deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL;
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX devices_route_id_index;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX devices_route_id_index ON devices (route_id);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX planogram_slots_sold_out_index ON planogram_slots (planogram_id)
    WHERE product_id IS NOT NULL AND capacity > 0 AND quantity = 0 AND retired_at IS NULL;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX planogram_slots_low_index ON planogram_slots ((quantity::numeric / par_level), par_level DESC, id)
    WHERE retired_at IS NULL AND par_level > 0 AND quantity * 4 <= par_level;
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX security_alerts_created_at_index ON security_alerts (created_at DESC);
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX dex_machines_silent_index ON dex_machines (last_read_at, device_id) WHERE silent_since IS NOT NULL;
"""

DOWNGRADE = """
DROP INDEX dex_machines_silent_index, security_alerts_created_at_index, planogram_slots_low_index,
    planogram_slots_sold_out_index, devices_route_id_index, devices_deleted_at_index;
CREATE INDEX devices_route_id_index ON devices (route_id) WHERE deleted_at IS NULL;
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)
