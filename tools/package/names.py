"""What the names in our code stand for, found without running anything: which place of which module a piece refers to.

A place is a function, class or constant at the top of a module. Local names hide those of the module, imports inside
functions count, and an annotation counts as a reference, since methods are called on what it names.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from tools.package import syntax

OURS: Final = "chalicelib"

Place = tuple[str, str]
"""A module, and the name at its top."""

DECLARERS: Final = {("chalicelib.kit.endpoint", "endpoint"), ("chalicelib.kit.worker", "worker")}
"""Decorators that declare and do not run: what they are given is no code of the function's."""

Hidden = frozenset[str]


@dataclass(frozen=True)
class _Module:
    """A module's top: what is defined there, and what its imports name."""

    places: Mapping[str, tuple[ast.stmt, ...]]
    imports: Mapping[str, str]
    attributes: frozenset[str]


@dataclass(frozen=True)
class _Read:
    """What one place refers to, and its calls of places of ours."""

    referred: frozenset[Place]
    calls: tuple[tuple[Place, ast.Call], ...]


@dataclass(frozen=True)
class Names:
    """The names of a tree of our code; `root` is the folder that holds `chalicelib`."""

    root: Path
    _modules: dict[str, _Module] = field(default_factory=dict, repr=False)
    _read: dict[Place, _Read] = field(default_factory=dict, repr=False)
    _local: dict[Place, Mapping[str, str]] = field(default_factory=dict, repr=False)

    @cached_property
    def files(self) -> dict[str, Path]:
        """Each module of ours with its file."""
        found = {}
        for path in sorted((self.root / OURS).rglob("*.py")):
            parts = path.relative_to(self.root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
        return found

    def nodes(self, place: Place) -> tuple[ast.stmt, ...]:
        """The statements that make a place; more than one where branches define it."""
        return self._module(place[0]).places[place[1]]

    def attributes(self, module: str) -> frozenset[str]:
        """Every attribute that a module reads, whatever of."""
        return self._module(module).attributes

    def referred(self, place: Place) -> frozenset[Place]:
        """The places that a place refers to."""
        return self._reading(place).referred

    def calls_to(self, place: Place, called: Place) -> list[ast.Call]:
        """The calls in one place of another."""
        return [call for target, call in self._reading(place).calls if target == called]

    def meaning(self, place: Place, node: ast.expr) -> Place | None:
        """The place that an expression inside a place names, if it names one; of local names, imports alone count."""
        return self.resolved(place[0], syntax.dotted(node), self._imported(place))

    def _imported(self, place: Place) -> Mapping[str, str]:
        if place not in self._local:
            self._local[place] = syntax.imports(part for node in self.nodes(place) for part in ast.walk(node))
        return self._local[place]

    def _reading(self, place: Place) -> _Read:
        if place not in self._read:
            reader = _Reader(self, place[0])
            for node in self.nodes(place):
                reader.visit_top(node)
            self._read[place] = _Read(frozenset(reader.referred - {place}), tuple(reader.calls))
        return self._read[place]

    def _module(self, name: str) -> _Module:
        if name not in self._modules:
            tree = ast.parse(self.files[name].read_text())
            seen = frozenset(node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
            self._modules[name] = _Module(syntax.places(tree), syntax.imports(tree.body), seen)
        return self._modules[name]

    def resolved(self, module: str, dotted: str, local: Mapping[str, str]) -> Place | None:
        """The place behind a dotted name as `module` sees it."""
        first, _, rest = dotted.partition(".")
        top = self._module(module)
        if first in local:
            return self._absolute(".".join(filter(None, (local[first], rest))))
        if first in top.places:
            return module, first
        return self._absolute(".".join(filter(None, (top.imports.get(first), rest)))) if first in top.imports else None

    def _absolute(self, dotted: str) -> Place | None:
        parts = dotted.split(".")
        for length in range(len(parts), 0, -1):
            module = ".".join(parts[:length])
            if module in self.files:
                return self.resolved(module, ".".join(parts[length:]), {}) if parts[length:] else None
        return None


class _Reader:
    """Goes through one place, scope by scope."""

    def __init__(self, names: Names, module: str) -> None:
        self.names, self.module = names, module
        self.referred = set[Place]()
        self.calls = list[tuple[Place, ast.Call]]()

    def visit_top(self, node: ast.stmt) -> None:
        self._visit(node, frozenset(), {})

    def _visit(self, node: ast.AST, hidden: Hidden, local: Mapping[str, str]) -> None:
        if isinstance(node, syntax.Function):
            self._function(node, hidden, local)
        elif isinstance(node, syntax.Comprehension):
            own = {name.id for part in node.generators for name in ast.walk(part.target) if isinstance(name, ast.Name)}
            self._children(node, hidden | own, local)
        elif isinstance(node, ast.Name | ast.Attribute) and (dotted := syntax.dotted(node)):
            if isinstance(node.ctx, ast.Load):
                self._refer(dotted, hidden, local)
        else:
            if isinstance(node, ast.Call) and (target := self._target(node.func, hidden, local)):
                self.calls.append((target, node))
            self._children(node, hidden, local)

    def _children(self, node: ast.AST, hidden: Hidden, local: Mapping[str, str]) -> None:
        for child in ast.iter_child_nodes(node):
            self._visit(child, hidden, local)

    def _function(self, node: syntax.Function, hidden: Hidden, local: Mapping[str, str]) -> None:
        for outside in syntax.outside(node):
            if self._target(outside.func if isinstance(outside, ast.Call) else outside, hidden, local) not in DECLARERS:
                self._visit(outside, hidden, local)
        for annotation in syntax.annotations(node):
            self._visit(annotation, hidden, local)
        body = list[ast.AST](node.body if isinstance(node.body, list) else [node.body])
        own_imports = syntax.imports(node for statement in body for node in syntax.same_scope(statement))
        bound = {name for statement in body for name in syntax.bound(statement)} | {
            one.arg for one in syntax.arguments(node)
        }
        for statement in body:
            self._visit(statement, (hidden | bound) - own_imports.keys(), {**local, **own_imports})

    def _refer(self, dotted: str, hidden: Hidden, local: Mapping[str, str]) -> None:
        if dotted.partition(".")[0] not in hidden and (place := self.names.resolved(self.module, dotted, local)):
            self.referred.add(place)

    def _target(self, node: ast.expr, hidden: Hidden, local: Mapping[str, str]) -> Place | None:
        dotted = syntax.dotted(node)
        if not dotted or dotted.partition(".")[0] in hidden:
            return None
        return self.names.resolved(self.module, dotted, local)
