"""The whole build of a stage: every function's archive, the layers, and the inventory that says what is what."""

import hashlib
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tools.package import archive, chalice_app, installing, layers, template
from tools.package.code import UNPACKED, Cutter
from tools.package.functions import Function, functions
from tools.package.installing import Architecture
from tools.package.layers import LARGEST_UNPACKED, LAYERS, RUNTIME, Layer

INVENTORY: Final = "inventory.json"
WHOLE_APP: Final = "whole-app.zip"
"""All routes in one function, to compare with; it is not deployed."""


class TooLarge(RuntimeError):
    """A function with its layers is more than Lambda unpacks."""


@dataclass(frozen=True)
class Archive:
    """An archive that was written: where, the hash of its bytes, its size packed and unpacked."""

    file: str
    sha256: str
    packed: int
    unpacked: int


@dataclass(frozen=True)
class Build:
    """What was built, by name."""

    functions: Mapping[str, Archive]
    layers: Mapping[str, Archive]
    runtime: Archive
    """Lambda's own client: for the local gateway, not to be deployed."""


def build(root: Path, stage: str, target: Path, architecture: Architecture) -> Build:
    """Build a stage into `target`, which is emptied first."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    chalice_app.package(root, stage, target / "chalice")
    made = Build(
        functions=cut(root, target / "functions"),
        layers={layer.name: build_layer(layer, root, target / "layers", architecture) for layer in LAYERS},
        runtime=build_layer(RUNTIME, root, target / "local", architecture),
    )
    archive.write(target / WHOLE_APP, _whole_app(root))
    _refuse_what_is_too_large(made)
    template.assemble(stage, architecture=architecture).write(target)
    (target / INVENTORY).write_text(json.dumps(_inventory(stage, architecture, made), indent=2) + "\n")
    return made


def cut(root: Path, folder: Path, wanted: Sequence[Function] | None = None) -> dict[str, Archive]:
    """Write the code archive of each function; all of them unless some are named."""
    cutter = Cutter(root)
    return {
        function.name: _written(folder / f"{function.name}.zip", cutter.contents(function))
        for function in wanted or functions()
    }


def build_layer(layer: Layer, root: Path, folder: Path, architecture: Architecture) -> Archive:
    """Write a layer's archive; one that was built before from the same things is taken from `build/layers`."""
    path = folder / f"{layer.name}.zip"
    kept = root / "build" / "layers" / f"{layer.name}-{_key(layer, root, architecture)}.zip"
    if not kept.exists():
        part = kept.with_suffix(".part")
        archive.write(part, layers.contents(layer, root, architecture))
        part.replace(kept)
    path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, path)
    return _described(path)


def _key(layer: Layer, root: Path, architecture: Architecture) -> str:
    """What a layer's bytes depend on."""
    parts = [layer.name, architecture, sys.version, *sorted(layers.services_used(root))]
    files = [root / layer.requirements, *(Path(str(code.__file__)) for code in (layers, installing, archive))]
    if layer.beside:
        files.append(root / layer.beside)
    return hashlib.sha256("\n".join([*parts, *(file.read_text() for file in files)]).encode()).hexdigest()[:16]


def _whole_app(root: Path) -> dict[str, bytes]:
    files = [root / "app.py", *sorted((root / "chalicelib").rglob("*.py"))]
    contents = {file.relative_to(root).as_posix(): file.read_bytes() for file in files}
    handler = b"import gc\n\ngc.disable()\n\nfrom app import app as handle\n\ngc.freeze()\ngc.enable()\n"
    return archive.with_bytecode({"handler.py": handler, **contents}, under=UNPACKED)


def _written(path: Path, contents: Mapping[str, bytes]) -> Archive:
    digest = archive.write(path, contents)
    return Archive(_from_build(path), digest, path.stat().st_size, sum(map(len, contents.values())))


def _described(path: Path) -> Archive:
    unpacked = archive.unpacked_size(path)
    return Archive(_from_build(path), hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_size, unpacked)


def _from_build(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _refuse_what_is_too_large(made: Build) -> None:
    for function in functions():
        parts = [made.functions[function.name], *(made.layers[name] for name in function.layers)]
        size = sum(part.unpacked for part in parts)
        if size > LARGEST_UNPACKED:
            raise TooLarge(f"{function.name} is {size:,} bytes with its layers; Lambda takes {LARGEST_UNPACKED:,}.")


def _inventory(stage: str, architecture: Architecture, made: Build) -> dict[str, Any]:  # Any: JSON
    return {
        "stage": stage,
        "architecture": architecture,
        "layers": {name: vars(layer) for name, layer in made.layers.items()},
        "runtime": vars(made.runtime),
        "functions": [_line(function, made.functions[function.name]) for function in functions()],
    }


def _line(function: Function, code: Archive) -> dict[str, Any]:  # Any: JSON
    facts = {name: value for name, value in vars(function).items() if name != "declarations"}
    return {**facts, "logical_id": function.logical_id, "is_public": function.is_public, "code": vars(code)}
