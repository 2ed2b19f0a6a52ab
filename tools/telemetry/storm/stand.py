"""A stand to send reads to: the services, the API and the queue workers as processes, gone with the block."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from chalicelib.kit.db import Connection
from chalicelib.operations import migrations
from tools.demo import people
from tools.local import processes
from tools.local.postgres import APP_ROLE, MIGRATOR_ROLE, Postgres, chosen_version
from tools.local.processes import Child
from tools.local.provision import Place, provision
from tools.local.stage import ROOT

DATABASE = "cvd"
CONNECTIONS = 24
BATCHES = 3
"""Batches of reads that each queue worker applies at once: of two processors, more would only wait for each other."""
SENDER = "demomanager"
APIS = 2
"""Processes that serve the API, as the cloud would have many; they have nothing in common but the database."""

_STARTING_SECONDS = 90.0


@dataclass
class Stand:
    """What runs: `ports` of the API, `token` of its sender, `workers` that feed the telemetry queue's function."""

    folder: Path
    postgres: Postgres
    environment: dict[str, str]
    ports: Sequence[int]
    token: str
    workers: list[Child]

    @property
    def port(self) -> int:
        """One of the API's ports."""
        return self.ports[0]

    @contextmanager
    def database(self) -> Iterator[Connection]:
        """A connection of the owner's, each statement on its own."""
        url = self.environment["MIGRATION_DATABASE_URL"]
        with psycopg.connect(url, autocommit=True, options="-c timezone=UTC") as raw:
            yield Connection(raw)

    def dismiss(self) -> None:
        """Stop the queue workers: what is left for them to tell others would only be in the way of a proof."""
        _stop_all(self.workers)
        self.workers.clear()

    def hire(self, number: int) -> None:
        """Start one more queue worker."""
        log = self.folder / f"worker-{number}.log"
        command = [sys.executable, "-m", "tools.local.workers"]
        child = processes.start("queue worker", command, folder=ROOT, environment=self.environment, log=log)
        self.workers.append(child)


@contextmanager
def standing(*, workers: int, sender: str = SENDER) -> Iterator[Stand]:
    """Build a stand with an empty fleet; everything of it goes away at the end of the block."""
    with ExitStack() as at_the_end:
        folder = Path(tempfile.mkdtemp(prefix="cvd-storm-"))
        at_the_end.callback(shutil.rmtree, folder, ignore_errors=True)
        cloud, cloud_port = _start_cloud(folder)
        at_the_end.callback(cloud.stop)
        server = Postgres(folder / "postgres", chosen_version())
        at_the_end.callback(server.stop)
        server.start()
        server.ensure_database(DATABASE)
        migrations.upgrade(server.url(DATABASE, user=MIGRATOR_ROLE))
        processes.wait_until(lambda: processes.listens(cloud_port), cloud, seconds=_STARTING_SECONDS)
        environment = _environment(server, cloud_port)
        password = people.ensure(environment, password=None).password
        ports = [_start_api(at_the_end, folder, environment) for _ in range(APIS)]
        stand = Stand(folder, server, environment, ports, _sign_in(ports[0], sender, password), [])
        at_the_end.callback(_stop_all, stand.workers)
        for number in range(workers):
            stand.hire(number)
        yield stand


def _stop_all(children: list[Child]) -> None:
    for child in children:
        child.stop()


def _environment(server: Postgres, cloud_port: int) -> dict[str, str]:
    return provision(Place(f"http://127.0.0.1:{cloud_port}", "test")) | {
        "DATABASE_URL": server.url(DATABASE, user=APP_ROLE),
        "MIGRATION_DATABASE_URL": server.url(DATABASE, user=MIGRATOR_ROLE),
        "CVD_DATABASE_CONNECTIONS": str(CONNECTIONS),
        "CVD_LOCAL_BATCHES": str(BATCHES),
    }


def _start_cloud(folder: Path) -> tuple[Child, int]:
    port = processes.free_port()
    command = [sys.executable, "-m", "tools.local.cloud", "--port", str(port)]
    log = folder / "cloud.log"
    return processes.start("local cloud", command, folder=ROOT, environment={}, log=log), port


def _start_api(at_the_end: ExitStack, folder: Path, environment: dict[str, str]) -> int:
    """Serve as `chalice local` does, without the forty milliseconds that it waits at the end of each answer."""
    port = processes.free_port()
    command = [sys.executable, "-m", "tools.bench.worker", str(port)]
    child = processes.start("API", command, folder=ROOT, environment=environment, log=folder / f"api-{port}.log")
    at_the_end.callback(child.stop)
    processes.wait_until(lambda: processes.listens(port), child, seconds=_STARTING_SECONDS)
    return port


def _sign_in(port: int, sender: str, password: str) -> str:
    body = json.dumps({"username": sender, "password": password}).encode()
    address = f"http://127.0.0.1:{port}/api/auth/login"
    asked = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - as above
        return str(json.load(answer)["tokens"]["accessToken"])


def by_hand(stand: Stand, *arguments: str) -> str:
    """Run `python -m tools.telemetry ...` on a stand; what it prints."""
    command = [sys.executable, "-m", "tools.telemetry", *arguments]
    environment = {**os.environ, **stand.environment}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.stdout


def wait_for_silence(stand: Stand, *, seconds: float) -> bool:
    """Wait until no stored file waits any more; whether that came in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with stand.database() as db:
            if not db.value("SELECT EXISTS (SELECT FROM dex_files WHERE status = 'stored')"):
                return True
        time.sleep(0.5)
    return False
