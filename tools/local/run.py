"""`make run`: the services, the data, then `chalice local`, until Ctrl-C; `make services`: the services alone."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

from tools.demo.people import People
from tools.local import contents, processes, stage
from tools.local.processes import CannotRun, Child, Leftovers

CHALICE_PORT = 8000
FRONTEND_PORTS = (3000, 5000, 8080)
_STARTING_SECONDS = 60.0
_LOOK_EVERY_SECONDS = 0.5


def run(*, port: int, legacy: Path | None) -> None:
    """Serve the API on the port until told to stop."""
    started = time.monotonic()
    with (
        processes.only_one(stage.folder()),
        processes.free(port),
        until_told_to_stop(),
        stage.services(origins=origins(port)) as services,
        Api(port, services) as api,
    ):
        people = contents.fill(services.environment, legacy=legacy)
        api.start()
        print(welcome(port, people, seconds=time.monotonic() - started), flush=True)
        _watch(services.children, api)


def serve_services(*, legacy: Path | None) -> None:
    """Keep PostgreSQL and the local cloud up, for plain `chalice local --stage local`."""
    with (
        processes.only_one(stage.folder()),
        until_told_to_stop(),
        stage.services(origins=origins(CHALICE_PORT)) as services,
    ):
        people = contents.fill(services.environment, legacy=legacy)
        print(f"PostgreSQL and the local cloud are up. Now: chalice local --stage local --no-autoreload\n\n{people}")
        _watch(services.children, None)


class Api:
    """`chalice local`, and beside it the queues and schedules, as children that are started anew when the code changes.

    Chalice's own reloader is not used: it walks the whole folder each second, virtual environment and data included,
    and would restart at each upload.
    """

    def __init__(self, port: int, services: stage.Services) -> None:
        self._port = port
        self._services = services
        self._seen = _code_stamp()
        self._child: Child | None = None
        self._workers: Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _stop(self) -> None:
        for child in (self._workers, self._child):
            if child is not None:
                child.stop()

    def start(self) -> None:
        """Start it and wait until it serves."""
        api = self._spawn_both()
        processes.wait_until(lambda: processes.listens(self._port), api, seconds=_STARTING_SECONDS)

    def restart_when_the_code_changed(self) -> None:
        """Start it anew when a file of the application changed; a file that does not load is waited out."""
        stamp = _code_stamp()
        if stamp == self._seen:
            return
        self._seen = stamp
        print("The code changed: starting the API anew.", flush=True)
        self._stop()
        self._spawn_both()

    def _spawn_both(self) -> Child:
        self._child, self._workers = api, workers = self._spawn(), self._spawn_workers()
        Leftovers(stage.folder()).remember([*self._services.children, api, workers])
        return api

    def _spawn_workers(self) -> Child:
        return processes.start(
            "queues and schedules",
            [sys.executable, "-m", "tools.local.workers"],
            folder=stage.ROOT,
            environment=self._services.environment | {"CVD_STAGE": "local"},
            log=stage.folder() / "workers.log",
        )

    def _spawn(self) -> Child:
        chalice = str(Path(sys.executable).parent / "chalice")
        options = ["local", "--stage", "local", "--port", str(self._port), "--no-autoreload"]
        return processes.start(
            "API", [chalice, *options], folder=stage.ROOT, environment=self._services.environment, log=None
        )


@contextmanager
def until_told_to_stop() -> Iterator[None]:
    """Run the block until SIGINT or SIGTERM, which end it in good order; a second one changes nothing."""
    was_told = False

    def heard(_number: int, _frame: FrameType | None) -> None:
        nonlocal was_told
        if not was_told:
            was_told = True
            raise KeyboardInterrupt

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        print("Stopped. All data stays in .local/ for the next run.", flush=True)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _watch(children: list[Child], api: Api | None) -> None:
    while True:
        for child in children:
            if child.has_ended():
                raise CannotRun(f"The {child.name} ended by itself.\n{child.last_words()}")
        if api is not None:
            api.restart_when_the_code_changed()
        time.sleep(_LOOK_EVERY_SECONDS)


def _code_stamp() -> float:
    files = [stage.ROOT / "app.py", *(stage.ROOT / "chalicelib").rglob("*.py")]
    return sum(file.stat().st_mtime for file in files if file.exists())


def origins(port: int) -> str:
    """The origins whose pages may call: the API's own port, and where frontends are served."""
    return " ".join(
        f"http://{host}:{number}" for host in ("localhost", "127.0.0.1") for number in (port, *FRONTEND_PORTS)
    )


def welcome(port: int, people: People, *, seconds: float) -> str:
    """What somebody who started it needs to know."""
    address = f"http://localhost:{port}"
    return f"""
CVD runs at {address} (ready after {seconds:.1f} seconds). Ctrl-C stops it; the data stays in .local/.

{people}

First calls:
  curl {address}/api/health
  curl -c cookies -H 'Content-Type: application/json' \\
       -d '{{"username": "{people.usernames[0]}", "password": "{people.password}"}}' {address}/api/auth/login
  curl -b cookies {address}/api/devices
The API described: {address}/api/docs
"""
