"""The places in our code where AWS or the internet is asked: which service, and which operation of it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tools.package.names import Names, Place

CLIENT: Final[Place] = ("chalicelib.kit.aws", "client")

NO_OPERATIONS: Final = frozenset({"meta", "exceptions"})
NAMED_BY_ARGUMENT: Final = {"get_paginator": "", "get_waiter": "", "generate_presigned_url": " signed"}
"""Methods of a client whose first argument names the operation; a signed one is carried out by somebody else."""

INTERNET: Final = frozenset({"urlopen", "create_connection", "HTTPSConnection", "HTTPConnection"})


class Unclear(ValueError):
    """A use of AWS of which the code does not say what it is."""


@dataclass(frozen=True)
class Site:
    """One use; where an argument of the function around it names the operation, `parameter` is its place."""

    service: str
    operation: str
    parameter: int | None = None


def sites_of(names: Names, place: Place) -> Iterator[Site]:
    """The uses in one place. Raises `Unclear`."""
    for top in names.nodes(place):
        above = {child: node for node in ast.walk(top) for child in ast.iter_child_nodes(node)}
        for node in above:
            if isinstance(node, ast.Attribute | ast.Name) and _last(node) in INTERNET:
                yield Site("internet", _last(node))
            if isinstance(node, ast.Call) and _is_client(names, place, node):
                yield from _Use(place, top, above, _service(place, node)).sites(node)


def _last(node: ast.Attribute | ast.Name) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id


def _is_client(names: Names, place: Place, node: ast.Call) -> bool:
    return names.meaning(place, node.func) == CLIENT


def _service(place: Place, node: ast.Call) -> str:
    if node.args and isinstance(given := node.args[0], ast.Constant) and isinstance(given.value, str):
        return given.value
    raise Unclear(f"{'.'.join(place)} does not name the service that it asks.")


@dataclass(frozen=True)
class _Use:
    """What becomes of one client in a place."""

    place: Place
    top: ast.stmt
    above: dict[ast.AST, ast.AST]
    service: str

    def sites(self, client: ast.expr) -> Iterator[Site]:
        holder = self.above[client]
        if isinstance(holder, ast.Assign) and isinstance(holder.targets[0], ast.Name):
            kept = holder.targets[0].id
            for node in self.above:
                if isinstance(node, ast.Name) and node.id == kept and isinstance(node.ctx, ast.Load):
                    yield from self.sites(node)
        elif isinstance(holder, ast.Attribute):
            yield from self._method(holder)
        elif isinstance(holder, ast.Call) and isinstance(holder.func, ast.Name) and holder.func.id == "getattr":
            yield Site(self.service, "", self._parameter(holder.args[1]))
        else:
            raise Unclear(f"{'.'.join(self.place)} hands a client of {self.service} on.")

    def _method(self, used: ast.Attribute) -> Iterator[Site]:
        if used.attr in NO_OPERATIONS:
            return
        if used.attr not in NAMED_BY_ARGUMENT:
            yield Site(self.service, used.attr)
            return
        service = self.service + NAMED_BY_ARGUMENT[used.attr]
        call = self.above[used]
        given = call.args[0] if isinstance(call, ast.Call) and call.args else None
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            yield Site(service, given.value)
        else:
            yield Site(service, "", self._parameter(given))

    def _parameter(self, given: ast.expr | None) -> int:
        """Which argument of the function around it that is."""
        if isinstance(given, ast.Name) and isinstance(self.top, ast.FunctionDef):
            arguments = [one.arg for one in self.top.args.args]
            if given.id in arguments:
                return arguments.index(given.id)
        raise Unclear(f"{'.'.join(self.place)} does not say which operation of {self.service} it asks for.")
