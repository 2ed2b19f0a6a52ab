"""Every function's archive holds all that its code asks for: proven from its bytecode, by other means than the cut."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.package.code import Cutter
from tools.package.functions import functions

ROOT = Path(__file__).parents[2]
PROBE = Path(__file__).with_name("unresolved.py")


def in_vain(folder: Path) -> dict[str, list[str]]:
    """What unpacked functions ask for that is not there, by function."""
    told = subprocess.run(
        [sys.executable, "-I", str(PROBE), str(folder)],
        cwd=folder,
        env={"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[str]] = json.loads(told.stdout)
    return found


@pytest.mark.slow
def test_no_function_asks_for_a_name_that_was_cut_away(tmp_path: Path) -> None:
    cutter = Cutter(ROOT)
    for function in functions():
        for name, content in cutter.contents(function).items():
            if name.startswith(("chalicelib/", "handler.py")):
                (tmp_path / function.name / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / function.name / name).write_bytes(content)

    assert in_vain(tmp_path) == {}


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("def one(): ...", "def view():\n    return models.two()\n"),
        ("def one(): ...", "def view():\n    return nobody()\n"),
        ("def one(): ...", "def view():\n    from chalicelib.models import two\n    return two\n"),
        ("def one(): ...", "from chalicelib.models import two\n"),
    ],
)
def test_the_proof_sees_what_is_missing(tmp_path: Path, kept: str, asked: str) -> None:
    ours = tmp_path / "some-function" / "chalicelib"
    ours.mkdir(parents=True)
    (ours / "__init__.py").touch()
    (ours / "models.py").write_text(kept)
    (ours / "views.py").write_text(f"from chalicelib import models\n{asked}")
    (ours.parent / "handler.py").write_text("import chalicelib.views\n")

    assert list(in_vain(tmp_path)) == ["some-function"]
