"""Chalice's own packager, run on a copy of the app: its validation, its model of the API, its single function."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

SHIPPED: Final = ("app.py", "chalicelib", ".chalice/config.json")

STAND_INS: Final = {
    "AWS_DEFAULT_REGION": "us-east-1",
    "DATABASE_URL": "postgresql://127.0.0.1/none",
    "CVD_USER_POOL_ID": "us-east-1_none",
    "CVD_USER_POOL_CLIENT_ID": "none",
}
"""Settings that let the app be imported; nothing is connected to."""


class ChaliceRefused(RuntimeError):
    """What Chalice says against the app."""


def package(root: Path, stage: str, target: Path) -> None:
    """Write Chalice's `sam.json` and `deployment.zip` into `target`. Raises `ChaliceRefused`.

    The copy's requirements are empty: the dependencies are in our layers, and Chalice would fetch and pack them again.
    """
    with tempfile.TemporaryDirectory() as place:
        project = Path(place)
        _copy(root, project)
        (project / "requirements.txt").touch()
        done = subprocess.run(
            [str(Path(sys.executable).parent / "chalice"), "package", "--stage", stage, str(target.resolve())],
            cwd=project,
            env={**os.environ, **STAND_INS, "CVD_STAGE": stage},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise ChaliceRefused(done.stderr.strip() or done.stdout.strip())


def _copy(root: Path, project: Path) -> None:
    for name in SHIPPED:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        if (root / name).is_dir():
            shutil.copytree(root / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(root / name, project / name)
