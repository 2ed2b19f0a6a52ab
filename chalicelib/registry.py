"""The one list of features, and everything that they serve, found by its place.

No function of the cloud imports this: each has the modules of its own route alone.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from chalice.app import Blueprint

from chalicelib.kit import worker
from chalicelib.kit.app import App

FEATURES = (
    "advice",
    "assistant",
    "catalog",
    "console",
    "exchange",
    "fleet",
    "identity",
    "monitoring",
    "operations",
    "orders",
    "partners",
    "planning",
    "planograms",
    "preferences",
    "sales",
    "stock",
    "telemetry",
    "tours",
)


def _modules(kind: str) -> Iterator[ModuleType]:
    """Each feature's module of that name; where it is a package, the modules in it."""
    for feature in FEATURES:
        names = {found.name for found in pkgutil.iter_modules(import_module(f"chalicelib.{feature}").__path__)}
        if kind not in names:
            continue
        module = import_module(f"chalicelib.{feature}.{kind}")
        inner = sorted(found.name for found in pkgutil.iter_modules(getattr(module, "__path__", [])))
        yield from [import_module(f"{module.__name__}.{name}") for name in inner] or [module]


def _blueprints(modules: tuple[ModuleType, ...]) -> tuple[Blueprint, ...]:
    """Their blueprints, each once: some modules share one."""
    return tuple(dict.fromkeys(module.blueprint for module in modules if hasattr(module, "blueprint")))


_WORKER_MODULES = tuple(_modules("workers"))

BLUEPRINTS = _blueprints(tuple(_modules("endpoints")))

WORKERS = _blueprints(_WORKER_MODULES)

JOBS = {made.name: made for module in _WORKER_MODULES for made in module.JOBS}
"""All scheduled work by name, to be run by hand."""

QUEUES = {one.name: one.queue_setting for one in worker.declared() if one.queue}
"""The functions that queues feed, and the settings that name the queues."""


def register(app: App) -> None:
    """Register the routes and workers of every feature."""
    app.serve(*BLUEPRINTS, *WORKERS)
