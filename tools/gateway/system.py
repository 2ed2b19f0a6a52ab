"""The whole packaged system in this process's care: its gateway, its processes, its queues and schedules."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tools.gateway.built import Built
from tools.gateway.front import Gateway, serving
from tools.gateway.pool import MOST, Pool
from tools.gateway.sandbox import Place


@dataclass(frozen=True)
class System:
    """A running packaged system."""

    address: str
    built: Built
    pool: Pool

    def call(self, worker: str, event: object) -> Any:  # Any: the JSON that the worker gives back
        """Call a worker by the name in its declaration. Raises as `Pool.invoke` does, and `KeyError`."""
        function = next(one for one in self.built.functions.values() if one.declared_as == worker)
        return json.loads(self.pool.invoke(function, json.dumps(event).encode()) or b"null")


@contextmanager
def running(
    folder: Path, settings: Mapping[str, str], *, port: int = 0, log: IO[bytes] | None = None, most: int = MOST
) -> Iterator[System]:
    """Run the build in `folder` with these settings during the block, in at most so many processes."""
    built = Built(folder.resolve())
    with (
        Pool(Place(built, settings, log), most=most) as pool,
        serving(Gateway(list(built.functions.values()), pool), port=port) as address,
    ):
        yield System(address, built, pool)
