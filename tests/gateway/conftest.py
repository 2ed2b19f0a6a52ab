"""Builds that a test can start functions from: small ones of its own making, and real ones of some functions."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from tools.gateway.built import Built
from tools.package import archive
from tools.package.build import build_layer, cut
from tools.package.functions import Function
from tools.package.layers import LAYERS, RUNTIME, Architecture

ROOT = Path(__file__).parents[2]
ARCHITECTURE: Final[Architecture] = "x86_64"

FACTS: dict[str, Any] = {
    "kind": "route",
    "handler": "handler.handle",
    "path": "/api/probe/{thing}",
    "methods": ["GET"],
    "memory": 128,
    "timeout": 5,
    "concurrency": None,
    "environment": ["CVD_STAGE"],
    "layers": [],
    "declared_as": "probe",
    "schedule": None,
    "queue_setting": None,
    "batch": None,
}

Made = Callable[..., Built]


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Make a build of one function of a few lines: `made("def handle(event, context): ...", timeout=1)`."""

    def make(code: str, **facts: Any) -> Built:
        runtime = build_layer(RUNTIME, ROOT, tmp_path / "local", ARCHITECTURE)
        digest = archive.write(tmp_path / "functions" / "probe.zip", {"handler.py": code.encode()})
        line = {**FACTS, "name": "probe", **facts, "code": {"file": "functions/probe.zip", "sha256": digest}}
        _write(tmp_path, [line], {}, vars(runtime))
        return Built(tmp_path)

    return make


def built(folder: Path, functions: list[Function]) -> Built:
    """Build some of our functions, with the layers that they have."""
    codes = cut(ROOT, folder / "functions", functions)
    wanted = {name for function in functions for name in function.layers}
    packed = {
        layer.name: build_layer(layer, ROOT, folder / "layers", ARCHITECTURE)
        for layer in LAYERS
        if layer.name in wanted
    }
    layers = {name: vars(layer) for name, layer in packed.items()}
    runtime = vars(build_layer(RUNTIME, ROOT, folder / "local", ARCHITECTURE))
    lines = [
        {**{k: v for k, v in vars(one).items() if k != "declarations"}, "code": vars(codes[one.name])}
        for one in functions
    ]
    _write(folder, lines, layers, runtime)
    return Built(folder)


def _write(folder: Path, functions: list[dict[str, Any]], layers: dict[str, Any], runtime: dict[str, Any]) -> None:
    inventory = {"stage": "test", "functions": functions, "layers": layers, "runtime": runtime}
    (folder / "inventory.json").write_text(json.dumps(inventory))
