"""Layers: uv and pip install the same things, and what cannot be had for a machine is said."""

import hashlib
import json
from pathlib import Path

import botocore
import pytest

from tools.package import archive, installing, layers
from tools.package.installing import NotInstalled
from tools.package.layers import LAYERS, RUNTIME, Layer

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("layer", [*LAYERS, RUNTIME], ids=lambda layer: layer.name)
def test_uv_and_pip_give_the_same_bytes(layer: Layer, tmp_path: Path) -> None:
    written = [
        archive.write(tmp_path / f"{by.__name__}.zip", layers.contents(layer, ROOT, "x86_64", by))
        for by in (installing.by_uv, installing.by_pip)
    ]

    assert written[0] == written[1]


def test_what_is_here_installs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert installing.installer() is installing.by_uv

    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))

    assert installing.installer() is installing.by_pip


@pytest.mark.parametrize("by", [installing.by_uv, installing.by_pip], ids=lambda by: by.__name__)
def test_other_bytes_than_the_pinned_ones_are_refused(by: installing.Installer, tmp_path: Path) -> None:
    name, pinned = next(iter(layers.projects(ROOT / "requirements-docs.txt").items()))
    version = pinned.split()[0]
    forged = f"{version} --hash=sha256:{hashlib.sha256(b'other').hexdigest()}\n"

    with pytest.raises(NotInstalled):
        installing.install(forged, tmp_path / name, "x86_64", by)

    assert not list(tmp_path.rglob("*.py"))


@pytest.mark.slow
def test_the_endpoints_of_the_services_that_we_use_are_those_of_botocore() -> None:
    used = layers.services_used(ROOT) - {"ses"} | {"email", "sts"}
    whole = json.loads((Path(botocore.__file__).parent / "data" / "endpoints.json").read_text())
    kept = json.loads(layers.contents(LAYERS[0], ROOT, "x86_64")["python/botocore/data/endpoints.json"])

    for before, after in zip(whole["partitions"], kept["partitions"], strict=True):
        assert after["services"] == {name: facts for name, facts in before["services"].items() if name in used}
        assert {**before, "services": None} == {**after, "services": None}
    assert used - {"bedrock-runtime"} <= kept["partitions"][0]["services"].keys()
