"""What the names in our code stand for, found without running anything: which place of which module a piece refers to.

A place is a function, class or constant at the top of a module. Local names hide those of the module, imports inside
functions count, and an annotation counts as a reference, since methods are called on what it names.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

OURS: Final = "chalicelib"

Place = tuple[str, str]
"""A module, and the name at its top."""

DECLARERS: Final = {("chalicelib.kit.endpoint", "endpoint"), ("chalicelib.kit.worker", "worker")}
"""Decorators that declare and do not run: what they are given is no code of the function's."""

Hidden = frozenset[str]
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
_Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


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
        """The place that an expression inside a place names, if it names one; local names are not looked at."""
        return self._resolved(place[0], _dotted(node), {})

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
            self._modules[name] = _Module(_places(tree), _imports(tree.body), seen)
        return self._modules[name]

    def _resolved(self, module: str, dotted: str, local: Mapping[str, str]) -> Place | None:
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
                return self._resolved(module, ".".join(parts[length:]), {}) if parts[length:] else None
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
        if isinstance(node, _Function):
            self._function(node, hidden, local)
        elif isinstance(node, _Comprehension):
            own = {name.id for part in node.generators for name in ast.walk(part.target) if isinstance(name, ast.Name)}
            self._children(node, hidden | own, local)
        elif isinstance(node, ast.Name | ast.Attribute) and (dotted := _dotted(node)):
            self._refer(dotted, hidden, local)
        else:
            if isinstance(node, ast.Call) and (target := self._target(node.func, hidden, local)):
                self.calls.append((target, node))
            self._children(node, hidden, local)

    def _children(self, node: ast.AST, hidden: Hidden, local: Mapping[str, str]) -> None:
        for child in ast.iter_child_nodes(node):
            self._visit(child, hidden, local)

    def _function(self, node: _Function, hidden: Hidden, local: Mapping[str, str]) -> None:
        for outside in _outside(node):
            if self._target(outside.func if isinstance(outside, ast.Call) else outside, hidden, local) not in DECLARERS:
                self._visit(outside, hidden, local)
        for annotation in _annotations(node):
            self._visit(annotation, hidden, local)
        body = node.body if isinstance(node.body, list) else [node.body]
        own_imports = _imports(node for statement in body for node in _same_scope(statement))
        bound = {name for statement in body for name in _bound(statement)} | {one.arg for one in _arguments(node)}
        for statement in body:
            self._visit(statement, (hidden | bound) - own_imports.keys(), {**local, **own_imports})

    def _refer(self, dotted: str, hidden: Hidden, local: Mapping[str, str]) -> None:
        if dotted.partition(".")[0] not in hidden and (place := self.names._resolved(self.module, dotted, local)):
            self.referred.add(place)

    def _target(self, node: ast.expr, hidden: Hidden, local: Mapping[str, str]) -> Place | None:
        dotted = _dotted(node)
        if not dotted or dotted.partition(".")[0] in hidden:
            return None
        return self.names._resolved(self.module, dotted, local)


def _places(tree: ast.Module) -> dict[str, tuple[ast.stmt, ...]]:
    found: dict[str, tuple[ast.stmt, ...]] = {}
    for node in _branches(tree.body):
        for name in _defined(node):
            found[name] = (*found.get(name, ()), node)
    return found


def _branches(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements at the top of a module, and those under an `if`, `try` or `with` there."""
    for node in body:
        if isinstance(node, ast.If | ast.Try | ast.With):
            yield from _branches([child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)])
        else:
            yield node


def _defined(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))


def _imports(nodes: "Iterator[ast.AST] | list[ast.stmt]") -> dict[str, str]:
    """What each imported name stands for, dotted; those for the type checker alone count as well."""
    found = {}
    for top in nodes:
        for node in ast.walk(top) if isinstance(top, ast.If | ast.Try) else [top]:
            if isinstance(node, ast.Import):
                found |= {alias.asname or alias.name.partition(".")[0]: alias.asname and alias.name or alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _same_scope(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | _Comprehension):
        for child in ast.iter_child_nodes(node):
            yield from _same_scope(child)


def _bound(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement of a function makes local to it."""
    for node in _same_scope(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name


def _arguments(node: _Function) -> list[ast.arg]:
    given = node.args
    rest = [one for one in (given.vararg, given.kwarg) if one]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *rest]


def _outside(node: _Function) -> list[ast.expr]:
    """What of a function is looked up around it: its decorators and the defaults of its arguments."""
    defaults = [*node.args.defaults, *(one for one in node.args.kw_defaults if one)]
    return defaults if isinstance(node, ast.Lambda) else [*node.decorator_list, *defaults]


def _annotations(node: _Function) -> Iterator[ast.expr]:
    """Those of the answer and of the arguments; one whose name begins with an underscore is taken and not used."""
    if isinstance(node, ast.Lambda):
        return
    notes = [one.annotation for one in _arguments(node) if not one.arg.startswith("_")]
    for note in (*notes, node.returns):
        for part in ast.walk(note) if note else ():
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield ast.parse(part.value, mode="eval").body
        if note:
            yield note


def _dotted(node: ast.AST) -> str:
    """`a.b.c` of an expression that is one; empty for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""
