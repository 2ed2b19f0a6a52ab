"""What a function's code archive holds: its handler, the modules that it reaches, the files that it ships."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tools.package import archive
from tools.package.functions import Function
from tools.package.reach import Source

UNPACKED: Final = "/var/task"
"""Where Lambda unpacks a function's code."""

_ROUTE: Final = '''"""The entry of the function for {path}, written by the packager."""

{imports}
from chalicelib.kit.app import App

handle = App(app_name="cvd").serve({blueprints})
'''

_WORKER: Final = '''"""The entry of the worker {name}, written by the packager."""

{imports}
from chalicelib.kit.app import App

handle = App(app_name="cvd").serve({blueprints}).handler_map["{declared}"]
'''


@dataclass(frozen=True)
class Cutter:
    """Cuts functions out of a tree of our code; what several functions hold is read and compiled once."""

    root: Path
    source: Source = field(init=False)
    _files: dict[str, dict[str, bytes]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", Source(self.root))

    def modules(self, function: Function) -> list[str]:
        """The modules of ours that it holds."""
        return self.source.reached([*function.modules, "chalicelib.kit.app"])

    def contents(self, function: Function) -> dict[str, bytes]:
        """All of its archive."""
        found = archive.with_bytecode({"handler.py": handler(function).encode()}, under=UNPACKED)
        for module in self.modules(function):
            found |= self._of_module(module)
        for name in function.ships:
            found |= self._shipped(name)
        return found

    def _of_module(self, module: str) -> Mapping[str, bytes]:
        return self._read(self.source.files[module])

    def _shipped(self, name: str) -> Mapping[str, bytes]:
        place = self.root / name
        files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if _is_source(path))
        if not files:
            raise FileNotFoundError(f"A function ships {name}, which is not there.")
        return {path: content for file in files for path, content in self._read(file).items()}

    def _read(self, file: Path) -> Mapping[str, bytes]:
        name = file.relative_to(self.root).as_posix()
        if name not in self._files:
            self._files[name] = archive.with_bytecode({name: file.read_bytes()}, under=UNPACKED)
        return self._files[name]


def handler(function: Function) -> str:
    """The module at the root of its archive: an app that holds its declaring modules alone."""
    imports = "\n".join(f"import {module}" for module in function.modules)
    blueprints = ", ".join(f"{module}.blueprint" for module in function.modules)
    if function.kind == "route":
        return _ROUTE.format(path=function.path, imports=imports, blueprints=blueprints)
    return _WORKER.format(name=function.name, imports=imports, blueprints=blueprints, declared=function.declared_as)


def _is_source(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts
