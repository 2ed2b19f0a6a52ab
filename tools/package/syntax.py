"""Questions to a piece of Python: what it defines, imports, binds and is annotated with."""

import ast
from collections.abc import Iterable, Iterator

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def places(tree: ast.Module) -> dict[str, tuple[ast.stmt, ...]]:
    """The names at the top of a module, each with the statements that make it."""
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


def imports(nodes: Iterable[ast.AST]) -> dict[str, str]:
    """What each imported name stands for, dotted; those for the type checker alone count as well."""
    found = dict[str, str]()
    for top in nodes:
        for node in ast.walk(top) if isinstance(top, ast.If | ast.Try) else [top]:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    first = alias.name.partition(".")[0]
                    found[alias.asname or first] = alias.name if alias.asname else first
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return found


def same_scope(node: ast.AST) -> Iterator[ast.AST]:
    """A piece and all that is in it, but for what has a scope of its own."""
    yield node
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda | Comprehension):
        for child in ast.iter_child_nodes(node):
            yield from same_scope(child)


def bound(statement: ast.AST) -> Iterator[str]:
    """The names that a statement of a function makes local to it."""
    for node in same_scope(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
            yield node.id
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar):
            yield from filter(None, [node.name])


def arguments(node: Function) -> list[ast.arg]:
    """A function's arguments, of every kind."""
    given = node.args
    rest = [one for one in (given.vararg, given.kwarg) if one]
    return [*given.posonlyargs, *given.args, *given.kwonlyargs, *rest]


def outside(node: Function) -> list[ast.expr]:
    """What of a function is looked up around it: its decorators and the defaults of its arguments."""
    defaults = [*node.args.defaults, *(one for one in node.args.kw_defaults if one)]
    return defaults if isinstance(node, ast.Lambda) else [*node.decorator_list, *defaults]


def annotations(node: Function) -> Iterator[ast.expr]:
    """Those of the answer and of the arguments; one whose name begins with an underscore is taken and not used."""
    if isinstance(node, ast.Lambda):
        return
    notes = [one.annotation for one in arguments(node) if not one.arg.startswith("_")]
    for note in (*notes, node.returns):
        for part in ast.walk(note) if note else ():
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield ast.parse(part.value, mode="eval").body
        if note:
            yield note


def dotted(node: ast.AST) -> str:
    """`a.b.c` of an expression that is one; empty for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""
