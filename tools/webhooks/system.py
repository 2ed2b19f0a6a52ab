"""A whole system for a measurement: database, local cloud, workers in a process of their own, and someone to call."""

import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from chalicelib.fleet.events import DeviceUpdated
from chalicelib.kit import aws, clock
from chalicelib.kit import db as kit_db
from chalicelib.kit.call import Call
from chalicelib.kit.db import transaction
from chalicelib.kit.principal import Principal
from chalicelib.kit.settings import settings
from chalicelib.operations import migrations
from chalicelib.partners.models.webhooks import Replay, WebhookBody, WebhookChange, WebhookWithSecret
from chalicelib.partners.service import logbook, subscribing
from tools.local import processes, stage
from tools.local.postgres import APP_ROLE, MIGRATOR_ROLE, Postgres, chosen_version
from tools.local.processes import Child
from tools.local.provision import Place, provision

PATIENCE_SECONDS = 2400.0


@dataclass
class System:
    """What runs, and the way to use it: events happen, webhooks are made, deliveries are waited for."""

    environment: dict[str, str]
    folder: Path
    admin: Principal
    workers: Child | None = None
    events: int = 0
    _devices: list[int] = field(default_factory=list)

    def call(self, name: str) -> Call:
        """Return a request of the admin's."""
        return Call(name, "POST", "/api/webhooks", clock.now(), "127.0.0.1", {}, caller=self.admin)

    def subscribe(self, url: str, event_types: Sequence[str] = ("device.*",)) -> WebhookWithSecret:
        """Make a webhook."""
        return subscribing.create(self.call("subscribe"), WebhookBody(url=url, event_types=list(event_types)))

    def happen(self, count: int, *, a_transaction: int = 10) -> None:
        """Let something happen to devices, some events in each transaction."""
        while count:
            batch = min(count, a_transaction)
            call = self.call(f"event-{self.events}")
            with call.transaction():
                for _ in range(batch):
                    device = self._device(self.events % 50)
                    call.record(
                        DeviceUpdated(resource_id=device, asset=f"A{device}", forced=False, after={"nickname": "x"})
                    )
                    self.events += 1
            count -= batch

    def _device(self, place: int) -> int:
        if not self._devices:
            with transaction() as db:
                self._devices = db.values(
                    """
                    INSERT INTO devices (asset, nickname, device_type_id, location_id, model)
                    SELECT 'M' || number, 'Measured', (SELECT min(id) FROM device_types),
                           (SELECT id FROM locations WHERE is_default), 'Ambient+'
                      FROM generate_series(1, 50) number
                    RETURNING id
                    """
                )
        return self._devices[place]

    def start_workers(self) -> None:
        """Start the relay, the fan-out, the deliveries and the schedules, in a process of their own."""
        command = [sys.executable, "-m", "tools.local.workers"]
        log = self.folder / "workers.log"
        self.workers = processes.start(
            "workers", command, folder=stage.ROOT, environment=self.environment | {"CVD_STAGE": "local"}, log=log
        )

    def kill_workers(self) -> None:
        """Kill that process in the middle of whatever it does."""
        assert self.workers is not None  # noqa: S101 - narrows the type
        os.killpg(self.workers.process.pid, signal.SIGKILL)
        self.workers.process.wait()

    def wait_for(self, sql: str, wanted: int, what: str) -> None:
        """Wait until a count in the database is what it should be, and say how far it is now and then."""
        ends, told = time.monotonic() + PATIENCE_SECONDS, 0.0
        while True:
            with transaction(read_only=True) as db:
                found = int(db.value(sql))
            if found >= wanted:
                return
            if time.monotonic() > ends:
                raise TimeoutError(f"{what}: {found} of {wanted} in time")
            if time.monotonic() - told > 20:
                print(f"  {what}: {found} of {wanted}", flush=True)
                told = time.monotonic()
            time.sleep(0.5)

    def count(self, sql: str) -> int:
        """Count something in the database."""
        with transaction(read_only=True) as db:
            return int(db.value(sql))

    def switch_on(self, webhook_id: int) -> None:
        """Switch a webhook on again."""
        subscribing.change(self.call("on"), webhook_id, WebhookChange(enabled=True))

    def switch_off(self, webhook_id: int) -> None:
        """Switch a webhook off."""
        subscribing.change(self.call("off"), webhook_id, WebhookChange(enabled=False))

    def replay_missing(self, webhook_id: int) -> int:
        """Have everything delivered that has not arrived; how many deliveries."""
        since = clock.now().replace(hour=0, minute=0)
        return logbook.replay(self.call("replay"), webhook_id, Replay(since=since)).deliveries


@contextmanager
def system() -> Iterator[System]:
    """Start everything in a folder of its own; it goes away with everything in it."""
    with tempfile.TemporaryDirectory(prefix="cvd-webhooks-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        place.chmod(0o755)  # The database server runs as another account where root starts it.
        server = Postgres(place / "postgres", chosen_version(), reckless=True)
        with ExitStack() as at_the_end:
            at_the_end.callback(server.stop)
            environment = _started(server, at_the_end)
            os.environ.update(environment)
            settings.cache_clear()
            aws.forget_clients()
            at_the_end.callback(kit_db.close_all)
            made = System(environment, place, _admin())
            at_the_end.callback(lambda: made.workers.stop() if made.workers else None)
            yield made


def _started(server: Postgres, at_the_end: ExitStack) -> dict[str, str]:
    """Start the database and a cloud that keeps nothing on disk; the environment in which both are found."""
    server.start()
    server.ensure_database("cvd")
    migrations.upgrade(server.url("cvd", user=MIGRATOR_ROLE))
    port = processes.free_port()
    command = [sys.executable, "-m", "tools.local.cloud", "--port", str(port)]
    cloud = processes.start("local cloud", command, folder=stage.ROOT, environment={}, log=server.folder / "cloud.log")
    at_the_end.callback(cloud.stop)
    processes.wait_until(lambda: processes.listens(port), cloud, seconds=120)
    return {
        **provision(Place(f"http://127.0.0.1:{port}", "local")),
        "DATABASE_URL": server.url("cvd", user=APP_ROLE),
        "CVD_DATABASE_CONNECTIONS": "24",
        "POWERTOOLS_LOG_LEVEL": "ERROR",
    }


def _admin() -> Principal:
    with transaction() as db:
        user_id = int(
            db.value(
                """
                INSERT INTO users (username, email, role)
                VALUES ('measurer', 'measurer@cvd.example', 'admin')
                RETURNING id
                """
            )
        )
    return Principal(user_id, "measurer", "admin", None, must_change_password=False, last_activity_at=None)
