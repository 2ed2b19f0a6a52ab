"""Checking the SQL of every revision with squawk."""

import subprocess
import sys
import tempfile
from pathlib import Path

from chalicelib.operations import migrations

CONFIG = Path(__file__).parents[2] / ".squawk.toml"


def run(only: list[str] | None = None) -> int:
    """Print what squawk finds in the upgrade of each revision (or only of those named); 0 when that is nothing."""
    with tempfile.TemporaryDirectory() as folder:
        files = [
            str(_written(Path(folder), step)) for step in migrations.revisions() if not only or step.revision in only
        ]
        squawk = Path(sys.executable).parent / "squawk"
        return subprocess.run([str(squawk), "--config", str(CONFIG), *files], check=False).returncode


def _written(folder: Path, step: migrations.Revision) -> Path:
    path = folder / f"{step.revision}.sql"
    path.write_text(migrations.offline_sql(step.revision))
    return path
