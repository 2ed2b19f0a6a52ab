"""What a function's code archive holds: its handler, the modules that it reaches, the files that it ships."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tools.package import archive
from tools.package.functions import Function
from tools.package.slicing import Source

UNPACKED: Final = "/var/task"
"""Where Lambda unpacks a function's code."""

KIT_APP: Final = "chalicelib.kit.app"

_HANDLER: Final = '''"""The entry of the function {name}, written by the packager."""

import gc

# Imports make many objects and hardly any garbage: to look for it in between would take a third of the cold start.
gc.disable()

{imports}
from chalicelib.kit.app import App

handle = App(app_name="cvd").serve({blueprints}){worker}

gc.freeze()
gc.enable()
'''


@dataclass(frozen=True)
class Cutter:
    """Cuts functions out of a tree of our code; what several functions hold is read and compiled once."""

    root: Path
    source: Source = field(init=False)
    _read_already: dict[Path, bytes] = field(default_factory=dict, repr=False)
    _compiled: dict[tuple[str, bytes], dict[str, bytes]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", Source(self.root))

    def modules(self, function: Function) -> dict[str, str]:
        """The modules of ours that it holds, each cut down to what it comes to: their sources, by name."""
        blueprints = ((module, "blueprint") for module in function.modules)
        return self.source.sliced([(KIT_APP, "App"), *blueprints, *function.entries])

    def contents(self, function: Function) -> dict[str, bytes]:
        """All of its archive: its files, and the bytecode of those in Python."""
        found: dict[str, bytes] = {}
        for name, content in self.files(function).items():
            if (name, content) not in self._compiled:
                self._compiled[name, content] = archive.with_bytecode({name: content}, under=UNPACKED)
            found |= self._compiled[name, content]
        return found

    def files(self, function: Function) -> dict[str, bytes]:
        """What it holds, as it was written."""
        found = {self._name(self.source.files[name]): text.encode() for name, text in self.modules(function).items()}
        for name in function.ships:
            found |= self._shipped(name)
        return {**found, "handler.py": handler(function).encode()}

    def _name(self, file: Path) -> str:
        return file.relative_to(self.root).as_posix()

    def _shipped(self, name: str) -> dict[str, bytes]:
        place = self.root / name
        files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if _is_source(path))
        if not files:
            raise FileNotFoundError(f"A function ships {name}, which is not there.")
        return {self._name(file): self._read(file) for file in files}

    def _read(self, file: Path) -> bytes:
        if file not in self._read_already:
            self._read_already[file] = file.read_bytes()
        return self._read_already[file]


def handler(function: Function) -> str:
    """The module at the root of its archive: an app that holds its declaring modules alone."""
    imports = "\n".join(f"import {module}" for module in function.modules)
    blueprints = ", ".join(f"{module}.blueprint" for module in function.modules)
    worker = f'.handler_map["{function.declared_as}"]' if function.declared_as else ""
    return _HANDLER.format(name=function.name, imports=imports, blueprints=blueprints, worker=worker)


def _is_source(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts
