"""The real fleet of the legacy backup, brought over by the importer."""

from datetime import UTC, datetime
from pathlib import Path

from tools.legacy.__main__ import import_file
from tools.legacy.run import Options

BACKUP = Path("legacy") / "cvd-2025-08-06.db"
BACKUP_AT = datetime(2025, 8, 6, 22, 0, tzinfo=UTC)
"""Six in the evening in Detroit, when the backup was taken."""


def import_fleet(real_data: Path, environment: dict[str, str]) -> None:
    """Import the backup into the test's database."""
    import_file(real_data / BACKUP, Options(policy="clamp"), environment["MIGRATION_DATABASE_URL"])
