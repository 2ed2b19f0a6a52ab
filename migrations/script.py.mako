"""${message}

Purpose: ${purpose}
Impact: ${impact}
Way back: ${way_back}
"""

from migrations.run import run

revision = "${up_revision}"
down_revision = "${down_revision}"

UPGRADE = """
"""

DOWNGRADE = """
"""


def upgrade() -> None:
    run(UPGRADE)


def downgrade() -> None:
    run(DOWNGRADE)
