"""The same source gives the same bytes, wherever and by whichever process; a change reaches only who holds it."""

import hashlib
import importlib.util
import marshal
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.package.conftest import ROOT, Tree, files_of
from tools.package import archive
from tools.package.build import cut
from tools.package.functions import functions, named

WANTED = ["devices", "auth-login", "worker-migrate", "service-orders-order-id"]

BUILD_ELSEWHERE = """
import sys
from pathlib import Path
from tools.package.build import cut
from tools.package.functions import named
made = cut(Path(sys.argv[1]), Path(sys.argv[2]), [named(name) for name in sys.argv[3:]])
print(*(made[name].sha256 for name in sys.argv[3:]))
"""


def test_two_builds_in_different_folders_and_processes_are_the_same_bytes(tree: Tree, tmp_path: Path) -> None:
    first = cut(tree("first"), tmp_path / "a", [named(name) for name in WANTED])
    second = tree("a/folder/far/away")
    for file in second.rglob("*"):
        os.utime(file, (1_000_000_000, 1_000_000_000))

    told = subprocess.run(
        [sys.executable, "-c", BUILD_ELSEWHERE, str(second), str(tmp_path / "b"), *WANTED],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "77"},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()

    assert told == [first[name].sha256 for name in WANTED]


def changed(tree: Tree, name: str, old: str, new: str) -> set[str]:
    """The functions that hold something else after an edit of a file."""
    root = tree("edited")
    before = files_of(root)
    file = root / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    after = files_of(root)
    return {name for name in before if before[name] != after[name]}


def test_an_edit_of_moving_products_changes_moving_and_copying_alone(tree: Tree) -> None:
    edit = ("def _saved(planogram", "def _saved( planogram")

    assert changed(tree, "chalicelib/planograms/service/moving.py", *edit) == {
        "planograms-planogram-key-move",
        "planograms-planogram-key-copy",
    }


def test_an_edit_of_moving_alone_does_not_reach_copying(tree: Tree) -> None:
    edit = ("def _moved(source", "def _moved( source")

    assert changed(tree, "chalicelib/planograms/service/moving.py", *edit) == {"planograms-planogram-key-move"}


def test_an_edit_of_uploading_reads_changes_the_upload_alone(tree: Tree) -> None:
    edit = ("def _file_of(call", "def _file_of( call")

    assert changed(tree, "chalicelib/telemetry/service/uploading.py", *edit) == {"dex-parse"}


def test_an_edit_of_one_view_changes_its_route_alone(tree: Tree) -> None:
    view = ("def get_pick_list(call: Call", "def get_pick_list(call:  Call")

    assert changed(tree, "chalicelib/orders/endpoints/orders.py", *view) == {"service-orders-order-id-pick-list"}


def test_an_edit_of_a_migration_changes_migrate_alone(tree: Tree) -> None:
    assert changed(tree, "migrations/versions/0002_identity.py", "Purpose:", "Aim:") == {"worker-migrate"}


def test_an_edit_of_the_settings_changes_all(tree: Tree) -> None:
    edit = ('default="us-east-1"', 'default="eu-west-1"')

    assert changed(tree, "chalicelib/kit/settings.py", *edit) == {function.name for function in functions()}


def test_an_edit_of_what_the_module_says_changes_nothing(tree: Tree) -> None:
    assert (
        changed(tree, "chalicelib/kit/settings.py", '"""The settings of a stage', '"""All settings of a stage') == set()
    )


def test_bytecode_is_taken_as_it_is_and_says_where_the_cloud_has_the_source() -> None:
    source = b'def f():\n    return {"b", "a"}, (1, 2.5, "text")\n'

    made = archive.with_bytecode({"chalicelib/x.py": source, "notes.txt": b"x", "broken.py": b"def"}, under="/var/task")

    assert sorted(made) == ["broken.py", "chalicelib/__pycache__/x.cpython-311.pyc", "chalicelib/x.py", "notes.txt"]
    pyc = made["chalicelib/__pycache__/x.cpython-311.pyc"]
    assert pyc[:8] == importlib.util.MAGIC_NUMBER + b"\x01\0\0\0"
    assert pyc[8:16] == importlib.util.source_hash(source)
    code = marshal.loads(pyc[16:])  # noqa: S302 - made two lines above
    assert code.co_filename == "/var/task/chalicelib/x.py"


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_in_which_files_come_does_not_matter(tmp_path: Path, order: int) -> None:
    contents = dict([("a", b"1"), ("b", b"2"), ("c/d", b"3")][::order])

    digest = archive.write(tmp_path / "x.zip", contents)

    assert digest == hashlib.sha256((tmp_path / "x.zip").read_bytes()).hexdigest()
    assert digest == archive.write(tmp_path / "y.zip", dict(sorted(contents.items())))
    assert archive.read(tmp_path / "x.zip") == contents
