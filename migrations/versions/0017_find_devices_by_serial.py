"""Find devices by serial

Purpose: a read finds its device by the serial number that the machine tells (BR-143), for every read that comes in.
Impact: an index on devices; writers of that table wait while it is built, well under a second for 50,000 devices.
Way back: the index is dropped.
"""

from migrations.run import run

revision = "0017"
down_revision = "0016"

# An index cannot be built concurrently inside the transaction that a revision is, and the table is small.
UPGRADE = """
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX devices_serial_number_index ON devices (serial_number) WHERE deleted_at IS NULL;
"""

DOWNGRADE = """
-- squawk-ignore require-concurrent-index-deletion
DROP INDEX devices_serial_number_index;
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)
