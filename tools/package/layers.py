"""The layers: what is installed from the requirements, as Lambda's own platform wants it, without what never runs."""

import ast
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Final

from tools.package import archive
from tools.package.functions import DEPENDENCIES
from tools.package.installing import Architecture, Installer, install

UNPACKED: Final = "/opt"
LARGEST_UNPACKED: Final = 250 * 1024 * 1024
"""Bytes of a function's code and layers together, by Lambda's limits."""

FOR_BUILDING: Final = frozenset(
    [
        "blessed",
        "click",
        "editor",
        "inquirer",
        "jinxed",
        "pip",
        "pyyaml",
        "readchar",
        "runs",
        "setuptools",
        "wcwidth",
        "wheel",
        "xmod",
    ]
)
"""The projects that Chalice's command line needs, and no function."""

_NEVER_RUN: Final = frozenset({"tests", "test", "testing", "__pycache__", "bin"})
_NOTES_KEPT: Final = frozenset({"METADATA", "entry_points.txt"})
_CHALICE_RUNS: Final = frozenset({"__init__.py", "app.py", "py.typed"})
_BOTOCORE_ALWAYS: Final = frozenset({"sts"})
_HOSTS: Final = {"ses": "email"}
_ENDPOINTS: Final = "python/botocore/data/endpoints.json"


@dataclass(frozen=True)
class Layer:
    """One layer: a file of requirements, without the projects of `beside`, or with those of `only` alone."""

    name: str
    requirements: str
    beside: str | None = None
    only: tuple[str, ...] = ()


LAYERS: Final = (
    Layer(DEPENDENCIES, "requirements.txt"),
    Layer("migrate", "requirements-migrate.txt", beside="requirements.txt"),
    Layer("viewer", "requirements-docs.txt", only=("flask-swagger-ui",)),
)

RUNTIME: Final = Layer("runtime", "requirements-runtime.txt")
"""No layer, but what Lambda itself brings: its runtime interface client. The local gateway needs it."""


def contents(layer: Layer, root: Path, architecture: Architecture, by: Installer | None = None) -> dict[str, bytes]:
    """What the layer's archive holds, under `python/`; installed by whom this machine has, or by the named one."""
    services = services_used(root) | _BOTOCORE_ALWAYS
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        install("".join(_wanted(layer, root).values()), folder, architecture, by)
        found = {f"python/{path}": (folder / path).read_bytes() for path in _files(folder) if _may_run(path, services)}
    if _ENDPOINTS in found:
        found[_ENDPOINTS] = _endpoints_of(services, found[_ENDPOINTS])
    return archive.with_bytecode(found, under=UNPACKED)


@cache
def services_used(root: Path) -> frozenset[str]:
    """The AWS services whose clients our code makes: the texts in `client("s3")`."""
    return frozenset(
        str(node.args[0].value)
        for path in (root / "chalicelib").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and _called(node.func) == "client"
        if node.args and isinstance(node.args[0], ast.Constant)
    )


def _called(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def projects(requirements: Path) -> dict[str, str]:
    """Each project that a compiled file of requirements pins, with its lines."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", requirements.read_text(), flags=re.MULTILINE)[1:]
    return {re.split(r"[=\[ ]", block, maxsplit=1)[0].lower(): block for block in blocks}


def _wanted(layer: Layer, root: Path) -> dict[str, str]:
    pinned = projects(root / layer.requirements)
    without = projects(root / layer.beside).keys() if layer.beside else FOR_BUILDING
    return {
        name: block for name, block in pinned.items() if name not in without and (not layer.only or name in layer.only)
    }


def _endpoints_of(services: frozenset[str], known: bytes) -> bytes:
    """Where services are in each region, without all others: a megabyte of JSON, which the first client reads.

    An endpoint is listed by the first part of its host's name, which is not always the service's.
    """
    told: dict[str, Any] = json.loads(known)  # Any: JSON
    prefixes = services | {_HOSTS[name] for name in services & _HOSTS.keys()}
    for partition in told["partitions"]:
        partition["services"] = {name: facts for name, facts in partition["services"].items() if name in prefixes}
    return json.dumps(told, separators=(",", ":")).encode()


def _files(folder: Path) -> Iterator[PurePosixPath]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield PurePosixPath(path.relative_to(folder).as_posix())


def _may_run(path: PurePosixPath, services: frozenset[str]) -> bool:
    """Whether a file of an installed project can matter to a function."""
    top, rest = path.parts[0], path.parts[1:]
    if not rest:
        return path.suffix in {".py", ".so"}
    if _NEVER_RUN & set(path.parts[:-1]) or path.suffix == ".pyi":
        return False
    if top.endswith(".dist-info"):
        return path.name in _NOTES_KEPT or "licenses" in rest or path.name.startswith("LICEN")
    if top == "chalice":
        return len(rest) == 1 and path.name in _CHALICE_RUNS
    if path.parts[:2] == ("botocore", "data") and len(rest) > 2:
        return rest[1] in services
    return True
