"""`make run-packaged`: the built functions on this machine, with the same data and services as `make run`."""

import argparse
import os
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from tools.gateway.built import NotBuilt
from tools.gateway.system import System, running
from tools.local import contents, processes, run, stage, workers
from tools.local.postgres import PostgresFailed
from tools.local.processes import CannotRun, Child

_LOOK_EVERY_SECONDS = 0.5


def main() -> int:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(prog="python -m tools.gateway", description=__doc__)
    parser.add_argument("--stage", choices=["dev", "prod"], default="dev")
    parser.add_argument("--port", type=int, default=run.CHALICE_PORT)
    parser.add_argument("--legacy", type=Path, help="import this legacy SQLite database instead of the demo fleet")
    arguments = parser.parse_args()
    try:
        serve(stage.ROOT / "build" / arguments.stage, port=arguments.port, legacy=arguments.legacy)
    except (CannotRun, NotBuilt, PostgresFailed) as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    return 0


def serve(build: Path, *, port: int, legacy: Path | None) -> None:
    """Serve the packaged functions on the port; what they log is in `.local/functions.log`."""
    started = time.monotonic()
    with (
        processes.only_one(stage.folder()),
        processes.free(port),
        run.until_told_to_stop(),
        stage.services(origins=run.origins(port)) as services,
        (stage.folder() / "functions.log").open("wb") as log,
    ):
        people = contents.fill(services.environment, legacy=legacy)
        with running(build, {**services.environment, "CVD_STAGE": "local"}, port=port, log=log) as system:
            _start_workers(system, services.environment)
            print(run.welcome(port, people, seconds=time.monotonic() - started))
            print(
                f"Each of the {len(system.built.functions)} functions runs from its own archive in {build}.", flush=True
            )
            _watch(services.children)


def _start_workers(system: System, environment: dict[str, str]) -> None:
    """Feed the queues' functions and run the schedules', beside serving."""
    os.environ.update(environment)
    threading.Thread(target=workers.work, args=(system.call,), daemon=True, name="queues and schedules").start()


def _watch(children: Sequence[Child]) -> None:
    while True:
        for child in children:
            if child.has_ended():
                raise CannotRun(f"The {child.name} ended by itself.\n{child.last_words()}")
        time.sleep(_LOOK_EVERY_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
