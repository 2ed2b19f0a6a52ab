"""`@worker`: the one declaration of a function that no route calls: a schedule, a queue's consumer, a one-off."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from chalice.app import Blueprint

Kind = Literal["schedule", "queue", "one-off"]
Handler = Callable[..., Any]  # Any: JSON as Lambda takes and gives it


@dataclass(frozen=True, eq=False)
class Worker:
    """Everything that is known about a worker; its Lambda, its role and its trigger are read here."""

    name: str
    handler: Handler
    schedule: str | None
    queue: str | None
    batch: int
    grants: tuple[str, ...]
    memory: int
    timeout: int
    concurrency: int | None
    layers: tuple[str, ...]
    ships: tuple[str, ...]

    @property
    def kind(self) -> Kind:
        """What starts it."""
        return "schedule" if self.schedule else "queue" if self.queue else "one-off"

    @property
    def queue_setting(self) -> str:
        """The setting that holds the address of its queue."""
        return f"CVD_{(self.queue or '').upper()}_QUEUE_URL"

    @property
    def module(self) -> str:
        """The module that declares it."""
        return self.handler.__module__


_declared: list[Worker] = []


def declared() -> Sequence[Worker]:
    """All workers declared by the modules imported so far."""
    return tuple(_declared)


def worker(
    blueprint: Blueprint,
    name: str,
    *,
    schedule: str | None = None,
    queue: str | None = None,
    batch: int = 10,
    grants: Sequence[str] = (),
    memory: int = 256,
    timeout: int = 60,
    concurrency: int | None = None,
    layers: Sequence[str] = (),
    ships: Sequence[str] = (),
) -> Callable[[Handler], Handler]:
    """Declare a function as the worker `name`; without a schedule and a queue it is a one-off that people invoke.

    - `schedule`: when it runs, as EventBridge spells it: `rate(5 minutes)`, `cron(30 7 * * ? *)`. It gets the event.
    - `queue`: which queue feeds it, `batch` messages at most at a time. It gets the event and the context.
    - `grants`, `memory` (MiB), `timeout` (seconds): what its Lambda gets, as `@endpoint` has it. To take from its queue
      is understood.
    - `concurrency`: how many of it may run at once; of a queue's consumer, how many batches are worked on at once.
    - `layers`: dependencies beside those of every function; `ships`: files that it reads, from the project's root.
    """

    def declare(handler: Handler) -> Handler:
        _declared.append(
            Worker(
                name=name,
                handler=handler,
                schedule=schedule,
                queue=queue,
                batch=batch,
                grants=tuple(grants),
                memory=memory,
                timeout=timeout,
                concurrency=concurrency,
                layers=tuple(layers),
                ships=tuple(ships),
            )
        )
        registered: Handler = (
            blueprint.schedule(schedule, name=name) if schedule else blueprint.lambda_function(name=name)
        )(handler)
        return registered

    return declare
