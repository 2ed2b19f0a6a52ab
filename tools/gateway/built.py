"""A built stage as the local gateway sees it: each function's facts, its archive and its layers, unpacked once."""

import json
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final

ALONE: Final = "runtime"
"""Lambda's own client, beside the layers."""


class NotBuilt(Exception):
    """There is no build, or it is not for this machine; one sentence for the person at the keyboard."""


@dataclass(frozen=True)
class Packaged:
    """One built function, by the inventory of its build."""

    name: str
    kind: str
    handler: str
    path: str | None
    methods: tuple[str, ...]
    memory: int
    timeout: int
    concurrency: int | None
    environment: tuple[str, ...]
    layers: tuple[str, ...]
    declared_as: str | None
    schedule: str | None
    queue_setting: str | None
    batch: int | None
    archive: str
    sha256: str

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> "Packaged":  # Any: JSON
        """The function of one line of the inventory."""
        facts = {name: line[name] for name in cls.__dataclass_fields__ if name in line}
        listed = {name: tuple(line[name]) for name in ("methods", "environment", "layers")}
        return cls(**{**facts, **listed, "archive": line["code"]["file"], "sha256": line["code"]["sha256"]})


@dataclass(frozen=True)
class Built:
    """The folder that `make package` filled."""

    folder: Path
    _unpacking: Lock = field(default_factory=Lock, repr=False, compare=False)

    @cached_property
    def inventory(self) -> Mapping[str, Any]:  # Any: JSON
        """The build's own list of what it holds. Raises `NotBuilt`."""
        path = self.folder / "inventory.json"
        if not path.exists():
            raise NotBuilt(f"There is no build in {self.folder}: run `make package STAGE={self.folder.name}`.")
        told: Mapping[str, Any] = json.loads(path.read_text())
        return told

    @cached_property
    def functions(self) -> Mapping[str, Packaged]:
        """All functions, by name."""
        return {line["name"]: Packaged.of(line) for line in self.inventory["functions"]}

    def task(self, function: Packaged) -> Path:
        """The folder with the function's own code, as Lambda unpacks it."""
        return self._unpacked(self.folder / function.archive, function.sha256)

    def layer(self, name: str) -> Path:
        """The folder with a layer's packages."""
        layer = self.inventory["layers"][name]
        return self._unpacked(self.folder / layer["file"], layer["sha256"]) / "python"

    @property
    def runtime(self) -> Path:
        """The folder with the runtime interface client."""
        runtime = self.inventory["runtime"]
        return self._unpacked(self.folder / runtime["file"], runtime["sha256"]) / "python"

    def _unpacked(self, archive: Path, sha256: str) -> Path:
        """Unpack an archive once; the folder is named by its bytes, so that another build's is another folder."""
        target = self.folder / "unpacked" / f"{archive.stem}-{sha256[:16]}"
        with self._unpacking:
            if not target.exists():
                part = target.with_name(f"{target.name}.part")
                shutil.rmtree(part, ignore_errors=True)
                with zipfile.ZipFile(archive) as packed:
                    packed.extractall(part)
                part.replace(target)
        return target
