"""The local stage: where its data lies, and the services that have to be up before the API can be."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from chalicelib.kit.settings import LOCAL_ENVIRONMENT
from chalicelib.operations import migrations
from tools.local import processes
from tools.local.postgres import APP_ROLE, MIGRATOR_ROLE, Postgres, chosen_version
from tools.local.provision import Place, provision

ROOT = Path(__file__).parents[2]
DATABASE = "cvd"
_STARTING_SECONDS = 60.0


@dataclass(frozen=True)
class Services:
    """What runs, and the environment in which the application finds it."""

    environment: dict[str, str]
    children: list[processes.Child]


def folder() -> Path:
    """Return the folder of all local data; `CVD_LOCAL` moves it."""
    return Path(os.environ.get("CVD_LOCAL", str(ROOT / LOCAL_ENVIRONMENT.parent))).resolve()


@contextmanager
def services(*, origins: str) -> Iterator[Services]:
    """Start PostgreSQL and the local cloud, migrate and provision; stop both at the end of the block."""
    place, leftovers = folder(), processes.Leftovers(folder())
    leftovers.end()
    with ExitStack() as at_the_end:
        # The cloud takes the longest to load, so it does that while the database starts and is migrated.
        cloud, port = _start_cloud(place)
        at_the_end.callback(leftovers.forget)
        at_the_end.callback(cloud.stop)
        leftovers.remember([cloud])
        server = Postgres(place / "postgres", chosen_version())
        at_the_end.callback(server.stop)
        urls = _migrated(server)
        processes.wait_until(lambda: processes.listens(port), cloud, seconds=_STARTING_SECONDS)
        environment = provision(Place(f"http://127.0.0.1:{port}", "local")) | urls | _choices(origins)
        _write(place / LOCAL_ENVIRONMENT.name, environment)
        yield Services(environment, [cloud])


def _start_cloud(place: Path) -> tuple[processes.Child, int]:
    port = processes.free_port()
    command = [sys.executable, "-m", "tools.local.cloud", "--port", str(port), "--folder", str(place / "cloud")]
    return processes.start("local cloud", command, folder=ROOT, environment={}, log=place / "cloud.log"), port


def _migrated(server: Postgres) -> dict[str, str]:
    """Start the server, bring the database to the newest revision and return its addresses for the two roles."""
    server.start()
    server.ensure_database(DATABASE)
    owner = server.url(DATABASE, user=MIGRATOR_ROLE)
    for revision in migrations.upgrade(owner):
        print(f"  migrated to {revision.revision} {revision.title}", flush=True)
    return {"DATABASE_URL": server.url(DATABASE, user=APP_ROLE), "MIGRATION_DATABASE_URL": owner}


def _choices(origins: str) -> dict[str, str]:
    """Return what a developer may choose differently by setting it."""
    return {
        "CVD_DATABASE_CONNECTIONS": os.environ.get("CVD_DATABASE_CONNECTIONS", "16"),
        "CVD_ALLOWED_ORIGINS": os.environ.get("CVD_ALLOWED_ORIGINS", origins),
        "CVD_FRAME_ANCESTORS": os.environ.get("CVD_FRAME_ANCESTORS", f"'self' {origins}"),
    }


def _write(path: Path, environment: dict[str, str]) -> None:
    """Leave the environment for plain `chalice local`, readable by its owner alone."""
    path.touch(mode=0o600)
    path.write_text(json.dumps(environment, indent=2) + "\n")
