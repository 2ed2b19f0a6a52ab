"""The browser client's source, taken apart: which method makes which call, and what its comment says it gives."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

FRONTEND = Path(__file__).parents[2] / "frontend"

_METHOD = re.compile(
    r"/\*\*\n(?P<comment>(?:   \*[^\n]*\n)+?)   \*/\n"
    r"  (?P<name>\w+)\((?P<arguments>[^)]*)\) \{\n(?P<body>.*?)\n  \}",
    re.DOTALL,
)
_CALL = re.compile(r'this\.(?:send\("(?P<method>[A-Z]+)", |(?P<download>download)\()["`](?P<path>/[^"`]*)["`]')
_RETURNS = re.compile(r"@returns \{Promise<(?P<type>.+)>\}")


@dataclass(frozen=True)
class Method:
    """One method of the client: what it calls, and the types that its comment names."""

    name: str
    method: str
    path: str
    returns: str
    comment: str
    arguments: tuple[str, ...]

    @property
    def call(self) -> str:
        return f"{self.method} {self.path}"


def methods() -> Mapping[str, Method]:
    """Every method that makes a call of its own, by name."""
    found = [method for file in sorted((FRONTEND / "client").glob("*.mjs")) for method in _methods_of(file.read_text())]
    names = [method.name for method in found]
    assert len(names) == len(set(names))
    return {method.name: method for method in found}


def _methods_of(text: str) -> Iterator[Method]:
    for one in _METHOD.finditer(text):
        call, returns = _CALL.search(one["body"]), _RETURNS.search(one["comment"])
        if call and returns:
            arguments = tuple(argument.split("=")[0].strip() for argument in one["arguments"].split(","))
            path = re.sub(r"\$\{segment\(\w+\)\}", "{}", call["path"])
            yield Method(
                one["name"], call["method"] or "GET", f"/api{path}", returns["type"], one["comment"], arguments
            )


def sent_once() -> set[str]:
    """The writes that the client never repeats."""
    text = (FRONTEND / "client" / "repeating.mjs").read_text()
    listed = text.split("SENT_ONCE = [")[1].split("]")[0]
    return set(re.findall(r'"([A-Z]+ [^"]+)"', listed))
