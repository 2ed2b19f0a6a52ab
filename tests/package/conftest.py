"""Trees of our code that a test may change, and builds of some functions."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools.local import cloud_state
from tools.package.code import Cutter
from tools.package.functions import functions

ROOT = Path(__file__).parents[2]

Tree = Callable[[str], Path]
Digests = dict[str, int]


@pytest.fixture(autouse=True)
def _moto_of_its_own(_changed_services: set[str]) -> Iterator[None]:
    """Let the cloud of other tests be put back: stacks are made in the same moto, which begins empty for them."""
    yield
    _changed_services.update(cloud_state.KEPT)


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Make a copy of everything that functions are cut from: `tree("first")`."""

    def make(name: str) -> Path:
        root = tmp_path / name
        for part in ("chalicelib", "migrations"):
            shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
        (root / "docs").mkdir()
        shutil.copy(ROOT / "docs" / "openapi.json", root / "docs")
        shutil.copytree(ROOT / "docs" / "events", root / "docs" / "events")
        shutil.copy(ROOT / "app.py", root)
        return root

    return make


def files_of(root: Path) -> dict[str, dict[str, bytes]]:
    """What each function's archive would hold, but the bytecode, which is made of nothing else."""
    cutter = Cutter(root)
    return {function.name: cutter.files(function) for function in functions()}
