"""What the local database holds: a demo fleet, or the legacy fleet that the developer names; filled once, then kept."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from chalicelib.assistant.service import loading
from chalicelib.identity.service import bootstrap
from chalicelib.kit.settings import settings
from tools import demo
from tools.demo.people import People
from tools.local import stage
from tools.local.processes import CannotRun

_NOTE = "contents.json"


def fill(environment: Mapping[str, str], *, legacy: Path | None) -> People:
    """Fill an empty database and return the people who can sign in; a filled one is left as it is."""
    note = stage.folder() / _NOTE
    held = json.loads(note.read_text()) if note.exists() else {"fleet": None}
    os.environ.update(environment)
    if legacy is not None:
        _import(legacy.resolve(), held)
        held["fleet"] = str(legacy.resolve())
    settings.cache_clear()
    bootstrap.bootstrap_admin(bootstrap.first_admin())
    loading.load()
    people = demo.people.ensure(environment, password=held.get("password"))
    if held["fleet"] is None and not _has_devices(environment["MIGRATION_DATABASE_URL"]):
        anchor = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
        print("  making the demo fleet: half a year of 60 machines", flush=True)
        demo.fill(environment, anchor=anchor)
        held |= {"fleet": "demo", "anchor": anchor.isoformat()}
    note.touch(mode=0o600)
    note.write_text(json.dumps(held | {"password": people.password}, indent=2) + "\n")
    return people


def _import(legacy: Path, held: Mapping[str, str | None]) -> None:
    if not legacy.is_file():
        raise CannotRun(f"There is no file {legacy}: name the legacy SQLite database (make run LEGACY=FILE).")
    if held["fleet"] == "demo":
        raise CannotRun(
            "The local database already holds the demo fleet: clear it with `make clean-data`, "
            "then import the legacy one."
        )
    done = subprocess.run([sys.executable, "-m", "tools.legacy", "import", str(legacy)], cwd=stage.ROOT, check=False)
    if done.returncode != 0:
        raise CannotRun(f"The import of {legacy} failed; its report is above.")


def _has_devices(url: str) -> bool:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT EXISTS (SELECT FROM devices)").fetchone()
        return bool(row and row[0])
