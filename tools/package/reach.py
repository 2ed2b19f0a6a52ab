"""Which modules of ours a module can import, found without running anything.

Imports inside functions count, since they may run; those under `if TYPE_CHECKING` do not, since they never do.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

OURS: Final = "chalicelib"


@dataclass(frozen=True)
class Source:
    """A tree of our code; `root` is the folder that holds `chalicelib`."""

    root: Path
    _imports: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def files(self) -> dict[str, Path]:
        """Each module of ours with its file; a package's is its `__init__.py`."""
        found = {}
        for path in sorted((self.root / OURS).rglob("*.py")):
            parts = path.relative_to(self.root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
        return found

    def reached(self, modules: Iterable[str]) -> list[str]:
        """The modules, all that they import, directly or not, and the packages around them; in order of name."""
        waiting, seen = list(modules), set[str]()
        while waiting:
            module = waiting.pop()
            if module in seen:
                continue
            seen.add(module)
            waiting += self.imports(module) | set(packages_around([module]))
        return sorted(seen)

    def imports(self, module: str) -> frozenset[str]:
        """The modules of ours that this one names in its import statements. Raises `KeyError` for one that is not."""
        if module not in self._imports:
            self._imports[module] = self.named_in(self.files[module].read_text())
        return self._imports[module]

    def named_in(self, text: str) -> frozenset[str]:
        """The modules of ours that a source names in its import statements."""
        return frozenset(_named(ast.parse(text)) & self.files.keys())


def _named(tree: ast.Module) -> set[str]:
    """Every name that may be a module: of `from a.b import c` both `a.b` and `a.b.c`."""
    names = set[str]()
    for node in _run_nodes(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def _run_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """All nodes that may run."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
            for otherwise in child.orelse:
                yield otherwise
                yield from _run_nodes(otherwise)
            continue
        yield child
        yield from _run_nodes(child)


def packages_around(modules: Iterable[str]) -> list[str]:
    """The packages that Python imports before it imports these modules."""
    split = [module.split(".") for module in modules]
    return sorted({".".join(parts[:length]) for parts in split for length in range(1, len(parts))})
