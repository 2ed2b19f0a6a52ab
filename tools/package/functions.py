"""The inventory: every function of the system, derived from the declarations of its routes and workers.

All methods of one path are one function. Everything that packaging, the template, the local gateway and the cold-start
table know about a function is read here.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Final, Literal

from chalicelib import registry
from chalicelib.kit import endpoint, worker
from chalicelib.kit.declaration import Declaration
from chalicelib.kit.settings import Settings
from chalicelib.kit.worker import Worker

assert registry.BLUEPRINTS  # noqa: S101 - importing the registry is what declares the routes and workers

HANDLER: Final = "handler.handle"
"""The entry of every code zip: `handler.py` at its root, written by the packager."""

DEPENDENCIES: Final = "dependencies"
"""The layer that every function has."""

MIGRATION_SETTINGS: Final = ("MIGRATION_DATABASE_URL",)

GIVEN_BY_LAMBDA: Final = {"AWS_REGION"}
"""Reserved: Lambda sets it itself and takes no other value for it."""

Kind = Literal["route", "schedule", "queue", "one-off"]


@dataclass(frozen=True)
class Function:
    """One Lambda function: where its code begins, and what it gets."""

    name: str
    kind: Kind
    modules: tuple[str, ...]
    """The modules that declare it; more than one where methods of a path live apart."""
    entries: tuple[tuple[str, str], ...]
    """What it answers with: each view or handler, by its module and its name there."""
    grants: tuple[str, ...]
    memory: int
    timeout: int
    concurrency: int | None
    layers: tuple[str, ...]
    ships: tuple[str, ...]
    environment: tuple[str, ...]
    """The names of the settings that it is given."""
    path: str | None = None
    methods: tuple[str, ...] = ()
    declarations: tuple[Declaration, ...] = field(default=(), repr=False)
    declared_as: str | None = None
    """The name of a worker in its declaration."""
    schedule: str | None = None
    queue: str | None = None
    queue_setting: str | None = None
    batch: int | None = None
    handler: str = HANDLER

    @property
    def logical_id(self) -> str:
        """Its name in a template: letters and digits alone."""
        return "".join(part.capitalize() for part in re.split(r"[^A-Za-z0-9]+", self.name)) + "Function"

    @property
    def is_public(self) -> bool:
        """Whether any of its methods needs no token."""
        return any(declaration.is_public for declaration in self.declarations)


@cache
def functions() -> tuple[Function, ...]:
    """All functions: routes by path, then workers by name, as `worker-migrate`.

    Raises `ValueError` where two have one name.
    """
    by_path: defaultdict[str, list[Declaration]] = defaultdict(list)
    for declaration in endpoint.declared():
        by_path[declaration.path].append(declaration)
    routes = [_of_route(path, by_path[path]) for path in sorted(by_path)]
    workers = [_of_worker(one) for one in sorted(worker.declared(), key=lambda one: one.name)]
    return _with_names_of_their_own([*routes, *workers])


def named(name: str) -> Function:
    """The function of that name. Raises `KeyError` where there is none."""
    return {function.name: function for function in functions()}[name]


def name_of(path: str) -> str:
    """The name of a route's function: `/api/devices/{device_id}` is `devices-device-id`."""
    return re.sub(r"[^A-Za-z0-9]+", "-", path.removeprefix("/api/")).strip("-")


def _of_route(path: str, declarations: Sequence[Declaration]) -> Function:
    return Function(
        name=name_of(path),
        kind="route",
        modules=_sorted(declaration.view.__module__ for declaration in declarations),
        entries=tuple(sorted((declaration.view.__module__, declaration.name) for declaration in declarations)),
        grants=_sorted(chain.from_iterable(declaration.grants for declaration in declarations)),
        memory=max(declaration.memory for declaration in declarations),
        timeout=max(declaration.timeout for declaration in declarations),
        concurrency=max(declaration.concurrency or 0 for declaration in declarations) or None,
        layers=(DEPENDENCIES, *_sorted(chain.from_iterable(declaration.layers for declaration in declarations))),
        ships=_sorted(chain.from_iterable(declaration.ships for declaration in declarations)),
        environment=_settings(),
        path=path,
        methods=_sorted(declaration.method for declaration in declarations),
        declarations=tuple(declarations),
    )


def _of_worker(one: Worker) -> Function:
    migrates = "migrate" in one.layers
    return Function(
        name=f"worker-{one.name.replace('_', '-')}",
        kind=one.kind,
        modules=(one.module,),
        entries=((one.module, one.handler.__name__),),
        grants=one.grants,
        memory=one.memory,
        timeout=one.timeout,
        concurrency=one.concurrency,
        layers=(DEPENDENCIES, *one.layers),
        ships=one.ships,
        environment=(*_settings(), *MIGRATION_SETTINGS) if migrates else _settings(),
        declared_as=one.name,
        schedule=one.schedule,
        queue=one.queue,
        queue_setting=one.queue_setting if one.queue else None,
        batch=one.batch if one.queue else None,
    )


def _settings() -> tuple[str, ...]:
    return _sorted({str(known.alias) for known in Settings.model_fields.values()} - GIVEN_BY_LAMBDA)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names)))


def _with_names_of_their_own(made: Sequence[Function]) -> tuple[Function, ...]:
    seen: dict[str, Function] = {}
    for function in made:
        if function.logical_id in seen:
            raise ValueError(f"{function.path or function.name} has the name of {seen[function.logical_id].name}.")
        seen[function.logical_id] = function
    return tuple(made)
