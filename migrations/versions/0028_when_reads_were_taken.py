"""When reads were taken

Purpose: beside the moment at which a read arrived, the one at which its sender took it from the machine, which tells
    where it belongs among the machine's reads when they come late or out of order and the machine itself does not say.
Impact: two columns without a default: no rewrite, a moment's exclusive lock. Reads that are there have none.
Way back: the columns are dropped; reads of machines without clock and count are then ordered by their arrival, when
    their machine is looked at again.
"""

from migrations.run import run

revision = "0028"
down_revision = "0027"

UPGRADE = """
ALTER TABLE dex_files ADD COLUMN collected_at timestamptz;
ALTER TABLE dex_reads ADD COLUMN collected_at timestamptz;
"""

DOWNGRADE = """
-- squawk-ignore ban-drop-column
ALTER TABLE dex_reads DROP COLUMN collected_at;
-- squawk-ignore ban-drop-column
ALTER TABLE dex_files DROP COLUMN collected_at;
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)
