"""Two processes that serve the app on one database, as two workers."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial

from tools.local import processes, stage

WORKERS = 2
SECONDS_TO_START = 60.0


@contextmanager
def workers(environment: Mapping[str, str]) -> Iterator[list[int]]:
    """Serve the app by two processes; their ports."""
    with ExitStack() as at_the_end:
        ports = []
        for number in range(WORKERS):
            port = processes.free_port()
            child = processes.start(
                f"worker {number}",
                [sys.executable, "-m", "tools.bench.worker", str(port)],
                folder=stage.ROOT,
                environment={**os.environ, **environment, "CVD_DATABASE_CONNECTIONS": "8"},
                log=stage.folder() / "bench" / f"worker-{number}.log",
            )
            at_the_end.callback(child.stop)
            processes.wait_until(partial(processes.listens, port), child, seconds=SECONDS_TO_START)
            ports.append(port)
        yield ports
