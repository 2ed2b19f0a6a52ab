"""Which function a path leads to: API Gateway's matching of resources."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tools.gateway.built import Packaged


@dataclass
class _Node:
    """One part of a path: what follows it, by literal text, or by the one parameter that may stand there."""

    literal: dict[str, "_Node"] = field(default_factory=dict)
    parameter: tuple[str, "_Node"] | None = None
    function: Packaged | None = None


@dataclass(frozen=True)
class Match:
    """The function of a path, and the values of its parameters as they were sent."""

    function: Packaged
    values: dict[str, str]


class Routes:
    """All resources. A literal part wins over a parameter, at each part from the left, and there is no way back."""

    def __init__(self, functions: Iterable[Packaged]) -> None:
        self._root = _Node()
        for function in functions:
            if function.path is not None:
                self._add(function, function.path)

    def _add(self, function: Packaged, path: str) -> None:
        node = self._root
        for part in _parts(path):
            node = self._below(node, part, path)
        node.function = function

    def _below(self, node: _Node, part: str, path: str) -> _Node:
        if not part.startswith("{"):
            return node.literal.setdefault(part, _Node())
        if node.parameter is None:
            node.parameter = (part[1:-1], _Node())
        name, below = node.parameter
        if name != part[1:-1]:
            raise ValueError(
                f"API Gateway takes one name for a parameter at one place: {path} says {part}, not {name}."
            )
        return below

    def match(self, path: str) -> Match | None:
        """The function for a path; None where the gateway has no such resource."""
        node, values = self._root, dict[str, str]()
        for part in _parts(path):
            if part in node.literal:
                node = node.literal[part]
            elif node.parameter is not None and part:
                name, node = node.parameter
                values[name] = part
            else:
                return None
        return Match(node.function, values) if node.function else None


def _parts(path: str) -> list[str]:
    return path.strip("/").split("/")
