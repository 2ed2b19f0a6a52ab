"""A module that declares many routes, cut down to the views of one: what they use of it stays, all else goes.

An endpoint module reads well as a whole, but a function that held all of it would import for each of its neighbours,
and would change with each of them. Only statements that bind a name (imports, functions, classes, assignments) are
taken out, and only where nothing that stays uses the name.
"""

import ast
import copy
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final

_BINDING: Final = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)


def sliced(text: str, entries: Collection[str]) -> str:
    """The source of a module with the named functions and what they use. Raises `KeyError` for an unknown one."""
    statements = _statements(text)
    binders = {name: statement for statement in statements for name in _bound(statement)}
    kept = {one.lineno: one for one in statements if not _may_go(one)}
    waiting, used = [*kept.values(), *(binders[name] for name in entries)], set(entries)
    while waiting:
        statement = waiting.pop()
        kept[statement.lineno] = statement
        new = _used(statement) - used
        used |= new
        waiting += [binders[name] for name in new if name in binders]
    lines = text.splitlines()
    return "\n\n".join(_written(kept[line], lines, used) for line in sorted(kept)) + "\n"


@lru_cache(maxsize=128)
def _statements(text: str) -> list[ast.stmt]:
    return [statement for statement in ast.parse(text).body if not _is_remark(statement)]


def _is_remark(statement: ast.stmt) -> bool:
    """Whether it is a text that says something to a reader: a docstring of the module or of a constant."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _may_go(statement: ast.stmt) -> bool:
    is_future = isinstance(statement, ast.ImportFrom) and statement.module == "__future__"
    return isinstance(statement, _BINDING) and not is_future


def _bound(statement: ast.stmt) -> Iterable[str]:
    """The names that a statement gives a meaning."""
    match statement:
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return [_name_of(alias) for alias in names]
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return []


def _name_of(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def _used(statement: ast.stmt) -> set[str]:
    """The names that a statement may ask for; those in texts count, since a type hint may be a text."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return set()
    names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
    texts = (node.value for node in ast.walk(statement) if isinstance(node, ast.Constant))
    return names | {text for text in texts if isinstance(text, str) and text.isidentifier()}


def _written(statement: ast.stmt, lines: list[str], used: set[str]) -> str:
    if isinstance(statement, ast.Import | ast.ImportFrom) and _may_go(statement):
        wanted = copy.copy(statement)
        wanted.names = [alias for alias in statement.names if _name_of(alias) in used]
        return ast.unparse(wanted)
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    return "\n".join(lines[first - 1 : statement.end_lineno])
