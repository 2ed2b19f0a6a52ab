"""Checks of intervals

Purpose: beside each interval of a machine, what its selections sold against what the totals of the machine rose by, so
    that every sale can be judged by what it was booked from (telemetry.md 6, step 5).
Impact: a column with a constant default: no rewrite, a moment's exclusive lock. Intervals found before have no checks
    until their machine is looked at again.
Way back: the column is dropped; the checks can be derived from the reads again.
"""

from migrations.run import run

revision = "0024"
down_revision = "0023"

UPGRADE = """
ALTER TABLE dex_intervals ADD COLUMN checks jsonb NOT NULL DEFAULT '[]';
"""

DOWNGRADE = """
-- squawk-ignore ban-drop-column
ALTER TABLE dex_intervals DROP COLUMN checks;
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)
