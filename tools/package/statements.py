"""A module as its top-level statements: which names each of them binds, and which it may ask for.

Whatever might be a use counts as one: a name that is local to a function, a text that could be a type hint.
"""

import ast
import copy
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tools.package import syntax

_BINDING: Final = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)


@dataclass(frozen=True, eq=False)
class Statement:
    """One statement at the top of a module."""

    node: ast.stmt

    @cached_property
    def is_import(self) -> bool:
        """Whether it does nothing but import, and so may be cut down to some of its names."""
        return isinstance(self.node, ast.Import | ast.ImportFrom) and self.may_go

    @cached_property
    def may_go(self) -> bool:
        """Whether all that it does is to give names a meaning."""
        is_future = isinstance(self.node, ast.ImportFrom) and self.node.module == "__future__"
        return isinstance(self.node, _BINDING) and not is_future

    @cached_property
    def bound(self) -> frozenset[str]:
        """The names that it gives a meaning."""
        match self.node:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                return frozenset(_name_of(alias) for alias in names)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                return frozenset([name])
            case ast.Assign(targets=targets):
                return frozenset(
                    node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)
                )
            case ast.AnnAssign(target=ast.Name(id=name)):
                return frozenset([name])
        return frozenset()

    @cached_property
    def asked(self) -> frozenset[str]:
        """The names that it may ask for, each with the attributes that it asks of it: `clock`, `queries.slots_of`."""
        return frozenset() if self.is_import else frozenset([*_asked(self.node), *_asked_in_hints(self.node)])

    @cached_property
    def words(self) -> frozenset[str]:
        """Its texts that could be names."""
        texts = (node.value for node in ast.walk(self.node) if isinstance(node, ast.Constant))
        return frozenset(text for text in texts if isinstance(text, str) and text.isidentifier())

    @cached_property
    def imported(self) -> Mapping[str, str]:
        """What it imports, at the top or inside a function: each name with what it stands for, dotted."""
        return syntax.imports(node for node in _run_nodes(self.node) if isinstance(node, ast.Import | ast.ImportFrom))

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The modules that it imports as such: `a.b` of `import a.b`."""
        plain = (node for node in _run_nodes(self.node) if isinstance(node, ast.Import))
        return tuple(alias.name for node in plain for alias in node.names)

    def written(self, lines: list[str], used: Collection[str]) -> str:
        """Its source, of an import only the names that are used."""
        if self.is_import:
            wanted = copy.copy(self.node)
            assert isinstance(wanted, ast.Import | ast.ImportFrom)  # noqa: S101 - said by `is_import`
            wanted.names = [alias for alias in wanted.names if _name_of(alias) in used]
            return ast.unparse(wanted)
        decorators = getattr(self.node, "decorator_list", [])
        first = min([self.node.lineno, *(decorator.lineno for decorator in decorators)])
        return "\n".join(lines[first - 1 : self.node.end_lineno])


class Module:
    """A module's statements, without the texts that say something to a reader."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.statements = [Statement(node) for node in ast.parse(text).body if not _is_remark(node)]
        self.binders: dict[str, list[Statement]] = {}
        for statement in self.statements:
            for name in statement.bound:
                self.binders.setdefault(name, []).append(statement)

    @cached_property
    def imported(self) -> Mapping[str, str]:
        """What the imports at its top stand for, by name."""
        return {name: meant for one in self.statements if one.is_import for name, meant in one.imported.items()}

    def written(self, kept: Collection[Statement], used: Collection[str]) -> str:
        """The source of some of its statements, in their order."""
        return "".join(one.written(self.lines, used) + "\n\n" for one in self.statements if one in kept)


def _is_remark(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _name_of(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _run_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """A piece and all of it that may run: what stands under `if TYPE_CHECKING` never does."""
    yield node
    skipped = node.body if isinstance(node, ast.If) and syntax.dotted(node.test) == "TYPE_CHECKING" else ()
    for child in ast.iter_child_nodes(node):
        if child not in skipped:
            yield from _run_nodes(child)


def _asked(node: ast.AST) -> Iterator[str]:
    """The longest dotted names in a piece."""
    if dotted := syntax.dotted(node):
        if isinstance(getattr(node, "ctx", None), ast.Load):
            yield dotted
        return
    skipped = node.body if isinstance(node, ast.If) and syntax.dotted(node.test) == "TYPE_CHECKING" else ()
    for child in ast.iter_child_nodes(node):
        if child not in skipped:
            yield from _asked(child)


def _asked_in_hints(node: ast.AST) -> Iterator[str]:
    """The names in type hints that are texts."""
    for hint in _hints(node):
        for part in ast.walk(hint):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield from _asked(_parsed(part.value))


def _hints(node: ast.AST) -> Iterable[ast.expr]:
    for part in ast.walk(node):
        if isinstance(part, ast.arg | ast.AnnAssign) and part.annotation:
            yield part.annotation
        elif isinstance(part, ast.FunctionDef) and part.returns:
            yield part.returns


def _parsed(text: str) -> ast.AST:
    try:
        return ast.parse(text, mode="eval")
    except SyntaxError:  # Words of a `Literal` or an `Annotated`, not a hint.
        return ast.Module(body=[], type_ignores=[])
